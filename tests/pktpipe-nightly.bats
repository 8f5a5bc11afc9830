#!/usr/bin/env bats
# pktpipe-nightly: a report a day, sums of all days, old recordings packed
# SPDX-License-Identifier: ISC

load helper

# fake_report: the source of a pktpipe-report whose tables awk makes.
fake_report() {
	cat <<-'SCRIPT'
		#!/bin/sh -eu
		# pktpipe-report -o DIRECTORY [OPTION...] -- FILE
		while [ $# -gt 1 ]; do
			[ "$1" != -o ] || dir=$2
			[ "$1" != --usual ] || usual=$2
			[ "$1" != --against ] || echo "${2##*/}" > other
			shift
		done
		if [ -n "${usual-}" ]; then
			cp "$usual" "$dir/usual.csv"
			echo "${1##*/}" >> usual
		fi
		cp "$1" "$dir/traffic.csv"
		cd "$dir"
		link='<a>all</a> <a href="traffic.csv">traffic.csv</a>'
		printf '%s\n' '<h1>day</h1>' "$link" '<div class="tables">' \
		    '<footer>files</footer>' > report.html
		echo picture > report.png; echo time,state > alerts.csv
		ratebw --bin 1m --by proto traffic.csv > rate-by-protocol.csv
		awk -F, 'NR > 1 { n++; b += $5 }
		    END { print "first,last,span,packets,bytes,peak"
			print "0,0,0," n + 0 "," b + 0 ",100" }' traffic.csv |
		    tee summary.csv
	SCRIPT
}

# Most tests are not about reports, which take the longest: a copy of the
# scripts has another in place of pktpipe-report.
setup_file() {
	local suite=$BATS_FILE_TMPDIR/suite

	mkdir "$suite"
	cp -R "$ROOT/scripts" "$suite"
	ln -s "$(dirname "$(command -v pcap2csv)")" "$suite/build"
	fake_report > "$suite/scripts/pktpipe-report"
}

setup() {
	mkdir "$BATS_TEST_TMPDIR/here"
	cd "$BATS_TEST_TMPDIR/here" || return
	mkdir rec
	PATH=$BATS_FILE_TMPDIR/suite/scripts:$PATH
	one_day
	today=$(date -u +%F)
	yesterday=$(ago 1)
}

# Reports are those of pktpipe-report from here on, without real pictures.
real_reports() {
	PATH=$ROOT/scripts:$PATH
	mkdir fake
	without_pictures "$PWD/fake"
}

ago() {
	date -u -d "$today - $1 days" +%F
}

# rows DAY N [PROTO]: N packets of 100 bytes, one a minute from 01:00 UTC on.
rows() {
	echo time,src,dst,proto,len
	packets "$2" "$(date -u -d "$1 01:00" +%s).5" 60 192.0.2.1 "${3:-TLS}"
}

# recorded FILE DAY N [PROTO]: a recording last written late on that day.
recorded() {
	rows "${@:2}" > "rec/$1"
	touch -d "$2 23:00 UTC" "rec/$1"
}

# written FILE: has another process keep it open for writing until killed.
written() {
	exec 8>> "$1"
	sleep 600 3>&- &
	writer=$!
	exec 8>&-
}

teardown() {
	[ -z "${writer-}" ] || kill "$writer"
}

# figures DAY: packets and bytes of its report.
figures() {
	sed 1d "reports/$1/summary.csv" | cut -d, -f4,5
}

@test "yesterday's packets and no others make the report, silently" {
	recorded eth0.csv-1 "$(ago 2)" 7
	recorded eth0.csv-2 "$yesterday" 5
	rows "$today" 3 | sed 1d >> rec/eth0.csv-2
	rows "$(ago 2)" 2 | sed 1d >> rec/eth0.csv-2
	real_reports
	runs pktpipe-nightly --expect none rec
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	[ -z "$stderr" ]
	same 5,500 "$(figures "$yesterday")"
	same "$(printf '%s\n' "$yesterday" daily.csv hourly.csv \
	    index.html)" "$(ls -A reports)"
	for f in report.html report.png report.pdf hourly.csv rate.csv; do
		[ -s "reports/$yesterday/$f" ]
	done
	[ ! -e "reports/$yesterday/traffic.csv" ]
	run ! grep -q traffic.csv "reports/$yesterday/report.html"
}

@test "the directory may be a link, as that of the unit is" {
	recorded eth0.csv "$yesterday" 5
	ln -s rec link
	runs pktpipe-nightly --expect none link
	same "0||" "$status|$output|$stderr"
	same 5,500 "$(figures "$yesterday")"
}

@test "a directory of sensors gives a report of each, and one of all" {
	mkdir -p all/west all/east
	rows "$yesterday" 5 > all/west/eth0-20261124T000000Z.csv
	rows "$yesterday" 7 > all/east/eth0-20261124T000000Z.csv
	echo sensor,state > all/status.csv
	lines time,rule,state 1,a,start > all/west/alerts-eth0-20261124T000000Z.csv
	runs pktpipe-nightly --expect none all
	same "0||" "$status|$output|$stderr"
	same "12,1200 5,500 7,700" "$(figures "$yesterday") $(cd reports/sensors/west &&
	    ln -s . reports && figures "$yesterday") $(cd reports/sensors/east &&
	    ln -s . reports && figures "$yesterday")"
	same "east:eth0.csv west:eth0.csv" "$(sed 1d \
	    "reports/$yesterday/recordings.csv" | cut -d, -f1 | sort | paste -sd' ')"
	for f in reports/index.html "reports/$yesterday/report.html"; do
		grep -q 'A packet that several sensors saw counts once for each' "$f"
	done
	[ -s reports/sensors/east/index.html ]
	grep -q 'href="sensors/east/index.html"' reports/index.html
	runs pktpipe-nightly --remove-after 3 all
	same "2|pktpipe-nightly: want no --remove-after for copies of pktpipe-collect, which would copy them again" \
	    "$status|$stderr"
}

@test "the first and the last moment of a day are its own" {
	{
		rows "$yesterday" 0
		for at in "$yesterday 00:00" "$today 00:00"; do
			s=$(date -u -d "$at" +%s)
			echo "$((s - 1)).999999,192.0.2.1,192.0.2.9,TLS,1"
			echo "$s.000000,192.0.2.1,192.0.2.9,TLS,10"
		done
	} > rec/eth0.csv
	pktpipe-nightly --expect none rec
	same 2,11 "$(figures "$yesterday")"
}

@test "captures and tables, compressed or not, are taken together" {
	# The capture as if it were of yesterday: a time is 4 bytes, seconds.
	start=$(date -u -d "$yesterday" +%s) perl -0777 -ne '
	    print substr($_, 0, 24);
	    for ($at = 24; $at < length; $at += 16 + $n) {
		($s, $n) = unpack("Vx4V", substr($_, $at, 12));
		print pack("V", $s % 86400 + $ENV{start}),
		    substr($_, $at + 4, 12 + $n);
	    }' "$DATA/dns.pcap" > rec/a.pcap
	zstd -qc rec/a.pcap > rec/b.pcap3.zst
	rows "$yesterday" 4 | gzip > rec/c.csv.1.gz
	rows "$yesterday" 2 | sed '1s/$/,iface/; 1!s/$/,"a\n1,b"/' > rec/d.csv
	rows "$yesterday" 4 > rec/notes.txt
	runs pktpipe-nightly --expect none rec
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	want=$(pcap2csv "$DATA/dns.pcap" | awk -F, 'NR > 1 { n++; b += $5 }
	    END { print 2 * n + 6 "," 2 * b + 600 }')
	same "$want" "$(figures "$yesterday")"
}

# minutes FILE DAY FROM TO [IFACE]: a recording with a row a minute.
minutes() {
	[ -s "rec/$1" ] || echo "time,src,dst,proto,len${5:+,iface}" > "rec/$1"
	packets $((($4 - $3) * 60)) "$(date -u -d "$2" +%s)" 60 |
	    awk -F, -v OFS=, -v from="$3" -v iface="${5-}" '{
		$1 = sprintf("%.6f", $1 + from * 3600) }
		iface != "" { $6 = iface }
		{ print }' >> "rec/$1"
}

@test "a recorder that died is reported with its last row, whatever the mtime" {
	minutes eth0.csv "$yesterday" 0 10
	touch rec/eth0.csv
	runs pktpipe-nightly rec
	[ "$status" -eq 1 ]
	same "pktpipe-nightly: $yesterday: eth0.csv: no rows since 09:59:00 UTC" \
	    "$stderr"
	same 600,60000 "$(figures "$yesterday")"
	grep -q '<p class="red">eth0.csv: no rows since 09:59:00 UTC</p>' \
	    "reports/$yesterday/report.html"
	same "$(printf '%s\n' recording,place,first,last,rows \
	    "eth0.csv,,$(date -u -d "$yesterday" +%s).000000,$(date -u \
	    -d "$yesterday 09:59" +%s).000000,600")" \
	    "$(cat "reports/$yesterday/recordings.csv")"
	# A day of 24 hours is well, and one with an hour less.
	minutes eth0.csv "$yesterday" 10 23
	runs pktpipe-nightly --date "$yesterday" rec
	same "0||" "$status|$output|$stderr"
}

@test "hours without rows within a day are reported, planned ones are not" {
	minutes eth0.csv "$(ago 2)" 0 24
	minutes eth0.csv "$yesterday" 7 12
	minutes eth0.csv "$yesterday" 15 19
	runs pktpipe-nightly --date "$yesterday" rec
	[ "$status" -eq 1 ]
	same "pktpipe-nightly: $yesterday: eth0.csv: no rows from 00:00:00 to 07:00:00 UTC" \
	    "$stderr"
	for hours in none 07:00-12:00 07:30-11:30,15:00-19:30; do
		runs pktpipe-nightly --expect $hours --date "$yesterday" rec
		same "0||" "$status|$output|$stderr"
	done
	runs pktpipe-nightly --expect 07:00-19:00 --date "$yesterday" rec
	same "1|pktpipe-nightly: $yesterday: eth0.csv: no rows from 12:00:00 to 15:00:00 UTC" \
	    "$status|$stderr"
	runs pktpipe-nightly --expect 17:00-07:00 --date "$yesterday" rec
	[ "$status" -eq 1 ]
}

@test "an interface whose name has a comma is missed like any other" {
	minutes eth0.csv "$(ago 2)" 0 12 '"e,0"'
	minutes eth0.csv "$(ago 2)" 12 24 '"e,1"'
	minutes eth0.csv "$yesterday" 0 24 '"e,0"'
	pktpipe-nightly --expect none --date "$(ago 2)" rec
	runs pktpipe-nightly --expect 20:00-24:00 --date "$yesterday" rec
	same "1|pktpipe-nightly: $yesterday: eth0.csv, e?1: no rows; the last row \
is of $(ago 2) 23:59:00 UTC" "$status|$stderr"
}

@test "a day without rows is reported, with the last row before it" {
	minutes eth0.csv "$(ago 2)" 0 10
	touch rec/eth0.csv
	runs pktpipe-nightly rec
	[ "$status" -eq 1 ]
	same "pktpipe-nightly: $yesterday: eth0.csv: no rows; the last row is of $(ago 2) 09:59:00 UTC" \
	    "$stderr"
	same 0,0 "$(figures "$yesterday")"
}

@test "one of three recordings or interfaces that died is reported by name" {
	for n in 2 1; do
		minutes northwest.csv "$(ago "$n")" 0 24
		minutes south.csv "$(ago "$n")" 0 24
		[ "$n" -eq 1 ] || minutes west.csv "$(ago "$n")" 0 24
		minutes gate.csv "$(ago "$n")" 0 24 eth0
		minutes gate.csv "$(ago "$n")" 0 $((n * 12)) eth1
		[ "$n" -eq 1 ] || minutes gate.csv "$(ago "$n")" 0 20 eth2
	done
	touch rec/*
	runs pktpipe-nightly --date "$(ago 2)" rec
	[ "$status" -eq 1 ]
	same "pktpipe-nightly: $(ago 2): gate.csv, eth2: no rows since 19:59:00 UTC" \
	    "$stderr"
	runs pktpipe-nightly rec
	[ "$status" -eq 1 ]
	same "$(printf "pktpipe-nightly: $yesterday: %s UTC\n" \
	    "gate.csv, eth1: no rows since 11:59:00" \
	    "gate.csv, eth2: no rows; the last row is of $(ago 2) 19:59:00" \
	    "west.csv: no rows; the last row is of $(ago 2) 23:59:00" | sort)" \
	    "$(sort <<< "$stderr")"
}

@test "rotated files are one recording, and a new one need not be whole" {
	minutes eth0.csv "$(ago 2)" 0 24
	mv rec/eth0.csv "rec/eth0.csv-$(ago 2 | tr -d -)-1"
	minutes eth0.csv "$yesterday" 0 12
	mv rec/eth0.csv "rec/eth0.csv-$(ago 1 | tr -d -)-2"
	gzip rec/*-2
	minutes eth0.csv "$yesterday" 12 24
	minutes eth1.csv "$yesterday" 17 24
	touch rec/*
	runs pktpipe-nightly rec
	same "0||" "$status|$output|$stderr"
	same "$((1440 + 420)),$(((1440 + 420) * 100))" "$(figures "$yesterday")"
}

@test "a second run changes nothing, two at a time make one report" {
	recorded eth0.csv "$yesterday" 5
	# Whoever can write there has made links of names that a lock could have.
	mkdir reports
	echo mine > victim
	ln -s ../victim reports/.lock
	ln -s ../victim reports/lock
	pktpipe-nightly --expect none rec 2> err1 & first=$!
	pktpipe-nightly --expect none rec 2> err2 & second=$!
	wait "$first"
	wait "$second"
	[ ! -s err1 ]
	[ ! -s err2 ]
	before=$(stat -c '%i %Y' "reports/$yesterday")
	runs pktpipe-nightly --expect none rec
	[ "$status" -eq 0 ]
	same "$before" "$(stat -c '%i %Y' "reports/$yesterday")"
	same mine "$(cat victim)"
	rm reports/.lock reports/lock
	same "$(printf '%s\n' "$yesterday" daily.csv hourly.csv \
	    index.html)" "$(ls -A reports)"
}

@test "missed nights are caught up, also one in the middle" {
	for n in 5 4 3 2 1; do recorded "eth0.csv-$n" "$(ago $n)" "$n"; done
	pktpipe-nightly --expect none --date "$(ago 5)" rec
	pktpipe-nightly --expect none --date "$(ago 3)" rec
	runs pktpipe-nightly --expect none rec
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	for n in 5 4 3 2 1; do same $n,${n}00 "$(figures "$(ago $n)")"; done
}

@test "a span of days is made anew when asked for" {
	recorded eth0.csv-2 "$(ago 2)" 2
	pktpipe-nightly --expect none --since "$(ago 2)" --until "$yesterday" rec
	recorded eth0.csv-3 "$(ago 2)" 3
	pktpipe-nightly --expect none --since "$(ago 2)" --until "$yesterday" rec
	same 5,500 "$(figures "$(ago 2)")"
	[ ! -e "reports/$yesterday" ]
	same "$(date -u -d "$(ago 2)" +%s).000000,TLS,5,500" \
	    "$(sed 1d reports/daily.csv)"
}

@test "daily and hourly sums are those of all rows" {
	recorded eth0.csv-2 "$(ago 2)" 130
	recorded eth0.csv-1 "$yesterday" 70 DNS
	pktpipe-nightly --expect none --since "$(ago 2)" rec
	# An hour has 60 rows of rows(), a day all of its file.
	a=$(date -u -d "$(ago 2) 01:00" +%s) b=$(date -u -d "$yesterday 01:00" +%s)
	same "$(printf '%s\n' time,proto,packets,bytes \
	    "$a.000000,TLS,60,6000" $((a + 3600)).000000,TLS,60,6000 \
	    $((a + 7200)).000000,TLS,10,1000 "$b.000000,DNS,60,6000" \
	    $((b + 3600)).000000,DNS,10,1000)" "$(cat reports/hourly.csv)"
	same "$(printf '%s\n' time,proto,packets,bytes \
	    $((a - 3600)).000000,TLS,130,13000 \
	    $((b - 3600)).000000,DNS,70,7000)" "$(cat reports/daily.csv)"
	# A report that was thrown away keeps its place in the sums.
	cp reports/daily.csv before
	rm -r "reports/$(ago 2)"
	pktpipe-nightly --expect none --date "$yesterday" rec
	same "$(cat before)" "$(cat reports/daily.csv)"
}

@test "a day is one of UTC, whatever the zone and its changes of the clocks" {
	local day=2025-10-26

	recorded eth0.csv "$day" 1380		# to 23:59:30, a row a minute
	rows 2025-10-25 1 > rec/b.csv
	real_reports
	TZ=Europe/Berlin runs pktpipe-nightly --expect none --date "$day" rec
	[ "$status" -eq 0 ]
	same 1380,138000 "$(figures "$day")"
	same "23 $(date -u -d "$day 23:00" +%s).000000" "$(sed 1d reports/hourly.csv |
	    awk -F, '{ t = $1 } END { print NR, t }')"
	grep -q "$day 01:00:00 to $day 23:59:00 UTC" "reports/$day/report.html"
}

@test "a night without packets or recordings is reported" {
	rows "$yesterday" 0 > rec/eth0.csv
	runs pktpipe-nightly rec
	[ "$status" -eq 1 ]
	same "pktpipe-nightly: $yesterday: eth0.csv: no rows" "$stderr"
	runs pktpipe-nightly --expect none --date "$yesterday" rec
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	same 0,0 "$(figures "$yesterday")"
	grep -q '>0</td>' reports/index.html
	rm -r rec/eth0.csv reports
	runs pktpipe-nightly --expect none rec
	[ "$status" -eq 1 ]
	same "pktpipe-nightly: $yesterday: no recording covers this day" \
	    "$stderr"
	same 0,0 "$(figures "$yesterday")"
}

@test "a damaged recording is told, and the others are reported" {
	recorded eth0.csv "$yesterday" 5
	echo never,192.0.2.1,192.0.2.2,TLS,60 >> rec/eth0.csv
	runs pktpipe-nightly --expect none rec
	[ "$status" -eq 1 ]
	[[ $stderr = *'bad time "never"'* ]]
	[[ $stderr = *"pktpipe-nightly: $yesterday: the report does not cover all packets" ]]
	same 5,500 "$(figures "$yesterday")"
	grep -q never "reports/$yesterday/rejected.csv"
}

@test "a recording being written gives its whole rows, and stays as it is" {
	recorded eth0.csv "$yesterday" 5
	printf '%s' "$(date -u -d "$yesterday" +%s).5,192.0.2.1,192.0.2.9,TLS,12" \
	    >> rec/eth0.csv			# of 1234
	touch -d "$yesterday" rec/eth0.csv
	cp -p rec/eth0.csv copy
	written rec/eth0.csv
	runs pktpipe-nightly --expect none --compress-after 0 --remove-after 0 \
	    --max-disk 0 rec
	[ "$status" -eq 1 ]
	[[ $stderr = *"the other files are open for writing"* ]]
	same 5,500 "$(figures "$yesterday")"
	cmp rec/eth0.csv copy
	# Once nobody writes it, it is a recording like any other.
	kill "$writer"
	wait "$writer" || true
	unset writer
	runs pktpipe-nightly --expect none --remove-after 0 rec
	[ "$status" -eq 0 ]
	[ ! -e rec/eth0.csv ]
}

@test "old recordings are packed without loss, older ones go" {
	for n in 1 2 3 4; do
		recorded "eth0.csv-$n" "$(ago $n)" 9
		recorded "note-$n.txt" "$(ago $n)" 9
	done
	cp -p rec/eth0.csv-3 .
	chmod 640 rec/eth0.csv-3
	runs pktpipe-nightly --expect none --compress-after 1 --remove-after 3 rec
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	same "$(printf '%s\n' eth0.csv-1 eth0.csv-2.zst eth0.csv-3.zst \
	    note-{1,2,3,4}.txt)" "$(ls -A rec)"
	zstd -dcq rec/eth0.csv-3.zst | cmp - eth0.csv-3
	same "640 $(stat -c %Y eth0.csv-3)" \
	    "$(stat -c '%a %Y' rec/eth0.csv-3.zst)"
	pktpipe-nightly --expect none --date "$(ago 3)" rec
	same 9,900 "$(figures "$(ago 3)")"
}

@test "nothing is packed or removed unless asked for" {
	recorded eth0.csv "$(ago 400)" 9
	recorded eth0.csv-1 "$yesterday" 9
	pktpipe-nightly --expect none rec
	same "$(printf '%s\n' eth0.csv eth0.csv-1)" "$(ls -A rec)"
}

@test "a copy left by a killed run is not counted twice" {
	recorded eth0.csv "$yesterday" 5
	zstd -q rec/eth0.csv
	runs pktpipe-nightly --expect none rec
	[ "$status" -eq 0 ]
	same 5,500 "$(figures "$yesterday")"
	same eth0.csv.zst "$(ls rec)"
}

@test "the oldest recordings go until all fit" {
	local block

	for n in 4 3 2 1; do
		recorded "eth0.csv-$n" "$(ago $n)" 1
		truncate -s 0 "rec/eth0.csv-$n"
		head -c 40960 /dev/urandom | base64 > "rec/x.pcap-$n"
		touch -d "$(ago $n) 12:00 UTC" "rec/x.pcap-$n" "rec/eth0.csv-$n"
	done
	block=$(($(stat -c '%b * %B' rec/x.pcap-1)))
	runs pktpipe-nightly --expect none --date "$(ago 9)" --max-disk $((2 * block)) rec
	same "$(printf '%s\n' eth0.csv-{1,2} x.pcap-{1,2})" "$(ls rec)"
}

@test "the index has a line a day, with the change against the median" {
	# 10, 20 ... 150 packets, then 200: 20 and 90 a week or two before.
	recorded eth0.csv-16 "$(ago 16)" 10
	pktpipe-nightly --expect none --date "$(ago 16)" rec
	for n in {15..2}; do
		cp -R "reports/$(ago 16)" "reports/$(ago "$n")"
		awk -F, -v OFS=, -v n="$n" 'NR > 1 { $4 = (17 - n) * 10
		    $5 = $4 * 100 } { print }' "reports/$(ago 16)/summary.csv" \
		    > "reports/$(ago "$n")/summary.csv"
	done
	recorded eth0.csv-1 "$yesterday" 140
	# 60 packets in 6 s are one incident of one source: more than 50.
	awk -v s="$(date -u -d "$yesterday" +%s)" 'BEGIN {
	    for (i = 0; i < 60; i++)
		printf "%.6f,192.0.2.7,192.0.2.9,TLS,100\n", s + i / 10
	    }' >> rec/eth0.csv-1
	real_reports
	pktpipe-nightly --expect none --set demo rec
	same 16 "$(grep -c '<td><a href=' reports/index.html)"
	# The median of the same weekday: the mean of 2000 and 9000.
	change=$(awk 'BEGIN { printf "%+.0f", 100 * (20000 / 5500 - 1) }')
	grep "$yesterday/report.html" reports/index.html |
	    grep -qF ">200</td><td class=\"n\">20.0 kB</td><td class=\"n\">1.00 kB/s</td><td class=\"n\">1</td><td class=\"n\">$change %</td>"
	# More than twice the median is red: yesterday, 15000 after 8000 and 1000,
	# and 8000 to 13000 after 1000 to 6000; exactly twice (14000) is not.
	same 8 "$(grep -c '<tr class="red">' reports/index.html)"
	for n in 1 2 16; do
		grep -q "report.html\">$(date -u -d "$(ago "$n")" '+%a %F')</a>" \
		    reports/index.html
	done
	run ! grep -qiE '<script|javascript:| on[a-z]+=|style="|(src|href)="(http|/)' \
	    reports/index.html
	want=$(sed '1s/^/<style>/' "$ROOT/scripts/lib/page.css" | sed '1s/<style>//' |
	    sha256sum | sed 's/ .*//; s/../\\x&/g')
	want=$(printf '%b' "$want" | base64)
	grep -qF "default-src 'none'; img-src data:; style-src 'sha256-$want'" \
	    reports/index.html
}

@test "the median of three or four weeks is that of their bytes in order" {
	local lib=$ROOT/scripts/lib

	lines 2026-10-26,1,500,1,0,0 2026-11-02,1,100,1,0,0 \
	    2026-11-09,1,300,1,0,0 2026-11-10,1,7,1,0,0 2026-11-16,1,600,1,0,0 \
	    2026-11-23,1,900,1,0,0 >days
	awk -F, -f "$lib/format.awk" -f "$lib/html.awk" \
	    -f "$ROOT/scripts/nightly/index.awk" /dev/null days >page
	# 600 after 500, 100 and 300; 900 after 100, 300, 500 and 600.
	same "$(lines '+125 %' '+100 %' -)" "$(grep -E '11-(23|16|10)/' page |
	    sed -E 's/.*<td class="n">([^<]*)<.*/\1/')"
}

@test "addresses are cut on request, in every file" {
	recorded eth0.csv "$yesterday" 60
	echo "1,badhost 192.0.2.1,192.0.2.2,TLS,60" >> rec/eth0.csv
	real_reports
	runs pktpipe-nightly --expect none --anonymize 16,48 rec
	[ "$status" -eq 1 ]
	same 192.0.0.0,60,6000 "$(sed 1d "reports/$yesterday/sources.csv")"
	run ! grep -rq '192\.0\.2\.' reports
}

@test "the report is mailed with its figure inside" {
	recorded eth0.csv "$yesterday" 5
	mkdir bin
	# shellcheck disable=SC2016  # for the fake to expand
	printf '#!/bin/sh\necho "$@" > args\ncat > mail\n' > bin/sendmail
	chmod +x bin/sendmail
	real_reports
	PATH=$PWD/bin:$PATH runs pktpipe-nightly --expect none --mail noc@example.org rec
	[ "$status" -eq 0 ]
	same "-t -oi" "$(cat args)"
	same "To: noc@example.org" "$(head -n 1 mail)"
	[[ $(sed -n 2p mail) = "Subject: Traffic on $(uname -n), $yesterday: 5 packets, 500 B" ]]
	cid=$(sed -n 's/^Content-ID: <\(.*\)>$/\1/p' mail)
	grep -qF "<img src=\"cid:$cid\"" mail
	sed -n '/^Content-ID/,$p' mail | sed '1,/^$/d; /^--/,$d' | base64 -d |
	    cmp - "reports/$yesterday/report.png"
	# Each part begins, and the whole ends, with the boundary of the head.
	mark=$(sed -n 's/^Content-Type: multipart\/related; boundary="\(.*\)";$/\1/p' mail)
	same 2 "$(grep -cx -e "--$mark" mail)"
	same "--$mark--" "$(tail -n 1 mail)"
	printf '#!/bin/sh\nexit 75\n' > bin/sendmail
	PATH=$PWD/bin:$PATH runs pktpipe-nightly --expect none --date "$yesterday" \
	    --mail noc@example.org rec
	[ "$status" -eq 1 ]
	[[ $stderr = *"the mail could not be sent" ]]
}

@test "a day has its weekday, its links, 24 hours and the title" {
	for n in 3 2 1; do recorded "eth0.csv-$n" "$(ago $n)" 20; done
	PATH=$ROOT/scripts:$PATH runs pktpipe-nightly --expect none \
	    --title 'Site <A> \ "x"' --since "$(ago 3)" rec
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	a=$(ago 3) b=$(ago 2) c=$(ago 1)
	grep -qF "<nav> <a href=\"../$a/report.html\">&#8592; $a</a> <a href=\"../index.html\">All days</a> <a href=\"../$c/report.html\">$c &#8594;</a></nav>" \
	    "reports/$b/report.html"
	grep -qF "<nav> <a href=\"../index.html\">All days</a> <a href=\"../$b/report.html\">$b &#8594;</a></nav>" \
	    "reports/$a/report.html"
	same 1 "$(grep -c '<nav>' "reports/$c/report.html")"
	grep -qF "<h1>$(date -u -d "$b" '+%A %F') - Site &lt;A&gt; ? &quot;x&quot;</h1>" \
	    "reports/$b/report.html"
	grep -qF '<h1>Site &lt;A&gt; ? &quot;x&quot;</h1>' reports/index.html
	# Twenty minutes of packets, on an axis of a day.
	for at in 00:00 06:00 12:00 18:00; do
		grep -q ">$at<" "reports/$b/report.svg"
	done
	# The next run gives the last day a link to the day after it.
	recorded eth0.csv-0 "$b" 20
	rm -r "reports/$c"
	pktpipe-nightly --expect none --date "$b" rec
	run ! grep -q '&#8594;' "reports/$b/report.html"
	pktpipe-nightly --expect none rec
	grep -q '&#8594;' "reports/$b/report.html"
	# Without a title it is the host's name.
	grep -qF "<h1>Traffic on $(uname -n)</h1>" reports/index.html
}

# busy DAY TIME: sixty packets more in that minute of the day.
busy() {
	packets 60 "$(date -u -d "$1 $2" +%s).25" 0.5
}

# two_days FIRST: a recording of two days from one on, of 1 to 3 packets a
# minute.
two_days() {
	awk -v start="$(date -u -d "$1" +%s)" 'BEGIN { x = 1
	    for (i = 0; i < 2880; i++) for (j = (x = x * 16807 % 2147483647) % \
		3; j >= 0; j--) printf "%d.%d,192.0.2.1,192.0.2.2,TLS,100\n",
		start + 60 * i, j }'
}

@test "rates that are not what they usually are are listed, known ones not" {
	{
		echo time,src,dst,proto,len
		two_days "$(ago 4)"
		two_days "$(ago 2)"
		busy "$(ago 2)" 10:00
		busy "$yesterday" 10:30
		busy "$yesterday" 20:00
	} > rec/eth0.csv
	runs pktpipe-nightly --expect none --since "$(ago 4)" rec
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	same 1 "$(wc -l < "reports/$(ago 3)/unusual.csv")"
	busy=reports/$(ago 2)/unusual.csv
	same "$(date -u -d "$(ago 2) 10:00" +%s).000000,rate-high,medium,,,TLS" \
	    "$(grep ,start, "$busy" | cut -d, -f1-6)"
	# Half an hour later than the day before it is known, in the evening not.
	same 2 "$(grep -c ,60,start, "reports/$yesterday/unusual.csv")"
	page=reports/$yesterday/report.html
	same 1 "$(grep -c 'rate-high (medium): TLS: ' "$page")"
	grep -qF '<td>20:00:00</td><td>rate-high (medium): TLS: ' "$page"
	# A day made again is the same.
	cp "reports/$yesterday/unusual.csv" before
	pktpipe-nightly --expect none --date "$yesterday" rec
	cmp before "reports/$yesterday/unusual.csv"
	# From the third day on, the report gets the usual range.
	same "$(lines "$(ago 2)" "$yesterday" "$yesterday")" "$(cat usual)"
	same 289 "$(grep -c , reports/"$yesterday"/usual.csv)"
	# What was learnt by another version is given up.
	echo bad > "reports/$(ago 2)/minutes.state"
	runs pktpipe-nightly --expect none --date "$yesterday" rec
	[ "$status" -eq 1 ]
	[[ $stderr == *"not a state of rateflag"*"$yesterday: usual rates are learnt anew"* ]]
}

@test "a day is compared with the same one a week before, or the day before" {
	recorded eth0.csv "$yesterday" 5
	pktpipe-nightly --expect none rec
	[ ! -e other ]
	for n in 2 8; do
		cp -R "reports/$yesterday" "reports/$(ago "$n")"
		touch "reports/$(ago "$n")/"{rate,protocols,sources}.csv
	done
	pktpipe-nightly --expect none --date "$yesterday" rec
	same "$(ago 8)" "$(cat other)"
	rm "reports/$(ago 8)/sources.csv"
	pktpipe-nightly --expect none --date "$yesterday" rec
	same "$(ago 2)" "$(cat other)"
}

@test "the mail has the alerts, and the worst of them in its subject" {
	local s

	minutes eth0.csv "$yesterday" 0 10
	s=$(date -u -d "$yesterday 09:59:01" +%s)
	packets 60 "$s" 0.1 192.0.2.7 >> rec/eth0.csv
	{
		echo 'rule lots severity=high track=by_src packets=58 seconds=1m'
		echo 'rule two severity=low track=by_src packets=1 seconds=1m' \
		    'proto=SSH'
	} > own$'\n'
	awk -v t="$s" 'BEGIN { for (i = 0; i < 110; i++)
		print t ".5,10.0.0." int(i / 2) ",10.1.0.1,SSH,100" }' \
	    >> rec/eth0.csv
	mkdir bin
	# shellcheck disable=SC2016  # for the fake to expand
	printf '#!/bin/sh\ncat > mail\n' > bin/sendmail
	chmod +x bin/sendmail
	real_reports
	PATH=$PWD/bin:$PATH runs pktpipe-nightly --rules own$'\n' --title Site \
	    --mail root rec
	[ "$status" -eq 1 ]
	[[ $(sed -n 2p mail) = "Subject: [high alert, rows missing] Site, $yesterday: 770 packets, "* ]]
	# In the plain text, and again in the HTML.
	want="$(date -u -d "@$((s + 5))" +%T) UTC lots (high): from 192.0.2.7, 59 packets in 1 min, threshold 58"
	same 2 "$(grep -cxF "$want" mail)"
	same 2 "$(grep -cxF 'eth0.csv: no rows since 09:59:06 UTC' mail)"
	# More than 50 are counted, and the reader is told where the report is.
	same "56 alerts:|50|and 6 more|The report on $(uname -n): $PWD/reports/$yesterday/report.html" \
	    "$(awk '/UTC (lots|two) / { n++ } / alerts:$/ { print }
	    /^and .* more$/ { print n; print } /^The report on / { print; exit }' \
	    mail | paste -sd '|')"
	# Both are above the tables, and on the line of the day in the index.
	same "$want" "$(sed '/^PROTOCOL/,$d' mail | grep 'UTC lots')"
	grep -q '>Site</h1>' reports/index.html
	grep "$yesterday/report.html" reports/index.html |
	    grep -q '</a> rows missing</td>.*>56, 1 high</td>'
	# Nothing of the kind: nothing in the subject.
	PATH=$PWD/bin:$PATH runs pktpipe-nightly --expect none --mail root \
	    --date "$yesterday" rec
	[ "$status" -eq 0 ]
	[[ $(sed -n 2p mail) = "Subject: Traffic on $(uname -n), $yesterday: "* ]]
	same 2 "$(grep -cx 'No alerts[.]' mail)"
	run ! grep -q 'rows missing' reports/index.html
}

@test "a run that was killed is mended by the next" {
	recorded eth0.csv "$yesterday" 5
	pktpipe-nightly --expect none rec
	mv "reports/$yesterday" "reports/.$yesterday.old"
	mkdir reports/.night.killed
	runs pktpipe-nightly --expect none rec
	[ "$status" -eq 0 ]
	same 5,500 "$(figures "$yesterday")"
	same "$(printf '%s\n' "$yesterday" daily.csv hourly.csv \
	    index.html)" "$(ls -A reports)"
}

@test "a night whose report fails is told, and tried again the next time" {
	recorded eth0.csv-2 "$(ago 2)" 2
	recorded eth0.csv-1 "$yesterday" 5
	pktpipe-nightly --expect none --date "$(ago 2)" rec
	real_reports
	mkdir bin
	printf '#!/bin/sh\nexit 3\n' > bin/gnuplot
	chmod +x bin/gnuplot
	PATH=$PWD/bin:$PATH runs pktpipe-nightly --expect none rec
	[ "$status" -eq 3 ]
	[[ $stderr = *"pktpipe-nightly: $yesterday: no report, status 3" ]]
	[ ! -e "reports/$yesterday" ]
	PATH=$BATS_FILE_TMPDIR/suite/scripts:$PATH pktpipe-nightly --expect none rec
	same 5,500 "$(figures "$yesterday")"
}

# on_full_disk: a good report; then, for each room that is left on the disk, one
# of twice as many rows.  Run where the disk can be mounted.
on_full_disk() {
	local left

	mkdir small
	mount -t tmpfs -o size=400k none small
	pktpipe-nightly --expect none -o small/reports rec
	cp -R "small/reports/$yesterday" good
	recorded eth0.csv "$yesterday" 1000
	for left in 0 2 12 30; do
		touch -d "$(ago 3)" "rec/old-$left.csv"
		head -c $((($(stat -fc %a small) - left) * 4096)) /dev/zero \
		    > small/filler
		pktpipe-nightly --expect none --date "$yesterday" \
		    --remove-after 2 -o small/reports rec 2> err && return 1
		echo "$? $left" >> statuses
		[ "$(grep -c '^pktpipe-nightly: ' err)" -gt 0 ]
		diff -r good "small/reports/$yesterday" || return
		rm small/filler
	done
	rm -r "small/reports/$yesterday"/[f-z]*
	pktpipe-nightly --expect none -o small/reports rec
}

@test "on a full disk a good report stays, old files go, and it is made later" {
	recorded eth0.csv "$yesterday" 5
	export -f on_full_disk recorded rows packets ago
	export today yesterday
	runs unshare --mount --propagation unchanged bash -euo pipefail -c 'on_full_disk
	    cp -R small/reports reports'
	[ "$status" -eq 0 ]
	same "$(printf '3 %s\n' 0 2 12 30)" "$(cat statuses)"
	same eth0.csv "$(ls rec)"
	same 1000,100000 "$(figures "$yesterday")"
	same "$(printf '%s\n' "$yesterday" daily.csv hourly.csv index.html)" \
	    "$(ls -A reports)"
}

@test "a report that lacks files stops neither the index nor the cleaning" {
	recorded eth0.csv-2 "$(ago 2)" 2
	recorded eth0.csv-1 "$yesterday" 5
	mkdir -p "reports/$(ago 3)" "reports/$(ago 2)"
	: > "reports/$(ago 3)/summary.csv"
	runs pktpipe-nightly --expect none --date "$yesterday" \
	    --remove-after 0 rec
	[ "$status" -eq 0 ]
	same 1 "$(grep -c '^<tr><td><a ' reports/index.html)"
	same '' "$(ls rec)"
}

@test "names of files are neither options nor commands" {
	# shellcheck disable=SC2016  # the name is meant to look so
	odd='-a `touch x` $(touch y)'$'\n''.csv'
	recorded "$odd" "$yesterday" 5
	runs pktpipe-nightly --expect none --compress-after 0 -o 'o u"t' rec
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	[ ! -e x ]
	[ ! -e y ]
	[ -e "rec/$odd.zst" ]
	[ -e "o u\"t/$yesterday/report.html" ]
	mv rec -- '-r=1,(2'
	runs pktpipe-nightly --expect none --output=o=1 -- '-r=1,(2'
	same "0||" "$status|$output|$stderr"
	grep -qF ">5</td><td class=\"n\">500 B</td>" o=1/index.html
}

@test "reports may be in any directory, and are not made if a list fails" {
	recorded a.csv "$yesterday" 3
	recorded b.csv "$yesterday" 2
	runs pktpipe-nightly --expect none -o $'new\nline' rec
	same "0||" "$status|$output|$stderr"
	same 0,0,0,5,500,100 "$(sed -n 2p $'new\nline'/"$yesterday"/summary.csv)"
	mkdir fake
	lines '#!/bin/sh' 'exit 2' > fake/sort
	chmod +x fake/sort
	PATH=$PWD/fake:$PATH runs pktpipe-nightly -o out rec
	same "3||pktpipe-nightly: cannot list the recordings" \
	    "$status|$output|$stderr"
	same "" "$(ls -A out)"
	# One that fails in the pipeline of a step, which is told once.
	lines '#!/bin/sh' 'case "$*" in *-T*) exit 2 ;; esac' \
	    'exec /usr/bin/sort "$@"' > fake/sort
	PATH=$PWD/fake:$PATH runs pktpipe-nightly -o out rec
	same "3||pktpipe-nightly: $yesterday: a step failed" \
	    "$status|$output|$stderr"
	[ ! -e "out/$yesterday" ]
}

@test "^C leaves no report, whatever has been done" {
	recorded a.csv "$yesterday" 3
	mkdir fake
	# The last program before the report is moved into its place.
	lines '#!/bin/sh' "trap '' INT" 'kill -INT 0' > fake/chmod
	chmod +x fake/chmod
	PATH=$PWD/fake:$PATH runs setsid --wait env --default-signal=INT \
	    pktpipe-nightly --expect none -o out rec
	same "130||" "$status|$output|$stderr"
	same "" "$(ls -A out)"
}

@test "usage errors are status 2 and touch nothing" {
	for args in "--no-such rec" "--date yesterday rec" "--date $today rec" \
	    "--date 2025-02-30 rec" "--since $today rec" \
	    "--until 2999-01-01 rec" "--max-disk much rec" \
	    "--compress-after x rec" "--anonymize 16 rec" "--mail a;b rec" \
	    "-o rec rec" "rec rec" "-o" "--set nosuch rec" \
	    "--rules missing rec" "--expect 8-20 rec" \
	    "--expect 24:00-25:00 rec" "--expect , rec"; do
		# shellcheck disable=SC2086  # several words
		runs pktpipe-nightly $args
		[ "$status" -eq 2 ] || { echo "$args"; false; }
		[ -z "$output" ]
		[[ $stderr = pktpipe-nightly:* ]] || [[ $stderr = ipflag:* ]]
	done
	runs pktpipe-nightly
	[ "$status" -eq 2 ]
	[[ $stderr = usage:* ]]
	runs pktpipe-nightly missing
	[ "$status" -eq 3 ]
	same rec "$(find . -mindepth 1 -maxdepth 1 | sort | cut -c3- | paste -sd " ")"
}

@test "help and the manual show one synopsis" {
	runs pktpipe-nightly --help
	[ "$status" -eq 0 ]
	same "$(mandoc -T ascii "$ROOT/man/pktpipe-nightly.1" |
	    awk '{ gsub(".\b", "") } /^SYNOPSIS/ { on = 1; next }
		/^[A-Z]/ { on = 0 } on' |
	    tr -s ' \n\t' '   ' | sed 's/^ //; s/ $//')" \
	    "$(tr -s ' \n' '  ' <<< "${output#usage: }" | sed 's/ $//')"
}

@test "installed, it finds its own files and the programs" {
	recorded eth0.csv "$yesterday" 5
	make -C "$ROOT" -s install "B=${PKTPIPE_BIN:-build}" \
	    PREFIX="$PWD/usr" > /dev/null
	runs env PATH=/usr/bin:/bin "$PWD/usr/bin/pktpipe-nightly" \
	    --expect none rec
	[ "$status" -eq 0 ]
	same 5,500 "$(figures "$yesterday")"
	same "$(printf '\x89PNG\r\n\x1a')" \
	    "$(head -c 7 "reports/$yesterday/report.png")"
}
