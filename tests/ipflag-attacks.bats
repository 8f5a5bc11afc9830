#!/usr/bin/env bats
# Real scanners and floods, and loads that must stay quiet, side by side in one
# capture.  Each has an address of its own: 10.0.0.N attacks, 10.7.N.N is a
# victim in its own network behind 10.0.0.2, which answers for 10.7.0.0/16 and
# 10.8.0.0/16; nobody answers in 10.9.0.0/16.  Others, from number 61 on, are
# rows made up by scenes.py.
# shellcheck disable=SC2154  # $stderr is set by runs

load helper
load netns

# Accepts connections at these ports of any address, says hello as SSH at 22,
# and waits for more at 22 and 8000; answers datagrams at 53.
# shellcheck disable=SC2016  # Python
servers='
import selectors, socket
poll = selectors.DefaultSelector()
for port in [22, 80, 443, 8000, 8080] + list(range(30000, 30100)):
	s = socket.create_server(("0.0.0.0", port), backlog=512)
	poll.register(s, selectors.EVENT_READ, port)
names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
names.bind(("0.0.0.0", 53))
poll.register(names, selectors.EVENT_READ, 0)
kept = {}
print("ready", flush=True)
while True:
	for key, _ in poll.select():
		if key.data == 0:
			query, who = names.recvfrom(2000)
			names.sendto(query[:2] + b"\x81\x83" + query[4:], who)
			continue
		s, _ = key.fileobj.accept()
		try:
			if key.data == 22:
				s.send(b"SSH-2.0-here\r\n")
		except OSError:
			continue
		if key.data in (22, 8000):
			kept[s.fileno()] = s
		else:
			s.close()'

# client SRC NAME: benign or not, what needs no raw headers.
clients='
import socket, sys, time
src, name = sys.argv[1:]
def tcp(dst, port, say=b""):
	s = socket.create_connection((dst, port), 3, (src, 0))
	if say:
		s.send(say)
	while s.recv(4096):
		if say:
			break
	s.close()
def query(n, size, dst):
	s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
	s.bind((src, 0))
	s.connect((dst, 53))
	label = b"\x3e" + b"a" * 62
	host = label * (size // 63) + b"\x03www\x00"
	for i in range(n):
		s.send(bytes([i % 256, i // 256, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0])
			+ host + b"\0\1\0\1")
		time.sleep(0.005)
if name == "logins":
	for i in range(40):
		tcp("10.7.22.22", 22, b"SSH-2.0-guess\r\n")
elif name == "tunnel":
	query(300, 126, "10.7.53.53")
elif name == "slowloris":
	open = [socket.create_connection(("10.7.28.28", 8000), 3, (src, 0))
		for i in range(80)]
	for line in ["GET / HTTP/1.1\r\nHost: victim.example.com\r\n"] + 2 * [
		"X-a: 1\r\n"]:
		for s in open:
			s.send(line.encode())
		time.sleep(0.5)
elif name == "resolver":
	query(400, 0, "10.8.0.53")
elif name == "ftp":
	for port in range(30000, 30100):
		tcp("10.8.0.21", port)
elif name == "nat":
	for i in range(400):
		tcp("10.8.%d.%d" % (1 + i // 200, 1 + i % 200), 443)
elif name == "pages":
	for i in range(600):
		tcp("10.8.0.80", 80)
elif name == "gone":
	for i in range(60):
		s = socket.socket()
		s.bind((src, 0))
		s.setblocking(False)
		s.connect_ex(("10.9.%d.1" % i, 443))
		time.sleep(0.01)'

setup_file() {
	cd "$BATS_FILE_TMPDIR" || exit
	netns_start
	netns_far
	netns_enter
	"${IN[@]}" ip route add local 10.7.0.0/16 dev lo
	"${IN[@]}" ip route add local 10.8.0.0/16 dev lo
	"${IN[@]}" sysctl -qw net.ipv4.icmp_ratelimit=0 \
	    net.ipv4.conf.all.rp_filter=0 net.ipv4.tcp_syncookies=0
	for i in {11..60}; do
		"${FAR[@]}" ip address add "10.0.0.$i/24" dev tx0
	done
	for net in 7 8; do
		"${FAR[@]}" ip route add "10.$net.0.0/16" via 10.0.0.2
	done
	"${IN[@]}" ip route add 198.18.0.0/15 via 10.0.0.1
	"${IN[@]}" python3 -c "$servers" >ready 3>&- &
	SERVER=$!
	until_true test -s ready
	traffic
	export NS FAR_NS
}

teardown_file() {
	[ -z "${SERVER-}" ] || kill "$SERVER" 2>/dev/null || true
	netns_stop
}

# all: commands of the far host, a line each on standard input, at once.
all() {
	local line pids=()

	while read -r line; do
		# shellcheck disable=SC2086  # words of a command
		"${FAR[@]}" $line >>out 2>&1 3>&- &
		pids+=($!)
	done
	wait "${pids[@]}" || true
}

# scans: what goes over the ports of a host, and over hosts.
scans() {
	local scan='nmap -n -Pn --max-retries 0 -T4 -e tx0'

	cat <<-EOC
		$scan -S 10.0.0.11 -sS -p 1-100 10.7.11.11
		$scan -S 10.0.0.12 -sT -p 1-100 10.7.12.12
		$scan -S 10.0.0.13 -sU -p 100-160 10.7.13.13
		$scan -S 10.0.0.14 -sN -p 1-40 10.7.14.14
		$scan -S 10.0.0.15 -sF -p 1-40 10.7.15.15
		$scan -S 10.0.0.16 -sX -p 1-40 10.7.16.16
		$scan -S 10.0.0.17 -sA -p 1-40 10.7.17.17
		$scan -S 10.0.0.19 -sV --version-light -p 1-100 10.7.19.19
		$scan -S 10.0.0.24 -sS -f -p 1-40 10.7.24.24
		$scan -S 10.0.0.29 -sO 10.7.29.29
		nmap -n -sn -PR -e tx0 -S 10.0.0.25 10.0.0.0/24
		$scan -S 10.0.0.20 -sS -p 22 --min-rate 200 10.9.20.0/26
		$scan -S 10.0.0.21 -sU -p 161 --min-rate 200 10.9.21.0/26
		${scan/-Pn/-sn -PE} -S 10.0.0.18 --min-rate 100 10.9.18.0/26
	EOC
}

floods() {
	local raw="python3 $ROOT/tests/attacks.py"

	cat <<-EOC
		hping3 -q -S -p 8080 -i u500 -c 2000 -a 10.0.0.26 10.7.26.26
		hping3 -q -S -p 8080 -i u2300 -c 900 --rand-source 10.7.31.31
		$raw ack-forged - 10.7.32.32
		$raw rst-forged - 10.7.33.33
		$raw icmp-one 10.0.0.34 10.7.34.34
		$raw icmp-forged - 10.7.35.35
		hping3 -q -2 -p 9000 -i u200 -c 8000 -a 10.0.0.36 10.7.36.36
		$raw udp-forged - 10.7.37.37
		$raw synack - 10.7.38.38
		$raw amplified - 10.7.39.39
		$raw fragments - 10.7.40.40
		$raw video 10.0.0.46 10.8.0.46
	EOC
}

uses() {
	cat <<-EOC
		python3 clients.py 10.0.0.22 logins
		python3 clients.py 10.0.0.23 tunnel
		python3 clients.py 10.0.0.28 slowloris
		python3 clients.py 10.0.0.41 resolver
		python3 clients.py 10.0.0.42 ftp
		python3 clients.py 10.0.0.43 nat
		python3 clients.py 10.0.0.44 pages
		python3 clients.py 10.0.0.45 gone
		fping -q -r 0 -S 10.0.0.47 -g 10.9.47.0/24
	EOC
}

# traffic: attacks and loads, captured into seen.csv.
traffic() {
	"${IN[@]}" pcap2csv -i rx0 -B 65536 -e ids >seen.csv 2>err 3>&- &
	CAPTURE=$!
	until_true test -s seen.csv
	printf '%s' "$clients" >clients.py
	all < <(scans; floods; uses)
	python3 "$ROOT/tests/scenes.py" >made.csv
	# All is captured when the last packet is, which has a length of its own.
	"${FAR[@]}" ping -q -c 1 -s 777 10.0.0.2 >/dev/null
	until_true grep -q ',10.0.0.1,10.0.0.2,ICMP,819,' seen.csv
	kill -INT "$CAPTURE"
	wait "$CAPTURE"
}

setup() {
	cd "$BATS_FILE_TMPDIR" || exit
}

# found SET: the rules that name each attacker or victim, by its number; those
# of severity low last.  Protocols that nobody knows have no address.
found() {
	for rows in seen.csv made.csv; do
		ipflag --set "$1" $rows 2>/dev/null
	done | awk -F, '
	$10 == "start" && ($4 $5 != "" || $2 == "mac-flood") {
		who = $4 ($4 != "" && $5 != "" ? " " : "") $5
		n = $4 != "" ? $4 : $5
		sub(/[.]0\/24$/, "", n)
		sub(/.*[.:]/, "", n)
		if (who == "") {
			who = "all"
			n = 92
		}
		print n, ($3 == "low"), $2, who
	}' | sort -u | sort -k 1,2n
}

# The attacks: number, what the rules' names match, attacker, victim; what it is.
attacks() {
	seen_scans
	seen_floods
	made_scans
	made_floods
	made_carpets
	made_guesses
	made_small
	made_mixed
	made_odd
}

seen_scans() {
	cat <<-EOA
		11 port-scan 10.0.0.11 10.7.11.11 # nmap -sS, 100 ports
		12 port-scan 10.0.0.12 10.7.12.12 # nmap -sT, 100 ports
		13 udp-scan 10.0.0.13 10.7.13.13 # nmap -sU, 61 ports
		14 null-scan 10.0.0.14 10.7.14.14 # nmap -sN, 40 ports
		15 fin-scan 10.0.0.15 10.7.15.15 # nmap -sF, 40 ports
		16 xmas-scan 10.0.0.16 10.7.16.16 # nmap -sX, 40 ports
		17 ack-scan 10.0.0.17 10.7.17.17 # nmap -sA, 40 ports
		18 ping-sweep 10.0.0.18 # nmap -sn -PE, 64 hosts
		19 port-scan 10.0.0.19 10.7.19.19 # nmap -sV, 100 ports
		20 service-sweep 10.0.0.20 # nmap -sS -p 22, 64 hosts
		21 udp-sweep 10.0.0.21 # nmap -sU -p 161, 64 hosts
		22 brute-force 10.0.0.22 10.7.22.22 # 40 SSH logins
		23 dns-tunnel 10.0.0.23 10.7.53.53 # 300 queries of 126 bytes
		24 null-scan 10.0.0.24 10.7.24.24 # nmap -sS -f, 40 ports
		25 arp-sweep 10.0.0.25 # nmap -sn -PR, 256 hosts
		29 protocol-scan 10.0.0.29 10.7.29.29 # nmap -sO, 256 protocols
	EOA
}

seen_floods() {
	cat <<-EOA
		26 syn-flood 10.7.26.26 # hping3 -S, 2000 a second
		28 slowloris 10.0.0.28 10.7.28.28 # 80 half requests over HTTP
		31 syn-flood(-many)? 10.7.31.31 # hping3 -S --rand-source, 430 a second
		32 tcp-flood 10.7.32.32 # ACKs, 5000 a second, forged
		33 (tcp-flood|reflection-rst) 10.7.33.33 # RSTs, 5000 a second, forged
		34 icmp-flood 10.0.0.34 10.7.34.34 # pings, 400 a second
		35 icmp-flood-many 10.7.35.35 # pings, 2800 a second, forged
		36 udp-flood(-deaf)? 10.7.36.36 # hping3 -2, 5000 a second
		37 udp-flood(-deaf|-wide|-many)? 10.7.37.(37|0/24) # UDP, 5000 a second, forged
		38 reflection 10.7.38.38 # SYN-ACKs, 500 a second
		39 amplification 10.7.39.39 # memcached's replies, 300 a second
		40 other-flood 10.7.40.40 # GRE, 300 a second, forged
	EOA
}

made_scans() {
	cat <<-EOA
		61 port-scan 10.0.1.61 10.2.0.61 # nmap -T1, 30 ports
		62 port-scan 10.0.1.62 10.2.0.62 # nmap -T2, 60 silent ports
		63 (scan-decoys|port-scan) ((10.0.1.63|192.168.[0-9].63) )?10.2.0.63 # nmap -D, 10 decoys
		64 port-scan 2001:db8::64 2001:db8:2::64 # nmap -6 -sS, 60 ports
		65 ping-sweep-6 2001:db8::65 # nmap -6 -sn -PE, 40 hosts
		66 nd-sweep 2001:db8::66 # 300 neighbours of IPv6
		67 sctp-scan 10.0.1.67 10.2.0.67 # nmap -sY, 30 ports
		68 ack-scan 10.0.1.68 10.2.0.68 # nmap -sM, 40 ports
		69 host-sweep 10.0.1.69 # nmap -sS -p 80, 254 hosts
		70 service-sweep 10.0.1.70 # a worm, SMB of 200 hosts
		48 (scan-many|port-scan) 10.0.1.48( 10.2.48.[0-9]+)? # 60 ports of 40 hosts
		49 (scan-many|udp-scan) 10.0.1.49( 10.2.49.[0-9]+)? # the same over UDP, 20 hosts
	EOA
}

made_floods() {
	cat <<-EOA
		72 syn-flood 10.2.0.72 # SYNs, 12 a second, forged
		73 icmp-flood-many 10.2.0.73 # Smurf, 500 a second
		74 udp-flood 10.2.0.74 # DNS, 5600 a second, forged
		75 dns-flood 10.2.0.75 # DNS, 4000 a second, one socket
		76 amplification 10.2.0.76 # NTP, 500 a second
		77 amplification 10.2.0.77 # SSDP, 500 a second
		78 amplification 10.2.0.78 # CLDAP, 500 a second
		79 other-flood-one 10.0.1.79 10.2.0.79 # fragments, 12000 a second
		80 dhcp-flood 10.2.0.80 # DHCP, 400 a second
		1 ra-flood ff02::1 # router advertisements, 500 a second
	EOA
}

made_carpets() {
	cat <<-EOA
		90 amplification-wide 10.2.90.0/24 # NTP over a network, 1500 a second
		91 syn-flood-wide 10.2.91.0/24 # SYNs over a network, 2000 a second
		92 mac-flood all # macof, 2500 a second
		95 tcp-flood-wide 10.2.95.0/24 # ACKs over a network, 1500 a second
		96 icmp-flood-wide 10.2.96.0/24 # pings over a network, 1500 a second
		97 udp-flood-wide 10.2.97.0/24 # UDP over a network, 2000 a second
		98 syn-flood-refused 10.2.0.98 # SYNs at a closed port, 2000 a second
		51 syn-flood 10.2.0.51 # SYNs of one port, 1000 a second
		55 syn-flood 10.2.0.55 # SYNs from and to one port (land)
		50 amplification-few 10.2.0.50 # memcached, 12 servers, 200 a second
		53 amplification-large 10.2.0.53 # DTLS, 500 a second
		54 (reflection|icmp-flood-many) 10.2.0.54 # SYN-ACKs and ICMP errors
		56 reflection-few 10.2.0.56 # SYN-ACKs of 12 servers, 200 a second
		57 amplification 10.2.0.57 # OpenVPN, 60 servers, 500 a second
		58 udp-flood(-deaf)? 10.2.0.58 # UDP of one host, 2000 a second, large
	EOA
}

made_guesses() {
	cat <<-EOA
		82 brute-force 10.0.1.82 10.2.0.82 # 60 RDP logins
		83 brute-force-polled 10.0.1.83 10.2.0.83 # 200 POP logins
		84 brute-force-database 198.18.0.84 10.2.0.84 # 200 MySQL logins
		85 brute-force-many 10.2.0.85 # SSH logins of 120 hosts
		86 sip-flood 10.0.1.86 10.2.0.86 # 2000 SIP passwords
		87 beacon 10.0.1.87 198.18.0.87 # a call each 60 seconds, 10 % jitter
		89 icmp-tunnel 10.0.1.89 10.2.0.89 # pings with data, 25 a second
		93 brute-force-slow 198.18.0.93 10.2.0.93 # an SSH login each 30 seconds
		94 dns-tunnel-down 10.2.0.94 10.0.1.94 # DNS answers of 1200 bytes, 100 a second
		99 brute-force-domain 10.0.1.99 10.2.0.99 # 2000 names at Kerberos
		52 brute-force-polled 10.0.1.52 10.2.0.52 # 200 logins to send mail
	EOA
}

# Short or slow ones.
made_small() {
	cat <<-EOA
		201 tcp-flood-odd 10.2.0.201 # SYNs with FIN, 500 a second
		202 udp-flood-one 10.0.1.202 10.2.0.202 # UDP of one socket, 8000 in a second
		203 reflector 10.0.1.203 198.18.0.203 # an NTP server that is misused
		204 reflector-dns 10.0.1.204 198.18.0.204 # a resolver that is misused
		205 brute-force-community 10.0.1.205 10.2.0.205 # 200 SNMP communities
		206 brute-force-clear 10.0.1.206 10.2.0.206 # 26 FTP logins
		207 brute-force-slow 198.18.0.207 10.2.0.207 # an SSH login each 45 seconds
		208 service-sweep 10.0.1.208 # a bot, routers at port 37215
		209 icmp-tunnel 10.0.1.209 10.2.0.209 # pings with data for 15 seconds
		210 slowloris 10.0.1.210 10.2.0.210 # 80 slow requests at port 8888
		211 port-scan 10.0.1.211 10.2.0.211 # nmap -sS, 1000 ports
		212 udp-scan 10.0.1.212 10.2.0.212 # nmap -sU, 150 ports, one a second
		213 tcp-flood-one 10.2.0.213 10.0.1.213 # ACKs of one connection, 4000 a second
		214 amplification-dns 10.2.0.214 # DNS answers, 100 resolvers, 200 a second
		215 amplification 10.2.0.215 # echo, 60 servers, 100 a second
		216 udp-flood-(deaf|many) 10.2.0.216 # UDP, 190 a second, forged
		217 reflection 10.2.0.217 # SYN-ACKs that servers repeat, 50 a second
	EOA
}

made_mixed() {
	cat <<-EOA
		218 syn-flood(-many)? 10.2.0.218 # SYNs, 2000 a second, half of them of port 1900
		219 other-flood-one 10.0.1.219 10.2.0.219 # SCTP, 12000 a second
		220 syn-flood 10.2.0.220 # SYNs that their host resets, 1000 a second
		2 ra-flood ff02::2 # router solicitations of one host, 500 a second
		222 dhcp-flood 2001:db8:2::222 # DHCPv6, 500 a second
		223 brute-force 10.0.1.223 10.2.0.223 # 12 SSH logins a minute
		224 icmp-tunnel-down 10.2.0.224 10.0.1.224 # data in replies to pings, 66 a second
		225 udp-flood 10.2.0.225 # UDP at the port of IPsec, 5000 a second
		226 reflector 10.0.1.226 198.18.0.226 # a camera that is misused, WS-Discovery
	EOA
}

made_odd() {
	cat <<-EOA
		227 icmp-flood 2001:db8::227 2001:db8:2::227 # IPv6 pings of a neighbour, 400 a second
		228 icmp-flood 10.0.1.228 10.2.0.228 # pings of a host that has used the pinger's service
		229 tcp-flood-null 10.2.0.229 # hping3 -S -f, 1000 a second
		230 synfin-scan 10.0.1.230 10.2.0.230 # nmap --scanflags SYNFIN, 60 ports
		231 udp-sweep-port 10.0.1.231 # nbtscan -r, 254 hosts
		232 syn-flood 10.2.232.232 # SYNs, 600 a second, forged, all answered
		233 host-sweep-wide 10.0.1.233 # connections to 500 silent hosts, port 8080
		234 ack-sweep 10.0.1.234 # nmap -sn -PA, 254 hosts
		235 udp-sweep-empty 10.0.1.235 # nmap -sn -PU, 254 hosts
		236 sctp-sweep 10.0.1.236 # nmap -sn -PY, 254 hosts
		237 udp-scan-source 10.0.1.237 10.2.0.237 # nmap -sU -g 53, 60 ports
		238 brute-force-tries 10.0.1.238 10.2.0.238 # 24 SSH passwords on 4 connections
		239 udp-sweep-sip 10.0.1.239 # svmap, 60 hosts
		240 lan-flood 10.2.0.240 # ARP, 2000 a second, forged
		241 udp-sweep-names 10.0.1.241 # nmap -sU -p 53, 254 hosts
		244 udp-sweep-time 10.0.1.244 # nmap -sU -p 123, 254 hosts
		245 amplification-dns-few 198.18.0.245 10.2.0.245 # DNS answers of one resolver, 500 a second
		242 (flood-many|icmp-flood) (10.0.[0-7].242 )?10.2.0.242 # pings of 8 hosts, 2000 a second
	EOA
}

# What must stay quiet: number, what it is.
loads() {
	seen_loads
	made_loads
	more_loads
	busy_loads
	far_loads
	odd_loads
	heavy_loads
	down_loads
}

seen_loads() {
	cat <<-EOA
		41 a client of a name server, 400 queries
		42 passive FTP, a port for each of 100 files
		43 a NAT address, 400 web servers in a second
		44 600 requests over HTTP in a second
		45 60 web servers that are gone
		46 a video in one direction, 2000 packets a second
		47 fping -g, 256 silent hosts
	EOA
}

made_loads() {
	cat <<-EOA
		101 a download, 120 Mbit/s
		102 a video over QUIC, joined in the middle
		103 WireGuard, 230 Mbit/s
		104 a backup over SSH
		105 a backup over active FTP, 100 files
		106 50 browsers with one NAT address
		107 20 browsers with 20 addresses
		108 pings of 200 hosts each second, 20 of them down
		109 TCP checks of 200 hosts, 20 of them down
		110 BitTorrent, half of the peers gone
		111 a resolver, 100 queries a second
		112 a name server, 1000 queries a second
		113 a mail server, every seventh other one down
		114 120 polls of mail with one NAT address
	EOA
}

more_loads() {
	cat <<-EOA
		115 10 calls over SIP and RTP
		116 video conferences, 144 addresses tried
		117 a copy over SMB
		118 an NTP server, 5000 clients
		119 answers to SSDP of 60 devices
		120 a web proxy, 100 clients
		121 health checks of 60 containers
		122 100 MQTT sensors with one NAT address
		123 a web page's queries to MySQL
		124 traceroute over UDP
		125 a list of 2000 game servers
		126 20 logons to a domain
		127 mail over IMAP and STARTTLS
		128 files over FTP and AUTH TLS
	EOA
}

busy_loads() {
	cat <<-EOA
		129 a mail queue, a quarter of the servers gone
		130 a Tor relay, joined in the middle
		131 builds that fetch over SSH, each 7 seconds
		132 Kerberos of a terminal server, 80 users
		133 reverse look-ups of IPv6, 20 a second
		134 a gateway's 100 calls to a recorder, one way
		135 150 tunnels of IPsec
		136 a program whose database is down
		137 SNMP of 250 switches
		138 Prometheus, 300 targets
		139 a load balancer's checks
		140 meetings over UDP 8801, joined in the middle
		141 images pulled from three servers
		142 300 logons to a domain
	EOA
}

far_loads() {
	cat <<-EOA
		143 a server that is down, 10 clients a second
		144 a busy server that is down, 60 clients a second
		145 IPFS, 60 % of the peers gone
		146 BitTorrent at its own ports, 60 % of the peers gone
		147 pages of 400 servers, no route over IPv6
		148 iperf3 over UDP, 3300 packets a second
		149 400 connections reset at once
		150 git over SSH, each 30 seconds
		151 NetFlow and syslog of a router
		152 Nagios, 300 hosts, some down
		153 updates from 120 neighbours, 60 % of them off
		154 ten devices of a household, mDNS and SSDP
	EOA
}

odd_loads() {
	cat <<-EOA
		155 a NAT address, outgoing packets only
		156 a web server, incoming packets only
		157 Gnutella, 80 % of the peers gone
		158 look-ups of file hashes, 50 a minute
		159 a connection over FTP for each of 40 files
		160 an NTP server with NTS, 3000 clients
		161 a NAT address, incoming packets only
		162 a resolver, incoming packets only
		163 a call and a download over QUIC, incoming packets only
		164 a web server, incoming packets only, joined in the middle
		165 240 clients of IPsec, OpenVPN, SIP and CoAP with the server's port
		166 90 hosts that start at once, with IPv6
		167 40 hosts that start over TFTP
		168 a load balancer's requests, five a second
		169 mtr over UDP
		170 a download that its client resets
		171 200 clients of a name server that is down
		172 200 web sockets of a proxy
		173 60 clients of a file server with one NAT address
		174 counters and logs, each from a new port, 200 a second
		175 a server of HTTP/3, incoming packets only
	EOA
}

heavy_loads() {
	cat <<-EOA
		176 NFS over UDP, 92 Mbit/s
		177 a zone transfer, 12 Mbit/s
		178 StatsD of one socket, 5000 a second
		179 a host that starts, 40 files that TFTP does not have
		180 ping -i 0.2 -s 1000
		181 IPsec in fragments, 90 Mbit/s one way
		182 a media server's SSDP and mDNS
		183 a gateway that calls 60 peers of IPsec, none of which answers
		184 TCP in a capture of 46 bytes a packet, which has no flags
		185 a NAT address whose way out is down, 200 web servers a minute
		186 Dogecoin, two thirds of the peers gone
		187 a name server, outgoing packets only
		188 200 idle connections, joined in the middle, the way out down
		189 a list of 300 game servers, a third of them gone
		190 10 logins over SSH, each with the fifth key of an agent
		191 folders made over SFTP, 10 connections
		192 a busy server that is down, each packet seen twice
	EOA
}

down_loads() {
	cat <<-EOA
		193 browsers behind a firewall that drops QUIC
		194 a DHCP server's pings of 60 addresses
		195 a SIP server that keeps the NAT addresses of 200 phones
		196 20 services of a host that goes down
		197 checks of SSH of 60 hosts, then the way is down
		198 300 hosts whose gateway is down
		199 a resolver whose way out goes down
		200 10 calls a second between two telephone systems
		243 600 SNMP requests, each from a new port
	EOA
}

@test "home and office name each attack and who it is about, and no other" {
	local rules n rule who

	grep -qE ' [0-9]+ packets captured, 0 dropped' err
	for rules in home office; do
		found $rules >all.found
		awk '$2 == 0' all.found >$rules.found
		while read -r n rule who; do
			who=${who% #*}
			sed -n "s/^$n 0 //p" $rules.found >one
			[ -s one ] || { echo "$rules: no $rule"; cat $rules.found; }
			same "" "$(grep -vxE "$rule $who" one)"
			[ -s one ]
		done < <(attacks)
		same "" "$(grep -vE "^($(attacks | cut -d' ' -f1 |
		    paste -sd '|')) " $rules.found)"
	done
}

@test "the loads beside them were there" {
	local n

	grep -hoE ',10[.]0[.][0-9][0-9]?[.][0-9]+,' seen.csv made.csv |
	    cut -d. -f4 | tr -d , | sort | uniq -c >rows
	for n in $(loads | cut -d' ' -f1); do
		[ "$(awk -v n="$n" '$2 == n { print $1 }' rows)" -gt 50 ]
	done
}

# table: what each set finds as a list of mdoc; that of server as it is.
table() {
	found server >server.found
	echo '.Bl -column "brute-force-database" "brute-force-database" "fping"'
	echo '.It Em home , office Ta Em server Ta Em traffic'
	{
		attacks | sed -E 's/^([0-9]+) ([^ ]+) .*# /\1 \2 /
		    s/\(-(many|deaf)(\|-[a-z]+)*\)\?//; s/\((.*)\|.*\)/\1/'
		loads | sed -E 's/^[0-9]+ /&- /'
	} | awk 'FNR == NR { if (!($1 in of))
			of[$1] = $3 ($2 == 1 ? ", low" : ""); next }
		{ n = $1; rule = $2; sub(/^[^ ]+ [^ ]+ /, "")
		print ".It", rule, "Ta", n in of ? of[n] : "-", "Ta", $0
		}' server.found -
	echo .El
}

@test "the page has this table of what the rules find" {
	same "$(table)" "$(sed -n '/^.Bl -column "brute-force-/,/^.El/p' \
	    "$ROOT/man/pktpipe-rules.5")"
}
