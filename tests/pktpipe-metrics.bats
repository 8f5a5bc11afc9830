#!/usr/bin/env bats
# pktpipe-metrics: rows as a file of metrics, which Prometheus reads
# SPDX-License-Identifier: ISC

# shellcheck disable=SC2016,SC2154  # for other shells; what bats sets

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	SERVERS=()
}

teardown() {
	local pid

	for pid in "${SERVERS[@]}"; do
		kill "$pid"
		wait "$pid" || true
	done
}

@test "the counters are the sums of the rows, and promtool has no complaint" {
	pcap2csv "$DATA/demo.pcapng" >rows.csv
	runs pktpipe-metrics -o x.prom --refresh 1s <rows.csv
	same "0||" "$status|$output|$stderr"
	promtool check metrics <x.prom
	same "$(awk -F, 'NR > 1 { n[$4]++; b[$4] += $5 } END { for (p in n)
	    printf "bytes %s %d\npackets %s %d\n", p, b[p], p, n[p] }' rows.csv |
	    sort)" "$(sed -nE \
	    's/^pktpipe_(.*)_total\{proto="(.*)"\} /\1 \2 /p' x.prom | sort)"
	same "" "$(grep -E 'src|alert' x.prom)"
	[ ! -e x.prom.new ]
}

@test "directions, the largest sources and alerts are in it on request" {
	lines time,src,dst,proto,len,dir 1,10.0.0.1,10.0.0.2,DNS,100,out \
	    21,10.0.0.2,10.0.0.1,DNS,300,in 22,10.0.0.3,10.0.0.1,DNS,200,in \
	    23,10.0.0.4,10.0.0.1,TLS,50,in >rows.csv
	# The start of the first one is in a file before this.
	lines time,rule,severity,src,dst,proto,value,threshold,window,state,unit \
	    0,port-scan,low,10.0.0.9,,,1,1,1,end,x \
	    1,syn-flood,high,10.0.0.1,,,1,1,1,start,x \
	    2,syn-flood,high,10.0.0.1,,,1,1,1,update,x \
	    3,syn-flood,high,10.0.0.1,,'"A,""B"',1,1,1,end,x \
	    4,port-scan,low,10.0.0.1,,,1,1,1,start,x >alerts.csv
	pktpipe-metrics -o x.prom -n 2 --alerts alerts.csv <rows.csv
	promtool check metrics <x.prom
	same 'pktpipe_alerts_open{rule="port-scan",severity="low"} 1
pktpipe_alerts_open{rule="syn-flood",severity="high"} 0
pktpipe_alerts_total{rule="port-scan",severity="low"} 1
pktpipe_alerts_total{rule="syn-flood",severity="high"} 1
pktpipe_bytes_total{proto="DNS",dir="in"} 500
pktpipe_bytes_total{proto="DNS",dir="out"} 100
pktpipe_bytes_total{proto="TLS",dir="in"} 50
pktpipe_interval_start_timestamp_seconds 15.000000
pktpipe_packets_total{proto="DNS",dir="in"} 2
pktpipe_packets_total{proto="DNS",dir="out"} 1
pktpipe_packets_total{proto="TLS",dir="in"} 1
pktpipe_top_source_bytes{src="10.0.0.2"} 300
pktpipe_top_source_bytes{src="10.0.0.3"} 200' "$(grep -Ev '^#|^pktpipe_lag' x.prom | sort)"
}

@test "what came late or has no time counts, and the interval is the newest" {
	lines time,src,dst,proto,len 1000.5,10.0.0.1,10.0.0.9,TLS,100 \
	    1030.5,10.0.0.2,10.0.0.9,TLS,200 500.5,10.0.0.3,10.0.0.9,TLS,30 \
	    ,10.0.0.4,10.0.0.9,TLS,4 >rows.csv
	pktpipe-metrics -o x.prom -n 1 <rows.csv 2>said
	# 1030 is in the interval of 15 s that starts at 1020.
	same 'pktpipe_bytes_total{proto="TLS"} 334
pktpipe_interval_start_timestamp_seconds 1020.000000
pktpipe_packets_total{proto="TLS"} 4
pktpipe_top_source_bytes{src="10.0.0.2"} 200' \
	    "$(grep -Ev '^#|^pktpipe_lag' x.prom | sort)"
}

@test "rows without a time alone are counted, of no interval, and no alert" {
	echo time,rule,severity,src,dst,proto,value,threshold,window,state,unit \
	    >alerts.csv
	lines time,src,dst,proto,len ,10.0.0.4,10.0.0.9,TLS,4 |
	    pktpipe-metrics -o x.prom -n 1 --alerts alerts.csv
	promtool check metrics <x.prom
	same 'pktpipe_bytes_total{proto="TLS"} 4
pktpipe_packets_total{proto="TLS"} 1' "$(grep -v '^#' x.prom | sort)"
	runs pktpipe-metrics -o none.prom < <(printf time,src,dst,proto,len)
	same "0||" "$status|$output|$stderr"
	[ ! -e none.prom ]
}

@test "sources of more than 2^31 bytes an interval are the largest" {
	lines time,src,dst,proto,packets,bytes \
	    1,10.0.0.1,10.0.0.2,TLS,3,3000000000 \
	    1,10.0.0.2,10.0.0.1,TLS,1,999 2,10.0.0.1,10.0.0.2,DNS,1,123 |
	    pktpipe-metrics -o x.prom -n 1
	same 'pktpipe_top_source_bytes{src="10.0.0.1"} 3000000123' \
	    "$(grep ^pktpipe_top x.prom)"
}

@test "drops, and how far rows and copies are, are in it" {
	local now

	now=$(date +%s)
	{ echo time,src,dst,proto,len; packets 2 $((now - 3600)) 60; } >rows.csv
	lines 'pcap2csv: eth0: 5 packets captured, 1 dropped by the kernel, 0 by the interface' \
	    'pcap2csv: eth1: 1 packet captured, 2 dropped by the kernel, an unknown number by the interface' \
	    'pcap2csv: eth0: 9 packets captured, 3 dropped by the kernel, 4 by the interface' \
	    >messages
	mkdir all
	lines sensor,state,newest,age,behind_bytes,missing_bytes,disk_bytes,clock \
	    west,live,1700000000.000000,12,0,0,8192,-7 \
	    east,down,,,500,70,, >all/status.csv
	pktpipe-metrics -o x.prom --messages messages --sensors all <rows.csv
	promtool check metrics <x.prom
	same 'pktpipe_dropped_packets_total{interface="eth0",by="interface"} 4
pktpipe_dropped_packets_total{interface="eth0",by="kernel"} 3
pktpipe_dropped_packets_total{interface="eth1",by="kernel"} 2
pktpipe_sensor_behind_bytes{sensor="east"} 500
pktpipe_sensor_behind_bytes{sensor="west"} 0
pktpipe_sensor_clock_seconds{sensor="west"} -7
pktpipe_sensor_disk_bytes{sensor="west"} 8192
pktpipe_sensor_lag_seconds{sensor="west"} 12
pktpipe_sensor_missing_bytes{sensor="east"} 70
pktpipe_sensor_missing_bytes{sensor="west"} 0
pktpipe_sensor_up{sensor="east"} 0
pktpipe_sensor_up{sensor="west"} 1' \
	    "$(grep -E '^pktpipe_(dropped|sensor)' x.prom | sort)"
	# The last row is of 59 minutes ago, in an interval of 15 s.
	[ "$(awk '/^pktpipe_lag_seconds / { print $2 }' x.prom)" -ge 3525 ]
}

@test "an interval is in the file when it is over, while rows go on coming" {
	mkfifo rows
	pktpipe-metrics -o x.prom <rows >out 2>&1 3>&- &
	exec 5>rows
	lines time,src,dst,proto,len 1,10.0.0.1,10.0.0.2,DNS,100 >&5
	lines 16.5,10.0.0.1,10.0.0.2,DNS,100 >&5
	lines 33,10.0.0.1,10.0.0.2,DNS,100 >&5
	until_true grep -q '^pktpipe_packets_total{proto="DNS"} 1' x.prom
	exec 5>&-
	wait "$!"
	grep -qx 'pktpipe_packets_total{proto="DNS"} 3' x.prom
}

@test "a file that cannot be written is said, and the status is 3" {
	mkdir x.prom
	runs pktpipe-metrics -o x.prom/none/y.prom <<<"time,src,dst,proto,len
1,10.0.0.1,10.0.0.2,DNS,100"
	same "3||pktpipe-metrics: x.prom/none/y.prom: cannot write" \
	    "$status|$output|$stderr"
	# Said once, and the highest status wins: a row has no length.
	runs pktpipe-metrics --refresh 1s -o none/y.prom <<<"time,src,dst,proto,len
1,10.0.0.1,10.0.0.2,DNS,100
3,10.0.0.1,10.0.0.2,DNS,x
5,10.0.0.1,10.0.0.2,DNS,100"
	same "3|1" "$status|$(grep -c 'none/y.prom: cannot write' <<<"$stderr")"
	runs pktpipe-metrics -o x.txt <<<x
	same "2||pktpipe-metrics: want -o with a name that ends in .prom, as node_exporter does" \
	    "$status|$output|$stderr"
	runs pktpipe-metrics -o x.prom <<<x
	[ "$status" -eq 3 ]
}

@test "Prometheus has the figures, by way of node_exporter" {
	local port=$((20000 + $$ % 10000))

	mkdir metrics
	pcap2csv "$DATA/dns.pcap" | pktpipe-metrics -o metrics/x.prom
	prometheus-node-exporter --collector.disable-defaults \
	    --collector.textfile --collector.textfile.directory="$PWD/metrics" \
	    --web.listen-address="127.0.0.1:$port" 2>exporter 3>&- &
	SERVERS+=($!)
	lines 'scrape_configs:' '- job_name: x' '  scrape_interval: 1s' \
	    '  scrape_timeout: 1s' '  static_configs:' \
	    "  - targets: ['127.0.0.1:$port']" >p.yml
	prometheus --config.file=p.yml --storage.tsdb.path=db \
	    --web.listen-address="127.0.0.1:$((port + 1))" 2>server 3>&- &
	SERVERS+=($!)
	asked() {
		promtool query instant "http://127.0.0.1:$((port + 1))" \
		    'pktpipe_packets_total{proto="DNS"}' | grep -q "=> $1 @"
	}
	until_true asked "$(tshark -r "$DATA/dns.pcap" -Y dns | wc -l)"
}

@test "VictoriaMetrics gets rates in whole seconds by the page's command" {
	local recipe

	pcap2csv "$DATA/dns.pcap" >traffic.csv
	printf '#!/bin/sh\ncat >sent\n' >./curl
	chmod +x ./curl
	recipe=$(sed -n '/ in VictoriaMetrics/,/^\.Ed/p' \
	    "$ROOT/man/pktpipe-metrics.1" | sed '1,/^\.Bd/d; /^\.Ed/d; s/\\e/\\/g')
	PATH=$PWD:$PATH bash -c "$recipe"
	# Packets and bytes of each second by tshark.
	tshark -r "$DATA/dns.pcap" -T fields -e frame.time_epoch \
	    -e _ws.col.Protocol -e frame.len | awk '{ k = int($1) "," $2
		n[k]++; b[k] += $3 } END { for (k in n)
		print k "," n[k] "," b[k] }' | sort | diff - <(sort sent)
}

@test "no text of a row is run, or ends a line or a label" {
	lines time,src,dst,proto,len '1,10.0.0.1,10.0.0.2,"X,1,1' \
	    'row[$(touch run)],b""' '",100' '2,10.0.0.1,10.0.0.2,"Y,Z",30' \
	    '3,10.0.0.1,10.0.0.2,TLS,7' $'4, a b,10.0.0.2,T\xffS,90' \
	    $'4,a b,10.0.0.2,T\xfeS,80' '4,a c,10.0.0.2,T\S,70' >rows.csv
	runs pktpipe-metrics -o x.prom -n 4 <rows.csv
	same "0||" "$status|$output|$stderr"
	[ ! -e run ]
	promtool check metrics <x.prom
	same 'pktpipe_bytes_total{proto="T?S"} 170
pktpipe_bytes_total{proto="TLS"} 7
pktpipe_bytes_total{proto="T\\S"} 70
pktpipe_bytes_total{proto="X?1?1?row[$(touch run)]?b?"} 100
pktpipe_bytes_total{proto="Y?Z"} 30
pktpipe_top_source_bytes{src="10.0.0.1"} 137
pktpipe_top_source_bytes{src=" a b"} 90
pktpipe_top_source_bytes{src="a b"} 80
pktpipe_top_source_bytes{src="a c"} 70' "$(grep -E '^pktpipe_(by|top)' x.prom)"
}

@test "files may have any names" {
	lines time,rule,severity,src,dst,proto,value,threshold,window,state,unit \
	    1,syn-flood,high,10.0.0.1,,,1,1,1,start,x >a=1.csv
	echo 'pcap2csv: rx0: 5 packets captured, 3 dropped by the kernel, 0 by the interface' \
	    >-n
	mkdir s=1
	lines sensor,state,newest,age 'we"st,live,1,2' >s=1/status.csv
	runs pktpipe-metrics -o $'-\n*.prom' --alerts a=1.csv --messages -n \
	    --sensors s=1 < <(packets 1 5 1 | sed '1i time,src,dst,proto,len')
	same "0||" "$status|$output|$stderr"
	promtool check metrics <./$'-\n*.prom'
	same 'pktpipe_dropped_packets_total{interface="rx0",by="kernel"} 3
pktpipe_sensor_up{sensor="we?st"} 1
pktpipe_alerts_total{rule="syn-flood",severity="high"} 1' \
	    "$(grep -E '_up\{|kernel"|total\{rule' ./$'-\n*.prom')"
}

@test "a part that cannot be made, or a file that is too large, is status 3" {
	lines time,rule,severity,state 1,r,high,start >alerts.csv
	packets 3 5 1 | sed '1i time,src,dst,proto,len' >rows.csv
	mkdir fake
	# What orders the largest sources, then what picks the alerts.
	lines '#!/bin/sh' 'case $* in "-k 1,1nr"*) exit 2 ;; esac' \
	    'exec /usr/bin/sort "$@"' >fake/sort
	lines '#!/bin/sh' 'exit 2' >other
	chmod +x fake/sort other
	for program in sort grep; do
		[ "$program" = sort ] || mv other fake/grep
		echo earlier >x.prom
		PATH=$PWD/fake:$PATH runs pktpipe-metrics -n 1 \
		    --alerts alerts.csv -o x.prom <rows.csv
		same "3|pktpipe-metrics: x.prom: cannot write|earlier" \
		    "$status|$stderr|$(cat x.prom)"
		rm "fake/$program"
	done
	# The sums end in the middle of an interval.
	lines '#!/bin/sh' 'echo 15.000000,TLS,1,100' 'exit 3' >fake/ratebw
	chmod +x fake/ratebw
	# The script puts its own programs first.
	mkdir tree
	cp -R "$ROOT/scripts/." tree
	mv fake/ratebw tree
	runs tree/pktpipe-metrics -o x.prom <rows.csv
	same "3||earlier" "$status|$stderr|$(cat x.prom)"
	runs bash -c 'ulimit -f 0; exec pktpipe-metrics -o x.prom <rows.csv 2>&1 |
	    cat; exit "${PIPESTATUS[0]}"'
	same "3|pktpipe-metrics: x.prom: cannot write|earlier" \
	    "$status|$output|$(cat x.prom)"
	[ ! -e x.prom.new ]
}

@test "a signal leaves nothing running, and no half of a file" {
	local at

	for at in 'producer=$!' interval; do
		rm -f in
		mkfifo in
		exec 9<>in
		echo time,src,dst,proto,len >&9
		packets 3 5 10 >&9
		told_at "$at" TERM "$PWD/at"
		BASH_ENV=$PWD/at MARK=$PWD runs pktpipe-metrics --refresh 1s \
		    -o x.prom <in 9>&-
		[ -e at.once ]
		same "143||" "$status|$output|$stderr"
		[ ! -e x.prom.new ]
		until_true none_runs
	done
}

none_runs() {
	! grep -lzxF "MARK=$PWD" /proc/[0-9]*/environ 2>/dev/null
}
