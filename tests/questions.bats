#!/usr/bin/env bats
# The questions of pktpipe(7): each answer, as it stands there, is right.
# SPDX-License-Identifier: ISC

load helper
load recipes

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir fake
	PATH=$PWD/fake:$PATH
}

# rows CAPTURE: its rows as traffic.csv, and tshark's as truth.csv, with the
# columns time,src,dst,proto,len.
rows() {
	pcap2csv -e sport,dport,service,flags,ip_proto,vlan "$DATA/$1" >traffic.csv
	sed 1d "$DATA/$1.truth.csv" | cut -d, -f2-6 >truth.csv
}

# truth AWK: packets and bytes by the key that an awk expression makes.
truth() {
	awk -F, "{ k = $1; n[k]++; b[k] += \$5 }
	    END { for (k in n) print k \",\" n[k] \",\" b[k] }" \
	    "${2:-truth.csv}" | sort
}

# fields FIELD...: these of capture.pcap by tshark, the first occurrence.
fields() {
	local field words=()

	for field; do words+=(-e "$field"); done
	tshark -n -r capture.pcap -T fields -E separator=, -E occurrence=f \
	    "${words[@]}" 2>/dev/null
}

@test "who talks to whom" {
	rows demo.pcapng
	cook "Who talks to whom" >out
	# shellcheck disable=SC2016  # for awk
	same "$(truth '($2 < $3 ? $2 " " $3 : $3 " " $2)' | busiest 10)" \
	    "$(sed '1d;$d' out)"
	same "$(wc -l <truth.csv)" "$(awk -F, '{ n += $2 } END { print n }' out)"
}

@test "both directions of each connection as one" {
	rows demo.pcapng
	cook "Both directions of each connection as one" >out
	cp "$DATA/demo.pcapng" capture.pcap
	# tshark numbers the connections; a quoted packet is of none.
	same "$(fields tcp.stream udp.stream icmp.type icmpv6.type frame.len |
	    awk -F, '$1 $2 != "" && $3 $4 == "" { k = $1 "u" $2; n[k]++
	    b[k] += $5 } END { for (k in n) print n[k] "," b[k] }' |
	    sort -t, -k2,2nr -k1,1nr | head -n 5)" \
	    "$(sed '1d;$d' out | grep ':[0-9]* .*:[0-9]*,' |
	    cut -d, -f2,3 | sort -t, -k2,2nr -k1,1nr | head -n 5)"
}

@test "connections" {
	rows tls.pcap
	cook "Connections" >out
	cp "$DATA/tls.pcap" capture.pcap
	same "$(fields tcp.stream frame.len | awk -F, '$1 != "" {
	    n[$1]++; b[$1] += $2 } END { for (k in n) print n[k] "," b[k] }' |
	    sort)" "$(toptalk --by src,sport,dst,dport --no-header \
	    <(rowpick 'ip_proto = 6' out) | cut -d, -f5,6 | sort)"
}

@test "top ports of each source" {
	rows demo.pcapng
	cook "Top ports of each source" >out
	cp "$DATA/demo.pcapng" capture.pcap
	fields ip.src ipv6.src udp.srcport tcp.srcport udp.dstport \
	    tcp.dstport frame.len icmp.type icmpv6.type >frames
	# Those that have ports of their own, not of a quoted packet.
	want=$(awk -F, '$8 $9 == "" && $3 $4 != "" { s = $3 $4; d = $5 $6
	    k = $1 $2 "," (s + 0 < d + 0 ? s : d); n[k]++; b[k] += $7 }
	    END { for (k in n) print k "," n[k] "," b[k] }' frames |
	    sort -t, -k1,1 -k4,4nr -k2,2 | awk -F, '$1 != last { i = 0
	    last = $1 } ++i <= 2')
	[ "$(wc -l <<<"$want")" -gt 10 ]
	same "$want" "$(grep -v ',REST,\|,,' out | sed 1d |
	    sort -t, -k1,1 -k4,4nr -k2,2 | awk -F, '$1 != last { i = 0
	    last = $1 } ++i <= 2')"
}

@test "the 95th percentile is in bits per second" {
	# 21 bins of 1000, 2000 ... 21000 bytes per second, out of order: the
	# percentile is the 20th.
	awk 'BEGIN { print "time,src,dst,proto,len"
	    for (i = 1; i <= 21; i++)
		for (s = 0; s < 300; s += 2)
			printf "%d.000000,192.0.2.1,192.0.2.2,TLS,%d\n",
			    (i * 8 % 21) * 300 + s, i * 2000 }' >traffic.csv
	same "$(lines percentile,packets,bytes,pps,bps \
	    95,150,6000000,0.500,160000.000)" "$(cook "The 95th percentile")"
}

@test "by network" {
	rows demo.pcapng
	# shellcheck disable=SC2016  # for python
	same "$(python3 -c 'import csv, ipaddress
n, b = {}, {}
for row in csv.reader(open("truth.csv")):
    k = row[1] and str(ipaddress.ip_network((row[1],
        64 if ":" in row[1] else 24), strict=False))
    n[k] = n.get(k, 0) + 1
    b[k] = b.get(k, 0) + int(row[4])
for k in n: print(k, n[k], b[k], sep=",")' | sort)" \
	    "$(cook "By network" | sed 1d | sort)"
}

@test "by VLAN" {
	rows vlan.pcap
	cp "$DATA/vlan.pcap" capture.pcap
	same "$(fields ieee8021ad.id vlan.id frame.len | awk -F, '{
	    k = $1 ($1 != "" && $2 != "" ? "." : "") $2; n[k]++; b[k] += $3 }
	    END { for (k in n) print k "," n[k] "," b[k] }' | sort)" \
	    "$(cook "By VLAN" | sed 1d | cut -d, -f1-3 | sort)"
}

@test "new sources" {
	for n in 1 2; do
		lines time,src,dst,proto,len 1.5,192.0.2.1,192.0.2.9,TLS,100 \
		    "2.5,192.0.2.$((n + 1)),192.0.2.9,TLS,200" \
		    "3.5,2001:db8::$n,2001:db8::9,TLS,50" >"day-$n.csv"
	done
	same "$(lines src,packets,bytes 192.0.2.3,1,200 2001:db8::2,1,50)" \
	    "$(cook "New sources")"
}

@test "first appearance of a protocol" {
	rows dns.pcap
	cat traffic.csv >all.csv
	rows tls.pcap
	cat all.csv >>traffic.csv
	sort -t, -k1,1n "$DATA/dns.pcap.truth.csv" "$DATA/tls.pcap.truth.csv" |
	    grep -v ^frame | cut -d, -f2,5 | sed 's/TLSv.*/TLS/' |
	    sort -n | awk -F, '!seen[toupper($2)]++ { print toupper($2) "," $1 }
	    ' >want
	cook "First appearance of a protocol" | sed 1d >out
	same "$(cut -d, -f1 want)" "$(cut -d, -f1 out)"
	while IFS=, read -r proto first; do
		same "$(date -u -d "@$first" +%FT%T)" \
		    "$(grep "^$proto," out | cut -d, -f4 | cut -d. -f1)"
	done <want
}

@test "the share of DNS over time" {
	rows demo.pcapng
	same "$(awk -F, '{ m = $1 - $1 % 60; n[m]++ } $4 == "DNS" { d[m]++ }
	    END { for (m in d) printf "%d,%d,%.2f\n", m, d[m], 100 * d[m] / \
	    n[m] }' truth.csv | sort)" "$(cook "The share of DNS over time" |
	    sed 1d | cut -d, -f1,3,5)"
}

@test "a histogram of sizes" {
	rows demo.pcapng
	# shellcheck disable=SC2016  # for awk
	same "$(truth 'int($5 / 100) * 100' | sort -n)" \
	    "$(cook "A histogram of sizes" | sed 1d | cut -d, -f1-3)"
}

@test "gaps between packets" {
	rows demo.pcapng
	cp "$DATA/demo.pcapng" capture.pcap
	# In microseconds, as the times are too long for the numbers of awk.
	same "$(awk -F, '{ split($1, t, "."); us = t[1] % 100000 * 1000000 + \
	    substr(t[2], 1, 6); if (NR > 1) { gap = us - last
	    if (gap < 0) gap -= 999; k = int(gap / 1000)
	    n[k]++; b[k] += $5 } else { n[""]++; b[""] += $5 }; last = us }
	    END { for (k in n) print (k == "" ? "" : sprintf("%.3f", k / 1000)),
	    n[k], b[k] }' OFS=, truth.csv | sort)" \
	    "$(cook "Gaps between packets" | sed 1d | cut -d, -f1-3 | sort)"
}

@test "the top of each minute" {
	rows demo.pcapng
	cook "The top of each minute" >out
	# shellcheck disable=SC2016  # for awk
	same "$(truth 'int($1 / 60) * 60 ".000000," $2' |
	    sort -t, -k1,1n -k4,4nr -k2,2 |
	    awk -F, '$1 != last { i = 0; last = $1 } ++i <= 3')" \
	    "$(grep -v ',REST,' out | sed 1d)"
	same 4 "$(grep -c ',REST,' out)"
}

@test "when the peak was, and who made it" {
	rows demo.pcapng
	peak=$(awk -F, '{ m = $1 - $1 % 60; b[m] += $5 } END { for (m in b)
	    if (b[m] > b[best]) best = m; print best }' truth.csv)
	awk -F, -v m="$peak" '$1 >= m && $1 < m + 60' truth.csv >minute.csv
	# shellcheck disable=SC2016  # for awk
	same "$(truth '$2' minute.csv | busiest 3)" \
	    "$(cook "When the peak was, and who made it" | sed '1d;$d')"
}

@test "by network, time of day and weekday" {
	# Monday 2026-11-23 and Saturday, at 7, 8, 17 and 18 o'clock.
	for t in 1795392000 1795824000; do
		for h in 7 8 17 18; do
			lines "$((t + h * 3600)).5,192.0.2.1,10.0.0.1,P$h,$h" \
			    "$((t + h * 3600)).5,10.0.0.1,192.0.2.1,Q$h,$h"
		done
	done | cat <(echo time,src,dst,proto,len) - >traffic.csv
	same "$(lines proto,packets,bytes P17,1,17 P8,1,8)" \
	    "$(cook "By network, time of day and weekday")"
}

@test "by country and AS, names of an inventory, in and out apart" {
	lines net,country,as 192.0.2.0/24,NL,64500 198.51.100.0/24,DE,64501 \
	    >networks.csv
	lines net,name 192.0.2.0/24,office 192.0.2.1,router >hosts.csv
	lines time,src,dst,proto,len 60.5,192.0.2.1,198.51.100.1,TLS,100 \
	    61.5,198.51.100.1,192.0.2.1,TLS,1000 \
	    62.5,192.0.2.2,192.0.2.1,DNS,50 \
	    63.5,203.0.113.1,198.51.100.1,TLS,9 >traffic.csv
	same "$(lines src_country,src_as,packets,bytes DE,64501,1,1000 \
	    NL,64500,2,150 ,,1,9)" "$(cook "By country and AS")"
	same "$(lines src_name,packets,bytes ,2,1009 router,1,100 office,1,50)" \
	    "$(cook "Names of an inventory")"
	same "$(lines time,dir,packets,bytes,pps,bps \
	    60.000000,in,1,1000,0.017,133.333 60.000000,local,1,50,0.017,6.667 \
	    60.000000,out,1,100,0.017,13.333 \
	    60.000000,through,1,9,0.017,1.200)" "$(cook "Traffic in and out apart")"
}

@test "the rate now" {
	rows tls.pcap
	# shellcheck disable=SC2016  # for awk
	same "$(truth 'int($1) ".000000"' | awk -F, '{ printf \
	    "%s,%d,%d,%.3f,%.3f\n", $1, $2, $3, $2, $3 * 8 }')" \
	    "$(cook "The rate now" "-i eth0" "$DATA/tls.pcap" |
	    sed 1d | grep -v ',0,0,')"
}

@test "two captures compared" {
	pcap2csv "$DATA/dns.pcap" >one.csv
	pcap2csv "$DATA/tls.pcap" >other.csv
	# shellcheck disable=SC2016  # for awk
	for f in one other; do
		sed 1d $f.csv >$f.rows
		truth '$4' $f.rows | cut -d, -f1,3 >$f
	done
	same "$(join -t, -a1 -a2 -e0 -o 0,1.2,2.2 one other)" \
	    "$(cook "Two captures compared" | sed 1d)"
}

@test "over ssh" {
	# shellcheck disable=SC2016  # for the fake to expand
	pretend ssh "pcap2csv '$DATA/tls.pcap'"
	same "$(pcap2csv "$DATA/tls.pcap" | protobw)" "$(cook "Over ssh")"
	same "-C sensor pcap2csv -i eth0 --count 1000" "$(cat ssh.args)"
}

@test "split by hour" {
	# Hours of two days, one of them without a row, and a row without a time.
	for h in 0 1 2 23 24 25 47; do
		lines "$((1704067200 + h * 3600)).000000,192.0.2.1,,TLS,$h" \
		    "$((1704070799 + h * 3600)).999999,192.0.2.1,,TLS,$h"
	done | cat <(lines time,src,dst,proto,len ,192.0.2.1,,TLS,9) - \
	    >traffic.csv
	cook "Split by hour"
	same "$(lines 2024-01-0{1-{00,01,02,23},2-{00,01,23}}.csv)" \
	    "$(ls 2024-*)"
	same "$(lines time,src,dst,proto,len 1704153600.000000,192.0.2.1,,TLS,24 \
	    1704157199.999999,192.0.2.1,,TLS,24)" "$(cat 2024-01-02-00.csv)"
	same "$(sed '1,2d' traffic.csv)" "$(grep -hv ^time 2024-*)"
}

@test "Parquet and JSON" {
	rows tls.pcap
	pretend duckdb 'cat traffic.csv > traffic.parquet'
	# Miller does not know the zone UTC0.
	TZ=UTC cook "Parquet and JSON"
	same "-c copy (from 'traffic.csv') to 'traffic.parquet'" \
	    "$(cat duckdb.args)"
	same "$(awk -F, '{ s += $5 } END { print NR, s }' truth.csv)" \
	    "$(python3 -c 'import json
rows = json.load(open("traffic.json"))
print(len(rows), sum(row["len"] for row in rows))')"
}

@test "a month from its days" {
	for day in 01 02 03; do
		many "1${day}0" >"day-$day.csv"
	done
	cat day-0?.csv | grep -v ^time >truth.csv
	cook "A month from its days" >out
	# shellcheck disable=SC2016  # for awk
	same "$(truth '$2' | busiest 10)" "$(sed '1d;$d' out)"
}

@test "resume" {
	mkdir captures
	cp "$DATA/dns.pcap" "$DATA/tls.pcap" captures
	want=$(pcap2csv captures/*.pcap | protobw)
	same "$want" "$(cook "Resume")"
	# What is summed is not read again; what is new is.
	echo no capture >captures/dns.pcap
	cp "$DATA/vlan.pcap" captures
	same "$(pcap2csv "$DATA/dns.pcap" "$DATA/tls.pcap" "$DATA/vlan.pcap" |
	    protobw)" "$(cook "Resume")"
	# What is damaged is not done.
	head -c 1000 "$DATA/tls.pcap" >captures/cut.pcap
	bash -c "$(recipe "Resume")"
	[ ! -e captures/cut.pcap.sums ]
}
