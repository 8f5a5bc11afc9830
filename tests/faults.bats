#!/usr/bin/env bats
# What rarely fails: memory, reads and writes, the disk, a reader, a signal
# SPDX-License-Identifier: ISC

load helper

setup_file() {
	"${CC:-cc}" -shared -fPIC -o "$BATS_FILE_TMPDIR/fault.so" \
	    "$ROOT/tests/fault.c"
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	many 40 1000 TLS DNS UDP >rows.csv
	lines net,site 10.0.0.0/8,home >sites.csv
	cp "$DATA/dns.pcap" .
	# Each program, with options that use its parts.
	commands=('pcap2csv --fields ids dns.pcap' 'pcap2csv -f udp dns.pcap'
	    'csvclean --rejects rejected rows.csv' 'protobw --share rows.csv'
	    'ratebw --bin 1s --by proto rows.csv' 'toptalk -k ends rows.csv'
	    'flowbw rows.csv' 'ipflag --set home --tag rows.csv'
	    'iplabel --table sites.csv rows.csv' 'rowpick len>9 rows.csv'
	    'liveplot --replay rows.csv' 'rateflag --bin 1s --scores rows.csv')
}

# faulty VARIABLE=VALUE COMMAND...: runs it with that fault.
faulty() {
	env LD_PRELOAD="$BATS_FILE_TMPDIR/fault.so" "$@"
}

@test "an allocation that fails ends a program with a message" {
	local program n code

	for program in "${commands[@]}"; do
		# shellcheck disable=SC2086  # its words
		$program >want 2>/dev/null || [ $? -eq 1 ]
		# FAULTS=1000 tries them all.
		for ((n = 1; n <= ${FAULTS:-40}; n++)); do
			code=0
			# shellcheck disable=SC2086  # its words
			faulty FAULT_ALLOCATION=$n $program >got 2>err || code=$?
			case $code in
			0) cmp -s got want && continue ;;
			2|3) [ ! -s err ] || continue ;;
			esac
			echo "$program, allocation $n: status $code" >&2
			cat err >&2
			return 1
		done
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
		# In units of 1024 bytes; the signal would end it.
		# shellcheck disable=SC2086  # its words
		run bash -c 'trap "" XFSZ; ulimit -f 1
		    exec "$@" >out 2>err' sh ${program/--rejects rejected/}
		[ "$status" -eq 3 ]
		same 1 "$(grep -c 'stdout: write: File too large' err)"
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
