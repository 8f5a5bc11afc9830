#!/usr/bin/env bats
# flowbw: packets and bytes of each connection.
# shellcheck disable=SC2154  # $stderr is set by runs

load helper

fields=ip_proto,sport,dport,flags
header=time,src,dst,proto,len,$fields
out=time,end,src,dst,proto,ip_proto,sport,dport,flags,flags_back,packets,\
bytes,packets_back,bytes_back,part
a=10.0.0.1 b=10.0.0.2

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
}

# rows TEXT...: packet rows after a header; "TIME > FLAGS LEN" is a TCP packet
# from $a:1024 to $b:80, "TIME < FLAGS LEN" one back.
rows() {
	local text when way flags len

	echo "$header"
	for text; do
		read -r when way flags len <<<"$text"
		case $way in
		'>') echo "$when,$a,$b,TCP,$len,6,1024,80,$flags" ;;
		'<') echo "$when,$b,$a,TCP,$len,6,80,1024,$flags" ;;
		*) echo "$text" ;;
		esac
	done
}

# flows [OPTION...]: the rows of flowbw without its header, in order.
flows() {
	flowbw "$@" | tail -n +2 | sort
}

# sums COLUMN...: packets and bytes of each key of a table with a header.
sums() {
	awk -F, -v keys="$*" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i
		n = split(keys, key, " "); next }
	    { k = ""; for (i = 1; i <= n; i++) k = k $at[key[i]] ","
		p[k] += at["packets"] ? $at["packets"] : 1
		b[k] += $(at["bytes"] ? at["bytes"] : at["len"]) }
	    END { for (k in p) print k p[k] "," b[k] }' | sort
}

# each_capture: the paths of all captures of tests/data.
each_capture() {
	printf '%s\n' "$DATA"/*.pcap "$DATA"/*.pcapng
}

@test "a connection is one row: who began, both ways, the highest protocol" {
	rows '1.000000 > S 60' '1.100000 < SA 70' '1.200000 > A 50' \
	    "1.300000,$a,$b,TLS,500,6,1024,80,PA" '1.400000 < A 40' \
	    '2.500000 < FA 40' '2.600000 > FA 41' >p.csv
	runs flowbw p.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines "$out" "1.000000,2.600000,$a,$b,TLS,6,1024,80,FSPA,FSA,\
7,801,3,150,1")" "$output"
}

@test "who began is the sender of the SYN, or of the first packet" {
	local want=$a,$b

	same "$want" "$(rows '1.0 > S 1' '2.0 < SA 1' | flows | cut -d, -f3,4)"
	same "$want" "$(rows '1.0 < SA 1' '2.0 > A 1' | flows | cut -d, -f3,4)"
	same "$want" "$(rows '1.0 < A 1' '2.0 > S 1' | flows | cut -d, -f3,4)"
	same "$want" "$(rows '1.0 > A 1' '2.0 < A 1' | flows | cut -d, -f3,4)"
	same "$b,$a" "$(rows '1.0 < A 1' '2.0 > A 1' | flows | cut -d, -f3,4)"
}

@test "--one-way writes a row for each direction" {
	rows '1.000000 > S 60' '1.100000 < SA 70' '1.200000 > A 50' >p.csv
	runs flowbw --one-way p.csv
	[ "$status" -eq 0 ]
	same "$(lines "time,end,src,dst,proto,ip_proto,sport,dport,flags,\
packets,bytes,part" "1.000000,1.200000,$a,$b,TCP,6,1024,80,SA,2,110,1" \
	    "1.000000,1.200000,$b,$a,TCP,6,80,1024,SA,1,70,1")" "$output"
	runs flowbw --one-way <<<"$(rows '1.000000 > S 60')"
	[ "${#lines[@]}" -eq 2 ]
	# A packet without bytes is one.
	runs flowbw --one-way <<<"$(rows '1.000000 > S 60' '1.100000 < SA 0')"
	same "1.000000,1.100000,$b,$a,TCP,6,80,1024,SA,1,0,1" "${lines[2]}"
}

@test "--pairs writes what each end sent, by protocol" {
	rows '1.0 > S 60' '1.1 < SA 70' "1.2,$a,$b,TLS,500,6,1024,80,PA" \
	    '1.3 < A 40' "2.0,$b,$a,TLS,90,6,80,1024,PA" '3.0,,,STP,64,,,,' |
	    sed '1s/$/,iface/; 2,$s/$/,eth0/; 3s/eth0$/eth1/' >p.csv
	runs flowbw --pairs pairs.csv p.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(flowbw p.csv)" "$output"
	same "$(lines src,dst,proto,iface,packets,bytes \
	    ,,STP,eth0,1,64 "$a,$b,TCP,eth0,1,60" "$a,$b,TLS,eth0,1,500" \
	    "$b,$a,TCP,eth0,1,40" "$b,$a,TCP,eth1,1,70" \
	    "$b,$a,TLS,eth0,1,90")" \
	    "$(sed 1q pairs.csv; tail -n +2 pairs.csv | sort)"
	# A sensor and an interface; a host's name and a protocol of one's own.
	runs flowbw --no-header --pairs pairs.csv <<<"$(lines \
	    time,src,dst,proto,len,sensor,iface 1.0,host,,MINE,7,north,e0 \
	    '1.1,host,,MINE,8,north,"e,1"' 1.2,,host,MINE,9,south,)"
	same "$(lines ',host,MINE,south,,1,9' 'host,,MINE,north,"e,1",1,8' \
	    host,,MINE,north,e0,1,7)" "$(sort pairs.csv)"
	# Parts in any order, early rows, sums of nothing.
	many 3000 7 >m.csv
	ratebw --by src,dst,proto m.csv | tac >t.csv
	echo 9.0,10.9.9.9,,DNS,0,0 >>t.csv
	toptalk --by src,dst,proto t.csv >want
	flowbw --lateness 0 --pairs pairs.csv --max-keys 7 t.csv >/dev/null
	toptalk --by src,dst,proto pairs.csv | cmp - want
	runs flowbw --pairs m.csv m.csv
	[ "$status" -eq 2 ]
	[ "$(wc -l <m.csv)" -eq 3001 ]
	runs flowbw --pairs /dev/full p.csv
	[ "$status" -eq 3 ]
}

# bats test_tags=compared
@test "its rows are those of a list of packets cut by hand" {
	local limits seed

	for seed in 1 2; do
		"$ROOT/tests/flows.py" make $seed 2000 >p.csv
		for limits in '60 1800' '60 2' '0.3 2' '600 9000'; do
			# shellcheck disable=SC2086  # two words
			"$ROOT/tests/flows.py" join $limits <p.csv >want
			flows --idle "${limits% *}" --active "${limits#* }" \
			    p.csv >got 2>err
			[ "$(wc -l <want)" -gt 500 ]
			cmp want got
		done
	done
}

# bats test_tags=compared
@test "sums over connections are sums over packets" {
	local capture key

	for capture in $(each_capture); do
		pcap2csv -e "$fields" "$capture" >p.csv
		flowbw p.csv >f.csv
		flowbw --one-way --pairs w.csv p.csv >o.csv
		same "$(sums src dst proto <p.csv)" \
		    "$(sums src dst proto <w.csv)"
		same "$(sums ip_proto <p.csv)" "$(sums ip_proto <f.csv)"
		for key in src dst 'src dst' sport dport \
		    'src dst ip_proto sport dport'; do
			# shellcheck disable=SC2086  # names of columns
			same "$(sums $key <p.csv)" "$(sums $key <o.csv)"
		done
		same "$(toptalk p.csv)" "$(toptalk o.csv)"
		for key in ends ends/24/64 service; do
			same "$(toptalk --by $key p.csv)" \
			    "$(toptalk --by $key f.csv)"
		done
	done
	# With five columns the protocol keeps connections apart.
	many 5000 7 >m.csv
	same "$(protobw m.csv)" "$(flowbw m.csv | protobw)"
	same "$(toptalk --by src,proto m.csv)" \
	    "$(flowbw --one-way m.csv | toptalk --by src,proto)"
}

@test "FIN of both ends or RST, then 5 s of silence end a connection" {
	same 2 "$(rows '1.0 > S 1' '1.1 < RA 1' '6.2 < A 1' | flows | wc -l)"
	same 1 "$(rows '1.0 > S 1' '1.1 < RA 1' '6.1 < A 1' | flows | wc -l)"
	same 2 "$(rows '1.0 > FA 1' '1.1 < FA 1' '6.2 > A 1' | flows | wc -l)"
	same 1 "$(rows '1.0 > FA 1' '1.1 < A 1' '60.2 > A 1' | flows | wc -l)"
}

@test "a SYN starts anew, but for one that is sent again" {
	same 1 "$(rows '1.0 > S 1' '2.0 > S 1' '4.0 > SEC 1' | flows | wc -l)"
	same 1 "$(rows '1.0 > S 1' '1.1 < RA 1' '1.5 > S 1' | flows | wc -l)"
	same 2 "$(rows '1.0 > S 1' '1.1 > A 1' '1.2 > S 1' | flows | wc -l)"
	same 1 "$(rows '1.0 < SA 1' '1.1 > S 1' '1.2 > A 1' | flows | wc -l)"
}

@test "--idle and --active cut a connection; part numbers the rows" {
	rows '0.0 > A 1' '60.0 > A 2' '120.1 > A 3' >p.csv
	same "$(lines 3,1 3,1)" "$(flows p.csv | cut -d, -f12,15)"
	same "$(lines 1,1 2,1 3,1)" \
	    "$(flows --idle 59s p.csv | cut -d, -f12,15 | sort)"
	same "$(lines 0.000000,60.000000,3,1 120.100000,120.100000,3,2)" \
	    "$(flowbw --idle 2m --active 60 p.csv | tail -n +2 |
	    cut -d, -f1,2,12,15)"
	same "$(lines 1,1 2,2 3,3)" \
	    "$(flowbw --idle 2m --active 1 p.csv | tail -n +2 |
	    cut -d, -f12,15)"
}

@test "a part keeps its number when more packets come, and when rows are joined" {
	local both

	rows '0.0 > A 1' '60.0 > A 2' >p1.csv
	rows '61.0 > A 3' '60.9 > A 4' '62.0 < A 5' >p2.csv
	rows '62.1 < A 6' >p3.csv
	both=$(lines 0.000000,60.000000,3,1 60.900000,62.100000,18,2)
	same "$both" "$(flows --active 60 p[123].csv | cut -d, -f1,2,12,15)"
	flowbw --active 60 p1.csv p2.csv >f1.csv
	flowbw p3.csv >f2.csv
	same "$both" "$(flows --active 60 f1.csv f2.csv | cut -d, -f1,2,12,15)"
	same "$both" "$(flows --active 60 f2.csv f1.csv | cut -d, -f1,2,12,15)"
	same "$both" "$(flows --active 60 --lateness 1m f1.csv f2.csv |
	    cut -d, -f1,2,12,15)"
	same 0.000000,62.100000,21,1 "$(tac <(tail -n +2 f1.csv) |
	    cat <(head -n 1 f1.csv) f2.csv - | flows | cut -d, -f1,2,12,15)"
}

@test "rows without ports, without addresses, without a time have their row" {
	rows "1.000000,$a,$b,ICMP,60,1,,," "2.000000,$b,$a,ICMP,61,1,,," \
	    "3.000000,$a,$b,IPV4,62,17,,," '4.000000,,,STP,63,,,,' \
	    '5.000000,,,STP,64,,,,' ",$a,$b,TCP,65,6,1,2,S" \
	    ",$b,$a,TCP,66,6,2,1,SA" '9.000000,,,LLDP,67,,,,' >p.csv
	runs flowbw p.csv
	[ "$status" -eq 0 ]
	same "$(lines "$out" "1.000000,2.000000,$a,$b,ICMP,1,,,,,2,121,1,61,1" \
	    "3.000000,3.000000,$a,$b,IPV4,17,,,,,1,62,0,0,1" \
	    "4.000000,5.000000,,,STP,,,,,,2,127,0,0,1" \
	    "9.000000,9.000000,,,LLDP,,,,,,1,67,0,0,1" \
	    ",,$a,$b,TCP,6,1,2,S,SA,2,131,1,66,1")" "$output"
}

@test "columns that the input lacks are left out" {
	cut_rows() {
		rows '1.000000 > S 60' '2.000000 < SA 70' | cut -d, -f"$1" |
		    flowbw
	}
	same "$(lines time,end,src,dst,proto,packets,bytes,packets_back,\
bytes_back,part "1.000000,2.000000,$a,$b,TCP,2,130,1,70,1")" \
	    "$(cut_rows 1-5)"
	same "$(lines src,dst,packets,bytes,packets_back,bytes_back,part \
	    "$a,$b,2,130,1,70,1")" "$(cut_rows 2,3,5)"
	same "$(lines time,end,src,dst,proto,sport,dport,packets,bytes,\
packets_back,bytes_back,part \
	    "1.000000,2.000000,$a,$b,TCP,1024,80,2,130,1,70,1")" \
	    "$(cut_rows 1-5,7,8)"
	# One port alone cannot tell connections apart.
	same "$(cut_rows 1-5)" "$(cut_rows 1-5,8)"
	runs flowbw <<<'time,src,len
1.0,10.0.0.1,60'
	[ "$status" -eq 3 ]
	same 'flowbw: stdin: no column "dst" in the header "time,src,len"' \
	    "$stderr"
}

@test "without ip_proto, TCP and UDP of the same ports are two" {
	same 2 "$(rows '1.0 > S 1' "1.0,$a,$b,DNS,60,17,1024,80," |
	    cut -d, -f1-5,7-9 | flows | wc -l)"
}

@test "the protocol is the highest, of two as high the later" {
	proto() {
		local p t=0

		for p; do rows "$((++t)).0,$a,$b,$p,60,6,1,2,A" |
		    tail -n +2; done | cat <(echo "$header") - | flows |
		    cut -d, -f5
	}
	same HTTP "$(proto TCP HTTP TCP)"
	same WEBSOCKET "$(proto HTTP TCP WEBSOCKET TCP)"
	same SMB "$(proto NBSS SMB NBSS)"
	same TCP "$(proto IPV4 TCP IPV4)"
	same MINE "$(proto TCP MINE TCP)"
}

# bats test_tags=compared
@test "parts of a capture are joined to the rows of the whole" {
	local capture cut k n parts

	for capture in $(each_capture); do
		pcap2csv -e "$fields" "$capture" >p.csv
		flows p.csv >want
		n=$(wc -l <p.csv)
		for cut in 4 9; do
			k=$((n * cut / 12 + 1))
			head -n $k p.csv >p1.csv
			{ echo "$header"; tail -n +$((k + 1)) p.csv; } >p2.csv
			for parts in '' --one-way; do
				# shellcheck disable=SC2086  # nothing or one
				for k in 1 2; do
					flowbw $parts p$k.csv >f$k.csv
				done
				cmp want <(flows f1.csv f2.csv)
				cmp want <(flows f2.csv f1.csv)
				cmp want <(flows p1.csv f2.csv)
			done
			cmp want <(cat f2.csv f1.csv | flowbw | flows)
		done
	done
}

@test "what two sensors saw is joined: other ways, every second packet" {
	local capture

	for capture in $(each_capture); do
		pcap2csv -e "$fields" "$capture" >p.csv
		flows p.csv >want
		awk 'NR == 1 || NR % 2' p.csv | flowbw >f1.csv
		awk 'NR == 1 || NR % 2 == 0' p.csv | flowbw >f2.csv
		# The ends and sums are the same; which began may not be.
		cmp <(sums ip_proto <p.csv) <(flowbw f2.csv f1.csv |
		    sums ip_proto)
		cmp <(flows --one-way p.csv | cut -d, -f1-4,6-11 | sort) \
		    <(flows --one-way f2.csv f1.csv | cut -d, -f1-4,6-11 |
		    sort)
		awk -F, 'NR == 1 || $2 < $3' p.csv | flowbw >f1.csv
		awk -F, 'NR == 1 || $2 >= $3' p.csv | flowbw >f2.csv
		cmp <(flows --one-way p.csv | cut -d, -f1-4,6-11 | sort) \
		    <(flows --one-way f2.csv f1.csv | cut -d, -f1-4,6-11 |
		    sort)
	done
}

@test "flows of nfdump, a row a direction, become one row" {
	lines ts,te,td,sa,da,sp,dp,pr,flg,ipkt,ibyt \
	    "2026-11-24 10:00:00,2026-11-24 10:00:05,5.0,$a,$b,1024,443,TCP,\
.AP.SF,10,1000" "2026-11-24 10:00:01,2026-11-24 10:00:06,5.0,$b,$a,443,1024,\
TCP,.AP.SF,12,9000" >nf.csv
	same "1795514400.000000,1795514406.000000,$a,$b,TCP,1024,443,FSPA,FSPA,\
22,10000,12,9000,1" "$(csvclean nf.csv | flows)"
}

@test "any tally is joined, with its REST" {
	many 3000 7 >m.csv
	toptalk --by src,dst --top 20 m.csv >t.csv
	runs flowbw t.csv
	[ "$status" -eq 0 ]
	same "$(sums <m.csv)" "$(lines "$output" | sums)"
	[ "$(lines "$output" | grep -c ^REST,)" -eq 1 ]
	runs flowbw --one-way t.csv
	same "$(sums src dst <t.csv)" "$(lines "$output" | sums src dst)"
	ratebw --by src,dst,proto m.csv >t.csv
	same "$(sums proto <m.csv)" "$(flowbw t.csv | sums proto)"
}

@test "--max-keys bounds the table; rows leave early, and none is lost" {
	many 3000 7 >m.csv
	for n in 1 2 7 100; do
		runs flowbw --max-keys $n m.csv
		[ "$status" -eq 0 ]
		[[ $stderr == *"--max-keys $n reached: "*"written early"* ]]
		same "$(sums proto <m.csv)" "$(lines "$output" | sums proto)"
		flowbw m.csv >f.csv
		runs flowbw --max-keys $n f.csv
		[[ $stderr == "flowbw: --max-keys $n reached: "* ]]
		same "$(sums proto <m.csv)" "$(lines "$output" | sums proto)"
	done
	runs flowbw --max-keys 3 <<<"$(rows '1.0 > A 1' \
	    "1.1,$a,$b,DNS,2,17,1,53," "1.2,$a,$b,DNS,3,17,2,53," \
	    "1.3,$a,$b,DNS,4,17,3,53,")"
	same "$(lines 1 2 3 4)" "$(lines "$output" | tail -n +2 |
	    cut -d, -f12)"
	same "flowbw: --max-keys 3 reached: 1 connection was written early" \
	    "$stderr"
}

@test "the order of rows is the same in every run" {
	"$ROOT/tests/flows.py" make 5 3000 >p.csv
	flowbw p.csv >want
	flowbw p.csv | cmp - want
	flowbw <p.csv | cmp - want
	tac p.csv | sed '$d' | cat <(echo "$header") - >r.csv
	flowbw r.csv >want
	flowbw r.csv | cmp - want
	# At the end of input the rest is in the order of starts.
	flowbw --idle 366d --active 366d p.csv | tail -n +2 | grep -v '^,' |
	    tail -n 20 | sort -sc -t, -k1,1n
}

@test "a time far off moves no clock, and rows too late have a row" {
	rows '1000.0 > A 1' "99999.0,$a,$b,DNS,2,17,1,53," '1001.0 > A 1' \
	    "1100.0,$a,$b,DNS,3,17,2,53," '1001.5 < A 1' >p.csv
	runs flowbw p.csv
	[ "$status" -eq 0 ]
	same "$(lines 2 1 1 1)" "$(lines "$output" | tail -n +2 |
	    cut -d, -f11)"
	same "flowbw: 1 row came late: its connection may have further \
rows" "$stderr"
	rows '1000.0 > A 1' '900.0 > A 1' '1000.5 > A 1' >q.csv
	runs flowbw q.csv
	same "$(lines 1 1 1)" "$(lines "$output" | tail -n +2 | cut -d, -f11)"
	same "flowbw: 1 row came late: its connection may have further \
rows" "$stderr"
	runs flowbw --lateness 2m p.csv
	same "$(lines 3 1 1)" "$(lines "$output" | tail -n +2 | cut -d, -f11)"
	[ "$stderr" = "" ]
	{ rows '1000.0 > A 1'
	packets 20 90000 1; } | sed 's/TLS,100/TLS,100,6,1,2,A/' >j.csv
	runs flowbw j.csv
	same "$(lines 1 20)" "$(lines "$output" | tail -n +2 | cut -d, -f11)"
	same "flowbw: the stream clock jumped by over an hour 1 time" \
	    "$stderr"
}

@test "bad cells: the row is told, with what is wanted, and skipped" {
	bad() {
		runs flowbw <<<"$(rows '1.000000 > S 60' "$1")"
		[ "$status" -eq 1 ]
		same "flowbw: stdin:3: bad $2" "$stderr"
		same "$(lines "$out" "1.000000,1.000000,$a,$b,TCP,6,1024,80,S,,\
1,60,0,0,1")" "$output"
	}
	bad "2.0,$a,$b,TCP,60,6,http,80,S" 'sport "http", want 0-65535'
	bad "2.0,$a,$b,TCP,60,6,1,65536,S" 'dport "65536", want 0-65535'
	bad "2.0,$a,$b,TCP,60,tcp,1,2,S" 'ip_proto "tcp", want 0-255'
	bad "2.0,$a,$b,TCP,60,6,1,2,SYN" \
	    'flags "SYN", want letters of FSRPAUEC'
	bad "2.0,$a,$b,TCP,-1,6,1,2,S" 'len "-1", want 0-4294967295'
	bad "noon,$a,$b,TCP,60,6,1,2,S" 'time "noon", want seconds since the '\
'epoch (csvclean reads other forms)'
}

@test "bad cells of flow rows are told, too" {
	bad() {
		runs flowbw <<<"$(lines "$out" "1.0,2.0,$1")"
		[ "$status" -eq 1 ]
		same "flowbw: stdin:2: bad $2" "$stderr"
	}
	local row=$a,$b,TCP,6,1024,80,SA,SA

	bad "$row,3,100,4,50,1" 'packets_back "4", want a number up to packets'
	bad "$row,3,100,2,101,1" 'bytes_back "101", want a number up to bytes'
	bad "$row,3,100,2,50,x" 'part "x", want 0-65535'
	bad "$row,9223372036854775808,100,2,50,1" \
	    'packets "9223372036854775808", want 0-9223372036854775807'
	bad "$a,$b,TCP,6,1024,80,SA,s,3,100,2,50,1" \
	    'flags_back "s", want letters of FSRPAUEC'
	runs flowbw <<<"$(lines "$out" "2.0,1.0,$row,3,100,2,50,1")"
	[ "$status" -eq 1 ]
	same 'flowbw: stdin:2: bad end "1.0", want seconds since the epoch, '\
'from time on' "$stderr"
}

@test "a sum past 2^63 - 1 ends it with the connection" {
	row="1.0,2.0,$a,$b,TCP,6,1024,80,SA,SA,9223372036854775807,1,0,0,1"
	runs flowbw <<<"$(lines "$out" "$row" "$row")"
	[ "$status" -eq 3 ]
	same "flowbw: stdin:3: sum of \"$a,1024,$b,80\" exceeds \
9223372036854775807" "$stderr"
}

@test "empty input, a header alone, no header, CRLF, no final newline" {
	want=time,end,src,dst,proto,packets,bytes,packets_back,bytes_back,part
	same "$want" "$(flowbw /dev/null)"
	same "$out" "$(rows | flowbw)"
	row="1.000000,1.000000,$a,$b,TCP,1,60,0,0,1"
	same "$(lines "$want" "$row")" \
	    "$(printf '1.0,%s,%s,TCP,60' $a $b | flowbw)"
	same "$(lines "$want" "$row")" \
	    "$(printf 'time,src,dst,proto,len\r\n1.0,%s,%s,TCP,60\r\n' \
	    $a $b | flowbw)"
}

@test "a header again, other columns, several files" {
	rows '1.000000 > S 60' >1.csv
	rows '2.000000 < SA 60' >2.csv
	want="1.000000,2.000000,$a,$b,TCP,6,1024,80,S,SA,2,120,1,60,1"
	same "$want" "$(flows 1.csv 2.csv)"
	same "$want" "$(cat 1.csv 2.csv | flows)"
	cut -d, -f1-5 2.csv >few.csv
	same 2 "$(flows 1.csv few.csv | wc -l)"
	runs flowbw few.csv 1.csv
	[ "$status" -eq 0 ]
	same 'flowbw: 1.csv: columns that the first table lacks are not used: '\
'"ip_proto"' "$stderr"
	same "1.000000,2.000000,$a,$b,TCP,2,120,1,60,1" "${lines[1]}"
}

@test "a row leaves when its connection ends, before the next comes in" {
	mkfifo in
	flowbw <in >got &
	exec 5>in
	rows '1.000000 > S 60' '1.100000 < RA 60' >&5
	until_true grep -q '^time,end' got
	[ "$(wc -l <got)" -eq 1 ]
	echo "8.0,$a,$b,DNS,60,17,1,53," >&5
	until_true grep -q '^1.000000,1.100000,' got
	echo "70.0,$a,$b,DNS,60,17,2,53," >&5
	until_true grep -q '^8.000000,8.000000,' got
	exec 5>&-
	wait $!
	[ "$(wc -l <got)" -eq 4 ]
}

@test "SIGUSR1 prints counts; SIGTERM ends with all rows written" {
	mkfifo in
	flowbw <in >got 2>err &
	exec 5>in
	rows '1.0 > S 60' >&5
	until_true grep -q '^time,end' got
	kill -USR1 $!
	until_true grep -q 'stdin: 1 row, 0 skipped' err
	kill -TERM $!
	wait $! || status=$?
	exec 5>&-
	[ "${status:-0}" -eq 0 ]
	[ "$(wc -l <got)" -eq 2 ]
}

@test "a full disk ends it with status 3, a gone reader as SIGPIPE would" {
	many 30000 >m.csv
	run -3 bash -c 'flowbw m.csv >/dev/full'
	run bash -c 'flowbw m.csv | head -n 1; echo "${PIPESTATUS[0]}"'
	[ "${lines[1]}" = 141 ]
}

@test "bad options are told, status 2; -v counts" {
	runs flowbw --idle 0
	[ "$status" -eq 2 ]
	[[ $stderr == 'flowbw: bad idle "0", want '* ]]
	runs flowbw --active 367d
	[ "$status" -eq 2 ]
	runs flowbw --max-keys 0
	[ "$status" -eq 2 ]
	runs flowbw -v <<<"$(rows '1.0 > S 1' '2.0 > S 1')"
	same 'flowbw: 2 rows read, 1 connection' "$stderr"
}

@test "names that the table of protocols lacks are kept, up to 4096" {
	awk -v h="$header" -v a=$a -v b=$b 'BEGIN { print h
	    for (i = 0; i < 4100; i++)
		printf "1.0,%s,%s,Y%d,1,,,,\n", a, b, i }' >p.csv
	runs flowbw p.csv
	[ "$status" -eq 0 ]
	same "flowbw: 4 rows beyond the first 4096 unknown protocols count \
as OTHER" "$stderr"
	[ "${#lines[@]}" -eq 4098 ]
	same "$(sums <p.csv)" "$(lines "$output" | sums)"
}

@test "--proto, --since and --until read some of the rows" {
	rows '1.000000 > S 60' '1.100000 < SA 70' \
	    "1.300000,$a,$b,TLS,500,6,1024,80,PA" \
	    "1.400000,$b,$a,TLS,90,6,80,1024,PA" '2.500000 < FA 40' \
	    ",$a,$b,TLS,7,6,1024,80,PA" >p.csv
	runs flowbw --proto tls --no-header p.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines "1.300000,1.400000,$a,$b,TLS,6,1024,80,PA,PA,2,590,1,90,1" \
	    ",,$a,$b,TLS,6,1024,80,PA,,1,7,0,0,1")" "$output"
	runs flowbw --since 1.1 --until 1970-01-01T00:00:02Z --no-header p.csv
	[ "$status" -eq 0 ]
	same "1.100000,1.400000,$a,$b,TLS,6,1024,80,PA,SPA,3,660,2,160,1" \
	    "$output"
	runs flowbw --until 1 --since 1 p.csv
	[ "$status" -eq 2 ]
	same 'flowbw: --since is not before --until' "$stderr"
	runs flowbw --since 1 <<<$'src,dst,len\na,b,1'
	[ "$status" -eq 3 ]
	[[ $stderr == *'no column "time" in the header'* ]]
}

@test "--time writes both times for people, and for spreadsheets in TZ" {
	rows '1704067200.250000 > S 60' '1704067201.500000 < SA 70' >p.csv
	row=",$a,$b,TCP,6,1024,80,S,SA,2,130,1,70,1"
	same "2024-01-01T00:00:00.250000Z,2024-01-01T00:00:01.500000Z$row" \
	    "$(flowbw --time iso --no-header p.csv)"
	same "2024-01-01 01:00:00,2024-01-01 01:00:01$row" \
	    "$(TZ=CET-1 flowbw -t sheet --no-header p.csv)"
	runs flowbw --time unix p.csv
	[ "$status" -eq 2 ]
	same 'flowbw: bad time format "unix", want one of epoch, iso, sheet' "$stderr"
}
