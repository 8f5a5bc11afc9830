/*
 * packet_tunnel - IP in IP, GRE, MPLS and the tunnels over UDP
 *
 * Packets are written after the RFCs that the cases name.
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode.h"

enum { ETHERNET = 1, RAW = 101 };

#define INNER		IP4_IN("06") TCP
#define SAYS_INNER	SAYS4_IN " " SAYS_TCP
#define IN_4		"TCP " SAYS_INNER " outer " SAYS4
#define IN_6		"TCP " SAYS_INNER " outer " SAYS6

static void
test_ip_in_ip(void)
{
	decodes(RAW, IP4("04") INNER, IN_4, "IPv4 in IPv4 (RFC 2003)");
	decodes(RAW, IP6("04") INNER, IN_6, "IPv4 in IPv6 (RFC 2473)");
	decodes(RAW, IP4("29") IP6_IN("06") TCP,
	    "TCP " SAYS6_IN " " SAYS_TCP " outer " SAYS4,
	    "IPv6 in IPv4 (RFC 4213)");
	decodes(RAW, IP6("29") IP6_IN("06") TCP,
	    "TCP " SAYS6_IN " " SAYS_TCP " outer " SAYS6, "IPv6 in IPv6");
	decodes(RAW, IP4("5e") INNER, IN_4, "IPIP, protocol 94");
	decodes(RAW, IP4("04") IP4_OF("c0a80001 c0a80002", "29")
	    IP6_IN("06") TCP, "TCP " SAYS6_IN " " SAYS_TCP " outer " SAYS4,
	    "three headers: the first and the last count");
	decodes(RAW, IP4("04") "4500 [4] 0000 0001 40 06 0000" V4_IN TCP,
	    "IPV4 " SAYS4_IN " outer " SAYS4,
	    "a later fragment in a tunnel");
	decodes(RAW, IP4("04") IP4_IN("01") "0800 0000 0001 0001",
	    "ICMP " SAYS4_IN " outer " SAYS4, "an echo in a tunnel");
	decodes(RAW, IP4("37") "0600 0000 0a000002" TCP,
	    "TCP 192.0.2.1>10.0.0.2 50000>443 outer " SAYS4,
	    "minimal encapsulation (RFC 2004)");
	decodes(RAW, IP4("37") "0680 0000 0a000002 0a000001" TCP, IN_4,
	    "the same with a source");
	decodes(RAW, IP6("37") "0600 0000 0a000002" TCP,
	    "TCP " SAYS6 " " SAYS_TCP,
	    "an IPv4 destination alone makes no pair with an IPv6 source");
	decodes(RAW, IP4("61") "3000" ETHER("0800") INNER, IN_4,
	    "EtherIP (RFC 3378)");
	decodes(RAW, IP6("8f") ETHER("0800") INNER, IN_6,
	    "Ethernet in IPv6 (RFC 8986)");
	decodes(RAW, IP4("89") "00011140" INNER, IN_4,
	    "MPLS in IP (RFC 4023)");
}

static void
test_gre(void)
{
	decodes(RAW, IP4("2f") "0000 0800" INNER, IN_4, "GRE (RFC 2784)");
	decodes(RAW, IP4("2f") "8000 0800 00000000" INNER, IN_4,
	    "GRE with a checksum");
	decodes(RAW, IP6("2f") "b000 0800 00000000 00000001 00000002" INNER,
	    IN_6, "GRE with checksum, key and sequence (RFC 2890)");
	decodes(RAW, IP4("2f") "0000 86dd" IP6_IN("06") TCP,
	    "TCP " SAYS6_IN " " SAYS_TCP " outer " SAYS4, "IPv6 in GRE");
	decodes(RAW, IP4("2f") "4000 0800 00000000 0800 0004 01020304"
	    "0000 0000" INNER, IN_4, "GRE with a source route (RFC 1701)");
	decodes(RAW, IP4("2f") "3081 880b 0020 0001 00000001 00000002"
	    "ff03 0021" INNER, IN_4, "PPTP's GRE (RFC 2637)");
	decodes(RAW, IP4("2f") "2000 6558 00000100" ETHER("0800") INNER,
	    IN_4, "NVGRE (RFC 7637)");
	decodes(RAW, IP4("2f") "0000 88be" ETHER("0800") INNER, IN_4,
	    "ERSPAN, type I");
	decodes(RAW, IP4("2f") "1000 88be 00000001 1001 0001 00000000"
	    ETHER("0800") INNER, IN_4, "ERSPAN, type II");
	decodes(RAW, IP4("2f") "1000 22eb 00000001 2001 0001 00000000"
	    "00000000" ETHER("0800") INNER, IN_4, "ERSPAN, type III");
	decodes(RAW, IP4("2f") "1000 22eb 00000001 2001 0001 00000000"
	    "00000001 {8}" ETHER("0800") INNER, IN_4,
	    "the same with a platform's header");
	decodes(RAW, IP4("2f") "0000 8847 00011140" INNER, IN_4,
	    "MPLS in GRE");
	decodes(RAW, IP4("2f") "2001 6400 [2] 0005" ETHER("0800") INNER, IN_4,
	    "MikroTik's EoIP in GRE");
	decodes(RAW, IP4("2f") "2001 6400 0000 0005", "GRE " SAYS4,
	    "EoIP's keep-alive");
	decodes(RAW, IP4("2f") "0000 2001 0001 0800 {16}", "GRE " SAYS4,
	    "NHRP in GRE (RFC 2332)");
	decodes(RAW, IP4("2f") "0000 0800", "GRE " SAYS4,
	    "a keepalive without a packet");
	decodes(RAW, IP4("2f") "0000 6559 1841 03cc" INNER, IN_4,
	    "frame relay in GRE (RFC 1701)");
	decodes(RAW, IP4("2f") "2000 8881 00000001 7eff7d23", "PPP " SAYS4,
	    "PPP in GRE, byte by byte (3GPP2 A.S0017)");
	decodes(RAW, IP4("2f") "0000 9000 {8}", "GRE " SAYS4,
	    "Aruba's keepalive has the number that is Loopback on Ethernet");
	decodes(RAW, IP4("2f") "0000 9999 {8}", "GRE " SAYS4,
	    "an unknown type in GRE");
}

static void
test_mpls(void)
{
	decodes(ETHERNET, ETHER("8847") "00011040 00012140" INNER,
	    "TCP " SAYS_INNER, "two labels (RFC 3032)");
	decodes(ETHERNET, ETHER("8847") "00012140 00000000" ETHER("8100")
	    "0007 0800" INNER, "TCP " SAYS_INNER " vlan 7",
	    "a pseudowire's frame (RFC 4385)");
	decodes(ETHERNET, ETHER("8847") "00012140 10000021" INNER,
	    "TCP " SAYS_INNER, "an associated channel (RFC 5586)");
	decodes(ETHERNET, ETHER("8848") "00012140 10000007 20c00318 {20}",
	    "BFD", "BFD in a channel (RFC 5885)");
	decodes(ETHERNET, ETHER("8847") "00012140 10000023 20c00318 {20}",
	    "BFD", "connectivity verification (RFC 6428)");
	decodes(ETHERNET, ETHER("8847") "00012140 f0", "MPLS",
	    "labels before something else");
	decodes(ETHERNET, ETHER("8847") "00012040 00012040", "MPLS",
	    "labels without a bottom");
}

static void
test_vxlan_geneve(void)
{
	decodes(RAW, IP4("11") UDP("12b5") "08000000 00000100"
	    ETHER("8100") "0009 0800" INNER, "TCP " SAYS_INNER " outer "
	    SAYS4 " vlan 9", "VXLAN (RFC 7348)");
	decodes(RAW, IP6("11") UDP("12b5") "08000000 00000100"
	    ETHER("86dd") IP6_IN("11") UDP("0035") "61",
	    "UDP " SAYS6_IN " 50000>53 +1 outer " SAYS6,
	    "IPv6 in VXLAN over IPv6");
	decodes(RAW, IP4("11") UDP("12b5") "00000000 00000100",
	    "UDP " SAYS4 " 50000>4789 +8", "VXLAN without its flag");
	decodes(RAW, IP4("11") UDP("12b6") "0c000001 00000100" INNER, IN_4,
	    "VXLAN-GPE with IPv4");
	decodes(RAW, IP4("11") UDP("12b6") "0c000004 00000100"
	    "0006 0101 000001ff {16}" INNER, IN_4, "VXLAN-GPE with NSH");
	decodes(RAW, IP4("11") UDP("12b6") "0c000005 00000100 00011140"
	    INNER, IN_4, "VXLAN-GPE with MPLS");
	decodes(RAW, IP4("11") UDP("17c1") "0000 6558 00000100"
	    ETHER("0800") INNER, IN_4, "GENEVE (RFC 8926)");
	decodes(RAW, IP4("11") UDP("17c1") "0200 0800 00000100"
	    "01020001 00000000" INNER, IN_4,
	    "GENEVE with an option, and IP in it");
	decodes(RAW, IP4("11") UDP("17c1") "4000 0800 00000100" INNER,
	    "UDP " SAYS4 " 50000>6081 +48", "GENEVE of another version");
	decodes(RAW, IP4("11") UDP("17c1") "0000 6558 00000100"
	    ETHER("88e1") "{40}", "ETH " SAYS4,
	    "a frame in GENEVE has no ports, as in VXLAN");
	decodes(RAW, IP4("11") UDP("17c1") "0000 00fe 00000100 83 1b01",
	    "ISIS " SAYS4, "nor has IS-IS in it");
	decodes(RAW, IP4("11") UDP("12b6") "0c000002 00000100 {40}",
	    "IPV6 " SAYS4, "nor has what is announced as IPv6");
}

/* Linux's port for VXLAN, which is IANA's for OTV. */
static void
test_vxlan_linux(void)
{
	decodes(RAW, IP4("11") UDP("2118") "08000000 00000100"
	    ETHER("0800") INNER, IN_4, "VXLAN on port 8472");
	decodes(RAW, IP4("11") UDP("2118") "08010000 00000100"
	    ETHER("0800") INNER, "UDP " SAYS4 " 50000>8472 +62",
	    "a header there whose reserved bits are set");
	decodes(RAW, IP4("11") "12b5 c350 [6] 0000 08000000 00000100"
	    ETHER("0800") INNER, IN_4, "VXLAN's port as a source");
	decodes(RAW, IP4("11") "12b5 c350 [6] 0000 08010000 00000100"
	    ETHER("0800") INNER, "UDP " SAYS4 " 4789>50000 +62",
	    "where reserved bits are set");
	decodes(RAW, IP4("11") "19eb c350 [6] 0000 00011140" INNER,
	    "UDP " SAYS4 " 6635>50000 +44",
	    "MPLS's port as a source names nothing (RFC 7510)");
	decodes(RAW, IP4("11") "0035 19eb [6] 0000 00011140" INNER,
	    "UDP " SAYS4 " 53>6635 +44", "DNS answers to any port");
}

/* Packets over 64 KiB as Linux hands them to a capture, in tunnels too. */
static void
test_big_tcp(void)
{
	decodes(RAW, "4500 0000 0000 4000 40 11 0000" V4
	    "c350 12b5 0000 0000 08000000 00000100" ETHER("0800")
	    "4500 0000 0000 4000 40 06 0000" V4_IN TCP "6162",
	    "TCP " SAYS4_IN " " SAYS_TCP " +2 outer " SAYS4,
	    "IPv4 of length 0 in VXLAN of length 0");
	decodes(RAW, "60000000 0000 11 3f" V6
	    "c350 17c1 0000 0000 0000 6558 00000100" ETHER("86dd")
	    "60000000 0000 00 3f" V6_IN "06 00 c204 00012345" TCP "6162",
	    "TCP " SAYS6_IN " " SAYS_TCP " +2 outer " SAYS6,
	    "an IPv6 jumbogram in GENEVE");
}

/* RFC 5415, 4. */
static void
test_capwap(void)
{
	decodes(RAW, IP4("11") UDP("147f") "00 100200 00000000"
	    ETHER("0800") INNER, IN_4, "CAPWAP with 802.3");
	decodes(RAW, IP6("88") "c350 147f 0008 0000 00 100200 00000000"
	    ETHER("0800") INNER, IN_6, "CAPWAP over UDP-Lite");
	decodes(RAW, IP4("11") UDP("147f") "00 100300 00000000"
	    "0801 0000 {18} 0000" LLC_SNAP "0800" INNER, IN_4,
	    "CAPWAP with 802.11");
	decodes(RAW, IP4("11") UDP("147f") "00 100300 00000000"
	    "0108 0000 {18} 0000" LLC_SNAP "0800" INNER, IN_4,
	    "CAPWAP with 802.11, frame control swapped");
	decodes(RAW, IP4("11") UDP("147f") "00 200320 00000000 04 {7}"
	    "0801 0000 {18} 0000" LLC_SNAP "0800" INNER, IN_4,
	    "CAPWAP with wireless information");
	decodes(RAW, IP4("11") UDP("147f") "00 100308 00000000 {4}",
	    "UDP " SAYS4 " 50000>5247 +12", "CAPWAP's keep-alive");
	decodes(RAW, IP4("11") UDP("147f") "00 100380 00000000 {4}",
	    "UDP " SAYS4 " 50000>5247 +12", "a fragment of CAPWAP");
	decodes(RAW, IP4("11") UDP("147f") "00 100500 00000000 {30}",
	    "UDP " SAYS4 " 50000>5247 +38",
	    "another radio than that of 802.11");
	decodes(RAW, IP4("11") UDP("147e") "01 000000 16 feff {10}",
	    "DTLS " SAYS4 " 50000>5246 +17", "CAPWAP's control in DTLS");
	decodes(RAW, IP4("11") UDP("147f") "01 000000 17 fefd {10}",
	    "DTLS " SAYS4 " 50000>5247 +17", "CAPWAP's data in DTLS");
	decodes(RAW, IP4("11") UDP("147e") "01 000000 00 feff {10}",
	    "UDP " SAYS4 " 50000>5246 +17", "its preamble without DTLS");
	decodes(RAW, IP4("11") UDP("147e") "00 100200 00000000 {8}",
	    "UDP " SAYS4 " 50000>5246 +16", "CAPWAP's control in the clear");
}

/* 3GPP TS 29.281, 5.1. */
static void
test_gtp(void)
{
	decodes(RAW, IP4("11") UDP("0868") "30ff [-4] 00000001" INNER, IN_4,
	    "GTP-U");
	decodes(RAW, IP4("11") UDP("0868") "32ff [-4] 00000001 0007 00 00"
	    INNER, IN_4, "GTP-U with a sequence number");
	decodes(RAW, IP4("11") UDP("0868") "34ff [-4] 00000001 0000 00 85"
	    "01 1001 c0 02 {6} 00" INNER, IN_4,
	    "GTP-U with two extension headers");
	decodes(RAW, IP4("11") UDP("0868") "34ff [-4] 00000001 0000 00 85"
	    "00 1001 00" INNER, "UDP " SAYS4 " 50000>2152 +56",
	    "an extension header of no length");
	decodes(RAW, IP4("11") UDP("0868") "3201 [-4] 00000000 0007 00 00",
	    "UDP " SAYS4 " 50000>2152 +12", "GTP-U's echo");
}

/* RFC 4380, 5.1.1. */
static void
test_teredo(void)
{
	static const char want[] = "TCP " SAYS6_IN " " SAYS_TCP " outer "
	    SAYS4;

	decodes(RAW, IP4("11") UDP("0dd8") IP6_IN("06") TCP, want, "Teredo");
	decodes(RAW, IP4("11") UDP("0dd8") "0000 3caf 3ffffdfe" IP6_IN("06")
	    TCP, want, "Teredo with an origin");
	decodes(RAW, IP4("11") UDP("0dd8") "0001 02 03 6162 616263 {8} 00"
	    "0000 3caf 3ffffdfe" IP6_IN("06") TCP, want,
	    "Teredo with authentication and an origin");
	decodes(RAW, IP4("11") UDP("0dd8") IP6_IN("3b"),
	    "IPV6 " SAYS6_IN " outer " SAYS4, "Teredo's bubble");
	decodes(RAW, IP4("11") UDP("0dd8") IP6_IN("3a") "80 {7}",
	    "TEREDO " SAYS6_IN " outer " SAYS4, "a test of the way");
	decodes(RAW, IP4("11") "0dd8 c350 [6] 0000" IP6_IN("3a") "80 {7}",
	    "ICMPV6 " SAYS6_IN " outer " SAYS4, "an echo request from Teredo");
	decodes(RAW, IP4("11") UDP("0dd8") "60000000 0015 06 3f" V6_IN TCP,
	    "UDP " SAYS4 " 50000>3544 +60",
	    "IPv6 that is longer than its datagram");
	decodes(RAW, IP4("11") UDP("0dd8") "0001 ff ff 00",
	    "UDP " SAYS4 " 50000>3544 +5", "authentication that is cut");
}

static void
test_others(void)
{
	decodes(RAW, IP4("11") UDP("06a5") "0002 0001 0001 ff03 0021" INNER,
	    IN_4, "L2TP (RFC 2661)");
	decodes(RAW, IP4("11") UDP("06a5") "4a02 [2] 0001 0001 0000 0000"
	    "0002 0000 0021" INNER, IN_4,
	    "L2TP with length, sequence and offset");
	decodes(RAW, IP4("11") UDP("06a5") "c802 [2] 0001 0000 0000 0000",
	    "UDP " SAYS4 " 50000>1701 +12", "L2TP's control");
	decodes(RAW, IP4("11") UDP("10f5") "80000001 00000001" INNER, IN_4,
	    "LISP (RFC 9300)");
	decodes(RAW, IP4("11") UDP("19eb") "00011140" INNER, IN_4,
	    "MPLS over UDP (RFC 7510)");
	decodes(RAW, IP4("11") UDP("13d0") "41 52 01 29 00000001 {36}"
	    IP6_IN("06") TCP, "TCP " SAYS6_IN " " SAYS_TCP " outer " SAYS4,
	    "AYIYA");
	decodes(RAW, IP4("11") UDP("13d0") "41 52 01 fd 00000001 {36}" "00",
	    "UDP " SAYS4 " 50000>5072 +45",
	    "AYIYA's number of no known protocol");
	decodes(RAW, IP4("11") UDP("2fbe") "00 00 [-4] 0000 0108 0000 {18}"
	    "0000" LLC_SNAP "0800" INNER, IN_4,
	    "LWAPP with 802.11 (RFC 5412)");
	decodes(RAW, IP4("11") UDP("9090") "01 00 0001 0a 01 05 00 01"
	    ETHER("0800") INNER, IN_4, "TZSP with a tag and padding");
	decodes(RAW, IP4("11") UDP("9090") "01 00 007f 01" ETHER("0800")
	    INNER, "UDP " SAYS4 " 50000>37008 +59", "TZSP of another link");
	decodes(ETHERNET, ETHER("894f") "0002 01 01 00000aff" INNER,
	    "TCP " SAYS_INNER, "a network service header (RFC 8300)");
	decodes(ETHERNET, ETHER("22f3") "0042 0001 0002 00000000"
	    ETHER("0800") INNER, "TCP " SAYS_INNER,
	    "TRILL with an option (RFC 6325)");
}

/* More headers than any real packet has must not exhaust the stack. */
static void
test_depth(void)
{
	enum { COUNT = 900 };
	uint8_t *data = calloc(COUNT, 24);
	struct packet p;
	size_t i, n;

	if (data == NULL)
		err(1, "calloc");
	for (i = n = 0; i < COUNT; i++, n += 20)
		make_packet(data + n, "4500 0000 0000 0000 40 04 0000 "
		    V4_IN);
	packet_decode(&p, RAW, data, (uint32_t)n, (uint32_t)n);
	ok(p.protocol == PROTO_IPV4 && p.inner.src != p.outer.src,
	    "%d IPv4 headers end somewhere", COUNT);
	for (i = 0, n = 12; i < COUNT; i++, n += 4)
		make_packet(data + n, "8100 0001");
	packet_decode(&p, ETHERNET, data, (uint32_t)n, (uint32_t)n);
	ok(p.protocol == PROTO_ETH && p.vlans == PACKET_VLANS,
	    "%d VLAN tags too", COUNT);
	free(data);
}

/* IANA's identifiers of payload, and ports, of SCTP. */
static void
test_sctp(void)
{
	decodes(RAW, IP4("84") "1389 138a {8} 0003 0014 {8} 0000002e 01000014",
	    "DIAMETER " SAYS4 " 5001>5002", "Diameter's identifier");
	decodes(RAW, IP4("84") "1389 138a {8} 0003 0014 {8} 0000002f 16fefd00",
	    "DTLS " SAYS4 " 5001>5002", "that of Diameter in DTLS");
	decodes(RAW, IP4("84") "1389 138a {8} 0003 0014 {8} 0000002d {4}",
	    "SSH " SAYS4 " 5001>5002", "SSH's identifier");
	decodes(RAW, IP4("84") "1389 0035 {8} 0003 0014 {8} 00000000 {4}",
	    "DNS " SAYS4 " 5001>53", "DNS's port");
	decodes(RAW, IP4("84") "1389 0b80 {8} 0003 0014 {8} 00000000 {4}",
	    "MEGACO " SAYS4 " 5001>2944", "Megaco's port");
	decodes(RAW, IP4("84") "1389 138a {8} 0003 0014 {8} 00000003 {4}",
	    "SCTP " SAYS4 " 5001>5002", "an identifier that nobody names");
}

/* RFC 7450, 5.1; RFC 8086, 3; RFC 6951, 4. */
static void
test_transports_in_udp(void)
{
	decodes(RAW, IP4("11") UDP("08dc") "0600" INNER, IN_4,
	    "multicast in AMT");
	decodes(RAW, IP4("11") UDP("08dc") "0400 {10}" IP4_IN("02")
	    "1164 0000 {4}", "IGMP " SAYS4_IN " outer " SAYS4,
	    "a query in AMT");
	decodes(RAW, IP4("11") UDP("08dc") "0100 0000 12345678",
	    "UDP " SAYS4 " 50000>2268 +8", "AMT's discovery");
	decodes(RAW, IP4("11") UDP("1292") "2000 0800 00000001" INNER, IN_4,
	    "GRE in UDP");
	decodes(RAW, IP4("11") UDP("1292") "2001 880b 00000001" INNER,
	    "UDP " SAYS4 " 50000>4754 +48", "another version of it");
	decodes(RAW, IP4("11") UDP("26ab") "1389 138a {8} 01000004",
	    "SCTP " SAYS4 " 5001>5002", "SCTP in UDP");
	decodes(RAW, IP4("11") UDP("26ab") "1389 138a {8} 01000003",
	    "UDP " SAYS4 " 50000>9899 +16", "a chunk too short for SCTP");
}

int
main(void)
{
	test_ip_in_ip();
	test_gre();
	test_mpls();
	test_vxlan_geneve();
	test_vxlan_linux();
	test_big_tcp();
	test_capwap();
	test_gtp();
	test_teredo();
	test_others();
	test_transports_in_udp();
	test_sctp();
	test_depth();
	return tap_done();
}
