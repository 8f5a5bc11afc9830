#!/usr/bin/env bats
# tables: what csvclean makes of tables that other programs write.
# shellcheck disable=SC2154,SC2030,SC2031  # set by runs, in each test anew

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
	[ "$status" -eq 0 ] && [ "$stderr" = "" ] || return
	same "$want" "$output"
}

# refused TEXT MESSAGE: csvclean refuses the table TEXT, and says MESSAGE.
refused() {
	printf '%s\n' "$1" >in.csv
	runs csvclean in.csv
	[ "$status" -eq 3 ]
	same $header "$output" || return
	same "csvclean: in.csv: $2" "$stderr"
}

@test "a vertical bar is a delimiter, with a header and without" {
	want=$(lines $header 1704067200.500000,192.0.2.1,192.0.2.2,TCP,60)
	cleaned "$want" "$(lines 'time|src|dst|proto|len' \
	    '1704067200.5|192.0.2.1|192.0.2.2|TCP|60')"
	cleaned "$want" '1704067200.5|192.0.2.1|192.0.2.2|TCP|60'
	cleaned "$want" "$(lines '"No."|"Time"|"Source"|"Destination"|"Protocol"|"Length"|"Info"' \
	    '"1"|"1704067200.5"|"192.0.2.1"|"192.0.2.2"|"TCP"|"60"|"a|b, c"')"
}

@test "names decide on the delimiter, however many others a name holds" {
	csvclean >once.csv <<-'EOR'
		time,src,dst,proto,len,a;b;c;d;e;f;g
		1.0,192.0.2.1,,TLS,60,x
	EOR
	runs csvclean once.csv
	[ "$status" -eq 0 ]
	same "$(lines "$header,a;b;c;d;e;f;g" 1.000000,192.0.2.1,,TLS,60,x)" \
	    "$output"
}

# protocols COLUMNS CELLS...: the protocols that csvclean makes of rows with
# these cells (a colon for each comma) in these columns.
protocols() {
	local cells

	lines "time,src,dst,length,$1" >in.csv
	shift
	for cells; do
		echo "1.0,192.0.2.1,192.0.2.2,60,$cells"
	done >>in.csv
	csvclean in.csv | tail -n +2 | cut -d, -f4 | paste -sd' '
}

@test "numbers of IANA's list are protocols" {
	same 'TCP UDP ICMP ICMPV6 IGMP GRE ESP AH SCTP OSPF VRRP IPV6 IPV4' \
	    "$(protocols protocol 6 17 1 58 2 47 50 51 132 89 112 41 4)"
	same 'TCP UDP TCP TCP ICMP' \
	    "$(protocols Protocol 6.0 0x11 'TCP (6)' '6 (tcp)' ' 1 ')"
	# What the table lacks is the layer below, by the address.
	same IPV4 "$(protocols protocol 254)"
	cleaned "$(lines $header 1.000000,2001:db8::1,,IPV6,60 \
	    1.000000,,,OTHER,60)" "$(lines $header 1.0,2001:db8::1,,254,60 \
	    1.0,,,254,60)"
	[ "$(protocols protocol 256 -6 6.5 0x111)" = "" ]
}

@test "the IP protocol and the transport layer are the protocol if no other is" {
	for column in ip.proto ip_proto transport_layer IP_Protocol ipv6.nxt; do
		same 'TCP UDP ICMP' "$(protocols $column 6 UDP icmp)"
	done
	same 'TLS TCP UDP' "$(protocols protocol,ip.proto TLS,6 ,6 nan,17)"
	same 'DNS TCP' "$(protocols protocol,transport_layer,highest_layer \
	    17,UDP,DNS TCP,TCP,)"
	cleaned "$(lines "$header,ip_proto" 1.000000,,,TLS,60,6)" \
	    "$(lines time,src,dst,protocol,length,ip_proto 1.0,,,TLS,60,6)"
	cleaned "$(lines $header 1.000000,,,TCP,60)" \
	    "$(lines time,src,dst,length,ip_proto 1.0,,,60,6)"
}

@test "frame.protocols is its last known layer, before what ICMP quotes" {
	same 'TLS HTTP ICMP UDP 802.11' "$(protocols frame.protocols \
	    eth:ethertype:ip:tcp:tls eth:ethertype:ip:tcp:http:image-gif \
	    eth:ethertype:ip:icmp:ip:udp:dns sll:ethertype:ip:udp:data \
	    radiotap:wlan_radio:wlan)"
	same 'ICMP TCP' "$(protocols ip.proto '"1,17"' '"4,6"')"
}

@test "words that are no protocol are the layer below, or OTHER" {
	same 'TLS TCP TCP UDP TCP TCP IGMP' \
	    "$(protocols highest_layer,transport_layer TLS,TCP DATA,TCP \
	    DATA-TEXT-LINES,TCP DATA,UDP IMAGE-GIF,TCP _WS.SHORT,TCP DATA,2)"
	same 'OTHER OTHER OTHER OTHER' "$(protocols highest_layer DATA \
	    _WS.MALFORMED IMAGE-JFIF FOO_LAYER)"
	same 'UDP OTHER' "$(protocols proto,ip.proto FOO,17 DATA,)"
	same 'OTHER' "$(protocols proto DATA)"
	same 'UDP TCP ICMP OTHER' "$(protocols \
	    highest_layer,tcp.srcport,udp.srcport,icmp.type DATA,0,53,nan \
	    DATA,443.0,, DATA,,53,3 DATA,,,)"
	# Names that PyShark takes from Wireshark's filters.
	same 'KRB5 WIREGUARD MODBUS IEC104 TLS DHCP' "$(protocols highest_layer \
	    KERBEROS WG MBTCP 104APCI X509SAT BOOTP)"
	[ "$(protocols proto FOO)" = "" ]
	cleaned "$(lines $header 1.000000,,,FOO,60 1.000000,,,TCP,60)" \
	    "$(lines time,src,dst,proto,len,ip.proto 1.0,,,FOO,60,6 \
	    1.0,,,6,60,6 | cut -d, -f1-5)" --any-proto
}

@test "of tshark's several values in a cell the last is taken, whatever is between" {
	fields=frame.time_epoch,ip.src,ip.dst,ip.proto,frame.len
	want=$(lines $header 1704067200.500000,10.0.0.1,10.0.0.2,TCP,60)
	for a in ';' '|' ' ' / + '#' '~'; do
		row="1704067200.5,192.0.2.1${a}10.0.0.1,192.0.2.2${a}10.0.0.2"
		cleaned "$want" "$(lines $fields "$row,4${a}6,60")"
	done
	row=$'1704067200.5\t192.0.2.1,10.0.0.1\t192.0.2.2,10.0.0.2\t'
	cleaned "$want" "$(lines "${fields//,/$'\t'}" "$row"$'4,6\t60')"
	# Without -E header=y.
	cleaned "$want" "$row"$'TCP\t60'
}

@test "a blank is a delimiter, with a header, with quotes and without" {
	want=$(lines $header,sport 1704067200.500000,192.0.2.1,192.0.2.2,TLS,60,443 \
	    1704067201.500000,,,ARP,42,)
	rows=$(lines 'frame.time_epoch ip.src ip.dst _ws.col.Protocol frame.len tcp.srcport' \
	    '1704067200.5 192.0.2.1 192.0.2.2 TLSv1.2 60 443' \
	    '1704067201.5   ARP 42 ')
	cleaned "$want" "$rows"
	# tshark -E quote=d
	cleaned "$want" "$(awk '{ gsub(/[^ ]+/, "\"&\"") } 1' <<<"$rows")"
	cleaned "$(lines $header 1704067200.500000,192.0.2.1,192.0.2.2,TCP,60)" \
	    '1704067200.5 192.0.2.1 192.0.2.2 TCP 60'
}

@test "of a list of ports the last is taken, whatever is between" {
	for a in ',' ';' '|' ' ' / + '#' '~'; do
		cleaned "$(lines $header,dport 1.000000,,,TCP,60,54)" \
		    "$(lines time,src,dst,proto,len,tcp.dstport "1.0,,,TCP,60,\"53${a}54\"")"
	done
}

@test "words for a missing value are empty cells" {
	for none in nan NaN NaT None null '<NA>' - '#N/A'; do
		cleaned "$(lines $header,sport,flags ,,192.0.2.2,TCP,60,, \
		    1.000000,,,ARP,42,,)" \
		    "$(lines $header,sport,flags "$none,$none,192.0.2.2,TCP,60.0,$none,$none" \
		    "1.0,$none,$none,ARP,42,,$none")"
	done
	lines $header 1.0,,,TCP,nan >in.csv
	runs csvclean in.csv
	[ "$status" -eq 1 ]
	[[ $stderr == *'1 of 1 row rejected: 1 no len' ]]
}

@test "lengths have groups of digits as any locale writes them" {
	local tally=time,src,dst,proto,packets,bytes len

	for len in "1'514" '1 514' $'1\xc2\xa0514' $'1\xe2\x80\xaf514' '"1,514"' \
	    '"1,514.0"'; do
		cleaned "$(lines $header 1.000000,,,TCP,1514)" \
		    "$(lines $header "1.0,,,TCP,$len")"
	done
	cleaned "$(lines $header 1.500000,,,TCP,1514 2.000000,,,TCP,60 \
	    3.000000,,,TCP,1514)" "$(lines "${header//,/;}" \
	    '1,5;;;TCP;1.514' '2;;;TCP;60,0' '3;;;TCP;1.514,0')"
	cleaned "$(lines $tally 1.500000,,,TCP,1000,2000514 \
	    1.500000,,,TCP,1,66)" "$(lines "${tally//,/;}" \
	    '1,5;;;TCP;1.000;2.000.514,0' '1.5;;;TCP;1.000;66.0')"
	# A point in the time is the decimal point of the row.
	cleaned "$(lines $header 1.500000,,,TCP,1000 1.500000,,,TCP,66)" \
	    "$(lines "${header//,/;}" '1,5;;;TCP;1.000' '1.5;;;TCP;66.000')"
}

@test "row numbers of pandas and R are dropped, beside our names and others" {
	want=$(lines $header,x 1.000000,192.0.2.1,,TLS,60,a)
	for name in '' '""' 'Unnamed: 0' index level_0; do
		cleaned "$want" "$(lines "$name,$header,x" \
		    0,1.0,192.0.2.1,,TLS,60,a)"
		cleaned "$want" "$(lines "$name,Time,Source IP,dst,proto,len,x" \
		    0,1.0,192.0.2.1,,TLS,60,a)"
	done
	# Twice saved, and after all others; a later index is somebody's own.
	cleaned "$want" "$(lines ",Unnamed: 0,$header,x," \
	    0,0,1.0,192.0.2.1,,TLS,60,a,)"
	cleaned "$(lines $header,index 1.000000,192.0.2.1,,TLS,60,7)" \
	    "$(lines $header,index 1.0,192.0.2.1,,TLS,60,7)"
}

@test "a header with a nameless column is one for programs that lack a column" {
	runs toptalk <<<$',time,src,length\n0,1.0,192.0.2.1,60'
	[ "$status" -eq 3 ]
	[[ $stderr == 'toptalk: stdin: no column "len" in the header '* ]]
}

@test "flows without sums and a foreign delimiter are called so" {
	refused 'Flow ID,Src IP,Dst IP,Protocol,Timestamp,Flow Duration' \
	    'no column "len" in the header "Flow ID,Src IP,Dst IP,Protocol,Timestamp,Flow Duration": are the rows flows?  want their packets and bytes, see --columns'
	refused ts,te,td,sa,da,sp,dp,pr,flg,ibyt 'no column "src" in the header "ts,te,td,sa,da,sp,dp,pr,flg,ibyt": are the rows flows?  want their packets and bytes, see --columns'
	for d in : ^ '~'; do
		h="time${d}src${d}dst${d}proto${d}len"
		refused "$h" "no column \"time\" in the header \"$h\": the delimiter is \"$d\", want comma, semicolon, tab, | or blank"
	done
}

@test "a missing column is looked for under another name" {
	refused time,src,dst,l7_proto,len 'no column "proto" in the header "time,src,dst,l7_proto,len": if it is "l7_proto", rename that'
	refused ts,id.orig_h,dst,proto,length 'no column "src" in the header "ts,id.orig_h,dst,proto,length": if it is "id.orig_h", rename that'
	refused src,dst,proto,len,x_stamp 'no column "time" in the header "src,dst,proto,len,x_stamp": if it is "x_stamp", rename that'
	refused foo,bar,baz 'no column "time" in the header "foo,bar,baz"'
}

@test "text of other programs is called by name, with the way on" {
	tcpdump='text that tcpdump printed'
	pcap2csv='capture with tcpdump -w FILE, then pcap2csv FILE'
	while read -r text; do
		refused "$text" "this is $tcpdump, want CSV: $pcap2csv"
		runs toptalk in.csv
		[ "$status" -eq 3 ]
		[[ $stderr == "toptalk: in.csv: this is $tcpdump"* ]]
		runs pcap2csv in.csv
		[ "$status" -eq 3 ]
		[[ $stderr == *"not a capture but $tcpdump: capture with"* ]]
	done <<-'EOR'
		14:02:44.202345 IP 192.0.2.1.65217 > 192.0.2.2.53: Flags [S], seq 1
		2024-01-01 14:02:44.202345 ARP, Request who-has 192.0.2.1, length 28
		1704067200.202345 IP6 2001:db8::1.1 > 2001:db8::2.2: UDP, length 5
		14:02:44.202345 eth0  In  IP 192.0.2.1.1 > 192.0.2.2.2: UDP, length 5
		14:02:44.202345 IP (tos 0x0, ttl 64, id 1, offset 0, proto TCP (6))
		IP 192.0.2.1.65217 > 192.0.2.2.53: Flags [S], seq 1
	EOR
	while IFS=: read -r what text; do
		printf '%b' "$text" >in.csv
		runs csvclean in.csv
		[ "$status" -eq 3 ]
		[[ $stderr == "csvclean: in.csv: this is $what, want CSV: "* ]]
	done <<-'EOR'
		JSON:{"frame.time_epoch": "1704067200.5"}\n
		JSON:[\n  {\n    "_index": "packets"
		JSON:{"index":{"_index":"packets"}}\n
		XML or HTML:<?xml version="1.0"?>\n
		XML or HTML:\n<!DOCTYPE html>\n
		text that tshark printed:    1   0.0 192.0.2.1 \xe2\x86\x92 192.0.2.2 TCP 74\n
		text that tshark printed:    1\t0.0\t192.0.2.1\t\xe2\x86\x92\t192.0.2.2\tTCP\t74\n
		Wireshark's plain text:No.     Time           Source        Length Info\n
		a hex dump:0000   00 11 22 33 44 55\n
	EOR
}

@test "lines that end with CR alone are refused, with the way on" {
	printf '%s\r' $header 1,10.0.0.1,10.0.0.2,TCP,60 >in.csv
	for program in csvclean toptalk 'rowpick len>1' flowbw; do
		# shellcheck disable=SC2086  # its words are options
		runs $program in.csv
		[ "$status" -eq 3 ]
		same "${program%% *}: in.csv: lines end with CR alone, want LF: tr '\r' '\n' <FILE" "$stderr"
	done
	same 60 "$(tr '\r' '\n' <in.csv | toptalk --no-header | cut -d, -f3)"
	cleaned "$header" "$header"$'\r'
}

@test "a table of which no record can be read is status 3 in all programs" {
	{
		echo "$header,$(seq -s , 300)"
		echo "1,10.0.0.1,10.0.0.2,TCP,60,$(seq -s , 300)"
	} >in.csv
	for program in csvclean toptalk 'rowpick len>1' flowbw; do
		# shellcheck disable=SC2086  # its words are options
		runs $program in.csv
		[ "$status" -eq 3 ]
		[[ $stderr == *"record of over 256 cells"* ]]
	done
}

@test "programs that sum say where a missing column comes from" {
	while IFS='|' read -r program text hint; do
		# shellcheck disable=SC2086  # its words are options
		runs $program <<<"${text//+/$'\t'}"
		[ "$status" -eq 3 ]
		[[ $stderr == *" in "*" header"*": $hint" ]]
	done <<-'EOR'
		toptalk --by dport|time,src,dst,proto,len|pcap2csv -e dport writes it
		ratebw --by vlan|time,src,dst,proto,len|pcap2csv -e vlan writes it
		toptalk --by dport|1.0,192.0.2.1,192.0.2.2,TCP,60|pcap2csv -e dport writes it
		toptalk|time,proto,packets,bytes|this tally was made without it
		toptalk|time;src;dst;proto;len|the delimiter is ";", which csvclean reads
		protobw|time src dst proto len|the delimiter is " ", which csvclean reads
		protobw|time+src+dst+proto+len|the delimiter is "\t", which csvclean reads
		protobw|Time,Source,Destination,Protocol,Length|csvclean reads tables of other programs
	EOR
}

@test "a zone that TZ does not have is named, with what to do" {
	lines time,src,dst,proto,len \
	    '"Apr  1, 2020 16:29:53.150479000 CEST",,,TCP,60' \
	    '"Jan  1, 2024 01:25:10.5 Romance Standard Time",,,TCP,60' >in.csv
	runs csvclean in.csv
	[ "$status" -eq 1 ]
	[[ $stderr == *'CEST", want a zone of TZ, not CEST: set TZ=Europe/Berlin or export frame.time_epoch'* ]]
	[[ $stderr == *', want frame.time_epoch: "Romance Standard Time" is a zone'\''s name on Windows, which no TZ has'* ]]
	TZ=Europe/Berlin runs csvclean in.csv
	same "$(lines $header 1585751393.150479,,,TCP,60)" "$output"
}

# times WANT CELL [OPTION...]: CELL is this time; what is said is in $stderr.
times() {
	local want=$1 cell=$2

	shift 2
	lines $header "$cell,192.0.2.1,192.0.2.2,TCP,60" >in.csv
	runs csvclean "$@" in.csv
	[ "$status" -eq 0 ] || return
	same "$(lines $header "$want,192.0.2.1,192.0.2.2,TCP,60")" "$output"
}

@test "times that cannot be seconds are milli-, micro- or nanoseconds, which is said once" {
	read_as='csvclean: in.csv: times such as'
	times 1704067200.500000 1704067200500
	same "$read_as \"1704067200500\" are read as milliseconds since the epoch" "$stderr"
	times 1704067200.500250 1704067200500250
	same "$read_as \"1704067200500250\" are read as microseconds since the epoch" "$stderr"
	times 1704067200.500250125 1704067200500250125 --digits 9
	same "$read_as \"1704067200500250125\" are read as nanoseconds since the epoch" "$stderr"
	# pandas makes floats of them, and Excel powers of ten.
	times 1704067200.500000 1704067200500.0
	times 1704067200.500000 1.7040672005E+12
	{ echo $header && for i in 1 2 3; do echo 170406720050$i,,,TCP,60; done; } >in.csv
	runs csvclean in.csv in.csv
	[ "$status" -eq 0 ]
	[ "$(wc -l <<<"$stderr")" -eq 1 ]
	same "$(lines $header 1704067200.50{1,2,3,1,2,3}000,,,TCP,60)" "$output"
}

@test "a column's name tells the unit of its times" {
	for name in ts_ms 'Timestamp (ms)' epoch_millis time_msec timeMillis; do
		cleaned "$(lines $header 0.250000,,,TCP,60)" \
		    "$(lines "$name,src,dst,proto,length" 250,,,TCP,60)"
	done
	for name in ts_us timestamp_usec 'Time [us]' epoch_microseconds; do
		cleaned "$(lines $header 1704067200.500250,,,TCP,60)" \
		    "$(lines "$name,src,dst,proto,length" 1704067200500250,,,TCP,60)"
	done
	cleaned "$(lines $header 1704067200.500250,,,TCP,60)" \
	    "$(lines timestamp_ns,src,dst,proto,length 1704067200500250000,,,TCP,60)"
}

@test "--time-format tells the form of times: units, Excel's days, strptime's" {
	times 0.250000 250 --time-format ms
	[ "$stderr" = "" ]
	times 1704067200.500000 '"01/01/2024 12:00:00,5 AM"' --time-format '%d/%m/%Y %I:%M:%S,%f %p'
	times 1704067200.500000 '01.01.2024 01:00:00.5 +0100' --time-format '%d.%m.%Y %H:%M:%S.%f %z'
	TZ=America/New_York times 1704067200.000000 '31/12/23 19:00' --time-format '%d/%m/%y %H:%M'
	# Excel's dates have no zone; 45292 is 2024-01-01.
	times 1704110400.000000 45292.5 --time-format excel
	TZ=Europe/Berlin times 1704106800.000000 45292.5 --time-format excel
	times 1704067201.000000 45292.0000115741 --time-format excel
	lines $header 2024-01-01,,,TCP,60 >in.csv
	runs csvclean --time-format %d/%m/%Y in.csv
	[ "$status" -eq 1 ]
	[[ $stderr == *'bad time "2024-01-01", want what --time-format describes'* ]]
	runs csvclean --time-format epoch in.csv
	[ "$status" -eq 2 ]
	same 'csvclean: bad time-format "epoch", want s, ms, us, ns, excel or a format such as "%d/%m/%Y %H:%M:%S"' "$stderr"
}

@test "a table whose first time may be a spreadsheet's date is not of 1970" {
	lines $header 45292.5,,,TCP,60 45292.50001,,,TCP,60 \
	    1704067200,,,TCP,60 >in.csv
	runs csvclean in.csv
	[ "$status" -eq 1 ]
	same "$(lines $header 1704067200.000000,,,TCP,60)" "$output"
	[[ $stderr == *'bad time "45292.5", want seconds since the epoch: --time-format excel if these are dates of a spreadsheet, --time-format s if not'* ]]
	runs csvclean --time-format s in.csv
	[ "$status" -eq 0 ]
	same 45292.500000,,,TCP,60 "${lines[1]}"
	# Also in Wireshark's own column, whose times are relative.
	lines Time,Source,Destination,Protocol,Length 45292.5,,,TCP,60 >in.csv
	runs csvclean in.csv
	[ "$status" -eq 1 ]
	[[ $stderr == *'--time-format excel if these are dates'* ]]
	runs csvclean --base 2024-01-01T00:00:00Z in.csv
	same "1704112492.500000 0" "${lines[1]%%,*} $status"
}

@test "seconds from the start of a capture, or of a device's clock, are no dates" {
	# A capture of a day, in a column that nobody calls relative.
	awk -v h=$header 'BEGIN { print h
	    for (t = 0; t < 86400; t += 700.5) print t ",,,TCP,60" }' >in.csv
	csvclean in.csv >out.csv
	same "$(awk -F, 'NR > 1 { n++; s += $1 } END { printf "%d %.1f", n, s }' in.csv)" \
	    "$(awk -F, 'NR > 1 { n++; s += $1 } END { printf "%d %.1f", n, s }' out.csv)"
	csvclean --sorted --since 40000 in.csv >sorted.csv
	same "$(csvclean --since 40000 in.csv)" "$(cat sorted.csv)"
	# Part of one, from Wireshark and tshark.
	cleaned "$(lines $header 45292.500000,,,TCP,60)" \
	    "$(lines frame.time_relative,ip.src,ip.dst,_ws.col.Protocol,frame.len \
	    45292.5,,,TCP,60)" --base 1970-01-01T00:00:00Z
	# pcap2csv's form: a device that has no clock, 12 hours after its start.
	cleaned "$(lines $header 45292.500000,,,TCP,60 45293.000000,,,TCP,60)" \
	    "$(lines $header 45292.500000,,,TCP,60 45293.000000,,,TCP,60)"
	cleaned "$(lines $header 45292.500000,,,TCP,60)" \
	    "$(lines $header 45292.500000000,,,TCP,60)"
}

# rows_of_wireshark N: a CSV export of N rows, with an arrow in Info.
rows_of_wireshark() {
	awk -v n="$1" 'BEGIN {
	    print "\"No.\",\"Time\",\"Source\",\"Destination\",\"Protocol\"," \
		"\"Length\",\"Info\""
	    for (i = 1; i <= n; i++)
		printf "\"%d\",\"%d.5\",\"192.0.2.1\",\"2001:db8::%x\"," \
		    "\"TLSv1.3\",\"%d\",\"443 \342\206\222 \360\237\230\200\"\n",
		    i, 1704067200 + i, i, i }' | sed 's/$/\r/'
}

@test "UTF-16 of PowerShell and Excel is read, either order, file or pipe" {
	rows_of_wireshark 30000 >plain.csv
	csvclean plain.csv >want.csv
	[ "$(wc -l <want.csv)" -eq 30001 ]
	for code in UTF-16LE UTF-16BE; do
		printf '\xef\xbb\xbf' | cat - plain.csv |
		    iconv -f UTF-8 -t $code >in.csv
		csvclean in.csv | cmp - want.csv
		dd if=in.csv bs=777 status=none | csvclean | cmp - want.csv
		# Without a byte order mark.
		iconv -f UTF-8 -t $code plain.csv | csvclean | cmp - want.csv
	done
	gzip -c in.csv | csvclean | cmp - want.csv
	csvclean plain.csv in.csv | tail -n +30002 | cmp - <(tail -n +2 want.csv)
}

@test "UTF-16 is read by programs that sum, and a cut one is reported" {
	lines $header 1.0,192.0.2.1,,TLS,60 | iconv -t UTF-16 >in.csv
	same "$(lines src,packets,bytes 192.0.2.1,1,60)" "$(toptalk in.csv)"
	head -c -3 in.csv >cut.csv
	runs csvclean cut.csv
	[ "$status" -eq 1 ]
	same $header "$output"
}

@test "lines before the header are passed over: sep=, #TYPE, comments, blanks" {
	want=$(lines $header 1704067200.500000,,,TLS,60)
	row=1704067200.5,,,TLS,60
	cleaned "$want" "$(lines sep=';' "${header//,/;}" "${row//,/;}")"
	cleaned "$want" "$(lines '"sep=,"' $header $row | sed 's/$/\r/')"
	cleaned "$want" "$(lines '#TYPE System.Data.DataRow' \
	    "\"${header//,/\",\"}\"" "\"${row//,/\",\"}\"")"
	cleaned "$want" "$(lines '# written by a script, yesterday' '' \
	    "# $header" $row)"
	# Lines are counted from the file's first.
	lines '#x' '' $header x,,,TLS,60 >in.csv
	runs csvclean in.csv
	[[ $stderr == 'csvclean: in.csv:4: bad time "x"'* ]]
}

@test "files with byte order marks may be joined" {
	bom=$'\xef\xbb\xbf'
	cleaned "$(lines $header,x 1.000000,,,TLS,60,a 2.000000,,,DNS,61,b)" \
	    "$(lines $bom$header,x 1.0,,,TLS,60,a $bom$header,x 2.0,,,DNS,61,b)"
	cleaned "$(lines $header 1.000000,,,TLS,60 2.000000,,,DNS,61)" \
	    "$(lines "$bom\"Time\",\"src\",\"dst\",\"proto\",\"len\"" 1.0,,,TLS,60 \
	    "$bom\"Time\",\"src\",\"dst\",\"proto\",\"len\"" 2.0,,,DNS,61)"
	runs protobw <<<"$(lines $bom$header 1.0,,,TLS,60 $bom"proto,len" TLS,61)"
	[ "$status" -eq 0 ]
	same "$(lines proto,packets,bytes TLS,2,121)" "$output"
}

@test "titles that Wireshark gives to columns made of fields are known" {
	cleaned "$(lines $header 1704067200.500000,192.0.2.1,192.0.2.2,TLS,60)" \
	    "$(lines '"Epoch Arrival Time","Source Address","Destination Address","Protocols in frame","Frame length on the wire"' \
	    '"1704067200.5","192.0.2.1","192.0.2.2","eth:ethertype:ip:tcp:tls","60"')"
}

@test "our column service is a port, Zeek's a protocol" {
	cleaned "$(lines $header,service 1.000000,,,TLS,60,443 \
	    2.000000,,,TCP,61,)" \
	    "$(lines $header,service 1.0,,,TLS,60,443 2.0,,,TCP,61,)"
	cleaned "$(lines packets,bytes,service 2,60,443 1,61,)" \
	    "$(lines service,packets,bytes 443,2,60 ,1,61)"
	cleaned "$(lines $header,sport,service,gap 1.000000,,,DNS,60,53,53,0.5)" \
	    "$(lines $header,sport,service,gap 1,,,dns,60,53,53,0.5)"
}
