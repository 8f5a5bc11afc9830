#!/usr/bin/env bats
# What the rules say of real traffic as it comes: a quiet baseline, and real
# attacks upon it.  10.0.0.1, a host in a namespace of its own, is the client
# and the attacker; all that it sends to 10.0.0.2 is seen there.
# shellcheck disable=SC2154  # $stderr is set by runs
# shellcheck disable=SC2030,SC2031  # each test has its own capture

load helper
load netns

# Says what an SSH server does at first, and reads what a client does.
ssh='
import socketserver
class Hello(socketserver.StreamRequestHandler):
	def handle(self):
		self.wfile.write(b"SSH-2.0-here\r\n")
		self.rfile.readline()
socketserver.TCPServer.allow_reuse_address = True
socketserver.TCPServer(("10.0.0.2", 22), Hello).serve_forever()'

setup_file() {
	cd "$BATS_FILE_TMPDIR" || exit
	netns_start
	netns_far
	netns_enter
	SERVERS=''
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
	    -subj /CN=there -keyout key.pem -out cert.pem 2>openssl.log
	serve openssl s_server -4 -accept 443 -cert cert.pem -key key.pem -www
	serve dnsmasq -k -C /dev/null -R -h -u root --pid-file= \
	    --address=/example.com/10.0.0.2
	serve python3 -c "$ssh"
	export NS FAR_NS SERVERS
	until_true far curl -sSk -o page https://10.0.0.2/
	until_true far dig +short example.com @10.0.0.2
	until_true banner
}

teardown_file() {
	# shellcheck disable=SC2086  # a list
	[ -z "${SERVERS-}" ] || kill $SERVERS
	netns_stop
}

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
	netns_enter
	FAR=(nsenter -t "$FAR_NS" --net)
	CAPTURE='' BASELINE=''
}

teardown() {
	[ -z "$BASELINE" ] || kill "$BASELINE" 2>/dev/null || true
	[ -z "$CAPTURE" ] || kill -KILL "$CAPTURE" 2>/dev/null || true
}

# serve COMMAND...: a server at 10.0.0.2, for all tests.
serve() {
	"${IN[@]}" "$@" >"$1.log" 2>&1 3>&- &
	SERVERS+=" $!"
}

far() {
	"${FAR[@]}" "$@"
}

# banner: says hello to an SSH server, as one who only looks who is there.
banner() {
	# shellcheck disable=SC2016  # the dollars are the inner shell's
	far bash -c 'exec 4<>/dev/tcp/10.0.0.2/22 || exit
		echo SSH-2.0-there >&4
		read -r hello <&4
		[[ $hello == SSH-2.0-* ]]'
}

# look: captures at 10.0.0.2; the alerts of the sets demo and home come into
# ./demo.csv and ./home.csv.
look() {
	mkfifo rows
	ipflag --set demo <rows >demo.csv 3>&- &
	DEMO=$!
	{
		# shellcheck disable=SC2016  # the dollars are the inner shell's
		"${IN[@]}" sh -c 'echo $$ >pid
		    exec pcap2csv -i rx0 -e ids 2>err' |
		    csvclean | tee rows | ipflag --set home >home.csv
	} 3>&- &
	HOME_SET=$!
	until_true test -s home.csv
	until_true test -s pid
	CAPTURE=$(cat pid)
}

# looked: ends that as ^C would; each incident that started has ended.
looked() {
	local name

	kill -INT "$CAPTURE"
	wait "$DEMO" "$HOME_SET"
	CAPTURE=''
	grep -qE '^pcap2csv: rx0: [0-9]+ packets captured' err
	for name in demo home; do
		same "$(alerts "$name" start)" "$(alerts "$name" end)"
	done
}

# alerts SET STATE: rule,src,dst,proto of such alerts, each once.
alerts() {
	grep ",$2," "$1.csv" | cut -d, -f2,4-6 | sort -u
}

# has SET ALERT: whether it was told, while the capture goes on.
has() {
	alerts "$1" start | grep -qx -- "$2"
}

# names N: what goes on when nothing goes on: a ping and a name, N times, a
# second apart, or until there is a file ./over.
names() {
	local i

	for ((i = 0; i < $1; i++)); do
		[ ! -e over ] || break
		far ping -q -c 1 10.0.0.2 >ping.log
		far dig +short example.com @10.0.0.2 >dig.log
		sleep 1
	done
}

# use N: somebody at work: pages over TLS, an SSH banner, names, pings.
use() {
	local i

	names "$1" &
	for ((i = 0; i < $1; i++)); do
		[ ! -e over ] || break
		far curl -sSk -o page https://10.0.0.2/
		banner
		sleep 1
	done
	wait $!
}

# attack COMMAND...: by 10.0.0.1, while it is being used as ever.
attack() {
	use 60 >use.log 3>&- &
	BASELINE=$!
	until_true test -e page
	far "$@" >attack.log 2>&1
}

@test "pings and names trip no rule, not even of the set demo" {
	look
	names 6
	looked
	same "" "$(alerts demo start)"
	same "" "$(alerts home start)"
}

@test "people at work trip no rule of home, and of demo those its page names" {
	look
	use 6
	looked
	same "" "$(alerts home start)"
	same bw-spike,,, "$(alerts demo start | grep -v '^src-rate,')"
}

# attacked COMMAND...: an attack from beginning to end, as it comes and all
# of it; ALERT is one that must be told while the capture goes on.
attacked() {
	look
	attack "$@"
	until_true has home "$ALERT"
	: >over
	wait "$BASELINE"
	BASELINE=''
	looked
}

# others: the alerts of demo but for those of any web page.
others() {
	alerts demo start | grep -vE '^(bw-spike|src-rate),'
}

# Accepts connections at 100 ports, as a server of passive FTP does.
ports='
import selectors, socket
ports = selectors.DefaultSelector()
for port in range(30000, 30100):
	s = socket.create_server(("10.0.0.2", port))
	ports.register(s, selectors.EVENT_READ)
print("ready", flush=True)
while True:
	for key, _ in ports.select():
		key.fileobj.accept()[0].close()'

@test "a client of 100 ports that accept is no scan" {
	"${IN[@]}" python3 -c "$ports" >ready 3>&- &
	server=$!
	until_true test -s ready
	look
	# shellcheck disable=SC2016  # the dollars are the inner shell's
	far bash -c 'for port in {30000..30099}; do
		exec 4<>"/dev/tcp/10.0.0.2/$port" || exit
		cat <&4
	done'
	kill "$server"
	looked
	same "" "$(alerts home start)"
	same "" "$(alerts demo start | grep scan)"
}

@test "a ping flood names who pings whom; demo takes the replies for one, too" {
	ALERT=icmp-flood,10.0.0.1,10.0.0.2,ICMP
	attacked ping -q -f -c 4000 10.0.0.2
	same "$ALERT" "$(alerts home start)"
	same "$(lines icmp-flood,,10.0.0.{1,2},ICMP proto-share,,,ICMP)" \
	    "$(others)"
}

@test "a burst of UDP names who sends it to whom" {
	seq 30 | od -Ax -tx1 | text2pcap -q -4 10.0.0.1,10.0.0.2 -u 5000,9000 \
	    - udp.pcap
	ALERT=udp-flood-one,10.0.0.1,10.0.0.2,UDP
	attacked tcpreplay -q -K --topspeed --loop 60000 -i tx0 udp.pcap
	same "$ALERT" "$(alerts home start)"
	same udp-flood,,10.0.0.2,UDP "$(others)"
}

@test "a scan of a thousand ports is told by who does it to whom" {
	ALERT=port-scan,10.0.0.1,10.0.0.2,
	attacked nmap -n -sS 10.0.0.2
	same "$ALERT" "$(alerts home start)"
	# So fast that the low threshold of demo has it for a flood.
	same "$(lines "$ALERT" syn-flood,,10.0.0.2,)" "$(others)"
}

@test "a flood of SYNs is told by whom it hits" {
	ALERT=syn-flood,,10.0.0.2,
	attacked nping -q --tcp --flags syn -p 443 --rate 2000 -c 4000 10.0.0.2
	same "$ALERT" "$(alerts home start)"
	same "$ALERT" "$(others)"
}

@test "a sweep over hosts is told by who does it" {
	ALERT=host-sweep,10.0.0.1,,
	attacked nmap -n -sn -PS80 --max-retries 0 --max-rtt-timeout 100ms \
	    --min-rate 200 10.9.0.0/24
	same "$ALERT" "$(alerts home start)"
	same "$ALERT" "$(others)"
}
