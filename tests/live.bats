#!/usr/bin/env bats
# pcap2csv on interfaces: a network namespace of its own with a veth pair,
# packets replayed into tx0 come out of rx0.
# shellcheck disable=SC2154  # $stderr is set by runs
# shellcheck disable=SC2030,SC2031  # each test has its own PID and IN

load helper
load netns

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
	netns_enter
	PID=''
}

teardown() {
	[ -z "$PID" ] || kill -KILL "$PID" 2>/dev/null || true
}

# start ARG...: pcap2csv in the background, its rows in ./out, its messages in
# ./err; returns when it captures, or fails once it has ended.
start() {
	rm -f out
	"${IN[@]}" pcap2csv "$@" >out 2>err 3>&- &
	PID=$!
	until_true captures_or_ended
	[ -s out ]
}

captures_or_ended() {
	[ -s out ] || ! kill -0 "$PID"
}

# ended: waits for it to end; its status is $status.
ended() {
	local pid=$PID

	PID='' status=0
	wait "$pid" || status=$?
}

# finish: ends it as ^C would.
finish() {
	kill -INT "$PID"
	ended
}

# replay FILE [INTERFACE]: sends a capture's packets as fast as can be.
replay() {
	"${IN[@]}" tcpreplay -q --topspeed -i "${2:-tx0}" "$1" >replay.log 2>&1
}

# has_rows N: whether the output has come to N rows.
has_rows() {
	[ "$(wc -l <out)" -gt "$1" ]
}

confined() {
	pcap2csv --version | grep -q seccomp
}

# What tshark says of a capture, in our columns.
truth() {
	tail -n +2 "$DATA/$1.truth.csv" | cut -d, -f3-6
}

@test "without standard error a recording has rows only" {
	"${IN[@]}" pcap2csv -i rx0 --duration 1ms -w rec.csv 2>&-
	same time,src,dst,proto,len "$(cat rec.csv)"
}

@test "--write refuses the name of a capture" {
	local name

	for name in x.pcap dir/X.PcapNG .cap x.pcap.gz; do
		runs pcap2csv -i lo -w "$name"
		[ "$status" -eq 2 ]
		[ "$output" = "" ]
		[ ! -e "$name" ]
		same "pcap2csv: bad file \"$name\", want a name for CSV, which \
is written (for packets: tcpdump -i INTERFACE -w FILE, or dumpcap)" "$stderr"
	done
	runs pcap2csv -i none -w x.pcap.csv
	[ "$status" -eq 3 ]
}

@test "an interface gives the rows of what came in by it" {
	start -i rx0
	replay "$DATA/dns.pcap"
	finish
	[ "$status" -eq 0 ]
	[ "$(head -n 1 out)" = time,src,dst,proto,len ]
	same "$(truth dns.pcap)" "$(tail -n +2 out | cut -d, -f2-)"
	[ "$(cat err)" = "pcap2csv: rx0: 42 packets captured, 0 dropped by the kernel, 0 by the interface" ]
}

@test "times are the system's, in order" {
	local from to

	from=$(date +%s)
	start -i rx0
	replay "$DATA/dns.pcap"
	finish
	to=$(date +%s)
	tail -n +2 out | cut -d, -f1 | sort -c -n
	awk -F, -v from="$from" -v to="$to" 'NR > 1 { n++
	    if ($1 < from || $1 > to + 1) exit 1 } END { exit n != 42 }' out
}

@test "VLAN tags that the interface took off are there again" {
	start -i rx0 -e vlan
	replay "$DATA/vlan.pcap"
	finish
	same "$(pcap2csv -e vlan "$DATA/vlan.pcap" | cut -d, -f2-)" \
	    "$(cut -d, -f2- out)"
	[ "$(grep -c ',10$' out)" -gt 0 ]
	# The tags as tshark reads them, the outermost first.
	same "$(paste -d, <(tail -n +2 "$DATA/vlan.pcap.truth.csv" |
	    cut -d, -f3,4,6) <(tshark -n -r "$DATA/vlan.pcap" -T fields \
	    -E separator=. -e ieee8021ad.id -e vlan.id 2>/dev/null |
	    sed 's/^\.//'))" "$(tail -n +2 out | cut -d, -f2,3,5,6)"
}

# dumped N: whether dumpcap's file has so many packets.  What it has not read
# from its ring when it is told to end is lost.
dumped() {
	[ "$(pcap2csv --no-header seen.pcapng | wc -l)" -ge "$1" ]
}

@test "the same replay, live and in a file that dumpcap wrote, sums alike" {
	local f

	start -i rx0 -e sport,dport,flags,ttl
	"${IN[@]}" dumpcap -q -i rx0 -w seen.pcapng 2>dump.log 3>&- &
	until_true grep -q '^File' dump.log
	for f in dns.pcap http.pcapng ssh.pcapng tls.pcap vlan.pcap; do
		replay "$DATA/$f"
	done
	until_true has_rows 469
	until_true dumped 469
	finish
	kill -INT %2
	wait %2 || true
	[ "$(wc -l <out)" -eq 470 ]
	for f in protobw "toptalk --by src,dst,proto" "toptalk --by dport"; do
		same "$(pcap2csv -e sport,dport,flags,ttl seen.pcapng | $f)" \
		    "$($f <out)"
	done
}

@test "several interfaces are captured at once, each named" {
	start -i rx0 -i rx02 -e iface
	replay "$DATA/dns.pcap"
	replay "$DATA/tls.pcap" tx02
	finish
	[ "$status" -eq 0 ]
	same "$(printf '%s\n' '42 rx0' '115 rx02')" "$(tail -n +2 out |
	    cut -d, -f6 | sort | uniq -c | awk '{ print $1, $2 }')"
	[ "$(grep -c 'packets captured' err)" -eq 2 ]
	grep -q '^pcap2csv: rx02: 115 packets captured' err
}

@test "any is all interfaces, and each packet names its own" {
	start -i any -e iface
	replay "$DATA/dns.pcap"
	replay "$DATA/tls.pcap" tx02
	finish
	[ "$status" -eq 0 ]
	same "$(printf '%s\n' '42 rx0' '115 rx02' '42 tx0' '115 tx02')" \
	    "$(tail -n +2 out | cut -d, -f6 | sort | uniq -c |
	    awk '{ print $1, $2 }')"
}

@test "an interface that came later is named by any too" {
	start -i any -e iface
	"${IN[@]}" ip link add later type veth peer name later2
	"${IN[@]}" ip link set later up
	"${IN[@]}" ip link set later2 up
	replay "$DATA/dns.pcap" later
	finish
	"${IN[@]}" ip link del later
	[ "$status" -eq 0 ]
	[ "$(grep -c ',later2$' out)" -eq 42 ]
}

@test "a row leaves while no other packet comes" {
	start -i rx0
	replay "$DATA/dns.pcap"
	until_true has_rows 42
	replay "$DATA/dns.pcap"
	until_true has_rows 84
	finish
	[ "$status" -eq 0 ]
}

@test "the filter is applied" {
	start -i rx0 -f 'udp and src port 53'
	replay "$DATA/dns.pcap"
	finish
	same "$(pcap2csv -f 'udp and src port 53' "$DATA/dns.pcap" |
	    cut -d, -f2-)" "$(cut -d, -f2- out)"
	[ "$(wc -l <out)" -gt 2 ]
}

@test "it keeps the first bytes of a packet only, but tells its length" {
	start -i rx0 -s 60 -e caplen
	replay "$DATA/tls.pcap"
	finish
	awk -F, 'NR > 1 && $6 != ($5 < 60 ? $5 : 60) { exit 1 }' out
	same "$(tail -n +2 "$DATA/tls.pcap.truth.csv" | cut -d, -f6)" \
	    "$(tail -n +2 out | cut -d, -f5)"
}

@test "it ends after so many rows, or after a time" {
	start -i rx0 -c 5
	replay "$DATA/dns.pcap"
	ended
	[ "$status" -eq 0 ]
	[ "$(wc -l <out)" -eq 6 ]
	runs "${IN[@]}" pcap2csv -i rx0 --duration 200ms
	[ "$status" -eq 0 ]
	[ "$output" = time,src,dst,proto,len ]
}

@test "SIGTERM ends it too, with all that came before" {
	start -i rx0
	replay "$DATA/tls.pcap"
	kill -TERM "$PID"
	ended
	[ "$status" -eq 0 ]
	[ "$(wc -l <out)" -eq 116 ]
}

@test "^C on a pipeline prints the table" {
	local sums

	mkfifo rows copy
	tee -i seen <rows >copy 3>&- &
	protobw <copy >table 3>&- &
	sums=$!
	"${IN[@]}" pcap2csv -i rx0 >rows 2>err 3>&- &
	PID=$!
	until_true test -s seen
	replay "$DATA/dns.pcap"
	kill -INT "$PID" "$sums"
	ended
	[ "$status" -eq 0 ]
	wait "$sums"
	same "$(pcap2csv "$DATA/dns.pcap" | protobw)" "$(cat table)"
}

@test "SIGUSR1 tells the counts, and on it goes" {
	start -i rx0
	replay "$DATA/dns.pcap"
	until_true has_rows 42
	kill -USR1 "$PID"
	until_true grep -q 'rx0: 42 packets captured' err
	replay "$DATA/dns.pcap"
	finish
	[ "$(grep -c 'rx0: 84 packets captured' err)" -eq 1 ]
}

@test "it ends when its reader has gone, even in silence" {
	run bash -o pipefail -c '"$@" | head -n 1' - \
	    timeout 120 "${IN[@]}" pcap2csv -i rx0
	[ "$status" -eq 141 ]
	[ "$output" = time,src,dst,proto,len ]
}

@test "packets that find the ring full are counted" {
	local kept dropped

	start -i rx0 -B 64
	kill -STOP "$PID"
	"${IN[@]}" tcpreplay -q -K --topspeed --loop 200 -i tx0 \
	    "$DATA/dns.pcap" >replay.log 2>&1
	kill -CONT "$PID"
	finish
	kept=$(($(wc -l <out) - 1))
	dropped=$(sed -n 's/.* \([0-9]*\) dropped by the kernel.*/\1/p' err)
	[ "$dropped" -gt 0 ]
	[ $((kept + dropped)) -eq $((200 * 42)) ]
}

@test "an interface that goes down is reported, the others go on" {
	start -i rx0 -i rx02 -e iface
	replay "$DATA/dns.pcap"
	"${IN[@]}" ip link set rx0 down
	until_true grep -q 'rx0: the interface went down' err
	"${IN[@]}" ip link set rx0 up
	replay "$DATA/tls.pcap" tx02
	finish
	[ "$status" -eq 1 ]
	[ "$(grep -c ',rx0$' out)" -eq 42 ]
	[ "$(grep -c ',rx02$' out)" -eq 115 ]
}

@test "an interface that vanishes is reported, the other goes on" {
	"${IN[@]}" ip link add gone type veth peer name gone2
	"${IN[@]}" ip link set gone up
	"${IN[@]}" ip link set gone2 up
	start -i gone2 -i rx0 -e iface
	replay "$DATA/dns.pcap" gone
	until_true has_rows 42
	"${IN[@]}" ip link del gone
	until_true grep -q '^pcap2csv: gone2: .*disappeared' err
	replay "$DATA/tls.pcap"
	until_true has_rows 157
	finish
	[ "$status" -eq 1 ]
	[ "$(grep -c ',gone2$' out)" -eq 42 ]
	[ "$(grep -c ',rx0$' out)" -eq 115 ]
}

@test "when the last interface vanishes it ends" {
	"${IN[@]}" ip link add gone type veth peer name gone2
	"${IN[@]}" ip link set gone up
	"${IN[@]}" ip link set gone2 up
	start -i gone2
	replay "$DATA/dns.pcap" gone
	"${IN[@]}" ip link del gone
	ended
	[ "$status" -eq 1 ]
	[ "$(wc -l <out)" -eq 43 ]
	grep -q '^pcap2csv: gone2: .*disappeared' err
}

@test "an interface that is not there is an error, the others are captured" {
	runs "${IN[@]}" pcap2csv -i nope
	[ "$status" -eq 3 ]
	[ -z "$output" ]
	[ "$stderr" = "pcap2csv: nope: no such interface, want one of pcap2csv --list-interfaces" ]
	start -i nope -i rx0
	replay "$DATA/dns.pcap"
	finish
	[ "$status" -eq 3 ]
	[ "$(wc -l <out)" -eq 43 ]
}

@test "without the right to capture it says how to get it, and that helps" {
	local dir setcap

	dir=$(mktemp -d)
	chmod 755 "$dir"
	cp "$(command -v pcap2csv)" "$dir"
	IN+=(setpriv --reuid nobody --regid nogroup --clear-groups)
	runs "${IN[@]}" "$dir/pcap2csv" -i rx0
	[ "$status" -eq 3 ]
	[ -z "$output" ]
	setcap=$(sed -n 's/^pcap2csv: rx0: no permission to capture: .*: \(setcap .*\)/\1/p' \
	    <<<"$stderr")
	[ "$setcap" = "setcap cap_net_raw=ep $dir/pcap2csv" ]
	$setcap
	runs "${IN[@]}" "$dir/pcap2csv" -i rx0 --duration 100ms
	rm -r "$dir"
	[ "$status" -eq 0 ]
	[ "$output" = time,src,dst,proto,len ]
}

@test "root becomes nobody, without groups, capabilities or a way back" {
	start -i rx0
	grep -Ex 'Uid:(\s65534){4}' "/proc/$PID/status"
	grep -Ex 'Gid:(\s65534){4}' "/proc/$PID/status"
	grep -Ex 'Groups:\s65534 *' "/proc/$PID/status"
	grep -Ex 'CapEff:\s0+' "/proc/$PID/status"
	grep -Ex 'CapPrm:\s0+' "/proc/$PID/status"
	grep -Ex 'NoNewPrivs:\s1' "/proc/$PID/status"
	if confined; then
		grep -Ex 'Seccomp:\s2' "/proc/$PID/status"
	fi
	finish
}

@test "another user can be named, but must be there" {
	start -i rx0 --user daemon
	grep -Ex "Uid:(\s$(id -u daemon)){4}" "/proc/$PID/status"
	finish
	[ "$status" -eq 0 ]
	runs "${IN[@]}" pcap2csv -i rx0 --user 'no one'
	[ "$status" -eq 3 ]
	[ "$stderr" = 'pcap2csv: no such user: "no one"' ]
}

@test "promiscuous mode is only on when asked for" {
	start -i rx0
	[[ $("${IN[@]}" ip -d link show rx0) == *'promiscuity 0 '* ]]
	finish
	start -i rx0 --promiscuous
	[[ $("${IN[@]}" ip -d link show rx0) == *'promiscuity 1 '* ]]
	finish
	[[ $("${IN[@]}" ip -d link show rx0) == *'promiscuity 0 '* ]]
}

# start_writing ARG...: the same with --write; ./out stays empty.
start_writing() {
	"${IN[@]}" pcap2csv -w rec.csv "$@" >out 2>err 3>&- &
	PID=$!
	until_true grep -q 'NoNewPrivs:.1' "/proc/$PID/status"
	until_true test -s rec.csv
}

# rec_has N: whether the recording has N lines.
rec_has() {
	[ "$(wc -l <rec.csv)" -eq "$1" ]
}

@test "a recording is appended to, with one header" {
	for _ in 1 2; do
		start_writing -i rx0
		replay "$DATA/dns.pcap"
		finish
		[ "$status" -eq 0 ]
	done
	[ ! -s out ]
	rec_has 85
	[ "$(grep -c '^time' rec.csv)" -eq 1 ]
	[ "$(head -n 1 rec.csv)" = time,src,dst,proto,len ]
}

@test "a recording that ended in a torn row goes on in a new line" {
	printf 'time,src,dst,proto,len\n1,10.0.0.1,10.0' >rec.csv
	start_writing -i rx0
	replay "$DATA/dns.pcap"
	finish
	[ "$status" -eq 0 ]
	rec_has 44
	[ "$(sed -n 2p rec.csv)" = 1,10.0.0.1,10.0 ]
	same "$(truth dns.pcap)" "$(tail -n +3 rec.csv | cut -d, -f2-)"
}

@test "SIGHUP goes on in a new file of the name, no row is lost" {
	chmod 777 .
	start_writing -i rx0
	replay "$DATA/dns.pcap"
	until_true rec_has 43
	mv rec.csv rec.csv.1
	kill -HUP "$PID"
	until_true test -s rec.csv
	replay "$DATA/tls.pcap"
	finish
	[ "$status" -eq 0 ]
	[ "$(grep -c '^time' rec.csv rec.csv.1 | tr '\n' ' ')" = \
	    'rec.csv:1 rec.csv.1:1 ' ]
	same "$( (truth dns.pcap; truth tls.pcap) | wc -l)" \
	    "$(cat rec.csv rec.csv.1 | grep -vc '^time')"
	rec_has 116
}

# recorded: the number of rows in all files of the recording.
recorded() {
	cat rec-*.csv | grep -vc ^time
}

@test "a name with a time gives files by age and by size, and loses no row" {
	local limit

	chmod 777 .
	for limit in '--max-age 1s' '--max-size 4096'; do
		# shellcheck disable=SC2086  # two words
		"${IN[@]}" pcap2csv -w 'rec-%Y%m%dT%H%M%SZ.csv' -i rx0 $limit \
		    >out 2>err 3>&- &
		PID=$!
		until_true grep -q 'NoNewPrivs:.1' "/proc/$PID/status"
		until_true ls rec-*.csv
		"${IN[@]}" tcpreplay -q --pps 50 -i tx0 "$DATA/tls.pcap" \
		    >replay.log 2>&1
		finish
		same 0 "$status"
		same "$(truth tls.pcap | wc -l)" "$(recorded)"
		[ "$(find . -name 'rec-*.csv' | wc -l)" -ge 2 ]
		same "" "$(find . -name 'rec-*.csv' |
		    grep -vE '^\./rec-20[0-9]{6}T[0-9]{6}Z\.csv$')"
		for f in rec-*.csv; do
			same time,src,dst,proto,len "$(head -n 1 "$f")"
		done
		rm rec-*.csv
	done
}

@test "an age or a size wants a name that changes" {
	for limit in '--max-age 1d' '--max-size 1M'; do
		# shellcheck disable=SC2086  # two words
		runs pcap2csv -i lo -w rec.csv $limit
		same "2||pcap2csv: --max-age and --max-size need --write with a name that changes, such as eth0-%Y%m%dT%H%M%SZ.csv" \
		    "$status|$output|$stderr"
	done
	runs pcap2csv -i lo -w 'rec-%D.csv'
	same "3||pcap2csv: rec-%D.csv: not the name of a file" \
	    "$status|$output|$stderr"
}

@test "too few descriptors are named, and no user is blamed" {
	for n in 6 7 8 9 10 12; do
		# shellcheck disable=SC2016  # for the other shell to expand
		runs "${IN[@]}" bash -c 'ulimit -n "$0"
		    exec pcap2csv -i rx0 --duration 1ms' "$n"
		[[ $stderr != *"no such user"* ]]
		[ "$status" -eq 0 ] || [ "$n" -lt 12 ]
	done
}

@test "SIGHUP on a file that is ready is no new header" {
	start_writing -i rx0
	chown nobody rec.csv
	kill -HUP "$PID"
	replay "$DATA/dns.pcap"
	until_true rec_has 43
	finish
	[ "$status" -eq 0 ]
	rec_has 43
}

@test "two recorders of one file write whole rows, with one header" {
	local other

	start_writing -i rx0
	other=$PID
	"${IN[@]}" pcap2csv -w rec.csv -i rx02 >out2 2>err2 3>&- &
	PID=$!
	until_true grep -q 'NoNewPrivs:.1' "/proc/$PID/status"
	for _ in 1 2 3; do
		replay "$DATA/dns.pcap" &
		replay "$DATA/dns.pcap" tx02
		wait $!
	done
	until_true rec_has 253
	kill -INT "$other"
	finish
	wait "$other"
	same "" "$(grep -v " packets captured, " err err2)"
	same time,src,dst,proto,len "$(grep ^time rec.csv)"
	same "$(for _ in 1 2 3 4 5 6; do truth dns.pcap; done | sort)" \
	    "$(tail -n +2 rec.csv | cut -d, -f2- | sort)"
}

@test "if the new file cannot be opened the rows go on in the old" {
	chmod 700 .
	start_writing -i rx0
	mv rec.csv rec.csv.1
	kill -HUP "$PID"
	until_true grep -q '^pcap2csv: rec.csv: ' err
	replay "$DATA/dns.pcap"
	finish
	[ "$status" -eq 1 ]
	grep -qx 'pcap2csv: rec.csv: Permission denied' err
	[ ! -e rec.csv ]
	[ "$(wc -l <rec.csv.1)" -eq 43 ]
}

@test "a recording is no link, no pipe, and no other table" {
	: >target
	ln -s target rec.csv
	runs "${IN[@]}" pcap2csv -i rx0 -w rec.csv
	[ "$status" -eq 3 ]
	[ "$stderr" = "pcap2csv: rec.csv: a symbolic link, which is not followed" ]
	[ ! -s target ]
	rm rec.csv
	mkfifo rec.csv
	runs "${IN[@]}" pcap2csv -i rx0 -w rec.csv
	[ "$status" -eq 3 ]
	[ "$stderr" = "pcap2csv: rec.csv: not a regular file" ]
	rm rec.csv
	echo time,src,dst,proto,len,sport >rec.csv
	runs "${IN[@]}" pcap2csv -i rx0 -w rec.csv
	[ "$status" -eq 3 ]
	[ "$stderr" = "pcap2csv: rec.csv: starts with another header" ]
	rec_has 1
	runs "${IN[@]}" pcap2csv -i rx0 -w no/rec.csv
	[ "$status" -eq 3 ]
	[ "$stderr" = "pcap2csv: no/rec.csv: No such file or directory" ]
}

@test "a disk that is full is an error" {
	start -i rx0 -w /dev/null || true
	ended
	[ "$status" -eq 3 ]
	runs "${IN[@]}" bash -c 'exec pcap2csv -i rx0 --duration 1s >/dev/full'
	[ "$status" -eq 3 ]
	[ "$stderr" = "pcap2csv: stdout: write: No space left on device" ]
}

@test "a recording that a full disk prevents leaves no empty file" {
	mkdir small
	# shellcheck disable=SC2016  # for the other shell to expand
	runs "${IN[@]}" unshare --mount --propagation unchanged sh -c '
	    mount -t tmpfs -o size=64k,mode=777 none small && cd "$PWD" &&
	    : >small/full.csv &&
	    { head -c 1m /dev/zero >small/filler; } 2>/dev/null
	    for name in rec-%s.csv full.csv new.csv; do
		pcap2csv -i rx0 -w "small/$name" || echo "$?"
	    done
	    ls small'
	same "3 3 3 filler full.csv new.csv" "$(paste -sd' ' <<<"$output")"
	same "pcap2csv: small/rec-%s.csv: write: No space left on device
pcap2csv: small/full.csv: write: No space left on device
pcap2csv: small/new.csv: write: No space left on device" "$stderr"
}

@test "the interfaces are listed" {
	runs "${IN[@]}" pcap2csv --list-interfaces
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	[ "$(grep -cE '^(any|lo|rx0|rx02|tx0|tx02) +up ' <<<"$output")" -eq 6 ]
	"${IN[@]}" ip link set tx02 down
	[[ $("${IN[@]}" pcap2csv -D) =~ tx02\ +down ]]
	"${IN[@]}" ip link set tx02 up
}

@test "what captures only is refused without an interface" {
	local opt

	for opt in '-B 64' '-s 64' '-w x' '--duration 1s' --promiscuous \
	    '--user nobody'; do
		# shellcheck disable=SC2086
		runs pcap2csv $opt "$DATA/dns.pcap"
		[ "$status" -eq 2 ]
		[ -z "$output" ]
		[[ $stderr == *'need --interface' ]]
	done
	runs pcap2csv -i lo "$DATA/dns.pcap"
	[ "$status" -eq 2 ]
	[ "$stderr" = "pcap2csv: want interfaces or files, not both" ]
	runs pcap2csv -i lo -i lo
	[ "$status" -eq 2 ]
	[ "$stderr" = 'pcap2csv: bad interface "lo", want each once' ]
}

@test "bad values of the options of a capture are named" {
	runs pcap2csv -i lo -s 0
	[ "$status" -eq 2 ]
	[ "$stderr" = 'pcap2csv: bad snaplen "0", want 1-262144' ]
	runs pcap2csv -i lo -B x
	[ "$status" -eq 2 ]
	[ "$stderr" = 'pcap2csv: bad buffer size "x", want 1-2097151' ]
	runs pcap2csv -i lo --duration soon
	[ "$status" -eq 2 ]
	[[ $stderr == 'pcap2csv: bad duration "soon", want '* ]]
	runs pcap2csv -i lo -f 'no such'
	[ "$status" -eq 2 ]
	[[ $stderr == 'pcap2csv: bad filter "no such": '* ]]
}

@test "the version says what is built in" {
	runs pcap2csv --version
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 3 ]
	[[ ${lines[0]} == 'pcap2csv (pktpipe) '* ]]
	[[ ${lines[1]} == 'libpcap version '* ]]
	if ldd "$(command -v pcap2csv)" | grep -q 'libseccomp' &&
	    ! ldd "$(command -v pcap2csv)" | grep -q 'lib[a]san' &&
	    ! nm -D "$(command -v pcap2csv)" | grep -q __asan_init; then
		[[ ${lines[2]} == 'live capture is confined by: seccomp'* ]]
	else
		[[ ${lines[2]} != *seccomp* ]]
	fi
}

# Moves the stream clock, by packets that come now.
later_rows() {
	replay "$DATA/dns.pcap"
	sent=$((sent + 42))
	[ "$(grep -c ,TLS, flows.csv)" -eq 5 ]
}

@test "labelled, selected and connected: at once, and nothing is lost" {
	local sent=115 want

	printf '%s\n' net,site 192.0.2.0/24,office 2001:db8:1::/48,office >sites
	mkfifo rows
	"${IN[@]}" pcap2csv -i rx0 -e ip_proto,sport,dport,flags >rows \
	    2>err 3>&- &
	PID=$!
	tee all.csv <rows | iplabel --table sites |
	    rowpick --rest rest.csv 'src_site = office or dst_site = office' |
	    flowbw --idle 1s >flows.csv 3>&- &
	until_true test -s flows.csv
	replay "$DATA/tls.pcap"
	# The connections leave while the capture goes on.
	until_true later_rows
	finish
	[ "$status" -eq 0 ]
	wait
	same "$sent" "$(tail -n +2 all.csv | wc -l)"
	want=$(awk -F, 'NR > 1 { n++; b += $5 } END { print n, b }' all.csv)
	same "$want" "$({
		tail -n +2 rest.csv | cut -d, -f5 | sed 's/^/1,/'
		tail -n +2 flows.csv | cut -d, -f11,12
	} | awk -F, '{ n += $1; b += $2 } END { print n, b }')"
	[ "$(grep -c ,TLS, flows.csv)" -eq 5 ]
}

# firsts N: sends N packets, and prints for each the sensor of the row that came
# first; both have to come before the next.
firsts() {
	local i first second

	for ((i = 0; i < $1; i++)); do
		"${IN[@]}" tcpreplay -q --topspeed --limit 1 -i tx0 \
		    "$DATA/tls.pcap" >replay.log 2>&1
		read -r -t 120 first <&6
		read -r -t 120 second <&6
		[ "${first##*,}" != "${second##*,}" ]
		echo "${first##*,}"
	done
}

@test "--immediate: a packet's row comes before that of a usual capture" {
	local sensor option

	mkfifo both
	exec 6<>both
	for sensor in soon usual; do
		option=--immediate
		[ "$sensor" = soon ] || option=--verbose
		"${IN[@]}" pcap2csv -i rx0 --no-header --sensor "$sensor" \
		    "$option" >both 2>>"err.$sensor" 3>&- 6>&- &
		echo $! >"pid.$sensor"
	done
	until_true both_capture
	firsts 12 >order
	kill -INT "$(cat pid.soon)" "$(cat pid.usual)"
	wait
	exec 6<&-
	# The kernel keeps it for 50 ms on average: of 12, most.
	[ "$(grep -c soon order)" -ge 8 ]
}

# both_capture: whether both have sockets for packets.
both_capture() {
	[ "$("${IN[@]}" sh -c 'grep -c . /proc/net/packet')" -ge 3 ]
}

@test "--immediate is for interfaces" {
	runs pcap2csv --immediate "$DATA/tls.pcap"
	[ "$status" -eq 2 ]
	[[ $stderr == *'--immediate, '*' need --interface' ]]
}
