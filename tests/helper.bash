# Common to all test files: `load helper` at their start.
# shellcheck shell=bash
#
# The programs under test come first in PATH, from PKTPIPE_BIN or build/;
# DATA holds the captures and their truths, ROOT the source.

bats_require_minimum_version 1.5.0

ROOT=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
DATA=$ROOT/tests/data
PATH=${PKTPIPE_BIN:-$ROOT/build}:$ROOT/scripts:$PATH
LC_ALL=C TZ=UTC0
export ROOT DATA PATH LC_ALL TZ

# runs COMMAND...: bats' run with stdout in $output and stderr in $stderr.  It
# starts no process but COMMAND, and no trap of bats follows it, which takes a
# third of the time.
# shellcheck disable=SC2034  # tests read what it sets
runs() {
	local - err

	set +eET
	err=$BATS_RUN_TMPDIR/stderr.$BASHPID.$((RUNS += 1))
	output=$("$@" 2>>"$err") && status=0 || status=$?
	IFS=$'\n' read -d '' -r -a lines <<<"$output"
	read -d '' -r stderr <"$err"
	IFS=$'\n' read -d '' -r -a stderr_lines <<<"$stderr"
	return 0
}

# same WANT GOT: whether both texts are equal; shows the difference.
same() {
	[ "$1" = "$2" ] && return
	diff <(printf '%s\n' "$1") <(printf '%s\n' "$2") |
	    sed '1s/^/wanted < but got >: /' >&2
	return 1
}

# lines TEXT...: each text on a line of its own.
lines() {
	printf '%s\n' "$@"
}

# pause SECONDS: reads from a fifo that nobody writes to.  To start sleep takes
# more CPU than most of what is waited for.
pause() {
	local fifo=$BATS_RUN_TMPDIR/pause.$BASHPID

	if [ -z "${NOTHING-}" ]; then
		mkfifo "$fifo"
		exec {NOTHING}<>"$fifo"
		rm "$fifo"
	fi
	read -rt "$1" -u "$NOTHING" || :
}

# until_true COMMAND...: waits for it to succeed, two minutes and the time that
# COMMAND takes: a machine under load may need them.  It tries less often with
# time, and bats does not trace it: many tests wait at once.
until_true() {
	local - i

	set +T
	for ((i = 0; i < 620; i++)); do
		if "$@" >/dev/null 2>&1; then return; fi
		if ((i < 20)); then pause 0.05
		elif ((i < 50)); then pause 0.1
		else pause 0.2; fi
	done
	echo "never true: $*" >&2
	return 1
}

# told_at COMMAND SIGNAL FILE: makes a file, for BASH_ENV, by which a script gets
# the signal just before its shell runs this command, once.  A child that bash is
# making then can say "wait_for: No record of process", which it does not without
# a trap on DEBUG.
told_at() {
	printf 'told_at=%q told=%q told_once=%q\n' "$1" "$2" "$3.once" >"$3"
	cat >>"$3" <<-'EOF'
		unset BASH_ENV
		set -T
		trap '[[ $BASH_COMMAND != "$told_at" ]] || [ -e "$told_once" ] ||
		    { : >"$told_once"; kill "-$told" $$; }' DEBUG
	EOF
	rm -f "$3.once"
}

# packets N START STEP [SRC [PROTO]]: rows of N packets of 100 bytes, STEP
# seconds apart, without a header.
packets() {
	awk -v n="$1" -v start="$2" -v step="$3" -v src="${4-192.0.2.1}" \
	    -v proto="${5-TLS}" 'BEGIN { for (i = 0; i < n; i++)
		printf "%.6f,%s,192.0.2.99,%s,100\n", start + i * step, src,
		    proto }'
}

# many N [STEP [PROTO...]]: a table of N packets about STEP ms apart (1000), not
# in order, of about N / 3 IPv4 and IPv6 sources, and of these protocols (41).
many() {
	local n=$1 step=${2:-1000}

	shift $(($# < 2 ? $# : 2))
	awk -v n="$n" -v step="$step" -v names="$*" 'BEGIN {
	    print "time,src,dst,proto,len"
	    protos = split(names, name, " ")
	    for (; !names && protos < 41; protos++)
		name[protos + 1] = "P" protos
	    for (x = n + 1; i < n; i++) {
		x = x * 16807 % 2147483647
		s = int(x / 7) % int(n / 3 + 1)
		net = s % 3 ? "10.0." s % 256 "." : \
		    "2001:db8:1234:5678:9abc:def0:0:"
		t = i * step + int(x / 64) % 500
		printf "%d.%03d999,%s%s,10.0.0.%d,%s,%d\n", t / 1000, t % 1000,
		    net, s % 3 ? int(s / 256) % 256 : sprintf("%x", s + 1),
		    x % 256, name[1 + int(x / 512) % protos], x % 1500
	    } }'
}

# without_pictures DIRECTORY: gnuplot is a stand-in, made there, that writes a
# line in place of each picture of a report, with the end of each format; for
# tests of the rest of it.
without_pictures() {
	# shellcheck disable=SC2016  # for the stand-in to expand
	printf '%s\n' '#!/bin/sh' 'for commands; do' \
	    "	file=\${commands##*set output \'}" \
	    '	[ "$file" = "$commands" ] ||' \
	    "	    echo 'picture IEND %%EOF </svg>' > \"\${file%%\'*}\"" \
	    'done' >"$1/gnuplot"
	chmod +x "$1/gnuplot"
	PATH=$1:$PATH
}

# one_day: waits over midnight, UTC, if a minute or less is left, so that
# yesterday is the same day from a test's start to its end.
one_day() {
	until [ $((86400 - $(date +%s) % 86400)) -gt 60 ]; do sleep 1; done
}
