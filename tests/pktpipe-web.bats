#!/usr/bin/env bats
# pktpipe-web: the server, its requests, its viewers; the page: see browser/
# SPDX-License-Identifier: ISC

# shellcheck disable=SC1003,SC2012,SC2016  # hostile texts
# shellcheck disable=SC2030,SC2031,SC2154  # what bats sets

load helper
load web

# code OPTION... URL: the status of the answer.
code() {
	curl -s -o body -w '%{http_code}' --max-time 10 --path-as-is "$@"
}

# frame N QUERY: the text of the stream's Nth frame.
frame() {
	curl -sN --max-time 30 "${URL}stream?$2" | awk -v n="$1" '
	    /^event: frame/ { i++ }
	    /^data: / && i == n { print substr($0, 7) }
	    /^$/ && i == n { exit }'
}

# part NAME: that table of a frame.
part() {
	awk -v name="$1" '/^#/ { on = $0 == "#" name; next } on && NF'
}

# csvcut FILE COLUMN...: these columns, found by name, without a header.
csvcut() {
	awk -F, -v want="${*:2}" 'NR == 1 {
		n = split(want, name, " ")
		for (i = 1; i <= NF; i++) at[$i] = i
		next
	}
	{ for (i = 1; i <= n; i++)
		printf "%s%s", $at[name[i]], i < n ? "," : "\n" }' "$1"
}

@test "it prints one URL, of loopback, and serves the page there" {
	serve "$CSV"
	[[ $URL =~ ^http://127\.0\.0\.1:[0-9]+/$ ]]
	[ "$(code "$URL")" = 200 ]
	grep -q '<title>pktpipe</title>' body
	for f in frame.js panels.js show.js page.js page.css icon.svg; do
		[ "$(code "$URL$f")" = 200 ]
		cmp body "$ROOT/scripts/web/$f"
	done
	ss -ltnH "sport = :$(cut -d: -f3 <<< "${URL%/}")" | awk '
	    $4 !~ /^127\.0\.0\.1:/ { bad = 1 } END { exit bad || NR != 1 }'
}

@test "every answer has the headers that keep a page from harm" {
	serve "$CSV"
	guarded 200 "$URL"
	guarded 200 "${URL}page.js"
	guarded 200 "${URL}picture"
	guarded 200 "${URL}page.js" -r 999999-
	guarded 400 "${URL}stream?window=0"
	guarded 403 "${URL}nosuch"
	guarded 403 "${URL}stream/x"
	guarded 403 "$URL../../etc/passwd"
	guarded 403 "$URL$(printf 'A%.0s' {1..3000})"
	guarded 403 "$URL" -H 'Host: example.com'
	guarded 403 "$URL" -d x
	guarded 403 "$URL" -X OPTIONS
	guarded 403 "$URL" -I
}

# guarded STATUS OPTION...: whether the answer has it, and the headers.
guarded() {
	curl -s --path-as-is -D answer -o body "${@:2}"
	tr -d '\r' < answer > headers
	grep -qE "^HTTP/[12.]+ $1" headers
	grep -qix 'x-content-type-options: nosniff' headers
	grep -qix 'referrer-policy: no-referrer' headers
	grep -qix 'cross-origin-resource-policy: same-origin' headers
	grep -qix 'cache-control: no-store' headers
	grep -qi "^content-security-policy: default-src 'none';" headers
	run -1 grep -qi unsafe headers
}

@test "what is no proper request gets nothing of itself back" {
	serve "$CSV"
	for args in '-X BREWx' '-X POST' '-H X<script>:1' '-H Host:' \
	    '--request-target http://spoiled/ -H A:spoiled'; do
		# shellcheck disable=SC2086  # words
		[[ $(code $args "${URL}spoiled") =~ ^(400|411|501)$ ]]
		run -1 grep -qiE 'spoiled|script|brew' body
	done
	[ "$(code -H "X: $(printf 'spoiled%.0s' {1..999})" "$URL")" = 431 ]
	run -1 grep -q spoiled body
}

@test "a request for another host is forbidden" {
	serve "$CSV"
	port=${URL##*:} port=${port%/}
	for host in example.com 127.0.0.1.example.com localhost.example.com \
	    "evil:$port" 10.0.0.1 127x0x0x1; do
		[ "$(code -H "Host: $host" "$URL")" = 403 ]
		[ "$(code -H "Host: $host" "${URL}stream")" = 403 ]
	done
	for host in localhost "localhost:$port" '[::1]' 127.0.0.1; do
		[ "$(code -H "Host: $host" "$URL")" = 200 ]
	done
}

@test "only GET is answered, and nothing but the page's own files" {
	serve "$CSV"
	for method in POST PUT DELETE OPTIONS HEAD TRACE; do
		[[ $(code -X "$method" -d x "$URL") =~ ^(400|403|405|501)$ ]]
		[[ $(code -X "$method" -d x "${URL}stream") =~ ^(400|403|405|501)$ ]]
	done
	for path in query.sh events.awk server.sh ../pktpipe-web \
	    ..%2fpktpipe-web stream/x stream%2fx %2e%2e/etc/passwd picture/ \
	    //etc/passwd page.js%00.html; do
		[[ $(code "$URL$path") =~ ^(400|403|404)$ ]]
	done
}

@test "hostile queries are refused, and nothing runs" {
	mkdir spies
	for program in tail head gnuplot csvclean ipflag liveplot touch id; do
		printf '#!/bin/sh\necho %s >> "%s/ran"\n' "$program" "$PWD" \
		    > "spies/$program"
	done
	chmod +x spies/*
	mkdir web
	echo 20 > web/viewers
	: > web/spike
	bad=('$(id)' '`id`' ';id' '|id' '&&id' '>/tmp/x' '<x' '../../etc/passwd'
	    '/etc/passwd' '%00' '%0a' '%0d%0aX-Y:1' '*' '?' '~' '"' "'" '\' ' '
	    '	' $'\x01' $'\x7f' $'\xff' $'\xc3\xa9' '{a,b}' '$HOME' '!!' '#'
	    '%' '%2e%2e' '[a-z]' '(x)' '^' '+' ':' '@' '-1x' "$(printf 'A%.0s' \
	    {1..700})" 'TLS,,DNS' ',TLS' 'TLS,' 'tls' '-TLS' '--help' '_X' '')
	n=0
	for value in "${bad[@]}"; do
		for q in "proto=$value" "window=$value" "refresh=$value" \
		    "width=$value" "${value:-x}=1" "proto=TLS&proto=$value" \
		    "window=30&x$value"; do
			printf '%s\n' "$q" > tried
			env -i PATH="$PWD/spies:$PATH" QUERY_STRING="$q" \
			    REQUEST_METHOD=GET PKTPIPE_WEB="$PWD/web" \
			    SCRIPT_FILENAME="$ROOT/scripts/web/stream" \
			    "$ROOT/scripts/web/stream" > answer
			grep -q '^Status: 400' answer
			n=$((n + 1))
		done
	done
	[ "$n" -gt 300 ]
	[ ! -e ran ]
	[ "$(ls web | paste -sd' ')" = 'spike viewers' ]
}

@test "the server refuses them likewise, as they come from a browser" {
	serve "$CSV"
	for value in '$(id)' '%60id%60' ';id' '%00' '%0aX' '%FF' '..%2f' "'" \
	    NOSUCH TLS%2CDNS 0 961 007 1e2 0x20 30.5 "$(printf 'A%.0s' \
	    {1..900})"; do
		for name in proto panels window refresh width; do
			[ "$(code "${URL}stream?$name=$value")" = 400 ]
			[ "$(code "${URL}picture?$name=$value")" = 400 ]
		done
	done
	[[ $(code "${URL}stream?$(printf 'A%.0s' {1..9000})") =~ ^(400|414|431)$ ]]
}

@test "a frame has the window's packets and bytes by protocol" {
	rows 30 TLS
	rows 12 DNS
	serve "$CSV"
	frame 3 refresh=1 > text
	same "TLS,30,3000
DNS,12,1200" "$(part protocols < text | csvcut /dev/stdin proto packets bytes)"
	same "42,4200,1" "$(part totals < text |
	    csvcut /dev/stdin packets bytes sources)"
	grep -q '^#state file rows.csv$' text
	[ "$(grep -c '^</svg>$' text)" -eq 2 ]
}

# words FILE: the texts of an SVG, a line each.
words() {
	python3 -c 'import sys, xml.etree.ElementTree as tree
svg = tree.parse(sys.argv[1]).getroot()
ns = "{http://www.w3.org/2000/svg}"
assert svg.tag == ns + "svg", svg.tag
for text in svg.iter(ns + "text"):
    print("".join(text.itertext()))' "$1"
}

@test "the picture alone is an SVG of the same rows, and follows the filter" {
	rows 30 TLS
	rows 12 DNS
	serve "$CSV"
	curl -s -D headers -o picture "${URL}picture"
	grep -qi '^content-type: image/svg+xml' headers
	words picture > text
	grep -q ' 42 packets   4.2 kB ' text
	same "TLS DNS" "$(grep -xE 'TLS|DNS' text | paste -sd' ')"
	[ "$(code "${URL}picture?proto=DNS&window=60")" = 200 ]
	words body > text
	grep -q '12 packets' text
	run -1 grep -q TLS text
}

@test "a frame is sent whole as it is made, not with the next" {
	rows 50 TLS
	serve "$CSV"
	# Three frames come soon, the fourth is not due within the test.
	curl -sN --max-time 60 "${URL}stream?refresh=60" > events 3>&- &
	viewer=$!
	awaits 3 '^event: frame' events
	awaits 3 '^data: #picture protocols' events
	# The lines that end the answer's start and the frames.
	awaits 4 '^$' events
	same 3 "$(grep -c '^event: frame' events)"
	kill "$viewer"
	gone
}

@test "rows that are added are in the next frames" {
	rows 1 TLS
	serve "$CSV"
	curl -sN --max-time 60 "${URL}stream?refresh=1&window=60" > events 3>&- &
	viewer=$!
	for ((i = 0; i < 300; i++)); do
		! grep -q '^event: frame' events || break
		sleep 0.1
	done
	rows 5 ICMP
	for ((i = 0; i < 300; i++)); do
		! grep -q '^data: ICMP,5,500' events || break
		sleep 0.1
	done
	kill "$viewer"
	grep -q '^data: ICMP,5,500' events
	gone
}

@test "the filter changes what is drawn, not what is counted beside it" {
	rows 30 TLS
	rows 12 DNS
	serve "$CSV"
	frame 3 'refresh=1&proto=TLS' > text
	same "30,3000" "$(part totals < text |
	    csvcut /dev/stdin packets bytes)"
	same "TLS,30
DNS,12" "$(part protocols < text | csvcut /dev/stdin proto packets)"
}

# spikes: bytes of the seconds that a frame calls spikes, in order of time.
spikes() {
	part rate < text | csvcut /dev/stdin bytes spike |
	    awk -F, '$2 { printf "%s%d", sep, $1; sep = " " }'
}

@test "a second is red by the rules in use, and no limit beside them" {
	awk -v now="$(date +%s)" 'BEGIN { for (t = now - 20; t < now - 2; t++) {
	    n = t == now - 10 ? 99000 : 5000
	    print t ".1,192.0.2.1,192.0.2.2,TLS," n
	    print t ".2,192.0.2.1,192.0.2.2,DNS,1000" } }' >> "$CSV"
	serve "$CSV"
	frame 3 'refresh=1&window=60' > text
	same "" "$(spikes)"
	same "#rules home" "$(grep '^#rules' text)"
	serve_end
	serve --spike 5999 "$CSV"
	frame 3 'refresh=1&window=60' > text
	same 18 "$(spikes | wc -w)"
	same "#rules home --spike 5999" "$(grep '^#rules' text)"
	serve_end
	# More than 12000 bytes in 2 s are more than 6000 a second.
	cat > r.conf <<-'EOT'
	rule of-tls severity=low track=by_rule proto=TLS bytes=10 seconds=1
	rule of-one severity=low track=by_src bytes=20 seconds=1
	rule of-all severity=low track=by_rule bytes=12000 seconds=2
	EOT
	serve --rules r.conf --set server "$CSV"
	frame 3 'refresh=1&window=60' > text
	same 100000 "$(spikes)"
	same "#rules r.conf server" "$(grep '^#rules' text)"
	# The rule about the source has put alerts on its packets.
	part rate < text | csvcut /dev/stdin alerts | grep -q '[1-9]'
}

# encoded TEXT: each of its bytes as %41.
encoded() {
	printf %s "$1" | od -An -v -tx1 | tr -d '\n' | tr ' ' %
}

@test "a filter is a condition of rowpick, and no more" {
	packets 30 "$(($(date +%s) - 3))" 0.000001 192.0.2.1 TLS >> "$CSV"
	packets 12 "$(($(date +%s) - 3))" 0.000001 192.0.2.2 DNS >> "$CSV"
	serve "$CSV"
	where=$(encoded 'src = 192.0.2.2 or (proto = ssh and len > 1k)')
	frame 3 "refresh=1&where=$where" > text
	same "12,1200,1" "$(part totals < text |
	    csvcut /dev/stdin packets bytes sources)"
	[ "$(code "${URL}picture?where=$where")" = 200 ]
	for bad in 'src =' 'port = 1' 'src in @/etc/passwd' '@x' '-h' '$(id)' \
	    '`id`' $'\xc3\xa9' "$(printf a%.0s {1..201})"; do
		[ "$(code "${URL}stream?where=$(encoded "$bad")")" = 400 ]
		grep -q '^bad filter[:,] ' body
	done
	[ "$(code "${URL}stream?where=$(encoded 'src = ')")" = 400 ]
	same 'bad filter: "src = " at 7: want a value, found the end' \
	    "$(cat body)"
	[ "$(code "${URL}stream?where=$(encoded 'port = 1')")" = 400 ]
	same 'bad filter: no column "port" in the header' \
	    "$(grep -o '^bad filter: no column "port" in the header' body)"
	for bad in %00 %0a %7f %ff %4 %zz a%; do
		[ "$(code "${URL}stream?where=$bad")" = 400 ]
	done
}

@test "a file without a header has each row once" {
	rows 30 TLS
	sed -i 1d "$CSV"
	serve "$CSV"
	frame 3 refresh=1 > text
	same "TLS,30" "$(part protocols < text |
	    csvcut /dev/stdin proto packets)"
}

@test "an empty file, a torn row and a missing file are waited for" {
	printf 'time,src,dst,pro' > "$CSV"
	serve "$CSV"
	frame 1 refresh=1 > text
	same "" "$(part protocols < text | csvcut /dev/stdin proto)"
	rm "$CSV"
	frame 1 refresh=1 > text
	grep -q '^#totals$' text
	grep -q '^#state missing rows.csv$' text
}

@test "a recording that is turned over loses no row, and alarms nobody" {
	link_start
	serve --max-size 4096 -i "$LINK"
	curl -sN --max-time 120 "${URL}stream?refresh=1&window=60" > events \
	    3>&- &
	viewer=$!
	awaits 1 '^event: frame' events
	nsenter -t "$NS" --net ping -q -c 4000 -i 0.003 198.18.0.1 > /dev/null
	[ "$(head -n 1 "$HERE"/*.pktpipe-web/recording.1)" = \
	    time,src,dst,proto,len,sport,dport,flags,icmp_type,iface ]
	[ "$(head -c 4 "$HERE"/*.pktpipe-web/recording)" = time ]
	# Requests and replies, of 98 bytes each.
	awaits 1 '^data: ICMP,8000,784000,' events
	run -1 grep -qv '^live ' <(sed -n 's/^data: #state //p' events)
	kill "$viewer"
	gone
	serve_end
	grep -qE "^pcap2csv: $LINK: [0-9]+ packets captured, 0 dropped" messages
	run -1 grep -v "^pcap2csv: $LINK:" messages
}

@test "a recording that cannot be turned over is said, until it can be" {
	link_start
	serve --max-size 4096 -i "$LINK"
	curl -sN --max-time 120 "${URL}stream?refresh=1" > events 3>&- &
	viewer=$!
	awaits 1 '^event: frame' events
	chmod u-w "$HERE"/*.pktpipe-web
	nsenter -t "$NS" --net ping -q -c 100 -i 0.003 198.18.0.1 > /dev/null
	awaits 1 "^data: #state stuck $LINK$" events
	same 1 "$(grep -c 'user nobody cannot make files in' messages)"
	# It is tried again every ten seconds.
	chmod u+w "$HERE"/*.pktpipe-web
	until_true test -e "$(echo "$HERE"/*.pktpipe-web/)recording.1"
	until_true last_state "live $LINK"
	kill "$viewer"
	gone
}

last_state() {
	[ "$(sed -n 's/^data: #state //p' events | tail -n 1)" = "$1" ]
}

@test "what is before the first row is a gap, and the rest is told" {
	start=$(($(date +%s) - 6))
	packets 60 "$start" 0.000001 192.0.2.1 TLS >> "$CSV"
	packets 3 $((start + 1)) 1 192.0.2.1 TLS >> "$CSV"
	TZ=Asia/Kathmandu serve --set demo "$CSV"
	frame 3 'refresh=1&window=60' > text
	same "$start.000000,20700.000000,UTC+05:45,0,0" "$(part totals < text |
	    csvcut /dev/stdin begin east zone sources_capped flagged_capped)"
	part totals < text | csvcut /dev/stdin begin to covered |
	    awk -F, '{ exit $2 - $1 != $3 || $3 < 4 || $3 > 60 }'
	same "60,1,1,1" "$(part rate < text | csvcut /dev/stdin packets |
	    grep . | head -n 4 | paste -sd ,)"
	same "" "$(part rate < text | awk -F, -v start="$start" 'NR > 1 &&
	    ($1 < start) != ($2 == "")')"
	grep -q '>no data<' text
	# The number of all alerts so far is beside the new ones.
	curl -sN --max-time 4 "${URL}stream?refresh=1" > events || true
	alerts=$(grep -c '^data: [0-9-]\{10\}T' events)
	[ "$alerts" -gt 0 ]
	same "data: #alerts $alerts" "$(grep '^data: #alerts' events |
	    tail -n 1)"
}

@test "more viewers than there are places get a clear answer" {
	rows 1 TLS
	serve --viewers 2 "$CSV"
	for i in 1 2; do
		curl -sN --max-time 60 "${URL}stream?refresh=1" > "v$i" 3>&- &
		viewers[i]=$!
		for ((n = 0; n < 200; n++)); do
			[ ! -s "v$i" ] || break
			sleep 0.1
		done
	done
	[ "$(code "${URL}stream?refresh=1")" = 503 ]
	grep -q '^2 of 2 viewers are connected; try again later$' body
	kill "${viewers[@]}"
	gone
	[ -n "$(frame 1 refresh=1)" ]
}

@test "twenty view a silent network at once, and leave nothing" {
	serve "$CSV"
	for i in {1..20}; do
		curl -sN --max-time 120 "${URL}stream?refresh=60" > "v$i" 3>&- &
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
	recorder=$(pgrep -f "^pcap2csv .*-i $LINK .*--write")
	# All that have its name.
	pkill -KILL -f "$HERE/scripts/pktpipe-web"
	wait "$SERVER" || true
	SERVER=''
	until_true test ! -e "/proc/$daemon" -a ! -e "/proc/$recorder"
	until_true no_directory
}

@test "viewers end with the server, even one that is killed" {
	rows 1 TLS
	serve "$CSV"
	curl -sN --max-time 60 "${URL}stream?refresh=60" > events 3>&- &
	for ((i = 0; i < 300; i++)); do
		! grep -q '^event: frame' events || break
		sleep 0.1
	done
	daemon=$(cat "$HERE"/*.pktpipe-web/pid)
	slots=("$HERE"/*.pktpipe-web/slot.*)
	exec 8< "${slots[0]}"
	kill -KILL "$daemon"
	timeout 20 flock 8
	wait "$SERVER" || status=$?
	SERVER=''
	[ "$status" -eq 3 ]
	grep -q '^pktpipe-web: the server ended' messages
}

@test "a viewer whose machine vanishes gives its place back" {
	rows 1 TLS
	link_start
	IN=(nsenter -t "$NS" --net)
	# So often a segment is sent again: for three seconds, not 15 minutes.
	"${IN[@]}" sh -c 'echo 3 > /proc/sys/net/ipv4/tcp_retries2'
	serve --insecure --listen 198.18.0.2 --viewers 1 "$CSV"
	curl -sN --max-time 60 "${URL}stream?refresh=1" > events 3>&- &
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

@test "an interface that went down is captured again when it is up" {
	link_start
	serve -i "$LINK"
	curl -sN --max-time 120 "${URL}stream?refresh=1&window=60" > events \
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
	for ((i = 0; i < 60; i++)); do
		nsenter -t "$NS" --net ping -q -c 5 -i 0.1 198.18.0.1 > /dev/null
		[ "$(sed -n 's/^data: ICMP,\([0-9]*\),.*/\1/p' events |
		    tail -n 1)" -le 10 ] || break
	done
	same "live $LINK" "$(sed -n 's/^data: #state //p' events | tail -n 1)"
	# Both what was before the start, and the seconds between are gaps.
	awk '/^data: #rate/ { runs = ""; on = 1; next } !/,/ { on = 0 }
	    on && !/time/ { now = /,,,/ ? "-" : "."
	        if (substr(runs, length(runs)) != now) runs = runs now
	        last = runs } END { print last }' events > runs
	same "-.-." "$(cat runs)"
	# The data begin with the capture, before the first packet.
	read -r first < "$(echo "$HERE"/*.pktpipe-web/captured)"
	same "${first%,on}" "$(grep -A 1 '^data: from,to,' events | tail -n 1 |
	    cut -d, -f12)"
	kill "$viewer"
	gone
	serve_end
	grep -q "^pcap2csv: $LINK: the interface went down" messages
}

@test "the server and what it runs are not root's" {
	rows 1 TLS
	serve "$CSV"
	daemon=$(cat "$HERE"/*.pktpipe-web/pid)
	[ "$(ps -o user= -p "$daemon")" != root ]
	grep -q '^NoNewPrivs:.*1$' "/proc/$daemon/status"
	grep -q '^CapEff:.*0000000000000000$' "/proc/$daemon/status"
}

# refused STATUS TEXT COMMAND...: whether it ends so, with that message alone.
refused() {
	run "-$1" --separate-stderr env TMPDIR="${TMPDIR-$HERE}" \
	    timeout 20 "${@:3}"
	same "" "$output"
	same "$2" "$stderr"
}

@test "what the server's user cannot read is named, and how to mend it" {
	as=(setpriv --reuid nobody --clear-groups env TMPDIR=/tmp)
	mkdir "$HERE/closed"
	cp -R "$HERE/scripts" "$HERE/build" "$HERE/closed"
	closed=$HERE/closed web=$HERE/closed/scripts/pktpipe-web
	chmod 700 "$closed"
	refused 3 "pktpipe-web: $closed/build/pcap2csv: user nobody cannot \
enter $closed: want chmod o+x $closed, another --user, or make install" \
	    env PATH="$closed/build:$PATH" "$web" "$CSV"
	TMPDIR=$closed run -3 --separate-stderr "$HERE/scripts/pktpipe-web" \
	    "$CSV"
	[[ $stderr = *": user nobody cannot enter $closed: want chmod o+x \
$closed, another --user, or another TMPDIR" ]]
	cp "$CSV" "$closed"
	refused 3 "pktpipe-web: $closed/rows.csv: user nobody cannot enter \
$closed: want chmod o+x $closed, or another --user" \
	    "$HERE/scripts/pktpipe-web" "$closed/rows.csv"
	chmod 755 "$closed"
	chmod 600 "$CSV"
	refused 3 "pktpipe-web: $CSV: user nobody cannot read it: want chmod \
o+r $CSV, or another --user" "$web" "$CSV"
	refused 3 "pktpipe-web: $CSV: user nobody cannot read it: want chmod \
o+r $CSV, or another user" "${as[@]}" "$web" "$CSV"
	chmod 644 "$CSV"
	chmod 700 "$closed/scripts/web/page.js"
	refused 3 "pktpipe-web: $closed/scripts/web/page.js: user nobody \
cannot read it: want chmod o+r $closed/scripts/web/page.js, another user, or \
make install" "${as[@]}" "$web" "$CSV"
	chmod 700 "$closed/scripts/web"
	refused 3 "pktpipe-web: $closed/scripts/web: user nobody cannot read \
it: want chmod -R o+rX $closed/scripts/web, or make install" \
	    "${as[@]}" "$web" "$CSV"
	rm -r "$closed"
	same "" "$(find "$HERE" -name '*.pktpipe-web')"
}

@test "it checks all that the server's user needs with few processes" {
	rows 1 TLS
	mkdir "$HERE/few"
	for program in id test readlink setpriv cat grep; do
		printf '#!/bin/sh\necho %s >> %s/ran\nexec %s "$@"\n' \
		    "$program" "$HERE" "$(command -v "$program")" \
		    > "$HERE/few/$program"
	done
	chmod -R a+rx "$HERE/few"
	: > "$HERE/ran"
	chmod a+w "$HERE/ran"
	PATH=$HERE/few:$PATH serve "$CSV"
	[ "$(wc -l < "$HERE/ran")" -le 15 ]
	grep -q setpriv "$HERE/ran"
}

@test "a program that is missing is said before anything starts" {
	# The root of a plain chroot is no mount and cannot be made private.
	# shellcheck disable=SC2016  # for the inner shell
	refused 3 "pktpipe-web: lighttpd is not installed, want Debian's \
lighttpd" unshare --mount --propagation unchanged sh -c '
		mount --make-rprivate / 2>/dev/null
		mount -t tmpfs none /usr/sbin || exit
		"$@"
		code=$?
		umount /usr/sbin
		exit "$code"' - "$HERE/scripts/pktpipe-web" -i lo
	mkdir bin
	ln -s /usr/bin/* bin
	rm bin/gnuplot
	refused 3 "pktpipe-web: gnuplot is not installed, want Debian's \
gnuplot-nox" env PATH="$PWD/bin" "$HERE/scripts/pktpipe-web" "$CSV"
	same "" "$(find "$HERE" -name '*.pktpipe-web')"
}

@test "an interface that cannot be captured from is said before a URL" {
	refused 3 "pcap2csv: nosuch: no such interface, want one of pcap2csv \
--list-interfaces" "$HERE/scripts/pktpipe-web" -i nosuch
	run -3 --separate-stderr setpriv --reuid nobody --clear-groups \
	    env TMPDIR=/tmp PATH="$HERE/build:$PATH" \
	    "$HERE/scripts/pktpipe-web" -i lo
	[[ $stderr = "pcap2csv: lo: no permission to capture"* ]]
	same "" "$output"
}

@test "root does not serve, nor does nobody in particular" {
	for user in root 0; do
		refused 2 "pktpipe-web: the server cannot run as root, want another --user" \
		    pktpipe-web --user "$user" "$CSV"
	done
	refused 2 "pktpipe-web: no such user on this machine" \
	    pktpipe-web --user no-such-user "$CSV"
}

@test "an address that others reach wants a password and TLS" {
	for options in '--listen 0.0.0.0' '--listen [::]:99' \
	    '--listen 192.0.2.1:80 --password /etc/hostname'; do
		# shellcheck disable=SC2086  # words
		run -2 --separate-stderr pktpipe-web $options "$CSV"
		[[ $stderr = *"want --password and --tls, or --insecure"* ]]
	done
	run -2 --separate-stderr pktpipe-web
	run -2 --separate-stderr pktpipe-web -i lo "$CSV"
	run -2 --separate-stderr pktpipe-web --viewers 0 "$CSV"
	run -3 --separate-stderr pktpipe-web ./none/none.csv
}

@test "with a password and a certificate both are asked for" {
	printf 'ann:%s\n' "$(openssl passwd -6 secret)" > password
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
	    -keyout key -out cert -subj /CN=localhost -days 1 2> /dev/null
	cat key cert > pem
	serve --password password --tls pem "$CSV"
	[[ $URL = https://* ]]
	[ "$(code -k "$URL")" = 401 ]
	[ "$(code -k -u ann:wrong "$URL")" = 401 ]
	[ "$(code -k -u ann:secret "$URL")" = 200 ]
	guarded 401 -k "$URL"
}
