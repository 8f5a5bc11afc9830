#!/usr/bin/env bats
# pktpipe-live: traffic as it comes, in a picture that is redrawn.
# shellcheck disable=SC2154  # $stderr is set by runs
# shellcheck disable=SC2030,SC2031  # each test has its own SENDER

load helper
load netns

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
	mkdir tmp
	export TMPDIR=$PWD/tmp
	netns_enter
	PID='' SENDER=''
	demo=$DATA/demo.pcapng
}

teardown() {
	[ -z "$PID" ] || kill -TERM "$PID" 2>/dev/null || true
	[ -z "$SENDER" ] || kill "$SENDER" 2>/dev/null || true
	[ ! -e tmux ] || end_terminal 2>/dev/null || true
}

# start ARG...: the script in the background, its pictures in ./out.
start() {
	rm -f out
	pktpipe-live --terminal svg --refresh 200ms "$@" >out 2>err 3>&- &
	PID=$!
}

# says TEXT: whether a picture has shown it.
says() {
	grep -q -- "$1" out
}

# read_to_end FILE: whether a process that reads the file is at its end.
read_to_end() {
	local fd

	while read -r fd; do
		fd=${fd%/fd/*}/fdinfo/${fd##*/}
		if [ "$(awk '/^pos:/ { print $2 }' "$fd")" = \
		    "$(stat -c %s "$1")" ]; then return; fi
	done < <(find /proc/[0-9]*/fd -lname "$(realpath "$1")" 2>/dev/null)
	return 1
}

# finish: ends the script as a terminal's hang-up or kill(1) does.
finish() {
	kill -TERM "$PID"
	wait "$PID"
	PID=''
}

# rows N SECOND: so many rows in that second.
rows() {
	packets "$1" "$2" 0.01
}

# closed N SECOND: the same, and a row three seconds later, which makes them
# shown at once; itself it is shown when the next ones come.
closed() {
	rows "$1" "$2"
	rows 1 "$(($2 + 3))"
}

# nothing_left: no temporary file, and no process with this test's files.
nothing_left() {
	[ -z "$(ls -A tmp)" ] || { ls -A tmp; return 1; }
	! pgrep -f "$PWD" >&2
}

@test "a replay is the pipeline of the suite" {
	runs pktpipe-live --replay --speed 0 --terminal svg --spike 20000 "$demo"
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(pcap2csv --fields ids,iface "$demo" | csvclean |
	    ipflag --tag | liveplot --replay --terminal svg --spike 20000 |
	    gnuplot)" "$output"
	nothing_left
}

@test "captures and tables are replayed alike" {
	pcap2csv --fields sport,dport,flags "$DATA/tls.pcap" >tls.csv
	same "$(pktpipe-live --replay --speed 0 --size 60x20 "$DATA/tls.pcap")" \
	    "$(pktpipe-live --replay --speed 0 --size 60x20 tls.csv)"
	same "$(pktpipe-live --replay --speed 0 --size 60x20 tls.csv)" \
	    "$(pktpipe-live --replay --speed 0 --size 60x20 <"$DATA/tls.pcap")"
}

@test "the set of rules is ipflag's" {
	# shellcheck disable=SC2094  # of the set, and a file
	pktpipe-live --replay --speed 0 --size 80x40 "$demo" >home
	pktpipe-live --replay --speed 0 --set demo --size 80x40 "$demo" >low
	grep -q src-rate low
	! grep -q src-rate home || false
	grep -q icmp-flood home
	# Alerts are there before the rows that they are about.
	for _ in 1 2 3 4 5 6; do
		pktpipe-live --replay --speed 0 --size 80x40 "$demo" | cksum &
	done | sort -u >sums
	same "$(cksum <home)" "$(cat sums)"
}

@test "a replay takes the time that it shows, divided by the speed" {
	{ echo time,src,dst,proto,len; rows 3 1; rows 3 27; } >two.csv
	local start=${EPOCHREALTIME/./}

	runs pktpipe-live --replay --speed 20 --terminal svg two.csv
	[ "$status" -eq 0 ]
	# Six pictures, 0.25 s between them.
	same 6 "$(grep -c '^</svg>' <<<"$output")"
	[ "$((${EPOCHREALTIME/./} - start))" -ge 1250000 ]
}

@test "it waits for a file that is missing, empty or torn, and follows it" {
	start rec.csv
	until_true says 'rec.csv does not exist yet'
	: >rec.csv
	until_true says 'rec.csv is empty'
	printf 'time,src,dst' >rec.csv
	until_true says 'last 30 s *<'
	printf ',proto,len\n%s\n5.5,10.0' "$(closed 5 1)" >>rec.csv
	until_true says ' 5 packets'
	# The torn row is completed.
	{ printf '.0.1,10.0.0.2,TLS,100\n'; rows 1 9; } >>rec.csv
	until_true says ' 7 packets'
	# Renamed, and a new one in its place.
	mv rec.csv rec.csv.1
	{ echo time,src,dst,proto,len; closed 10 10; } >rec.csv
	until_true says ' 18 packets'
	# Emptied and written anew.
	echo time,src,dst,proto,len >rec.csv
	until_true read_to_end rec.csv
	closed 20 14 >>rec.csv
	until_true says ' 39 packets'
	finish
	# Nobody complains but the rules that want ports and flags.
	! grep -v '^ipflag: stdin: no column' err || false
	nothing_left
}

@test "a file without a header has each row once, one of 64 MiB too" {
	closed 5 1 >rec.csv
	start rec.csv
	until_true says ' 5 packets'
	finish
	# The last 64 MiB begin within a row.
	yes 1000000000.500000,192.0.2.100,192.0.2.99,TLS,100 |
	    head -n 1400000 >rec.csv
	[ "$(stat -c %s rec.csv)" -gt $((64 << 20)) ]
	want=$(tail -c 64M rec.csv | wc -l)
	# shellcheck source=scripts/lib/table.sh
	. "$ROOT/scripts/lib/table.sh"
	tail_from rec.csv $((64 << 20)) >header
	[ ! -s header ]
	same "$((want - 1))" "$(tail -c "+$from" rec.csv | wc -l)"
	same 1000000000 "$(tail -c "+$from" rec.csv | head -n 1 | cut -d. -f1)"
	sed -i "1i time,src,dst,proto,len" rec.csv
	same time,src,dst,proto,len "$(tail_from rec.csv $((64 << 20)))"
}

@test "a stray quote in a followed file costs its row alone" {
	{ echo time,src,dst,proto,len; closed 5 1; } >rec.csv
	start rec.csv
	until_true says ' 5 packets'
	printf '2.0,"192.0.2.1,192.0.2.99,TLS,100\n' >>rec.csv
	closed 10 5 >>rec.csv
	until_true says ' 16 packets'
	kill -TERM "$PID"
	ended 1
	grep -qx 'csvclean: stdin:8: unclosed quote' err
	nothing_left
}

@test "rows from another host come on standard input" {
	{ echo time,src,dst,proto,len; rows 7 1; } |
	    pktpipe-live --terminal svg - >out
	says ' 7 packets'
	nothing_left
}

@test "an interface that is not there is said, and nothing is drawn" {
	runs pktpipe-live -i nonesuch
	[ "$status" -eq 3 ]
	[ "$output" = "" ]
	[[ $stderr == 'pcap2csv: nonesuch: '* ]]
	nothing_left
}

@test "a flood on an interface is seen and flagged, its end is said" {
	# shellcheck disable=SC2016  # the dollars are the inner shell's
	run --separate-stderr unshare --net bash -c '
		ip link set lo up
		pktpipe-live --set demo --terminal svg --refresh 200ms -i lo \
		    >out 2>err &
		for ((i = 0; i < 200; i++)); do
			ping -q -c 60 -i 0.002 127.0.0.1 >/dev/null
			! grep -q "Flagged sources: 1" out || break
		done
		ip link set lo down
		wait $!'
	[ "$status" -eq 1 ]
	grep -q '127.0.0.1' out
	grep -q 'src-rate' out
	grep -q 'lo: .*down' err
	grep -qE 'lo: [0-9]+ packets captured' err
	nothing_left
}

@test "a recording is turned over, its files hold whole rows" {
	# shellcheck disable=SC2016  # the dollars are the inner shell's
	run --separate-stderr unshare --net bash -c '
		ip link set lo up
		pktpipe-live --terminal svg --refresh 200ms -i lo --write rec.csv \
		    --user root --max-size 4k --keep 2 >out 2>err &
		until [ "$(cat rec-*.csv 2> /dev/null | wc -l)" -ge 200 ] &&
		    [ "$(ls rec-*.csv | wc -l)" -eq 3 ]; do
			ping -q -c 60 -i 0.002 127.0.0.1 >/dev/null
		done
		# As many packets as two files have are seen, at the least.
		until [ "$(grep -oE " [0-9]+ packets" out | sort -n |
		    tail -n 1 | tr -cd 0-9)" -ge 100 ]; do sleep 0.1; done
		kill -TERM $!
		wait $!'
	[ "$status" -eq 0 ]
	[ "$(find . -name 'rec*' | wc -l)" -eq 3 ]
	for f in rec-20*T*Z.csv; do
		[ "$(head -n 1 "$f")" = time,src,dst,proto,len,sport,dport,flags,icmp_type,iface ]
		[ "$(tail -c 1 "$f")" = '' ]
		awk -F, 'NF != 10 { exit 1 }' "$f"
	done
	grep -qE 'lo: [0-9]+ packets captured' err
	nothing_left
}

@test "a directory of sensors is one picture, with their names" {
	mkdir -p all/west all/east
	{ echo time,src,dst,proto,len; closed 5 1; } >all/west/eth0-20261124T000000Z.csv
	{ echo time,src,dst,proto,len; closed 7 1; } >all/east/eth0-20261124T000000Z.csv
	start all
	until_true says '12 packets'
	closed 20 5 >>all/east/eth0-20261124T000000Z.csv
	until_true says '34 packets'
	finish
	nothing_left
	start --where 'sensor = west' all
	until_true says '[^0-9]6 packets'
	finish
	run -1 says '34 packets'
	nothing_left
}

# record: has rx0 recorded, turned over each 500,000 bytes; in a process group
# of its own, which heeds ^C as that of a terminal does.
record() {
	rm -f out
	"${IN[@]}" env --default-signal=INT setsid pktpipe-live \
	    --terminal svg --refresh 200ms -i rx0 --write rec.csv --user root \
	    --max-size 500000 --keep 50 >out 2>err 3>&- &
	PID=$!
	until_true begun . 1
}

# begun FOLDER N: whether the recordings in it have so many files, or more, all
# with a header.
begun() {
	[ "$(grep -l ^time "$1"/*-20*T*Z.csv | wc -l)" -ge "$2" ]
}

# send N: 115 packets N times, 20,000 a second, in the background.
send() {
	"${IN[@]}" tcpreplay -q --pps 20000 --loop "$1" -i tx0 \
	    "$DATA/tls.pcap" >sent 2>&1 3>&- &
	SENDER=$!
}

# nothing_runs: whether the namespace has no process but its own.
nothing_runs() {
	local net p

	net=$(readlink "/proc/$NS/ns/net")
	while read -r p; do
		p=${p%/ns/net}
		[ "$p" != "/proc/$NS" ] || continue
		echo "left: $p $(tr '\0' ' ' <"$p/cmdline")" >&2
		return 1
	done < <(find /proc/[0-9]*/ns/net -lname "net:?${net//[!0-9]/}?" \
	    2>/dev/null)
}

# recorded: how many rows all recordings have; nothing, if one is not whole.
recorded() {
	awk -F, 'FNR == 1 { next } NF != 10 { torn = 1 } { n++ }
	    END { if (!torn) print n + 0 }' rec-*.csv
}

# counted WORD: the packets that pcap2csv says were captured, or dropped.
counted() {
	sed -nE "s/.* rx0: .*\b([0-9]+) (packets )?$1.*/\1/p" err
}

@test "a recording that is turned over at load loses no row" {
	record
	send 800
	wait "$SENDER"
	SENDER=''
	finish
	begun . 3
	[ $(($(recorded) + $(counted dropped))) -eq $((800 * 115)) ]
	nothing_left
}

# shellcheck disable=SC2317  # turn_over calls what is set here
turns_over() {
	local name=x programs=$PATH usage='usage: x' recorder=$$ max_size=10 n=0

	# shellcheck source=scripts/lib/options.sh
	. "$ROOT/scripts/lib/options.sh"
	# shellcheck source=scripts/lib/recorder.sh
	. "$ROOT/scripts/lib/recorder.sh"
	# A second goes by; the third time the clock is set back by an hour.
	sleep() {
		n=$((n + 1)) SECONDS=$((SECONDS + (n == 3 ? -3600 : 1)))
		[ "$n" -lt 20 ]
	}
	first_part() {
		current=large
	}
	told_turn() {
		echo "turned after $n"
	}
	unset SECONDS	# which loses its meaning
	SECONDS=0 ticked=0
	turn_over x 4 5 0 || :
}

@test "a recording is turned over, also after the clock was set back" {
	seq 9 >large
	# At once, and after five seconds each, of which one is missing.
	same "$(lines 1 7 12 17 | sed 's/^/turned after /')" "$(turns_over)"
}

@test "a recording that could not be turned over is refused at the start" {
	mkdir -m 755 closed
	runs "${IN[@]}" pktpipe-live -i rx0 -w closed/rows.csv
	[ "$status" -eq 3 ]
	[ "$output" = "" ]
	same "pktpipe-live: closed/rows.csv: user nobody cannot make files in \
closed, so that the recording could not be turned over: want chown nobody \
closed, or another --user" "$stderr"
	[ ! -e closed/rows.csv ]
	nothing_left
}

# size_of FOLDER: the bytes of its recordings.
size_of() {
	cat "$1"/rec-*.csv | wc -c
}

# grew FOLDER SIZE: whether packets that come now are recorded beyond that size.
grew() {
	send 2
	wait "$SENDER"
	SENDER=''
	[ "$(size_of "$1")" -gt "$2" ]
}

@test "on a full disk nothing is recorded, which is shown, until there is room" {
	mkdir small
	# shellcheck disable=SC2016  # for the other shell to expand
	"${IN[@]}" unshare --mount --propagation unchanged sh -c '
	    mount -t tmpfs -o size=100k none small && cd "$PWD" &&
	    exec "$0" "$@"' \
	    pktpipe-live --terminal svg --refresh 200ms -i rx0 --user root \
	    --write small/rec.csv >out 2>err 3>&- &
	PID=$!
	disk=/proc/$PID/cwd/small
	until_true size_of "$disk"
	until_true grew "$disk" 0
	head -c 1m /dev/zero >"$disk/filler" 2>/dev/null || :
	send 2
	until_true says 'the disk is full: nothing is recorded'
	grep -q '^pktpipe-live: small: the disk is full' err
	size=$(size_of "$disk")
	rm "$disk/filler"
	until_true grew "$disk" "$size"
	until_true grep -q '^csvclean: stdin:' err
	kill -TERM "$PID"
	ended 1
	nothing_left
	until_true nothing_runs
}

@test "a turn-over that fails keeps the file, and is on the picture" {
	# Nobody can enter a test's own folder.
	local room

	room=$(mktemp -d -p /tmp)
	chmod 755 "$room"
	chown nobody "$room"
	"${IN[@]}" pktpipe-live --terminal svg --refresh 200ms -i rx0 \
	    --write "$room/rows.csv" --max-size 4k >out 2>err 3>&- &
	PID=$!
	until_true begun "$room" 1
	names=$(ls "$room")
	chown root "$room"
	send 2
	until_true says 'user nobody cannot make files in'
	grep -q "^pktpipe-live: $room/rows.csv: user nobody cannot make files" \
	    err
	same "$names" "$(ls "$room")"
	chown nobody "$room"
	until_true begun "$room" 2
	finish
	same "$((2 * 115))" "$(cat "$room"/rows-*.csv | grep -vc ^time)"
	rm -r "$room"
	nothing_left
}

@test "a file of a recording that is removed before its turn is passed over" {
	# Nobody can enter a test's own folder.
	local room

	room=$(mktemp -d -p /tmp)
	chown nobody "$room"
	: >"$room/r-20261124T000000Z.csv"
	chmod 0 "$room"/r-*
	# It is removed while the reader waits until it may read it.
	setpriv --reuid nobody --clear-groups bash -c \
	    "$(cat "$ROOT/scripts/lib/parts.sh")
	    read() { unset -f read && rm -f r-* && echo 2 >r-20261124T010000Z.csv; }
	    cd $room && follow_parts r.csv" >out 2>err 3>&- &
	PID=$!
	until_true grep -x 2 out
	kill "$PID"
	wait "$PID" || true
	PID=''
	rm -r "$room"
}

@test "^C at load leaves whole rows, and nothing running" {
	record
	send 4000
	until_true begun . 3
	kill -INT -- "-$PID"
	wait "$PID"
	PID=''
	kill "$SENDER"
	wait "$SENDER" || true
	SENDER=''
	for f in rec-*.csv; do
		[ "$(tail -c 1 "$f")" = '' ]
	done
	same "$(counted captured)" "$(recorded)"
	nothing_left
	until_true nothing_runs
}

@test "a signal to all of it, as of a hang-up, ends it as well" {
	local signal

	for signal in HUP TERM; do
		record
		until_true test -s out
		kill "-$signal" -- "-$PID"
		wait "$PID"
		PID=''
		# The shell's own words for it aside.
		same 'pcap2csv: rx0' "$(grep -vxE 'Hangup|Terminated' err |
		    cut -d: -f1-2)"
		nothing_left
		until_true nothing_runs
		rm rec-*.csv
	done
}

# ended STATUS: waits for the script's end, with that status.
ended() {
	local status=0

	wait "$PID" || status=$?
	PID=''
	[ "$status" -eq "$1" ]
}

# stage NAME: the process of that program that the script runs.
stage() {
	pgrep -s "$(ps -o sid= -p "$PID" | tr -d ' ')" -x "$1" ||
	    cat tmp/*/gnuplot
}

@test "a signal while it starts ends it like any other, and leaves nothing" {
	local at

	# shellcheck disable=SC2016  # commands, as they stand
	for at in 'keeper=$!' 'picture=$!' 'recorder=$!' \
	    'start_guard "$tmp" source plotter gnuplot'; do
		told_at "$at" TERM "$PWD/at"
		BASH_ENV=$PWD/at "${IN[@]}" pktpipe-live --terminal svg \
		    --refresh 200ms -i rx0 --user root --write rec.csv >out 2>err
		[ -e at.once ]
		run -1 grep -vE '^(pcap2csv: rx0|ipflag: stdin: no column)|wait_for: No record' err
		nothing_left
		until_true nothing_runs
	done
}

@test "a row that is being written when it ends is no damaged one" {
	{ echo time,src,dst,proto,len; closed 5 1; printf 12.5,192.0; } >rec.csv
	start --window 60 rec.csv
	until_true says '[^0-9]5 packets'
	finish
	run -1 grep -v '^ipflag: stdin: no column' err
	nothing_left
}

@test "a program that is stopped for a while costs no row" {
	local n=5 program

	{ echo time,src,dst,proto,len; closed 5 1; } >rec.csv
	setsid "$ROOT/scripts/pktpipe-live" --terminal svg --refresh 200ms \
	    --window 60 rec.csv >out 2>err 3>&- &
	PID=$!
	for program in tail csvclean ipflag liveplot gnuplot; do
		until_true says "[^0-9]$n packets"
		kill -STOP "$(stage "$program")"
		closed 5 "$((n += 6))" >>rec.csv
		kill -CONT "$(stage "$program")"
	done
	until_true says "[^0-9]$n packets"
	finish
	nothing_left
}

@test "a program of it that is killed makes the status 3, and is named" {
	local program

	for program in tail csvclean ipflag liveplot gnuplot; do
		{ echo time,src,dst,proto,len; closed 5 1; } >rec.csv
		# That of the run before would be looked at until this begins.
		rm -f out
		setsid "$ROOT/scripts/pktpipe-live" --terminal svg \
		    --refresh 200ms rec.csv >out 2>err 3>&- &
		PID=$!
		until_true says ' 5 packets'
		kill -KILL "$(stage "$program")"
		ended 3
		same "pktpipe-live: ${program/tail/rows} was killed by signal \
KILL" "$(grep -v '^ipflag: stdin: no column' err)"
		nothing_left
	done
}

@test "a gnuplot that cannot start makes the status 3" {
	mkdir bin
	printf '#!/bin/sh\nexit 127\n' >bin/gnuplot
	chmod 755 bin/gnuplot
	PATH=$PWD/bin:$PATH runs pktpipe-live --replay --speed 0 --terminal svg \
	    "$DATA/dns.pcap"
	same "3||pktpipe-live: a program ended with status 127" \
	    "$status|$output|$stderr"
	nothing_left
}

@test "a recorder that is killed makes the status 3, and is named" {
	record
	until_true test -s out
	kill -KILL "$(stage pcap2csv)"
	ended 3
	same 'pktpipe-live: pcap2csv was killed by signal KILL' "$(cat err)"
	nothing_left
	until_true nothing_runs
}

@test "a program of it that is told to end, alone, makes the status 3" {
	{ echo time,src,dst,proto,len; closed 5 1; } >rec.csv
	setsid "$ROOT/scripts/pktpipe-live" --terminal svg --refresh 200ms \
	    rec.csv >out 2>err 3>&- &
	PID=$!
	until_true says ' 5 packets'
	kill -TERM "$(stage csvclean)"
	# tail finds that nobody reads when it has something to say.
	rows 5 2 >>rec.csv
	ended 3
	same 'pktpipe-live: a program of the pipeline was told to end' \
	    "$(grep -v '^ipflag: stdin: no column' err)"
	nothing_left
}

@test "the script killed leaves no process and no directory" {
	local arguments

	for arguments in '-i rx0' '-i rx0 --write rec.csv --user root' \
	    'other.csv' "--replay --speed 1 $demo"; do
		rows 5 1 >other.csv
		rm -f out
		# shellcheck disable=SC2086  # words
		"${IN[@]}" setsid pktpipe-live --terminal svg --refresh 200ms \
		    $arguments >out 2>err 3>&- &
		PID=$!
		until_true test -s out
		kill -KILL "$PID"
		wait "$PID" || true
		PID=''
		until_true nothing_left
		until_true nothing_runs
		rm -f rec-*.csv
	done
}

@test "a terminal that is closed leaves no process and no directory" {
	for arguments in '-i rx0 --write rec.csv --user root' 'other.csv'; do
		rows 5 1 >other.csv
		rm -f typescript
		"${IN[@]}" setsid script -qfc "pktpipe-live $arguments" \
		    /dev/null </dev/null >typescript 2>&1 3>&- &
		PID=$!
		until_true grep -q 'packets' typescript
		kill -KILL "$PID"
		wait "$PID" || true
		PID=''
		until_true nothing_left
		until_true nothing_runs
	done
}

@test "a protocol that nobody knows is refused before anything starts" {
	runs pktpipe-live -p TLS,TSL rec.csv
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	same 'pktpipe-live: bad proto "TLS,TSL", want protocols such as TLS,DNS' \
	    "$stderr"
	nothing_left
}

@test "on a terminal it has its size, and leaves it as it was" {
	# shellcheck disable=SC2016  # the dollars are the inner shell's
	script -qec 'stty rows 20 cols 64; stty -a >before
		pktpipe-live --replay --speed 0 '"$DATA"'/tls.pcap </dev/null
		stty -a >after' /dev/null </dev/null >typescript
	same "$(cat before)" "$(cat after)"
	grep -q 'Bytes per second' typescript
	# The cursor is hidden and shown again.
	same 1 "$(grep -ac $'\e\\[?25l' typescript)"
	same 1 "$(grep -ac $'\e\\[?25h' typescript)"
	# The heading, an empty line, 17 of the picture.
	same 64 "$(sed 's/\x1b\[[?0-9;]*[A-Za-z]//g; s/[\r\f]//g' typescript |
	    awk '{ n = length($0); if (n > most) most = n } END { print most }')"
}

# terminal WIDTH HEIGHT COMMAND: a shell in a terminal of this size, which runs
# the command.
terminal() {
	tmux -S "$PWD/tmux" -f /dev/null new-session -d -x "$1" -y "$2" \
	    "env LC_ALL=C.UTF-8 PS1=prompt: sh" 3>&-
	until_true shows prompt:
	keys "clear; $3" Enter
}

end_terminal() {
	tmux -S "$PWD/tmux" kill-server
}

# keys KEY...: types them.
keys() {
	tmux -S "$PWD/tmux" send-keys "$@"
}

# shows TEXT: whether the terminal has it; a regular expression.
shows() {
	tmux -S "$PWD/tmux" capture-pane -p >pane && grep -q -- "$1" pane
}

# modes: whether the cursor is shown, whether the alternate screen is.
modes() {
	tmux -S "$PWD/tmux" display -p '#{cursor_flag} #{alternate_on}'
}

given_back() {
	shows '^prompt:' || return
	[ "$(modes)" = "1 0" ]
}

# two_hosts: a table of 40 s: 10.0.0.1 sends TLS, 10.0.0.2 more DNS.
two_hosts() {
	awk 'BEGIN { print "time,src,dst,proto,len"
	    for (i = 0; i < 40; i++) {
	        printf "%d.1,10.0.0.1,10.0.0.9,TLS,100\n", i
	        printf "%d.2,10.0.0.2,10.0.0.8,DNS,300\n", i } }'
}

@test "keys: the terminal's picture is its own screen, q leaves as it was" {
	two_hosts >two.csv
	terminal 80 24 'stty -g >before; pktpipe-live --replay --speed 0 two.csv; stty -g >after'
	# 30 s: 30 * 300 of 30 * 400 bytes.
	until_true shows '^ 10.0.0.2  *9 kB  *75.0 %  *30 '
	same "0 1" "$(modes)"
	grep -q '^q quit  space pause .* arrows scroll$' pane
	keys q
	until_true test -s after
	until_true given_back
	same "$(cat before)" "$(cat after)"
	! grep -q 'Top sources' pane || false
	end_terminal
	nothing_left
}

@test "keys: t, arrows, p, f and + change what is shown" {
	two_hosts >two.csv
	terminal 80 24 'pktpipe-live --replay --speed 0 two.csv'
	until_true shows 'Top sources'
	keys t
	until_true shows '^ 10.0.0.8  *9 kB'
	keys t
	until_true shows '^ 10.0.0.2 - 10.0.0.8  *9 kB'
	keys Down
	until_true shows 'Top conversations 2-2 of 2'
	keys Up +
	# All of its 39.9 s.
	until_true shows '^ 10.0.0.2 - 10.0.0.8  *12 kB'
	until_true shows '^pktpipe   39 s of the last 60 s'
	keys f 'src = ' Enter
	until_true shows '^bad condition "src = " at 7: want a value'
	keys 10.0.0.1 Enter
	until_true shows '^ 10.0.0.1 - 10.0.0.9  *4 kB  *100.0 %'
	keys f C-u Enter p tls Enter
	until_true shows 'only TLS .* 40 packets   4 kB'
	keys p C-u nope Enter
	until_true shows '^bad protocols "nope"'
	# The rest of an arrow's sequence may come late.
	keys Escape
	until_true shows '^q quit '
	keys p C-u Enter
	until_true shows '^ 10.0.0.2 - 10.0.0.8  *12 kB'
	keys f
	until_true shows '^condition: _'
	keys Escape
	until_true shows '^q quit '
	keys -l '[B'
	until_true shows 'Top conversations 2-2 of 2'
	keys q
	until_true shows '^prompt:'
	end_terminal
	nothing_left
}

# size WIDTH HEIGHT: the terminal has this one from now on.
size() {
	tmux -S "$PWD/tmux" resize-window -x "$1" -y "$2"
}

# fits: whether the heading is the first line, the keys are the last, and no
# word is cut.
# shellcheck disable=SC2317  # until_true calls it
fits() {
	shows "$1" && head -n 1 pane | grep -q '^pktpipe   ' &&
	    tail -n 1 pane | grep -q "$2" &&
	    [ "$(grep -c '^pktpipe' pane)" -eq 1 ]
}

@test "keys: one that comes as the wait for it is over is not lost" {
	# At load bash has 35 keys of 2,000 with the status of a wait in vain.
	# shellcheck source=scripts/live/keys.sh
	. "$ROOT/scripts/live/keys.sh"
	# shellcheck disable=SC2317  # next_key calls it
	read() {
		printf -v "${!#}" t
		return 142
	}
	tell() {
		echo "told $kind"
	}
	kind=0
	same 'told 1' "$(next_key)"
	unset -f read
}

@test "keys: another size of the terminal draws all anew, the keys too" {
	two_hosts >two.csv
	terminal 80 24 'pktpipe-live --replay --speed 0 two.csv'
	all='^q quit  space pause .*  +- window  arrows scroll$'
	until_true fits 'Top sources' "$all"
	size 60 20
	until_true fits ' 400 B/s now ' '^? keys  q quit  space pause .* t talkers$'
	same 20 "$(wc -l <pane)"
	run -1 grep -E 'none|waiting' pane
	size 200 60
	until_true fits 'Top sources .* bytes .* packets' "$all"
	same 60 "$(wc -l <pane)"
	size 80 24
	until_true fits 'Top sources' "$all"
	same 24 "$(wc -l <pane)"
	keys q
	until_true shows '^prompt:'
	end_terminal
	nothing_left
}

@test "keys: space stops the picture of live rows, and has them all later" {
	{ echo time,src,dst,proto,len; closed 5 1; } >rec.csv
	# A narrow one, which has no room for all keys.
	terminal 60 24 'pktpipe-live --refresh 200ms rec.csv'
	until_true shows ' 5 packets'
	shows '^[?] keys  q quit  space pause'
	keys '?'
	until_true shows '^[+]- window  arrows scroll'
	keys Space
	until_true shows '^PAUSED'
	closed 10 5 >>rec.csv
	# A change draws it anew, without the rows that came.
	keys t
	until_true shows 'Top destinations'
	shows ' 5 packets'
	keys Space
	until_true shows ' 1[67] packets'
	keys q
	until_true shows '^prompt:'
	end_terminal
	nothing_left
}

@test "keys: ^Z gives the terminal back, fg takes it again; so does a kill" {
	two_hosts >two.csv
	terminal 80 24 "stty -g >before; pktpipe-live --replay --speed 0 $PWD/two.csv"
	until_true shows 'Top sources'
	keys C-z
	until_true given_back
	keys 'fg' Enter
	until_true shows 'Top sources'
	same "0 1" "$(modes)"
	pkill -KILL -o -f "^/bin/bash .*pktpipe-live --replay --speed 0 $PWD/two.csv"
	until_true given_back
	keys 'stty -g >after' Enter
	until_true test -s after
	same "$(cat before)" "$(cat after)"
	end_terminal
	until_true nothing_left
}

@test "alerts have the sentence of ipflag --alerts, in the terminal's picture" {
	local sentence

	sentence='src-rate (medium, ended): from 192.0.2.1, up to 60 packets in 10 s, threshold 50'
	packets 60 1 0.01 >flood.csv
	sed -i '1i time,src,dst,proto,len' flood.csv
	ipflag --set demo --tag --alerts flood.csv 2>&1 >tagged.csv | grep -qF "$sentence"
	NO_COLOR=1 pktpipe-live --set demo --replay --speed 0 --size 100x24 flood.csv >x \
	    2>err
	grep -aqF "00:00:01 $sentence" x
	grep -aq 'Alerts: 0 open' x
	# A narrow one has it in two lines, and no empty table.
	NO_COLOR=1 pktpipe-live --set demo --replay --speed 0 --size 60x20 flood.csv 2>err |
	    tail -n 18 >x
	grep -aqF '00:00:01 src-rate (medium, ended): from 192.0.2.1, up to' x
	grep -aqF '         60 packets in 10 s, threshold 50' x
	grep -aq 'Bytes per second' x
	! grep -aqE 'none|waiting' x || false
	# What ipflag has to say is no alert.
	! grep -E '^[0-9]{4}-' err || false
}

@test "the file of alerts is bounded, and messages among them are kept" {
	{
		echo 'ipflag: stdin:2: bad len'
		awk 'BEGIN { for (i = 1; i <= 10007; i++)
			print "2026-11-29T10:00:00.000Z rule (high): " i }'
		echo 'ipflag: 1 row was skipped'
	} >in
	# A shell that bats does not trace.
	rule_fields='' tmp=$PWD bash -uc '. "$ROOT/scripts/live/rows.sh"
	    split_alerts' <in
	same "$(grep -v ^ipflag in | tail -n 7)" "$(cat alerts)"
	same "$(grep ^ipflag in)" "$(cat said)"
	# Those of a pause are all there, up to a bound.
	echo paused >control
	for most in 20000 10000; do
		rm -f alerts
		rule_fields='' tmp=$PWD bash -uc '. "$ROOT/scripts/live/rows.sh"
		    held_most=$0; split_alerts' "$most" <in
		wc -l <alerts
	done >lengths
	same "$(lines 10007 7)" "$(cat lengths)"
}

@test "a window stays till it is closed, or a signal ends it" {
	mkdir bin
	printf '#!/bin/sh\nexec cat >commands\n' >bin/gnuplot
	chmod 755 bin/gnuplot
	export PATH=$PWD/bin:$PATH
	pktpipe-live --replay --speed 0 --terminal qt "$DATA/tls.pcap" \
	    2>err 3>&- &
	PID=$!
	until_true grep -q '^plot' commands
	# Drawn, and there; gnuplot, which sees no end, is not told to wait.
	sleep 0.3
	kill -0 "$PID"
	finish
	! grep 'pause' commands || false
	[ ! -s err ]
	nothing_left
	# It is closed.
	printf '#!/bin/sh\nsed "/^plot/q" >commands\n' >bin/gnuplot
	runs timeout 120 pktpipe-live --replay --speed 0 --terminal x11 \
	    "$DATA/tls.pcap"
	[ "$status" -eq 0 ]
	[ "$output" = "" ]
	[ "$stderr" = "" ]
	nothing_left
}

@test "what options want is said" {
	local args

	for args in '' 'a b' '-i lo file' '--write x file' '--keep x f' \
	    '--max-size 1T f' '--max-size 1k f' '--max-age 1.5 f' \
	    '--refresh 0 f' '--set moon f' '--rules none f' '--replay -i lo' '--nonesuch'; do
		# shellcheck disable=SC2086  # options and their values
		runs pktpipe-live $args
		[ "$status" -eq 2 ]
		[ "$output" = "" ]
		[ "$stderr" != "" ]
	done
	runs pktpipe-live --terminal vt100 --replay "$demo"
	[ "$status" -eq 2 ]
	[[ $stderr == *'bad terminal "vt100", want one of '* ]]
	runs pktpipe-live --help
	[ "$status" -eq 0 ]
	[[ $output == 'usage: pktpipe-live '* ]]
	runs pktpipe-live --version
	[[ $output == 'pktpipe-live (pktpipe) '* ]]
}
