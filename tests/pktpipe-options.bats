#!/usr/bin/env bats
# The command line and its messages, the same in all scripts
# SPDX-License-Identifier: ISC

load helper

SCRIPTS=(pktpipe-alerts pktpipe-batch pktpipe-collect pktpipe-live
    pktpipe-metrics pktpipe-nightly pktpipe-notify pktpipe-report pktpipe-sensor pktpipe-web)

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# reads LETTERS NAMES ARG ...: what option() and operands get, a line each.
reads() {
	local programs=$PATH name=x usage='usage: x' operands

	# shellcheck source=scripts/lib/options.sh
	. "$ROOT/scripts/lib/options.sh"
	option() {
		printf 'option<%s>\n' "$*"
	}
	read_options "$@"
	printf 'operand<%s>\n' "${operands[@]}"
}

@test "the test knows all scripts" {
	same "$(cd "$ROOT/scripts" && printf '%s\n' pktpipe-*)" \
	    "$(printf '%s\n' "${SCRIPTS[@]}")"
}

@test "options are read as the programs read theirs" {
	runs reads o:p out:,print -oa --out b c --out=d=e -p --pri -- -o
	same "0|" "$status|$stderr"
	same "$(printf '%s\n' 'option<-o a>' 'option<--out b>' \
	    'option<--out d=e>' 'option<-p>' 'option<--print>' 'operand<c>' \
	    'operand<-o>')" "$output"
	runs reads o: out: --out "a'b
c" ''
	same "option<--out a'b
c>
operand<>" "$output"
	runs reads o: out:
	same "2||usage: x" "$status|$output|$stderr"
}

@test "every script tells its version, its usage, and what it does not know" {
	local s word

	for s in "${SCRIPTS[@]}"; do
		for word in --version -V --vers; do
			runs "$s" "$word"
			same "0|$s (pktpipe) $(sed -n 's/^VERSION.*= //p' \
			    "$ROOT/Makefile")|" "$status|$output|$stderr"
		done
		for word in --help -h; do
			runs "$s" "$word"
			[ "$status" -eq 0 ]
			[ -z "$stderr" ]
			[[ $output = "usage: $s "* ]]
		done
		for word in --nonesuch -Z --help=yes; do
			runs "$s" "$word"
			[ "$status" -eq 2 ]
			[ -z "$output" ]
			[[ $stderr = "$s: "*"$s: see $s --help" ]]
		done
		runs "$s" < /dev/null
		[ "$status" -eq 2 ]
		[ -z "$output" ]
		[[ $stderr = *"usage: $s "* ]]
		# The status is what remains where messages cannot be written.
		for word in '' --nonesuch; do
			runs sh -c 'exec "$@" < /dev/null 2> /dev/full' sh "$s" \
			    ${word:+"$word"}
			same "2|" "$status|$output"
		done
	done
}

@test "a number is in its bounds, whatever its zeros, or is told" {
	local args

	for args in "report --flag 0" "report --flag 1e3" "report --spike -1" \
	    "report --spike 1000000000000000" "web --viewers 1000" \
	    "notify --rate 0" "nightly --remove-after 100000" \
	    "live --keep 1000000"; do
		# shellcheck disable=SC2086  # several words
		runs pktpipe-$args
		[ "$status" -eq 2 ]
		[ -z "$output" ]
		[[ $stderr =~ bad\ [a-z-]+\ \"${args##* }\",\ want\ [01]-9*(1000)?$ ]]
	done
	printf '%s\n' 1,192.0.2.1,192.0.2.2,TLS,{100,2000} > rows.csv
	pktpipe-report --spike 0002001 -o out rows.csv
	same 2001 "$(sed 1d out/summary.csv | cut -d, -f10)"
}

@test "rules from a pipe, which can be read once, are refused" {
	local s

	mkdir rec
	packets 3 1 1 >rows.csv
	for s in 'alerts --once --state s rec/x.csv' 'live --replay rows.csv' \
	    'nightly rec' 'report rows.csv' 'web rows.csv'; do
		# shellcheck disable=SC2086  # its words
		runs timeout 20 pktpipe-$s --rules <(ipflag --set home --print-rules)
		[[ "$status $stderr" =~ ^3\ pktpipe-${s%% *}:\ /[^:]*:\ a\ pipe,\ want ]]
	done
}

@test "bytes are bounded below, and letters are powers of 1024" {
	local s args

	for s in live web; do
		for args in 4095 3k 0G 1T kk k '' -1 99999999999; do
			runs "pktpipe-$s" --max-size "$args" -i lo
			same "2|pktpipe-$s: bad max-size \"$args\", want bytes such as 64M, from 4096 on" \
			    "$status|$stderr"
		done
	done
	# shellcheck source=scripts/lib/options.sh
	. "$ROOT/scripts/lib/options.sh"
	for args in "4096 4096" "04k 4096" "3M 3145728" "2G 2147483648"; do
		bytes max-size "${args% *}" 4096
		# shellcheck disable=SC2154  # it is set by that
		same "${args#* }" "$max_size"
	done
}

@test "what was wrong is shown without control characters, and cut" {
	local bad=$'\e[31m\nx'

	for args in "report --flag" "report --proto" "notify --mail" \
	    "notify --webhook" "notify --min-severity" "nightly --date" \
	    "nightly --max-disk" "nightly --mail" "live --max-size" \
	    "live --max-age" "web --spike"; do
		# shellcheck disable=SC2086  # several words
		runs pktpipe-$args "$bad"
		[ "$status" -eq 2 ]
		[[ $stderr = *'"\x1b[31m\x0ax"'* ]] || { echo "$args"; false; }
	done
	bad=$(printf '%080d' 7)x
	runs pktpipe-report --flag "$bad"
	same "pktpipe-report: bad flag \"${bad::64}...\", want 1-999999999999999" \
	    "$stderr"
}

# ends STATUS [COMMANDS]: what a script that ends so, or by these commands, says,
# and its status.
ends() {
	bash -c 'set -eu; name=x programs=
	    . "$0/scripts/lib/options.sh"; eval "$2"' "$ROOT" "$1" \
	    "${2:-exit $1}"
}

@test "the status of a program, or of a shell that cannot fork, becomes 3" {
	local code

	for code in 0 1 2 3 130 143 141; do
		runs ends "$code"
		same "$code||" "$status|$output|$stderr"
	done
	runs ends 127
	same "3||x: a program ended with status 127" "$status|$output|$stderr"
	runs ends 254
	same "3||x: no process could be started: too many (ulimit -u), or no memory" \
	    "$status|$output|$stderr"
}

@test "a step that fails is status 3, whatever that of its program" {
	local step

	# shellcheck disable=SC2016  # for the script to expand
	for step in '(exit 2)' 'x=$(exit 2)' 'f() { return 2; }; f' \
	    'true | (exit 2)'; do
		runs ends 2 "$step"
		same "3||x: a program ended with status 2" \
		    "$status|$output|$stderr"
	done
	runs ends 3 '(fail 3 why)'
	same "3||x: why" "$status|$output|$stderr"
}

@test "a folder for temporary files that is not there is status 3" {
	local args

	mkdir all
	for args in "batch cat<{}|cat /dev/null" "live --replay" \
	    "collect -o all --rows" "web rows.csv"; do
		# shellcheck disable=SC2086  # several words
		TMPDIR=$PWD/none runs pktpipe-$args
		same "3|" "$status|$output"
		[[ $stderr = mktemp:*$'\n'"pktpipe-${args%% *}: "* ]]
	done
}

@test "a second signal does not cut short what a script does at its end" {
	# shellcheck disable=SC2016  # for the script to expand
	runs ends 1 'clean() { kill -TERM $$; kill -INT $$; echo cleaned; }
	    exit 1'
	same "1|cleaned|" "$status|$output|$stderr"
}

@test "an input that cannot be read is told, and a closed stream is no file" {
	local script

	for script in 'pktpipe-notify --exec cat' 'pktpipe-metrics -o m.prom' \
	    'pktpipe-report -o out -'; do
		runs bash -c "$script < /"
		same "3||${script%% *}: stdin: Is a directory" \
		    "$status|$output|$stderr"
		runs bash -c "$script <&-"
		same "3||${script%% *}: stdin: Bad file descriptor" \
		    "$status|$output|$stderr"
	done
	pktpipe-report -o out "$DATA/dns.pcap" <&- >&-
	# As many as capinfos counts.
	same 42 "$(awk -F, 'NR > 1 { n += $2 } END { print n }' out/protocols.csv)"
	status=0
	pktpipe-report --print -o out "$DATA/dns.pcap" >&- 2>said || status=$?
	same "3|pktpipe-report: stdout: cannot write" \
	    "$status|$(cat said)"
}

@test "a message has no control characters of names" {
	runs pktpipe-batch 'pcap2csv {} | protobw' $'no\e[2J\nx\302\233\303\251'
	same $'3|pktpipe-batch: no?[2J?x?\303\251: cannot read it' "$status|$stderr"
}
