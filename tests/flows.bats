#!/usr/bin/env bats
# flows: what csvclean makes of the flow tables of other programs.
# shellcheck disable=SC2154  # $stderr is set by runs

load helper

tally=time,src,dst,proto,packets,bytes

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
}

# cleaned WANT FILE [OPTION...]: csvclean makes WANT of FILE, and says nothing.
cleaned() {
	local want=$1

	shift
	runs csvclean "$@"
	[ "$status" -eq 0 ] && [ "$stderr" = "" ] || return
	same "$want" "$output"
}

# packet_sums CAPTURE HEADER: packets and bytes, less HEADER bytes for each, of
# the packets of TCP, UDP and ICMP between each two addresses.
packet_sums() {
	pcap2csv --fields ip_proto --no-header "$1" | awk -F, -v less="$2" '
	    $6 ~ /^(1|6|17|58)$/ {
		key = $2 < $3 ? $2 " " $3 : $3 " " $2
		n[key]++
		bytes[key] += $5 - less
	    }
	    END { for (key in n) print key, n[key], bytes[key] }' | sort
}

# flow_sums TABLE: the same of the rows that csvclean makes of a table.
flow_sums() {
	csvclean -p TCP,UDP,ICMP,ICMPV6 --no-header "$1" | awk -F, '{
		key = $2 < $3 ? $2 " " $3 : $3 " " $2
		n[key] += $5
		bytes[key] += $6
	    }
	    END { for (key in n) print key, n[key], bytes[key] }' | sort
}

# The tables of tests/data/flows are made by tests/data/make-flows.

@test "Argus' flows are the packets that they came from" {
	for capture in tls.pcap dns.pcap transfer.pcapng; do
		table=$DATA/flows/${capture%.*}.argus
		# The record of Argus itself is no flow.
		grep -q ,man, "$table.csv"
		want=$(packet_sums "$DATA/$capture" 0)
		[ "$want" != "" ]
		same "$want" "$(flow_sums "$table.csv")"
		same "$want" "$(flow_sums "$table-ways.csv")"
	done
	runs csvclean "$table-ways.csv"
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	[ "${lines[0]}" = $tally,end,sport,dport ]
}

@test "nfdump's flows are the packets that they came from" {
	for capture in tls.pcap dns.pcap transfer.pcapng; do
		table=$DATA/flows/${capture%.*}.nfdump
		# nfdump's sums stand below the rows.
		grep -qx Summary "$table.csv"
		# It counts the bytes of IP.
		want=$(packet_sums "$DATA/$capture" 14)
		[ "$want" != "" ]
		same "$want" "$(flow_sums "$table.csv")"
		same "$want" "$(flow_sums "$table-both.csv")"
	done
	cat "$table.csv" "$table.csv" | csvclean >twice.csv
	same "$(csvclean "$table.csv" | tail -n +2 | wc -l)" \
	    "$(($(tail -n +2 twice.csv | wc -l) / 2))"
}

# conversations CAPTURE: by tshark, a line for each between two addresses and
# ports: start, end, both ends with their ports, protocol, and packets and bytes
# of IP in each direction.  Blanks separate them.
conversations() {
	tshark -n -r "$1" -T fields -E separator=, -E occurrence=f \
	    -e frame.time_epoch -e ip.src -e ipv6.src -e ip.dst -e ipv6.dst \
	    -e tcp.srcport -e udp.srcport -e tcp.dstport -e udp.dstport \
	    -e ip.proto -e ipv6.nxt -e icmpv6.type -e frame.len 2>/dev/null |
	    awk -F, -v back=0 '
	    { a = $2 $3; b = $4 $5; p = $12 != "" ? 58 : $10 $11
	      at = ($6 $7) + 0; bt = ($8 $9) + 0 }
	    p !~ /^(1|6|17|58)$/ { next }
	    (b " " a " " bt " " at " " p) in start { back = 1
		k = b " " a " " bt " " at " " p }
	    !back { k = a " " b " " at " " bt " " p }
	    !(k in start) { start[k] = $1 }
	    { end[k] = $1; n[k, back]++; size[k, back] += $13 - 14; back = 0 }
	    END { for (k in start) print start[k], end[k], k, n[k, 0] + 0,
		size[k, 0] + 0, n[k, 1] + 0, size[k, 1] + 0 }'
}

# shellcheck disable=SC2016  # for awk
@test "tables of Zeek, SiLK and Suricata are the packets that they came from" {
	zeek='{ split("icmp,,,,,tcp", name, ","); name[17] = "udp"
	    print $1, "C" NR, $3, $5, $4, $6, $7 == 58 ? "icmp" : name[$7], "-",
	    $2 - $1, "-", "-", "SF", "T", "F", 0, "-", $8, $9, $10, $11, "-" }'
	silk='{ printf "%39s|%39s|%5d|%5d|%3d|%10d|%10d|%s|%9.3f|\n", $3, $4,
	    $5, $6, $7, $8, $9, $1, $2 - $1 }
	    $10 > 0 { printf "%39s|%39s|%5d|%5d|%3d|%10d|%10d|%s|%9.3f|\n", $4,
	    $3, $6, $5, $7, $10, $11, $1, $2 - $1 }'
	suricata='{ name[1] = "ICMP"; name[6] = "TCP"; name[17] = "UDP"
	    name[58] = "IPv6-ICMP"; print "2027-01-01T00:00:00.1+0000", NR,
	    "flow", $3, $5, $4, $6, name[$7], "failed", $8, $10, $9, $11, $1,
	    $2 }'
	for capture in tls.pcap dns.pcap transfer.pcapng; do
		conversations "$DATA/$capture" >talks
		[ "$(wc -l <talks)" -gt 1 ]
		mapfile -t rows < <(awk "$zeek" talks)
		zeek "${rows[@]}" >zeek.log
		(echo 'sIP|dIP|sPort|dPort|pro|packets|bytes|sTime|duration|'
		    awk "$silk" talks) >silk.txt
		(echo timestamp,flow_id,event_type,src_ip,src_port,dest_ip,\
dest_port,proto,app_proto,flow.pkts_toserver,flow.pkts_toclient,\
flow.bytes_toserver,flow.bytes_toclient,flow.start,flow.end
		    awk "$suricata" OFS=, talks) >suricata.csv
		want=$(packet_sums "$DATA/$capture" 14)
		for table in zeek.log silk.txt suricata.csv; do
			same "$want" "$(flow_sums $table)"
		done
		# The same under other names.
		sed 's/^sIP.*/a|b|c|d|e|f|g|h|i|/' silk.txt >other.txt
		same "$(csvclean silk.txt | cut -d, -f1-8)" "$(csvclean \
		    --columns src=a,dst=b,sport=c,dport=d,proto=e,packets=f,\
bytes=g,time=h other.txt | cut -d, -f1-8)"
	done
}

# zeek ROW...: a conn.log of these rows, of which blanks separate the cells.
zeek() {
	printf '%s\n' '#separator \x09' $'#set_separator\t,' \
	    $'#empty_field\t(empty)' $'#unset_field\t-' $'#path\tconn' \
	    $'#open\t2024-01-01-00-00-00'
	{
		echo '#fields ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state local_orig local_resp missed_bytes history orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents'
		echo '#types time string addr port addr port enum string interval count count string bool bool count string count count count count set[string]'
		lines "$@"
	} | tr ' ' '\t'
	printf '#close\t2024-01-01-01-00-00\n'
}

@test "Zeek's conn.log is read, both directions summed, services as protocols" {
	zeek '1704067200.500000 C1 192.0.2.1 51000 198.51.100.1 443 tcp ssl 1.250000 500 1500 SF T F 0 ShADadFf 10 1040 12 2140 -' \
	    '1704067201.000000 C2 192.0.2.1 51001 198.51.100.1 53 udp - - - - S0 T F 0 D 1 70 0 0 -' \
	    '1704067202.000000 C3 fe80::1 135 ff02::2 134 icmp - - - - OTH T F 0 - 1 70 0 0 -' \
	    '1704067203.000000 C4 192.0.2.1 8 198.51.100.1 0 icmp - - - - OTH T F 0 - 1 84 1 84 -' \
	    >conn.log
	cleaned "$(lines $tally,sport,dport,end \
	    1704067200.500000,192.0.2.1,198.51.100.1,TLS,22,3180,51000,443,1704067201.750000 \
	    1704067201.000000,192.0.2.1,198.51.100.1,UDP,1,70,51001,53, \
	    1704067202.000000,fe80::1,ff02::2,ICMPV6,1,70,,, \
	    1704067203.000000,192.0.2.1,198.51.100.1,ICMP,2,168,,,)" conn.log
	cat conn.log conn.log >joined.log
	runs csvclean joined.log
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same 9 "${#lines[@]}"
	runs protobw conn.log
	[ "$status" -eq 3 ]
	same 'protobw: conn.log: this is a Zeek log, want CSV: csvclean reads conn.log' "$stderr"
	printf '#separator \\x09\n#fields\tts\tid.orig_h\tquery\n1\t192.0.2.1\tx\n' >dns.log
	runs csvclean dns.log
	[ "$status" -eq 3 ]
	same 'csvclean: dns.log: this is a Zeek log without packets and bytes, want conn.log' "$stderr"
}

@test "Zeek's, Suricata's and nProbe's names of services are protocols" {
	while read -r service proto; do
		zeek "1.0 C1 192.0.2.1 1 192.0.2.2 2 tcp $service 1 1 1 SF T F 0 - 1 60 0 0 -" |
		    csvclean --no-header >out
		same "$proto" "$(cut -d, -f4 out)"
	done <<-'EOR'
		ssl TLS
		dns DNS
		http HTTP
		ssh SSH
		smtp SMTP
		ftp FTP
		ftp-data FTP-DATA
		dhcp DHCP
		ntp NTP
		snmp SNMP
		sip SIP
		rdp RDP
		smb SMB
		gssapi,smb SMB
		krb_tcp KRB5
		krb KRB5
		krb5 KRB5
		ldap_tcp LDAP
		ldap_udp LDAP
		dnp3_tcp DNP3
		dce_rpc DCERPC
		radius RADIUS
		mysql MYSQL
		postgresql PGSQL
		pgsql PGSQL
		imap IMAP
		pop3 POP
		irc IRC
		syslog SYSLOG
		socks SOCKS
		ssl,quic QUIC
		quic QUIC
		mqtt MQTT
		modbus MODBUS
		tftp TFTP
		http2 HTTP2
		bittorrent-dht BITTORRENT
		rfb VNC
		failed TCP
		unknown TCP
		- TCP
	EOR
}

@test "SiLK's rwcut is read: bars, blanks, UTC" {
	cat >rw.txt <<-'EOR'
		            sIP|            dIP|sPort|dPort|pro|   packets|     bytes|   flags|                  sTime| duration|                  eTime|sen|
		      192.0.2.1|   198.51.100.1|51000|  443|  6|        10|      1040|FS PA   |2024/01/01T00:00:00.500|    1.250|2024/01/01T00:00:01.750| S0|
		      192.0.2.1|   198.51.100.1|    0|  771|  1|         1|        56|        |2024/01/01T00:00:00.500|    0.000|2024/01/01T00:00:00.500| S0|
	EOR
	want=$(lines $tally,sport,dport,flags,end \
	    1704067200.500000,192.0.2.1,198.51.100.1,TCP,10,1040,51000,443,FSPA,1704067201.750000 \
	    1704067200.500000,192.0.2.1,198.51.100.1,ICMP,1,56,,,,1704067200.500000)
	cleaned "$want" rw.txt
	TZ=Europe/Berlin cleaned "$want" rw.txt
	# rwcut --delimited=, --timestamp-format=epoch
	sed 's/ //g; s/|$//; s/|/,/g; s/FSPA/FS PA/;
	    s/2024.01.01T00:00:0\(.\)/170406720\1/g' rw.txt >rw.csv
	cleaned "$want" rw.csv
	# rwcut --timestamp-format=iso, and with zones that others add.
	for form in 's|2024/01/01T|2024-01-01 |g' \
	    's|2024/01/01T00:00:0\([^|]*\)|2024-01-01T01:00:0\1+01:00|g' \
	    's|2024/01/01T\([^|]*\)|2024-01-01T\1Z|g'; do
		sed "$form" rw.txt >zone.txt
		TZ=Europe/Berlin cleaned "$want" zone.txt
	done
}

@test "Suricata's flow records, turned to CSV, have the flow's start" {
	cat >suricata.csv <<-'EOR'
		timestamp,flow_id,event_type,src_ip,src_port,dest_ip,dest_port,proto,app_proto,flow.pkts_toserver,flow.pkts_toclient,flow.bytes_toserver,flow.bytes_toclient,flow.start,flow.end,flow.age
		2024-01-01T00:01:00.000001+0000,1,flow,192.0.2.1,51000,198.51.100.1,443,TCP,tls,10,12,1200,2300,2024-01-01T00:00:00.500000+0000,2024-01-01T00:00:01.750000+0000,1
		2024-01-01T00:01:00.000001+0000,1,flow,192.0.2.1,51001,198.51.100.1,80,TCP,failed,1,0,60,0,2024-01-01T01:00:00.500000+0100,2024-01-01T00:00:01.750000+0000,1
	EOR
	want=$(lines $tally,sport,dport,end \
	    1704067200.500000,192.0.2.1,198.51.100.1,TLS,22,3500,51000,443,1704067201.750000 \
	    1704067200.500000,192.0.2.1,198.51.100.1,TCP,1,60,51001,80,1704067201.750000)
	cleaned "$want" suricata.csv
	# Miller before 6 flattens with colons.
	sed 's/flow\./flow:/g' suricata.csv >colons.csv
	cleaned "$want" colons.csv
}

@test "JSON of Zeek and Suricata is read as the message says" {
	cat >eve.json <<-'EOR'
		{"timestamp":"2024-01-01T00:01:00.1+0000","event_type":"flow","src_ip":"192.0.2.1","src_port":51000,"dest_ip":"198.51.100.1","dest_port":443,"proto":"TCP","app_proto":"tls","flow":{"pkts_toserver":10,"pkts_toclient":12,"bytes_toserver":1200,"bytes_toclient":2300,"start":"2024-01-01T00:00:00.5+0000"}}
		{"timestamp":"2024-01-01T00:01:00.1+0000","event_type":"flow","src_ip":"192.0.2.1","dest_ip":"198.51.100.1","proto":"ICMP","flow":{"pkts_toserver":1,"pkts_toclient":0,"bytes_toserver":98,"bytes_toclient":0,"start":"2024-01-01T00:00:01.5+0000"}}
	EOR
	cat >conn.json <<-'EOR'
		{"ts":1704067200.5,"uid":"C1","id.orig_h":"192.0.2.1","id.orig_p":51000,"id.resp_h":"198.51.100.1","id.resp_p":443,"proto":"tcp","service":"ssl","orig_pkts":10,"orig_ip_bytes":1200,"resp_pkts":12,"resp_ip_bytes":2300}
		{"ts":1704067201.5,"uid":"C2","id.orig_h":"192.0.2.1","id.orig_p":8,"id.resp_h":"198.51.100.1","id.resp_p":0,"proto":"icmp","orig_pkts":1,"orig_ip_bytes":98,"resp_pkts":0,"resp_ip_bytes":0}
	EOR
	for file in eve.json conn.json; do
		runs csvclean $file
		[ "$status" -eq 3 ]
		[[ $stderr == *'mlr --ijson --ocsv unsparsify FILE | csvclean for flows'* ]]
		TZ=UTC mlr --ijson --ocsv unsparsify $file >in.csv
		cleaned "$(lines $tally,sport,dport \
		    1704067200.500000,192.0.2.1,198.51.100.1,TLS,22,3500,51000,443 \
		    1704067201.500000,192.0.2.1,198.51.100.1,ICMP,1,98,,)" in.csv
	done
}

@test "names of IPFIX, NetFlow and cloud providers are known" {
	want=$(lines $tally,sport,dport,end \
	    1704067200.500000,192.0.2.1,198.51.100.1,UDP,3,300,53,1024,1704067201.000000)
	row=192.0.2.1,198.51.100.1,53,1024,17
	lines sourceIPv4Address,destinationIPv4Address,sourceTransportPort,destinationTransportPort,protocolIdentifier,packetDeltaCount,octetDeltaCount,flowStartMilliseconds,flowEndMilliseconds \
	    $row,3,300,1704067200500,1704067201000 >in.csv
	cleaned "$want" in.csv
	lines IPV4_SRC_ADDR,IPV4_DST_ADDR,L4_SRC_PORT,L4_DST_PORT,PROTOCOL,IN_PKTS,IN_BYTES,OUT_PKTS,OUT_BYTES,FIRST_SWITCHED,LAST_SWITCHED \
	    $row,1,100,2,200,1704067200.5,1704067201 >in.csv
	cleaned "$want" in.csv
	lines 'srcaddr dstaddr srcport dstport protocol packets bytes start end action' \
	    '192.0.2.1 198.51.100.1 53 1024 17 3 300 1704067200.5 1704067201 ACCEPT' >in.csv
	cleaned "$want" in.csv
	# A time without a flow is none; one that was not recorded is reported.
	lines 'srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status' \
	    '- - - - - - - 1704067200 1704067260 - NODATA' \
	    '192.0.2.1 198.51.100.1 53 1024 17 3 300 1704067200.5 1704067201 ACCEPT OK' >in.csv
	cleaned "$want" in.csv
	echo '- - - - - - - 1704067260 1704067320 - SKIPDATA' >>in.csv
	runs csvclean in.csv
	[ "$status" -eq 1 ]
	same "$want" "$output"
	same "csvclean: in.csv:4: no proto \"-\", want a protocol's name" "$(head -n 1 <<<"$stderr")"
	lines firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,bps,bpp,flows \
	    '2024-01-01 00:00:00.500,0.500,UDP,192.0.2.1,53,198.51.100.1,1024,3,300,1,1,1' >in.csv
	runs csvclean in.csv
	same "$(lines $tally,end,sport,dport \
	    1704067200.500000,192.0.2.1,198.51.100.1,UDP,3,300,1704067201.000000,53,1024)" "$output"
}

@test "--columns chooses the columns of any table, checked and summed" {
	lines when,from,to,kind,pk_a,pk_b,by,note \
	    1704067200.5,192.0.2.1,198.51.100.1,17,1,2,300,x >in.csv
	cleaned "$(lines $tally,remark \
	    1704067200.500000,192.0.2.1,198.51.100.1,UDP,3,300,x)" \
	    --columns time=when,src=from,dst=to,proto=kind,packets=pk_a,packets=pk_b,bytes=by,remark=note in.csv
	# What is not chosen is known by its name; lengths make packets.
	lines t,src,dst,proto,weight,more 1704067200.5,192.0.2.1,,TCP,60,y >in.csv
	cleaned "$(lines time,src,dst,proto,len,more 1704067200.500000,192.0.2.1,,TCP,60,y)" \
	    --columns time=t,len=weight in.csv
	# A column of a known name gives way to the one chosen.
	lines timestamp,flow.end,src,dst,proto,packets,bytes 1,2,,,TCP,1,60 >in.csv
	cleaned "$(lines $tally 2.000000,,,TCP,1,60)" --columns time=flow.end in.csv
	runs csvclean --columns time=ts in.csv
	[ "$status" -eq 3 ]
	same 'csvclean: in.csv: no column "ts" (--columns) in the header, which has timestamp, flow.end, src, dst, proto, packets, bytes' "$stderr"
	while IFS='|' read -r value message; do
		runs csvclean --columns "$value" in.csv
		[ "$status" -eq 2 ]
		same "csvclean: bad columns$message" "$stderr"
	done <<-'EOR'
		ts| "ts", want NAME=COLUMN such as time=ts
		time=| "time=", want NAME=COLUMN such as time=ts
		=ts| "=ts", want NAME=COLUMN such as time=ts
		time=a,time=b|: time is chosen twice
		time=a,src=a|: column "a" is chosen twice
	EOR
	runs csvclean --columns "$(printf 'packets=%d,' {1..8})packets=9" in.csv
	[ "$status" -eq 2 ]
	same 'csvclean: bad columns: packets is chosen more than 8 times' "$stderr"
	runs csvclean --columns "$(printf 'a=%d,' {1..63})a=64" --columns a=b in.csv
	[ "$status" -eq 2 ]
	same 'csvclean: bad columns "a=b", want at most 64' "$stderr"
}

@test "a flow whose packets or bytes are none is rejected" {
	for bad in x -1 1.5 9223372036854775808 '' nan; do
		lines $tally "1.0,,,TCP,$bad,60" 1.0,,,TCP,19.0,1e3 >in.csv
		runs csvclean in.csv
		[ "$status" -eq 1 ]
		same "$(lines $tally 1.000000,,,TCP,19,1000)" "$output"
		[[ $stderr == *"bad packets or bytes \"$bad\", want 0-9223372036854775807"* ]]
	done
	lines src_ip,dst_ip,in_pkts,out_pkts,in_bytes,out_bytes \
	    ,,9223372036854775807,1,1,1 ,,1,-,1,nan >in.csv
	runs csvclean in.csv
	[ "$status" -eq 1 ]
	same "$(lines src,dst,packets,bytes ,,1,1)" "$output"
}

# cells COLUMN FILE: the cells of a column.
cells() {
	awk -F, -v name="$1" 'NR == 1 { for (i = 1; $i != name;) i++ }
	    { print $i }' "$2"
}

@test "a tally of ours keeps its other columns, its REST and its sums" {
	many 3000 1000 TCP UDP TLS |
	    awk '{ print $0 "," (NR == 1 ? "dport" : NR % 9) }' >rows.csv
	for sums in 'protobw' 'ratebw --bin 60s --by proto' 'toptalk --top 5' \
	    'toptalk --by proto,src --top 5' 'toptalk --by src/24,proto' \
	    'toptalk --by dport --top 5'; do
		# shellcheck disable=SC2086  # its words are options
		$sums rows.csv >tally.csv
		csvclean tally.csv >clean.csv 2>err
		same "" "$(cat err)"
		same "$(head -n 1 tally.csv | tr , '\n' | sort)" \
		    "$(head -n 1 clean.csv | tr , '\n' | sort)"
		for column in $(head -n 1 tally.csv | tr , ' '); do
			same "$(cells "$column" tally.csv)" \
			    "$(cells "$column" clean.csv)"
		done
	done
}
