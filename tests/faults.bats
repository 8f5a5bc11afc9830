#!/usr/bin/env bats
# What rarely fails: memory, reads and writes, the disk, a reader, a signal
# SPDX-License-Identifier: ISC
# shellcheck disable=SC2016,SC2154  # for other shells; runs sets $stderr

load helper
load netns

setup_file() {
	netns_start
	export NS
	"${CC:-cc}" -shared -fPIC -o "$BATS_FILE_TMPDIR/fault.so" \
	    "$ROOT/tests/fault.c"
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	netns_enter
	many 40 1000 TLS DNS UDP >rows.csv
	lines net,site 10.0.0.0/8,home >sites.csv
	cp "$DATA/dns.pcap" .
	# Each program, with options that use its parts.
	commands=('pcap2csv --fields ids dns.pcap' 'pcap2csv -f udp dns.pcap'
	    'csvclean --rejects rejected rows.csv' 'protobw --share rows.csv'
	    'ratebw --bin 1s --by proto rows.csv' 'toptalk -k ends rows.csv'
	    'flowbw rows.csv' 'ipflag --set home --tag rows.csv'
	    'iplabel --table sites.csv rows.csv' 'rowpick len>9 rows.csv'
	    'liveplot --replay rows.csv' 'rateflag --bin 1s --scores rows.csv'
	    'rateflag --beacon syns.csv')
	pcap2csv -e sport,dport,flags dns.pcap >syns.csv
}

# faulty VARIABLE=VALUE COMMAND...: runs it with that fault.
faulty() {
	env LD_PRELOAD="$BATS_FILE_TMPDIR/fault.so" "$@"
}

# with_files: gives the commands options that name files; those which they
# replace are in ./kept.
with_files() {
	mkdir kept
	lines 'rule new known=no track=by_src packets=1 seconds=10' >new.rules
	lines 10.0.0.0/16 >kept/list
	lines '444 a test' >allowed
	ipflag --set home --state kept/counts rows.csv >out
	rateflag --bin 1s --state kept/rates rows.csv >out
	rateflag --beacon --state kept/beacons syns.csv >out
	commands=("${commands[@]/--tag/--tag --state counts}")
	commands=("${commands[@]/--scores/--scores --state rates}")
	commands=("${commands[@]/--beacon/--beacon --allow allowed --state beacons}")
	python3 "$ROOT/tests/mmdb.py" GeoLite2-City city.mmdb \
	    <<<'10.0.0.0/8 {"country": {"iso_code": "DE"}}'
	commands=("${commands[@]/len>9/--rest others src=@kept/list}"
	    'ipflag --rules new.rules --known list --learn rows.csv'
	    'iplabel --mmdb city.mmdb rows.csv')
}

# fails_well N COMMAND...: whether the command ends with a message of its own, or
# as ./want, if its Nth allocation fails; leaves a byte in ./fired if it did.
fails_well() {
	local code=0 said

	[[ $* != *" --"@(state|learn)" "* ]] || cp kept/* .
	# Not by env: it is a thousand programs less.
	LD_PRELOAD=$BATS_FILE_TMPDIR/fault.so FAULT_ALLOCATION=$1 \
	    "${@:2}" >got 2>err 9>fired || code=$?
	mapfile -t said <err
	case $code in
	0|1) cmp -s got want && return ;;
	2|3) [[ ${said[-1]-} != "$2: "* ]] || return 0 ;;
	esac
	echo "${*:2}, allocation $1: status $code" >&2
	cat err >&2
	return 1
}

# each_fails COMMAND...: fails_well for each of its allocations.
each_fails() {
	local n=0

	until [ $n -gt 0 ] && [ ! -s fired ]; do
		n=$((n + 1))
		fails_well $n "$@" || return
	done
	[ $n -gt 5 ]
}

@test "each allocation that fails ends a program with a message" {
	local program

	with_files 2>err
	export -f each_fails fails_well
	for program in "${commands[@]}"; do
		cp kept/* .
		# shellcheck disable=SC2086  # its words
		$program >want 2>err || [ $? -eq 1 ]
		# In a shell without bats' trap, which takes half of the time.
		# shellcheck disable=SC2086  # its words
		bash -c 'each_fails "$@"' sh $program
	done
}

@test "short and interrupted reads and writes change nothing" {
	local program

	for program in "${commands[@]}"; do
		# shellcheck disable=SC2086  # its words
		same "$($program 2>&1)" "$(faulty FAULT_SHORT=1 $program 2>&1)"
	done
}

@test "a disk that is full midway is status 3, and one message" {
	local program

	many 3000 10 TLS DNS UDP >rows.csv
	for program in "${commands[@]}"; do
		# shellcheck disable=SC2086  # its words
		$program >want 2>/dev/null || [ $? -eq 1 ]
		[ "$(stat -c %s want)" -gt 1024 ] || continue
		# In units of 1024 bytes.
		# shellcheck disable=SC2086  # its words
		run bash -c 'ulimit -f 1; exec "$@" 2>&1 >out' sh ${program/--rejects rejected/}
		[ "$status" -eq 3 ]
		same 1 "$(grep -c 'stdout: write: File too large' <<<"$output")"
		cmp -n 1024 want out
	done
}

@test "a program that was stopped and continues loses nothing" {
	local program pid

	mkfifo in
	for program in 'csvclean' 'protobw' 'ipflag --tag'; do
		# shellcheck disable=SC2086  # its words
		$program <in >out &
		pid=$!
		exec 8>in
		sed 10q rows.csv >&8
		kill -STOP "$pid"
		sed 1,10d rows.csv >&8
		exec 8>&-
		kill -CONT "$pid"
		wait "$pid"
		# shellcheck disable=SC2086  # its words
		same "$($program <rows.csv)" "$(cat out)"
	done
}

# has_files N: whether a recording has come to N files.
has_files() {
	[ "$(find . -name 'rec-*.csv' | wc -l)" -eq "$1" ]
}

# recorded N: whether the files have come to N rows.
recorded() {
	[ "$(cat rec-*.csv | grep -vc ^time)" -eq "$1" ]
}

@test "when the system's time is set back, files get no older than they may" {
	local pid

	chmod 777 .
	# Ten days: without a new file, the first would have up to 15.
	"${IN[@]}" env LD_PRELOAD="$BATS_FILE_TMPDIR/fault.so" \
	    FAULT_CLOCK=864000 pcap2csv -w 'rec-%Y%m%dT%H%M%SZ.csv' -i rx0 \
	    --max-age 5d >out 2>err 3>&- &
	pid=$!
	until_true grep -q 'NoNewPrivs:.1' "/proc/$pid/status"
	until_true has_files 1
	"${IN[@]}" tcpreplay -q --topspeed -i tx0 dns.pcap
	kill -USR2 "$pid"
	"${IN[@]}" tcpreplay -q --topspeed -i tx0 dns.pcap
	until_true has_files 2
	# The kernel's time was not set back: after the signal it would read
	# no packet that is later than the signal.
	until_true recorded 84
	kill -INT "$pid"
	wait "$pid"
	same "" "$(grep -v ' packets captured, ' err)"
	recorded 84
	same time,src,dst,proto,len "$(head -qn 1 rec-*.csv | sort -u)"
}

@test "without a descriptor left a program says so, or does all it should" {
	local program n code

	gzip -k rows.csv
	for program in "${commands[@]}" 'protobw rows.csv.gz'; do
		# shellcheck disable=SC2086  # its words
		$program >want 2>/dev/null || [ $? -eq 1 ]
		# With 3 the loader of libraries fails.
		for n in 4 5 6 7 8 12; do
			code=0
			# shellcheck disable=SC2086  # its words
			(ulimit -n $n && exec $program) >got 2>err 3>&- ||
			    code=$?
			case $code in
			0|1) cmp -s got want && continue ;;
			3) grep -q 'Too many open files$' err && continue ;;
			esac
			echo "$program, $n descriptors: status $code" >&2
			cat err >&2
			return 1
		done
		[ "$code" -le 1 ]
	done
}

@test "help and version that cannot be printed are status 3, with one message" {
	local program option

	for program in "$ROOT"/scripts/pktpipe-* rowpick; do
		for option in '--help >/dev/full' '--version >&-'; do
			runs bash -c "\"\$0\" $option" "$program"
			same "3||1" "$status|$output|${#stderr_lines[@]}"
			[[ $stderr == "${program##*/}: stdout: "* ]]
		done
	done
}

@test "a script with too few descriptors says so, and does nothing" {
	local script n

	for script in "$ROOT"/scripts/pktpipe-*; do
		for n in 8 31 63; do
			runs bash -c 'ulimit -n "$0"; exec "$@" 3>&- 4>&-' \
			    "$n" "$script" --help
			same "3||${script##*/}: too few descriptors (ulimit -n), want 64" \
			    "$status|$output|$stderr"
		done
		runs bash -c 'ulimit -n 64; exec "$0" --help' "$script"
		[ "$status" -eq 0 ]
	done
	pktpipe-report -o whole rows.csv
	(ulimit -n 64 && pktpipe-report -o out rows.csv)
	diff -r -x 'report.*' whole out
}

@test "a decompressor that is killed is named, and its rows are there" {
	local public signal code bytes pid

	gzip -c rows.csv >rows.gz
	public=$(mktemp -d)
	chmod 755 "$public"
	for bytes in 1000 0; do
		lines '#!/bin/sh' "/usr/bin/gzip \"\$@\" | head -c $bytes" \
		    'echo "started $$" >&2' 'exec sleep 600' >"$public/gzip"
		chmod 755 "$public/gzip"
		for signal in 9 15 11; do
			rm -f err
			PATH=$public:$PATH csvclean rows.gz >got 2>err &
			pid=$!
			until_true grep -qx 'started [0-9]*' err
			kill -"$signal" "$(sed -n 's/^started //p' err)"
			code=0
			wait "$pid" || code=$?
			same 3 "$code"
			same "csvclean: rows.gz: gzip: ended by signal $signal" \
			    "$(grep '^csvclean: rows.gz: gzip:' err)"
			same "$(head -c "$bytes" rows.csv | sed '$d' |
			    csvclean)" "$(cat got)"
		done
	done
	rm -r "$public"
}

@test "a pipe whose writer was killed is the end of the input" {
	local program

	mkfifo in
	head -c 1000 rows.csv | sed '$d' >whole.csv
	for program in csvclean protobw 'ratebw --by proto' toptalk flowbw \
	    'ipflag --set demo --tag' 'iplabel --table sites.csv' \
	    'rowpick len>9' 'rateflag --bin 1s --scores'; do
		# shellcheck disable=SC2086  # its words
		$program in >got 2>err &
		bash -c 'head -c 1000 rows.csv; kill -KILL $$' >in 2>said ||
		    true
		wait $! || [ $? -eq 1 ]
		grep -q 'in:21: row has 2 cells, want 5: cut short?' err
		# shellcheck disable=SC2086  # its words
		same "$($program whole.csv 2>err)" "$(cat got)"
	done
}

@test "a file that is rotated while it is read is read to its end" {
	local program pid line

	mkfifo gate
	many 60000 1000 TLS DNS UDP >rows.csv
	cp rows.csv more.csv
	for program in csvclean 'rowpick len>0' 'iplabel --table sites.csv'; do
		# shellcheck disable=SC2086  # its words
		$program rows.csv more.csv >want
		# It waits in the middle for its reader.
		# shellcheck disable=SC2086  # its words
		$program rows.csv more.csv >gate &
		pid=$!
		exec 8<gate
		read -r line <&8
		echo "$line" >got
		mv rows.csv rows.csv.1
		: >rows.csv
		mv more.csv more.csv.1
		cp more.csv.1 more.csv
		cat <&8 >>got
		exec 8<&-
		wait "$pid"
		cmp want got
		mv rows.csv.1 rows.csv
	done
}

@test "on a system whose time was set back, nights that are reported stay" {
	local past day

	one_day
	mkdir rec
	without_pictures "$PWD"
	for past in 1 2; do
		day=$(date -u -d "$past days ago" +%F)
		echo time,src,dst,proto,len
		packets 5 "$(date -u -d "$day 12:00" +%s)" 1
	done >rec/eth0.csv
	pktpipe-nightly --expect none -o reports rec
	find reports -type f -exec sha256sum {} + | sort >before
	same "$(date -u -d '10 days ago' +%F)" \
	    "$(faulty FAULT_PAST=864000 date -u +%F)"
	for past in 86400 864000 0; do
		faulty FAULT_PAST=$past pktpipe-nightly --expect none \
		    --remove-after 5 -o reports rec 2>err
		same "" "$(cat err)"
		find reports -type f -exec sha256sum {} + | sort >after
		same "$(cat before)" "$(cat after)"
		[ -s rec/eth0.csv ]
	done
}

@test "when the system's time is set back, a live picture goes on" {
	local pid now program

	now=$(date +%s)
	{ echo time,src,dst,proto,len; packets 6 "$now" 0.5; } >rec.csv
	LD_PRELOAD=$BATS_FILE_TMPDIR/fault.so FAULT_CLOCK=864000 setsid \
	    pktpipe-live --terminal svg --refresh 200ms rec.csv >out 2>err 3>&- &
	pid=$!
	until_true grep -q ' 6 packets' out
	for program in csvclean ipflag liveplot; do
		pkill -USR2 -s "$pid" -x "$program"
	done
	packets 60 $((now - 864000)) 0.1 >>rec.csv
	until_true grep -q ' [1-4][0-9] packets' out
	kill -TERM "$pid"
	wait "$pid"
	same "$(lines ipflag liveplot)" "$(sed -n \
	    's/: the stream clock jumped by over an hour 1 time$//p' err | sort)"
}
