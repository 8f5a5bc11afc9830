#!/usr/bin/env bats
# pcap2csv: one row for each packet of a capture.
# shellcheck disable=SC2154  # $stderr is set by runs

load helper

header=time,src,dst,proto,len

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
}

# truth N FILE: the Nth column of tshark's truth.
truth() {
	tail -n +2 "$DATA/$2.truth.csv" | cut -d, -f"$1"
}

@test "an empty input is no capture, and other operands are done" {
	runs pcap2csv </dev/null
	[ "$status" -eq 3 ]
	[ "$output" = $header ]
	same 'pcap2csv: stdin: empty, want a pcap or pcapng capture' "$stderr"
	: >empty
	runs pcap2csv empty "$DATA/dns.pcap" nowhere.pcap
	[ "$status" -eq 3 ]
	same "$(pcap2csv "$DATA/dns.pcap")" "$output"
	same "$(lines \
	    'pcap2csv: empty: empty, want a pcap or pcapng capture' \
	    'pcap2csv: nowhere.pcap: No such file or directory')" "$stderr"
}

@test "what is no capture gives the header, one message and status 3" {
	printf '\1\2\3\4 and more' >other
	runs pcap2csv other
	[ "$status" -eq 3 ]
	[ "$output" = $header ]
	same 'pcap2csv: other: not a capture: starts with 01020304, want pcap or '\
'pcapng' "$stderr"
	printf '\377\1' >other
	runs pcap2csv other
	[ "$status" -eq 3 ]
	same 'pcap2csv: other: not a capture: starts with ff01, want pcap or '\
'pcapng' "$stderr"
}

@test "archives and captures of other formats are named, with a way on" {
	cp "$DATA/dns.pcap" a.pcap
	tar -czf packed.tgz a.pcap
	runs pcap2csv packed.tgz
	[ "$status" -eq 3 ]
	[ "$output" = $header ]
	same 'pcap2csv: packed.tgz: a tar archive, want pcap or pcapng: '\
'tar -xOf packed.tgz | pcap2csv' "$stderr"
	# The command does it, for several captures in the archive too.
	cp "$DATA/vlan.pcap" b.pcap
	tar -cf packed.tar a.pcap b.pcap
	same "$(pcap2csv a.pcap b.pcap)" "$(tar -xOf packed.tar | pcap2csv)"
	printf 'snoop\0\0\0\0\0\0\2\0\0\0\4' >'a snoop'
	runs pcap2csv 'a snoop'
	[ "$status" -eq 3 ]
	same 'pcap2csv: a snoop: a capture of snoop, want pcap or pcapng: '\
'editcap -F pcapng FILE - | pcap2csv' "$stderr"
}

@test "given CSV it says what reads that" {
	echo $header >rows.csv
	runs pcap2csv rows.csv
	[ "$status" -eq 3 ]
	[ "$output" = $header ]
	same 'pcap2csv: rows.csv: not a capture but text, want pcap or pcapng '\
'(for CSV use csvclean)' "$stderr"
}

@test "a capture without packets is a header, status 0" {
	head -c 24 "$DATA/tls.pcap" >none.pcap
	runs pcap2csv none.pcap
	[ "$status" -eq 0 ]
	[ "$output" = $header ]
	[ "$stderr" = "" ]
}

@test "a capture cut anywhere gives the rows before, and says where" {
	# The file's header and one record's, then a part of the packet.
	head -c 60 "$DATA/tls.pcap" >cut.pcap
	runs pcap2csv cut.pcap
	[ "$status" -eq 1 ]
	[ "$output" = $header ]
	caplen=$(od -An -tu4 -j 32 -N 4 "$DATA/tls.pcap" | tr -d ' ')
	same "pcap2csv: cut.pcap: offset 24: packet cut short: 20 bytes, want \
$caplen" "$stderr"
	size=$(($(wc -c <"$DATA/tls.pcap") - 1))
	head -c $size "$DATA/tls.pcap" >cut.pcap
	runs pcap2csv cut.pcap
	[ "$status" -eq 1 ]
	same "$(pcap2csv "$DATA/tls.pcap" | sed '$d')" "$output"
}

@test "every cut of a capture gives the packets that are whole" {
	local n end=24 ends=() size rows whole all

	all=$(pcap2csv --no-header "$DATA/dns.pcap")
	# Where its first packets end, by the lengths in their headers.
	while [ ${#ends[@]} -lt 4 ]; do
		end=$((end + 16 + $(od -An -tu4 -j $((end + 8)) -N 4 \
		    "$DATA/dns.pcap")))
		ends+=("$end")
	done
	size=${ends[3]}
	for ((n = 25; n <= size; n += 9)); do
		head -c "$n" "$DATA/dns.pcap" >cut.pcap
		rows=0 whole=24
		for end in "${ends[@]}"; do
			[ "$end" -gt "$n" ] || rows=$((rows + 1)) whole=$end
		done
		runs pcap2csv --no-header cut.pcap
		[ "$status" -eq $((n > whole)) ]
		same "$(head -n "$rows" <<<"$all")" "$output"
		[ "$n" -eq "$whole" ] ||
		    [[ $stderr == "pcap2csv: cut.pcap: offset $whole: "* ]]
	done
}

@test "a packet longer than any is damage, not memory" {
	head -c 24 "$DATA/dns.pcap" >long.pcap
	# One of 2^30 bytes captured; the file is little-endian.
	printf '\1\0\0\0\0\0\0\0\0\0\0\100\52\0\0\0' >>long.pcap
	head -c 100 /dev/zero >>long.pcap
	runs pcap2csv long.pcap
	[ "$status" -eq 1 ]
	[ "$output" = $header ]
	same 'pcap2csv: long.pcap: offset 24: bad record: 1073741824 bytes '\
'captured, want at most 134217728' "$stderr"
}

@test "several files make one table with one header" {
	runs pcap2csv "$DATA/dns.pcap" "$DATA/http.pcapng"
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines $header; truth 6 dns.pcap; truth 6 http.pcapng)" \
	    "$(lines "${lines[0]}"; lines "${lines[@]:1}" | cut -d, -f5)"
}

@test "standard input is read, also in the place of -" {
	runs pcap2csv - "$DATA/dns.pcap" <"$DATA/vlan.pcap"
	[ "$status" -eq 0 ]
	same "$output" "$(pcap2csv "$DATA/vlan.pcap" "$DATA/dns.pcap")"
	same "$(pcap2csv "$DATA/vlan.pcap")" "$(pcap2csv <"$DATA/vlan.pcap")"
}

@test "captures joined end to end are read as one after the other" {
	local files=("$DATA"/{dns.pcap,http.pcapng,dns-bigendian.pcap,vlan.pcap})

	cat "${files[@]}" "${files[0]}" >joined
	runs pcap2csv joined
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(pcap2csv "${files[@]}" "${files[0]}")" "$output"
	# zcat *.pcap.gz | pcap2csv, and the packed files themselves joined.
	gzip -c "${files[0]}" >one.gz
	gzip -c "${files[3]}" >two.gz
	same "$(pcap2csv "${files[0]}" "${files[3]}")" \
	    "$(zcat one.gz two.gz | pcap2csv)"
	same "$(pcap2csv "${files[0]}" "${files[3]}")" \
	    "$(cat one.gz two.gz | pcap2csv)"
}

@test "a capture joined to one that was cut short is read" {
	head -c -5 "$DATA/dns.pcap" | cat - "$DATA/vlan.pcap" >joined
	runs pcap2csv joined
	[ "$status" -eq 1 ]
	same "$(pcap2csv "$DATA/dns.pcap" | sed '$d'
	    pcap2csv --no-header "$DATA/vlan.pcap")" "$output"
	[[ $stderr == *"another capture starts at offset $((
	    $(wc -c <"$DATA/dns.pcap") - 5))" ]]
}

@test "zeros after the last packet are damage, not packets" {
	local file

	for file in dns.pcap http.pcapng; do
		{ cat "$DATA/$file"; head -c 4096 /dev/zero; } >zeros
		runs pcap2csv zeros
		[ "$status" -eq 1 ]
		same "$(pcap2csv "$DATA/$file")" "$output"
		same "pcap2csv: zeros: offset $(wc -c <"$DATA/$file"): zeros \
instead of a packet, as a killed writer or a power failure leaves them" \
		    "$stderr"
	done
}

@test "a fraction of a second or more is reported, and cut" {
	# Two packets without bytes of 66, at 1704067200 s and these units.
	odd() {
		printf '%b\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\1\0\0\0' "$1"
		printf '\200\0\222\145%b\0\0\0\0\102\0\0\0' "$2" "$3"
	}
	# Nanoseconds, 123456789, and 2^32 - 1, in a file of microseconds.
	odd '\324\303\262\241' '\25\315\133\7' '\377\377\377\377' >us
	runs pcap2csv us
	[ "$status" -eq 1 ]
	same "$(lines $header 1704067200.000000,,,ETH,66 \
	    1704067200.000000,,,ETH,66)" "$output"
	same 'pcap2csv: us: offset 24: bad microseconds 123456789, want '\
'0-999999 (2 in all; times cut to the second)' "$stderr"
	# The first of them is one of nanoseconds.
	odd '\115\074\262\241' '\25\315\133\7' '\0\312\232\73' >ns
	runs pcap2csv --digits 9 --no-header ns
	[ "$status" -eq 1 ]
	same "$(lines 1704067200.123456789,,,ETH,66 \
	    1704067200.000000000,,,ETH,66)" "$output"
	same 'pcap2csv: ns: offset 40: bad nanoseconds 1000000000, want '\
'0-999999999 (1 in all; times cut to the second)' "$stderr"
}

@test "compressed captures are read, whatever their names" {
	local program

	for program in gzip zstd xz bzip2 lz4; do
		"$program" -c <"$DATA/tls.pcap" >packed
		runs pcap2csv packed
		[ "$status" -eq 0 ]
		[ "$stderr" = "" ]
		same "$(pcap2csv "$DATA/tls.pcap")" "$output"
	done
}

@test "a compressed capture that is cut gives its rows and status 1" {
	gzip -c <"$DATA/tls.pcap" | head -c 2000 >packed
	runs pcap2csv packed
	[ "$status" -eq 1 ]
	[ "$(wc -l <<<"$output")" -gt 3 ]
	[[ $stderr == *"pcap2csv: packed: gzip: failed with status 1"* ]]
	gzip -c <"$DATA/tls.pcap" | head -c 12 >packed
	runs pcap2csv packed
	[ "$status" -eq 3 ]
	same "time,src,dst,proto,len" "$output"
}

@test "--count ends after so many rows, of all files together" {
	runs pcap2csv -c 3 "$DATA/tls.pcap"
	[ "$status" -eq 0 ]
	same "$(pcap2csv "$DATA/tls.pcap" | head -n 4)" "$output"
	n=$(truth 1 dns.pcap | wc -l)
	runs pcap2csv --count $((n + 1)) "$DATA/dns.pcap" "$DATA/tls.pcap"
	same "$(truth 6 dns.pcap; truth 6 tls.pcap | head -n 1)" \
	    "$(lines "${lines[@]:1}" | cut -d, -f5)"
	runs pcap2csv -c 0 "$DATA/tls.pcap"
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	[[ $stderr == 'pcap2csv: bad count "0", want 1-'* ]]
}

@test "--filter reads what passes, and refuses what libpcap does" {
	runs pcap2csv --filter 'udp port 53' "$DATA/dns.pcap"
	[ "$status" -eq 0 ]
	same "$(pcap2csv -e sport,dport,ip_proto "$DATA/dns.pcap" |
	    awk -F, '$8 == 17 && ($6 == 53 || $7 == 53)' | wc -l)" \
	    $((${#lines[@]} - 1))
	runs pcap2csv -f 'ether proto 0x0806' "$DATA/lan.pcap"
	same "$(truth 5 lan.pcap | grep -c '^ARP$')" $((${#lines[@]} - 1))
	runs pcap2csv -f 'no such thing' "$DATA/dns.pcap"
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	[ "$stderr" != "" ]
}

@test "libpcap is loaded for a filter, and not to read a file" {
	local library=libpcap.so

	runs env LD_DEBUG=files pcap2csv "$DATA/dns.pcap"
	[ "$status" -eq 0 ]
	[[ $stderr != *"$library"* ]]
	runs env LD_DEBUG=files pcap2csv -f tcp "$DATA/dns.pcap"
	[ "$status" -eq 0 ]
	[[ $stderr == *"$library"* ]]
	: > "$BATS_TEST_TMPDIR/$library.0.8"
	: > "$BATS_TEST_TMPDIR/$library.1"
	runs env LD_LIBRARY_PATH="$BATS_TEST_TMPDIR" pcap2csv -f tcp \
	    "$DATA/dns.pcap"
	[ "$status" -eq 3 ]
	[ "$output" = "" ]
	[[ $stderr == "pcap2csv: $BATS_TEST_TMPDIR/$library".*': file too short' ]]
}

@test "--filter says what to write instead of a protocol's name" {
	local filter

	for filter in dns 'host 192.0.2.1 and DNS'; do
		runs pcap2csv -f "$filter" "$DATA/dns.pcap"
		[ "$status" -eq 2 ]
		[[ $stderr == "pcap2csv: bad filter \"$filter\": "*'; for the '\
'protocol: pcap2csv FILE | csvclean -p DNS, or -f "port 53"' ]]
	done
	for filter in 'ip.addr == 192.0.2.1' 'tls.handshake'; do
		runs pcap2csv -f "$filter" "$DATA/dns.pcap"
		[ "$status" -eq 2 ]
		[[ $stderr == *'; display filters of Wireshark are others, '\
'want one of pcap-filter(7) such as "host 192.0.2.1 and port 443"' ]]
	done
	runs pcap2csv -f 'tcp or' "$DATA/dns.pcap"
	[ "$status" -eq 2 ]
	[[ $stderr != *';'* ]]
}

@test "--filter that means nothing to a link type is a failure" {
	runs pcap2csv -f 'ether host 02:00:00:00:00:01' "$DATA/two-links.pcapng"
	[ "$status" -eq 3 ]
	[[ $stderr == 'pcap2csv: filter "ether host 02:00:00:00:00:01" passes '\
'no packet of link type 101: '* ]]
	[ "${#stderr_lines[@]}" -eq 1 ]
}

@test "--filter is compiled for each link type of a capture" {
	local file=$DATA/two-links.pcapng fields=linktype,outer_src,outer_dst

	# Ethernet carries a tunnel, and raw IP what is in it.
	runs pcap2csv --no-header -e $fields \
	    -f 'ip src host 192.0.2.15 or ip dst host 10.0.1.5' "$file"
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(pcap2csv -e $fields "$file" | awk -F, '$4 != "ARP" &&
	    ($7 == "192.0.2.15" || $8 == "10.0.1.5")')" "$output"
	same "1 101" "$(cut -d, -f6 <<<"$output" | sort -un | paste -sd ' ')"
}

@test "--fields adds columns, of which --list-fields has all" {
	local field

	runs pcap2csv --fields sport,dport,flags "$DATA/tls.pcap"
	[ "$status" -eq 0 ]
	same $header,sport,dport,flags "${lines[0]}"
	# The first packet of a connection asks for it.
	[[ ${lines[1]} =~ ,[0-9]+,[0-9]+,S$ ]]
	for field in $(pcap2csv --list-fields | awk '{ print $1 }'); do
		runs pcap2csv -e "$field" "$DATA/vlan.pcap"
		[ "$status" -eq 0 ]
		[[ ,${lines[0]}, == *,"$field",* ]]
	done
	runs pcap2csv -e nonsense "$DATA/tls.pcap"
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	[[ $stderr == *'"nonsense"'* ]]
}

@test "the field service is the port that a SYN went to" {
	runs pcap2csv -e sport,dport,flags,service "$DATA/http.pcapng"
	[ "$status" -eq 0 ]
	same "$(awk -F, 'NR > 1 { k = $6 < $7 ? $6 " " $7 : $7 " " $6
	    if ($8 == "S") s[k] = $7; print s[k] }' <<<"$output")" \
	    "$(sed 1d <<<"$output" | cut -d, -f9)"
	[ "$(cut -d, -f9 <<<"$output" | sort -u | wc -l)" -gt 2 ]
}
@test "the field gap is the time since the row before" {
	# Of all packets, over files, and of those that a filter passes.
	for filter in '' 'udp port 53'; do
		runs pcap2csv --no-header -e gap -f "$filter" \
		    "$DATA/dns.pcap" "$DATA/tls.pcap"
		[ "$status" -eq 0 ]
		same "$(awk -F, 'NR > 1 { printf "%.4f\n", $1 - last }
		    { last = $1 }' <<<"$output")" \
		    "$(awk -F, 'NR > 1 { printf "%.4f\n", $6 }' <<<"$output")"
		[[ ${lines[0]} == *, ]]
	done
	runs pcap2csv --digits 9 -e gap "$DATA/dns.pcap"
	[[ ${lines[2]} =~ ,[0-9]+\.[0-9]{9}$ ]]
}
@test "--fields ids are the fields that the rules need" {
	runs pcap2csv --fields ids,ttl "$DATA/dns.pcap"
	[ "$status" -eq 0 ]
	same $header,sport,dport,flags,icmp_type,ttl "${lines[0]}"
}

@test "the ICMP type is the one that a filter finds" {
	local number all=0 n

	for number in 0 3 8; do
		runs pcap2csv --no-header -e icmp_type -f "icmp[0] = $number" \
		    "$DATA/demo.pcapng"
		same "$number" "$(cut -d, -f6 <<<"$output" | sort -u)"
		n=$(grep -c . <<<"$output")
		all=$((all + n))
	done
	same $all "$(pcap2csv --no-header -e icmp_type -f icmp \
	    "$DATA/demo.pcapng" | grep -c ',[038]$')"
	same "" "$(pcap2csv --no-header -e icmp_type -f 'not icmp and not ip6' \
	    "$DATA/demo.pcapng" | cut -d, -f6 | grep .)"
}

@test "--digits cuts the second's fraction, and never rounds" {
	local n

	for n in 1 3 6 9; do
		runs pcap2csv --no-header --digits $n "$DATA/dns.pcap"
		same "$(truth 2 dns.pcap | sed -E "s/(\\.[0-9]{$n}).*/\\1/")" \
		    "$(cut -d, -f1 <<<"$output")"
	done
	runs pcap2csv --digits 10 "$DATA/dns.pcap"
	[ "$status" -eq 2 ]
	same 'pcap2csv: bad digits "10", want 0-9' "$stderr"
}

@test "--time writes ISO 8601 in UTC, and a sheet's date in TZ" {
	local s

	s=$(truth 2 dns.pcap | head -n 1)
	runs env TZ=EST5EDT pcap2csv -c 1 --no-header -t iso "$DATA/dns.pcap"
	same "$(date -u -d "@${s%.*}" +%Y-%m-%dT%H:%M:%S).${s:11:6}Z" \
	    "${output%%,*}"
	runs env TZ=EST5EDT pcap2csv -c 1 --no-header --time sheet \
	    "$DATA/dns.pcap"
	[[ $output == "$(TZ=EST5EDT date -d "@${s%.*}" \
	    '+%Y-%m-%d %H:%M:%S')"* ]]
	runs pcap2csv -t stardate "$DATA/dns.pcap"
	[ "$status" -eq 2 ]
	[[ $stderr == 'pcap2csv: bad time format "stardate", want '* ]]
}

@test "a second's fraction is a point in every locale and zone" {
	same "$(pcap2csv "$DATA/dns.pcap")" \
	    "$(LC_ALL=de_DE.UTF-8 TZ=Asia/Kathmandu pcap2csv "$DATA/dns.pcap")"
}

@test "--no-header writes rows only" {
	runs pcap2csv --no-header "$DATA/tls.pcap"
	same "$(pcap2csv "$DATA/tls.pcap" | tail -n +2)" "$output"
}

@test "--sensor adds its name to each row, guarded" {
	runs pcap2csv --sensor dmz "$DATA/dns.pcap"
	same "$(pcap2csv "$DATA/dns.pcap" |
	    sed '1s/$/,sensor/; 2,$s/$/,dmz/')" "$output"
	runs pcap2csv -c 1 --sensor '=a,b' "$DATA/dns.pcap"
	[[ ${lines[1]} == *",\"'=a,b\"" ]]
}

@test "--verbose counts packets on standard error" {
	n=$(truth 1 dns.pcap | wc -l)
	runs pcap2csv -v "$DATA/dns.pcap"
	[ "$status" -eq 0 ]
	same "$(lines "pcap2csv: $DATA/dns.pcap: $n packets" \
	    "pcap2csv: $n packets in all" \
	    'pcap2csv: 0 connections forgotten')" "$stderr"
}

# number BYTES N: N in that many bytes, the highest first.
number() {
	local hex

	printf -v hex "%0$((2 * $1))x" "$2"
	while [ -n "$hex" ]; do
		printf '%b' "\\x${hex:0:2}"
		hex=${hex:2}
	done
}

# segment SPORT DPORT FLAGS PAYLOAD: a record of IPv4 and TCP for a big-endian
# capture of raw IP.  The payload is printf's, one byte a character.
segment() {
	local n

	n=$((40 + $(printf '%b' "$4" | wc -c)))
	number 8 0
	number 4 $n
	number 4 $n
	printf 'E\0'
	number 2 $n
	printf '\0\0\0\0\100\6\0\0\300\0\2\1\306\63\144\2'
	number 2 "$1"
	number 2 "$2"
	printf '\0\0\0\1\0\0\0\0\120'
	number 1 "$3"
	printf '\377\377\0\0\0\0%b' "$4"
}

# connections PORT PAYLOAD...: a SYN and a payload of one connection each.  bats
# does not trace it, which takes half of the time.
connections() {
	local - payload i=50000

	set +T
	printf '\xa1\xb2\xc3\xd4\0\2\0\4\0\0\0\0\0\0\0\0\0\4\0\0\0\0\0\x65'
	for payload in "${@:2}"; do
		segment $i "$1" 2 ''
		segment $i "$1" 24 "$payload"
		i=$((i + 1))
	done
}

@test "what the payload shows comes before the port" {
	local port

	for port in 443 465 853 993 3306 3389 2222; do
		connections $port 'GET / HTTP/1.1\r\nHost: a\r\n\r\n' \
		    'SSH-2.0-OpenSSH_9.2\r\n' \
		    '\x13BitTorrent protocol\0\0\0\0\0\0\0\0' \
		    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' \
		    '\1\2\3\4\5\6\7\1' >port.pcap
		runs pcap2csv --no-header port.pcap
		[ "$status" -eq 0 ]
		same "$port TCP HTTP TCP SSH TCP BITTORRENT TCP HTTP2 TCP TCP" \
		    "$port $(cut -d, -f4 <<<"$output" | paste -sd ' ')"
	done
}

@test "--flows bounds the connections remembered" {
	runs pcap2csv --flows 1 "$DATA/demo.pcapng"
	[ "$status" -eq 0 ]
	# Names may fall back to the transport's; rows and bytes stay.
	same "$(truth 6 demo.pcapng)" \
	    "$(lines "${lines[@]:1}" | cut -d, -f5)"
}

@test "a full disk is an error" {
	# shellcheck disable=SC2016  # expanded by the inner shell
	runs bash -c 'pcap2csv "$1" >/dev/full' - "$DATA/tls.pcap"
	[ "$status" -eq 3 ]
	same 'pcap2csv: stdout: write: No space left on device' "$stderr"
}

@test "a closed pipe ends it as SIGPIPE does, even if no packet comes" {
	mkfifo in
	exec 9<>in
	# shellcheck disable=SC2016  # expanded by the inner shell
	runs timeout 120 bash -c 'pcap2csv <in | true; echo "${PIPESTATUS[0]}"'
	exec 9>&-
	[ "$output" = 141 ]
	[ "$stderr" = "" ]
}

# growing: runs pcap2csv in the background on fifo in, which fd 9 writes, and
# waits for the row of the capture's first packet.
growing() {
	first=$((24 + 16 + $(od -An -tu4 -j 32 -N 4 "$DATA/tls.pcap")))
	mkfifo in
	pcap2csv <in >out 2>err &
	pid=$!
	exec 9>in
	head -c $first "$DATA/tls.pcap" >&9
	until_true has_lines 2
}

# has_lines N: whether N lines are out.
has_lines() {
	[ "$(wc -l <out)" -ge "$1" ]
}

@test "a row is out before the next packet comes, and ^C ends nothing" {
	growing
	kill -INT $pid
	tail -c +$((first + 1)) "$DATA/tls.pcap" >&9
	exec 9>&-
	wait $pid
	same "$(pcap2csv "$DATA/tls.pcap")" "$(cat out)"
	[ ! -s err ]
}

@test "SIGTERM makes it write what it has, status 0" {
	growing
	kill -TERM $pid
	wait $pid
	exec 9>&-
	same "$(pcap2csv -c 1 "$DATA/tls.pcap")" "$(cat out)"
	[ ! -s err ]
}

@test "its usage is on stdout when asked, on stderr when wrong" {
	runs pcap2csv --help
	[ "$status" -eq 0 ]
	[[ $output == 'usage: pcap2csv '* ]]
	[ "$stderr" = "" ]
	runs pcap2csv --nonsense
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	[[ $stderr == *'usage: pcap2csv '* ]]
	runs pcap2csv --version
	[[ $output == 'pcap2csv (pktpipe) '[0-9]* ]]
	[ "$status" -eq 0 ]
	runs script -qec pcap2csv /dev/null
	[ "$status" -eq 2 ]
	[[ $output == 'usage: pcap2csv '* ]]
}
