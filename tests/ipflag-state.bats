#!/usr/bin/env bats
# ipflag: counts that go on in the next run, and addresses that are known.
# shellcheck disable=SC2154,SC2016  # runs sets $stderr; awk has its own $

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
	columns=time,src,dst,proto,len
}

# rows: 3,000 packets of all kinds, of six hosts, over some ten minutes.
rows() {
	echo time,src,dst,proto,len,sport,dport,flags,icmp_type,dir
	awk -v x=7 '
	function random(n) { x = x * 16807 % 2147483647; return x % n }
	BEGIN {
	    split("S S SA A FA RA", flags, " "); split("in out local", dir, " ")
	    for (us = 50e6; i++ < 3000;) {
		us += random(random(9) ? 100000 : 1500000)
		at = us - (random(4) ? 0 : random(900000))
		kind = random(4)
		printf "%d.%06d,10.0.0.%d,10.0.1.%d,%s,%d,", at / 1e6,
		    at % 1e6, random(3), random(3), kind == 0 ? "ICMP" : \
		    kind == 1 ? "DNS" : "TCP", 60 + random(1400)
		if (kind == 0)
			printf ",,,%d,", random(9)
		else
			printf "%d,%d,%s,,", 1024 + random(4), random(5),
			    kind == 1 ? "" : flags[1 + random(6)]
		print dir[1 + random(3)]
	    } }'
}

# each_kind: a rule of each kind.
each_kind() {
	lines 'rule slide track=by_src packets=20 seconds=9 cooldown=20' \
	    'rule pair track=by_both packets=9 seconds=10 part-of=x' \
	    'rule few track=by_src unique=dport packets=4 seconds=7 part-of=x' \
	    'rule bin track=by_both bytes=3k/2s cooldown=5' \
	    'rule day track=by_rule bytes=1M/d' \
	    'rule share track=by_proto packets=3 share=45% seconds=3' \
	    'rule open flags=S answered=no within=3 track=by_src packets=4 seconds=20' \
	    'rule half flags=S completed=no track=by_dst_dport packets=2 seconds=20' \
	    'rule first new=yes track=by_src packets=3 seconds=20' \
	    'rule late flags=!S answered=no track=by_dst_net packets=3 seconds=20' \
	    'rule odds answered=seldom track=by_dst unique=src packets=1 seconds=20' \
	    'rule kinds track=by_dst unique=proto packets=2 seconds=3' \
	    'rule step regular=90% track=by_both_dport packets=3 seconds=1m' \
	    'rule out dir=out proto=DNS track=by_src packets=4 seconds=5 cooldown=0'
}

# in_parts N FILE OPTION...: the alerts of the rows of a file, a header apart,
# in N runs that continue each other's counts.
in_parts() {
	local n=$1 file=$2 lines a b i

	shift 2
	lines=$(($(wc -l <"$file") - 1))
	rm -f parts.state
	for ((i = 0; i < n; i++)); do
		a=$((2 + lines * i / n)) b=$((1 + lines * (i + 1) / n))
		sed -n "1p; $a,${b}p" "$file" |
		    ipflag --state parts.state "$@" | tail -n +2
	done
}

@test "two or many runs with --state tell what one run tells" {
	rows >rows.csv
	each_kind >each.rules
	ipflag --rules each.rules --state one.state rows.csv | tail -n +2 >want
	for rule in slide pair few bin share open half first late odds kinds step out; do
		grep -q ",$rule,.*,start," want
	done
	grep -q ,day, want
	[ "$(grep -c ,end, want)" -gt 100 ]
	for n in 2 7 20; do
		in_parts $n rows.csv --rules each.rules >got
		diff want got
	done
	# Behind a hundred others, rules count the same.
	{
		seq -f 'rule no%.0f dport=99 track=by_src packets=1 seconds=9' 100
		each_kind
	} >many.rules
	in_parts 7 rows.csv --rules many.rules | diff want -
	# Without a state, what is open ends with the input: the rest is equal.
	ipflag --rules each.rules rows.csv | tail -n +2 | head -n "$(wc -l <want)" |
	    diff want -
}

@test "tagged rows, and rows that the clock does not trust yet, go on, too" {
	{
		rows
		rows | awk -F, -v OFS=, 'NR > 1 { $1 += 90000; print }'
	} >rows.csv
	each_kind >each.rules
	ipflag --tag --rules each.rules --state one.state rows.csv | tail -n +2 >want
	# Row 3,008 is the eighth of those that must agree on a jump.
	head -n 3008 rows.csv | ipflag --tag --rules each.rules --state two.state |
	    tail -n +2 >got
	sed -n '1p; 3009,$p' rows.csv |
	    ipflag --tag --rules each.rules --state two.state 2>err | tail -n +2 >>got
	diff want got
	grep -q 'the stream clock jumped' err
}

@test "replies of one length count over runs, and only those" {
	# Three connections at once, of ten rows of each side.
	awk 'BEGIN {
	    print "time,src,dst,proto,len,sport,dport,flags"
	    for (n = 1; n <= 3; n++)
		print "0,10.0.0.1,10.0.1.1,TCP,74,4000" n ",22,S"
	    for (i = 0; i < 60; i++) {
		n = i % 3 + 1
		pair = i % 6 < 3 ? "10.0.0.1,10.0.1.1" : "10.0.1.1,10.0.0.1"
		ends = i % 6 < 3 ? 4000 n ",22" : "22," 4000 n
		printf "%d,%s,SSH,%d,%s,PA\n", i, pair, 140, ends
		printf "%d,%s,TCP,%d,%s,A\n", i, pair, 66, ends
	    } }' >tries.csv
	# Those from the third on count.
	echo 'rule tries proto=SSH refused=yes track=by_both packets=23 seconds=1m' >r.rules
	ipflag --rules r.rules --state one.state tries.csv | tail -n +2 >want
	same "tries,10.0.0.1,10.0.1.1,24" "$(cut -d, -f2,4,5,7 want)"
	for n in 2 7 59; do
		same "$(cat want)" "$(in_parts $n tries.csv --rules r.rules)"
	done
	sed s/23/24/ r.rules >more.rules
	same 1 "$(ipflag --rules more.rules tries.csv | wc -l)"
	# A connection that is joined in the middle does not count.
	same 1 "$(sed 2d tries.csv | ipflag --rules r.rules | wc -l)"
}

@test "TLS in the next run encrypts the rows that wait for it" {
	echo 'rule clear proto=IMAP encrypted=no within=3 track=by_both packets=0 seconds=9' \
	    >r.rules
	lines "$columns,sport,dport" 1,10.0.0.1,10.0.0.9,IMAP,60,1024,143 \
	    2,10.0.0.1,10.0.0.9,TLS,60,1024,143 8,10.0.0.2,10.0.0.9,TCP,60,1,2 \
	    >tls.csv
	sed 's/TLS/IMAP/' tls.csv >clear.csv
	for n in 1 3; do
		same "" "$(in_parts $n tls.csv --rules r.rules)"
		same clear,start "$(in_parts $n clear.csv --rules r.rules |
		    cut -d, -f2,10)"
	done
}

@test "a day's bytes are counted over restarts" {
	echo 'rule up track=by_src bytes=1G/d' >up.rules
	for hour in 1 5 9 13 17 21; do
		awk -v h=$hour 'BEGIN { print "time,src,dst,proto,packets,bytes"
		    while (i++ < 20)
			printf "%d,10.0.0.1,,TCP,9,9500000\n",
			    17280000 + 3600 * h + i }' |
		    ipflag --rules up.rules --state up.state 2>err
		cat err >>errors
	done >all.csv
	# The sixth of 20 times 9.5 MB is over 1 GB after its sixth row.
	same "17355606.000000,up,medium,10.0.0.1,,,1007000000,1000000000,86400,start,bytes" \
	    "$(grep -v ^time all.csv)"
	same "$(for i in 1 2 3 4 5; do
		echo "ipflag: the stream clock jumped by over an hour 1 time"
	    done)" "$(cat errors)"
}

@test "what can no longer matter is not kept" {
	echo 'rule r track=by_src packets=5 seconds=10' >r.rules
	rows | ipflag --rules r.rules --state r.state >alerts.csv
	cp r.state busy.state
	awk 'BEGIN { print "time,src,dst,proto,len"
	    for (; i < 3000; i++)
		printf "%d,10.%d.%d.1,,TCP,60\n", 1000 + i * 10, i / 256,
		    i % 256 }' >hosts.csv
	ipflag --rules r.rules --state r.state hosts.csv >alerts.csv
	# 3,000 hosts passed; those of the last minute, the cooldown, are kept.
	[ "$(stat -c %s r.state)" -lt 2000 ]
	same 600 "$(stat -c %a r.state)"
}

@test "a state that is damaged or not one is refused, with the way on" {
	rows >rows.csv
	ipflag --set home --state good.state rows.csv >alerts.csv
	size=$(stat -c %s good.state)
	for at in 50 500 $((size / 2)) $((size - 1)); do
		cp good.state bad.state
		printf '\xff' | dd of=bad.state bs=1 seek="$at" conv=notrunc 2>err
		cmp -s good.state bad.state && continue
		cp bad.state before.state
		runs ipflag --set home --state bad.state rows.csv
		[ "$status" -eq 2 ]
		same "" "$output"
		same "ipflag: bad.state: a damaged state; remove it to start anew" "$stderr"
		cmp before.state bad.state
	done
	head -c $((size - 9)) good.state >bad.state
	runs ipflag --set home --state bad.state rows.csv
	same "ipflag: bad.state: a damaged state; remove it to start anew" "$stderr"
	runs ipflag --state rows.csv rows.csv
	[ "$status" -eq 2 ]
	same "ipflag: rows.csv: not a state of ipflag" "$stderr"
	cp good.state bad.state
	printf '\x09' | dd of=bad.state bs=1 seek=20 conv=notrunc 2>err
	runs ipflag --state bad.state rows.csv
	same "ipflag: bad.state: a state of another version of ipflag; remove it to start anew" "$stderr"
	cp good.state bad.state
	printf '\x09' | dd of=bad.state bs=1 seek=28 conv=notrunc 2>err
	runs ipflag --state bad.state rows.csv
	same "ipflag: bad.state: a state of a machine with other words; remove it to start anew" "$stderr"
	: >bad.state
	runs ipflag --state bad.state rows.csv
	same "ipflag: bad.state: not a state of ipflag" "$stderr"
	runs ipflag --set home --max-keys 16 --state good.state rows.csv
	[ "$status" -eq 2 ]
	same "ipflag: good.state: a state of more keys than --max-keys" "$stderr"
}

@test "rules that have changed start anew, which is said; others go on" {
	rows >rows.csv
	each_kind >each.rules
	head -n 1500 rows.csv | ipflag --rules each.rules --state s.state >first.csv
	# Another order, one rule less, one changed, one more.
	{
		echo 'rule more track=by_dst packets=100 seconds=9'
		tac each.rules | grep -v '^rule few' | sed 's/packets=20 /packets=21 /'
	} >other.rules
	sed -n '1p; 1501,$p' rows.csv >rest.csv
	runs ipflag --rules other.rules --state s.state rest.csv
	[ "$status" -eq 0 ]
	[[ $stderr == 'ipflag: s.state: rules are gone or have changed: slide, few: '*' keys dropped' ]]
	# What the other rules tell is what they tell in one run.
	ipflag --rules each.rules --state one.state rows.csv |
	    awk -F, 'NR > 1 && $2 != "slide" && $2 != "few"' >want
	{
		sed 1d first.csv
		sed 1d <<<"$output"
	} | awk -F, '$2 !~ /^(slide|few|more)$/' >got
	# Incidents of few joined those of pair: compare the rest.
	diff <(grep -v ,pair, want | sort) <(grep -v ,pair, got | sort)
}

@test "a state that cannot be written is an error, and the old one stays" {
	rows >rows.csv
	runs ipflag --state none/s.state rows.csv
	[ "$status" -eq 3 ]
	[[ $stderr == *'ipflag: none/s.state: No such file or directory' ]]
	mkdir dir.state
	runs ipflag --state dir.state rows.csv
	[ "$status" -eq 2 ]
	[[ $stderr == 'ipflag: dir.state: Is a directory' ]]
	runs ipflag --suggest --state s.state rows.csv
	[ "$status" -eq 2 ]
	same "ipflag: --suggest or --state, not both" "$stderr"
}

@test "a program that is stopped keeps its counts" {
	echo 'rule r track=by_src packets=2 seconds=100' >r.rules
	mkfifo rows
	ipflag --rules r.rules --state r.state <rows >alerts.csv &
	exec 7>rows
	lines "$columns" 1,10.0.0.1,,TCP,60 2,10.0.0.1,,TCP,60 3,10.0.0.2,,TCP,60 \
	    3,10.0.0.3,,TCP,60 3,10.0.0.3,,TCP,60 3,10.0.0.3,,TCP,60 >&7
	until_true grep -q start alerts.csv
	kill -TERM $!
	wait $!
	exec 7>&-
	same "$(lines 10.0.0.1)" "$(lines "$columns" 4,10.0.0.1,,TCP,60 |
	    ipflag --rules r.rules --state r.state | grep start | cut -d, -f4)"
}

# talk HOST...: three packets of each in a minute, in the order of time.
talk() {
	echo "$columns"
	for t in 1 2 3; do
		for host; do echo "$t,$host,192.0.2.1,TCP,60"; done
	done
}

# new_of OPTION...: the addresses that are flagged as new, of rows on stdin.
new_of() {
	ipflag --set home "$@" 2>err | awk -F, '$2 == "new-talker" &&
	    $10 == "start" { print $4 }' | sort
}

@test "an address that is in no network of --known is a new talker" {
	talk 10.0.0.1 10.0.0.2 10.1.2.3 192.168.0.9 192.0.2.7 fe80::1 fe80::2 >rows.csv
	lines '# what we know' 10.0.0.1 10.1.0.0/16 '' 'fe80::1 # the router' >known
	same "$(lines 10.0.0.2 192.168.0.9 fe80::2)" \
	    "$(new_of --known known rows.csv)"
	# Without a list there is nothing to compare with; with an empty one,
	# all of the own networks are new.
	same "" "$(new_of rows.csv)"
	: >empty
	same "$(sed '1d; s/^1,//; s/,.*//' rows.csv | sort -u | grep -v '^[23]$' |
	    grep -v '^192.0.2')" "$(new_of --known empty rows.csv)"
	lines 'rule s known=no track=by_src_dport packets=0 seconds=9' \
	    'rule d known=no track=by_dst packets=0 seconds=9' >r.rules
	runs ipflag --rules r.rules --known known <<-EOR
		$columns,dport
		1,10.1.2.3,192.0.2.1,TCP,60,1
		1,192.0.2.1,10.1.2.3,TCP,60,2
		1,10.0.0.1,10.1.2.3,TCP,60,3
	EOR
	same "$(lines d,,192.0.2.1 s,192.0.2.1,)" \
	    "$(grep start <<<"$output" | cut -d, -f2,4,5 | sort)"
}

@test "--learn adds what is new to the list, and flags nothing without one" {
	same "" "$(talk 10.0.0.1 10.0.0.9 | new_of --known list --learn)"
	same "$(lines '10.0.0.1 # 1970-01-01T00:00:03Z' \
	    '10.0.0.9 # 1970-01-01T00:00:03Z')" "$(cat list)"
	# Nor are rows tagged on that day.
	talk 10.0.0.1 | ipflag --set home --tag --known other --learn 2>err |
	    cut -d, -f6 | sort -u >tags
	same "$(lines '' alert)" "$(cat tags)"
	printf '# by hand\n10.5.0.0/16' >>list
	chmod 640 list
	same 10.0.0.4 "$(talk 10.0.0.1 10.0.0.4 10.5.0.1 | new_of --known list --learn)"
	same "$(lines '# by hand' 10.5.0.0/16 '10.0.0.4 # 1970-01-01T00:00:03Z')" \
	    "$(tail -n 3 list)"
	same 640 "$(stat -c %a list)"
	cp list before
	same "" "$(talk 10.0.0.1 10.0.0.4 10.5.0.1 | new_of --known list --learn)"
	cmp list before
	[ ! -e list.new ]
	# Of a rule on networks it is the network.
	echo 'rule n known=no track=by_dst_net packets=0 seconds=1' >net.rules
	lines time,src,dst,proto,len 1.0,10.0.0.1,10.9.0.7,TCP,60 \
	    2.0,10.0.0.1,2001:db8::7,TCP,60 >rows.csv
	ipflag --rules net.rules --known nets --learn rows.csv
	same "$(lines '10.9.0.0/24 # 1970-01-01T00:00:01Z' \
	    '2001:db8::/48 # 1970-01-01T00:00:02Z')" "$(cat nets)"
	same "" "$(ipflag --rules net.rules --known nets rows.csv | grep start)"
}

@test "a bad list of known addresses is refused, and one that is a table not changed" {
	lines 10.0.0.1 moon >bad
	runs ipflag --set home --known bad
	[ "$status" -eq 2 ]
	same 'ipflag: bad:2: bad value "moon", want an address or a network such as 10.0.0.0/8' "$stderr"
	runs ipflag --check --known none
	[ "$status" -eq 2 ]
	same 'ipflag: none: No such file or directory' "$stderr"
	runs ipflag --check --learn
	[ "$status" -eq 2 ]
	same 'ipflag: --learn needs --known' "$stderr"
	for rows in '' 10.0.0.0/8,here; do
		lines net,site $rows >table
		runs ipflag --check --known table --learn
		[ "$status" -eq 2 ]
		same 'ipflag: table: a table, to which --learn adds nothing; want a file with an address on each line' "$stderr"
	done
	talk 192.168.0.1 10.0.0.1 >rows.csv
	same 192.168.0.1 "$(new_of --known table rows.csv)"
	yes 10.0.0.0/8 | head -n 65600 >long
	runs ipflag --set home --check --known long
	[ "$status" -eq 2 ]
	[[ $stderr == *'want at most 65536 networks with those of the rules' ]]
	runs ipflag --set home --known none/list --learn rows.csv
	[ "$status" -eq 3 ]
	[[ $stderr == *'ipflag: none/list: No such file or directory' ]]
}
