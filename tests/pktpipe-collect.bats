#!/usr/bin/env bats
# pktpipe-collect and pktpipe-sensor: copies of recordings, over ssh
# SPDX-License-Identifier: ISC

# shellcheck disable=SC2030,SC2031,SC2154  # what bats sets
# shellcheck disable=SC2016,SC2086  # for other shells; a command with options

load helper
load sshd

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	SSHDS=() PID=''
	mkdir rec
}

teardown() {
	[ -z "$PID" ] || kill -KILL -- "-$PID" 2>/dev/null || true
	ssh_teardown
}

# grows FILE N: appends N rows, without a header.
grows() {
	packets "$2" 1700000000 0.5 >>"$1"
}

# a_file NAME N: a recording of N rows.
a_file() {
	echo time,src,dst,proto,len >"rec/$1"
	grows "rec/$1" "$2"
}

# a_sensor HOST: it has one word, the forced command of its key.
a_sensor() {
	ssh_setup
	sed -i "s|^|restrict,command=\"$ROOT/scripts/pktpipe-sensor $PWD/rec\" |" \
	    "$KEYS/authorized"
	export PKTPIPE_SSH="$PARALLEL_SSH -T"
	sshd_start "$1"
}

# collect ARG...: in the background, in a process group of its own.
collect() {
	setsid pktpipe-collect -o all "$@" >out 2>err 3>&- &
	PID=$!
}

# alike: whether each recording has an identical copy.
alike() {
	local f

	for f in rec/*.csv; do
		cmp -s "$f" "all/west/${f##*/}" || return
	done
}

@test "copies are identical, grow with the recordings, and say how far they are" {
	a_sensor one
	a_file eth0-1.csv 100
	a_file eth1-1.csv 3
	# Of a clock that began at the year 2000.
	a_file rtc.csv 0
	echo 946684800.500000,10.0.0.1,10.0.0.2,TLS,100 >>rec/rtc.csv
	collect west=one:rec
	until_true alike
	grows rec/eth0-1.csv 50
	printf '1700000100.000000,10.0' >>rec/eth0-1.csv
	a_file eth0-2.csv 7
	until_true alike
	until_true grep -Eq '^west,live,1700000049.500000,[0-9]*,0,0,[0-9]+,0$' \
	    all/status.csv
	kill -TERM "$PID"
	wait "$PID"
	PID=''
	same "$(cat all/status.csv)" "$(pktpipe-collect -o all --status)"
	runs bash -c 'pktpipe-collect -o all --status >/dev/full'
	same "3||pktpipe-collect: stdout: cannot write" \
	    "$status|$output|$stderr"
	same "" "$(cat out err)"
}

@test "a key with the forced command reads nothing but recordings" {
	local ask

	a_sensor one
	a_file eth0.csv 2
	echo secret >rec/secret
	ln -s /etc/hostname rec/link.csv
	echo x >other.csv
	# The command that is asked for does not run.
	same "$(stat -c %s rec/eth0.csv) eth0.csv
. N N N" "$(echo list | $PKTPIPE_SSH one 'touch ran' |
	    sed -E '$s/[0-9]+/N/g')"
	[ ! -e ran ]
	same "$(head -c 9 rec/eth0.csv | tail -c 4)" \
	    "$(echo send eth0.csv 5 4 | $PKTPIPE_SSH one)"
	for ask in 'send secret 0 1' 'send link.csv 0 1' 'send ../other.csv 0 1' \
	    'send /etc/hostname 0 1' 'send eth0.csv -1 1' 'digest secret' \
	    'send eth0.csv 0 1;id' 'rm eth0.csv' 'send eth0.csv 08 1' \
	    'send eth0.csv 0 999999'; do
		runs pktpipe-sensor rec <<<"$ask"
		[ "$status" -gt 0 ]
		[[ $output != *secret* && $output != *uid* ]]
		[[ $stderr = pktpipe-sensor:* ]]
	done
	[ -s rec/eth0.csv ]
}

@test "killed at either end it loses and doubles nothing" {
	local i grower

	a_sensor one
	a_file eth0-1.csv 5
	( for ((i = 0; i < 60; i++)); do
		grows rec/eth0-1.csv 300
		sleep 0.05
	done ) 3>&- &
	grower=$!
	for ((i = 0; i < 3; i++)); do
		collect west=one:rec
		sleep 0.6
		pkill -KILL -P "${SSHDS[0]}" || true
		sleep 0.4
		kill -KILL -- "-$PID"
		wait "$PID" || true
	done
	wait "$grower"
	PID=''
	pktpipe-collect -o all --once west=one:rec
	alike
	same 18006 "$(wc -l <all/west/eth0-1.csv)"
}

# parts N: whether there are so many files of the recording lo, or more.
parts() {
	[ "$(find rec -name 'lo-*.csv' | wc -l)" -ge "$1" ]
}

# some_copied: whether one has been copied, and two more have been begun since.
some_copied() {
	parts 3 && [ -n "$(ls all/west)" ]
}

@test "copies of what pktpipe-live records are identical over its turn-overs" {
	local live pinger

	a_sensor one
	collect west=one:rec
	unshare --net sh -c 'ip link set lo up && exec "$@"' sh \
	    pktpipe-live --terminal svg -i lo --user root --write rec/lo.csv \
	    --max-size 4096 --keep 500 >live.out 2>live.err 3>&- &
	live=$!
	until_true parts 1
	nsenter -t "$live" --net ping -q -w 240 -i 0.01 127.0.0.1 >ping.log 3>&- &
	pinger=$!
	until_true some_copied
	kill "$pinger" "$live"
	wait "$live"
	until_true alike
	kill -TERM "$PID"
	wait "$PID"
	PID=''
	same "" "$(cat err)"
	# No name has changed since it was copied.
	same "$(cd rec && ls)" "$(cd all/west && ls)"
	same "$(sed -nE 's/^.* lo: ([0-9]+) packets.*/\1/p' live.err)" \
	    "$(cat all/west/lo-*.csv | grep -vc ^time)"
}

# idle: whether nobody holds the lock of the copies.
idle() {
	flock -n all true
}

@test "killed alone it leaves nothing running, whatever it waits for" {
	local session

	a_sensor one
	a_file eth0.csv 3
	for interval in 1 3600; do
		collect --interval "$interval" west=one:rec
		until_true grep -q ^west,live, all/status.csv
		session=$(pgrep -f "^ssh -F $KEYS/config ")
		kill -KILL "$PID"
		wait "$PID" || true
		PID=''
		until_true idle
		until_true test ! -e "/proc/$session"
		rm all/status.csv
	done
	# A pause of an hour does not keep it from ending.
	collect --interval 3600 west=one:rec
	until_true grep -q ^west,live, all/status.csv
	kill -TERM "$PID"
	wait "$PID"
	PID=''
}

@test "a recording that was compressed meanwhile is completed and checked" {
	a_sensor one
	a_file eth0-1.csv 40
	a_file eth0-2.csv 40
	mkdir -p all/west
	head -c 700 rec/eth0-1.csv >all/west/eth0-1.csv
	echo 'another start' >all/west/eth0-2.csv
	cp rec/*.csv .
	zstd -q --rm rec/eth0-1.csv
	gzip rec/eth0-2.csv
	runs pktpipe-collect -o all --once west=one:rec
	cmp eth0-1.csv all/west/eth0-1.csv
	same "another start" "$(head -n 1 all/west/eth0-2.csv.differs)"
	cmp eth0-2.csv all/west/eth0-2.csv
	grep -q 'eth0-2.csv: the copy is not what the sensor has' <<<"$stderr"
}

@test "a sensor that cannot be reached is named, the others are copied" {
	a_sensor one
	a_file eth0.csv 9
	# Another host has the key of this one now.
	sed -i 's/Host one/Host one two/' "$KEYS/config"
	printf '[127.0.0.1]:%s %s\n' "$(awk '$1 == "Port" { print $2; exit }' \
	    "$KEYS/config")" "$(cut -d' ' -f1,2 "$KEYS/id.pub")" >"$KEYS/known"
	{ lines 'Host two' "UserKnownHostsFile $KEYS/known" \
	    'StrictHostKeyChecking yes'; cat "$KEYS/config"; } >"$KEYS/new"
	mv "$KEYS/new" "$KEYS/config"
	runs pktpipe-collect -o all --once west=one:rec \
	    east=nowhere.invalid:rec north=two:rec
	same 3 "$status"
	alike
	grep -q "^pktpipe-collect: east: trying again: .*nowhere.invalid" \
	    <<<"$stderr"
	grep -q "^pktpipe-collect: north: trying again: Host key .* failed" \
	    <<<"$stderr"
	same "sensor,state
west,live
east,down
north,down" "$(cut -d, -f1,2 all/status.csv)"
}

# near COMMAND: sessions are with a pktpipe-sensor here, whose answers the
# command passes on.
near() {
	printf '#!/bin/sh\npktpipe-sensor %s/rec | %s\n' "$PWD" "$1" >near
	chmod +x near
	export PKTPIPE_SSH=$PWD/near
}

@test "a recording that became shorter is named, and its copy kept" {
	near cat
	a_file eth0.csv 40
	pktpipe-collect -o all --once west=one:rec
	cp rec/eth0.csv was
	head -c 500 was >rec/eth0.csv
	runs pktpipe-collect -o all --once west=one:rec
	same "pktpipe-collect: west: eth0.csv: the recording has become shorter\
 than its copy, which is kept" "$stderr"
	cmp was all/west/eth0.csv
}

@test "other rows of the same name are copied anew, and those before are kept" {
	local n

	near cat
	for n in 10 40 20; do
		a_file eth0.csv "$n"
		sed -i "s/192.0.2.1,/198.51.100.$n,/" rec/eth0.csv
		runs pktpipe-collect -o all --once west=one:rec
		same 0 "$status"
		alike
	done
	grep -q 'eth0.csv: the copy is not what the sensor has: it is kept as'\
' eth0.csv.differs2, and made again' <<<"$stderr"
	same "10 40 20" "$(grep -hc 198 all/west/eth0.csv.differs \
	    all/west/eth0.csv.differs2 all/west/eth0.csv | paste -sd' ')"
}

@test "a file whose name is none of a recording is counted, if it has rows" {
	near cat
	a_file 'br-lan:1@x+y.csv' 4
	a_file 'of two words.csv' 4
	cp 'rec/of two words.csv' rec/eth0.csv.1
	touch rec/.eth0.csv.new rec/notes $'rec/a\n77 fake.csv'
	runs pktpipe-collect -o all --once west=one:rec
	same "0|pktpipe-collect: west: files not copied: 3: want names of\
 letters, digits and . _ : @ + - that end in .csv" "$status|$stderr"
	same 'br-lan:1@x+y.csv' "$(ls all/west)"
}

@test "a sensor whose clock is wrong, or whose disk is full, is named" {
	near "sed -u -E 's/^\. .*/. 1700000000 2 1/'"
	a_file eth0.csv 4
	runs pktpipe-collect -o all --once west=one:rec
	[[ $stderr =~ ^"pktpipe-collect: west: its clock is "[0-9]+" seconds behind
pktpipe-collect: west: only 2 % of its disk is free
pktpipe-collect: west: files not copied: 1: " ]]
	grep -Eq '^west,live,.*,-[0-9]+$' all/status.csv
}

@test "old copies are compressed and removed, and not copied again" {
	local keep=(--compress-after 2 --remove-after 30)

	near cat
	for n in 1 2 3; do
		a_file "eth0-2026110${n}T000000Z.csv" "$n"
		a_file "eth$n.csv" 1
	done
	pktpipe-collect -o all --once "${keep[@]}" west=one:rec
	alike
	touch -d '40 days ago' all/west/eth0-20261101* all/west/eth1.csv
	touch -d '5 days ago' all/west/eth0-20261102*
	for n in 1 2; do
		runs pktpipe-collect -o all --once "${keep[@]}" west=one:rec
		same "0|" "$status|$stderr"
		# The last file of a recording may grow.
		same "eth0-20261102T000000Z.csv.zst
eth0-20261103T000000Z.csv
eth1.csv
eth2.csv
eth3.csv" "$(ls all/west)"
	done
	zstd -dcq all/west/eth0-20261102* | cmp - rec/eth0-20261102T000000Z.csv
	same 0 "$(awk -F, 'NR == 2 { print $5 + $6 }' all/status.csv)"
	# What the sensor compresses or removes too is not missing.
	zstd -q --rm rec/eth0-20261101*
	rm rec/eth0-20261102* rec/eth1.csv
	runs pktpipe-collect -o all --once "${keep[@]}" west=one:rec
	same "0|" "$status|$stderr"
	[ ! -e all/west/eth1.csv ]
	[ ! -e all/west/eth0-20261101T000000Z.csv ]
}

@test "a disk that is almost full is named" {
	lines '#!/bin/sh' 'case $* in *avail*) echo Avail Size; echo 4999 100000 ;;' \
	    '*) echo Use%; echo 96% ;; esac' >"$PWD/df"
	chmod +x ./df
	near cat
	a_file eth0.csv 4
	PATH=$PWD:$PATH runs pktpipe-collect -o all --once west=one:rec
	same "0|pktpipe-collect: all: only 4 MiB of the disk are free" \
	    "$status|$stderr"
}

@test "--rows has the new rows of all sensors, whole, with their names" {
	mkdir -p all/west all/east
	{ echo time,src,dst,proto,len; packets 2 5 1; } >all/west/a.csv
	cp all/west/a.csv all/east/b.csv
	echo time,len >all/east/c.csv
	setsid pktpipe-collect -o all --rows >out 2>err 3>&- &
	PID=$!
	until_true grep -q '^time,src,dst,proto,len,sensor$' out
	until_true grep -q other err
	sleep 0.7
	printf '9.5,10.0.0.1,10.0' >>all/west/a.csv
	packets 1 7 1 >>all/east/b.csv
	until_true grep -q ,east out
	echo .0.2,DNS,90 >>all/west/a.csv
	until_true grep -q ,west out
	same "time,src,dst,proto,len,sensor
7.000000,192.0.2.1,192.0.2.99,TLS,100,east
9.5,10.0.0.1,10.0.0.2,DNS,90,west" "$(cat out)"
	same "pktpipe-collect: east/c.csv: left out, since it has other columns" \
	    "$(cat err)"
}

# has N: whether so many lines have come.
has() {
	[ "$(wc -l <out)" -eq "$1" ]
}

@test "--rows begins anew with a recording that was made again, whatever its name" {
	local f='all/west/a$(touch run).csv'

	mkdir -p all/west
	{ echo time,src,dst,proto,len; packets 3 5 1; } >"$f"
	setsid pktpipe-collect -o all --rows >out 2>err 3>&- &
	PID=$!
	until_true grep -q time out
	mv "$f" "$f.differs"
	{ echo time,src,dst,proto,len; packets 5 9 1; } >"$f"
	until_true has 6
	[ ! -e all/run ]
	same "9.000000 13.000000" \
	    "$(sed -n '2s/,.*//p; 6s/,.*//p' out | paste -sd' ')"
}

@test "--rows quotes the names of sensors, and says once what it cannot read" {
	local s mortal=()

	for s in s,1 's"2' ' s3' 's\t4' $'s\r5'; do
		mkdir -p "all/$s"
		{ echo time,src,dst,proto,len; packets 1 5 1; } >"all/$s/ x.csv"
	done
	mkdir "all/s,1/y.csv"
	ln -s "$PWD/none" "all/s,1/z.csv"
	cp "all/ s3/ x.csv" 'all/ s3/y.csv'
	chmod 000 'all/ s3/y.csv'
	# Root can read it all the same, but for this.
	[ "$(id -u)" -ne 0 ] ||
	    mortal=(setpriv "--bounding-set=-dac_override,-dac_read_search")
	setsid "${mortal[@]}" pktpipe-collect -o all --rows --newest 1k \
	    >out 2>err 3>&- &
	PID=$!
	until_true has 6
	{ packets 1 6 1; } >>"all/ s3/ x.csv"
	until_true has 7
	same $' s3\n s3\n"s\r5"\n"s""2"\n"s,1"\ns\\t4' \
	    "$(sed 1d out | cut -d, -f6- | sort)"
	same 'pktpipe-collect: all/ s3/y.csv: cannot read it' "$(cat err)"
}

# three_sensors N: N rows each of three sensors, at other times, and in two files.
three_sensors() {
	local s i=0

	for s in east north west; do
		mkdir -p "all/$s"
		{ echo time,src,dst,proto,len; packets "$1" 1000.00"$((i++))" 0.01; } \
		    >"all/$s/eth0-20261124T000000Z.csv"
		{ echo time,src,dst,proto,len; packets "$1" \
		    "$((1000 + $1 / 100)).00$i" 0.01; } \
		    >"all/$s/eth0-20261124T010000Z.csv"
	done
}

# merges ARG...: starts it, with rows of all sensors in order of time.
merges() {
	setsid pktpipe-collect -o all --rows --merge "$@" >out 2>err 3>&- &
	PID=$!
}

@test "--merge has the rows of all sensors in order of time" {
	three_sensors 500
	merges --newest 1M
	until_true has 3001
	echo time,src,dst,proto,len,sensor >want
	for f in all/*/*.csv; do
		s=${f#all/}
		sed "1d; s|\$|,${s%%/*}|" "$f"
	done | sort -t, -k1,1 >>want
	# Rows of one time are in the order of the sensors.
	cut -d, -f1 want | cmp - <(cut -d, -f1 out)
	sort want | cmp - <(sort out)
	same "" "$(cat err)"
}

@test "--merge reads a time that has a zero before it" {
	mkdir -p all/east all/west
	{ echo time,src,dst,proto,len; packets 1 8.5 1 | sed s/^/0/; } \
	    >all/east/rows.csv
	{ echo time,src,dst,proto,len; packets 1 9.5 1; } >all/west/rows.csv
	merges --newest 1M
	until_true has 3
	same "08.500000 9.500000" \
	    "$(sed -n '2s/,.*//p; 3s/,.*//p' out | paste -sd' ')"
	same "" "$(cat err)"
}

@test "--merge waits from its start for the recordings that are there" {
	three_sensors 100
	merges --slack 1m
	until_true has 1
	packets 1 1003.5 1 >>all/east/eth0-20261124T010000Z.csv
	packets 2 1003.4 0.2 >>all/west/eth0-20261124T010000Z.csv
	packets 1 1003.7 1 >>all/north/eth0-20261124T010000Z.csv
	until_true has 3
	same "1003.400000 1003.500000" \
	    "$(sed -n '2s/,.*//p; 3s/,.*//p' out | paste -sd' ')"
	same "" "$(cat err)"
}

@test "--merge waits for a silent sensor no longer than --slack, and names it" {
	three_sensors 100
	merges --newest 1M --slack 1s
	until_true has 601
	packets 1 2000 1 >>all/west/eth0-20261124T010000Z.csv
	packets 1 2000.5 1 >>all/north/eth0-20261124T010000Z.csv
	until_true has 603
	same "pktpipe-collect: east: silent, or behind: it is not waited for" \
	    "$(cat err)"
	# What it has comes then, late, and it is waited for again.
	packets 1 1999 1 >>all/east/eth0-20261124T010000Z.csv
	until_true has 604
	same "1999.000000 east" "$(tail -n 1 out | awk -F, '{ print $1, $6 }')"
}

@test "--alerts has the alerts that sensors have recorded, --rows has not" {
	mkdir -p all/west
	{ echo time,src,dst,proto,len; packets 2 5 1; } >all/west/eth0.csv
	lines time,rule,severity,src,dst,proto,value,threshold,window,state,unit \
	    5.000000,flood,high,192.0.2.1,,,9,5,1,start,packets \
	    >all/west/alerts.csv
	setsid pktpipe-collect -o all --alerts --newest 1M >out 2>err 3>&- &
	PID=$!
	until_true has 2
	same "5.000000,flood,high,192.0.2.1,,,9,5,1,start,packets,west" \
	    "$(tail -n 1 out)"
	kill -KILL -- "-$PID"
	wait "$PID" || true
	merges --newest 1M
	until_true has 3
	run -1 grep flood out
	same "" "$(cat err)"
}

@test "sensors are read from a file, and what is none is named" {
	lines '# all of them' 'west=one:/srv/rec  # the gate' '' >sensors
	# Its last line has no end.
	printf 'west=one:/srv/rec\nwest=two:/srv/rec' >twice
	runs pktpipe-collect -o all twice
	same "2||pktpipe-collect: sensor west is named twice" \
	    "$status|$output|$stderr"
	for s in 'a b=c:d' 'a=-o:d' 'a=b' '../a=b:c' 'a=b:c;d'; do
		runs pktpipe-collect -o all "$s"
		same "2||pktpipe-collect: bad sensor \"$s\", want NAME=[USER@]HOST:DIR" \
		    "$status|$output|$stderr"
	done
	runs pktpipe-collect west=one:/srv
	[ "$status" -eq 2 ]
	runs pktpipe-collect -o all --status
	same "3||pktpipe-collect: all: no status.csv: no pktpipe-collect has run there" \
	    "$status|$output|$stderr"
	runs pktpipe-collect -o none --rows
	same "3||pktpipe-collect: none: cannot enter it" "$status|$output|$stderr"
	runs pktpipe-sensor none
	same "3||pktpipe-sensor: none: cannot enter it" "$status|$output|$stderr"
}

@test "a program that fails is no end with status 0" {
	mkdir fake
	lines '#!/bin/sh' 'exit 2' >fake/sleep
	chmod +x fake/sleep
	PKTPIPE_SSH=false PATH=$PWD/fake:$PATH runs pktpipe-collect -o all west=h:rec
	same 3 "$status"
	[[ $stderr = *"pktpipe-collect: sleep failed"* ]]
}

# shellcheck disable=SC2317  # keep_house calls what is set here
keeps_house() {
	local name=x programs=$PATH usage='usage: x'
	local compress_after='' remove_after='' disk

	# shellcheck source=scripts/lib/options.sh
	. "$ROOT/scripts/lib/options.sh"
	# shellcheck source=scripts/collect/retire.sh
	. "$ROOT/scripts/collect/retire.sh"
	older() {
		[ "$2" != pack ] || echo "kept at $SECONDS"
	}
	unset SECONDS	# which loses its meaning
	ticked=0
	# The clock is set back by an hour, and then leaps by one.
	for SECONDS in 0 59 60 -3540 -3481 -3480 120; do keep_house; done
}

@test "what is done each minute is done then, too, if the clock was set back" {
	same "$(lines 0 60 -3480 120 | sed 's/^/kept at /')" "$(keeps_house)"
}
