#!/usr/bin/env bats
# csvclean: packet rows of any origin in one form.
# shellcheck disable=SC2154  # $stderr is set by runs

load helper

header=time,src,dst,proto,len

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
}

# cleaned WANT TEXT [OPTION...]: csvclean makes the rows WANT of TEXT.
cleaned() {
	local want=$1 text=$2

	shift 2
	printf '%s\n' "$text" >in.csv
	runs csvclean "$@" in.csv
	[ "$status" -eq 0 ] || return
	same "$want" "$output"
}

# rejected REASON ROW [OPTION...]: ROW is rejected for this reason alone.
rejected() {
	local reason=$1 row=$2

	shift 2
	lines $header "$row" 1.000000,,,ARP,42 >in.csv
	runs csvclean --rejects rejects.csv "$@" in.csv
	[ "$status" -eq 1 ] || return
	same "csvclean: 1 of 2 rows rejected: 1 $reason" \
	    "$(tail -n 1 <<<"$stderr")" || return
	same "$(lines $header 1.000000,,,ARP,42)" "$output" || return
	same "$(lines file,line,reason,row "in.csv,2,$reason,\"$row\"")" \
	    "$(cat rejects.csv)"
}

# mixed N: N rows of our own, one a second from 1, IPv4, IPv6 and none.
mixed() {
	awk -v n="$1" 'BEGIN { print "time,src,dst,proto,len"
	    split("TCP UDP TLS DNS ICMPV6", p, " ")
	    for (i = 1; i <= n; i++) {
		src = "10.0." i % 256 "." i % 7
		if (i % 3 == 0)
			src = sprintf("2001:db8::%x", i % 65535 + 1)
		dst = i % 5 ? "192.168.255." i % 256 : ""
		printf "%d.%06d,%s,%s,%s,%d\n", i, i * 7 % 1000000, src,
		    dst, p[i % 5 + 1], i % 1500
	    } }'
}

# --- rows that are as they should be

@test "rows in the contract's form pass unchanged" {
	mixed 20000 >in.csv
	runs csvclean in.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(cat in.csv)" "$output"
}

@test "what it writes it reads and writes again" {
	mixed 100 | csvclean --time iso | csvclean >once.csv
	same "$(mixed 100)" "$(cat once.csv)"
}

@test "columns come in any order and go out in ours" {
	cleaned "$(lines $header 1.500000,10.0.0.1,10.0.0.2,TCP,66)" \
	    "$(lines len,proto,dst,src,time 66,TCP,10.0.0.2,10.0.0.1,1.5)"
	[ "$stderr" = "" ]
	# Cells that are in our form already are copied.
	cleaned "$(lines $header,x 1700000001.500000,10.0.0.1,,TCP,66,a \
	    1700000002.000000,,10.0.0.2,DNS,7,b)" \
	    "$(lines x,len,proto,dst,src,time \
	    a,66,TCP,,10.0.0.1,1700000001.500000 \
	    b,7,DNS,10.0.0.2,,1700000002.000000)"
}

@test "rows without a header are taken in our order" {
	cleaned "$(lines $header 1.500000,10.0.0.1,,TCP,66)" \
	    1.5,10.0.0.1,,TCP,66
	[ "$stderr" = "" ]
}

@test "an empty input gives the header alone" {
	: >empty.csv
	runs csvclean empty.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same $header "$output"
}

@test "a header alone gives the header" {
	cleaned $header $header
	[ "$stderr" = "" ]
}

@test "--no-header leaves the header out" {
	cleaned 1.000000,,,ARP,42 "$(lines $header 1,,,ARP,42)" --no-header
}

# --- unknown columns

@test "unknown columns of our rows are passed on untouched" {
	cleaned "$(lines $header,Info,note '1.000000,,,ARP,42,"a ""b""",x y')" \
	    "$(lines $header,Info,note '1,,,arp,42.0,"a ""b""",x y')"
	[ "$stderr" = "" ]
}

@test "columns of one name are passed on in their order" {
	cleaned "$(lines $header,x,x 1.000000,,,ARP,42,a,b \
	    2.000000,,,ARP,43,c,d)" \
	    "$(lines $header,x,x 1,,,ARP,42,a,b x,$header,x 'c,2,,,ARP,43,d')"
	[ "$stderr" = "" ]
}

@test "a cell that a spreadsheet would run gets a quote before it" {
	cleaned "$(lines $header,x "1.000000,,,ARP,42,'=1+1" \
	    "2.000000,,,ARP,42,'-1+A1" 3.000000,,,ARP,42,-5.5e-3)" \
	    "$(lines $header,x 1.000000,,,ARP,42,=1+1 \
	    2.000000,,,ARP,42,-1+A1 3.000000,,,ARP,42,-5.5e-3)"
}

@test "csvclean and toptalk agree on what a spreadsheet would run" {
	local cell

	for cell in -5.5e-3 - + -1 +1.5 -1+2 =1 @a -a; do
		lines time,src,dst,proto,len,x "1.000000,,,ARP,42,$cell" >in.csv
		same "$(csvclean in.csv | tail -n 1 | cut -d, -f6)" \
		    "$(toptalk --by x in.csv | tail -n 1 | cut -d, -f1)"
	done
	cleaned "$(lines $header,x 1.000000,,,ARP,42,-5.5e-3 \
	    2.000000,,,ARP,42,- "3.000000,,,ARP,42,'-a")" \
	    "$(lines $header,x 1.000000,,,ARP,42,-5.5e-3 2.000000,,,ARP,42,- \
	    3.000000,,,ARP,42,-a)"
}

@test "a later header is mapped by name, a new column dropped with a warning" {
	cleaned "$(lines $header,ttl 1.000000,,,ARP,42,7 2.000000,,,ARP,43,)" \
	    "$(lines $header,ttl 1.000000,,,ARP,42,7 \
	    x,y,len,time,proto,src,dst 8,9,43,2,ARP,,)"
	same "csvclean: in.csv: column \"x\" is dropped: it is not in the\
 first header" "$stderr"
}

@test "the same header again is no row" {
	cleaned "$(lines $header 1.000000,,,ARP,42 2.000000,,,ARP,43)" \
	    "$(lines $header 1.000000,,,ARP,42 $header 2.000000,,,ARP,43)"
	[ "$stderr" = "" ]
}

@test "operands without a last newline are not glued" {
	printf '%s\n1.000000,,,ARP,42' $header >a.csv
	printf '2.000000,,,ARP,43' >b.csv
	runs csvclean a.csv b.csv a.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines $header 1.000000,,,ARP,42 2.000000,,,ARP,43 \
	    1.000000,,,ARP,42)" "$output"
}

# --- cells

@test "addresses are written as RFC 5952 has them" {
	cleaned "$(lines $header 1.000000,2001:db8::1,::ffff:10.0.0.1,TCP,66)" \
	    "$(lines $header 1.000000,2001:DB8:0:0:0:0:0:1,::FFFF:a00:1,TCP,66)"
}

@test "the zone of an IPv6 address is left out" {
	cleaned "$(lines $header 1.000000,fe80::1,fe80::2,TCP,66)" \
	    "$(lines $header 1.000000,fe80::1%eth0,FE80:0::2%12,TCP,66)"
	rejected 'bad src' 1.000000,10.0.0.1%eth0,10.0.0.2,TCP,66
	rejected 'bad dst' 1.000000,fe80::1,fe80::2%,TCP,66
}

@test "MAC addresses become empty" {
	cleaned "$(lines $header 1.000000,,,ARP,42 2.000000,,,ARP,42)" \
	    "$(lines $header 1.0,00:11:22:aa:BB:cc,ff-ff-ff-ff-ff-ff,ARP,42 \
	    2,0011.22aa.bbcc,,ARP,42)"
	[ "$stderr" = "" ]
}

@test "a cell that is no address is rejected" {
	rejected 'bad src' 1.000000,host.example,10.0.0.2,TCP,66
	rejected 'bad dst' 1.000000,10.0.0.1,10.0.0.256,TCP,66
	same "csvclean: in.csv:2: bad dst \"10.0.0.256\", want an IPv4 or IPv6\
 address" "$(head -n 1 <<<"$stderr")"
}

@test "--require-ip excludes rows without both addresses, which is no reject" {
	lines $header 1.000000,,,ARP,42 2.000000,::1,::1,TCP,66 \
	    3.0,::1,,TCP,66 >in.csv
	runs csvclean --require-ip --rejects rejects.csv in.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines $header 2.000000,::1,::1,TCP,66)" "$output"
	same file,line,reason,row "$(cat rejects.csv)"
	runs csvclean -v --require-ip in.csv
	same "$(lines 'csvclean: 3 rows read, 1 written' \
	    'csvclean: 2 excluded by --require-ip')" "$stderr"
}

@test "--rejects does not follow a symbolic link of another user" {
	lines time,src,dst,proto,len never,,,TLS,1 >in.csv
	echo kept >victim
	ln -s victim link
	csvclean --rejects link in.csv || [ $? -eq 1 ]
	[ "$(wc -l <victim)" -eq 2 ]
	echo kept >victim
	chown -h nobody link
	runs csvclean --rejects link in.csv
	[ "$status" -eq 3 ]
	same 'csvclean: link: a symbolic link of another user, which is not followed' \
	    "$stderr"
	same kept "$(cat victim)"
}

@test "control characters in a name do not break a message" {
	runs csvclean $'no\nsuch\r'
	[ "$status" -eq 3 ]
	same 'csvclean: no\x0Asuch\x0D: No such file or directory' "$stderr"
	printf 'time,src,dst,proto,len\nnever,,,TLS,1\n' >$'a\nb'
	runs csvclean $'a\nb'
	[[ ${lines[0]} = time,* ]]
	[[ $stderr = 'csvclean: a\x0Ab:2: bad time "never"'* ]]
}

@test "--rejects does not empty a file that is read" {
	lines $header 1.000000,,,ARP,42 >in.csv
	cp in.csv kept.csv
	ln -s in.csv link.csv
	runs csvclean --rejects in.csv link.csv
	[ "$status" -eq 2 ]
	same "" "$output"
	same 'csvclean: bad rejects "in.csv", want a file that is not an'\
' input' "$stderr"
	# shellcheck disable=SC2094  # that is the point
	runs csvclean --rejects in.csv <in.csv
	[ "$status" -eq 2 ]
	# shellcheck disable=SC2094
	runs csvclean --rejects in.csv - <in.csv
	[ "$status" -eq 2 ]
	cmp in.csv kept.csv
	# What an earlier run rejected goes.
	lines a b c >rejects.csv
	runs csvclean --rejects rejects.csv in.csv
	[ "$status" -eq 0 ]
	same file,line,reason,row "$(cat rejects.csv)"
}

@test "a length may end in .0" {
	cleaned "$(lines $header 1.000000,,,ARP,66 2.000000,,,ARP,4294967295)" \
	    "$(lines $header 1.000000,,,ARP,66.0 2.000000,,,ARP,4294967295)"
}

@test "a length that is no number is rejected" {
	rejected 'bad len' 1.000000,,,ARP,66.5
	rejected 'bad len' 1.000000,,,ARP,-1
	rejected 'bad len' 1.000000,,,ARP,4294967296
	rejected 'bad len' 1.000000,,,ARP,1.5e0
	rejected 'no len' 1.000000,,,ARP,
}

@test "a row without a time passes, unless --require-time excludes it" {
	lines $header ,10.0.0.1,10.0.0.2,TCP,66 1.000000,,,ARP,42 ,,,ARP,7 >in.csv
	for format in epoch iso sheet; do
		runs csvclean --time $format in.csv
		[ "$status" -eq 0 ]
		[ "$stderr" = "" ]
		same ",10.0.0.1,10.0.0.2,TCP,66" "$(sed -n 2p <<<"$output")"
	done
	same "$(protobw in.csv)" "$(csvclean in.csv | protobw)"
	same "$(ratebw in.csv)" "$(csvclean in.csv | ratebw)"
	runs csvclean -v --require-time in.csv
	[ "$status" -eq 0 ]
	same "$(lines $header 1.000000,,,ARP,42)" "$output"
	same "$(lines 'csvclean: 3 rows read, 1 written' \
	    'csvclean: 2 excluded by --require-time')" "$stderr"
}

@test "--since and --until exclude rows without a time, sorted or not" {
	lines $header ,,,ARP,1 1.000000,,,ARP,2 ,,,ARP,3 2.000000,,,ARP,4 \
	    3.000000,,,ARP,5 ,,,ARP,6 >in.csv
	for option in --verbose --sorted; do
		runs csvclean $option --since 2 in.csv
		[ "$status" -eq 0 ]
		same "$(lines $header 2.000000,,,ARP,4 3.000000,,,ARP,5)" \
		    "$output"
		runs csvclean $option --until 2 in.csv
		same "$(lines $header 1.000000,,,ARP,2)" "$output"
		runs csvclean $option --since -1s in.csv
		same "$(lines $header 2.000000,,,ARP,4 3.000000,,,ARP,5)" \
		    "$output"
	done
}

@test "a time that is unreadable is rejected" {
	rejected 'bad time' yesterday,,,ARP,42
	rejected 'bad time' 1.7e99,,,ARP,42
	rejected 'bad time' 99999999999,,,ARP,42
}

@test "protocol names are folded, whatever their case" {
	cleaned "$(lines $header 1.000000,,,TLS,1 1.000000,,,HTTP,1 \
	    1.000000,,,SMB,1 1.000000,,,ICMPV6,1)" \
	    "$(lines $header 1.000000,,,TLSv1.3,1 1.000000,,,http/xml,1 \
	    1.000000,,,SMB2,1 1.000000,,,icmpv6,1)"
}

@test "a missing or unknown protocol is rejected" {
	rejected 'no proto' 1.000000,,,,42
	rejected 'unknown proto' 1.000000,,,FooBar,42
}

@test "--any-proto lets an unknown one through in upper case, if a token" {
	cleaned "$(lines $header 1.000000,,,FOO-1.B_,42)" \
	    "$(lines $header 1.000000,,,foo-1.b_,42)" --any-proto
	cleaned "$(lines $header 1.000000,,,FOO,42)" \
	    "$(lines $header 1.000000,,,foo,42 1.000000,,,fo,42)" \
	    --any-proto --proto Foo,dns
	rejected 'unknown proto' '1.000000,,,foo bar,42' --any-proto
	rejected 'unknown proto' 1.000000,,,abcdefghijklmnopq,42 --any-proto
}

@test "a row of more or fewer cells than its header is rejected" {
	rejected 'wrong number of cells' 1.000000,,,ARP,42,7
	rejected 'wrong number of cells' 1.000000,,,ARP
}

@test "a row with a NUL is rejected, and kept as text" {
	local name

	for name in 'TCP\0' 'T\0CP' '\0' '\0TCP' 'TCP\0\0\0\0\0\0'; do
		printf "%s\\n1.0,,,$name,60\\n2.0,,,TCP,60\\n" $header >in.csv
		runs csvclean --any-proto --rejects rejects.csv in.csv
		[ "$status" -eq 1 ]
		same "$(lines $header 2.000000,,,TCP,60)" "$output"
		[[ $stderr == "csvclean: in.csv:2: NUL byte, want text"* ]]
		[[ $stderr == *"1 of 2 rows rejected: 1 bad record" ]]
		same 2 "$(tr -d '\000' <rejects.csv | grep -c .)"
		cmp rejects.csv <(tr -d '\000' <rejects.csv)
		runs protobw in.csv
		[ "$status" -eq 1 ]
		same "$(lines proto,packets,bytes TCP,1,60)" "$output"
	done
}

@test "a NUL in a time, a length, an extra cell, quotes or a header is bad" {
	local row

	for row in '1.0\0,,,TCP,60,x' '1.0,,,TCP,60\0,x' '1.0,,,TCP,60,x\0' \
	    '1.000000,,,TCP,60,\0' '1.0,"\0",,TCP,60,x' '1.0,,,TCP,60,"a\0"' \
	    '"1.0","","","TCP","60","a""\0"'; do
		printf "%s,note\\n2.0,,,TCP,60,x\\n$row\\n" $header >in.csv
		runs csvclean in.csv
		[ "$status" -eq 1 ]
		same "$(lines $header,note 2.000000,,,TCP,60,x)" "$output"
		tr , ';' <in.csv >semicolons.csv
		runs csvclean semicolons.csv
		same "$(lines $header,note 2.000000,,,TCP,60,x)" "$output"
	done
	printf 'time,src,dst,proto,len,no\0te\n1.0,,,TCP,60,x\n' >in.csv
	runs csvclean in.csv
	[ "$status" -eq 1 ]
	same "$(lines $header 1.000000,,,TCP,60)" "$output"
}

# --- dialects

@test "Wireshark's export is read, its relative times counted from --base" {
	cat >in.csv <<-'END'
	"No.","Time","Source","Destination","Protocol","Length","Info"
	"1","0.000000","192.168.1.1","10.0.0.1","TCP","66","1  >  2 [SYN] ""x"""
	"2","0.250000","Dell_11:22:33","Broadcast","ARP","60","Who has
	10.0.0.1?"
	"3","1.5","fe80::1","ff02::fb","MDNS","107","Standard query"
	END
	runs csvclean --base 2024-01-01T00:00:00Z in.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines $header 1704067200.000000,192.168.1.1,10.0.0.1,TCP,66 \
	    1704067200.250000,,,ARP,60 \
	    1704067201.500000,fe80::1,ff02::fb,MDNS,107)" "$output"
}

@test "relative times without --base give one warning" {
	cleaned "$(lines $header 0.000000,::1,::1,TCP,66 \
	    0.500000,::1,::1,TCP,6)" \
	    "$(lines Time,Source,Destination,Protocol,Length \
	    0.0,::1,::1,TCP,66 0.5,::1,::1,TCP,6)"
	[ "$(wc -l <<<"$stderr")" -eq 1 ]
	[[ $stderr == *--base* ]]
}

@test "of several relative times the first counts from --base" {
	local time

	for time in Time,frame.time_relative frame.time_relative,_ws.col.Time \
	    _ws.col.Time,frame.time_relative; do
		cleaned "$(lines $header 1000.500000,::1,::1,TCP,66)" \
		    "$(lines "$time,ip.src,ip.dst,_ws.col.Protocol,frame.len" \
		    0.5,0.5,::1,::1,TCP,66)" --base 1000
	done
	# A user of Wireshark may give two columns one title.
	cleaned "$(lines $header 1000.500000,::1,::1,TCP,66)" \
	    "$(lines Time,Source,Source,Destination,Protocol,Length \
	    0.5,::1,::1,::1,TCP,66)" --base 1000
}

@test "Wireshark's absolute times are not moved by --base" {
	cleaned "$(lines $header 1704067200.500000,::1,::1,TCP,66)" \
	    "$(lines Time,Source,Destination,Protocol,Length \
	    1704067200.5,::1,::1,TCP,66)" --base 1000
	[ "$stderr" = "" ]
}

@test "tshark's fields are read, tab or comma, the innermost of several" {
	printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' frame.time_epoch ip.src ip.dst \
	    ipv6.src ipv6.dst _ws.col.Protocol frame.len \
	    1.5 1.1.1.1,2.2.2.2 3.3.3.3,4.4.4.4 '' '' TLSv1.3 99 \
	    2.5 '' '' 2001:db8::1 2001:db8::2 DNS 80 >tab.tsv
	lines frame.time_epoch,ip.src,ip.dst,_ws.col.Protocol,frame.len \
	    '3.5,"1.1.1.1,5.5.5.5","6.6.6.6",UDP,77' >comma.csv
	runs csvclean tab.tsv comma.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines $header 1.500000,2.2.2.2,4.4.4.4,TLS,99 \
	    2.500000,2001:db8::1,2001:db8::2,DNS,80 \
	    3.500000,5.5.5.5,6.6.6.6,UDP,77)" "$output"
}

# frames HEX...: frames.pcap, of an Ethernet frame from each type and payload.
frames() {
	local hex

	for hex; do
		sed 's/../ &/g;s/^/0000/' <<<"020000000001020000000002$hex"
	done | text2pcap -q - frames.pcap
}

# ip4 PROTOCOL SRC DST PAYLOAD, ip6 likewise: a packet, all in hex.
ip4() {
	printf '4500%04x0000000040%s0000%s%s%s' $((20 + ${#4} / 2)) "$@"
}

ip6() {
	printf '60000000%04x%s40%s%s%s' $((${#4} / 2)) "$@"
}

@test "tshark's fields of ICMP errors and tunnels have pcap2csv's addresses" {
	local udp=1234829a00080000 router=c0000201 victim=c000028a sent error
	local victim6=20010db800000000000000000000008a sent6 error6

	# A router tells a host that its packet to 4.2.2.1 expired.
	sent=$(ip4 11 $victim 04020201 $udp)
	error=$(ip4 01 $router $victim "0b00000000000000$sent")
	sent6=$(ip6 11 $victim6 20010db8000100000000000000000001 $udp)
	error6=$(ip6 3a 20010db8000000000000000000000001 $victim6 \
	    "0300000000000000$sent6")
	frames "0800$error" "0800$sent" "86dd$error6" "86dd$sent6" \
	    "0800$(ip4 04 0a000001 0a000002 "$error")" \
	    "0800$(ip4 04 0a000001 0a000002 "$sent")" \
	    "0800$(ip4 29 0a000001 0a000002 "$error6")" \
	    "0800$(ip4 2f 0a000001 0a000002 "00000800$sent")"
	tshark -n -r frames.pcap -T fields -E header=y -e frame.time_epoch \
	    -e ip.src -e ipv6.src -e ip.dst -e ipv6.dst -e _ws.col.Protocol \
	    -e frame.len >fields.tsv 2>/dev/null
	runs csvclean fields.tsv
	[ "$status" -eq 0 ]
	same "$(pcap2csv frames.pcap | cut -d, -f2-4)" \
	    "$(cut -d, -f2-4 <<<"$output")"
	same "192.0.2.1,192.0.2.138,ICMP" "$(sed -n 2p <<<"$output" |
	    cut -d, -f2-4)"
	cut -f 1,2,4,6,7 fields.tsv >v4.tsv
	same "$(sed -n '2,3p;6,7p;9p' <<<"$output")" \
	    "$(csvclean v4.tsv | sed -n '2,3p;6,7p;9p')"
}

@test "tshark's ports become sport and dport" {
	cleaned "$(lines $header,sport,dport 1.000000,::1,::1,TCP,66,80,443 \
	    2.000000,::1,::1,UDP,66,53,99)" \
	    "$(lines "frame.time_epoch,ipv6.src,ipv6.dst,_ws.col.Protocol,\
frame.len,tcp.srcport,tcp.dstport,udp.srcport,udp.dstport" \
	    1,::1,::1,TCP,66,80,443,, 2,::1,::1,UDP,66,,,53,99)"
}

@test "ports and flags of any origin get one form, in our tables too" {
	local head dot=$'\302\267' dotted

	# tshark 4 writes a flag that is not set as U+00B7.
	dotted=$dot$dot$dot$dot$dot$dot${dot}A$dot${dot}S$dot
	for head in $header,dport,flags \
	    time,src,dst,protocol,len,tcp.dstport,tcp.flags; do
		cleaned "$(lines $header,dport,flags 1.000000,,,TCP,66,443,S \
		    2.000000,,,TCP,66,443,SA 3.000000,,,DNS,66,53, \
		    4.000000,,,TCP,66,,FSRPAUEC)" \
		    "$(lines "$head" 1.000000,,,TCP,66,443.0,0x0002 \
		    "2.0,,,TCP,66, 443,$dotted" '3.0,,,DNS,66,"53,53",' \
		    4.000000,,,TCP,66,,CEUAPRSF)"
		[ "$stderr" = "" ]
	done
}

@test "of tshark's columns of ports and flags the first with a value counts" {
	cleaned "$(lines $header,sport,dport,flags \
	    1.000000,::1,::1,TCP,66,80,443,S \
	    2.000000,::1,::1,UDP,66,53,99,)" \
	    "$(lines "frame.time_epoch,ipv6.src,ipv6.dst,_ws.col.Protocol,\
frame.len,udp.srcport,tcp.srcport,tcp.dstport,udp.dstport,tcp.flags,\
tcp.flags.str" 1,::1,::1,TCP,66,,80,443,,0x0002,..........S. \
	    2,::1,::1,UDP,66,53,,,99,,)"
	[ "$stderr" = "" ]
	# Once through pandas, which has words for none.
	cleaned "$(lines $header,sport 1.500000,::1,::1,DNS,60,53)" \
	    "$(lines frame.time_epoch,timestamp,ipv6.src,ipv6.dst,proto,\
protocol,frame.len,length,tcp.srcport,udp.srcport \
	    'nan,1.5,::1,::1,None,DNS,nan,60, nan,53.0')"
}

@test "a port or flag that is none costs no row: it stays, and is counted" {
	cleaned "$(lines $header,dport,flags 1.000000,,,TCP,66,https,S \
	    2.000000,,,TCP,66,443,XYZ 3.000000,,,TCP,66,65536,)" \
	    "$(lines $header,dport,flags 1.000000,,,TCP,66,https,S \
	    2.000000,,,TCP,66,443,XYZ 3.000000,,,TCP,66,65536,)"
	same "csvclean: 3 cells of sport, dport or flags are not ports or TCP\
 flags: passed on unchanged" "$stderr"
}

@test "columns of pandas and PyShark are read, case and blanks aside" {
	cleaned "$(lines $header 1704067200.123456,::1,::2,TCP,66)" \
	    "$(lines ,Time,Source\ IP,Destination\ IP,Protocol,Length \
	    '0,2024-01-01 00:00:00.123456,::1,::2,TCP,66.0')"
	cleaned "$(lines $header 1.250000,::1,::2,TCP,66)" \
	    "$(lines TIMESTAMP,src_ip,Dst_IP,protocol,packet_length \
	    1.25,::1,::2,tcp,66)"
	[ "$stderr" = "" ]
}

@test "semicolons, tabs, CRLF, a byte order mark and quotes are read" {
	printf '\xef\xbb\xbf"time";src;dst;proto;len;x\r\n' >in.csv
	printf '1;::1;::2;TCP;66;"a;b\r\nc"\r\n2;::1;::2;TCP;67;d' >>in.csv
	runs csvclean in.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(printf '%s,x\n1.000000,::1,::2,TCP,66,"a;b\r\nc"\n%s' $header \
	    2.000000,::1,::2,TCP,67,d)" "$output"
}

# --- times

@test "times are read in every form" {
	TZ=CET-1CEST,M3.5.0,M10.5.0/3 cleaned "$(lines $header \
	    1704067200.500000,,,ARP,1 1704067200.000000,,,ARP,2 \
	    1704063600.000000,,,ARP,3 1704063600.123456,,,ARP,4 \
	    1704067200.123456,,,ARP,5 1704063600.000000,,,ARP,6)" \
	    "$(lines $header 1704067200.5,,,ARP,1 \
	    2024-01-01T00:00:00Z,,,ARP,2 2024-01-01T00:00:00+01:00,,,ARP,3 \
	    '2024-01-01 00:00:00.123456,,,ARP,4' \
	    '"Jan  1, 2024 00:00:00.123456789 UTC",,,ARP,5' \
	    '"Jan  1, 2024 00:00:00.000000000 CET",,,ARP,6')"
	[ "$stderr" = "" ]
}

@test "a zone that TZ does not have is rejected" {
	lines $header '"Jan  1, 2024 00:00:00.0 PST",,,ARP,6' >in.csv
	runs csvclean in.csv
	[ "$status" -eq 1 ]
	same $header "$output"
	[[ $stderr == *'bad time "Jan  1, 2024 00:00:00.0 PST"'* ]]
}

@test "exponents, decimal commas and groups of digits are read" {
	cleaned "$(lines $header 1700000000.000000,,,ARP,1000 \
	    0.000026,,,ARP,1514 1704067200.500000,,,ARP,66)" \
	    "$(lines $header 1.7e9,,,ARP,1e3 '2.6e-05,,,ARP,"1,514"' \
	    '"1704067200,5",,,ARP,"66,0"')"
	cleaned "$(lines $header 1704067200.500000,,,ARP,66)" \
	    "$(lines 'time;src;dst;proto;len' '1704067200,5;;;ARP;66,000')"
}

@test "times go out as epoch, ISO 8601 or for a spreadsheet, cut to --digits" {
	local row=1704067200.987654321,,,ARP,1

	cleaned "$(lines $header $row)" "$(lines $header $row)" --digits 9
	cleaned "$(lines $header 1704067200.98,,,ARP,1)" \
	    "$(lines $header $row)" --digits 2
	# The date of a spreadsheet is no second, whatever the digits.
	lines $header 45624.123,,,ARP,1 $row >in.csv
	runs csvclean --digits 3 in.csv
	same "$(lines $header 1704067200.987,,,ARP,1)" "$output"
	# Nor is a second a date where the first time is none.
	cleaned "$(lines $header 1.000000,,,ARP,1 45624.500000,,,ARP,1)" \
	    "$(lines $header 1.000000,,,ARP,1 45624.5,,,ARP,1)"
	cleaned "$(lines $header 2024-01-01T00:00:00.987654Z,,,ARP,1)" \
	    "$(lines $header $row)" --time iso
	TZ=EST5 cleaned "$(lines $header '2023-12-31 19:00:00,,,ARP,1')" \
	    "$(lines $header $row)" -t sheet
}

@test "the least and the largest time are read as they were written" {
	local format

	lines $header -9223372036.854775808,,,ARP,1 \
	    9223372036.854775807,,,ARP,1 >in.csv
	for format in iso sheet; do
		csvclean --time $format in.csv >once.csv
		runs csvclean --time $format once.csv
		[ "$status" -eq 0 ]
		same "$(cat once.csv)" "$output"
	done
}

@test "a record of 64 KiB is read with CRLF, one byte more is not" {
	local cell

	cell=$(printf '%065518d' 0)
	printf '%s,x\r\n1.000000,,,ARP,42,%s\r\n' $header "$cell" >in.csv
	runs csvclean in.csv
	[ "$status" -eq 0 ]
	printf '%s,x\r\n1.000000,,,ARP,42,%s0\r\n' $header "$cell" >in.csv
	runs csvclean in.csv
	[ "$status" -eq 1 ]
	[[ $stderr == *"in.csv:2: record of over 65536 bytes"* ]]
}

# --- choosing

@test "--proto keeps the protocols listed, all else is counted" {
	mixed 1000 >in.csv
	runs csvclean -v --proto tls,DNS in.csv
	[ "$status" -eq 0 ]
	same "$(awk -F, 'FNR == 1 || $4 == "TLS" || $4 == "DNS"' in.csv)" \
	    "$output"
	same "$(lines 'csvclean: 1000 rows read, 400 written' \
	    'csvclean: 600 excluded by --proto')" "$stderr"
}

@test "--since and --until take the rows from the one to before the other" {
	mixed 1000 >in.csv
	runs csvclean --since 500.0035 --until 1970-01-01T00:10:00Z in.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(awk -F, 'FNR == 1 || ($1 >= 500.0035 && $1 < 600)' in.csv)" \
	    "$output"
}

@test "a relative limit counts from the newest row, sorted or not" {
	# The newest row is 1000.007000: from 970.007 to before 990.007.
	mixed 1000 >in.csv
	awk 'FNR == 1 || FNR == 1001' in.csv >moved.csv
	sed '1d;$d' in.csv >>moved.csv
	for option in --sorted --verbose; do
		runs csvclean $option --since -30s --until -10s in.csv
		[ "$status" -eq 0 ]
		same "$(sed -n '1p;972,991p' in.csv)" "$output"
	done
	runs csvclean --since -30s moved.csv
	same "$(sed -n '1p;972,1001p' in.csv | sort -s -t, -k1,1)" \
	    "$(sort -s -t, -k1,1 <<<"$output")"
}

@test "a relative limit needs one regular file" {
	mixed 10 >in.csv
	gzip -k in.csv
	runs csvclean --since -3s in.csv in.csv
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	[[ $stderr == *'one regular file'* ]]
	runs csvclean --since -3s in.csv.gz
	[ "$status" -eq 2 ]
	[[ $stderr == *'one regular file'* ]]
	runs bash -c 'cat in.csv | csvclean --since -3s'
	[ "$status" -eq 2 ]
	[[ $stderr == *'one regular file'* ]]
	runs bash -c 'csvclean --since -3s <in.csv'
	[ "$status" -eq 0 ]
	same "$(sed -n '1p;9,11p' in.csv)" "$output"
}

@test "--sorted finds the rows wanted by seeking, and reads no others" {
	mixed 200000 >in.csv
	awk -F, 'FNR == 1 || ($1 >= 123456 && $1 < 123556)' in.csv >want.csv
	runs csvclean --sorted --since 123456 --until 123556 in.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(cat want.csv)" "$output"
	# Bad rows far from those wanted would be reported if they were read.
	sed '2s/^/x/;200001s/^/x/' in.csv >bad.csv
	runs csvclean --sorted --since 123456 --until 123556 bad.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(cat want.csv)" "$output"
	runs csvclean --sorted --since 0 --until 3 in.csv
	same "$(head -3 in.csv)" "$output"
	runs csvclean --sorted --since 999999 in.csv
	same $header "$output"
	sed 1d in.csv >bare.csv
	runs csvclean --sorted --since 199999 bare.csv
	same "$(lines $header "$(tail -2 in.csv)")" "$output"
}

# joined SEED: tables in order of time, joined, whose headers differ.
joined() {
	awk -v seed="$1" -f "$ROOT/tests/joined.awk"
}

# bats test_tags=compared
@test "--sorted gives the same rows, whatever headers are within" {
	local seed since option

	for seed in {1..12}; do
		joined "$seed" >in.csv
		for since in 1700000000 17000000$((seed + 10)).5 \
		    $((1700000040 + seed * 7)) 1700000400 -1 -$((seed * 5)); do
			option=(--since "$since" in.csv)
			[ $((seed % 3)) -gt 0 ] ||
			    [ "${since%.5}" -ge 1700000100 ] ||
			    option+=(--until 1700000100)
			csvclean "${option[@]}" >plain.csv
			csvclean --sorted "${option[@]}" >sorted.csv
			cmp plain.csv sorted.csv
		done
	done
}

@test "--sorted counts lines from the start of the file" {
	{ mixed 50000; echo 50000.5,x,,TCP,1; } >in.csv
	runs csvclean --sorted --since 49999 in.csv
	[ "$status" -eq 1 ]
	[[ $stderr == "csvclean: in.csv:50002: bad src"* ]]
}

@test "--sorted reads a pipe and a compressed file as they come" {
	mixed 1000 >in.csv
	gzip -k in.csv
	runs csvclean --sorted --since 500 --until 510 in.csv.gz
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(sed -n '1p;501,510p' in.csv)" "$output"
	runs bash -c 'cat in.csv | csvclean --sorted --since 500 --until 510'
	same "$(sed -n '1p;501,510p' in.csv)" "$output"
}

@test "a decompressor that need not go on says nothing, even below systemd" {
	mixed 20000 >in.csv
	gzip in.csv
	# A unit ignores SIGPIPE unless told otherwise.
	runs bash -c 'trap "" PIPE; csvclean --sorted --until 10 in.csv.gz'
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	[ "${#lines[@]}" -eq 10 ]
}

# gone PID...: none of the processes is there.
gone() {
	local pid

	for pid; do
		! grep -qs '^State:.[^Z]' "/proc/$pid/status" || return
	done
}

@test "told to end, it does not wait for the producer of compressed rows" {
	local pid children

	mkfifo to
	mixed 10 | gzip >in.csv.gz
	csvclean <to >out 2>err 3>&- &
	pid=$!
	exec 8>to
	cat in.csv.gz >&8
	until_true pgrep -P $pid -x gzip
	children=$(pgrep -P $pid)
	same 2 "$(wc -w <<<"$children")"
	kill -TERM $pid
	until_true gone $pid
	wait $pid
	same "" "$(cat err)"
	# shellcheck disable=SC2086  # one argument each
	until_true gone $children
	exec 8>&-
}

@test "--anonymize keeps the prefixes and drops columns it does not know" {
	cleaned "$(lines $header,sport \
	    1.000000,10.1.0.0,2001:db8:1::,TCP,66,80)" \
	    "$(lines $header,sport,outer_src \
	    1.000000,10.1.2.3,2001:db8:1:2::3,TCP,66,80,10.9.9.9)" \
	    --anonymize 16,48
	same "csvclean: in.csv: column \"outer_src\" is dropped: it may hold\
 addresses" "$stderr"
}

@test "--anonymize cuts IPv4 addresses within IPv6 ones" {
	cleaned "$(lines $header 1.000000,2002:c000::,2001:0:c000::,TCP,66 \
	    2.000000,64:ff9b::c000:0,::ffff:192.0.0.0,TCP,66)" \
	    "$(lines $header \
	    1,2002:c000:207::1,2001:0:c000:207:8000:63bf:3fff:fdd2,TCP,66 \
	    2,64:ff9b::192.0.2.7,::ffff:192.0.2.7,TCP,66)" --anonymize 16,48
}

@test "--anonymize keeps all columns of pcap2csv but those of addresses" {
	local all want

	all=$(pcap2csv --list-fields | awk 'NR > 5 { printf ",%s", $1 }')
	want=$(pcap2csv --list-fields |
	    awk 'NR > 5 && !/address/ { printf ",%s", $1 }')
	runs csvclean --anonymize 16,48 <<<"$header$all"
	[ "$status" -eq 0 ]
	same "$header$want" "$output"
}

# --- what was rejected

@test "a rejected row makes the status 1, and the last line counts reasons" {
	lines $header x,,,ARP,1 yesterday,,,ARP,1 1,,,ARP,z 1,,,ARP \
	    '1,"open,,ARP,1' 2.000000,,,ARP,1 >in.csv
	runs csvclean in.csv
	[ "$status" -eq 1 ]
	same "$(lines $header 2.000000,,,ARP,1)" "$output"
	same 'csvclean: 5 of 6 rows rejected: 1 bad record, 1 wrong number of'\
' cells, 2 bad time, 1 bad len' "$(tail -n 1 <<<"$stderr")"
	[ "$(wc -l <<<"$stderr")" -eq 6 ]
	runs csvclean -v in.csv
	same "csvclean: 6 rows read, 1 written" \
	    "$(tail -n 2 <<<"$stderr" | head -n 1)"
}

@test "a table of which every row is rejected is not status 0" {
	lines $header 1,,,FOO,42 >in.csv
	runs csvclean in.csv
	[ "$status" -eq 1 ]
	same $header "$output"
	same 'csvclean: 1 of 1 row rejected: 1 unknown proto' \
	    "$(tail -n 1 <<<"$stderr")"
}

@test "the rejects of all operands are counted together" {
	lines $header x,,,ARP,1 1.000000,,,ARP,1 >a.csv
	lines $header y,,,ARP,1 >b.csv
	runs csvclean a.csv b.csv
	[ "$status" -eq 1 ]
	same 'csvclean: 2 of 3 rows rejected: 2 bad time' \
	    "$(tail -n 1 <<<"$stderr")"
}

@test "without rejects nothing is counted, and --strict is gone" {
	lines $header 1.000000,,,ARP,1 >in.csv
	runs csvclean in.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	runs csvclean --strict in.csv
	[ "$status" -eq 2 ]
}

@test "ten rejected rows are shown, and how many there were" {
	{ echo $header; for i in {1..15}; do echo "$i,,,FOO,1"; done; } >in.csv
	runs csvclean in.csv
	[ "$status" -eq 1 ]
	[ "$(grep -c 'unknown proto "FOO"' <<<"$stderr")" -eq 10 ]
	[ "$(wc -l <<<"$stderr")" -eq 11 ]
	same 'csvclean: 15 of 15 rows rejected: 15 unknown proto (--rejects'\
' FILE keeps them)' "$(tail -n 1 <<<"$stderr")"
}

@test "an unclosed quote costs its line only, which is kept aside" {
	printf '%s\n1,"\0pen,,ARP,1\n2.000000,,,ARP,1\n' $header >in.csv
	runs csvclean --rejects rejects.csv in.csv
	[ "$status" -eq 1 ]
	same "$(lines $header 2.000000,,,ARP,1)" "$output"
	same "$(lines file,line,reason,row \
	    'in.csv,2,unclosed quote,"1,""?pen,,ARP,1"')" \
	    "$(cat rejects.csv)"
}

@test "a row being written when the file was cut is dropped" {
	printf '%s\n1.000000,,,ARP,1\n2.000000,,,AR' $header >in.csv
	runs csvclean in.csv
	same "$(lines $header 1.000000,,,ARP,1)" "$output"
	[[ $stderr == *'in.csv:3: row has 4 cells, want 5: cut short?'* ]]
}

@test "a row being written when it is told to end is dropped, in quotes too" {
	local half pid

	mkfifo to
	for half in 2.000000,,,AR '"2.000000","","","AR' '"2.0","\n"'; do
		csvclean <to >out 2>err 3>&- &
		pid=$!
		exec 8>to
		printf %b "$header\n1.000000,,,ARP,1\n$half" >&8
		until_true grep -q ^1 out
		kill -TERM $pid
		wait $pid
		same "$(lines $header 1.000000,,,ARP,1)" "$(cat out err)"
		exec 8>&-
	done
}

# --- failures

@test "a missing column is named, the other operands are done" {
	lines time,src,dst,proto 1,,,ARP >bad.csv
	lines $header 1.000000,,,ARP,1 >good.csv
	runs csvclean bad.csv good.csv
	[ "$status" -eq 3 ]
	same "$(cat good.csv)" "$output"
	same "csvclean: bad.csv: no column \"len\" in the header \
\"time,src,dst,proto\"" "$stderr"
}

@test "a tally is written as a tally, and not after packets" {
	lines time,src,dst,proto,packets,bytes 1,,,arp,2,84 >tally.csv
	runs csvclean tally.csv
	[ "$status" -eq 0 ]
	same "$(lines time,src,dst,proto,packets,bytes 1.000000,,,ARP,2,84)" \
	    "$output"
	lines $header 1.0,,,ARP,42 >packets.csv
	runs csvclean packets.csv tally.csv packets.csv
	[ "$status" -eq 3 ]
	same "$(lines $header 1.000000,,,ARP,42 1.000000,,,ARP,42)" "$output"
	same 'csvclean: tally.csv: this is a tally, and the rows before were packets: convert each to a file of its own' "$stderr"
	# Of its rows, those in the form of packet rows and others.
	echo 2.000000,,,ARP,7,999 >>tally.csv
	cat packets.csv tally.csv packets.csv >joined.csv
	runs csvclean joined.csv
	[ "$status" -eq 3 ]
	same "$(lines $header 1.000000,,,ARP,42 1.000000,,,ARP,42)" "$output"
	awk '{ print } /len/ { at = 1 } /bytes/ { at = 20000 }
	    { for (i = 1; i < 20000; i++) printf "%d.000000,,,ARP,7%s\n",
		at + i, at > 1 ? ",999" : "" }' \
	    <(lines $header time,src,dst,proto,packets,bytes) >joined.csv
	runs csvclean --sorted --since 39990 joined.csv
	[ "$status" -eq 3 ]
	same $header "$output"
}

@test "a table of something else is refused" {
	lines city,country Paris,France >in.csv
	runs csvclean in.csv
	[ "$status" -eq 3 ]
	same $header "$output"
	[[ $stderr == *'no column "time"'* ]]
}

@test "a capture is refused with the pipeline that reads it" {
	printf '\xd4\xc3\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0' >x.pcap
	runs csvclean x.pcap
	[ "$status" -eq 3 ]
	same $header "$output"
	same "csvclean: x.pcap: this is a capture, want CSV: pcap2csv x.pcap |\
 csvclean" "$stderr"
}

@test "a file that is not there is status 3, the others are done" {
	lines $header 1.000000,,,ARP,1 >good.csv
	runs csvclean none.csv good.csv
	[ "$status" -eq 3 ]
	same "$(cat good.csv)" "$output"
	same 'csvclean: none.csv: No such file or directory' "$stderr"
}

@test "a full disk is status 3, for rows and for rejects" {
	lines $header x,,,ARP,1 1,,,ARP,1 >in.csv
	runs bash -c 'csvclean in.csv >/dev/full'
	[ "$status" -eq 3 ]
	[[ $stderr == *'stdout: write: No space left on device'* ]]
	runs csvclean --rejects /dev/full in.csv
	[ "$status" -eq 3 ]
	[[ $stderr == *'/dev/full: write: No space left on device'* ]]
	runs csvclean --rejects ./no/such in.csv
	[ "$status" -eq 3 ]
}

@test "bad options are status 2 and say what is wanted" {
	for bad in '--since=5 --until=5' '--since=-1m --until=-60' \
	    --time=x --digits=10 --anonymize=16 --anonymize=33,48 \
	    --proto=NOPE --since=yesterday --until=-5x --base=soon --nope; do
		# shellcheck disable=SC2086  # one option each
		runs csvclean $bad /dev/null
		[ "$status" -eq 2 ]
		[ "$output" = "" ]
		[ "$stderr" != "" ]
	done
}

@test "a reader that goes away ends it quietly" {
	mixed 100000 >in.csv
	# shellcheck disable=SC2016  # the inner shell expands it
	runs bash -c 'csvclean in.csv | head -n 1; echo "${PIPESTATUS[0]}"'
	same "$(lines $header 141)" "$output"
	[ "$stderr" = "" ]
}

@test "a row goes out before the next is there, and so does a reject" {
	mkfifo to from
	csvclean --rejects rejects.csv <to >from &
	exec 8>to 9<from
	# A writer of blocks ends them within rows.
	printf '%s\nx,,,ARP,1\n1.000000,,,ARP,42\n2.000' $header >&8
	read -r -t 120 first <&9
	read -r -t 120 second <&9
	same "$(lines $header 1.000000,,,ARP,42)" "$(lines "$first" "$second")"
	same 'stdin,2,bad time,"x,,,ARP,1"' "$(tail -n 1 rejects.csv)"
	echo 000,,,ARP,43 >&8
	read -r -t 120 third <&9
	same 2.000000,,,ARP,43 "$third"
	exec 8>&- 9<&-
	wait
}

@test "a compressed file is read" {
	mixed 1000 >in.csv
	for with in gzip zstd xz; do
		$with -c in.csv >in.packed
		runs csvclean in.packed
		[ "$status" -eq 0 ]
		[ "$stderr" = "" ]
		same "$(cat in.csv)" "$output"
	done
}

@test "zone and locale of the user do not change rows" {
	mixed 100 >in.csv
	export TZ=Asia/Kathmandu LC_ALL=de_DE.UTF-8
	runs csvclean in.csv
	same "$(cat in.csv)" "$output"
}
