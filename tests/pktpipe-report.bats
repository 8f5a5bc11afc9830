#!/usr/bin/env bats
# pktpipe-report: pictures, a page and tables, whole or not at all
# SPDX-License-Identifier: ISC

load helper

# Reports that several tests look at: of NAME.EXTENSION in NAME/out, with what
# was printed in NAME/stdout and NAME/stderr, and the status in NAME/status.
setup_file() {
	local file dir status

	for file in "$DATA/dns.pcap" "$DATA/demo.pcapng"; do
		dir=$BATS_FILE_TMPDIR/$(basename "${file%.*}")
		mkdir "$dir"
		cd "$dir" || return
		status=0
		pktpipe-report -o out "$file" >stdout 2>stderr || status=$?
		echo "$status" >status
	done
}

setup() {
	MADE=$BATS_FILE_TMPDIR
	mkdir "$BATS_TEST_TMPDIR/here" "$BATS_TEST_TMPDIR/fake"
	cd "$BATS_TEST_TMPDIR/here" || return
}

# Reports have no real pictures from here on.
tables_only() {
	without_pictures "$BATS_TEST_TMPDIR/fake"
}

# The figures of the page are drawn, those of PNG and PDF are not.
# shellcheck disable=SC2016  # for the stand-in to expand
drawings_only() {
	local gnuplot fake=$BATS_TEST_TMPDIR/fake

	gnuplot=$(command -v gnuplot)
	tables_only
	mv "$fake/gnuplot" "$fake/none"
	lines '#!/bin/sh' 'case $2 in' "*.svg*) exec '$gnuplot' \"\$@\" ;;" \
	    "esac; exec '$fake/none' \"\$@\"" >"$fake/gnuplot"
	chmod +x "$fake/gnuplot"
}

# rows N SRC PROTO STEP: N packets of 100 bytes from time 1000 on.
rows() {
	packets "$1" 1000 "$4" "$2" "$3"
}

table() {
	echo time,src,dst,proto,len
	cat
}

@test "a capture gives all files, and nothing else stays behind" {
	cd "$MADE/dns"
	[ "$(cat status)" -eq 0 ]
	[ ! -s stdout ]
	[ ! -s stderr ]
	same "$(lines alerts.csv conversations.csv destinations.csv flagged.csv \
	    pairs.csv ports.csv protocols.csv rate-by-protocol.csv rate.csv \
	    rejected.csv report.html report.pdf report.png report.svg \
	    selected.csv sources.csv summary.csv suspicious.csv traffic.csv)" \
	    "$(ls -A out)"
	[ "$(head -c 8 out/report.png | od -An -tx1)" = \
	    " 89 50 4e 47 0d 0a 1a 0a" ]
	[ "$(head -c 5 out/report.pdf)" = %PDF- ]
	[ "$(grep -c '^</svg>$' out/report.svg)" -eq 1 ]
}

@test "the summary has the packets and bytes of the independent truth" {
	cd "$MADE/demo"
	want=$(awk -F, 'NR > 1 { n++; b += $6 } END { print n "," b }' \
	    "$DATA/demo.pcapng.truth.csv")
	same "$want" "$(sed 1d out/summary.csv | cut -d, -f4,5)"
	same "$(wc -l < "$DATA/demo.pcapng.truth.csv")" \
	    "$(wc -l < out/traffic.csv)"
}

@test "names tell nothing: a table and packed captures are told by bytes" {
	cp "$DATA/dns.pcap.zst" a.csv
	rows 3 192.0.2.1 TLS 1 | table | gzip > b.pcap
	tables_only
	pktpipe-report -o out a.csv b.pcap
	same "$(($(wc -l < "$DATA/dns.pcap.truth.csv") + 3))" \
	    "$(wc -l < out/traffic.csv)"
}

@test "tables and captures may come from pipes" {
	tables_only
	runs pktpipe-report -o out <(pcap2csv "$DATA/dns.pcap") \
	    <(cat "$DATA/tls.pcap") - < <(pcap2csv "$DATA/http.pcapng")
	same "0|" "$status|$stderr"
	same "$(pcap2csv "$DATA/dns.pcap" "$DATA/tls.pcap" "$DATA/http.pcapng" |
	    protobw)" "$(cat out/protocols.csv)"
}

@test "traffic.csv given again makes the same tables" {
	cp -R "$MADE/demo/out" one
	tables_only
	pktpipe-report -o two one/traffic.csv
	for f in protocols rate rate-by-protocol sources selected flagged; do
		same "$(cat one/$f.csv)" "$(cat two/$f.csv)"
	done
	pktpipe-report -o one one/traffic.csv
	same "$(cat two/traffic.csv)" "$(cat one/traffic.csv)"
}

@test "mean, peak and 95th percentile are those of the seconds" {
	tables_only
	# 40 seconds of 100 bytes, of which 3 have 1000, 2000 and 9000 more.
	{
		rows 40 192.0.2.1 TLS 1
		printf '%s,192.0.2.1,192.0.2.9,TLS,%s\n' 1005.5 1000 1010.5 \
		    2000 1020.5 9000
	} | table > t.csv
	pktpipe-report -o out t.csv
	# 16000 bytes in 39 s; the 38th of 40 in order.
	same 1000.000000,1039.000000,39.000000,43,16000,410,9100,1100,1,2000,0,0,0 \
	    "$(sed 1d out/summary.csv)"
	same "$(lines 1010.000000,2,2100,1 1020.000000,2,9100,1)" \
	    "$(grep ',1$' out/rate.csv)"
	pktpipe-report --spike 2500 -o out t.csv
	same 1020.000000,2,9100,1 "$(grep ',1$' out/rate.csv)"
}

@test "no mean is above its peak, and sums of nothing or of too much are drawn" {
	drawings_only
	# 50 seconds of 100 bytes; the last packet is 49 s after the first.
	rows 50 192.0.2.1 TLS 1 | table > t.csv
	pktpipe-report -o out t.csv
	same 49.000000,50,5000,100,100 "$(sed 1d out/summary.csv | cut -d, -f3-7)"
	same TLS,50,5000,100.00,100,100 "$(sed 1d out/selected.csv | cut -d, -f1-6)"
	sed -i 's/,100$/,0/' t.csv
	runs pktpipe-report -o out t.csv
	same "0||49.000000,50,0,0,0" \
	    "$status|$stderr|$(sed 1d out/summary.csv | cut -d, -f3-7)"
	lines time,src,proto,packets,bytes 1000,192.0.2.1,TLS,1,9223372036854775807 \
	    1001,192.0.2.2,TLS,0,0 > t.csv
	runs pktpipe-report -o out t.csv
	same "0||1" "$status|$stderr|$(sed 1d out/summary.csv | cut -d, -f4)"
}

@test "spikes stand out from the bins that had traffic, however few" {
	tables_only
	# A second in ten has 10,000 to 19,000 bytes; one has 90,000.
	{
		awk 'BEGIN { for (i = 0; i < 40; i++) printf \
		    "%d,192.0.2.1,192.0.2.9,TLS,%d\n", 1000 + 10 * i, \
		    10000 + i % 10 * 1000 }'
		echo 1205,192.0.2.1,192.0.2.9,TLS,90000
	} | table > t.csv
	pktpipe-report -o out t.csv
	same 1205.000000,1,90000,1 "$(grep ',1$' out/rate.csv)"
	# By a sort: the 31st of 41 is the upper quartile, the 11th the lower.
	same "$(grep -v time t.csv | cut -d, -f5 | sort -n | awk '{ v[NR] = $1 }
	    END { f = v[31] + 3 * (v[31] - v[11]); m = 3 * v[21]
		print (f > m ? f : m) }')" \
	    "$(sed 1d out/summary.csv | cut -d, -f10)"
	# Equal seconds with gaps have none.
	rows 40 192.0.2.1 TLS 30 | sed 's/100$/60000/' | table > t.csv
	pktpipe-report -o out t.csv
	run ! grep ',1$' out/rate.csv
}

@test "fifty packets in any ten seconds are not flagged, fifty-one are" {
	tables_only
	{
		# 51 in exactly 10 s: the first and last share no window.
		rows 51 192.0.2.1 TLS 0.2
		# 51 within 9.5 s that lie in eleven seconds of the clock.
		rows 51 192.0.2.2 TLS 0.19 | awk -F, -v OFS=, '{
			$1 = sprintf("%.6f", $1 + 0.7); print }'
		rows 60 192.0.2.3 TLS 0.001
	} | table > t.csv
	pktpipe-report --set demo -o out t.csv
	same "192.0.2.2 192.0.2.3" \
	    "$(sed 1d out/flagged.csv | cut -d, -f1 | sort | paste -sd ' ')"
	pktpipe-report --set demo --flag 59 -o out t.csv
	same 192.0.2.3,60 "$(sed 1d out/flagged.csv | cut -d, -f1,5)"
}

@test "rows out of order are put in order for the rules" {
	tables_only
	# 26 packets at the end of second 1000, 26 at the start of 1010.
	awk 'BEGIN { for (i = 0; i < 26; i++) {
		printf "%.6f,192.0.2.7,192.0.2.9,TLS,60\n", 1000.9 + i / 1000
		printf "%.6f,192.0.2.7,192.0.2.9,TLS,60\n", 1010.1 + i / 1000
	} }' | table > t.csv
	runs pktpipe-report --set demo -o out t.csv
	[ -z "$stderr" ]
	# The 51st packet is the 25th of the second group.
	same 192.0.2.7,medium,1,src-rate,52,1010.124000 \
	    "$(sed 1d out/flagged.csv)"
}

@test "a scan is flagged if the rows have ports and flags" {
	drawings_only
	{
		echo time,src,dst,proto,len,dport,flags
		awk 'BEGIN { for (i = 1; i <= 40; i++) printf \
		    "%d.000000,192.0.2.66,192.0.2.9,TCP,60,%d,S\n", \
		    1000 + i, i }'
	} > t.csv
	runs pktpipe-report -o out t.csv
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	same 192.0.2.66,port-scan,0 \
	    "$(sed 1d out/flagged.csv | cut -d, -f1,4,5)"
	for f in svg html; do
		grep -qF '>port-scan<' out/report.$f
	done
	echo 'rule victim severity=high track=by_dst packets=5 seconds=60' \
	    > victim.rules
	pktpipe-report --rules victim.rules -o out t.csv
	same 1 "$(wc -l < out/flagged.csv)"
	grep -qF '>none: no alert has a source<' out/report.svg
	cut -d, -f1-5 t.csv > five.csv
	runs pktpipe-report -o out five.csv
	[ -z "$stderr" ]
	same 1 "$(wc -l < out/flagged.csv)"
}

@test "the scan of a capture is flagged" {
	# The source of SYNs to most ports of one host, by awk over the rows.
	want=$(pcap2csv --fields time,src,dst,proto,len,dport,flags \
	    "$DATA/demo.pcapng" | awk -F, '$7 == "S" && !seen[$2, $3, $6]++ {
		if (++n[$2, $3] > top) { top = n[$2, $3]; src = $2 } }
	    END { print src }')
	grep -q "^$want,.*port-scan" "$MADE/demo/out/flagged.csv"
	grep -qF 'What the built-in rules find is in pktpipe-rules(5).' \
	    "$MADE/demo/out/report.html"
}

@test "suspicious protocols are red, by share or by name" {
	tables_only
	{
		rows 80 192.0.2.1 TLS 1
		rows 9 192.0.2.1 ICMP 1
		rows 2 192.0.2.1 TELNET 1
	} | table > t.csv
	pktpipe-report -o out t.csv
	same TELNET "$(sed 1d out/suspicious.csv | cut -d, -f1)"
	rows 9 192.0.2.1 ICMP 1 >> t.csv
	pktpipe-report -o out t.csv
	same "ICMP TELNET" \
	    "$(sed 1d out/suspicious.csv | cut -d, -f1 | sort | paste -sd ' ')"
	grep -q '<tr class="red"><td class="s">ICMP' out/report.html
	run ! grep -q '<tr class="red"><td class="s">TLS' out/report.html
}

@test "the page allows its own style by its hash, and runs nothing" {
	cd "$MADE/dns"
	want=$(awk '/<style>/ { on = 1 } on { print }
	    /<\/style>/ { exit }' out/report.html |
	    sed 's/^<style>//; s/<\/style>$//' | head -c -1 |
	    sha256sum | sed 's/ .*//; s/../\\x&/g')
	want=$(printf '%b' "$want" | base64)
	grep -qF "content=\"default-src 'none'; img-src data:; style-src 'sha256-$want'\"" \
	    out/report.html
	run ! grep -qiE '<script|javascript:| on[a-z]+=|style="|(src|href)="(http|/)' \
	    out/report.html
}

# shares FILE: of each source its share of all bytes, the largest first, by awk.
shares() {
	awk -F, 'NR > 1 { b[$2] += $5; all += $5 } END { for (s in b)
		printf "%d %s %.1f\n", b[s], s, 100 * b[s] / all }' "$1" |
	    sort -k 1,1nr | cut -d ' ' -f 2-
}

@test "top sources are those of all protocols, with one share everywhere" {
	drawings_only
	# Half of the traffic has none of the four protocols of old.
	{
		rows 50 192.0.2.1 TLS 1
		rows 30 192.0.2.2 HTTP 1
		rows 13 192.0.2.3 DNS 1
		rows 7 192.0.2.1 SSH 1
	} | table > t.csv
	for args in '' '-p all' '-p All' '-p TLS,all'; do
		# shellcheck disable=SC2086  # several words
		runs pktpipe-report --print $args -o out t.csv
		[ "$status" -eq 0 ]
		[ -z "$stderr" ]
		same "$(lines "192.0.2.1 57.0" "192.0.2.2 30.0" "192.0.2.3 13.0")" \
		    "$(shares t.csv)"
		same "$(shares t.csv)" "$(sed -n '/^SOURCE/,/^$/p' <<< "$output" |
		    awk 'NF > 4 && NR > 1 { print $1, $4 }')"
		same "$(shares t.csv)" "$(sed -n '/<h2>Top sources/,/<.section>/{
		    s/^<tr><td>\([^<]*\)<.*>\([0-9.]*\) %<.*/\1 \2/p; }' \
		    out/report.html)"
		for share in 57.0 30.0 13.0; do
			grep -q ">[0-9.]* kB   $share %<" out/report.svg
		done
		same "TLS HTTP DNS SSH" \
		    "$(sed 1d out/selected.csv | cut -d, -f1 | paste -sd ' ')"
	done
	# In words, first of all.
	dst=$(sed 1d t.csv | cut -d, -f3 | sort -u)
	grep -qxF "<p>TLS has 50.0 % of the bytes, HTTP 30.0 %, DNS 13.0 %. \
192.0.2.1 sent most, 57.0 %; $dst received most, 100.0 %.</p>" out/report.html
	grep -qxF '<p>The rules of home found nothing.</p>' out/report.html
}

@test "the tables on a terminal have ten rows and the sum of the others" {
	local i

	tables_only
	for i in {1..130}; do packets "$i" 1000 1 "192.0.2.$i" TLS; done |
	    table > t.csv
	pktpipe-report --print -o out t.csv > said
	# 1 + 2 + ... + 120 are 7,260 of 8,515.
	same "192.0.2.121 121 12,100 1.4 %
REST 7,260 726,000 85.3 %" "$(sed -n '/^SOURCE/,/^$/p' said | sed -n '11,12s/  */ /gp')"
	same 1 "$(grep -c ^REST said)"
}

@test "-p selects protocols, and shares remain those of all traffic" {
	drawings_only
	{
		rows 50 192.0.2.1 TLS 1
		rows 30 192.0.2.2 HTTP 1
		rows 20 192.0.2.1 DNS 1
	} | table > t.csv
	runs pktpipe-report --print -p http,dns,SMTP -o out t.csv
	[ "$status" -eq 0 ]
	same "192.0.2.2 30.0 192.0.2.1 20.0" \
	    "$(sed -n '/^SOURCE/,/^$/p' <<< "$output" |
	    awk 'NF > 4 && NR > 1 { print $1, $4 }' | paste -sd ' ')"
	grep -q '>3.00 kB   30.0 %<' out/report.svg
	grep -q '>bytes sent as HTTP, DNS, SMTP and share of all traffic' \
	    out/report.svg
	grep -qF '<p>Bytes sent as HTTP, DNS, SMTP; the share is of all traffic.</p>' \
	    out/report.html
	same "HTTP,30,3000,30.00 DNS,20,2000,20.00 SMTP,0,0,0.00" \
	    "$(sed 1d out/selected.csv | cut -d, -f1-4 | paste -sd ' ')"
}

@test "a file's name is neither markup nor a command" {
	drawings_only
	# shellcheck disable=SC2016  # the name is meant to look so
	odd='-a<b>"&`touch x`$(touch y)'\''{_}'$'\n''%.csv'
	rows 3 192.0.2.1 TLS 1 | table > "./$odd"
	runs pktpipe-report -o 'o u"t' -- "$odd"
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	[ ! -e x ]
	[ ! -e y ]
	# shellcheck disable=SC2016  # a file's name, to be left alone
	grep -qF '<h1>-a&lt;b&gt;&quot;&amp;`touch x`$(touch y)&#39;{_}\x0a%.csv</h1>' \
	    'o u"t/report.html'
}

@test "an empty capture gives a calm report" {
	head -c 24 "$DATA/dns.pcap" > empty.pcap
	runs pktpipe-report --print -o out empty.pcap
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	[[ $output = "no packets"* ]]
	grep -q 'It contains no packets' out/report.html
	run ! grep -qE '<figure|<h2>' out/report.html
	grep -q 'no packets' out/report.svg
}

@test "an empty file is status 3 with pcap2csv's message, and changes nothing" {
	mkdir out
	echo earlier > out/report.html
	: > empty.pcap
	gzip -k empty.pcap
	tables_only
	for f in empty.pcap empty.pcap.gz -; do
		runs pktpipe-report --print -o out "$f" < /dev/null
		[ "$status" -eq 3 ]
		[ -z "$output" ]
		same "$(lines "pcap2csv: ${f/#-/stdin}: empty, want a pcap or pcapng capture" \
		    "pktpipe-report: no packet could be read")" "$stderr"
		same report.html "$(ls -A out)"
		same earlier "$(cat out/report.html)"
	done
	# The other files are reported.
	rows 3 192.0.2.1 TLS 1 | table > t.csv
	runs pktpipe-report -o out empty.pcap t.csv
	[ "$status" -eq 3 ]
	same "pcap2csv: empty.pcap: empty, want a pcap or pcapng capture" \
	    "$stderr"
	same 3 "$(sed 1d out/summary.csv | cut -d, -f4)"
	grep -q 'Not all of the input could be read' out/report.html
}

@test "a capture cut short still gives a report, with status 1" {
	tables_only
	head -c 3000 "$DATA/dns.pcap" > cut.pcap
	runs pktpipe-report -o out cut.pcap
	[ "$status" -eq 1 ]
	[[ $stderr = pcap2csv:\ cut.pcap:* ]]
	grep -q 'Not all of the input could be read' out/report.html
}

@test "dropped rows are kept aside, with status 1" {
	tables_only
	{ rows 3 192.0.2.1 TLS 1; echo never,192.0.2.1,192.0.2.2,TLS,60; } |
	    table > t.csv
	runs pktpipe-report -o out t.csv
	[ "$status" -eq 1 ]
	same 4 "$(wc -l < out/traffic.csv)"
	grep -q never out/rejected.csv
	grep -q 'because they are not packets: 1 (see rejected.csv)' out/report.html
	same 1 "$(sed 1d out/summary.csv | cut -d, -f11)"
}

# strays N TIME STEP: packets of a clock that is wrong.
strays() {
	packets "$1" "$2" "$3" 192.0.2.77 DHCP
}

@test "packets over an hour from the others are named, and not drawn" {
	drawings_only
	local n at want

	# 600 packets in 60 s from 2024 on, and strays of other years.
	while read -r n at want; do
		{ strays "$n" "$at" 0.5; packets 600 1704067200 0.1; } |
		    table > t.csv
		runs pktpipe-report --print -o out t.csv
		[[ $stderr = *"pktpipe-report: $want from the others" ]]
		grep -q "^$want from the others: in the totals" <<< "$output"
		grep -q "<p class=\"red\">$want from the others: in" \
		    out/report.html
		grep -q "   $want from the others<" out/report.svg
		same "1704067200.000000,1704067259.900000,59.900000,$((600 + n))" \
		    "$(sed 1d out/summary.csv | cut -d, -f1-4)"
		# A packet a tenth of a second: 100 bytes * 600 / 59.9, and no more
		# than the peak.
		same 1000,1000,1000 "$(sed 1d out/summary.csv | cut -d, -f6-8)"
		same "$n" "$(sed 1d out/summary.csv | cut -d, -f12)"
		# In the totals, and in the rates once each.
		grep -qx "DHCP,$n,$((100 * n))" out/protocols.csv
		same "$((600 + n))" "$(awk -F, '{ n += $2 } END { print n }' \
		    out/rate.csv)"
		grep -q 2024-01-01, out/report.svg
	done <<-'STRAYS'
		1 5 1 packet is 19723 d
		15 5 15 packets are 19723 d
		3 4070908800 3 packets are 27394 d
		1 1704063599.9 1 packet is 60 min
	STRAYS
}

@test "sixteen packets running, and times within an hour, are no strays" {
	{ strays 16 5 0.5; packets 600 1704067200 0.1; } | table > t.csv
	tables_only
	runs pktpipe-report -o out t.csv
	[ -z "${stderr##*the stream clock jumped*}" ]
	same "5.000000,1704067259.900000" \
	    "$(sed 1d out/summary.csv | cut -d, -f1,2)"
	{ strays 1 1704063600 1; packets 600 1704067200 0.1; } | table > t.csv
	runs pktpipe-report -o out t.csv
	[ -z "$stderr" ]
	same "1704063600.000000,1704067259.900000" \
	    "$(sed 1d out/summary.csv | cut -d, -f1,2)"
}

@test "strays are found wherever they are in the file, and on both sides" {
	packets 600 1704067200 0.1 > good
	{
		sed -n 1,100p good
		echo 7,192.0.2.77,192.0.2.9,DHCP,100
		sed -n 101,200p good
		echo 4070908800.5,192.0.2.77,192.0.2.9,DHCP,100
		sed -n '201,$p' good
	} | table > t.csv
	# As many as twenty, but never two running.
	awk 'NR % 30 == 15 { print NR ".5,192.0.2.77,192.0.2.9,DHCP,100" }
	    { print }' good | table > u.csv
	tables_only
	for f in t u; do
		runs pktpipe-report -o out $f.csv
		[ "$status" -le 1 ]
		same "1704067200.000000,1704067259.900000" \
		    "$(sed 1d out/summary.csv | cut -d, -f1,2)"
	done
	[[ $stderr = *"pktpipe-report: 20 packets are 19723 d from the others" ]]
	runs pktpipe-report -o out t.csv
	[[ $stderr = *"2 packets are 19723 d to 27394 d from the others" ]]
}

@test "of a few packets, those that are fewer are the strays" {
	{ strays 1 5 1; rows 4 192.0.2.1 TLS 1 | sed s/^/170406/; } |
	    table > t.csv
	tables_only
	runs pktpipe-report -o out t.csv
	[[ $stderr = *"pktpipe-report: 1 packet is "*" d from the others" ]]
	same 3.000000,5 "$(sed 1d out/summary.csv | cut -d, -f3,4)"
}

@test "packets that have one time have no rate" {
	drawings_only
	local n

	for n in 1 3; do
		for _ in $(seq "$n"); do rows 1 192.0.2.1 TLS 1; done |
		    table > t.csv
		runs pktpipe-report --print --spike 1 -o out t.csv
		[ "$status" -eq 0 ]
		[ -z "$stderr" ]
		why='one packet has no rate' after=''
		[ "$n" -eq 1 ] || why='all packets have the same time'
		[ "$n" -eq 1 ] || after=$why
		grep -qE "^$n packets?, ${n}00 B${after:+, $after}\$" \
		    <<< "$output"
		run ! grep -qE '[0-9] k?B/s|0 ms|>Mean<|>-<' out/report.svg \
		    out/report.html
		same 2 "$(grep -c ">$why<" out/report.svg)"
		grep -q "UTC${after:+; $after}</p>" out/report.html
		same 0.000000,$n,${n}00,,, \
		    "$(sed 1d out/summary.csv | cut -d, -f3-8)"
		same 100.00,, "$(sed 1d out/selected.csv | cut -d, -f4-6)"
		same 0 "$(sed 1d out/rate.csv | cut -d, -f4)"
	done
}

@test "rows that the rules did not evaluate are counted, with status 1" {
	{
		echo time,src,dst,proto,len,dport,flags
		rows 30 192.0.2.1 TCP 1 | sed 's/$/,443,S/'
		rows 12 192.0.2.1 TCP 1 | sed 's/$/,https,S/'
	} > t.csv
	tables_only
	runs pktpipe-report --print -o out t.csv
	[ "$status" -eq 1 ]
	[[ $stderr = *'bad dport "https"'* ]]
	want='Rows that the rules did not evaluate: 12 [(]12 by .*port-scan.*, bad dport[)][.]'
	grep -qxE "$want" <<< "$output"
	grep -qE "<p class=\"red\">$want" out/report.html
}

@test "a NUL byte makes no table binary, and does not reach the page" {
	{
		echo time,src,dst,proto,len,note
		rows 9 192.0.2.1 TLS 3 | sed 's/$/,a/'
		printf '1030,192.0.2.1,192.0.2.9,TLS,100,x\0y\n'
		printf '1031,192.0.2.1,192.0.2.9,TLS\0,100,z\n'
		rows 9 192.0.2.2 TLS 5 | sed 's/$/,b/'
	} > t.csv
	tables_only
	runs pktpipe-report -o out t.csv
	[ "$status" -le 1 ]
	run ! grep -qiE 'binary|null byte' <<< "$stderr"
	same 1000.000000,1040.000000 "$(sed 1d out/summary.csv | cut -d, -f1,2)"
	same 0 "$(tr -dc '\000' < out/report.html | wc -c)"
}

@test "peak and percentile name the bin that they are of" {
	local n=0 step bin

	tables_only
	while IFS=: read -r step bin; do
		rows 60 192.0.2.1 TLS "$step" | table > t.csv
		pktpipe-report --print -o out t.csv > printed
		grep -qE "^60 packets, .*, peak .*B/s, 95th percentile .*B/s, in bins of $bin\$" \
		    printed
		grep -qE "<dt>95th percentile, bins of $bin</dt>" out/report.html
		grep -q "<dt>Peak, bins of $bin</dt>" out/report.html
		n=$((n + 1))
	done <<-'BINS'
		0.001:1 ms
		0.02:10 ms
		1:1 s
		3600:1 min
	BINS
	[ "$n" -eq 4 ]
}

@test "the rules are those of home, or those that options name" {
	local n said

	tables_only
	# 60 packets in 6 s are too many for demo only.
	rows 60 192.0.2.7 TLS 0.1 | table > t.csv
	runs pktpipe-report -o out t.csv
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	same 1 "$(wc -l < out/flagged.csv)"
	# As many as ipflag names.
	n=$(ipflag t.csv 2>&1 | sed -n 's/.*rules disabled: //p' | tr ' ' '\n' |
	    sort -u | wc -l)
	said="$n rules need columns that the table does not have (flags, dport, sport), and were not evaluated."
	grep -F "<details><summary>$said</summary><p>syn-flood, " out/report.html |
	    grep -q ' port-scan,.*[.]</p></details>$'
	grep -qxF "$said" <(pktpipe-report --print -o out t.csv)
	pktpipe-report --set demo -o out t.csv
	same 192.0.2.7,medium,1,src-rate,60 \
	    "$(sed 1d out/flagged.csv | cut -d, -f1-5)"
	echo 'rule chatty severity=high track=by_both packets=58 seconds=1m' \
	    > own.rules
	mkdir o
	for args in '--rules own.rules' '--set home --rules own.rules' \
	    '--flag 999 --rules own.rules'; do
		# shellcheck disable=SC2086  # several words
		pktpipe-report $args -o o t.csv
		same 192.0.2.7,high,1,chatty "$(sed 1d o/flagged.csv |
		    cut -d, -f1-4)"
		grep -qF '<tr class="red"><td class="s">1970-01-01 00:16:45</td><td>chatty (high): 192.0.2.7 to 192.0.2.99, TLS, 59 packets in 1 min, threshold 58</td></tr>' \
		    o/report.html ||
		grep -qF '<tr class="red"><td class="s">1970-01-01 00:16:45</td><td>chatty (high): 192.0.2.7 to 192.0.2.99, 59 packets in 1 min, threshold 58</td></tr>' \
		    o/report.html
	done
	pktpipe-report --flag 59 -o out t.csv
	same src-rate,60 "$(sed 1d out/flagged.csv | cut -d, -f4,5)"
	rm -r out
	for args in '--set nosuch' '--rules missing' '--rules t.csv'; do
		# shellcheck disable=SC2086  # several words
		runs pktpipe-report $args -o out t.csv
		[ "$status" -eq 2 ]
		[ ! -e out ]
	done
}

# tagged IFACE: adds columns to rows.
tagged() {
	sed "s/\$/,443,A,$1/"
}

@test "interfaces are told apart, and packets seen on two are counted" {
	tables_only
	{
		echo time,src,dst,proto,len,dport,flags,iface
		rows 20 192.0.2.1 TLS 1 | tagged '"e,0"'
		# The same packets 300 us later, and others.
		packets 20 1000.0003 1 192.0.2.1 TLS | tagged '"e,1"'
		rows 10 192.0.2.3 TLS 1 | tagged '"e,1"'
		# The same cells a second later are other packets.
		packets 5 1030 1 192.0.2.4 TLS | tagged '"e,0"'
		packets 5 1030.5 1 192.0.2.4 TLS | tagged '"e,1"'
	} > t.csv
	runs pktpipe-report --print -o out t.csv
	[ "$status" -eq 0 ]
	same "$(lines iface,packets,bytes '"e,1",35,3500' '"e,0",25,2500')" \
	    "$(cat out/interfaces.csv)"
	grep -qx '20 packets were seen on e,0 and e,1, and count twice in the totals.' \
	    <<< "$output"
	grep -q '<p>20 packets were seen on e,0 and e,1,' out/report.html
	grep -qF '<tr><td class="s">e,1</td><td class="n">35</td><td class="n">58.3 %</td>' \
	    out/report.html
	grep -q '<h2>Interfaces</h2>' out/report.html
	# One interface is no news, and an earlier table does not stay.
	grep -v e,1 t.csv > one.csv
	pktpipe-report -o out one.csv
	[ ! -e out/interfaces.csv ]
	run ! grep -q Interfaces out/report.html
}

@test "rows with labels of countries give a table of countries" {
	tables_only
	pcap2csv "$DATA/tls.pcap" >plain.csv
	lines net,country 192.0.2.0/24,DE '198.51.100.0/24,"Korea, ""S"""' >c.csv
	iplabel --table c.csv plain.csv >traffic.csv
	runs pktpipe-report -o out traffic.csv
	[ "$status" -eq 0 ]
	of() {
		awk -F, -v net="^$1" '$2 ~ net { n++; b += $5 }
		    $3 ~ net { m++; c += $5 }
		    END { printf ",%d,%d,%d,%d", n, b, m, c }' plain.csv
	}
	grep -qxF "DE$(of '192[.]0[.]2[.]')" out/countries.csv
	grep -qxF "\"Korea, \"\"S\"\"\"$(of '198[.]51[.]100[.]')" \
	    out/countries.csv
	# The addresses of IPv6 have no label.
	grep -qxF "$(of '.*:')" out/countries.csv
	same country,packets_from,bytes_from,packets_to,bytes_to \
	    "$(head -n 1 out/countries.csv)"
	[ "$(wc -l <out/countries.csv)" -eq 4 ]
	grep -q 'Korea, &quot;S&quot;\|Korea, "S"' out/report.html
	# A later report of rows without labels does not keep it.
	runs pktpipe-report -o out plain.csv
	[ "$status" -eq 0 ]
	[ ! -e out/countries.csv ]
}

@test "sensors are told apart as interfaces are" {
	tables_only
	{
		echo time,src,dst,proto,len,sensor
		rows 30 192.0.2.1 TLS 1 | sed 's/$/,"n, ""r"""/'
		rows 20 192.0.2.2 DNS 1 | sed 's/$/,south/'
	} > t.csv
	pktpipe-report -o out t.csv
	same "$(lines sensor,packets,bytes '"n, ""r""",30,3000' south,20,2000)" \
	    "$(cat out/interfaces.csv)"
	run ! grep -q 'seen on' out/report.html
	for f in t tap; do
		[ $f = t ] || sed '1s/$/,iface/; 1!s/$/,eth0/' t.csv > tap.csv
		pktpipe-report -o out $f.csv
		grep -oE '<h2>(Sensors|Interfaces)[^<]*' out/report.html
		grep -oE '>(Sensor|Interface)</th>|>n, [^<]*<' out/report.html
	done > heads
	same '<h2>Sensors|>Sensor</th>|>n, &quot;r&quot;<|<h2>Sensors and interfaces|>Sensor</th>|>n, &quot;r&quot; eth0<' \
	    "$(paste -sd '|' heads)"
}

@test "--since and --until select rows, and are the ends of the time axis" {
	drawings_only
	# 60 minutes from 1970-01-01 01:00 on, of which 30 are selected.
	packets 60 3600 60 | table > t.csv
	runs pktpipe-report --since 1970-01-01T00:00 --until 1970-01-01T01:30 \
	    -o out t.csv
	[ "$status" -eq 0 ]
	same 3600.000000,5340.000000,1740.000000,30 \
	    "$(sed 1d out/summary.csv | cut -d, -f1-4)"
	grep -q '>00:15<' out/report.svg
	grep -q '>00:00<' out/report.svg
	runs pktpipe-report --since 0 --until 86400 -o out t.csv
	same 60 "$(sed 1d out/summary.csv | cut -d, -f4)"
	# The whole day, however short the traffic was.
	for at in 00:00 06:00 12:00 18:00; do
		grep -q ">$at<" out/report.svg
	done
	# Of a time that occurs twice the first, as in the other programs; names
	# of protocols are folded, too.
	lines time,src,dst,proto,len 1792888500,,,TLS,1 1792892100,,,TLS,2 >t.csv
	export TZ=Europe/Berlin
	runs pktpipe-report --since '2026-10-25 02:30' -p tlsv1.2,TLSv1.3,FOO \
	    -o out - - <t.csv
	[ "$status" -eq 0 ]
	same 'pktpipe-report: unknown protocol "FOO": matched literally' "$stderr"
	same 'TLS,2,3 FOO,0,0' "$(sed 1d out/selected.csv | cut -d, -f1-3 |
	    paste -sd ' ')"
	for args in '--since never' '--until 2020-13-01' '--since 9 --until 9'; do
		# shellcheck disable=SC2086  # several words
		runs pktpipe-report $args -o no t.csv
		[ "$status" -eq 2 ]
		[ ! -e no ]
	done
}

@test "a title is text on the page and in the figure" {
	drawings_only
	# shellcheck disable=SC2016  # the title is meant to look so
	odd='<b>"it'"'"'s" `touch x` {_}\ '$'\n''@x'
	rows 3 192.0.2.1 TLS 1 | table > t.csv
	runs pktpipe-report --title "$odd" -o out t.csv
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	[ ! -e x ]
	# shellcheck disable=SC2016  # as above
	grep -qF '<h1>&lt;b&gt;&quot;it&#39;s&quot; `touch x` {_}\ \x0a@x</h1>' \
	    out/report.html
	# shellcheck disable=SC2016  # as above
	grep -qF '`touch x` {_}\ \x0a@x<' out/report.svg
}

@test "connections are those of flowbw, the largest and the longest first" {
	cd "$MADE/demo"
	same "$(flowbw out/traffic.csv)" "$(cat out/conversations.csv)"
	# The largest by the table, which has no other column of numbers.
	want=$(tail -n +2 out/conversations.csv | sort -t, -k11,11nr |
	    sed -n 1p)
	grep -A2 'Largest connections' out/report.html |
	    grep -q '>Bytes both ways</th>.*>Bytes back</th>'
	[[ $(grep -A99 'Largest connections' out/report.html | grep '<td' |
	    sed -n 1p) == *">$(cut -d, -f3 <<<"$want")<"*">$(cut -d, -f4,7 \
	    <<<"$want" | tr , :)<"* ]]
	want=$(tail -n +2 out/conversations.csv | awk -F, '{
	    print $2 - $1 "," $0 }' | sort -t, -k1,1nr | sed -n 1p)
	[[ $(grep -A99 'Longest connections' out/report.html | grep '<td' |
	    sed -n 1p) == *">$(cut -d, -f4 <<<"$want")<"* ]]
}

@test "without packets conversations.csv has a header" {
	tables_only
	head -c 24 "$DATA/dns.pcap" >e.pcap
	pktpipe-report -o out e.pcap
	same time,end,src,dst,proto,sport,dport,flags,flags_back,packets,\
bytes,packets_back,bytes_back,part "$(cat out/conversations.csv)"
}

@test "of many connections 1000 of each kind stay, and REST has the others" {
	tables_only
	# 3000 connections of one packet; 2000 bytes in the first 1500.
	awk 'BEGIN { print "time,src,dst,proto,len,sport,dport,flags"
	    for (i = 0; i < 3000; i++) printf \
		"%d.5,10.0.0.1,10.0.0.2,TLS,%d,%d,443,A\n", 1000 + i / 100,
		i < 1500 ? 2000 - i : 60, 1024 + i }' >t.csv
	# One that lasts.
	printf '%s,10.0.0.3,10.0.0.4,SSH,50,5,22,A\n' 1000.5 1029.5 >>t.csv
	runs pktpipe-report -o out t.csv
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	# 1000 large ones, that one, the header and REST.
	[ "$(wc -l <out/conversations.csv)" -le 2003 ]
	[ "$(wc -l <out/conversations.csv)" -ge 1003 ]
	[ "$(awk -F, '$11 > 1000' out/conversations.csv | wc -l)" -ge 1001 ]
	grep -q ',10.0.0.3,10.0.0.4,SSH,' out/conversations.csv
	grep -q '^,,REST,' out/conversations.csv
	# The 1000 of each kind as sort finds them; of equal rows the first.
	flowbw --no-header out/traffic.csv |
	    awk -F, '{ printf "%d\t%.6f\t%s\n", $11, $2 - $1, $0 }' |
	    nl -n ln >rows
	same "$({ sort -k2,2nr -k1,1n rows | sed 1000q
	    sort -k3,3nr -k2,2nr -k1,1n rows | sed 1000q
	    } | sort -nu | cut -f 4)" "$(sed '1d; $d' out/conversations.csv)"
	same "$(protobw out/traffic.csv | awk -F, 'NR > 1 { n += $2; b += $3 }
	    END { print n, b }')" "$(awk -F, 'NR > 1 { n += $10; b += $11 }
	    END { print n, b }' out/conversations.csv)"
	same "$(flowbw --one-way out/traffic.csv | toptalk | tail -n +2 |
	    awk -F, '{ b += $3 } END { print b }')" \
	    "$(awk -F, 'NR > 1 { b += $11 } END { print b }' \
	    out/conversations.csv)"
}

@test "captures in the wrong order have the connections of the right one" {
	tables_only
	rows 9 192.0.2.1 TLS 30 | table >a.csv
	packets 5 900 30 192.0.2.1 DNS | table >b.csv
	packets 5 980 3 192.0.2.1 TLS | table >c.csv
	runs pktpipe-report -o one a.csv b.csv c.csv
	[ -z "$stderr" ]
	pktpipe-report -o two b.csv c.csv a.csv
	same "$(sort two/conversations.csv)" "$(sort one/conversations.csv)"
}

# greens: how many shapes of out/report.svg have the colour of the usual range.
greens() {
	grep -cF 'rgb(228,239,220)' out/report.svg || true
}

@test "the usual range is drawn behind the rates if it is given" {
	drawings_only
	rows 100 192.0.2.1 TLS 1 | table > t.csv
	ratebw t.csv | rateflag --scores > usual
	runs pktpipe-report --usual usual -o out t.csv
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	[ "$(greens)" -ge 1 ]
	grep -qF '>green: the usual range<' out/report.svg
	runs pktpipe-report -o out t.csv
	[ -z "$stderr" ]
	[ "$(greens)" -eq 0 ]
	# A table without a range is as none.
	runs pktpipe-report --usual t.csv -o out t.csv
	[ "$status" -eq 0 ]
	[ "$(greens)" -eq 0 ]
	runs pktpipe-report --usual nowhere -o out t.csv
	[ "$status" -eq 3 ]
	same 'pktpipe-report: cannot read "'"$PWD"'/nowhere"' "$stderr"
}

@test "packets without a time are in the totals, and have no rate" {
	tables_only
	{
		rows 5 192.0.2.1 TLS 1
		printf ',192.0.2.2,192.0.2.9,DNS,%s\n' 70 80
	} | table > t.csv
	runs pktpipe-report --print -o out t.csv
	[ "$status" -eq 1 ]
	want='2 packets have no time: in the totals, but not in the rates and the figure.'
	grep -qxF "$want" <<< "$output"
	grep -qF "<p class=\"red\">$want</p>" out/report.html
	same 1000.000000,1004.000000,4.000000,7,650,100,100,100 \
	    "$(sed 1d out/summary.csv | cut -d, -f1-8)"
	same DNS,2,150 "$(grep ^DNS out/protocols.csv)"
	same ,2,150,0 "$(tail -n 1 out/rate.csv)"
	# None has one.
	grep -v TLS t.csv > none.csv
	runs pktpipe-report --print -o out none.csv
	[ "$status" -eq 1 ]
	grep -q '^no packet has a time' <<< "$output"
	grep -q '<p>no packet has a time; no rates</p>' out/report.html
	run ! grep -q 1970 out/report.html
	# As sums, in more than 31 bits.
	lines time,proto,packets,bytes 1000,TLS,1,60 ,DNS,3000000000,4000000000 \
	    > sums.csv
	pktpipe-report -o out sums.csv || [ $? -eq 1 ]
	same 3000000000 "$(sed 1d out/summary.csv | cut -d, -f13)"
}

@test "nothing readable is status 3, and an earlier report stays" {
	tables_only
	mkdir out
	echo earlier > out/report.html
	echo no > bad
	for f in missing bad; do
		runs pktpipe-report -o out "$f"
		[ "$status" -eq 3 ]
		[[ $stderr = *"pktpipe-report: no packet could be read" ]]
		same report.html "$(ls -A out)"
		same earlier "$(cat out/report.html)"
	done
}

@test "one missing file is status 3, and the report is of the others" {
	tables_only
	runs pktpipe-report -o out missing "$DATA/dns.pcap"
	[ "$status" -eq 3 ]
	[[ $stderr = *missing* ]]
	[ -s out/report.html ]
}

@test "the page has the sources in full, the figure short IPv6 addresses" {
	drawings_only
	{
		rows 12 192.0.2.115 TLS 1
		rows 3 2001:db8:1:22:333:4444:5555:6625 TLS 1
	} | table > t.csv
	pktpipe-report -o out t.csv
	for f in out/report.svg out/report.html; do
		grep -qF ">192.0.2.115<" $f
		grep -qF ">2001:db8$(printf '\342\200\246')6625<" $f
		# 12 and 3 times 100 bytes.
		grep -qF ">1.20 kB   80.0 %<" $f
		grep -qF ">300 B   20.0 %<" $f
	done
	grep -qF ">2001:db8:1:22:333:4444:5555:6625<" out/report.html
}

@test "the axis and the page name the zone, whatever the locale" {
	drawings_only
	rows 30 192.0.2.1 TLS 1 | table > t.csv
	LC_ALL=de_DE.UTF-8 TZ=XYZ-3:30 pktpipe-report -o out t.csv
	grep -q '1970-01-01, XYZ (UTC+03:30)' out/report.svg
	grep -q '03:46:40 to 1970-01-01 03:47:09 XYZ' out/report.html
	grep -q '>03:46:40<' out/report.svg
}

@test "all times are in the zone of the first, over a change of the clocks" {
	drawings_only
	# 1970-03-29, an hour after midnight UTC.
	# shellcheck disable=SC2046  # a time a word
	printf '%s,192.0.2.1,192.0.2.2,TCP,60\n' 7520399 \
	    $(printf '7520460 %.0s' 1 2 3 4 5 6 7 8 9 10 11 12) |
	    table > t.csv
	TZ=CET-1CEST,M3.5.0,M10.5.0/3 pktpipe-report --spike 1 -o out t.csv
	grep -q '01:59:59 to 1970-03-29 02:01:00 CET' out/report.html
	grep -q '<td class="s">1970-03-29 02:01:00' out/report.html
	run grep -e 03:01 out/report.html out/report.svg
	[ "$status" -eq 1 ]
}

@test "times out of order and no address do no harm" {
	tables_only
	rows 5 '' ARP 1 | sort -r | table > t.csv
	pktpipe-report -p ARP -o out t.csv
	same 1000.000000,1004.000000,4.000000,5 \
	    "$(sed 1d out/summary.csv | cut -d, -f1-4)"
	grep -q '(no address)' out/report.html
}

@test "a line break in a cell starts no row" {
	tables_only
	lines time,src,dst,proto,len,note 1000,192.0.2.1,,TLS,100,'"a' \
	    5,192.0.2.9,,DNS,7'"' 1003,192.0.2.1,,TLS,50,'"b, ""c""' ' d"' \
	    1002,192.0.2.2,,ARP,60,e >t.csv
	runs pktpipe-report -o out t.csv
	same "0|1000.000000,1003.000000,3.000000,3,210" \
	    "$status|$(sed 1d out/summary.csv | cut -d, -f1-5)"
	same "$(lines 1000.000000,192.0.2.1,,TLS,100,'"a?5,192.0.2.9,,DNS,7"' \
	    1003.000000,192.0.2.1,,TLS,50,'"b, ""c""? d"' \
	    1002.000000,192.0.2.2,,ARP,60,e)" "$(sed 1d out/traffic.csv)"
}

@test "long and short spans choose their bins" {
	drawings_only
	rows 100 192.0.2.1 TLS 0.001 | table > t.csv
	pktpipe-report -o out t.csv
	same 0.001 "$(sed 1d out/summary.csv | cut -d, -f9)"
	rows 100 192.0.2.1 TLS 86400 | table > t.csv
	runs pktpipe-report -o out t.csv
	[ "$status" -eq 1 ]
	same 60 "$(sed 1d out/summary.csv | cut -d, -f9)"
	grep -q '1970, UTC' out/report.svg
	# First and last in one second, others 50 years away.
	{ rows 9 192.0.2.1 TLS 200000000; rows 1 192.0.2.1 TLS 1; } |
	    table > t.csv
	runs pktpipe-report -o out t.csv
	[ "$status" -eq 1 ]
	[[ $stderr = "ipflag: 8 rows more than an hour from the others"* ]]
	same 1000.000000,1600001000.000000,86400 \
	    "$(sed 1d out/summary.csv | cut -d, -f1,2,9)"
}

@test "spans keep their digits, before 1970 and over centuries" {
	local t

	for t in -9223372036.000000,9223372036.000000,18446744072.000000 \
	    -1.250000,-0.200000,1.050000 \
	    -40000000.500000,-30000000.250000,10000000.250000 \
	    1700000000.000000,1701234567.891000,1234567.891000; do
		IFS=, read -r from to _ <<< "$t"
		printf '%s,192.0.2.1,192.0.2.2,TLS,60\n' "$from" "$to" |
		    table > t.csv
		runs pktpipe-report -o out t.csv
		# The rules do not see a time over an hour from the others.
		[ "$status" -le 1 ]
		same "$t" "$(sed 1d out/summary.csv | cut -d, -f1-3)"
		run ! grep -q '>0 B/s<' out/report.html
		# As csvclean says them: of both packets, and of the span.
		csvclean -t iso t.csv | sed '1d; s/Z,.*//; s/T/ /' > said
		same "$(cat said)" "$(grep -oE \
		    '<tr><td[^>]*>[-0-9]+ [0-9:.]+<' out/report.html |
		    sed 's/.*>\(.*\)</\1/')"
		grep -q "<p>$(sed 's/\..*/ to /' said | tr -d '\n' |
		    sed 's/ to $/ UTC/')" out/report.html
		# The longest of all is drawn as well.
		tables_only
	done
}

# As services of systemd are started, unless told otherwise.
@test "nothing is said where SIGPIPE is ignored" {
	rows 300000 192.0.2.1 TLS 0.01 | table > t.csv
	trap '' PIPE
	runs pktpipe-report -o out t.csv
	trap - PIPE
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same 1000.000000,3999.990000 "$(sed 1d out/summary.csv | cut -d, -f1,2)"
}

@test "the picture of an hour is small, and keeps a peak of one second" {
	drawings_only
	{
		for p in TLS TCP UDP DNS HTTP SSH NTP TELNET; do
			rows 3600 192.0.2.1 $p 1
		done
		rows 900 192.0.2.1 TLS 0.001
	} | table > t.csv
	pktpipe-report -o out t.csv
	[ "$(wc -c < out/report.svg)" -lt 150000 ]
	# 900 + 8 packets in the first second, 8 in each other.
	same 90800 "$(sed 1d out/summary.csv | cut -d, -f7)"
	grep -q "its busiest second" out/report.svg
	grep -q "<polygon fill='rgb(204,51,17)'" out/report.svg
	grep -q ">80 kB/s<" out/report.svg
}

@test "usage errors are status 2 and touch nothing" {
	for args in "--no-such x" "--spike 0 x" "--flag 5x x" "-p a;b x" \
	    "-o" "--"; do
		# shellcheck disable=SC2086  # several words
		runs pktpipe-report $args
		[ "$status" -eq 2 ]
		[ -z "$output" ]
		[[ $stderr = pktpipe-report:* ]]
	done
	runs pktpipe-report
	[ "$status" -eq 2 ]
	[[ $stderr = usage:* ]]
	[ -z "$(ls -A)" ]
}

@test "help and the manual show one synopsis" {
	runs pktpipe-report --help
	[ "$status" -eq 0 ]
	# Bold is a letter, a backspace and the letter again.
	same "$(mandoc -T ascii "$ROOT/man/pktpipe-report.1" |
	    awk '{ gsub(".\b", "") } /^SYNOPSIS/ { on = 1; next }
		/^[A-Z]/ { on = 0 } on' |
	    tr -s ' \n\t' '   ' | sed 's/^ //; s/ $//')" \
	    "$(tr -s ' \n' '  ' <<< "${output#usage: }" | sed 's/ $//')"
}

@test "installed, it finds its own files and the programs" {
	make -C "$ROOT" -s install "B=${PKTPIPE_BIN:-build}" \
	    PREFIX="$PWD/usr" > /dev/null
	runs env PATH=/usr/bin:/bin "$PWD/usr/bin/pktpipe-report" -o out \
	    "$DATA/dns.pcap"
	[ "$status" -eq 0 ]
	[ -s out/report.html ]
}

@test "the page says over how long the rates of its spikes are" {
	tables_only
	# 1.2 s are shown in bins of 10 ms: 9000 bytes in one are 900 kB/s.
	{
		rows 40 192.0.2.1 TLS 0.03
		echo 1000.605,192.0.2.1,192.0.2.9,TLS,9000
	} | table > t.csv
	pktpipe-report --spike 500000 -o out t.csv
	grep -qxF '<p>The highest rates above 500 kB/s, in bins of 10 ms.</p>' \
	    out/report.html
	same 0.010 "$(sed 1d out/summary.csv | cut -d, -f9)"
}

# mean_of DIR: packets, bytes, mean, peak and bin of a report's summary.
mean_of() {
	awk -F, 'NR == 2 { print $4, $5, $6, $7, $9 }' "$1/summary.csv"
}

@test "a tally has the sums of its packets, and rates in bins of its own" {
	tables_only
	# Ten minutes, 10 packets of 100 bytes a second, of four sources.
	awk 'BEGIN { print "time,src,dst,proto,len"
	    for (i = 0; i < 6000; i++)
		printf "%.6f,192.0.2.%d,,%s,100\n", 1704067200 + i / 10, i % 4,
		    i % 3 ? "TLS" : "DNS" }' >packets.csv
	pktpipe-report -o packets packets.csv
	for bin in 1s 10s 1m 5m; do
		ratebw --bin $bin --by src,proto packets.csv >tally.csv
		runs pktpipe-report -o $bin tally.csv
		[ "$status" -eq 0 ]
		same "$(cat packets/protocols.csv)" "$(cat $bin/protocols.csv)"
		same "$(cat packets/sources.csv)" "$(cat $bin/sources.csv)"
		read -r n bytes mean peak _ < <(mean_of $bin)
		same '6000 600000 1000 1000' "$n $bytes $mean $peak"
		same 1704067200.000000,1704067800.000000,600.000000 \
		    "$(tail -n 1 $bin/summary.csv | cut -d, -f1-3)"
	done
	same '1 10 60 300' "$(for bin in 1s 10s 1m 5m; do
		mean_of $bin; done | cut -d' ' -f5 | paste -sd' ')"
}

@test "nights, shards and captures merge into one report" {
	tables_only
	many 4000 1000 TLS DNS TCP >packets.csv
	sort -t, -k1,1n packets.csv | grep -v time >sorted
	for part in 1 2 3 4; do
		{ echo time,src,dst,proto,len
		sed -n "$((part * 1000 - 999)),$((part * 1000))p" sorted; } |
		    ratebw --bin 1s --by src,proto >part$part.csv
	done
	pktpipe-report -o one packets.csv
	pktpipe-report -o parts part?.csv
	{ head -n 1 packets.csv && sed -n 3001,4000p sorted; } >last.csv
	pktpipe-report -o mixed last.csv part[123].csv
	for dir in parts mixed; do
		for table in protocols sources suspicious; do
			same "$(cat one/$table.csv)" "$(cat $dir/$table.csv)"
		done
		same "$(cut -d, -f1-3 one/rate.csv)" "$(cut -d, -f1-3 $dir/rate.csv)"
	done
}

@test "a month of days is no stray, and one of 1970 is" {
	tables_only
	awk 'BEGIN { print "time,src,proto,packets,bytes"
	    for (day = 0; day < 30; day++)
		for (i = 1; i < 4; i++)
		    print 1704067200 + 86400 * day ",192.0.2." i ",TLS,10,864000"
	    }' >days.csv
	runs pktpipe-report -o out days.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	read -r n bytes mean peak bin < <(mean_of out)
	same '900 77760000 30 30 86400' "$n $bytes $mean $peak $bin"
	echo 0,192.0.2.1,DNS,1,60 >>days.csv
	runs pktpipe-report -o out days.csv
	[[ $stderr == *'1 packet is '*' d from the others'* ]]
	same 30 "$(mean_of out | cut -d' ' -f3)"
}

@test "rules do not judge sums of minutes and flows, and the page says so" {
	tables_only
	rows 4000 192.0.2.1 TLS 0.01 | table >packets.csv
	note='The rules were not evaluated: they need packets, or sums by the second.'
	ratebw --bin 1m --by src,proto packets.csv >minutes.csv
	runs pktpipe-report -o out --print minutes.csv
	[ "$status" -eq 0 ]
	[ "$(grep -cxF "$note" <<<"$output")" -eq 1 ]
	grep -qF "$note" out/report.html
	grep -qxF 'The sums do not have connections.' <<<"$output"
	[ "$(wc -l <out/alerts.csv)" -eq 1 ]
	ratebw --bin 1s --by src,proto packets.csv >seconds.csv
	pktpipe-report --set demo -o out --print seconds.csv >printed
	! grep -qF "$note" printed || false
	[ "$(wc -l <out/alerts.csv)" -gt 1 ]
	runs pktpipe-report -o out --print "$DATA/flows/tls.nfdump.csv"
	[ "$status" -eq 0 ]
	grep -qxF "$note" <<<"$output"
	grep -qxF 'The rates count each flow where it starts.' <<<"$output"
	# It has connections.
	[ "$(wc -l <out/conversations.csv)" -gt 5 ]
	# What nfdump's own summary says.
	same 115,52039 "$(sed -n 2p out/summary.csv | cut -d, -f4-5)"
}

@test "sums without sources are reported, those without times are not" {
	tables_only
	rows 100 192.0.2.1 TLS 1 | table >packets.csv
	ratebw --bin 1s --by proto packets.csv >tally.csv
	runs pktpipe-report -o out --print tally.csv
	[ "$status" -eq 0 ]
	grep -qxF 'The sums do not have sources and connections.' <<<"$output"
	same 100,10000 "$(sed -n 2p out/summary.csv | cut -d, -f4-5)"
	toptalk packets.csv >tally.csv
	runs pktpipe-report -o out tally.csv
	[ "$status" -eq 3 ]
	same 'pktpipe-report: the sums have no column "time": ratebw --by src,proto writes what a report needs' "$stderr"
	ratebw packets.csv >tally.csv
	runs pktpipe-report -o out tally.csv
	[ "$status" -eq 3 ]
	[[ $stderr == *'no column "proto"'* ]]
}

@test "destinations, conversations and ports are those of the packets" {
	cd "$MADE/demo/out"
	# By awk over the packets; ports by the lower of both ends.
	tail -n +2 traffic.csv | awk -F, '{ n[$3]++; b[$3] += $5 }
	    END { for (k in n) printf "%s,%d,%d\n", k, n[k], b[k] }' |
	    sort -t, -k3,3nr -k1,1 > "$BATS_TEST_TMPDIR/want"
	same "$(cat "$BATS_TEST_TMPDIR/want")" "$(sed 1d destinations.csv)"
	tail -n +2 traffic.csv | awk -F, '{ k = $2 < $3 ? $2 " " $3 : $3 " " $2
		n[k]++; b[k] += $5 }
	    END { for (k in n) printf "%s,%d,%d\n", k, n[k], b[k] }' |
	    sort -t, -k3,3nr -k1,1 | sed -n 1,20p > "$BATS_TEST_TMPDIR/want"
	same "$(cat "$BATS_TEST_TMPDIR/want")" "$(sed -n 2,21p pairs.csv)"
	same "$(tail -n +2 traffic.csv | awk -F, '{ p = $6 < $7 ? $6 : $7
		if (p == 443) { n++; b += $5 } } END { print n, b }')" \
	    "$(awk -F, '$1 == 443 { n += $3; b += $4 } END { print n, b }' \
	    ports.csv)"
	for title in 'Top destinations' Conversations Ports; do
		grep -qF "<h2>$title</h2>" report.html
	done
	IFS=, read -r dst n b < <(sed -n 2p destinations.csv)
	sed -n '/<h2>Top destinations/,/<.section>/p' report.html |
	    tr -d , | grep -q "<td>$dst</td><td class=\"n\">$n</td><td class=\"n\">$b<"
}

@test "a flagged source has its time, whom it sent most to, and the rule" {
	tables_only
	{
		echo time,src,dst,proto,len,dport,flags
		awk 'BEGIN { for (i = 1; i <= 40; i++) printf \
		    "%d.000000,192.0.2.66,192.0.2.%d,TCP,60,%d,S\n", \
		    1000 + i, i % 10 ? 9 : 8, i }'
		awk 'BEGIN { for (i = 1; i <= 40; i++) printf \
		    "%d.000000,192.0.2.67,192.0.3.%d,TCP,60,22,S\n", \
		    1100 + i, i }'
	} > t.csv
	pktpipe-report -o out t.csv
	grep -q '>192.0.2.67<.*>40 addresses<' out/report.html
	line=$(sed -n '/<h2>Flagged sources/,/<.section>/p' out/report.html |
	    grep '>192.0.2.66<')
	[[ $line = *'>192.0.2.66</td><td class="s" data-h="First alert, UTC">1970-01-01 00:1'* ]]
	[[ $line = *$'>192.0.2.9, 90\302\240%<'* ]]
	[[ $line = *"data-h=\"Alert\">port-scan ("*"192.0.2.66"* ]]
	# The page says first what the rules found.
	line=$(grep -o '>The rules of home raised .*<' out/report.html)
	n=$(awk -F, 'FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	    $at["state"] == "start" { n++ } END { print n }' out/alerts.csv)
	[[ $line = ">The rules of home raised $n alerts"*port-scan* ]]
}

@test "a protocol has the same colour in all reports" {
	drawings_only
	rows 9 192.0.2.1 TLS 1 | table > a.csv
	{ rows 50 192.0.2.1 DNS 1; rows 40 192.0.2.2 SIP 1
	    rows 5 192.0.2.1 TLS 1; } | table > b.csv
	{ rows 50 192.0.2.1 SIP 1; rows 40 192.0.2.2 NTP 1; } | table > c.csv
	for f in a b c; do pktpipe-report -o $f $f.csv; done
	# 4477AA, that of TLS.
	grep -qF "<polygon fill='rgb(68,119,170)'" b/report.svg
	grep -qF "<polygon fill='rgb(170,68,153)'" b/report.svg
	run ! grep -qF "<polygon fill='rgb(170,68,153)'" a/report.svg
	# SIP is none of the twenty: what b and c have in common.
	colours() {
		grep -o "<polygon fill='[^']*'" "$1/report.svg" | sort -u
	}
	same 1 "$(comm -12 <(colours b) <(colours c) |
	    comm -23 - <(colours a) | wc -l)"
	# Grey is for the sum of several, and the last of eight is one.
	for p in TLS QUIC HTTP TCP DNS SSH NTP MDNS; do
		rows 9 192.0.2.1 $p 1
	done | table > d.csv
	pktpipe-report -o d d.csv
	run ! grep -qF "rgb(187,187,187)" d/report.svg
	{ cat d.csv; rows 1 192.0.2.1 ARP 1; } > e.csv
	pktpipe-report -o e e.csv
	grep -qF "<polygon fill='rgb(187,187,187)'" e/report.svg
}

@test "both panels of rates have one scale, and REST has a bar or a reason" {
	drawings_only
	{
		for p in TLS TCP UDP DNS HTTP SSH NTP ARP DHCP MDNS SSDP; do
			rows 600 192.0.2.1 $p 1
		done
		rows 900 192.0.2.1 TLS 0.001
	} | table > t.csv
	pktpipe-report -o out t.csv
	same 2 "$(grep -o '>[0-9.]* kB/s<' out/report.svg | sort | uniq -c |
	    awk '{ print $1 }' | sort -u)"
	run ! grep -q 'a scale of its own' out/report.svg
	# Two of eleven: 2 of 10 parts, 1,200 packets.
	grep -q '>REST (2)<' out/report.svg
	grep -q '>1,200   16.0 %<' out/report.svg
	awk 'BEGIN { for (i = 0; i < 60; i++)
		printf "%d,192.0.2.%d,192.0.2.99,TLS,100\n", 1000 + i, i + 1 }' |
	    table > t.csv
	pktpipe-report -o out t.csv
	grep -q '>5.10 kB   85.0 %, too long for a bar<' out/report.svg
	# A second of 5,000 bytes in an hour of a packet a minute.
	{ rows 60 192.0.2.1 TLS 60; rows 50 192.0.2.1 TLS 0.001; } |
	    sort -t, -k1,1n | table > t.csv
	pktpipe-report -o out t.csv
	grep -q '>mean of each 15 s; a scale of its own<' out/report.svg
}

@test "a bin of the figure is some whole bins of the rates" {
	tables_only
	# At most 150 on a phone: of 200 bins of 10 s, and 181 of 1 ms.
	awk 'BEGIN { print "time,proto,packets,bytes"
	    for (i = 0; i < 200; i++)
		printf "%d,TLS,1,100\n", 1000 + 10 * i }' > t.csv
	pktpipe-report -o out t.csv
	grep -q 'mean of each 20 s;' out/report.html
	rows 181 192.0.2.1 TLS 0.001 | table > t.csv
	pktpipe-report -o out t.csv
	grep -q 'mean of each 2 ms;' out/report.html
	# Those before 1970 do not run into one another.
	lines time,packets,bytes,spike -0.002,1,2,0 -0.001,1,3,0 0,1,5,0 |
	    awk -f "$ROOT/scripts/report/figure/timeline.awk" -v bin_s=0.001 \
		-v picture_bin=0.001 > t.tsv
	same "0 2000 2000 3000 3000 5000 5000 0" \
	    "$(cut -f 2 t.tsv | paste -sd ' ')"
	same -0.002000 "$(sed 's/\t.*//; q' t.tsv)"
}

@test "the bin of time 0 is one like the others" {
	drawings_only
	# Its 5,000 bytes/s are the peak of both panels, up to the top.
	lines time,proto,packets,bytes 0,TLS,1,35000 7,TLS,1,3500 > t.csv
	pktpipe-report -o out t.csv
	grep -q ' each 7 s<' out/report.svg
	same 2 "$(grep -c '>5 kB/s<' out/report.svg)"
	# All of it is there.
	printf '0.%d,192.0.2.1,192.0.2.9,TLS,1000\n' 0 1 | table > t.csv
	pktpipe-report -o out --since 0 --until 60 t.csv
	grep -q '>00:00:30<' out/report.svg
}

@test "a page of a few packets lists them, and has no figure" {
	tables_only
	rows 1 192.0.2.1 TLS 1 | table > t.csv
	pktpipe-report -o out t.csv
	grep -qF 'data-h="Time, UTC">1970-01-01 00:16:40.000000</td>' \
	    out/report.html
	grep -qF '<dt>Packets</dt><dd>1</dd>' out/report.html
	run ! grep -qE '<figure|<h2>(Spikes|Protocols)|<dt>Span|None[.]' \
	    out/report.html
	rows 13 192.0.2.1 TLS 1 | table > t.csv
	pktpipe-report -o out t.csv
	run ! grep -q '<h2>Packets' out/report.html
	grep -q '<figure' out/report.html
}

@test "the page is the figure's panels, dark where the reader wants it" {
	cd "$MADE/demo/out"
	same 6 "$(grep -c '<use href="#gnuplot_canvas"/>' report.html)"
	same 1 "$(grep -c 'id="gnuplot_canvas"' report.html)"
	# A phone shows the parts of a drawing that is as wide as it, with captions.
	same 6 "$(grep -c '<use href="#narrow_canvas"/>' report.html)"
	same 1 "$(grep -c 'id="narrow_canvas"' report.html)"
	same 12 "$(grep -o '<svg viewBox="[^"]*' report.html |
	    awk '$4 == 595 || $4 == 380' | wc -l)"
	# Each is as wide as the words of its axis: those of the next begin at 615.
	same 615 "$(sed -n 's/.*<svg viewBox="20 [0-9]* \([0-9]*\).*/\1/p' \
	    report.html | sort -u | awk '{ print 20 + $1 }')"
	same "Top sources" "$(sed -n 's/.*<figcaption><b>\([^<]*\).*/\1/p' \
	    report.html | sed -n 5p)"
	same "$(grep -c '>TLS<' report.svg)" "$(sed -n '/narrow_canvas/,/<\/svg>/p' \
	    report.html | grep -c '>TLS<')"
	# Each colour of text in the figure has one for a dark page.
	grep -oh 'fill="rgb([0-9,]*)" font-family' report.svg | cut -d' ' -f1 |
	    sort -u > "$BATS_TEST_TMPDIR/inks"
	[ "$(wc -l < "$BATS_TEST_TMPDIR/inks")" -ge 4 ]
	while read -r ink; do
		sed -n '/prefers-color-scheme: dark/,/@page/p' report.html |
		    grep -qF "[$ink]"
	done < "$BATS_TEST_TMPDIR/inks"
	# gnuplot's names of its plots are no tooltips.
	same 1 "$(grep -c '<title>' report.svg)"
	# A wide table's cells have their headings, for narrow screens.
	grep -qF '<td class="n" data-h="Busiest second">' report.html
}

@test "--against compares with another table, or with the report of one" {
	drawings_only
	{ rows 60 192.0.2.1 TLS 60; rows 30 192.0.2.2 DNS 60
	    rows 5 192.0.2.3 SSH 60; } | sort -t, -k1,1n | table > new.csv
	# A day before: other sums, a protocol and a source of its own.
	{ rows 40 192.0.2.1 TLS 60; rows 30 192.0.2.2 DNS 60
	    rows 7 192.0.2.4 NTP 60; } | sort -t, -k1,1n |
	    awk -F, -v OFS=, '{ $1 = sprintf("%.6f", $1 + 86400 * 9); print }' |
	    table > old.csv
	pktpipe-report -o old old.csv
	for other in old.csv old; do
		runs pktpipe-report --against $other -o out new.csv
		[ "$status" -eq 0 ]
		[ -z "$stderr" ]
		same "$(lines kind,name,packets,bytes,other_packets,other_bytes \
		    total,,95,9500,77,7700 \
		    proto,TLS,60,6000,40,4000 proto,NTP,0,0,7,700 \
		    proto,SSH,5,500,0,0 proto,DNS,30,3000,30,3000 \
		    src,192.0.2.1,60,6000,40,4000 src,192.0.2.4,0,0,7,700 \
		    src,192.0.2.3,5,500,0,0 src,192.0.2.2,30,3000,30,3000)" \
		    "$(cat out/comparison.csv)"
		grep -qF "<h2>Compared with $other</h2>" out/report.html
		grep -qF "<p>Compared with $other: 23 % more bytes, 9.50 kB \
against 7.70 kB. The protocol that changed most is TLS (+2.00 kB), the source \
192.0.2.1 (+2.00 kB).</p>" out/report.html
		sed 's/<[^>]*>/ /g' out/report.html > text
		grep -qE '192.0.2.1 +6,000 +4,000 +[+]50.0 % +60 +40 +[+]50.0 %' text
		grep -qE "Protocol +Bytes +Bytes of $other +Change +Packets" text
		grep -qE 'SSH +500 +0 +new' text
		grep -qE 'NTP +0 +700 +gone' text
		grep -q ">grey line: $other<" out/report.svg
		grep -qF "stroke='rgb(119,119,119)'" out/report.svg
	done
	# A later report without it does not keep the table.
	tables_only
	pktpipe-report -o out new.csv
	[ ! -e out/comparison.csv ]
	# A name may end in a line break.
	mv old old$'\n'
	ratebw new.csv | rateflag --scores > usual$'\n'
	echo 'rule x severity=low track=by_src proto=SSH packets=4 seconds=1h' > r$'\n'
	runs pktpipe-report --against old$'\n' --usual usual$'\n' \
	    --rules r$'\n' -o out new.csv
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	grep -q ^src,192.0.2.4,0, out/comparison.csv
	grep -q ,x,low, out/alerts.csv
	pktpipe-report -o out new.csv
	run ! grep -q Compared out/report.html
}

@test "of what it is compared with, only the bins of its own time are drawn" {
	local rates width

	for rates in '1 0 0 86400 0' '86400 1 1 1 1'; do
		read -r width rates <<<"$rates"
		# Seven hundred million seconds; the two have whole days between.
		lines first,last,bin 0,700000000,"$width" > summary
		lines time,packets,bytes 0,1,86400 6402,1,86400 699926400,1,5 > rate
		awk -v first=1000000000 -v last=1000000003 -v picture_bin=1 \
		    -v zone_offset=0 -f "$ROOT/scripts/report/figure/against.awk" \
		    summary rate | head -n 99 > out
		# 6402 s and 11,574 days are 1,000,000,002 s.
		same "$(tr ' ' '\n' <<<"$rates" | awk '{
		    for (i = -1; i < 1; i++)
			printf "%d.000000\t%d\n", 1000000000 + NR + i, $1 }')" \
		    "$(cat out)"
	done
}

@test "what cannot be compared with is status 3, and nothing changes" {
	tables_only
	rows 3 192.0.2.1 TLS 1 | table > t.csv
	mkdir out nothing
	echo earlier > out/report.html
	for option in --against --usual --rules; do
		runs pktpipe-report $option '' -o out t.csv
		[ "$status" -eq 3 ]
		same 'pktpipe-report: "": no such file or folder' "$stderr"
	done
	for other in missing nothing t.csv.gz; do
		echo no > t.csv.gz
		runs pktpipe-report --against $other -o out t.csv
		[ "$status" -eq 3 ]
		[[ $stderr = *'pktpipe-report: no '* ]]
		same report.html "$(ls -A out)"
	done
	[[ $stderr = *'no packet could be read' ]]
}

# sums DIRECTORY: of all its files, hidden ones as well.
sums() {
	(cd "$1" && find . -type f -exec sha256sum {} + | sort -k 2)
}

@test "on a full disk an earlier report stays whole, with one message" {
	tables_only
	mkdir small
	export -f sums
	# Kilobytes that are free; the least room that does is about 120.
	# shellcheck disable=SC2016  # for the inner shell
	unshare --mount --propagation unchanged bash -euc '
		mount -t tmpfs -o size=4m none small
		cd small
		pktpipe-report --set demo -o out "$DATA/lan.pcap"
		sums out > ../before
		used=$(df -k --output=used . | tail -n 1)
		for room in 0 4 8 16 24 32 48 64; do
			mount -o "remount,size=$((used + room))k" .
			code=0
			pktpipe-report -o out "$DATA/lan.pcap" 2> ../said ||
			    code=$?
			echo "$room $code $(sums out | cmp - ../before && echo same) \
$(wc -l < ../said) $(grep -c "^pktpipe-report: cannot write in .*: the disk may be full" ../said)"
		done
		mount -o remount,size=4m .
		pktpipe-report -o out "$DATA/lan.pcap"
		sums out | cmp -s - ../before || echo new
	' > got
	same "$(for room in 0 4 8 16 24 32 48 64; do
		echo "$room 3 same 1 1"; done; echo new)" "$(cat got)"
}

@test "a picture that is cut short is no picture" {
	tables_only
	echo '[ ! -e ../report.png ] || echo picture > ../report.png' \
	    >> "$BATS_TEST_TMPDIR/fake/gnuplot"
	mkdir out
	echo earlier > out/report.html
	runs pktpipe-report -o out "$DATA/dns.pcap"
	[ "$status" -eq 3 ]
	same 'pktpipe-report: cannot write in "'"$PWD"'/out": the disk may be full' \
	    "$stderr"
	same report.html "$(ls -A out)"
	# One that gnuplot does not make, with its reason.
	echo 'echo "line 0: no such terminal" >&2; exit 1' \
	    > "$BATS_TEST_TMPDIR/fake/gnuplot"
	runs pktpipe-report -o out "$DATA/dns.pcap"
	[ "$status" -eq 3 ]
	same 'pktpipe-report: a picture could not be made: line 0: no such terminal' \
	    "$stderr"
	same report.html "$(ls -A out)"
	# One whose program the kernel ends, as when there is no memory left.
	# shellcheck disable=SC2016  # for the other shell
	echo 'kill -KILL $$' > "$BATS_TEST_TMPDIR/fake/gnuplot"
	runs pktpipe-report -o out "$DATA/dns.pcap"
	[ "$status" -eq 3 ]
	same 'pktpipe-report: a picture could not be made: a program was killed '\
'by signal KILL' "$stderr"
	same report.html "$(ls -A out)"
	# A table whose program has no memory.
	flowbw() {
		echo 'flowbw: out of memory' >&2
		return 3
	}
	export -f flowbw
	runs pktpipe-report -o out "$DATA/dns.pcap"
	same '3|pktpipe-report: a table could not be made: flowbw: out of memory' \
	    "$status|$stderr"
	same report.html "$(ls -A out)"
}

@test "an awk that is killed, whichever, is status 3, with one message" {
	local part awk

	tables_only
	mkdir out
	echo earlier > out/report.html
	awk=$(command -v mawk || command -v awk)
	# shellcheck disable=SC2016  # for the other shell
	printf '#!/bin/sh\ncase $* in *"$PART"*) kill -KILL $$ ;; esac\nexec %s "$@"\n' \
	    "$awk" > "$BATS_TEST_TMPDIR/fake/${awk##*/}"
	chmod +x "$BATS_TEST_TMPDIR/fake/${awk##*/}"
	# What finds the first and last bins, the span and the bin, and makes a
	# table of the picture.
	for part in 'gap +=' 'first == ""' 1ms figure/bars.awk; do
		PART=$part runs pktpipe-report -o out "$DATA/dns.pcap"
		[ "$status" -eq 3 ]
		[[ $stderr = 'pktpipe-report: a '*' could not be made: a program was '\
'killed by signal KILL' ]]
		same report.html "$(ls -A out)"
	done
}

@test "a directory in the place of a file is status 3, and nothing changes" {
	local name

	tables_only
	pktpipe-report -o out "$DATA/dns.pcap"
	for name in report.html rate.csv interfaces.csv; do
		cp -R out other
		rm -f "other/$name"
		mkdir "other/$name"
		sums other > before
		runs pktpipe-report --set demo -o other "$DATA/dns.pcap"
		[ "$status" -eq 3 ]
		same "pktpipe-report: \"$PWD/other/$name\" is a directory, want a file" \
		    "$stderr"
		same "$(cat before)" "$(sums other)"
		run ! ls -d other/.pktpipe-report.*
		rm -r other
	done
	echo file > file
	runs pktpipe-report -o file/out "$DATA/dns.pcap"
	[ "$status" -eq 3 ]
	same "pktpipe-report: cannot make the directory \"$PWD/file/out\"" \
	    "$stderr"
}

@test "a directory that may not be written is status 3, with the reason" {
	tables_only
	mkdir out
	chmod 555 out
	# Root may write anywhere: without that privilege.
	runs setpriv --bounding-set -dac_override \
	    pktpipe-report -o out "$DATA/dns.pcap"
	[ "$status" -eq 3 ]
	same "pktpipe-report: cannot write in \"$PWD/out\": permission denied" \
	    "$stderr"
}

# running: whether a report in out reads standard input.
running() {
	ls -d out/.pktpipe-report.*/work/stdin
}

@test "what a killed report leaves is removed by the next, not what runs" {
	tables_only
	mkfifo rows
	mkdir out
	pktpipe-report -o out - < rows 3>&- &
	killed=$!
	exec 5> rows
	until_true running
	# Another report leaves the one that runs alone.
	pktpipe-report -o out "$DATA/dns.pcap"
	running
	kill -KILL $killed
	exec 5>&-
	wait $killed || true
	# Its child ends at the end of its input.
	until_true flock -n out/.pktpipe-report.* true
	pktpipe-report -o out "$DATA/dns.pcap"
	run ! ls -d out/.pktpipe-report.*
	[ -s out/report.html ]
}

@test "a closed standard error does no harm" {
	tables_only
	pktpipe-report -o out "$DATA/dns.pcap" 2>&-
	[ -s out/report.html ]
}

@test "a full standard output is status 3, and the report is made" {
	tables_only
	status=0
	pktpipe-report --print -o out "$DATA/dns.pcap" > /dev/full 2> said ||
	    status=$?
	[ "$status" -eq 3 ]
	same 'pktpipe-report: stdout: cannot write' \
	    "$(cat said)"
	[ -s out/report.html ]
}

@test "a report that is ended leaves nothing running, nor does one without processes" {
	local job

	# gnuplot catches SIGINT, and reads its standard input then.
	# shellcheck disable=SC2016  # for the stand-in
	lines '#!/bin/sh' "trap '' INT" 'echo $$ >"$BATS_TEST_TMPDIR/drawing"' \
	    'exec sleep 300' \
	    >"$BATS_TEST_TMPDIR/fake/gnuplot"
	chmod +x "$BATS_TEST_TMPDIR/fake/gnuplot"
	PATH=$BATS_TEST_TMPDIR/fake:$PATH setsid env --default-signal=INT \
	    "$ROOT/scripts/pktpipe-report" -o out "$DATA/dns.pcap" >said 2>&1 3>&- &
	job=$!
	until_true test -s "$BATS_TEST_TMPDIR/drawing"
	kill -INT -- "-$job"
	wait "$job" || [ $? -eq 130 ]
	same "|" "$(cat said)|$(ls -A out)"
	until_true not_running "$(cat "$BATS_TEST_TMPDIR/drawing")"
	# What bash does when it cannot fork.
	# shellcheck disable=SC2016  # for the shell of the report
	echo 'trap '\''[ "$BASH_COMMAND" != make_figure ] || exit 254'\'' DEBUG' >debug
	BASH_ENV=$PWD/debug runs pktpipe-report -o out "$DATA/dns.pcap"
	[ "$status" -eq 3 ]
	same 'pktpipe-report: a picture could not be made: no process could be started' \
	    "$stderr"
	same "" "$(ls -A out)"
}

# One that nobody has waited for yet has ended, too.
not_running() {
	! grep -qs 'State:.[^Z]' "/proc/$1/status"
}
