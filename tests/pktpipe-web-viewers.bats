#!/usr/bin/env bats
# pktpipe-web: viewers, recordings, and what is left of them
# SPDX-License-Identifier: ISC

# shellcheck disable=SC1003,SC2012,SC2016  # hostile texts
# shellcheck disable=SC2030,SC2031,SC2154  # what bats sets

load helper
load web

@test "a recording that is turned over loses no row, and alarms nobody" {
	link_start
	serve --max-size 4096 -i "$LINK"
	curl -sN --max-time 600 "${URL}stream?refresh=1&window=600" > events \
	    3>&- &
	viewer=$!
	awaits 1 '^event: frame' events
	nsenter -t "$NS" --net ping -q -c 3000 -i 0.003 198.18.0.1 > /dev/null
	# One old file is kept; it has the time in its name, as the other has.
	until_true parts_are 2 "$(echo "$HERE"/*.pktpipe-web)/recording"
	for part in "${parts[@]}"; do
		same time,src,dst,proto,len,sport,dport,flags,icmp_type,iface \
		    "$(head -n 1 "$part")"
	done
	# Requests and replies, of 98 bytes each.
	awaits 1 '^data: ICMP,6000,588000,' events
	run -1 grep -qv '^live ' <(whole | sed -n 's/^data: #state //p')
	kill "$viewer"
	gone
	serve_end
	grep -qE "^pcap2csv: $LINK: [0-9]+ packets captured, 0 dropped" messages
	run -1 grep -v "^pcap2csv: $LINK:" messages
}

@test "a directory of sensors is served as one table, with their names" {
	mkdir -p "$HERE/all/west" "$HERE/all/east"
	rows 5 TLS
	cp "$CSV" "$HERE/all/west/eth0-20261124T000000Z.csv"
	cp "$CSV" "$HERE/all/east/eth0-20261124T000000Z.csv"
	serve "$HERE/all"
	curl -sN --max-time 600 "${URL}stream?refresh=1&window=600" > events 3>&- &
	viewer=$!
	awaits 1 '^data: TLS,10,1000,' events
	same "10 sensor" "$(awk -F, 'NR == 1 { print $6 > "column" } NR > 1 { n++ }
	    END { print n }' "$HERE"/*.pktpipe-web/tagged) $(cat column)"
	packets 3 "$(date +%s)" 0.000001 192.0.2.1 DNS \
	    >> "$HERE/all/west/eth0-20261124T000000Z.csv"
	awaits 1 '^data: DNS,3,300,' events
	# The state of the copies comes with each frame.
	lines sensor,state,newest,age,behind_bytes,missing_bytes,disk_bytes,clock \
	    west,live,,,0,0,8192,0 '#state live x' 'east,down,,,5,0,,' \
	    >"$HERE/all/status.csv"
	awaits 1 '^data: east,down,,,5,0,,$' events
	grep -q '^data: west,live,,,0,0,8192,0$' events
	run -1 grep -v '^file all' <(whole | sed -n 's/^data: #state //p')
	kill "$viewer"
	gone
	serve_end
}

# parts_are N STEM: whether a recording has so many files; sets parts to them.
# shellcheck disable=SC2317  # until_true calls it
parts_are() {
	parts=("$2"-20*T*Z.csv)
	[ -e "${parts[0]}" ]
	[ "${#parts[@]}" -eq "$1" ]
}

@test "--write keeps the recording, in files whose names stay" {
	local eth=$HERE/kept/$'e,t\r\nh'

	link_start
	mkdir -p "$HERE/kept"
	chown nobody "$HERE/kept"
	touch "$eth-20200101T000000Z.csv" "$HERE/kept/other.csv"
	serve --user nobody --write "$eth.csv" --keep 1 -i "$LINK"
	until_true parts_are 2 "$eth"
	curl -sN --max-time 600 "${URL}stream?refresh=1&window=60" > events \
	    3>&- &
	viewer=$!
	awaits 1 '^event: frame' events
	nsenter -t "$NS" --net ping -q -c 20 -i 0.003 198.18.0.1 > /dev/null
	awaits 1 '^data: ICMP,40,3920,' events
	kill "$viewer"
	serve_end
	same 40 "$(grep -c ,ICMP, "${parts[1]}")"
	[ -e "$HERE/kept/other.csv" ]
}

@test "a recording that cannot be turned over is said, until it can be" {
	link_start
	serve --max-size 4096 -i "$LINK"
	curl -sN --max-time 600 "${URL}stream?refresh=1" > events 3>&- &
	viewer=$!
	awaits 1 '^event: frame' events
	chmod u-w "$HERE"/*.pktpipe-web
	nsenter -t "$NS" --net ping -q -c 100 -i 0.003 198.18.0.1 > /dev/null
	awaits 1 "^data: #state stuck $LINK$" events
	same 1 "$(grep -c 'user nobody cannot make files in' messages)"
	# It is tried again every ten seconds.
	chmod u+w "$HERE"/*.pktpipe-web
	until_true parts_are 2 "$(echo "$HERE"/*.pktpipe-web)/recording"
	until_true last_state "live $LINK"
	kill "$viewer"
	gone
}

# shellcheck disable=SC2317  # until_true calls it
last_state() {
	[ "$(sed -n 's/^data: #state //p' events | tail -n 1)" = "$1" ]
}

@test "more viewers than there are places get a clear answer" {
	rows 1 TLS
	serve --viewers 2 "$CSV"
	for i in 1 2; do
		curl -sN --max-time 600 "${URL}stream?refresh=1" > "v$i" 3>&- &
		viewers[i]=$!
		until_true test -s "v$i"
	done
	[ "$(code "${URL}stream?refresh=1")" = 503 ]
	grep -q '^2 of 2 viewers are connected; try again later$' body
	kill "${viewers[@]}"
	gone
	[ -n "$(frame 1 refresh=1)" ]
}

@test "an address of the network gets half of the places" {
	rows 1 TLS
	link_start
	IN=(nsenter -t "$NS" --net)
	serve --insecure --listen 198.18.0.2 --viewers 2 "$CSV"
	curl -sN --max-time 600 "${URL}stream?refresh=1" > events 3>&- &
	viewer=$!
	awaits 1 '^event: frame' events
	[ "$(code "${URL}stream?refresh=1")" = 503 ]
	same '1 of 1 viewers are connected from 198.18.0.1; try again later' \
	    "$(cat body)"
	kill "$viewer"
	gone
}

@test "twenty view a silent network at once, and leave nothing" {
	serve "$CSV"
	for i in {1..20}; do
		curl -sN --max-time 600 "${URL}stream?refresh=60" > "v$i" 3>&- &
		viewers[i]=$!
	done
	for i in {1..20}; do
		awaits 1 '^event: frame' "v$i"
	done
	[ "$(code "${URL}stream?refresh=60")" = 503 ]
	grep -q '^20 of 20 viewers are connected; try again later$' body
	kill "${viewers[@]}"
	gone
	same "" "$(find "$HERE" -name '*.alerts')"
}

@test "viewers that leave while they are let in leave nothing either" {
	serve "$CSV"
	for i in {1..60}; do
		timeout "0.$(printf %03d $((i * 4)))" \
		    curl -sN "${URL}stream?refresh=60" > /dev/null 3>&- || true
	done
	gone
	same "" "$(find "$HERE" -name '*.alerts')"
}

@test "a viewer that leaves leaves no process, and the end leaves no file" {
	rows 1 TLS
	serve "$CSV"
	[ -n "$(frame 1 refresh=60)" ]
	gone
	serve_end
	[ -z "$(find "$HERE" -name '*.pktpipe-web')" ]
	[ ! -s messages ]
}

no_directory() {
	[ -z "$(find "$HERE" -name '*.pktpipe-web')" ]
}

# shellcheck disable=SC2317  # until_true calls it
no_temporary() {
	[ -z "$(find "$HERE" -mindepth 1 -name 'tmp.*')" ]
}

@test "the script killed leaves nothing running, and no directory" {
	link_start
	serve -i "$LINK"
	daemon=$(cat "$HERE"/*.pktpipe-web/pid)
	until_true pgrep -f "^pcap2csv .*-i $LINK .*--write"
	recorder=$(pgrep -f "^pcap2csv .*-i $LINK .*--write")
	kill -KILL "$SERVER"
	wait "$SERVER" || true
	SERVER=''
	until_true test ! -e "/proc/$daemon" -a ! -e "/proc/$recorder"
	until_true no_directory
	serve -i "$LINK"
	daemon=$(cat "$HERE"/*.pktpipe-web/pid)
	until_true pgrep -f "^pcap2csv .*-i $LINK .*--write"
	recorder=$(pgrep -f "^pcap2csv .*-i $LINK .*--write")
	# All that have its name.
	pkill -KILL -f "$HERE/scripts/pktpipe-web"
	wait "$SERVER" || true
	SERVER=''
	until_true test ! -e "/proc/$daemon" -a ! -e "/proc/$recorder"
	until_true no_directory
}

@test "a signal while it starts ends all of it, and leaves nothing" {
	local at

	link_start
	for at in 'export PKTPIPE_WEB' 'exec {from}>&- {to}>&-' 'keeper=$!' \
	    'analyst=$!' 'started=$!'; do
		told_at "$at" TERM "$HERE/at"
		TMPDIR=$HERE PATH=$HERE/build:$PATH BASH_ENV=$HERE/at "${NET[@]}" \
		    "$HERE/scripts/pktpipe-web" -i "$LINK" > url 2> messages 3>&-
		[ -e "$HERE/at.once" ]
		until_true run -1 pgrep -f "^pcap2csv .*-i $LINK "
		until_true no_directory
		until_true no_temporary
		same "" "$(grep -vE '^pcap2csv:|wait_for: No record' messages)"
	done
}

@test "a signal that a child loses while it is made is sent again" {
	run -0 timeout 120 bash -c '. "$ROOT/scripts/lib/guard.sh"
	    kill() {
		[ "$1" = -0 ] || [ $((sent += 1)) -gt 1 ] || return 0
		builtin kill "$@"
	    }
	    # It need not wait before the child has a signal.
	    read() { [ "$sent" -lt 2 ] || builtin read "$@"; }
	    sleep 600 &
	    end_children "$!"
	    echo "$sent"'
	same 2 "$output"
}

@test "a recording that ends by itself ends the server" {
	link_start
	serve -i "$LINK"
	until_true pgrep -f "^pcap2csv .*-i $LINK .*--write"
	recorder=$(pgrep -f "^pcap2csv .*-i $LINK .*--write")
	kill -KILL "$(ps -o ppid= -p "$recorder" | tr -d ' ')"
	wait "$SERVER" || status=$?
	SERVER=''
	[ "$status" -eq 3 ]
	same 'pktpipe-web: the recording ended by signal KILL' \
	    "$(grep -v ^pcap2csv: messages)"
	until_true test ! -e "/proc/$recorder"
	no_directory
}

@test "viewers end with the server, even one that is killed" {
	rows 1 TLS
	serve "$CSV"
	curl -sN --max-time 600 "${URL}stream?refresh=60" > events 3>&- &
	awaits 1 '^event: frame' events
	daemon=$(cat "$HERE"/*.pktpipe-web/pid)
	slots=("$HERE"/*.pktpipe-web/slot.*)
	exec 8< "${slots[0]}"
	kill -KILL "$daemon"
	timeout 120 flock 8
	wait "$SERVER" || status=$?
	SERVER=''
	[ "$status" -eq 3 ]
	grep -q '^pktpipe-web: the server ended' messages
}

# stage PARENT COMMAND: the process below the parent that runs the command; no
# child of it that is about to run another.
stage() {
	local pid

	for pid in $(pgrep -P "$1"); do
		# shellcheck disable=SC2053  # a pattern
		[[ $(tr '\0' ' ' < "/proc/$pid/cmdline") != $2 ]] ||
		    { echo "$pid"; return; }
		if stage "$pid" "$2"; then return; fi
	done 2> /dev/null
	return 1
}

# shellcheck disable=SC2317  # until_true calls it
has_stage() {
	found=$(stage "$@")
}

@test "a program of a viewer's that is killed or stopped costs no more" {
	local found stage

	rows 1 TLS
	serve "$CSV"
	daemon=$(cat "$HERE"/*.pktpipe-web/pid)
	for stage in 'tail * -f *' 'liveplot *' 'gnuplot *' '*awk *events.awk*'; do
		curl -sN --max-time 600 "${URL}stream?refresh=60" > events 3>&- &
		awaits 1 '^event: frame' events
		until_true has_stage "$daemon" "$stage"
		kill -KILL "$found"
		# The page connects again.
		wait "$!" || :
		gone
		rm events
	done
	curl -sN --max-time 600 "${URL}stream?refresh=1" > events 3>&- &
	viewer=$!
	for stage in 'liveplot *' 'gnuplot *' '*awk *events.awk*'; do
		awaits 1 '^event: frame' events
		until_true has_stage "$daemon" "$stage"
		kill -STOP "$found"
		frames=$(grep -c '^event: frame' events)
		kill -CONT "$found"
		awaits $((frames + 1)) '^event: frame' events
	done
	kill "$viewer"
	gone
	serve_end
	[ ! -s messages ]
}

# ends WORD...: whether the server ends, with status 3 and these words.
ends() {
	local status=0

	wait "$SERVER" || status=$?
	SERVER=''
	[ "$status" -eq 3 ]
	same "pktpipe-web: the evaluation of the rules ended$*" "$(cat messages)"
	until_true no_directory
}

@test "what runs the rules ends the server when it is killed, and leaves nothing" {
	local found group

	serve "$CSV"
	until_true has_stage "$SERVER" 'csvclean *'
	kill -KILL "$found"
	rows 1 TLS
	ends
	serve "$CSV"
	until_true has_stage "$SERVER" 'ipflag *'
	group=$found
	kill -KILL "$(pgrep -P "$SERVER" -f web/analyst)"
	ends ' by signal KILL'
	until_true run -1 kill -0 -- "-$group"
}

@test "a viewer whose machine vanishes gives its place back" {
	rows 1 TLS
	link_start
	IN=(nsenter -t "$NS" --net)
	# For 3 seconds, not 30, data may be unacknowledged; the kernel's own
	# limit is a quarter of an hour.
	sed -i 's/tcp-ut 30s/tcp-ut 3s/' "$HERE/scripts/web/door.sh"
	serve --insecure --listen 198.18.0.2 --viewers 1 "$CSV"
	curl -sN --max-time 600 "${URL}stream?refresh=1" > events 3>&- &
	viewer=$!
	awaits 1 '^event: frame' events
	"${NET[@]}" ip link set "$LINK" down
	kill "$viewer"
	# It does not know, and has not got the end of the connection.
	run "${IN[@]}" ss -tnH state established dst 198.18.0.1
	[ "${#lines[@]}" -eq 1 ]
	run -1 flock -n "$(echo "$HERE"/*.pktpipe-web/slot.0)" true
	gone
}

# Whether the newest second is a gap.
no_rate() {
	[[ $(grep -A 1 '^data: from,to,' events | tail -n 1 |
	    cut -d, -f1,5) =~ ^data:\ [0-9.]+,$ ]]
}

@test "on a full disk nothing is recorded, which is said, until there is room" {
	link_start
	mkdir "$HERE/small"
	# shellcheck disable=SC2016  # for the other shell to expand
	IN+=(unshare --mount --propagation unchanged sh -c '
	    mount -t tmpfs -o size=1m,mode=1777 none "$0"
	    TMPDIR=$0 exec "$@"' "$HERE/small")
	serve -i "$LINK"
	small=/proc/$SERVER/root$HERE/small
	curl -sN --max-time 600 "${URL}stream?refresh=1" > events 3>&- &
	viewer=$!
	awaits 1 '^event: frame' events
	head -c 2m /dev/zero > "$small/filler" || :
	nsenter -t "$NS" --net ping -q -c 300 -i 0.002 198.18.0.1 > /dev/null
	awaits 1 "^data: #state full $LINK$" events
	awaits 1 'the disk is full: nothing is recorded' messages
	rm "$small/filler"
	until_true last_state "live $LINK"
	seen=$(cat "$small"/*.pktpipe-web/recording-*.csv | wc -l)
	until_true grew "$seen"
	kill "$viewer"
	serve_end
}

# grew LINES: whether a packet that comes now is recorded after so many lines.
grew() {
	nsenter -t "$NS" --net ping -q -c 1 198.18.0.1 > /dev/null
	[ "$(cat "$small"/*.pktpipe-web/recording-*.csv | wc -l)" -gt "$1" ]
}

# seen_anew: whether packets that come now are seen beside the first ten.
# shellcheck disable=SC2317  # until_true calls it
seen_anew() {
	nsenter -t "$NS" --net ping -q -c 5 -i 0.1 198.18.0.1
	[ "$(sed -n 's/^data: ICMP,\([0-9]*\),.*/\1/p' events |
	    tail -n 1)" -gt 10 ]
}

@test "an interface that went down is captured again when it is up" {
	link_start
	serve -i "$LINK"
	curl -sN --max-time 600 "${URL}stream?refresh=1&window=300" > events \
	    3>&- &
	viewer=$!
	nsenter -t "$NS" --net ping -q -c 5 -i 0.1 198.18.0.1 > /dev/null
	awaits 1 '^data: ICMP,' events
	"${NET[@]}" ip link set "$LINK" down
	awaits 1 "^data: #state ended $LINK" events
	until_true no_rate
	"${NET[@]}" ip link set "$LINK" up
	awaits 1 '^live ' "$(echo "$HERE"/*.pktpipe-web/state)"
	# It says so as it starts: the first packets may come before.
	until_true seen_anew
	until_true last_state "live $LINK"
	# Both what was before the start, and the seconds between are gaps.
	whole > text
	same "-.-." "$(awk '/^data: #rate/ { runs = ""; on = 1; next }
	    !/,/ { on = 0 }
	    on && !/time/ { now = /,,,/ ? "-" : "."
	        if (substr(runs, length(runs)) != now) runs = runs now }
	    END { print runs }' text)"
	# The data begin with the capture, before the first packet.
	read -r first < "$(echo "$HERE"/*.pktpipe-web/captured)"
	same "${first%,on}" "$(grep -A 1 '^data: from,to,' text | tail -n 1 |
	    cut -d, -f12)"
	kill "$viewer"
	gone
	serve_end
	grep -q "^pcap2csv: $LINK: the interface went down" messages
}

# shellcheck disable=SC2317  # until_true calls it
is_short() {
	[ "$(stat -c %s "$1")" -le 1048576 ]
}

@test "alerts of interfaces outlast a restart with --history" {
	link_start
	mkdir -m 777 "$HERE/history"
	serve --history "$HERE/history" -i "$LINK"
	nsenter -t "$NS" --net ping -q -f -c 400 198.18.0.1 > /dev/null
	awaits 1 'icmp-flood \(high\): 198.18.0.2 to 198.18.0.1' \
	    "$HERE/history/alerts"
	serve_end
	serve --history "$HERE/history" -i "$LINK"
	frame 1 refresh=1 > text
	grep -q '^[0-9-]*T.* icmp-flood (high): 198.18.0.2 to 198.18.0.1' text
	serve_end
	same nobody "$(stat -c %U "$HERE/history/alerts")"
	# The newest of a file that is too large are kept, without its holes.
	{
		seq -f '2026-01-01T00:00:00Z old-%g' 60000
		head -c 5000 /dev/zero
		echo 2026-01-02T00:00:00Z the-newest
	} > "$HERE/history/alerts"
	serve --history "$HERE/history" -i "$LINK"
	until_true is_short "$HERE/history/alerts"
	same 2026-01-02T00:00:00Z\ the-newest \
	    "$(grep -a the-newest "$HERE/history/alerts")"
}

@test "the rules run once, and a new viewer gets the alerts there were" {
	rows 60 TLS
	serve --set demo "$CSV"
	awaits 1 src-rate "$(echo "$HERE"/*.pktpipe-web/)alerts"
	frame 1 refresh=1 > first
	grep '^[0-9-]\{10\}T' first > alerts
	grep -q 'src-rate (medium): from 192.0.2.1' alerts
	# Neither the filter nor the window of another one changes them.
	frame 1 'refresh=1&proto=DNS&window=10' > second
	same "$(cat alerts)" "$(grep '^[0-9-]\{10\}T' second)"
	same 1 "$(for pid in $(pgrep -x ipflag); do
		readlink "/proc/$pid/cwd"
	done | grep -c "^$HERE/")"
	same "" "$(pgrep -f "^ipflag .*$HERE")"
}
