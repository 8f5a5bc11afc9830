#!/usr/bin/env bats
# pktpipe-web: what a frame of the stream, and the picture, say
# SPDX-License-Identifier: ISC

# shellcheck disable=SC1003,SC2012,SC2016  # hostile texts
# shellcheck disable=SC2030,SC2031,SC2154  # what bats sets

load helper
load web

@test "each rule of the sets has words on the page" {
	for name in home office server demo; do
		ipflag --set "$name" --print-rules
	done | awk '$1 == "rule" { print $2 }' | sort -u > rules
	[ "$(wc -l < rules)" -gt 60 ]
	same "" "$(sed -n "s/.*{ rule: '\([^']*\)'.*/\1/p" \
	    "$ROOT/scripts/web/incidents.js" |
	    awk 'NR == FNR { word[$1]; next }
	    { for (w in word) if (index($1 "-", w "-") == 1) next; print }' - rules)"
}

@test "a frame has the window's packets and bytes by protocol" {
	rows 30 TLS
	rows 12 DNS
	serve "$CSV"
	frame_of 42 'refresh=1&window=300' > text
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

# drawn QUERY TEXT: whether the picture has this text.
drawn() {
	curl -s --max-time 120 -D headers -o picture "${URL}picture?$1"
	words picture > text
	grep -q -- "$2" text
}

@test "the picture alone is an SVG of the same rows, and follows the filter" {
	rows 30 TLS
	rows 12 DNS
	serve "$CSV"
	until_true drawn 'window=300' ' 42 packets   4.2 kB '
	grep -qi '^content-type: image/svg+xml' headers
	same "TLS DNS" "$(grep -xE 'TLS|DNS' text | paste -sd' ')"
	drawn 'window=300&proto=DNS' '12 packets'
	run -1 grep -q TLS text
}

# ends_whole: whether the answer's start and each event have their empty line.
# shellcheck disable=SC2317  # until_true calls it
ends_whole() {
	[ "$(grep -c '^$' events)" -eq $(($(grep -c '^event: ' events) + 1)) ]
}

@test "a frame is sent whole as it is made, not with the next" {
	rows 50 TLS
	serve "$CSV"
	# Four frames come soon, the fifth is not due within the test.
	curl -sN --max-time 600 "${URL}stream?refresh=60" > events 3>&- &
	viewer=$!
	awaits 4 '^event: frame' events
	awaits 4 '^data: #picture protocols' events
	until_true ends_whole
	same 4 "$(grep -c '^event: frame' events)"
	kill "$viewer"
	gone
}

@test "what the first view transfers is less than 150 kB" {
	local proto all=0

	# 40 protocols.
	sed -n 's/^	PROTO_\([A-Z0-9]*\),$/\1/p' \
	    "$ROOT/common/base/protocol.h" | sed -n '20,59p' > names
	while read -r proto; do
		rows 20 "$proto"
	done < names
	serve "$CSV"
	for file in $(sed -n 's/.*\(src\|href\)="\([a-z]*\.[a-z]*\)".*/\2/p' \
	    "$ROOT/scripts/web/index.html") ''; do
		all=$((all + $(curl -s -H 'Accept-Encoding: gzip' -o body \
		    -w '%{size_download}' "$URL$file")))
	done
	[ "$all" -gt 10000 ]
	# The first frame with all packets, and who talks.
	of_stream 'refresh=1&window=120' '
	    { event = event $0 "\n" }
	    /,800,80000,/ { full = 1 }
	    $0 == "" && full { printf "%s", event }
	    $0 == "" && event ~ /^event: who/ && full { exit }
	    $0 == "" { event = "" }' > events
	grep -q '^data: #picture protocols' events
	grep -q '^data: #who sources' events
	all=$((all + $(wc -c < events)))
	[ "$all" -lt 150000 ]
}

@test "rows that are added are in the next frames" {
	rows 1 TLS
	serve "$CSV"
	curl -sN --max-time 600 "${URL}stream?refresh=1&window=600" > events 3>&- &
	viewer=$!
	awaits 1 '^event: frame' events
	rows 5 ICMP "$(just_over)"
	awaits 1 '^data: ICMP,5,500' events
	kill "$viewer"
	gone
}

@test "the filter changes what is drawn, not what is counted beside it" {
	rows 30 TLS
	rows 12 DNS
	serve "$CSV"
	frame_of 30 'refresh=1&window=300&proto=TLS' > text
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
	frame_of 36 'refresh=1&window=300' > text
	same "" "$(spikes)"
	same "#rules home" "$(grep '^#rules' text)"
	serve_end
	serve --spike 5999 "$CSV"
	frame_of 36 'refresh=1&window=300' > text
	same 18 "$(spikes | wc -w)"
	same "#rules home --spike 5999" "$(grep '^#rules' text)"
	serve_end
	# More than 12000 bytes in 2 s are more than 6000 a second.
	cat > r.conf <<-'EOT'
	rule of-tls severity=low track=by_rule proto=TLS bytes=10 seconds=1
	rule of-one severity=low track=by_src bytes=20 seconds=1
	rule of-all severity=low track=by_rule bytes=12000 seconds=2
	EOT
	# A set has no room for so many more.
	ipflag --set demo --print-rules | grep '^rule host-sweep' > one.conf
	serve --rules r.conf --rules one.conf "$CSV"
	frame_of 36 'refresh=1&window=300' > text
	same 100000 "$(spikes)"
	same "#rules r.conf one.conf" "$(grep '^#rules' text)"
	# The rule about the source has put alerts on its packets.
	part rate < text | csvcut /dev/stdin alerts | grep -q '[1-9]'
}

# encoded TEXT: each of its bytes as %41.
encoded() {
	printf %s "$1" | od -An -v -tx1 | tr -d '\n' | tr ' ' %
}

@test "a filter is a condition of rowpick, and no more" {
	rows 30 TLS
	packets 12 "$SECOND" 0.000001 192.0.2.2 DNS >> "$CSV"
	serve "$CSV"
	where=$(encoded 'src = 192.0.2.2 or (proto = ssh and len > 1k)')
	frame_of 12 "refresh=1&window=300&where=$where" > text
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
	frame_of 30 'refresh=1&window=300' > text
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

@test "control characters in the name of a file do not break an event" {
	CSV=$HERE/$'ro\rw\ns.csv'
	echo time,src,dst,proto,len > "$CSV"
	rows 2 TLS
	serve "$CSV"
	frame 1 refresh=1 > text
	grep -qxF '#state file ro\x0dw\x0as.csv' text
}

@test "what is before the first row is a gap, and the rest is told" {
	start=$(($(date +%s) - 6))
	packets 60 "$start" 0.000001 192.0.2.1 TLS >> "$CSV"
	packets 3 $((start + 1)) 1 192.0.2.1 TLS >> "$CSV"
	TZ=Asia/Kathmandu serve --set demo "$CSV"
	frame_of 63 'refresh=1&window=300' > text
	same "$start.000000,20700.000000,UTC+05:45,0,0" "$(part totals < text |
	    csvcut /dev/stdin begin east zone sources_capped flagged_capped)"
	part totals < text | csvcut /dev/stdin begin to covered |
	    awk -F, '{ exit $2 - $1 != $3 || $3 < 4 || $3 > 300 }'
	same "60,1,1,1" "$(part rate < text | csvcut /dev/stdin packets |
	    grep . | head -n 4 | paste -sd ,)"
	same "" "$(part rate < text | awk -F, -v start="$start" 'NR > 1 &&
	    ($1 < start) != ($2 == "")')"
	grep -q '>no data<' text
	# The number of all alerts so far is beside the new ones.
	curl -sN --max-time 600 "${URL}stream?refresh=1" > events 3>&- &
	viewer=$!
	# The second begins after the end of the first.
	awaits 2 '^data: #alerts [1-9]' events
	kill "$viewer"
	whole > text
	alerts=$(grep -c '^data: [0-9-]\{10\}T' text)
	[ "$alerts" -gt 0 ]
	same "data: #alerts $alerts" "$(grep '^data: #alerts' text |
	    tail -n 1)"
}

# past QUERY: the frame of a span of the past.
past() {
	curl -s --max-time 120 "${URL}past?$1" | sed -n 's/^data: //p'
}

# has_kept SECOND [FOLDER]: whether the server has kept its tallies up to this second.
has_kept() {
	[ "$(tail -q -n 1 "$HERE/${2-kept}"/s/* 2> /dev/null | cut -d. -f1 |
	    sort -n | tail -n 1)" = "$1" ]
}

# hours N FROM: a packet of 100 bytes each 10 s, for N hours, from two hosts,
# and one that is later: a second is kept when a later one has come.
hours() {
	awk -v n=$(($1 * 360)) -v t="$2" 'BEGIN { for (i = 0; i <= n; i++)
		print t + i * 10 + (i == n ? 9 : 0) ".5,192.0.2." i % 2 + 1 \
		    ",192.0.2.9,TLS,100" }'
}

# makes_past AT HOW: makes the past of a copy of begun, of which the command AT
# fails, after a part of its output, and by HOW its shell is killed; then all.
makes_past() {
	rm -rf history
	cp -R begun history
	echo 0 > count
	PATH=$PWD/fake:$PATH AT=$1 HOW=$2 "$ROOT/scripts/web/tallies" past 7201 \
	    2> /dev/null || :
	[ "$(cat count)" -ge "$1" ] || return
	"$ROOT/scripts/web/tallies" past 7201
	diff -r want history
}

@test "the past counts no second twice, whatever of it is killed or fails" {
	local program at

	export PKTPIPE_WEB=$PWD
	mkdir -p begun/{s,m,h} fake
	{ echo time,src,dst,proto,alert,packets,bytes
	    packets 600 3000 1 | sed 's/,100$/,,1,100/'; } > begun/s/0
	for program in cat mv rm stat; do
		cat > "fake/$program" <<-END
			#!/bin/sh
			n=\$((\$(/bin/cat "$PWD/count") + 1))
			echo "\$n" > "$PWD/count"
			[ "\$n" -eq "\$AT" ] || exec /bin/$program "\$@"
			[ $program != cat ] || head -c 99 -- "\$2"
			[ "\$HOW" = fails ] || kill -KILL "\$PPID"
			exit 1
		END
		chmod +x "fake/$program"
	done
	cp -R begun history
	"$ROOT/scripts/web/tallies" past 7201
	mv history want
	same "time,packets,bytes
0.000000,600,60000" "$(ratebw --bin 1h want/h/0)"
	same "$(ratebw --bin 1h want/h/0)" "$(ratebw --bin 1h want/rate)"
	for ((at = 1; at <= 13; at++)); do makes_past "$at" killed; done
	# The first cat, as on a full disk.
	makes_past 3 fails
	# There are no more of these commands.
	run -1 makes_past 14 killed
}

@test "the past is kept for pages on it, and over a restart" {
	mkdir -m 777 "$HERE/kept"
	end=$((($(date +%s) - 600) / 1800 * 1800))
	hours 3 $((end - 10800)) >> "$CSV"
	serve --history "$HERE/kept" "$CSV"
	until_true has_kept $((end - 10))
	past "span=86400&to=$end" > text
	same "1080,108000,2,$((end - 86400)),10800" "$(part totals < text |
	    csvcut /dev/stdin packets bytes sources from covered |
	    sed 's/\.0*//g')"
	past "span=3600&to=$((end - 3600))&where=$(encoded 'src = 192.0.2.1')" \
	    > text
	same "180,18000" "$(part totals < text | csvcut /dev/stdin packets bytes)"
	same "192.0.2.9,180,18000" "$(part 'who destinations' < text |
	    csvcut /dev/stdin dst packets bytes)"
	# What is more than an hour ago is in minutes, and the disk is bounded.
	[ "$(find "$HERE/kept/s" -name '*.c' | wc -l)" -le 8 ]
	[ "$(find "$HERE/kept/m" -type f | wc -l)" -ge 3 ]
	serve_end
	# The next run begins an hour later, and adds to what is kept.  The first
	# covers its time up to its last second that was kept, 9 s before the end.
	hours 1 $((end + 3600)) > "$CSV"
	serve --history "$HERE/kept" "$CSV"
	until_true has_kept $((end + 7190))
	past "span=86400&to=$((end + 7200))" > text
	same "1440,144000,14391" "$(part totals < text | csvcut /dev/stdin \
	    packets bytes covered | sed 's/\.0*//g')"
	# So it is by tallies in another order, whose header is the wanted one.
	part rate < text > wanted
	for file in "$HERE"/kept/m/*; do
		awk -F, -v OFS=, '$1 != "time" { $4 = $4 ","; print }' "$file" |
		    tac > rows
		{ echo time,src,dst,proto,service,alert,packets,bytes
		    cat rows; } > "$file"
	done
	past "span=86400&to=$((end + 7200))" | part rate | diff wanted -
	same on,off,on "$(cut -d, -f2 "$HERE/kept/captured" | paste -sd ,)"
	for bad in 'span=5' 'span=2678401' 'compare=60' 'span=x' 'span=600&to=-1' 'to=1' \
	    "span=600&where=$(encoded 'len > 1')"; do
		[ "$(code "${URL}past?$bad")" = 400 ]
	done
}

# kept_packets: how many packets the files of seconds have.
kept_packets() {
	cat "$HERE"/past/s/* | awk -F, '/^[0-9]/ { n += $(NF - 1) }
	    END { print n + 0 }'
}

# kept_is N: whether they have so many.
# shellcheck disable=SC2317  # until_true calls it
kept_is() {
	[ "$(kept_packets)" -eq "$1" ]
}

@test "what keeps the past goes on after a program of it was killed" {
	mkdir -m 777 "$HERE/past"
	end=$((($(date +%s) - 600) / 600 * 600))
	{ rows 5 TLS "$end" && rows 7 TLS $((end + 1)) && rows 1 TLS $((end + 9)); }
	file=$HERE/past/s/$end
	serve --history "$HERE/past" "$CSV"
	until_true kept_is $((kept = 12))
	for program in ratebw split.awk; do
		until_true pgrep -f "$HERE/.*/split.awk"
		group=$(ps -o pgid= -p "$(pgrep -of "$HERE/.*/split.awk")" |
		    tr -d ' ')
		# As if it were killed when it had written a part of a row.
		printf '%d.0000' "$end" >> "$file"
		pkill -KILL -g "$group" -f "$program"
		until_true run -1 kill -0 -- "-$group"
		end=$((end + 20))
		rows 3 TLS "$end"
		rows 1 TLS $((end + 9))
		until_true kept_is $((kept += 4))
	done
}

@test "what is beyond the first rows of a time is summed by sensor too" {
	fold=$ROOT/scripts/web/fold.awk
	{
		echo time,src,dst,proto,service,sensor,alert,packets,bytes
		echo 1.000000,10.0.0.1,10.0.0.2,TLS,443,a,,9,900
		echo '1.000000,10.0.0.1,10.0.0.2,TLS,443,"b,""c,,",x|y,8,800'
		printf '1.000000,10.0.0.%d,10.0.0.2,TLS,443,%s,,1,10\n' \
		    1 a 2 a 3 b 4 '"q,q"'
		echo 'e",,3,3'
		for i in {1..99}; do
			echo "2.000000,10.0.0.1,10.0.0.2,DNS,53,s$i,,1,5"
		done
	} | awk -f "$fold" -v most=2 > folded
	same "time,src,dst,proto,service,sensor,alert,packets,bytes
1.000000,10.0.0.1,10.0.0.2,TLS,443,a,,9,900
1.000000,10.0.0.1,10.0.0.2,TLS,443,,x|y,8,800
1.000000,REST,,TLS,,,,1,10
1.000000,REST,,TLS,,a,,2,20
1.000000,REST,,TLS,,b,,1,10" "$({ head -n 3 folded
	    sed 1,3d folded | grep ^1 | sort; })"
	# 64 names have rows, three of which are those of before.
	same "61 99 495" "$(awk -F, '$1 == 2 { n[$6]; p += $8; b += $9 }
	    $1 == 2 && $2 == "REST" && $6 != "" { named++ }
	    END { print named, p, b }' folded)"
	# Rows without sensor and service; sums that have more than 31 bits.
	printf '%s\n' time,src,dst,proto,alert,packets,bytes \
	    1.000000,10.0.0.1,10.0.0.2,TLS,,9,900 \
	    1.000000,10.0.0.3,10.0.0.2,TLS,,3000000000,3000000000001 \
	    1.000000,10.0.0.4,10.0.0.2,TLS,,1,10 |
	    sed 's/^1/0/' | awk -f "$fold" -v most=1 > folded
	same 0.000000,REST,,TLS,,3000000001,3000000000011 \
	    "$(tail -n 1 folded)"
}

@test "a month, any span, and the rate a day before are in the past" {
	mkdir -m 777 "$HERE/old"
	end=$((($(date +%s) - 600) / 3600 * 3600))
	{
		echo time,src,dst,proto,len,sensor
		hours 1 $((end - 90000))
		hours 1 $((end - 3600))
	} | awk -F, 'NR == 1 { print; next } { 
	    print $0 ($2 == "192.0.2.1" ? ",gate-1" : ",lab") }' > "$CSV"
	serve --history "$HERE/old" "$CSV"
	until_true has_kept $((end - 10)) old
	past "span=2678400&to=$end" > text
	# The last packet of the day before is after its hour.
	same 721 "$(part totals < text | csvcut /dev/stdin packets)"
	past "span=3600&to=$end&compare=86400" > text
	same 360 "$(part totals < text | csvcut /dev/stdin packets)"
	# Sensors are a table and a filter of the past too.
	same "gate-1,180 lab,180" "$(part 'who sensors' < text |
	    csvcut /dev/stdin sensor packets | grep -v ,0 | sort | paste -sd ' ')"
	same 180 "$(past "span=3600&to=$end&where=$(encoded 'sensor = lab')" |
	    part totals | csvcut /dev/stdin packets)"
	# The hour before, by the times of this one.
	sed -n '/^#before /,/^$/p' text > before
	same "time,packets,bytes $((end - 3600)).000000 360 36000" \
	    "$(awk -F, 'NR == 2 { head = $0 } NR == 3 { first = $1 }
	    NR > 2 { n += $2; b += $3 }
	    END { print head, first, n, b }' before)"
	# The hours of the day before, and the range of the rate.
	[ "$(find "$HERE/old/h" -type f | wc -l)" -ge 1 ]
	same time,packets,bytes "$(head -n 1 "$HERE/old/rate")"
	same time,value,low,high,score "$(head -n 1 "$HERE/old/usual")"
	past "span=40&to=$((end - 60))" > text
	same "4,$((end - 100))" "$(part totals < text |
	    csvcut /dev/stdin packets from | sed 's/\.0*//')"
	# A usual range is a part of spans of an hour and more, of all traffic.
	printf 'time,value,low,high,score\n%d,600,300,900,0\n' \
	    $((end - 600)) > "$HERE/old/usual"
	past "span=3600&to=$end" > text
	same "#usual 300
time,low,high
$((end - 600)),300,900" "$(sed -n '/^#usual/,/^$/p' text | grep .)"
	same "" "$(past "span=3600&to=$end&proto=TLS" | grep '^#usual')"
	same "" "$(past "span=600&to=$end" | grep '^#usual')"
}
