# connections.awk - made-up connections: beacons, ordinary polling, people
#
# seed; hours.  Writes packet rows of SYNs, in time order as sorted by the
# caller: time,src,dst,proto,len,sport,dport,flags.  The destination says what
# it is: 192.0.2.N a beacon with N percent of jitter, 198.51.100.N ordinary.
# MINSTD, so every awk writes the same.
# SPDX-License-Identifier: ISC

function uniform() { x = x * 16807 % 2147483647; return x / 2147483647 }
function syn(t, src, dst, port, proto) {
	printf "%.6f,%s,%s,%s,60,%d,%d,S\n", t, src, dst, proto == "" ? \
	    "TCP" : proto, 32768 + int(28000 * uniform()), port
}
# Steps of a length that each vary by a share of it, less the lost ones.
function steps(dst, port, step, share, lost, proto,	t) {
	for (t = start + step * uniform(); t < till;
	    t += step * (1 + share * (2 * uniform() - 1)))
		if (uniform() >= lost)
			syn(t, "10.0.0." 1 + int(step) % 200, dst, port, proto)
}
# People: visits of several connections, at times of no pattern.
function visits(src, dst, mean,	t, n) {
	for (t = start; t < till; t += -log(uniform()) * mean)
		for (n = 1 + int(6 * uniform()); n > 0; n--)
			syn(t + 3 * uniform(), src, dst, 443)
}

BEGIN {
	x = seed
	start = 1704067200
	till = start + hours * 3600
	steps("192.0.2.0", 443, 60, 0, 0)
	steps("192.0.2.5", 443, 300, 0.05, 0)
	steps("192.0.2.10", 8443, 45, 0.1, 0.05)
	steps("192.0.2.15", 4444, 10, 0.15, 0)
	steps("192.0.2.20", 80, 900, 0.2, 0)
	steps("192.0.2.1", 443, 2, 0.01, 0)
	steps("198.51.100.1", 123, 64, 0.02, 0, "NTP")
	steps("198.51.100.2", 993, 600, 0.01, 0)
	steps("198.51.100.3", 53, 30, 0.01, 0, "DNS")
	steps("224.0.0.251", 9999, 20, 0.01, 0, "UDP")
	steps("198.51.100.4", 67, 1800, 0.01, 0, "DHCP")
	for (i = 5; i < 60; i++)
		visits("10.0.1." i, "198.51.100." i, 20 + 12 * i)
}
