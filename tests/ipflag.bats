#!/usr/bin/env bats
# ipflag: rules, alerts, tagged rows.
# shellcheck disable=SC2154,SC2016  # runs sets $stderr; awk has its own $

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
	header=time,rule,severity,src,dst,proto,value,threshold,window,state,unit
	columns=time,src,dst,proto,len
}

# burst N START STEP [SRC]: N rows of one source, STEP apart.
burst() {
	awk -v n="$1" -v t="$2" -v d="$3" -v s="${4:-10.0.0.1}" 'BEGIN {
	    for (i = 0; i < n; i++)
		printf "%.6f,%s,10.0.0.9,TCP,60\n", t + i * d, s }'
}

# demo: the rows of the demonstration's capture in the order of time.
demo() {
	pcap2csv --fields dport,flags "$DATA/demo.pcapng" >unsorted.csv
	head -n 1 unsorted.csv
	tail -n +2 unsorted.csv | sort -s -t, -k1,1
}

# What the awk program of slow calls.
SLOW_FUNCTIONS='
	function at(i) { return sprintf("%d.%06d", int(us[i] / 1e6) + base,
	    us[i] % 1e6) }
	function due(k) { return last[k] + s * 1e6 }
	function say(what, when, k) { printf "%s,%d.%06d,%s\n", what,
	    int(when / 1e6) + base, when % 1e6, k }
	function finish(now,    k) {
		for (k in open) if (now == "" || now > due(k)) {
			if (told[k])
				say("end", now == "" ? clock : due(k), k)
			delete open[k]
			delete told[k]
		}
	}
	function count(k, v, i,    j, c, found) {
		split("", found)
		for (j = rows[k]; j > 0; j--) {
			if (us[i] - us[row[k, j]] >= s * 1e6)
				break
			c += v == "" ? 1 : !(value[row[k, j]] in found)
			found[value[row[k, j]]] = 1
		}
		return c
	}
'

# slow WHICH KEY VALUE N SECONDS COOLDOWN: what a rule on packets should
# tell of rows on standard input, by looking back over all rows of its key for
# each; WHICH is an awk condition, VALUE what must differ (or "" for packets).
# Prints "state,time,key" in order; without values, for these have their own
# test.
slow() {
	awk -F, -v n="$4" -v s="$5" -v cool="$6" "$SLOW_FUNCTIONS"'
	NR == 1 { next }
	NR == 2 { split($1, p, "."); base = p[1] }
	{
		split($1, p, ".")
		us[NR] = clock = (p[1] - base) * 1e6 + p[2]
		finish(clock)
	}
	'"$1"' {
		k = '"$2"'
		value[NR] = '"${3:-\"\"}"'
		row[k, ++rows[k]] = NR
		if (count(k, value[NR], NR) <= n)
			next
		open[k] = 1
		last[k] = clock
		if (k in said && clock - said[k] < cool * 1e6)
			next
		say(told[k] ? "update" : "start", clock, k)
		told[k] = 1
		said[k] = clock
	}
	END { finish("") }' | sort
}

# told RULE: the same of ipflag's alerts on standard input.
told() {
	awk -F, -v rule="$1" '$2 == rule { print $10 "," $1 "," $4 $5 }' | sort
}

@test "51 packets in 10 seconds are too many, 50 are not, nor 51 in 10.2" {
	runs ipflag --set demo < <(burst 50 100.1 0.1)
	[ "$status" -eq 0 ]
	refute='src-rate'
	[[ $output != *$refute* ]]
	runs ipflag --set demo < <(burst 51 100.1 0.1)
	[ "$status" -eq 0 ]
	[[ $output == *$'\n'105.100000,src-rate,medium,10.0.0.1,,,51,50,10,start* ]]
	# 51 packets over exactly 10 s: the first is out when the last comes.
	runs ipflag --set demo < <(burst 51 100 0.2)
	[[ $output != *$refute* ]]
	# One microsecond less.
	runs ipflag --set demo < <(burst 50 100.000001 0.2; echo 110.0,10.0.0.1,,TCP,60)
	[[ $output == *110.000000,src-rate* ]]
}

# bats test_tags=compared
@test "its sliding alerts are those of a search over all rows" {
	demo >demo.csv
	ipflag --set demo demo.csv >alerts.csv
	same "$(slow '$2 != ""' '$2' '' 50 10 60 <demo.csv)" \
	    "$(told src-rate <alerts.csv)"
	echo 'rule syn flags=S track=by_dst packets=9 seconds=1' >syn.rules
	same "$(slow '$7 == "S" && $3 != ""' '$3' '' 9 1 60 <demo.csv)" \
	    "$(ipflag --rules syn.rules demo.csv | told syn)"
	same "$(slow '$4 ~ /^ICMP(V6)?$/ && $3 != ""' '$3' '' 50 1 60 \
	    <demo.csv)" "$(told icmp-flood <alerts.csv)"
	[ "$(told src-rate <alerts.csv | wc -l)" -gt 15 ]
	[ -n "$(ipflag --rules syn.rules demo.csv | told syn)" ]
	[ -n "$(told icmp-flood <alerts.csv)" ]
}

# jumble SEED: 3,000 tally rows of 3 sources, up to 1.2 s late, of 0 to 5
# packets, so close that windows of a second often are full.
jumble() {
	echo time,src,dst,proto,packets,bytes,dport
	awk -v x="$1" '
	function random(n) { x = x * 16807 % 2147483647; return x % n }
	BEGIN {
	    for (us = 50e6; i++ < 3000;) {
		us += random(random(20) ? 90000 : 2500000)
		at = us - (random(3) ? 0 : random(1200000))
		printf "%d.%06d,10.0.0.%d,,TCP,%d,%d,%d\n", at / 1e6, at % 1e6,
		    random(3), random(6), 60, random(9)
	    } }'
}

# slow_late N SECONDS UNIQUE: the alerts of late.awk, sorted.
slow_late() {
	awk -F, -v n="$1" -v s="$2" -v distinct="$3" \
	    -f "$ROOT/tests/late.awk" | sort
}

# bats test_tags=compared
@test "of late rows its sliding alerts are those of a search over all rows" {
	lines time,src,dst,proto,packets,bytes \
	    53.362866,10.0.0.1,,TCP,5,60 52.381230,10.0.0.1,,UDP,1,0 \
	    53.438259,10.0.0.1,,TCP,0,1000 60,10.0.0.2,,TCP,1,1 >late.csv
	echo 'rule r track=by_src packets=4 seconds=1 cooldown=0' >r.rules
	# The five of 53.36 are in the window of 53.43, so it matches.
	same "$(lines end,54.438259,10.0.0.1 start,53.362866,10.0.0.1)" \
	    "$(ipflag --rules r.rules late.csv | told r)"
	for seed in 1 2 3; do
		jumble $seed >rows.csv
		for rule in "4 1" "1 0.5" "20 2" "9 0.9"; do
			read -r n seconds <<<"$rule"
			echo "rule r track=by_src packets=$n seconds=$seconds cooldown=0" >r.rules
			same "$(slow_late "$n" "$seconds" '' <rows.csv)" \
			    "$(ipflag --rules r.rules rows.csv 2>late | told r)"
			grep -q 'rows more than a second late' late
		done
		for rule in "4 1" "1 0.5" "6 2"; do
			read -r n seconds <<<"$rule"
			echo "rule r track=by_src packets=$n seconds=$seconds unique=dport cooldown=0" >r.rules
			same "$(slow_late "$n" "$seconds" 1 <rows.csv)" \
			    "$(ipflag --rules r.rules rows.csv 2>late | told r)"
		done
	done
}

@test "with --lateness the rows of a sensor that was cut off are seen" {
	echo 'rule r track=by_src packets=4 seconds=2' >r.rules
	# 10.0.0.1 is on time; 10.0.0.2, an attacker, is seen 29 s later.
	{
		burst 60 100 1
		burst 9 130 0.1 10.0.0.2
	} >late.csv
	runs ipflag --rules r.rules late.csv
	[ "$status" -eq 1 ]
	same "$header" "$output"
	same 'ipflag: 9 rows more than a second late: not evaluated' "$stderr"
	runs ipflag --lateness 29s --rules r.rules late.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same start,130.400000,10.0.0.2 "$(told r <<<"$output" | tail -n 1)"
	runs ipflag --lateness 28.5s --rules r.rules late.csv
	[ "$status" -eq 1 ]
	same 'ipflag: 5 rows later than --lateness: not evaluated' "$stderr"
	# What is past the window is not in the most of an incident either.
	for unique in '' 'unique=dst'; do
		echo "rule r track=by_src packets=2 seconds=1 $unique" >past.rules
		for i in 20.1 20.2 20.3 18.4 18.5 18.6; do
			echo "$i,10.0.0.1,10.0.0.${i#*.},TCP,60"
		done >rows.csv
		same 3,end "$(ipflag --lateness 9s --rules past.rules rows.csv |
		    tail -n 1 | cut -d, -f7,10)"
	done
	for seed in 1 2; do
		jumble $seed >rows.csv
		runs ipflag --lateness 2s --rules r.rules rows.csv
		[ "$status" -eq 0 ]
		[ "$stderr" = "" ]
	done
}

@test "an incident that is part of another is not reported" {
	lines 'rule a track=by_src packets=1 seconds=5 cooldown=0 part-of=x' \
	    'rule b track=by_both packets=2 seconds=9 cooldown=0 part-of=x' \
	    'rule c track=by_both packets=2 seconds=9 cooldown=0 part-of=y' \
	    'rule d track=by_dst packets=3 seconds=9 cooldown=0 part-of=x' >r.rules
	{
		burst 4 100 0.1
		burst 1 106 1
		burst 2 106.1 0.1 10.0.0.2
		burst 3 200 0.1 10.0.0.3
		burst 1 201 1 10.0.0.4
	} >rows.csv
	# b is part of a at first, and then of d, which is about another address.
	same "$(lines 100.100000,a,10.0.0.1, 100.200000,c,10.0.0.1,10.0.0.9 \
	    100.300000,d,,10.0.0.9 106.200000,a,10.0.0.2, \
	    200.100000,a,10.0.0.3, 200.200000,c,10.0.0.3,10.0.0.9 \
	    201.000000,d,,10.0.0.9)" \
	    "$(ipflag --rules r.rules rows.csv |
	    awk -F, '$10 == "start" { print $1 "," $2 "," $4 "," $5 }')"
	# None is about an address of another attack.
	lines 'rule a track=by_src packets=1 seconds=5 part-of=x' \
	    'rule b track=by_src packets=2 seconds=5 part-of=x' >r.rules
	for i in {1..200}; do
		burst 2 100 0 "10.0.0.$i"
		burst 1 101 0 "10.0.1.$i"
	done | sort -s -t, -k1,1n >rows.csv
	burst 1 102 0 10.0.0.7 >>rows.csv
	burst 2 102 0 10.0.1.7 >>rows.csv
	same "$(lines 'a 201')" "$(ipflag --rules r.rules rows.csv |
	    awk -F, '$10 == "start" { n[$2]++ } END { for (r in n) print r, n[r] }')"
}

@test "an incident goes on with those that are part of it" {
	lines 'rule a src=10.0.0.2 track=by_dst packets=1 seconds=2 part-of=x' \
	    'rule b track=by_dst packets=2 seconds=2 part-of=x' >r.rules
	# That of b matches for the last time at 105.
	same "$(lines 100.100000,a,start 107.000000,a,end 120.200000,b,start)" \
	    "$({ burst 3 100 0.1 10.0.0.2; burst 9 101 0.5; burst 3 120 0.1; } |
	    ipflag --rules r.rules | awk -F, -v OFS=, 'NR > 1 { print $1, $2, $10 }' |
	    head -n 3)"
}

@test "an incident may be part of several kinds of attack, one way" {
	lines 'rule flood track=by_dst packets=2 seconds=9 part-of=flood' \
	    'rule reply track=by_dst packets=3 seconds=9 part-of=reply,flood' \
	    'rule other track=by_dst packets=4 seconds=9 part-of=other,reply' >r.rules
	same flood,other "$(burst 9 100 0.1 | ipflag --rules r.rules |
	    awk -F, '$10 == "start" { print $2 }' | paste -sd,)"
	# A flood is no part of a reply.
	sed -i 's/packets=2/packets=5/' r.rules
	same reply,flood "$(burst 9 100 0.1 | ipflag --rules r.rules |
	    awk -F, '$10 == "start" { print $2 }' | paste -sd,)"
}

@test "incidents of one rule that differ in their port are one" {
	{
		echo time,src,dst,proto,len,sport,dport,flags
		for port in 22 23 80; do
			for i in {1..5}; do
				echo "$port.$i,10.0.0.1,10.0.0.9,TCP,60,5,$port,S"
			done
		done
	} >rows.csv
	for track in by_src_dport by_dst_dport by_both_dport; do
		echo "rule r track=$track packets=0 seconds=1h" >r.rules
		same 3 "$(ipflag --rules r.rules rows.csv | grep -c ,start,)"
		sed -i 's/$/ part-of=x/' r.rules
		same 1 "$(ipflag --rules r.rules rows.csv | grep -c ,start,)"
	done
	# Another destination is another incident.
	echo 90.1,10.0.0.1,10.0.0.8,TCP,60,5,22,S >>rows.csv
	same 2 "$(ipflag --rules r.rules rows.csv | grep -c ,start,)"
}

@test "a rule counts the incidents of others, and they may be part of its own" {
	lines 'rule scan flags=S track=by_both packets=2 unique=dport seconds=1m part-of=scan,scans' \
	    'rule scans of=scan track=by_src packets=1 unique=dst seconds=1m part-of=scans' \
	    'rule sum of=scan,scans track=by_rule packets=4 seconds=1m' >r.rules
	{
		echo time,src,dst,proto,len,sport,dport,flags
		for host in 1 2 3 4; do
			for port in 1 2 3 4; do
				echo "1$host.$port,10.0.0.1,10.0.1.$host,TCP,60,5,$port,S"
			done
		done
	} >rows.csv
	# The third port of each host; the fifth incident is that of scans.
	same "$(lines 11.300000,scan,10.0.0.1,10.0.1.1,3,ports \
	    12.300000,scans,10.0.0.1,,2,hosts \
	    14.300000,sum,,,5,incidents)" \
	    "$(ipflag --rules r.rules rows.csv | awk -F, -v OFS=, \
	    '$10 == "start" { print $1, $2, $4, $5, $7, $11 }')"
	# Nor does it count those of an address that it is allowed.
	same scan "$(ipflag --rules <(cat r.rules
	    echo 'allow src 10.0.0.1 rule=scans') rows.csv | sed 1d |
	    cut -d, -f2 | sort -u)"
	while read -r bad; do
		runs ipflag --check --rules <(head -n 1 r.rules; echo "$bad")
		[ "$status" -eq 2 ]
	done <<-'EOC'
		rule x of=none track=by_src packets=1 seconds=1
		rule x of=scan track=by_src bytes=1 seconds=1
		rule x of=scan track=by_proto packets=1 seconds=1
		rule x of=scan new=yes track=by_src packets=1 seconds=1
	EOC
}

@test "source ports between two hosts are connections" {
	{
		echo time,src,dst,proto,len,sport,dport,flags
		printf '1.%d,10.0.0.1,10.0.1.1,SSH,60,5%d,22,PA\n' 1 1 2 2
	} >rows.csv
	lines 'rule pair track=by_both unique=sport packets=1 seconds=1' \
	    'rule host track=by_src unique=sport packets=1 seconds=1' >r.rules
	same "$(lines pair,connections 'host,source ports')" \
	    "$(ipflag --rules r.rules rows.csv | awk -F, -v OFS=, \
	    '$10 == "start" { print $2, $11 }')"
}

# retried SECONDS ...: the SYNs of ten clients from ports of their own, each
# sent again after these times.
retried() {
	local i after

	echo time,src,dst,proto,len,sport,dport,flags
	for i in {10..19}; do
		for after in 0 "$@"; do
			awk -v i="$i" -v d="$after" 'BEGIN { printf "%.6f,10.0.0.%d" \
			    ",10.0.1.1,TCP,60,%d,80,S\n", i * 0.3 + d, i, 1000 + i }'
		done
	done | sort -s -t, -k1,1n
}

@test "SYNs that their sender repeats, as TCP does, are no flood" {
	local what

	for what in completed=no answered=no 'answered=seldom unique=src'; do
		echo "rule r flags=S $what repeated=no track=by_dst packets=5 seconds=1m" \
		    >r.rules
		retried >rows.csv
		same 1 "$(ipflag --rules r.rules rows.csv | grep -c ,start,)"
		for repeats in 1.5 '1 3 7 15' '2.1 4'; do
			# shellcheck disable=SC2086  # words
			retried $repeats >rows.csv
			# Those of the last second may yet be repeated.
			echo 60,,,ARP,60,,, >>rows.csv
			same "" "$(ipflag --rules r.rules rows.csv | grep ,start,)"
			same 1 "$(ipflag --rules <(sed 's/repeated=no//' r.rules) rows.csv |
			    grep -c ,start,)"
		done
	done
	# No TCP repeats its first SYN within a second.
	retried 0.1 0.2 >rows.csv
	same 1 "$(ipflag --rules r.rules rows.csv | grep -c ,start,)"
	for bad in flags=SA 'new=yes flags=S' 'flags=!S answered=no'; do
		runs ipflag --check --rules <(
		    echo "rule r $bad repeated=no track=by_dst packets=5 seconds=1m")
		[ "$status" -eq 2 ]
	done
}

@test "a stream in one direction is none if its receiver has answered over TCP" {
	echo "rule r proto=UDP oneway=yes track=by_both packets=20 seconds=1m" >r.rules
	for reply in SA RA ''; do
		{
			echo time,src,dst,proto,len,sport,dport,flags
			echo 1.0,10.0.0.1,10.0.0.2,TCP,60,999,5201,S
			[ -z "$reply" ] ||
			    echo "1.1,10.0.0.2,10.0.0.1,TCP,60,5201,999,$reply"
			for i in {100..150}; do
				echo "2.$i,10.0.0.1,10.0.0.2,UDP,1500,1000,5201,"
			done
		} >"rows$reply.csv"
	done
	same 0 "$(ipflag --rules r.rules rowsSA.csv | grep -c ,start,)"
	same 1 "$(ipflag --rules r.rules rowsRA.csv | grep -c ,start,)"
	same 1 "$(ipflag --rules r.rules rows.csv | grep -c ,start,)"
	# An answer at another port is none.
	same 1 "$(sed 's/TCP,60,5201,/TCP,60,80,/; s/,5201,S/,80,S/' rowsSA.csv |
	    ipflag --rules r.rules | grep -c ,start,)"
	# Nor is one that comes when the stream is one already.
	grep -v ,SA$ rowsSA.csv | head -n 27 >late.csv
	echo 2.2,10.0.0.2,10.0.0.1,TCP,60,5201,999,SA >>late.csv
	same 2.120000 "$(ipflag --rules r.rules late.csv | sed -n 2p | cut -d, -f1)"
}

# bats test_tags=compared
@test "its scans are those of a search over all rows" {
	demo >demo.csv
	lines 'rule scan flags=S track=by_both packets=15 unique=dport seconds=60' \
	    'rule few flags=S track=by_both packets=3 unique=dport seconds=500ms cooldown=1' \
	    'rule sweep track=by_src packets=2 unique=dst seconds=5 cooldown=7' \
	    >scan.rules
	ipflag --rules scan.rules demo.csv >alerts.csv
	same "$(slow '$7 == "S"' '$2 $3' '$6' 15 60 60 <demo.csv)" \
	    "$(told scan <alerts.csv)"
	same "$(slow '$7 == "S"' '$2 $3' '$6' 3 0.5 1 <demo.csv)" \
	    "$(told few <alerts.csv)"
	same "$(slow '$2 != ""' '$2' '$3' 2 5 7 <demo.csv)" \
	    "$(told sweep <alerts.csv)"
	for rule in scan few sweep; do
		[ -n "$(told $rule <alerts.csv)" ]
	done
}

# random_rows SEED [STEP]: 4,000 packets, up to STEP us (40,000) apart, two thirds of them TCP, with the fields ids.
random_rows() {
	echo "$columns,sport,dport,flags,icmp_type"
	awk -v x="$1" -v step="${2:-40000}" '
	function random(n) { x = x * 16807 % 2147483647; return x % n }
	BEGIN {
	    split("S SA A FA R RA F FPU SEC SC PA A", flags, " ")
	    split("0 3 8 11 128 129", type, " ")
	    split("21 22 23 80 443 1023 1024 65535", port, " ")
	    for (us = 50e6; i++ < 4000; us += random(step)) {
		printf "%d.%06d,10.0.0.%d,10.0.1.%d,", us / 1e6, us % 1e6,
		    random(3), random(3)
		if (random(9) < 6)
		    printf "TCP,%d,%d,%d,%s,\n", 54 + random(9),
			port[1 + random(8)], port[1 + random(8)],
			random(20) ? flags[1 + random(12)] : ""
		else if (random(2))
		    printf "UDP,%d,%d,%d,,\n", 60 + random(9),
			port[1 + random(8)], port[1 + random(8)]
		else
		    printf "ICMP,%d,,,,%d\n", 60 + random(9),
			type[1 + random(6)]
	    } }'
}

# bats test_tags=compared
@test "the conditions of rules are those of a search over all rows" {
	local condition want

	random_rows 1 >rows.csv
	while read -r condition want; do
		echo "rule r $condition track=by_src packets=1 seconds=5 cooldown=3" >r.rules
		same "$(slow "$want" '$2' '' 1 5 3 <rows.csv)" \
		    "$(ipflag --rules r.rules rows.csv | told r)"
		grep -q start <<<"$(ipflag --rules r.rules rows.csv | told r)"
	done <<-'EOC'
		flags=S $8~/^S[EC]*$/
		flags=S,12 $8~/^S[EC]*$/
		flags=SEC $8=="SEC"
		flags=SA $8=="SA"
		flags=+A $8~/A/
		flags=*SF $8~/[SF]/
		flags=!A $8!~/A/&&$4=="TCP"
		flags=0 $8==""&&$4=="TCP"
		flags=A,P $8~/^P?A$/
		dport=22 $7==22
		dport=ssh,http,https $7==22||$7==80||$7==443
		dport=1024- $7>=1024
		sport=-1023 $6!=""&&$6<1024
		sport=!80,!443 $6!=""&&$6!=80&&$6!=443
		dport=20-100,!22 $7!=""&&$7>=20&&$7<=100&&$7!=22
		icmp=8,128 $9==8||$9==128
		icmp=!8 $9!=""&&$9!=8
		len=60-62 $5>=60&&$5<=62
		len=65- $5>=65
	EOC
}

# bats test_tags=compared
@test "conversations are those of a search over all rows" {
	local track condition key want step rows

	for step in 40000 900000; do
		random_rows 3 $step >one.csv
		# Each third row is of the other direction.
		awk -F, -v OFS=, 'NR % 3 == 0 {
		    src = $2; $2 = $3; $3 = src
		    sport = $6; $6 = $7; $7 = sport } { print }' one.csv >both.csv
		while read -r track condition want; do
			echo "rule r ${condition/_/ } track=$track packets=1 seconds=20 cooldown=9" >r.rules
			key='$2'
			[ "$track" = by_src ] || key='$2 $3'
			# oneway=yes also asks who has agreed.
			rows=both.csv
			[[ $condition != oneway* ]] || rows=one.csv
			same "$(awk -f "$ROOT/tests/talks.awk" $rows |
			    slow "$want" "$key" '' 1 20 9)" \
			    "$(ipflag --rules r.rules $rows | told r)"
			grep -q start <<<"$(ipflag --rules r.rules $rows | told r)"
		done <<-'EOC'
			by_both asked=no !$11
			by_src asked=yes $11
			by_both new=yes $10
			by_both new=no !$10
			by_src new=no_proto=UDP !$10&&$4=="UDP"
			by_src oneway=yes !$11&&!$12
			by_both asked=no_flags=SA !$11&&$8=="SA"
			by_both new=yes_flags=!S $10&&$8!~/S/&&$4=="TCP"
			by_src oneway=yes_proto=ICMP !$11&&!$12&&$4=="ICMP"
			by_both new=yes_sport=-100 $10&&$6!=""&&$6<=100
		EOC
	done
}

# bats test_tags=compared
@test "addresses in networks are those of a search over all rows" {
	random_rows 4 >rows.csv
	lines 10.0.0.1 10.0.1.2/32 >some.nets
	while read -r condition want; do
		{
			echo 'group ONE 10.0.0.0/31,10.0.1.1'
			echo "rule r $condition track=by_both packets=1 seconds=5 cooldown=3"
			echo 'group late 10.0.0.2'
			echo 'rule r@late packets=2'
		} >r.rules
		same "$(slow "($want)&&\$2!=\"10.0.0.2\"" '$2 $3' '' 1 5 3 <rows.csv)" \
		    "$(ipflag --rules r.rules rows.csv | told r)"
		grep -q ,start, <<<"$(ipflag --rules r.rules rows.csv)"
		same "$(slow "($want)&&\$2==\"10.0.0.2\"" '$2 $3' '' 2 5 3 <rows.csv)" \
		    "$(ipflag --rules r.rules rows.csv | told r@late)"
	done <<-'EOC'
		src=10.0.0.0/31 $2~/[01]$/
		src=$HOME 1
		dst=!10.0.1.1 $3!~/1$/
		src=$ONE $2~/[01]$/
		dst=$ONE $3~/1$/
		src=!$ONE,!10.0.0.9 $2!~/[01]$/
		dst=@some.nets $3~/2$/
		dst=10.0.1.0/24,!@some.nets $3!~/2$/
	EOC
	# shellcheck disable=SC2016  # the rules' own dollar
	echo 'rule r src=!$HOME track=by_src packets=0 seconds=1' >r.rules
	same "" "$(ipflag --rules r.rules rows.csv | told r)"
	lines 10.0.0.1 moon >bad.nets
	echo 'rule r src=@bad.nets track=by_src packets=0 seconds=1' >r.rules
	runs ipflag --rules r.rules rows.csv
	[ "$status" -eq 2 ]
	same 'ipflag: r.rules:1:13: bad.nets:2: bad value "moon", want an address or a network such as 10.0.0.0/8' "$stderr"
}

# labelled: random rows with two columns of labels, some of them empty.
labelled() {
	random_rows 5 | awk -F, 'BEGIN {
	    split("CN RU DE C", country, " ")
	    split("in out local through", dir, " ")
	}
	{ print $0 "," (NR == 1 ? "src_country,dir" : \
	    country[NR * 7 % 5] "," dir[NR * NR % 11 % 5]) }'
}

@test "conditions on labels are those of a search over all rows" {
	local condition want

	labelled >rows.csv
	while read -r condition want; do
		echo "rule r ${condition/_and_/ } track=by_src packets=1 seconds=5 cooldown=3" >r.rules
		same "$(slow "$want" '$2' '' 1 5 3 <rows.csv)" \
		    "$(ipflag --rules r.rules rows.csv | told r)"
		grep -q start <<<"$(ipflag --rules r.rules rows.csv | told r)"
	done <<-'EOC'
		src_country=CN,RU $10=="CN"||$10=="RU"
		src_country=!CN,!RU $10!=""&&$10!="CN"&&$10!="RU"
		src_country=CN,DE,!DE $10=="CN"
		dir=out,through $11=="out"||$11=="through"
		dir=!in_and_src_country=C $10=="C"&&$11!=""&&$11!="in"
	EOC
}

@test "a version of a rule has the labels of its rule, unless it names others" {
	lines 'group some 10.0.0.2' \
	    'rule r src_country=CN dir=in track=by_src packets=0 seconds=9' \
	    'rule r@some dir=out' >r.rules
	runs ipflag --rules r.rules <<-EOR
		$columns,dir,src_country
		1.0,10.0.0.1,10.0.0.9,TCP,60,in,CN
		1.0,10.0.0.1,10.0.0.9,TCP,60,out,CN
		2.0,10.0.0.2,10.0.0.9,TCP,60,in,CN
		3.0,10.0.0.2,10.0.0.9,TCP,60,out,DE
		4.0,10.0.0.2,10.0.0.9,TCP,60,out,CN
	EOR
	same "$(lines 1.000000,r 4.000000,r@some)" \
	    "$(grep start <<<"$output" | cut -d, -f1,2)"
}

@test "a rule on a label that the rows lack is disabled, with one warning" {
	lines 'rule a src_country=CN sensor=!east track=by_src packets=0 seconds=9' \
	    'rule b track=by_src packets=0 seconds=9' >r.rules
	runs ipflag --rules r.rules <<-EOR
		$columns
		1.0,10.0.0.1,10.0.0.9,TCP,60
		$columns,sensor,src_country
		1.0,10.0.0.1,10.0.0.9,TCP,60,west,CN
	EOR
	[ "$status" -eq 0 ]
	same "$(lines 'ipflag: stdin: no column "src_country" (iplabel): rules disabled: a' \
	    'ipflag: stdin: no column "sensor" (pcap2csv -e sensor): rules disabled: a')" \
	    "$stderr"
	same "$(lines b a)" "$(grep start <<<"$output" | cut -d, -f2)"
}

# slow_bins KEY WEIGHT N SECONDS COOLDOWN: what a rule on the sum of WEIGHT in
# bins should tell of rows on standard input, by summing each bin anew.
slow_bins() {
	awk -F, -v n="$3" -v s="$4" -v cool="$5" "$SLOW_FUNCTIONS"'
	NR == 1 { next }
	{
		split($1, p, ".")
		us[NR] = clock = p[1] * 1e6 + p[2]
		bin[NR] = int(p[1] / s)
		key[NR] = '"$1"'
		weight[NR] = '"$2"'
		finish(clock)
		k = key[NR]
		sum = 0
		for (j = NR; j > 1 && bin[j] == bin[NR]; j--)
			sum += key[j] == k ? weight[j] : 0
		if (sum <= n)
			next
		open[k] = 1
		last[k] = clock
		if (k in said && clock - said[k] < cool * 1e6)
			next
		say(told[k] ? "update" : "start", clock, k)
		told[k] = 1
		said[k] = clock
	}
	END { finish("") }' | sort
}

@test "rates over seconds, minutes, hours and days are those of sums anew" {
	local rate key weight n s

	# An hour by steps of 5 s, then a month by steps of 50 minutes.
	awk 'BEGIN {
	    print "time,src,dst,proto,packets,bytes"
	    for (; i < 1500; i++) {
		at = 1e6 + (i < 700 ? i * 5 : 3500 + (i - 700) * 3000)
		printf "%d.0,10.0.0.%d,10.0.1.%d,TCP,%d,%d\n", at, i * i % 7 % 3,
		    i % 2, i * i * 11 % 5e5, i * i * 13 % 3e6
	    } }' >rows.csv
	while read -r rate key weight n s; do
		echo "rule r track=by_src $rate cooldown=$((s / 2))" >r.rules
		same "$(slow_bins '$2' "$weight" "$n" "$s" "$((s / 2))" <rows.csv)" \
		    "$(ipflag --rules r.rules rows.csv | told r)"
		grep -q start <<<"$(ipflag --rules r.rules rows.csv | told r)"
	done <<-'EOC'
		bytes=2500k/s $2 $6 2500000 1
		bytes=5M/m $2 $6 5000000 60
		bytes=300M/h $2 $6 300000000 3600
		bytes=3M/d $2 $6 3000000 86400
		packets=1100k/m $2 $5 1100000 60
		packets=1001k/d $2 $5 1001000 86400
		packets=2M/5d $2 $5 2000000 432000
	EOC
	# Packets up to a million are in a sliding window, whatever its length.
	echo 'rule r track=by_src packets=99k/2d cooldown=1d' >r.rules
	ipflag --rules r.rules rows.csv >alerts.csv
	sed 's,99k/2d,99000 seconds=172800,; s,1d,86400,' r.rules >same.rules
	ipflag --rules same.rules rows.csv | diff alerts.csv -
	grep -q start alerts.csv
}

# steps N SPREAD: N connections, 60 s apart, give or take SPREAD s.
steps() {
	echo "$columns,sport,dport,flags"
	awk -v n="$1" -v spread="$2" 'BEGIN {
	    for (i = 0; i < n; i++) {
		t = 1000 + 60 * i + spread * ((i * 7 % 11) / 5 - 1)
		printf "%.3f,10.0.0.1,192.0.2.1,TCP,60,%d,443,S\n", t, i
		printf "%.3f,10.0.0.1,192.0.2.1,TCP,60,%d,443,S\n", t + 0.1, i
	    } }'
}

@test "regular steps are told from others by their median" {
	echo 'rule r flags=S track=by_both_dport regular=20% packets=10 seconds=1h' >r.rules
	while read -r n spread want; do
		steps "$n" "$spread" >rows.csv
		same "$want" "$(ipflag --rules r.rules rows.csv |
		    awk -F, '$10 == "start" { print $4 "," $5 "," $7 }')"
	done <<-EOC
		10 0
		11 0 10.0.0.1,192.0.2.1,11
		30 2 10.0.0.1,192.0.2.1,11
		30 30
	EOC
	# Within a second it is a program at work.
	steps 40 0 | awk -F, -v OFS=, 'NR > 1 { $1 = 1000 + ($1 - 1000) / 70 }
	    { print }' >rows.csv
	same '' "$(ipflag --rules r.rules rows.csv | grep start)"
	# One of ten is missing: nine tenths of the steps are alike.
	steps 40 0 | awk -F, 'NR < 2 || int(($1 - 1000) / 60) != 6' >rows.csv
	same 11 "$(ipflag --rules r.rules rows.csv |
	    awk -F, '$10 == "start" { print $7 }')"
}

@test "a connection is completed by an ACK of its own side" {
	echo 'rule r flags=S completed=no track=by_dst_dport packets=9 seconds=10' >r.rules
	for last in A PA R S ''; do
		{
			echo "$columns,sport,dport,flags"
			seq 10 29 | awk '{ print "50." $1, "10.0.0.1", $1,
				"10.0.0.2", 80, "SA", 0.001 }' | opened |
			    awk -F, -v last="${last#S}" '{ print }
				$8 == "SA" && last != "" {
				print "50." $7 "5,10.0.0.1,10.0.0.2,TCP,60," \
				    $7 ",80," last }'
			echo 60,,,ARP,60,,,
		} >rows.csv
		echo "$last $(ipflag --rules r.rules rows.csv | grep -c start)"
	done >got
	same "$(lines 'A 0' 'PA 0' 'R 1' 'S 1' ' 1')" "$(cat got)"
	# Of a refused one, the server keeps nothing.
	sed -i 's/,SA$/,RA/' rows.csv
	same '' "$(ipflag --rules r.rules rows.csv | grep start)"
}

@test "answered=seldom takes a value away for each answer" {
	echo 'rule r flags=S answered=seldom track=by_src_dport unique=dst packets=10 seconds=60' >r.rules
	for good in 0 1 2 3 4; do
		{
			echo "$columns,sport,dport,flags"
			# Of each 5 of 40 hosts, the first so many answer: with
			# 2, the count is 3, 4, ... 10 after each 5.
			seq 100 139 | awk -v good="$good" '{
				print $1, "10.0.0.1", $1, "10.1.0." $1, 80,
				    $1 % 5 < good ? "SA" : "" }' | opened
			echo 160,,,ARP,60,,,
		} >rows.csv
		echo "$good $(ipflag --rules r.rules rows.csv | grep -c start)"
	done >got
	same "$(lines '0 1' '1 1' '2 0' '3 0' '4 0')" "$(cat got)"
	runs ipflag --rules <(echo rule r flags=S answered=seldom track=by_src packets=9 seconds=1) --check
	[ "$status" -eq 2 ]
	[[ $stderr == *'answered=seldom needs unique' ]]
	runs ipflag --rules <(echo rule r answered=often track=by_src packets=9 seconds=1) --check
	[[ $stderr == *'bad answered "often", want no or seldom' ]]
}

@test "segments without a SYN are answered by all but an RST" {
	echo 'rule r flags=!S answered=no track=by_dst packets=9 seconds=60' >r.rules
	for answer in A PA FA R RA ''; do
		{
			echo "$columns,sport,dport,flags"
			seq 10 29 | awk -v answer="$answer" '{
				print "50." $1, "10.0.0.1", $1, "10.0.0.2", 80,
				    answer }' | opened | sed 's/,S$/,A/'
			echo 60,,,ARP,60,,,
		} >rows.csv
		echo "$answer $(ipflag --rules r.rules rows.csv | grep -c start)"
	done >got
	same "$(lines 'A 0' 'PA 0' 'FA 0' 'R 1' 'RA 1' ' 1')" "$(cat got)"
}

@test "TCP without a SYN is also answered by what its side sends next" {
	local first next

	for first in A SA; do
		echo "rule r flags=${first/#A/!S} answered=no track=by_dst packets=9 seconds=60" >r.rules
		for next in A PA FA R SA '' '<A' '<R' '<RA'; do
			{
				echo "$columns,sport,dport,flags"
				seq 10 29 | awk -v first="$first" -v then="$next" '{
				    to = ",10.0.0.2,10.0.0.1,TCP,60,80," $1 ","
				    from = ",10.0.0.1,10.0.0.2,TCP,60," $1 ",80,"
				    print "50." $1 to first
				    if (then ~ /</)
					print "50.5" $1 from substr(then, 2)
				    else if (then != "")
					print "50.5" $1 to then }' | sort
				echo 60,,,ARP,60,,,
			} >rows.csv
			echo "$first $next $(ipflag --rules r.rules rows.csv | grep -c start)"
		done
	done >got
	same "$(lines 'A A 0' 'A PA 0' 'A FA 0' 'A R 1' 'A SA 1' 'A  1' \
	    'A <A 0' 'A <R 1' 'A <RA 1' 'SA A 0' 'SA PA 0' 'SA FA 0' \
	    'SA R 1' 'SA SA 1' 'SA  1' 'SA <A 0' 'SA <R 1' 'SA <RA 1')" \
	    "$(cat got)"
}

@test "data of TCP is answered by data of the other side" {
	local next

	echo 'rule r flags=PA asked=no answered=no dst=10.0.0.2 track=by_dst packets=19 seconds=60' >r.rules
	for next in '10.0.0.2,10.0.0.1 A' '10.0.0.2,10.0.0.1 PA' '10.0.0.2,10.0.0.1 FPA' \
	    '10.0.0.2,10.0.0.1 RA' '10.0.0.1,10.0.0.2 A' '10.0.0.3,10.0.0.1 PA'; do
		{
			echo "$columns,sport,dport,flags"
			seq 10 29 | awk -v next_="$next" '{
				split(next_, part)
				print "50." $1 ",10.0.0.1,10.0.0.2,TCP,80," $1 ",80,PA"
				ports = part[1] ~ /1$/ ? "80," $1 : $1 ",80"
				print "50.5" $1 "," part[1] ",TCP,80," ports "," part[2]
			}' | sort
			echo 60,,,ARP,60,,,
		} >rows.csv
		echo "$next $(ipflag --rules r.rules rows.csv | grep -c start)"
	done >got
	same "$(lines '10.0.0.2,10.0.0.1 A 1' '10.0.0.2,10.0.0.1 PA 0' \
	    '10.0.0.2,10.0.0.1 FPA 0' '10.0.0.2,10.0.0.1 RA 1' \
	    '10.0.0.1,10.0.0.2 A 1' '10.0.0.3,10.0.0.1 PA 1')" "$(cat got)"
}

@test "a network's count is that of all its hosts, who are part of it" {
	lines 'rule one track=by_dst packets=5 seconds=9 part-of=flood' \
	    'rule net track=by_dst_net packets=8 seconds=9 part-of=flood' \
	    'rule all track=by_rule packets=8 seconds=9 part-of=flood' >r.rules
	{
		echo "$columns"
		for i in {1..9}; do
			echo "1.$i,10.9.0.$i,10.0.0.$i,UDP,60"
			echo "1.$i,10.9.0.$i,10.0.$i.1,UDP,60"
			echo "1.$i,2001:db8::$i,2001:db8:1:$i::$i,UDP,60"
		done
		for i in {1..9}; do echo "2.$i,10.9.0.$i,10.0.0.1,UDP,60"; done
	} >rows.csv
	# all comes first: it is of all three; a network is no part of it.
	same "$(lines all, net,10.0.0.0/24 net,2001:db8:1::/48)" \
	    "$(ipflag --rules r.rules rows.csv |
	    awk -F, '$10 == "start" { print $2 "," $5 }')"
	sed -i '/^rule all/d' r.rules
	same "$(lines net,10.0.0.0/24 net,2001:db8:1::/48)" \
	    "$(ipflag --rules r.rules rows.csv |
	    awk -F, '$10 == "start" { print $2 "," $5 }')"
	# The host comes first: its network is part of it, as is all.
	sort -t, -k1,1r rows.csv | sed '/^1/d; s/^2/0/' | tac >first.csv
	sed 1d rows.csv >>first.csv
	echo 'rule all track=by_rule packets=8 seconds=9 part-of=flood' >>r.rules
	sed -i 's/^rule net/& severity=high/' r.rules
	same one,10.0.0.1 "$(ipflag --rules r.rules first.csv |
	    awk -F, '$10 == "start" && $5 !~ /:/ { print $2 "," $5 }')"
	same "$(lines time,alert '0.9,one|net')" "$(ipflag --tag --rules r.rules first.csv |
	    cut -d, -f1,6 | sed -n '1p; /^0.9/p')"
}

@test "a group's rule on services or networks is for its destinations" {
	for track in by_dst_dport by_dst_net; do
		lines 'group quiet 10.0.0.2/32' "rule r track=$track packets=0 seconds=1" \
		    'rule r@quiet packets=9' >r.rules
		lines "$columns,dport" 1.0,10.0.0.1,10.0.0.2,UDP,60,53 \
		    3.0,10.0.0.2,10.0.0.1,UDP,60,53 >rows.csv
		same 3.000000,r "$(ipflag --rules r.rules rows.csv |
		    grep start | cut -d, -f1,2)"
	done
}

@test "protocols are counted by name" {
	echo 'rule r track=by_both unique=proto packets=3 seconds=9' >r.rules
	{
		echo "$columns"
		for proto in OSPF PIM OSPF VRRP GRE; do
			echo "1.0,10.0.0.1,10.0.0.2,$proto,60"
		done
	} >rows.csv
	same "1.000000,r,medium,10.0.0.1,10.0.0.2,,4,3,9,start,protocols" \
	    "$(ipflag --rules r.rules rows.csv | grep start)"
}

@test "distinct values of each kind are those of a search over all rows" {
	random_rows 2 >rows.csv
	while IFS=/ read -r track key unique value; do
		echo "rule r track=$track packets=2 seconds=200ms unique=$unique" >r.rules
		same "$(slow "$key!=\"\"" "$key" "$value" 2 0.2 60 <rows.csv)" \
		    "$(ipflag --rules r.rules rows.csv | told r)"
		[ -n "$(ipflag --rules r.rules rows.csv | told r)" ]
	done <<-'EOC'
		by_dst/$3/src/$2
		by_src/$2/dst/$3
		by_dst/$3/ends/$2
	EOC
	for side in sport dport; do
		echo "rule r track=by_both packets=2 seconds=1 unique=$side" >r.rules
		same "$(slow '$6!=""' '$2 $3' "\$$([ $side = sport ] &&
		    echo 6 || echo 7)" 2 1 60 <rows.csv)" \
		    "$(ipflag --rules r.rules rows.csv | told r)"
	done
	echo 'rule r track=by_both_dport packets=2 seconds=500ms' >r.rules
	same "$(slow '$7!=""' '$2 $3 "," $7' '' 2 0.5 60 <rows.csv |
	    sed 's/,[0-9]*$//' | sort)" \
	    "$(ipflag --rules r.rules rows.csv | told r)"
}

# opened: for each line "T SRC SPORT DST DPORT [ANSWER [AFTER]]" a SYN and its
# answer: a row with these flags, AFTER seconds (0.02) later.
opened() {
	awk '{ print $1 "," $2 "," $4 ",TCP,60," $3 "," $5 ",S" }
	    $6 != "" { printf "%.6f,%s,%s,TCP,60,%s,%s,%s\n",
		$1 + ($7 == "" ? 0.02 : $7), $4, $2, $5, $3, $6 }'
}

# quiet_sets FILE RULE: none of these sets raises an alert of the rule, with or
# without the source port.
quiet_sets() {
	for rules in home office server; do
		same "" "$(ipflag --set $rules "$1" | grep ",$2,")"
		same "" "$(cut -d, -f1-5,7- "$1" | ipflag --set $rules |
		    grep ",$2,")"
	done
}

# loud_sets FILE RULE SRC: each raises one, about this source.
loud_sets() {
	for rules in home office server; do
		same "$3" "$(ipflag --set $rules "$1" | grep ",$2,.*,start," |
		    cut -d, -f4)"
		same "$3" "$(cut -d, -f1-5,7- "$1" | ipflag --set $rules |
		    grep ",$2,.*,start," | cut -d, -f4)"
	done
}

@test "a SYN counts 1 s later if it is not answered, and at once if refused" {
	echo 'rule r flags=S answered=no track=by_both packets=1 unique=dport seconds=60' >r.rules
	for cut in 1-8 1-5,7-8; do
		while IFS=/ read -r answer after want; do
			{
				echo "$columns,sport,dport,flags"
				lines "10.0 10.0.0.1 5000 10.0.0.2 1 $answer $after" \
				    "20.0 10.0.0.1 5001 10.0.0.2 2 $answer $after" |
				    opened
				echo 30.0,,,ARP,60,,,
			} | cut -d, -f$cut >rows.csv
			same "$want" "$(ipflag --rules r.rules rows.csv |
			    awk -F, '$10 == "start" { print $1 " " $7 }')"
		done <<-EOA
			SA/0.02/
			SA/1/
			SA/1.000001/21.000000 2
			//21.000000 2
			RA/0.02/20.020000 2
			RA/1.5/21.000000 2
			R/0.02/21.000000 2
			A/0.02/21.000000 2
		EOA
	done
	# At the end of the input no answer will come.
	{
		echo "$columns,sport,dport,flags"
		lines '20.0 10.0.0.1 5001 10.0.0.2 1' \
		    '20.1 10.0.0.1 5001 10.0.0.2 2' | opened
	} >rows.csv
	same '20.100000 2' "$(ipflag --rules r.rules rows.csv |
	    awk -F, '$10 == "start" { print $1 " " $7 }')"
}

@test "an answer is one only from the address and port that were asked" {
	echo 'rule r flags=S answered=no track=by_src packets=0 seconds=60' >r.rules
	for answer in 10.0.0.2,10.0.0.1,TCP,60,80,5000 \
	    10.0.0.3,10.0.0.1,TCP,60,80,5000 10.0.0.2,10.0.0.3,TCP,60,80,5000 \
	    10.0.0.2,10.0.0.1,TCP,60,81,5000 10.0.0.2,10.0.0.1,TCP,60,80,5001 \
	    10.0.0.1,10.0.0.2,TCP,60,5000,80; do
		lines "$columns,sport,dport,flags" \
		    10.0,10.0.0.1,10.0.0.2,TCP,60,5000,80,S "10.1,$answer,SA" \
		    12.0,,,ARP,60,,, | ipflag --rules r.rules |
		    grep -c ,start, || true
	done >got
	same "$(lines 0 1 1 1 1 1)" "$(cat got)"
}

# ftp ANSWER: 100 files in 50 s, each from a port of its own.
ftp() {
	echo "$columns,sport,dport,flags"
	seq 100 199 | awk -v answer="$1" '{
		print int($1 / 2) "." $1 % 2 * 5, "10.0.0.1", 40000 + $1,
		    "192.0.2.1", 30000 + $1, answer }' | opened
}

@test "ports that accept are no scan, ports that refuse or are silent are one" {
	ftp SA >ftp.csv
	quiet_sets ftp.csv port-scan
	ftp RA >refused.csv
	loud_sets refused.csv port-scan 10.0.0.1
	# As if one direction was seen.
	ftp '' >silent.csv
	loud_sets silent.csv port-scan 10.0.0.1
}

@test "a port that has answered its client is none that a scan looks for" {
	lines 'rule scan flags=S answered=no served=no track=by_both unique=dport packets=5 seconds=1h' \
	    'rule sweep flags=S answered=seldom served=no track=by_src unique=dst packets=5 seconds=1h' \
	    'rule flood flags=S answered=no track=by_dst packets=5 seconds=1h' \
	    >r.rules
	for asked in 'SA 5 7300' 'SA 5 7500' 'RA 5 7300' 'SA 9 7300'; do
		read -r answer to later <<<"$asked"
		{
			echo "$columns,sport,dport,flags"
			{
				seq 0 5 | awk -v a="$answer" '{ print 1 + $1 / 10,
				    "10.0.0.1", 900 + $1, "10.0.1." $1, 80, a
				    print 1.05 + $1 / 10, "10.0.0.1", 800 + $1,
				    "10.0.2.1", $1, a }'
				seq 0 "$to" | awk -v t="$later" '{ print t + $1 / 10,
				    "10.0.0.1", 700 + $1, "10.0.1." $1, 80
				    print t + .05 + $1 / 10, "10.0.0.1", 600 + $1,
				    "10.0.2.1", $1 }'
			} | opened
			seq 900 900 $((later + 900)) | sed 's/$/,,,ARP,60,,,/'
		} | sort -n >rows.csv
		ipflag --rules r.rules rows.csv | grep ,start, |
		    awk -F, '{ print int($1 / 100), $2 }' | paste -sd' '
	done >got
	same "$(lines '73 flood' '75 sweep 75 scan 75 flood' \
	    '0 sweep 0 scan 0 flood 73 sweep 73 scan 73 flood' '73 flood')" \
	    "$(cat got)"
	for bad in 'flags=S completed=no' 'flags=!S answered=no' answered=no flags=S; do
		runs ipflag --check --rules <(
		    echo "rule r $bad served=no track=by_dst packets=5 seconds=1m")
		[ "$status" -eq 2 ]
	done
}

@test "a flood of a link is told by its protocol, to a group or without addresses" {
	local to dst proto rule

	for to in ',,STP,60,,' 10.0.0.9,224.0.0.251,MDNS,90,5353,5353 \
	    '10.0.0.9,10.0.1.9,ARP,60,,'; do
		IFS=, read -r _ dst proto _ <<<"$to"
		[ -n "$dst" ] && rule=lan-flood || rule=lan-flood-link
		{
			echo "$columns,sport,dport"
			awk -v to="$to" 'BEGIN { for (i = 0; i < 20010; i++)
				printf "%.4f,%s\n", 50 + i / 2500, to }'
		} >rows.csv
		for rules in home office server; do
			same "$rule,$dst,$proto" "$(ipflag --set $rules rows.csv 2>err |
			    grep ,start, | cut -d, -f2,5,6)"
		done
		same "" "$(awk 'NR % 5 < 2' rows.csv |
		    ipflag --set office 2>err | grep ,start,)"
	done
}

@test "three sources that flood one host are one incident with the others" {
	{
		echo "$columns,sport,dport"
		awk 'BEGIN { for (i = 0; i < 4000; i++) printf "%.4f,10.0.0.%d," \
		    "10.0.1.1,ICMP,98,,\n", 50 + i / 2000, i % 8 }'
	} >rows.csv
	for rules in home office server; do
		same "$(lines icmp-flood, icmp-flood, flood-many,10.0.1.1)" \
		    "$(ipflag --set $rules rows.csv 2>err | awk -F, \
			'$10 == "start" { print $2 "," ($4 == "" ? $5 : "") }')"
	done
}

# asking DEVICES EACH SECONDS: devices without an address, their requests evenly.
asking() {
	echo "$columns,sport,dport"
	awk -v n=$(($1 * $2)) -v d="$3" 'BEGIN { for (i = 0; i < n; i++)
	    printf "%.4f,0.0.0.0,255.255.255.255,DHCP,342,68,67\n",
		50 + i * d / n }'
}

@test "starvation of DHCP is told from the devices of a household that start" {
	asking 260 1 26 >starved.csv
	asking 50 3 20 >started.csv
	same dhcp-flood "$(ipflag starved.csv 2>err | grep ,start, | cut -d, -f2)"
	same "" "$(ipflag started.csv 2>err | grep ,start,)"
	asking 2000 1 30 >starved.csv
	for rules in office server; do
		same dhcp-flood "$(ipflag --set $rules starved.csv 2>err |
		    grep ,start, | cut -d, -f2)"
	done
}

# clients NTH PORT FACTOR: 600 hosts asked in a minute, each at PORT plus FACTOR
# times its number; each NTH is silent.
clients() {
	echo "$columns,sport,dport,flags"
	awk -v gone="$1" -v port="$2" -v step="$3" 'BEGIN {
	    for (i = 1000; i < 1600; i++) {
		host = sprintf("198.51.%d.%d", i / 250, i % 250)
		dport = port + i * step
		printf "%.1f,192.0.2.9,%s,TCP,60,%d,%d,S\n", i / 10, host, i,
		    dport
		if (i % gone != 0)
			printf "%.2f,%s,192.0.2.9,TCP,60,%d,%d,SA\n",
			    i / 10 + 0.02, host, dport, i
	    } }'
}

@test "a NAT address and a BitTorrent client sweep no hosts" {
	# Servers of the web, of which a tenth is gone.
	clients 10 443 0 >nat.csv
	quiet_sets nat.csv host-sweep
	# Peers at a port each, of which half are gone.
	clients 2 0 37 >torrent.csv
	quiet_sets torrent.csv host-sweep
}

@test "a sweep of a port is one whether hosts refuse or are silent" {
	for answer in '' RA; do
		{
			echo "$columns,sport,dport,flags"
			seq 1000 1511 | awk -v answer="$answer" '{
				print "50." $1, "10.0.0.1", $1, "198.18." \
				    int($1 / 250) "." $1 % 250, 8888, answer }' |
			    opened
			echo 60,,,ARP,60,,,
		} >sweep.csv
		loud_sets sweep.csv host-sweep 10.0.0.1
	done
	sed 's/,8888,/,22,/' sweep.csv >ssh.csv
	loud_sets ssh.csv service-sweep 10.0.0.1
	# It is one incident.
	quiet_sets ssh.csv host-sweep
}

@test "an alert of a rule that counts by port names the port" {
	lines 'rule r track=by_src_dport packets=1 unique=dst seconds=9' >r.rules
	lines "$columns,sport,dport" 1.0,10.0.0.1,10.0.0.2,TCP,60,999,22 \
	    1.1,10.0.0.1,10.0.0.3,TCP,60,999,80 \
	    1.2,10.0.0.1,10.0.0.4,TCP,60,999,22 \
	    1.3,10.0.0.1,10.0.0.5,TCP,60,999,80 >rows.csv
	same "$(lines "$header" \
	    '1.200000,r,medium,10.0.0.1,,,2,1,9,start,hosts on port 22' \
	    '1.300000,r,medium,10.0.0.1,,,2,1,9,start,hosts on port 80' \
	    '1.300000,r,medium,10.0.0.1,,,2,1,9,end,hosts on port 22' \
	    '1.300000,r,medium,10.0.0.1,,,2,1,9,end,hosts on port 80')" \
	    "$(ipflag --rules r.rules rows.csv)"
}

@test "32768 SYNs wait for an answer, the oldest of more are counted" {
	echo 'rule r flags=S answered=no track=by_rule packets=99 seconds=60' >r.rules
	awk 'BEGIN {
	    print "time,src,dst,proto,len,sport,dport,flags"
	    for (i = 0; i < 2 * 32868; i++) {
		n = i % 32868
		host = sprintf("10.0.%d.%d", n / 256, n % 256)
		syn = "9.%06d,%s,10.9.9.9,TCP,60,%d,80,S\n"
		answer = "9.%06d,10.9.9.9,%s,TCP,60,80,%d,SA\n"
		printf i < 32868 ? syn : answer, i, host, n
	    } }' >rows.csv
	runs ipflag --rules r.rules rows.csv
	[ "$status" -eq 0 ]
	same 9.032867,r,100,start "$(sed -n 2p <<<"$output" | cut -d, -f1,2,7,10)"
	same 'ipflag: more than 32768 rows waited for an answer: 100 were counted as unanswered' \
	    "$stderr"
}

# pings RATE HOSTS: requests from 10.0.0.9 to HOSTS hosts in turn, RATE a second
# for 5 s, and their replies.
pings() {
	awk -v rate="$1" -v hosts="$2" 'BEGIN {
	    print "time,src,dst,proto,len"
	    for (i = 0; i < 5 * rate; i++) {
		printf "%.6f,10.0.0.9,10.0.1.%d,ICMP,98\n",
		    50 + i / rate, i % hosts
		printf "%.6f,10.0.1.%d,10.0.0.9,ICMP,98\n",
		    50.0004 + i / rate, i % hosts
	    } }'
}

@test "replies are no flood, whoever pings how many; requests to one host are" {
	for rules in home office server; do
		pings 100 254 >fping.csv
		same "" "$(ipflag --set $rules fping.csv 2>err | sed 1d)"
		pings 1000 254 >fast.csv
		same "" "$(ipflag --set $rules fast.csv 2>err | sed 1d)"
		pings 250 1 >flood.csv
		same icmp-flood,10.0.0.9,10.0.1.0,ICMP \
		    "$(ipflag --set $rules flood.csv 2>err |
		    awk -F, '$10 == "start" { print $2 "," $4 "," $5 "," $6 }')"
	done
}

@test "a spike is a bin that ratebw marks" {
	demo >demo.csv
	echo 'rule bw track=by_rule bytes=2000 seconds=1 cooldown=1' >bw.rules
	ipflag --rules bw.rules demo.csv >alerts.csv
	# With a cooldown of a bin no start lies in a bin of another alert.
	want=$(ratebw --spike 2000 demo.csv | awk -F, '$4 == 1 { print int($1) }')
	got=$(awk -F, '$10 == "start" || $10 == "update" { print int($1) }' \
	    alerts.csv)
	[ -n "$got" ]
	same "" "$(comm -13 <(sort <<<"$want") <(sort <<<"$got"))"
	# Each incident covers its spikes, and its peak is the largest of them.
	ratebw --spike 2000 demo.csv | awk -F, '
	    FNR == NR { if ($10 == "start") from[++n] = int($1)
		if ($10 == "end") { to[n] = $1; peak[n] = $7 } next }
	    $4 == 1 { for (i = n; i > 0 && from[i] > $1; i--)
		;
	    if (i == 0 || to[i] < $1)
		print "no alert: " $0
	    else if ($3 > most[i])
		most[i] = $3 }
	    END { for (i = 1; i <= n; i++) if (most[i] != peak[i])
		print "peak " i ": " peak[i] ", not " most[i] }' alerts.csv - \
	    >wrong
	same "" "$(cat wrong)"
}

@test "a protocol's share is that of its bin, as ratebw sums it" {
	demo >demo.csv
	echo 'rule share track=by_proto packets=10 share=40% seconds=10' \
	    >share.rules
	want=$(ratebw -b 10s -k proto demo.csv | awk -F, 'NR > 1 {
	    n[$1] += $3; part[$1, $2] = $3; name[$2] }
	    END { for (t in n) for (p in name) if (part[t, p] > 10 &&
		part[t, p] * 100 > 40 * n[t]) printf "%d,%s,%.2f\n",
		t + 10, p, int(part[t, p] * 10000 / n[t]) / 100 }' | sort)
	[ "$(wc -l <<<"$want")" -gt 3 ]
	# The last bin is judged when the input ends.
	got=$(ipflag --rules share.rules demo.csv | awk -F, '$10 == "start" {
	    printf "%d,%s,%s\n", $1, $6, $7 }' | sort)
	[ -n "$got" ]
	same "" "$(comm -13 <(echo "$want") <(head -n -1 <<<"$got"))"
	# A row that is late opens no bin again.
	echo 'rule r proto=DNS track=by_rule packets=5 share=50% seconds=1' >share.rules
	lines time,proto,packets,bytes 1.1,DNS,10,900 1.9,TCP,99,900 2.2,TCP,0,0 \
	    1.95,DNS,10,900 3.1,TCP,1,90 >late.csv
	same "$header" "$(ipflag --rules share.rules late.csv)"
}

@test "an incident starts, is updated after the cooldown, and ends" {
	echo 'rule r track=by_src packets=2 seconds=2 cooldown=3' >r.rules
	runs ipflag --rules r.rules < <(burst 10 100 0.5; burst 1 200 1)
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines "$header" 101.000000,r,medium,10.0.0.1,,,3,2,2,start,packets \
	    104.000000,r,medium,10.0.0.1,,,4,2,2,update,packets \
	    106.500000,r,medium,10.0.0.1,,,4,2,2,end,packets)" "$output"
}

@test "what ends and begins anew within the cooldown is silent till it is over" {
	echo 'rule r track=by_src packets=1 seconds=1 cooldown=10' >r.rules
	runs ipflag --rules r.rules < <(burst 2 100 0.5; burst 2 105 0.5
	    burst 2 112 0.5; burst 1 120 1)
	same "$(lines "$header" 100.500000,r,medium,10.0.0.1,,,2,1,1,start,packets \
	    101.500000,r,medium,10.0.0.1,,,2,1,1,end,packets \
	    112.500000,r,medium,10.0.0.1,,,2,1,1,start,packets \
	    113.500000,r,medium,10.0.0.1,,,2,1,1,end,packets)" "$output"
}

@test "an incident open at the end of input ends with the newest row" {
	echo 'rule r track=by_dst packets=1 seconds=60' >r.rules
	runs ipflag --rules r.rules < <(burst 3 100 0.5; echo 103.0,,,ARP,60)
	same "$(lines "$header" 100.500000,r,medium,,10.0.0.9,,2,1,60,start,packets \
	    103.000000,r,medium,,10.0.0.9,,3,1,60,end,packets)" "$output"
}

@test "sources and destinations are told apart, and so are pairs" {
	echo 'rule r track=by_both packets=1 seconds=10' >r.rules
	runs ipflag --rules r.rules <<-EOR
		$columns
		1.0,10.0.0.1,10.0.0.2,TCP,60
		1.1,10.0.0.1,10.0.0.3,TCP,60
		1.2,10.0.0.2,10.0.0.1,TCP,60
		1.3,2001:DB8:0::1,10.0.0.2,TCP,60
		1.4,2001:db8::1,10.0.0.2,TCP,60
		1.5,10.0.0.1,10.0.0.3,TCP,60
	EOR
	same "$(lines "$header" \
	    1.400000,r,medium,2001:db8::1,10.0.0.2,,2,1,10,start,packets \
	    1.500000,r,medium,10.0.0.1,10.0.0.3,,2,1,10,start,packets \
	    1.500000,r,medium,2001:db8::1,10.0.0.2,,2,1,10,end,packets \
	    1.500000,r,medium,10.0.0.1,10.0.0.3,,2,1,10,end,packets)" "$output"
}

@test "--tag passes rows on with the rules that their addresses break" {
	lines 'rule a track=by_src packets=1 seconds=2' \
	    'rule b track=by_dst packets=2 seconds=2' \
	    'rule all track=by_rule bytes=1 seconds=1' >r.rules
	lines "$columns,note" '1.0,10.0.0.1,10.0.0.9,TCP,60,"x,""y"' \
	    1.5,10.0.0.1,10.0.0.9,TCP,60,=z 1.6,10.0.0.2,10.0.0.9,TCP,60, \
	    1.7,10.0.0.1,10.0.0.8,TCP,60, 1.8,10.0.0.9,10.0.0.1,TCP,60, \
	    9.0,10.0.0.1,10.0.0.9,TCP,60, ,,,ARP,42, >rows.csv
	runs ipflag --tag --rules r.rules rows.csv
	[ "$status" -eq 1 ]
	same "ipflag: 1 row without a time: not evaluated" "$stderr"
	same "$(lines "$columns,note,alert" \
	    '1.0,10.0.0.1,10.0.0.9,TCP,60,"x,""y",' \
	    1.5,10.0.0.1,10.0.0.9,TCP,60,=z,a \
	    1.6,10.0.0.2,10.0.0.9,TCP,60,,b 1.7,10.0.0.1,10.0.0.8,TCP,60,,a \
	    '1.8,10.0.0.9,10.0.0.1,TCP,60,,victim:a|victim:b' 9.0,10.0.0.1,10.0.0.9,TCP,60,, \
	    ,,,ARP,42,,)" "$output"
	runs ipflag --tag --rules r.rules < <(burst 3 1 0.1)
	same "$(lines "$columns,alert" 1.000000,10.0.0.1,10.0.0.9,TCP,60, \
	    1.100000,10.0.0.1,10.0.0.9,TCP,60,a \
	    '1.200000,10.0.0.1,10.0.0.9,TCP,60,a|b')" "$output"
}

@test "--tag marks all that a suspect sends, of any protocol, but to a tracked port" {
	lines 'rule a proto=TELNET track=by_both packets=0 seconds=9' \
	    'rule b proto=TELNET track=by_src packets=0 seconds=9' \
	    'rule c proto=TELNET track=by_src_dport packets=0 seconds=9' >r.rules
	lines "$columns,dport" 1,10.0.0.1,10.0.0.9,TELNET,60,23 \
	    2,10.0.0.1,10.0.0.9,TCP,60,23 3,10.0.0.1,10.0.0.9,DNS,60,53 \
	    4,10.0.0.1,10.0.0.8,DNS,60,53 5,10.0.0.1,10.0.0.8,TCP,60,23 \
	    6,10.0.0.2,10.0.0.9,TCP,60,23 | ipflag --tag --rules r.rules |
	    cut -d, -f1,7 >got
	same "$(lines time,alert '1,a|b|c' '2,a|b|c' '3,a|b' 4,b '5,b|c' 6,)" \
	    "$(cat got)"
}

@test "--tag names who uses a victim's service no suspect, nor the victim" {
	echo 'rule f flags=S track=by_dst packets=1 seconds=9' >f.rules
	lines "$columns,flags" 1.0,10.0.0.1,10.0.0.9,TCP,60,S \
	    1.1,10.0.0.2,10.0.0.9,TCP,60,S 1.2,10.0.0.3,10.0.0.9,TCP,60,A \
	    1.3,10.0.0.9,10.0.0.3,TCP,60,A 1.4,10.0.0.3,10.0.0.8,TCP,60,S |
	    ipflag --tag --rules f.rules | cut -d, -f1,7 >got
	same "$(lines time,alert 1.0, 1.1,f 1.2, 1.3,victim:f 1.4,)" "$(cat got)"
	# Of a rule that tracks a port, what comes from the port.
	echo 'rule p track=by_src_dport packets=0 seconds=9' >p.rules
	lines "$columns,sport,dport" 1.0,10.0.0.1,10.0.0.9,TCP,60,999,80 \
	    1.1,10.0.0.9,10.0.0.1,TCP,60,80,999 |
	    ipflag --tag --rules p.rules | cut -d, -f1,8 >got
	same "$(lines time,alert 1.0,p '1.1,p|victim:p')" "$(cat got)"
}

@test "--tag writes rows without waiting, and tags those after the alert" {
	lines 'rule clear proto=TELNET encrypted=no within=3 track=by_both packets=1 seconds=60' >r.rules
	lines "$columns,sport,dport,flags" \
	    1.0,10.0.0.1,10.0.0.2,TELNET,60,999,23,PA \
	    1.1,10.0.0.1,10.0.0.2,TELNET,60,999,23,PA \
	    2.0,10.0.0.1,10.0.0.2,TCP,60,999,23,FA \
	    9.0,10.0.0.1,10.0.0.2,TCP,60,998,23,S \
	    9.1,10.0.0.2,10.0.0.1,TCP,60,23,998,SA \
	    90.0,10.0.0.1,10.0.0.2,TCP,60,997,23,S >rows.csv
	same "$(lines 1.0, 1.1, 2.0, 9.0,clear 9.1,victim:clear 90.0,)" \
	    "$(ipflag --tag --rules r.rules rows.csv | sed 1d | cut -d, -f1,9)"
	same 4.100000 "$(ipflag --rules r.rules rows.csv |
	    awk -F, '$10 == "start" { print $1 }')"
}

@test "--tag twice joins the words of both" {
	echo 'rule a track=by_src packets=1 seconds=2' >a.rules
	echo 'rule b track=by_src packets=0 seconds=2' >b.rules
	runs bash -c 'ipflag --tag --rules a.rules | ipflag --tag --rules b.rules' \
	    < <(burst 2 1 0.1)
	[ "$status" -eq 0 ]
	same "$(lines "$columns,alert" 1.000000,10.0.0.1,10.0.0.9,TCP,60,b \
	    '1.100000,10.0.0.1,10.0.0.9,TCP,60,a|b')" "$output"
}

@test "--tag keeps the columns of the first header" {
	runs ipflag --set demo --tag <<-EOR
		$columns,vlan
		1.0,10.0.0.1,10.0.0.2,TCP,60,7
		len,proto,time,src,dst,ttl
		61,UDP,2.0,10.0.0.3,10.0.0.4,64
	EOR
	[ "$status" -eq 0 ]
	same "$(lines "$columns,vlan,alert" 1.0,10.0.0.1,10.0.0.2,TCP,60,7, \
	    2.0,10.0.0.3,10.0.0.4,UDP,61,,)" "$output"
	[[ $stderr == *'column "ttl" is dropped: it is not in the first header' ]]
}

@test "a tally row weighs its packets at its time, a zero row moves the clock" {
	echo 'rule r track=by_src packets=50 seconds=10' >r.rules
	runs ipflag --rules r.rules <<-EOR
		time,src,packets,bytes
		100,10.0.0.1,50,500
		105,10.0.0.1,1,10
		105,REST,900,10
		105,,900,10
		115,,0,0
	EOR
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines "$header" 105.000000,r,medium,10.0.0.1,,,51,50,10,start,packets \
	    115.000000,r,medium,10.0.0.1,,,51,50,10,end,packets)" "$output"
	# Of what ratebw wrote, each run of spikes is an incident.
	demo | ratebw --spike 2000 >bins.csv
	echo 'rule b track=by_rule bytes=2000 seconds=1 cooldown=0' >b.rules
	want=$(awk -F, 'NR > 1 { if ($4 == 1 && !before) print $1
	    before = $4 }' bins.csv)
	[ "$(wc -l <<<"$want")" -gt 5 ]
	same "$want" "$(ipflag --rules b.rules bins.csv | grep start | cut -d, -f1)"
}

@test "the flags of a whole connection are not taken for those of a segment" {
	local s

	awk 'BEGIN { print "time,src,dst,proto,sport,dport,flags,packets,bytes"
	    for (i = 0; i < 1500; i++)
		printf "%.3f,10.0.%d.%d,192.0.2.%d,TCP,%d,%d,%s,9,900\n",
		    i / 200, i % 50, i / 50, i % 3 ? 1 : 2, 40000 + i,
		    5000 + i % 97, i % 3 ? "SRPA" : "FSPA" }' >tally.csv
	for s in home office server; do
		runs ipflag --set $s tally.csv
		same "0|$header" "$status|$output"
	done
	# Of segments each is one.
	sed 's/packets,bytes/len/; s/,9,900/,60/' tally.csv >segments.csv
	same "tcp-flood-odd" \
	    "$(ipflag --set server segments.csv | grep start | cut -d, -f2)"
}

@test "rules whose columns are missing are disabled, with one warning" {
	runs ipflag --set demo <<-EOR
		$columns
		1.0,10.0.0.1,10.0.0.2,TCP,60
		$columns
		1.0,10.0.0.1,10.0.0.2,FTP,60
	EOR
	[ "$status" -eq 0 ]
	same "$(lines 'ipflag: stdin: no column "flags" (pcap2csv -e flags): rules disabled: syn-flood port-scan host-sweep' \
	    'ipflag: stdin: no column "dport" (pcap2csv -e dport): rules disabled: port-scan host-sweep')" \
	    "$stderr"
	[ "$(grep -c cleartext-login <<<"$output")" -eq 2 ]
	runs ipflag --set demo <<<$'time,packets,bytes\n1.0,30,3000'
	[ "$status" -eq 0 ]
	same "$(lines "$header" 1.000000,bw-spike,low,,,,3000,2000,1,start,bytes \
	    1.000000,bw-spike,low,,,,3000,2000,1,end,bytes)" "$output"
}

@test "flags=S counts a SYN alone, whatever the congestion flags say" {
	echo 'rule s flags=S track=by_src packets=1 seconds=10' >s.rules
	runs ipflag --rules s.rules <<-EOR
		$columns,flags
		1.0,10.0.0.1,10.0.0.2,TCP,60,S
		1.1,10.0.0.2,10.0.0.1,TCP,60,SA
		1.2,10.0.0.1,10.0.0.2,TCP,60,A
		1.3,10.0.0.1,10.0.0.2,TCP,60,
		1.4,10.0.0.1,10.0.0.2,TCP,60,SEC
	EOR
	same "1.400000,s,medium,10.0.0.1,,,2,1,10,start,packets" \
	    "$(sed -n 2p <<<"$output")"
}

@test "allowed networks are not counted, by one rule or by all" {
	lines 'rule a track=by_src packets=0 seconds=1' \
	    'rule b track=by_src packets=0 seconds=1' \
	    'allow src 10.0.0.0/24 rule=a' 'allow dst 2001:db8::/32' \
	    'allow any 192.0.2.1' >r.rules
	runs ipflag --rules r.rules <<-EOR
		$columns
		1.0,10.0.0.1,10.9.0.1,TCP,60
		1.0,10.0.1.1,10.0.0.1,TCP,60
		1.0,10.0.2.1,2001:db8:7::1,TCP,60
		1.0,192.0.2.1,10.0.0.1,TCP,60
		1.0,10.0.2.1,192.0.2.1,TCP,60
		1.0,192.0.2.2,10.0.0.1,TCP,60
	EOR
	same "$(lines b,10.0.0.1 a,10.0.1.1 b,10.0.1.1 a,192.0.2.2 b,192.0.2.2)" \
	    "$(grep start <<<"$output" | cut -d, -f2,4)"
}

@test "a file of allowed networks alone stands after a set" {
	lines 'allow src 10.0.0.1/32 rule=src-rate' >allow.rules
	(burst 60 100 0.1 10.0.0.1; burst 60 110 0.1 10.0.0.2) >rows
	runs ipflag --set demo --rules allow.rules rows
	[ "$status" -eq 0 ]
	same src-rate,10.0.0.2 \
	    "$(grep start <<<"$output" | cut -d, -f2,4)"
	runs ipflag --check --rules allow.rules --set demo
	[ "$status" -eq 2 ]
	same 'ipflag: allow.rules:1:28: bad rule "src-rate", want one defined above' "$stderr"
}

@test "a group has its own version of a rule" {
	lines 'group dns 10.0.0.53,10.0.1.0/24 # two' \
	    'rule r track=by_src packets=1 seconds=10' \
	    'rule r@dns packets=3 severity=low' 'allow any dns rule=r # both' \
	    >r.rules
	(burst 3 1 0.1 10.0.0.53; burst 5 2 0.1 10.0.1.7; burst 2 3 0.1) >rows
	runs ipflag --rules r.rules rows
	same "r,medium,10.0.0.1,2" "$(grep start <<<"$output" | cut -d, -f2-4,7)"
	# Wherever it stands, the version is allowed what the rule is.
	sed '/@/{h;d};/allow/G' r.rules >behind.rules
	cmp <(ipflag --rules r.rules rows) <(ipflag --rules behind.rules rows)
	sed '/allow/d' r.rules >without.rules
	runs ipflag --rules without.rules rows
	same "$(lines r@dns,low,10.0.1.7,4 r,medium,10.0.0.1,2)" \
	    "$(grep start <<<"$output" | cut -d, -f2-4,7)"
}

@test "41 rules of one's own stand beside the set home, and each alerts" {
	demo >demo.csv
	for ((i = 1; i <= 41; i++)); do
		echo "rule own$i dport=$((20000 + i)) track=by_src packets=1 seconds=9"
	done >own.rules
	awk 'BEGIN {
	    print "time,src,dst,proto,len,dport,flags"
	    for (i = 0; i < 98; i++)
		printf "%d,10.0.0.%d,10.0.1.1,TCP,60,%d,A\n", i, i / 2 + 1,
		    20001 + int(i / 2) }' >own.csv
	ipflag --set home demo.csv >want
	for order in '--set home --rules own.rules' '--rules own.rules --set home'; do
		# shellcheck disable=SC2086  # several words
		ipflag $order demo.csv | diff want -
		# shellcheck disable=SC2086
		same "$(seq 41 | sed 's/.*/own&,10.0.0.&/' | sort)" \
		    "$(ipflag $order own.csv | grep ,start, | cut -d, -f2,4 |
		    grep ^own | sort)"
	done
	echo 'rule over track=by_src packets=1 seconds=9' >>own.rules
	runs ipflag --set home --rules own.rules own.csv
	[ "$status" -eq 2 ]
	same 'ipflag: own.rules:42:1: over 128 rules' "$stderr"
}

@test "an error in the rules names file, line and column" {
	while IFS='	' read -r line want; do
		printf '# first\n%s\n' "$line" >bad.rules
		runs ipflag --check --rules bad.rules
		[ "$status" -eq 2 ]
		[ "$output" = "" ]
		same "ipflag: bad.rules:2:$want" "$stderr"
	done <<-'EOR'
		rul x	1: bad statement "rul", want rule, group or allow
		rule r track=by_src packets=x seconds=1	29: bad packets "x", want a whole number, or a rate such as 100/s or 10G/d
		rule r track=by_src packets=1 seconds=0	39: bad seconds "0", want a duration such as 10 or 5m
		rule r track=by_src packets=1	30: rule "r" needs seconds=
		rule r track=by_sr packets=1 seconds=1	14: bad track "by_sr", want by_src, by_dst, by_both, by_dst_net, by_src_dport, by_dst_dport, by_both_dport, by_proto or by_rule
		rule r flags=X track=by_src packets=1 seconds=1	14: bad flags "X", want letters of FSRPAUEC or 0, as S, +SA or S,12
		rule r proto=TCP,NOPE track=by_src packets=1 seconds=1	18: bad proto "NOPE", want a protocol such as DNS
		rule r track=by_src packets=1 bytes=1 seconds=1	31: "bytes" is one too many
		rule r dir=up track=by_src packets=1 seconds=1	12: bad dir "up", want in, out, local or through
		rule r dst_as=1,,2 track=by_src packets=1 seconds=1	17: bad label "", want one such as CN
		rule r sensor=a sensor=b track=by_src packets=1 seconds=1	17: "sensor" is one too many
		rule r urgent	8: bad word "urgent", want KEY=VALUE
		rule r@g packets=1	6: bad rule "r", want one defined above
		allow src 10.0.0.1/8	11: bad network "10.0.0.1/8", want no bits set after its prefix
		allow src 10.0.0.0/33	11: bad prefix "10.0.0.0/33", want 0 to 32
		allow to 10.0.0.0/8	7: bad side "to", want src, dst or any
		group g	8: a group needs networks
		group g 10.0.0.1 x	18: "x" is one too many
		rule r track=by_src packets=1 seconds=1 unique=dst share=5%	6: unique counts packets only
		rule r track=by_src packets=1/s flags=0 answered=no	6: answered=no needs flags=S, SA, PA or !S, or none
		rule r track=by_src packets=1/s flags=S encrypted=no repeated=no	6: repeated=no needs flags=S and answered= or completed=
	EOR
	echo 'rule r sevrity=low' >bad.rules
	runs ipflag --check --rules bad.rules
	[ "$status" -eq 2 ]
	[[ $stderr == 'ipflag: bad.rules:1:8: bad key "sevrity", want severity, '*' or a label such as src_country' ]]
}

@test "the built-in sets print rules that read back and tell the same" {
	demo >demo.csv
	for name in demo home office server; do
		ipflag --set $name --print-rules >$name.rules
		[ "$(grep -c ^rule $name.rules)" -ge 10 ]
		ipflag --check --rules $name.rules
		cmp <(ipflag --set $name demo.csv) \
		    <(ipflag --rules $name.rules demo.csv)
	done
	cmp <(ipflag --print-rules) home.rules
	cmp <(ipflag demo.csv) <(ipflag --set home demo.csv)
	# Sets and files add up.
	echo 'allow any 0.0.0.0/0' >allow.rules
	echo 'allow any ::/0' >>allow.rules
	same "" "$(ipflag --set demo --rules allow.rules demo.csv |
	    cut -d, -f4,5 | grep '[0-9]')"
	runs ipflag --set moon
	[ "$status" -eq 2 ]
	[[ $stderr == *'home, office, server'* ]]
}

@test "the real attacks of the capture are found, by their names" {
	demo >demo.csv
	found=$(ipflag --set demo demo.csv | grep start | cut -d, -f2-6)
	for want in 'port-scan,medium,192.0.2.16,198.51.100.30,' \
	    icmp-flood,high,,198.51.100.20,ICMP \
	    cleartext-login,medium,198.51.100.23,192.0.2.14,TELNET; do
		grep -qx "$want" <<<"$found" || { echo "no $want"; false; }
	done
	# Thresholds for real networks find the scan and the floods alone.
	same "$(lines cleartext-login icmp-flood port-scan)" \
	    "$(ipflag --set home demo.csv | grep start | cut -d, -f2 | sort -u)"
}

@test "a million forged sources stay in bounds, and the offender is found" {
	awk 'BEGIN { for (i = 0; i < 300000; i++) {
	    printf "%.6f,%d.%d.%d.%d,10.0.0.9,UDP,60\n", 1000 + i / 100000,
		11 + i % 200, i / 200 % 256, i / 51200 % 256, i % 251
	    if (i % 1000 == 0)
		printf "%.6f,10.6.6.6,10.0.0.9,TCP,60\n", 1000 + i / 100000
	    } }' >flood.csv
	echo 'rule r track=by_src packets=50 seconds=10' >r.rules
	runs ipflag --max-keys 10000 --rules r.rules flood.csv
	[ "$status" -eq 0 ]
	same "r,10.6.6.6,start" "$(sed -n '2p' <<<"$output" | cut -d, -f2,4,10)"
	[ "$(grep -c start <<<"$output")" -eq 1 ]
	[[ $stderr == 'ipflag: --max-keys 10000 or the memory for counts reached: '*' idle keys evicted' ]]
	forgotten=${stderr#*reached: }
	# All but the keys that fit, and those whose window was over: none.
	[ "${forgotten%% *}" -eq $((300001 - 10000)) ]
}

@test "which keys --max-keys evicts depends on the rows alone" {
	awk -v x=7 '
	function random(n) { x = x * 16807 % 2147483647; return x % n }
	BEGIN {
	    print "time,src,dst,proto,len,dport,flags"
	    while (i++ < 5000)
		printf "%.3f,10.0.%d.%d,10.1.0.%d,TCP,60,%d,S\n", i / 100,
		    random(3), random(200), random(9), random(9) }' >rows.csv
	lines 'rule a flags=S answered=no track=by_src packets=2 seconds=20' \
	    'rule b track=by_both unique=dport packets=2 seconds=20' \
	    'rule c track=by_dst unique=src packets=40 seconds=9' >r.rules
	ipflag --rules r.rules rows.csv >all
	for n in 1 2 3; do
		ipflag --max-keys 300 --rules r.rules rows.csv >got$n 2>err
		grep -q ' idle keys evicted$' err
	done
	cmp got1 got2
	cmp got1 got3
	[ "$(grep -c start got1)" -gt 50 ]
	[ "$(grep -c start all)" -gt "$(grep -c start got1)" ]
}

@test "a row late by a second counts, one later does not" {
	echo 'rule r track=by_src packets=2 seconds=10' >r.rules
	runs ipflag --rules r.rules <<-EOR
		100.0,10.0.0.1,,TCP,60
		101.0,10.0.0.2,,TCP,60
		99.999999,10.0.0.1,,TCP,60
		100.0,10.0.0.1,,TCP,60
	EOR
	[ "$status" -eq 1 ]
	same "ipflag: 1 row more than a second late: not evaluated" "$stderr"
	same "$header" "$output"
	runs ipflag --rules r.rules <<-EOR
		100.0,10.0.0.1,,TCP,60
		101.0,10.0.0.1,,TCP,60
		100.0,10.0.0.1,,TCP,60
	EOR
	[ "$status" -eq 0 ]
	same "100.000000,r,medium,10.0.0.1,,,3,2,10,start,packets" \
	    "$(sed -n 2p <<<"$output")"
}

@test "a row from the future moves nothing, sixteen of them do" {
	echo 'rule r track=by_src packets=2 seconds=10' >r.rules
	runs ipflag --rules r.rules < <(burst 2 100 0.1; burst 1 9999999 1
	    burst 1 100.3 1)
	[ "$status" -eq 1 ]
	same "ipflag: 1 row more than an hour from the others: not evaluated" \
	    "$stderr"
	same 100.300000,r,start "$(sed -n 2p <<<"$output" | cut -d, -f1,2,10)"
	# The rows that agree are all seen, from the first on; back and forth.
	runs ipflag --rules r.rules < <(burst 3 90000 0.1
	    burst 16 100 0.1 10.0.0.2; burst 16 50000 0.1 10.0.0.3)
	[ "$status" -eq 0 ]
	same "ipflag: the stream clock jumped by over an hour 2 times" \
	    "$stderr"
	same "$(lines 90000.200000,10.0.0.1 100.200000,10.0.0.2 \
	    50000.200000,10.0.0.3)" "$(grep start <<<"$output" | cut -d, -f1,4)"
	# Nor does it open a conversation, and none is of before a jump back.
	echo 'rule r new=yes track=by_both packets=0 seconds=10' >r.rules
	runs ipflag --rules r.rules < <(burst 1 100 1 10.0.0.2
	    burst 1 9999999 1; burst 20 100.1 0.1
	    burst 20 90000 0.1; burst 20 200.1 0.1)
	same "$(lines 100.000000,10.0.0.2 100.100000,10.0.0.1 \
	    90000.000000,10.0.0.1 200.100000,10.0.0.1)" \
	    "$(grep start <<<"$output" | cut -d, -f1,4)"
}

@test "--alerts shows lines, in colours on a terminal that has them" {
	echo 'rule r severity=high track=by_src packets=1 seconds=10' >r.rules
	runs ipflag --alerts --rules r.rules < <(burst 2 100 0.5)
	[ "$(wc -l <<<"$output")" -eq 3 ]
	same "$(lines '1970-01-01T00:01:40.500Z r (high): from 10.0.0.1, 2 packets in 10 s, threshold 1' \
	    '1970-01-01T00:01:40.500Z r (high, ended): from 10.0.0.1, up to 2 packets in 10 s, threshold 1')" \
	    "$stderr"
	runs ipflag --alerts --tag --rules r.rules < <(burst 2 100 0.5)
	[ "$(wc -l <<<"$stderr")" -eq 2 ]
	[[ $output == "$columns,alert"* ]]
	burst 2 100 0.5 >rows.csv
	red=$'\033[1;31m'
	TERM=xterm run script -qec \
	    'ipflag --alerts --rules r.rules rows.csv >/dev/null' /dev/null
	[[ $output == "$red"1970-* ]]
	TERM=dumb run script -qec \
	    'ipflag --alerts --rules r.rules rows.csv >/dev/null' /dev/null
	[[ $output == 1970-* ]]
	NO_COLOR=1 TERM=xterm run script -qec \
	    'ipflag --alerts --rules r.rules rows.csv >/dev/null' /dev/null
	[[ $output == 1970-* ]]
}

# many_kinds: rows that break a rule of each kind, with odd protocols.
many_kinds() {
	lines 'rule src track=by_src packets=1 seconds=10 cooldown=5' \
	    'rule dst severity=low track=by_dst packets=1 seconds=0.5' \
	    'rule pair severity=high track=by_both packets=0 seconds=1h' \
	    'rule all track=by_rule bytes=999 seconds=2m' \
	    'rule some proto=TCP,UDP track=by_rule bytes=9 seconds=1' \
	    'rule share track=by_proto packets=1 share=5% seconds=60' \
	    'rule hosts track=by_src packets=2 unique=dst seconds=1d' \
	    'rule ports track=by_both packets=1 unique=dport seconds=90' \
	    'rule deaf answered=no track=by_both packets=1/4m' \
	    'rule mute answered=no track=by_src unique=dst packets=0/4m' \
	    'rule new new=yes track=by_dst packets=0/d' \
	    'rule first known=no track=by_src packets=0/s' \
	    'rule oneway oneway=yes track=by_src bytes=1k/h' >kinds.rules
	lines 'rule door track=by_dst_dport packets=0/s' 'rule knock track=by_src_dport unique=dst packets=0/s' >>kinds.rules
	awk 'BEGIN {
	    print "time,src,dst,proto,len,dport"
	    split("TCP|UDP|=A|A\033B|\"A\"\"\\,B\"|0123456789abcdef" \
		"0123456789abcdef0123456789abcdef0123456789abcdef\\9",
		proto, "|")
	    for (i = 0; i < 3000; i++)
		printf "%.3f,%s,%s,%s,%d,%d\n", 100 + i / 20,
		    i % 7 ? "10.0.0." i % 7 : "",
		    i % 5 ? "2001:db8::" i % 5 : "", proto[1 + int(i / 3) % 6], i % 11 ? 60 : 4000000000,
		    i % 99
	}'
}

@test "--alerts has the sentence that alert.awk makes of the row, of all kinds" {
	many_kinds >rows.csv
	: >known
	runs ipflag --alerts --known known --rules kinds.rules rows.csv
	[ "$status" -eq 0 ]
	cut -d ' ' -f 2- <<<"$stderr" >wanted
	printf '%s\n' "$output" | sed 's/"\([^"]*\),\([^"]*\)"/\1\x01\2/' |
	    awk -F, -f "$ROOT/scripts/lib/alert.awk" -f <(cat <<<'
		NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
		{
			for (i = 1; i <= NF; i++) cell[name[i]] = $i
			gsub(/\001/, ",", cell["proto"])
			print alert_sentence(cell)
		}') >got
	same "$(cat wanted)" "$(cat got)"
	same "$(lines all deaf door dst first hosts knock mute new oneway pair ports share some src)" \
	    "$(cut -d ' ' -f 1 got | sort -u)"
	grep -q ', [1-9][0-9]*,[0-9,]* bytes in 2 min, threshold 999$' got
	grep -q 'share (medium, ended): TCP, up to [0-9.]* % in 1 min, threshold 5 %$' \
	    got
	grep -q ': A.x22.x5C,B, up to ' got
	for words in '2 unanswered packets in 4 min, threshold 1' \
	    'up to 11 unanswered hosts in 4 min, threshold 0' \
	    ', 1 new conversation in 1 d, threshold 0' \
	    ', 1 first packet in 1 s, threshold 0' \
	    '[0-9] one-way bytes in 1 h, threshold 1,000'; do
		grep -q "$words\$" got
	done
}

@test "alert.awk leaves out what a row does not say" {
	run awk -f "$ROOT/scripts/lib/alert.awk" -f <(cat <<<'BEGIN {
	    cell["rule"] = "r"
	    cell["severity"] = "low"
	    cell["value"] = "1.5"
	    print alert_sentence(cell)
	    cell["value"] = 1
	    cell["unit"] = "bytes/s"
	    cell["window"] = 60
	    cell["threshold"] = 1000
	    cell["dst"] = "10.0.0.2"
	    cell["state"] = "end"
	    print alert_sentence(cell)
	}') /dev/null
	same "$(lines 'r (low): all traffic, 1.5' \
	    'r (low, ended): to 10.0.0.2, up to 1 bytes/s in 1 min, threshold 1,000')" \
	    "$output"
}

@test "--suggest writes rules whose thresholds 99.9 % of windows keep" {
	lines 'rule r track=by_src packets=1 seconds=10' \
	    'rule b track=by_rule bytes=1 seconds=1' \
	    'rule d track=by_src packets=1 seconds=10 unique=dst' \
	    'rule s proto=DNS,TCP track=by_proto packets=0 share=1% seconds=1000' \
	    'rule none proto=SSH track=by_src packets=7 seconds=1' \
	    'rule never track=by_src packets=0 seconds=1 severity=high' >r.rules
	# 1997 sources of 1 packet, one each of 5, 7 and 9, in as many windows.
	awk 'BEGIN { for (i = 0; i < 2000; i++)
	    for (j = 0; j < (i < 1997 ? 1 : 2 * i - 3989); j++)
		printf "%d.%d,10.0.%d.%d,10.1.1.%d,TCP,60\n", 1000 + i % 10, j,
		    i / 250, i % 250, j % 4 }' | sort -n >rows.csv
	runs ipflag --suggest --rules r.rules rows.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	# 1998 of 2000 are 99.9 %.  The most bytes of 10 seconds are the second
	# with 199 + 9 packets; the buckets are 1 % wide.
	same "$(lines '# r: 2000 windows' \
	    'rule r severity=medium track=by_src packets=5 seconds=10 cooldown=60' \
	    '# b: 10 windows' \
	    'rule b severity=medium track=by_rule bytes=12543 seconds=1 cooldown=60' \
	    '# d: 2000 windows' \
	    'rule d severity=medium track=by_src packets=4 seconds=10 unique=dst cooldown=60' \
	    '# s: 1 windows' \
	    'rule s severity=medium proto=TCP,DNS track=by_proto packets=0 seconds=1000 share=99% cooldown=60' \
	    '# none: 0 windows' \
	    'rule none severity=medium proto=SSH track=by_src packets=7 seconds=1 cooldown=60' \
	    '# never: 2000 windows' \
	    'rule never severity=high track=by_src packets=0 seconds=1 cooldown=60')" \
	    "$output"
	# On few windows nothing is over what was suggested.
	demo >demo.csv
	ipflag --set demo --suggest demo.csv >demo.rules
	same "$(lines cleartext-login)" "$(ipflag --rules demo.rules demo.csv |
	    sed 1d | cut -d, -f2 | sort -u)"
	# A count of regular steps stays, and a share is 1 % at the least.
	lines 'rule a track=by_both packets=9 regular=33% seconds=4h' \
	    'rule s proto=DNS track=by_rule packets=0 share=9% seconds=1m' >r.rules
	lines time,src,dst,proto,packets,bytes 1.0,10.0.0.1,10.0.0.2,DNS,1,60 \
	    1.0,10.0.0.1,10.0.0.2,TCP,99999,60 >tiny.csv
	ipflag --rules r.rules --suggest tiny.csv >new.rules
	same "$(lines packets=9 packets=0)" "$(grep -o 'packets=[0-9]*' new.rules)"
	same share=1% "$(grep -o 'share=.*%' new.rules)"
	runs ipflag --check --rules new.rules
	[ "$status" -eq 0 ]
	runs ipflag --suggest --tag demo.csv
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
}

@test "--suggest takes rates over days, which are bins" {
	lines 'rule b track=by_src bytes=1G/d' \
	    'rule p track=by_rule packets=5M/h severity=low' >r.rules
	awk 'BEGIN { print "time,src,dst,proto,packets,bytes"
	    for (; i < 500; i++)
		printf "%d,10.0.0.%d,,TCP,%d,%d\n", 864e5 + i * 1800, i % 2,
		    i * i % 900 * 1e4, i * i % 700 * 1e6 }' >rows.csv
	ipflag --suggest --rules r.rules rows.csv >new.rules
	ipflag --check --rules new.rules
	# With fewer than 1000 windows it is the greatest bin, within 1 %.
	awk -F, 'NR > 1 { day[$2, int($1 / 86400)] += $6
		hour[int($1 / 3600)] += $5 }
	    END { for (k in day) if (day[k] > b) b = day[k]
		for (k in hour) if (hour[k] > p) p = hour[k]
		print b, p }' rows.csv >want
	sed -n 's/.* bytes=\([0-9]*\) seconds=86400 .*/\1/p
	    s/.* packets=\([0-9]*\) seconds=3600 .*/\1/p' new.rules |
	    paste -sd ' ' >got
	paste -d ' ' want got | awk '{ exit !($1 <= $3 && $3 <= $1 * 1.01 &&
	    $2 <= $4 && $4 <= $2 * 1.01 && $3 > 1e9 && $4 > 5e6) }'
}

@test "--verbose shows counts" {
	echo 'rule r track=by_src packets=1 seconds=10' >r.rules
	runs ipflag -v --rules r.rules < <(burst 3 100 0.5)
	same "ipflag: 3 rows read, 1 incident, 0 suppressed by a cooldown, 1 key" \
	    "$stderr"
}

@test "an empty input and a header alone give a header" {
	for input in '' "$columns"; do
		runs ipflag --set demo < <(printf %s "$input")
		[ "$status" -eq 0 ]
		[ "$output" = "$header" ]
		runs ipflag --set demo --tag < <(printf %s "$input")
		[ "$status" -eq 0 ]
		[ "$output" = "$columns,alert" ]
	done
}

@test "CRLF, no final newline and a missing header are read" {
	echo 'rule r track=by_src packets=1 seconds=10' >r.rules
	runs ipflag --rules r.rules < <(printf 'src,time,len\r\n10.0.0.1,1,9\r\n10.0.0.1,2,9')
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same 2.000000,r,start "$(sed -n 2p <<<"$output" | cut -d, -f1,2,10)"
}

@test "a bad row is reported and skipped" {
	runs ipflag --set demo --tag <<-EOR
		$columns,flags,dport
		1.0,,,TCP,x,S,65535
		x,,,TCP,60,S,65535
		2.0,,,TCP,60,S,65535
	EOR
	[ "$status" -eq 1 ]
	same "$(lines 'ipflag: stdin:2: bad len "x", want 0-4294967295' \
	    'ipflag: stdin:3: bad time "x", want seconds since the epoch (csvclean reads other forms)')" \
	    "$stderr"
	same "$(lines "$columns,flags,dport,alert" 2.0,,,TCP,60,S,65535,)" \
	    "$output"
}

# odd COLUMN CELL: 4 SYNs to a port each, the third with this cell instead,
# to rules that need each of the columns or none.
odd() {
	lines 'rule all track=by_rule packets=0 seconds=1h cooldown=0' \
	    'rule src track=by_src packets=0 seconds=1h cooldown=0' \
	    'rule dst track=by_dst packets=0 seconds=1h cooldown=0' \
	    'rule syn flags=S track=by_rule packets=0 seconds=1h cooldown=0' \
	    'rule scan track=by_dst packets=0 unique=dport seconds=1h cooldown=0' \
	    >needs.rules
	echo time,src,dst,proto,len,flags,dport
	awk -v column="$1" -v cell="$2" 'BEGIN {
	    split("src dst flags dport", name, " ")
	    for (i = 1; i <= 4; i++) {
		v["src"] = "10.0.0.1"
		v["dst"] = "10.0.0.2"
		v["flags"] = "S"
		v["dport"] = i
		if (i == 3)
			v[column] = cell
		printf "%d,%s,%s,TCP,60,%s,%s\n", i, v["src"], v["dst"],
		    v["flags"], v["dport"]
	    } }'
}

# needs: what these rules counted in all, in their order, from standard input.
needs() {
	awk -F, '$10 == "end" { n[$2] = $7 }
	    END { print n["all"], n["src"], n["dst"], n["syn"], n["scan"] }'
}

@test "a bad cell is bad for the rules that need it, and for no other" {
	while IFS=/ read -r column cell want rules counted; do
		odd "$column" "$cell" >rows.csv
		runs ipflag --rules needs.rules rows.csv
		[ "$status" -eq 1 ]
		bare=${cell//\"/}
		same "$(lines "ipflag: rows.csv:4: bad $column \"$bare\", want $want" \
		    "ipflag: 1 row was not evaluated by rules $rules: bad $column")" \
		    "$stderr"
		same "$counted" "$(needs <<<"$output")"
	done <<-EOC
		dport/443.0/0-65535/scan/4 4 4 4 3
		dport/ 443/0-65535/scan/4 4 4 4 3
		dport/"53,53"/0-65535/scan/4 4 4 4 3
		dport/65536/0-65535/scan/4 4 4 4 3
		dport/https/0-65535/scan/4 4 4 4 3
		dport/-1/0-65535/scan/4 4 4 4 3
		flags/0x0002/letters of FSRPAUEC/syn/4 4 4 3 4
		flags/s/letters of FSRPAUEC/syn/4 4 4 3 4
		flags/S /letters of FSRPAUEC/syn/4 4 4 3 4
		src/10.0.0.256/an IPv4 or IPv6 address/src/4 3 4 4 4
		src/host/an IPv4 or IPv6 address/src/4 3 4 4 4
		dst/10.0.0.1 /an IPv4 or IPv6 address/dst, scan/4 4 3 4 3
	EOC
}

@test "an empty cell is no bad one, nor is one that no rule needs" {
	for column in src dst flags dport; do
		odd "$column" '' >rows.csv
		runs ipflag --rules needs.rules rows.csv
		[ "$status" -eq 0 ]
		[ "$stderr" = "" ]
	done
	echo 'rule all track=by_rule packets=0 seconds=1h cooldown=0' >all.rules
	for column in src dst flags dport; do
		odd "$column" x >rows.csv
		runs ipflag --rules all.rules rows.csv
		[ "$status" -eq 0 ]
		[ "$stderr" = "" ]
		same 4 "$(needs <<<"$output" | tr -d ' ')"
	done
}

@test "ten bad cells are shown, all are counted, and their rows pass --tag" {
	{
		echo "$columns,flags,dport"
		awk 'BEGIN { for (i = 1; i <= 15; i++)
		    printf "%d.5,10.0.0.1,10.0.0.2,TCP,60,S,%d.0\n", i, i }'
	} >rows.csv
	runs ipflag --set home --tag rows.csv
	[ "$status" -eq 1 ]
	same "$(seq 2 11)" "$(sed -n 's/^ipflag: rows.csv:\([0-9]*\): bad .*/\1/p' \
	    <<<"$stderr")"
	same "$(sed 's/$/,/; 1s/$/alert/' rows.csv)" "$output"
	grep -qx 'ipflag: 15 rows were not evaluated by rules syn-flood, .*port-scan, .*: bad dport' \
	    <<<"$stderr"
}

@test "a row with several bad cells is shown once, and counted for each" {
	odd dport x | sed 's/,S,x/,x,x/' >rows.csv
	runs ipflag --rules needs.rules rows.csv
	[ "$status" -eq 1 ]
	same "$(lines 'ipflag: rows.csv:4: bad flags "x", want letters of FSRPAUEC' \
	    'ipflag: 1 row was not evaluated by rules syn: bad flags' \
	    'ipflag: 1 row was not evaluated by rules scan: bad dport')" "$stderr"
	same '4 4 4 3 3' "$(needs <<<"$output")"
}

@test "a missing column is the error that names it" {
	runs ipflag --set demo <<<$'time,src\n1.0,10.0.0.1'
	[ "$status" -eq 3 ]
	[ "$output" = "$header" ]
	[[ $stderr == *'no column "len" in the header'* ]]
}

@test "an alert and a tagged row leave before the next row is read" {
	mkfifo in out
	echo 'rule r track=by_src packets=0 seconds=10' >r.rules
	for mode in '' --tag; do
		timeout 120 bash -c "ipflag $mode --rules r.rules <in >out" 9>&- &
		exec 9>in 8<out
		echo "$columns" >&9
		read -r line <&8
		echo 1.0,10.0.0.1,10.0.0.2,TCP,60 >&9
		read -r line <&8
		[[ $line == 1.0*r* ]]
		exec 9>&-
		cat <&8 >rest
		exec 8<&-
		wait
	done
}

@test "a full disk is an error, a closed pipe ends it" {
	for mode in '' --tag --print-rules; do
		runs bash -c "ipflag $mode </dev/null >/dev/full"
		[ "$status" -eq 3 ]
		same 'ipflag: stdout: write: No space left on device' "$stderr"
	done
	mkfifo in
	exec 9<>in
	# shellcheck disable=SC2016  # expanded by the inner shell
	runs timeout 120 bash -c 'ipflag --set demo <in | true; echo "${PIPESTATUS[0]}"'
	exec 9>&-
	[ "$output" = 141 ]
	[ "$stderr" = "" ]
}

@test "alerts do not depend on the locale, the zone or the read size" {
	demo >demo.csv
	want=$(ipflag --set demo demo.csv)
	same "$want" "$(LC_ALL=de_DE.UTF-8 TZ=Asia/Kolkata ipflag --set demo demo.csv)"
	same "$want" "$(dd if=demo.csv bs=7 status=none | ipflag --set demo)"
	same "$(ipflag --set demo --tag demo.csv | md5sum)" \
	    "$(dd if=demo.csv bs=7 status=none | ipflag --set demo --tag | md5sum)"
}

@test "--proto, --since and --until are the rows that the rules see" {
	echo 'rule two track=by_src packets=1 seconds=10 cooldown=0' >rules
	(echo time,src,dst,proto,len
	    packets 3 1 1 192.0.2.1 TLS
	    packets 1 4 1 192.0.2.1 DNS) >rows.csv
	head=$(head -n 1 rows.csv),alert
	same "$(lines "$head" 2.000000,192.0.2.1,192.0.2.99,TLS,100, \
	    3.000000,192.0.2.1,192.0.2.99,TLS,100,two)" \
	    "$(ipflag --rules rules --tag -p tls --since 2 rows.csv)"
	same "$(lines "$head" 4.000000,192.0.2.1,192.0.2.99,DNS,100,)" \
	    "$(ipflag --rules rules --tag --proto dns rows.csv)"
	same "$(ipflag --rules rules rows.csv | sed 1d)" \
	    "$(ipflag --rules rules --no-header rows.csv)"
	same "$(ipflag --rules rules --tag rows.csv | sed 1d)" \
	    "$(ipflag --rules rules --tag --no-header rows.csv)"
	runs ipflag --rules rules --until 2 rows.csv
	[ "$status" -eq 0 ]
	same 1 "$(wc -l <<<"$output")"
	runs ipflag --rules rules --until 3 rows.csv
	same "$(lines start end)" "$(sed 1d <<<"$output" | cut -d, -f10)"
	same "$(lines 1970-01-01T00:00:02.000000Z \
	    1970-01-01T00:00:04.000000Z)" "$(ipflag --rules rules --time iso \
	    rows.csv | sed 1d | cut -d, -f1)"
}

@test "its usage is on stdout when asked, on stderr when wrong" {
	runs ipflag -h
	[ "$status" -eq 0 ]
	[[ $output == 'usage: ipflag '* ]]
	[ "$stderr" = "" ]
	runs ipflag --nonsense
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	[[ $stderr == *'usage: ipflag '* ]]
	runs ipflag -V
	[[ $output == 'ipflag (pktpipe) '[0-9]* ]]
	[ "$status" -eq 0 ]
	runs script -qec ipflag /dev/null
	[ "$status" -eq 2 ]
	[[ $output == 'usage: ipflag '* ]]
}
