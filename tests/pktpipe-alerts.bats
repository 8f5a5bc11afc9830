#!/usr/bin/env bats
# pktpipe-alerts: the rules on a recording, over restarts
# SPDX-License-Identifier: ISC

# shellcheck disable=SC2154  # what bats sets

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	PID=''
	mkdir rec
	echo 'rule many track=by_src packets=5 seconds=10 cooldown=20' >many.rules
	# Twelve incidents in 6,000 rows, which begin and end.
	{
		echo time,src,dst,proto,len
		for ((i = 0; i < 12; i++)); do
			packets 300 $((1700000000 + i * 500)) 0.01 "10.0.0.$i"
			packets 200 $((1700000100 + i * 500)) 2 192.0.2.8
		done
	} >all.csv
	ipflag --rules many.rules --state want.state all.csv >want
}

teardown() {
	[ -z "$PID" ] || kill -KILL "$PID" 2>/dev/null || true
}

# part N LINES: the file of the recording of hour N has these lines.
part() {
	{ echo time,src,dst,proto,len; sed -n "$2" all.csv; } \
	    >"rec/eth0-20231114T0${1}0000Z.csv"
}

alerts() {
	pktpipe-alerts --state state -o rec/alerts.csv --rules many.rules "$@" \
	    rec/eth0.csv
}

# recorded: the alerts in the files.
recorded() {
	cat rec/alerts-*.csv | awk 'NR == 1 || !/^time/'
}

@test "the alerts of the batches are those of one run, over files and restarts" {
	part 1 2,1000p
	alerts --once >one
	sed -n 1001,2500p all.csv >>rec/eth0-20231114T010000Z.csv
	# A torn row is the last of a file whose recorder was killed.
	printf 1700000500.0 >>rec/eth0-20231114T010000Z.csv
	part 2 2501,2600p
	alerts --once >two
	alerts --once >none
	part 3 "2601,\$p"
	alerts --once >three
	same "$(cat want)" "$(cat one; sed 1d two; sed 1d three)"
	same "" "$(cat none)"
	same "$(cat want)" "$(recorded)"
}

@test "killed at any time it neither loses an alert nor records one twice" {
	local i from=2

	part 1 2p
	for ((i = 0; i < 12; i++)); do
		setsid pktpipe-alerts --state state -o rec/alerts.csv \
		    --rules many.rules rec/eth0.csv >>out 2>err 3>&- &
		PID=$!
		sed -n "$((from + 1)),$((from + 450))p" all.csv \
		    >>rec/eth0-20231114T010000Z.csv
		from=$((from + 450))
		sleep "0.$((RANDOM % 4))"
		until_true kill -KILL -- "-$PID"
		wait "$PID" || true
		PID=''
		# What it ran has the lock until it has ended, too.
		[ ! -d state ] || until_true flock -n state true
	done
	sed -n "$((from + 1)),\$p" all.csv >>rec/eth0-20231114T010000Z.csv
	alerts --once >last
	same "$(cat want)" "$(recorded)"
	[ -z "$(find state -name 'batch.*' ! -path "*$(readlink state/now)*")" ]
}

@test "a file that is not one of a recording is named, with status 1" {
	cp all.csv rec/eth0.csv
	runs alerts --once
	same "1||pktpipe-alerts: rec/eth0.csv: not read, want a recording, whose files have times in their names" \
	    "$status|$output|$stderr"
	part 0 2,400p
	runs alerts --once
	same "0|" "$status|$stderr"
	[ "$output" != "" ]
}

@test "rows that come are judged at once, and a signal ends it with status 0" {
	part 1 2,3p
	alerts >out 2>err 3>&- &
	PID=$!
	until_true test -e state/now
	sed -n 4,400p all.csv >>rec/eth0-20231114T010000Z.csv
	until_true grep -q ,start, out
	# The clock is set back twice: the next files have earlier names.
	part 0 401,1000p
	until_true grep -q ,10.0.0.1, out
	part 3 1001,1500p
	until_true grep -q ,10.0.0.2, out
	part 2 "1501,\$p"
	until_true cmp want out
	pkill -TERM -P "$PID"
	wait "$PID"
	PID=''
	same "" "$(cat err)"
}

@test "a file that has come is read once, whatever its name, and no empty one stops it" {
	part 3 2,1000p
	alerts --once >one
	# The clock was set back meanwhile.
	part 1 1001,2500p
	alerts --once >two
	# There was no room on the disk.
	: >rec/eth0-20231114T020000Z.csv
	part 4 "2501,\$p"
	alerts --once >three
	alerts --once >none
	same "$(cat want)" "$(cat one; sed 1d two; sed 1d three)"
	# A state of the first version has no list.
	rm state/now/seen
	alerts --once >>none
	same "" "$(cat none)"
	same "$(cat want)" "$(recorded)"
}

@test "no row is passed over if a program fails, and the next run has all" {
	local program

	part 1 "2,\$p"
	mkdir fake
	for program in dd head sed; do
		# shellcheck disable=SC2016  # for the stand-in
		lines '#!/bin/sh' 'rm "$0"; exit 2' >"fake/$program"
		chmod +x "fake/$program"
		PATH=$PWD/fake:$PATH runs alerts --once
		same "3||pktpipe-alerts: state: the rows could not be read, or the alerts not written" \
		    "$status|$output|$stderr"
		# The header, where rows have been read before.
		if [ "$program" = dd ]; then
			part 1 2,3000p
			alerts --once >one
			part 1 "2,\$p"
		fi
	done
	alerts --once >two
	same "$(cat want)" "$(cat one; sed 1d two)"
	same "$(cat want)" "$(recorded)"
}

@test "names may be odd, but have no tab or newline, which end them in the state" {
	# shellcheck disable=SC2016  # a name
	local name='-*[a "$(touch run)'

	cp all.csv "./$name-20231114T010000Z.csv"
	runs pktpipe-alerts --once --state "./$name" -o "$name.al.csv" \
	    --rules many.rules -- "$name.csv"
	same "0||$(cat want)" "$status|$stderr|$output"
	same "$(cat want)" "$(cat "./$name.al"-*)"
	runs pktpipe-alerts --once --state state -- $'a\nb.csv'
	same '2|pktpipe-alerts: bad name "a\x0ab.csv", want it without tabs and newlines' \
	    "$status|$stderr"
	[ ! -e run ]
}
