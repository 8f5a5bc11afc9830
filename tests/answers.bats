#!/usr/bin/env bats
# answers: those of other programs, at length; not repeated under sanitizers.
# shellcheck disable=SC2154  # $stderr is set by runs

load helper

# asked CAPTURE: what tshark says of it, once for all tests: the fields of each
# packet, then the conversations.
asked() {
	tshark -n -r "$1" -T fields -E separator=, -E aggregator=';' \
	    -e frame.time_epoch -e tcp.stream -e tcp.srcport -e tcp.dstport \
	    -e tcp.flags.syn -e tcp.flags.ack -e frame.time_delta \
	    -z conv,tcp -z conv,udp 2>/dev/null
}

setup_file() {
	local capture

	for capture in "$DATA"/*.pcap "$DATA"/*.pcapng; do
		asked "$capture" >"$BATS_FILE_TMPDIR/${capture##*/}"
	done
}

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
}

@test "10,000 random addresses have the labels that python3's ipaddress finds" {
	cat >table.py <<'PY'
import ipaddress, random
random.seed(7)
def address(six):
	if six:
		return ipaddress.IPv6Address((0x20010db8 << 96) +
		    (random.getrandbits(6) << 90) + random.getrandbits(90))
	return ipaddress.IPv4Address((10 << 24) + random.getrandbits(24))
nets = {}
def put(n, label):
	nets[n.version, n.prefixlen, int(n.network_address) >>
	    (n.max_prefixlen - n.prefixlen)] = label
with open('nets.csv', 'w') as f, open('ranges.csv', 'w') as g:
	print('net,label', file=f)
	print('start,label,end', file=g)
	for i in range(3000):
		a = address(i % 2)
		bits = random.randint(6, 32) if i % 2 == 0 else \
		    random.randint(30, 128)
		n = ipaddress.ip_network((a, bits), strict=False)
		print(n, 'n%d' % i, sep=',', file=f)
		put(n, 'n%d' % i)
	for i in range(300):
		a, b = sorted((address(i % 2), address(i % 2)))
		print(a, 'r%d' % i, b, sep=',', file=g)
		for n in ipaddress.summarize_address_range(a, b):
			put(n, 'r%d' % i)
def find(a):
	for bits in range(a.max_prefixlen, -1, -1):
		rest = a.max_prefixlen - bits
		key = a.version, bits, int(a) >> rest
		if key in nets:
			return nets[key]
	return ''
with open('in.csv', 'w') as f, open('want.csv', 'w') as g:
	print('src', file=f)
	print('src,src_label', file=g)
	for i in range(10000):
		a = address(i % 2)
		print(a, file=f)
		print(a, find(a), sep=',', file=g)
PY
	python3 table.py
	iplabel --table nets.csv --table ranges.csv in.csv >got.csv 2>err
	cmp want.csv got.csv
	[ "$(grep -c ',[nr]' got.csv)" -gt 5000 ]
}

@test "a real database of countries gives what mmdblookup prints, 500 times" {
	geo=${PKTPIPE_GEO:-${XDG_DATA_HOME:-$HOME/.local/share}/pktpipe}
	db=$geo/geo-whois-asn-country.mmdb
	python3 - >in.csv <<'PY'
import ipaddress, random
random.seed(11)
print('src')
for i in range(500):
	print(ipaddress.IPv4Address(random.getrandbits(32)) if i % 2 else
	    ipaddress.IPv6Address((0x2a << 120) + random.getrandbits(120) if
	    i % 4 else (0x2001 << 112) + random.getrandbits(112)))
PY
	runs iplabel --mmdb "$db" in.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	# What it prints of an address without an entry has no country.
	tail -n +2 in.csv | while read -r address; do
		echo "= $address"
		mmdblookup -f "$db" -i "$address" country_code 2>&1 || :
	done | awk '/^= / { if (a != "") print a "," c; a = $2; c = "" }
	    match($0, /"[A-Z][A-Z]"/) { c = substr($0, RSTART + 1, 2) }
	    END { print a "," c }' >want
	cmp want <(lines "$output" | tail -n +2)
	[ "$(grep -c ',[A-Z]' want)" -gt 100 ]
}

@test "connections are those of tshark's conversations" {
	local capture n=0 fields=ip_proto,sport,dport,flags

	for capture in "$DATA"/*.pcap "$DATA"/*.pcapng; do
		pcap2csv --digits 9 -e "$fields" "$capture" |
		    flowbw --idle 366d --active 366d |
		    "$ROOT/tests/conversations" \
			"$BATS_FILE_TMPDIR/${capture##*/}" >got
		# tshark leaves out two ACKs whose options are cut off.
		[ "${capture##*/}" != demo.pcapng ] ||
		    sed -i '/^tcp .*:60556 got/d' got
		[ "$(wc -l <got)" -eq 1 ] || { cat got; false; }
		n=$((n + $(cut -d ' ' -f1 got)))
	done
	[ "$n" -gt 500 ]
}

@test "service and gap are what tshark's SYNs and frame.time_delta say" {
	# Also where the port that listens is the higher one.
	python3 -c 'import sys; sys.stdout.buffer.write(open(sys.argv[1],
	    "rb").read().replace(b"\x01\xbb", b"\xfd\xe8"))' \
	    "$DATA/tls.pcap" >high.pcap
	asked high.pcap >"$BATS_FILE_TMPDIR/high.pcap"
	for f in "$DATA"/*.pcap "$DATA"/*.pcapng high.pcap; do
		sed -n '/^=====/q; s/^[^,]*,//p' \
		    "$BATS_FILE_TMPDIR/${f##*/}" |
		    paste -d, - <(pcap2csv --no-header --digits 9 \
		    -e sport,dport,service,gap "$f") |
		    awk -F, -v dynamic=49152 '
		    function is(flag) { return flag == 1 || flag == "True" }
		    # Of a frame with one segment that both have found.
		    $1 != "" && $1 !~ /;/ && $12 == $2 && $13 == $3 {
			if (is($4) && !is($5)) server[$1] = $3
			else if (is($4) && !($1 in server)) server[$1] = $2
			want = $2 < $3 ? $2 : $3
			if (want >= dynamic) want = ""
			if ($1 in server) want = server[$1]
			bad += want != $14
			n++
		    }
		    NR > 1 && $6 != $15 { bad++ }
		    END { exit bad || n < 18 }' || { echo "$f"; return 1; }
	done
	same "$(pcap2csv -e service "$DATA/tls.pcap" | sed 's/,443$/,65000/')" \
	    "$(pcap2csv -e service high.pcap)"
	# Without a SYN it is the lower port, of 48916 and 65000.
	same 48916 "$(pcap2csv --no-header -e service \
	    -f 'tcp port 48916 and tcp[tcpflags] & tcp-syn = 0' high.pcap |
	    cut -d, -f6 | sort -u)"
}

@test "a table split in any way has the sums of the whole" {
	local program i

	many 3000 100 TLS DNS UDP >rows.csv
	for program in protobw 'toptalk -k src,dst' 'ratebw --by proto'; do
		# In parts of random rows, each with the header.
		awk -v seed="$RANDOM" 'BEGIN { srand(seed) }
		    NR == 1 { for (i = 0; i < 7; i++)
			print >("part." i)
		    next }
		    { print >("part." int(rand() * 7)) }' rows.csv
		for i in {0..6}; do
			# shellcheck disable=SC2086  # its words
			$program part.$i >sums.$i
		done
		# shellcheck disable=SC2086  # its words
		same "$($program rows.csv)" "$($program sums.?)"
	done
}

# odd SEED N: a table of N rows whose cells are often bad, or good in another
# form.
odd() {
	python3 - "$@" <<'PY'
import csv, random, sys
dice = random.Random(int(sys.argv[1]))
addresses = ("10.0.0.1", "10.0.0.2", "2001:DB8::0:1", "::ffff:10.0.0.3", "",
    "00:00:5e:00:53:01", "10.0.0.300", "fe80::1%eth0", " 10.0.0.4 ")
columns = {"time": ("1704067200", "1704067201.25", "2024-01-01 00:00:02", "",
    "-5.5", "2024-01-01T00:00:03.123456789Z", "noon", "1.7040672e9",
    "9223372036.854775807", "99999999999"),
    "src": addresses, "dst": addresses,
    "proto": ("tls", "TLSv1.3", "HTTP/JSON", "dns", "moon", "", "=TCP"),
    "len": ("60", "60.0", "1,500", "1e3", "-1", "x", "4294967295", "0x40"),
    "sport": ("", "53", "070"), "dport": ("", "443", "0"),
    "flags": ("S", "SA", "0x012", ""),
    "note": ("a,b", 'say "x"', "=1+1", "two\nlines", "")}
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(columns)
for _ in range(int(sys.argv[2])):
	out.writerow(dice.choice(cells) if dice.random() < .4 else cells[0]
	    for cells in columns.values())
PY
}

@test "what csvclean has written it copies, and all others take" {
	local table program

	many 500 >ours.csv
	odd 3 3000 >odd.csv
	for table in ours.csv odd.csv "$DATA"/*.csv; do
		csvclean "$table" >once 2>/dev/null || [ $? -eq 1 ] || continue
		same "$(cat once)" "$(csvclean once 2>&1)"
	done
	csvclean odd.csv >once 2>err || [ $? -eq 1 ]
	[ "$(csvclean --no-header once | protobw --no-header | awk -F, \
	    '{ n += $2 } END { print n }')" -gt 500 ]
	for program in protobw 'toptalk -k src,dport' 'ratebw --by proto' \
	    flowbw 'ipflag --set home --tag' 'rowpick len>=0' \
	    'iplabel --local 10.0.0.0/8' 'rateflag --scores' \
	    'rateflag --beacon' 'liveplot --replay --rows'; do
		# shellcheck disable=SC2086  # its words
		$program once >out 2>err || [ $? -eq 1 ]
		same "" "$(grep -E '^[a-z]*: once:[0-9]+:' err)"
	done
}

@test "rowpick picks the rows that a slow reading of random conditions picks" {
	runs "$ROOT/tests/conditions.py" 1 100
	[ "$status" -eq 0 ]
	[[ $output = "100 "[89]? ]]
}

# alerts RULE: those of ipflag of ./rows.csv, as tests/rules.py writes them.
alerts() {
	ipflag --rules <(echo "rule r $1") rows.csv | awk -F, 'NR > 1 {
	    print $10 "," $1 "," $4 "," $5 }
	    $10 == "start" { print "value," $1 "," $4 "," $5 "," $7 }'
}

@test "ipflag's alerts of packets, tallies and flows are those of a search" {
	local late rule

	for late in 0 1; do
		"$ROOT/tests/rules.py" make 3$late 1000 $late >rows.csv
		while read -r rule; do
			alerts "$rule" | sort >got
			"$ROOT/tests/rules.py" alerts "$rule" <rows.csv |
			    sort >want
			same "$(grep -v ^value want)" "$(grep -v ^value got)"
			[ "$(grep -c ^start got)" -gt 5 ]
			# Of late rows, an incident may begin before another.
			[ $late -eq 1 ] || same "" "$(comm -23 want got)"
		done <<-'EOF'
			track=by_src packets=9 seconds=1 cooldown=0
			track=by_both packets=6 seconds=2 cooldown=5
			track=by_dst unique=src packets=2 seconds=0.5 cooldown=4
			track=by_src_dport unique=dst packets=2 seconds=3 cooldown=0
			track=by_src bytes=9000 seconds=2 cooldown=0
			track=by_rule bytes=15000 seconds=1 cooldown=3
			flags=S answered=no track=by_src unique=dport packets=2 seconds=3 cooldown=0
			flags=S answered=no track=by_both packets=4 seconds=3 cooldown=2
			flags=S answered=no track=by_dst_dport unique=sport packets=1 seconds=2 cooldown=1
		EOF
	done
}

@test "rules of random keys tell the same of a file and its parts, with --state" {
	local seed rule rules=0 starts=0

	for seed in 1 2 3; do
		: >r.rules
		while read -r rule; do
			cp r.rules more.rules
			echo "$rule" >>more.rules
			if ipflag --check --rules more.rules 2>/dev/null; then
				cp more.rules r.rules
			fi
		done < <("$ROOT/tests/rules.py" rules $seed 16)
		rules=$((rules + $(wc -l <r.rules)))
		"$ROOT/tests/rules.py" make 4$seed 600 1 >rows.csv
		rm -f part* one many
		awk '/time,/ && tables++ % 3 == 0 { part++ }
		    { print >("part" 100 + part) }' rows.csv
		same "$(ipflag --rules r.rules rows.csv)" \
		    "$(ipflag --rules r.rules part*)"
		ipflag --rules r.rules --state one --no-header rows.csv >want
		for part in part*; do
			ipflag --rules r.rules --state many --no-header "$part"
		done >got
		cmp want got
		starts=$((starts + $(grep -c ,start, want)))
	done
	[ "$rules" -gt 15 ]
	[ "$starts" -gt 100 ]
}

# scattered SEED: the rows on standard input, up to a second late.
scattered() {
	python3 -c 'import random, sys
dice = random.Random(int(sys.argv[1]))
print(next(sys.stdin), end="")
rows = [(float(row.split(",")[0]) + dice.random() * .99, row)
        for row in sys.stdin]
print("".join(row for _, row in sorted(rows)), end="")' "$1"
}

@test "packets, tallies and flows in any mixture and order have the same sums" {
	local program

	"$ROOT/tests/flows.py" make 5 3000 | grep -v '^,' >p.csv
	# A part as it is, one summed by key and bin, one as flows.
	awk -v seed=5 'BEGIN { srand(seed) }
	    NR == 1 { for (i = 0; i < 3; i++) print >("part." i); next }
	    { print >("part." int(rand() * 3)) }' p.csv
	mv part.0 mixed.0
	ratebw --by src,dst,proto,ip_proto,sport,dport part.1 2>err |
	    scattered 5 >mixed.1
	flowbw --one-way part.2 >mixed.2 2>err
	scattered 5 <p.csv >late.csv
	for program in 'toptalk -k src' 'toptalk -k dst,dport' \
	    'toptalk -k ends' 'toptalk -k ip_proto'; do
		# shellcheck disable=SC2086  # its words
		$program p.csv >want
		# shellcheck disable=SC2086
		$program mixed.2 mixed.0 mixed.1 | diff want -
		# shellcheck disable=SC2086
		cat mixed.? | $program | diff want -
		# shellcheck disable=SC2086
		flowbw --one-way mixed.1 mixed.2 mixed.0 2>err |
		    $program | diff want -
		# shellcheck disable=SC2086
		flowbw --one-way late.csv 2>err | $program | diff want -
	done
	for program in protobw 'ratebw --lateness 1s --by proto'; do
		# shellcheck disable=SC2086
		diff <($program p.csv 2>&1) <($program late.csv 2>&1)
	done
}

# The page's sentence on beacons: of 15 intervals four in five are within 25 %
# of their median, which is at least a second, and all are within a day.
@test "a beacon is found at the connection at which a list of times shows it" {
	echo time,src,dst,proto,len,sport,dport,flags >c.csv
	awk -v seed=4 -v hours=6 -f "$ROOT/tests/connections.awk" |
	    sort -t, -k1,1n >>c.csv
	python3 - c.csv >want <<'PY'
import csv, sys
times, found = {}, {}
for row in csv.DictReader(open(sys.argv[1])):
	if row["proto"] in ("NTP", "DNS", "DHCP") or row["dport"] in (
	    "993", "5223") or row["dst"].startswith("224."):
		continue
	key = row["src"], row["dst"], row["dport"]
	seen = times.setdefault(key, [])
	now = int(row["time"].replace(".", ""))
	if seen and now - seen[-1] <= 500000:
		continue
	seen.append(now)
	last = seen[-16:]
	steps = sorted(b - a for a, b in zip(last, last[1:]))
	if len(steps) < 15 or key in found:
		continue
	middle = steps[7]
	alike = [s for s in steps if abs(s - middle) <= middle / 4]
	if middle >= 10**6 and last[-1] - last[0] <= 86400 * 10**6 and \
	    len(alike) >= 12:
		found[key] = row["time"]
for key, time in found.items():
	print(time, *key, sep=",")
PY
	rateflag --beacon c.csv | awk -F, '$10 == "start" &&
	    !($4 $5 $NF in told) { told[$4 $5 $NF] = 1
		print $1 "," $4 "," $5 "," $NF }' >got
	same "$(sort want)" "$(sort got)"
	[ "$(wc -l <got)" -ge 6 ]
}
