/*
 * packet - link layers, VLAN tags, IP, fragments and transports
 *
 * Packets are written after the RFCs that the cases name, link headers after
 * the tcpdump group's registry of link types.
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode.h"

enum { ETHERNET = 1, RAW = 101 };

#define DATA_FRAME	"0801 0000 " MACS "020000000003 0000 "	/* 802.11 */

/* Each carries the same TCP segment. */
static const struct {
	unsigned	linktype;
	const char	*header, *what;
} links[] = {
	{ 0, "02000000", "BSD null, little-endian" },
	{ 0, "00000002", "BSD null, big-endian" },
	{ 1, ETHER("0800"), "Ethernet" },
	{ 1, MACS "[0]" LLC_SNAP "0800", "Ethernet with LLC and SNAP" },
	{ 1, ETHER("d28b") "0001 0010 {8} 0800", "Arista's time" },
	{ 1, ETHER("d28b") "0001 0120 {6} 0800",
	    "its shorter time, of UTC" },
	{ 6, "1040" MACS LLC_SNAP "0800", "token ring" },
	{ 6, "1040 020000000002 820000000001 0600 00110020" LLC_SNAP "0800",
	    "token ring with a source route" },
	{ 7, "0102d4 00 0001", "ARCNET of BSD" },
	{ 7, "0102d4 ffffff d4 00 0001", "ARCNET, an exception frame" },
	{ 9, "ff03 0021", "PPP" },
	{ 9, "0021", "PPP without address and control" },
	{ 9, "21", "PPP with a protocol of one byte" },
	{ 9, "0f00 0800", "Cisco HDLC as PPP" },
	{ 10, "50" MACS LLC_SNAP "0800", "FDDI" },
	{ 11, LLC_SNAP "0800", "ATM, as DLT" },
	{ 12, "", "raw IP, as DLT" },
	{ 14, "", "raw IP, as OpenBSD's DLT" },
	{ 15, "{24}", "SLIP of BSD/OS" },
	{ 50, "ff03 0021", "PPP in HDLC-like framing" },
	{ 50, "0f00 0800", "the same with Cisco's" },
	{ 51, "1100 0001 [0] 0021", "PPPoE" },
	{ 100, LLC_SNAP "0800", "ATM" },
	{ 101, "", "raw IP" },
	{ 104, "0f00 0800", "Cisco HDLC" },
	{ 105, DATA_FRAME LLC_SNAP "0800", "802.11" },
	{ 105, "8801 0000" MACS "020000000003 0000 0000" LLC_SNAP "0800",
	    "802.11 with QoS" },
	{ 105, "0803 0000" MACS "020000000003 0000 020000000004" LLC_SNAP
	    "0800", "802.11 of four addresses" },
	{ 107, "1841 03cc", "frame relay" },
	{ 107, "1841 03 0080 000000 0800", "frame relay with SNAP" },
	{ 107, "1841 0800", "frame relay, Cisco's way" },
	{ 107, "1841" ETHER("0800"), "frame relay with a frame of Ethernet" },
	{ 108, "00000002", "OpenBSD loopback" },
	{ 109, "00000002 00000000 00000000", "OpenBSD enc" },
	{ 113, "0000 0001 0006 0200000000010000 0800", "Linux cooked" },
	{ 113, "0000 0001 0006 0200000000010000 0003" ETHER("0800"),
	    "Linux cooked with a frame of Ethernet" },
	{ 113, "0000 0200 0000 0000000000000000 0007 ff03 0021",
	    "Linux cooked with PPP" },
	{ 117, "3d 02 {62}", "pflog" },
	{ 119, "{144}" DATA_FRAME LLC_SNAP "0800", "Prism, 802.11" },
	{ 119, "80211001 00000040 {56}" DATA_FRAME LLC_SNAP "0800",
	    "AVS in Prism's place" },
	{ 122, "{16}" LLC_SNAP "0800", "IP over fibre channel" },
	{ 123, "02 00 0005" LLC_SNAP "0800", "SunATM" },
	{ 127, "0000 0800 00000000" DATA_FRAME LLC_SNAP "0800",
	    "radiotap, 802.11" },
	{ 129, "0102 0000 d4 00 0001", "ARCNET of Linux" },
	{ 138, "{16} 0800", "IP over IEEE 1394" },
	{ 163, "80211001 00000040 {56}" DATA_FRAME LLC_SNAP "0800", "AVS" },
	{ 166, "00 ff03 0021", "PPP of pppd" },
	{ 166, "00 8f00 0800", "Cisco HDLC as pppd's" },
	{ 178, "4d474300" ETHER("0800"), "Juniper's Ethernet" },
	{ 178, "4d474380 0004 00000000" ETHER("0800"),
	    "Juniper's with an extension" },
	{ 192, "0000 0800 01000000" ETHER("0800"), "PPI, Ethernet" },
	{ 197, "{8} 02 00 0000 0000 0000 0000" ETHER("0800"), "ERF" },
	{ 197, "{8} 82 00 0000 0000 0000 {8} 0000" ETHER("0800"),
	    "ERF with an extension" },
	{ 204, "01 ff03 0021", "PPP with a direction" },
	{ 205, "01 0f00 0800", "Cisco HDLC with a direction" },
	{ 206, "01 1841 03cc", "frame relay with a direction" },
	{ 219, "00011140", "MPLS" },
	{ 226, "{24}", "Solaris ipnet" },
	{ 228, "", "raw IPv4" },
	{ 239, "02 00 0000 0800 0a00 00000001 3000 0900",
	    "netfilter's log, little-endian" },
	{ 239, "02 00 0000 0008 000a 00000001 0030 0009",
	    "netfilter's log, big-endian" },
	{ 240, "00000000" ETHER("0800"), "netANALYZER" },
	{ 241, "{12}" ETHER("0800"), "netANALYZER with preamble" },
	{ 242, "{40} 0800 0000", "IP over InfiniBand" },
	{ 258, "0c000000 01000000 01000000" ETHER("0800"), "PKTAP" },
	{ 274, "55555555555555d5" ETHER("0800"), "Ethernet with preamble" },
	{ 276, "0800 0000 00000001 0001 00 06 020000000001 0000",
	    "Linux cooked, version 2" },
	{ 276, "0003 0000 00000001 0001 00 06 020000000001 0000"
	    ETHER("0800"), "version 2 with a frame of Ethernet" },
	{ 281, MACS "00000000 0800", "Broadcom's tag" },
	{ 282, "00000000" ETHER("0800"), "Broadcom's tag in front" },
};

static void
test_links(void)
{
	char text[512];
	size_t i;

	for (i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		snprintf(text, sizeof(text), "%s%s", links[i].header,
		    IP4("06") TCP "61626364");
		decodes(links[i].linktype, text, "TCP " SAYS4 " " SAYS_TCP
		    " +4", links[i].what);
	}
	decodes(0, "1e000000" IP6("06") TCP, "TCP " SAYS6 " " SAYS_TCP,
	    "IPv6 over macOS's null");
	decodes(229, IP6("06") TCP, "TCP " SAYS6 " " SAYS_TCP, "raw IPv6");
	decodes(RAW, IP6("06") TCP, "TCP " SAYS6 " " SAYS_TCP,
	    "IPv6 as raw IP");
	decodes(165, "55ff 00", "BACNET", "BACnet MS/TP");
	decodes(107, "1841" MACS "[0] 121203 00", "LLC",
	    "LLC in a frame over frame relay");
	decodes(107, "1841 810000059999 020000000001 0806 {28}", "ARP",
	    "no VLAN's number is read from an address of bridged Ethernet");
	decodes(107, "1841" MACS "0005 121203 00", "OTHER",
	    "a length that does not fit over frame relay");
	decodes(147, IP4("06") TCP, "OTHER", "a link type for private use");
	decodes(105, "8000 0000" MACS "020000000003 0000", "802.11",
	    "a beacon");
	decodes(105, "0841 0000" MACS "020000000003 0000" LLC_SNAP "0800"
	    IP4("06") TCP, "802.11", "an encrypted frame");
}

static void
test_ethernet(void)
{
	decodes(ETHERNET, ETHER("0806") "0001 0800 06 04 0001 020000000001"
	    "c0000201 000000000000 c6336402", "ARP " SAYS4, "ARP");
	decodes(ETHERNET, ETHER("8035") "0001 0800 06 04 0003 020000000001"
	    "c0000201 000000000000 c6336402", "ARP " SAYS4, "RARP");
	decodes(ETHERNET, ETHER("0806") "0001 86dd 06 10 0001 {44}", "ARP",
	    "ARP of no IPv4");
	decodes(ETHERNET, ETHER("88cc") "0000", "LLDP", "LLDP");
	decodes(ETHERNET, ETHER("9999") "0000", "ETH", "an unknown type");
	decodes(ETHERNET, MACS "[0] 424203 0000 00 00", "STP", "STP");
	decodes(ETHERNET, MACS "[0] aaaa03 00000c 2000 02", "CDP", "CDP");
	decodes(ETHERNET, MACS "[0] fefe03 83", "ISIS", "IS-IS");
	decodes(ETHERNET, MACS "[0] e0e003 {30}", "IPX", "IPX over LLC");
	decodes(ETHERNET, MACS "[0] 121203 00", "LLC", "other LLC");
	decodes(ETHERNET, MACS "[0] e1e003 {30}", "LLC",
	    "a group of access points, of which IPX's is one");
	decodes(ETHERNET, ETHER("8100") "0005 0800" IP4("06") TCP,
	    "TCP " SAYS4 " " SAYS_TCP " vlan 5", "one VLAN tag");
	decodes(ETHERNET, ETHER("88a8") "e064 8100 2005 86dd" IP6("06") TCP,
	    "TCP " SAYS6 " " SAYS_TCP " vlan 100.5",
	    "two tags: their IDs, without priorities");
	decodes(ETHERNET, ETHER("9100") "0001 9100 0002 8100 0003 8100 0004"
	    "8100 0fff 0800" IP4("06") TCP,
	    "TCP " SAYS4 " " SAYS_TCP " vlan 1.2.3.4",
	    "five tags, of which four are kept");
	decodes(ETHERNET, ETHER("8100") "0005 [0]" LLC_SNAP "0800" IP4("06")
	    TCP, "TCP " SAYS4 " " SAYS_TCP " vlan 5",
	    "LLC after a VLAN tag");
	decodes(ETHERNET, ETHER("8864") "1100 0001 [0] 0057" IP6("06") TCP,
	    "TCP " SAYS6 " " SAYS_TCP, "IPv6 in a PPPoE session");
	decodes(ETHERNET, ETHER("8863") "1109 0000 0000", "PPPOE",
	    "PPPoE discovery");
	decodes(ETHERNET, ETHER("88e5") "00 00 00000001 0800" IP4("06") TCP,
	    "TCP " SAYS4 " " SAYS_TCP, "MACsec without encryption");
	decodes(ETHERNET, ETHER("88e5") "0c 00 00000001 {20}", "ETH",
	    "MACsec with it");
	decodes(ETHERNET, ETHER("88e7") "00000000" ETHER("0800") IP4("06")
	    TCP, "TCP " SAYS4 " " SAYS_TCP, "a provider backbone's frame");
}

/* Redundant rings and BACnet. */
static void
test_industry(void)
{
	decodes(ETHERNET, ETHER("892f") "0034 0001 0800" IP4("06") TCP,
	    "TCP " SAYS4 " " SAYS_TCP, "an HSR tag (IEC 62439-3)");
	decodes(ETHERNET, ETHER("892f") "0034 0001 8100 0005 0800" IP4("06")
	    TCP, "TCP " SAYS4 " " SAYS_TCP " vlan 5",
	    "a VLAN tag after an HSR tag");
	decodes(ETHERNET, ETHER("0800") "4500 0028 0000 4000 40 06 0000" V4
	    TCP "0001 a03a 88fb", "TCP " SAYS4 " " SAYS_TCP,
	    "PRP's trailer is no payload");
	decodes(ETHERNET, MACS "[0] 828203 01 04 1008", "BACNET",
	    "BACnet over LLC (ASHRAE 135, clause 7)");
	decodes(ETHERNET, MACS "[0] 828203 02 04 1008", "LLC",
	    "another version of it");
	decodes(7, "0102cd 828203 01 20 ffff00ff 1008", "BACNET",
	    "BACnet over BSD's ARCNET (clause 8)");
	decodes(129, "0102 0000 cd 828203 01 20 ffff00ff 1008", "BACNET",
	    "BACnet over Linux's ARCNET");
	decodes(129, "0102 0000 ce 828203 01 20 ffff00ff 1008", "OTHER",
	    "another protocol of ARCNET");
}

/* ISO 10589 over links of two ends, as RFC 1377 and Cisco have it. */
static void
test_isis(void)
{
	decodes(9, "ff03 0023 83 1b 01 00", "ISIS", "IS-IS over PPP");
	decodes(9, "ff03 0023 81 1b 01 00", "PPP", "CLNP over PPP");
	decodes(50, "0f00 fefe 03 83 1b 01 00", "ISIS", "IS-IS over HDLC");
	decodes(104, "0f00 fefe 00 83 1b 01 00", "ISIS",
	    "IS-IS over Cisco HDLC with padding");
	decodes(104, "0f00 fefe 83 1b 01 00", "ISIS", "and without");
	decodes(104, "0f00 fefe 74 83 1b 01 00", "ISIS", "with any padding");
	decodes(104, "0f00 fefe 8e 83 1b 01 00", "ISIS",
	    "with one that is another protocol's number");
	decodes(107, "1841 03 83 1b 01 00", "ISIS",
	    "IS-IS over frame relay");
	decodes(ETHERNET, ETHER("8864") "1100 0001 [0] 0023 83 1b 01 00",
	    "ISIS", "IS-IS in a PPPoE session");
}

static void
test_ip4(void)
{
	decodes(RAW, "4600 [4] 0000 4000 40 06 0000" V4 "01010101" TCP,
	    "TCP " SAYS4 " " SAYS_TCP, "IPv4 options");
	decodes(RAW, "4500 0028 0000 4000 40 06 0000" V4 TCP "{6}",
	    "TCP " SAYS4 " " SAYS_TCP, "padding after IPv4 is no payload");
	decodes(RAW, "4500 0000 0000 4000 40 06 0000" V4 TCP "{6}",
	    "TCP " SAYS4 " " SAYS_TCP " +6",
	    "a total of 0 is what a network card is to fill in");
	decodes(RAW, "4500 0013 0000 4000 40 06 0000" V4 TCP, "IPV4",
	    "a total below the header's length");
	decodes(RAW, "4400 [4] 0000 4000 40 06 0000" V4 TCP, "IPV4",
	    "a header of 16 bytes");
	decodes(RAW, "4500 [4] 0001 2000 40 11 0000" V4 UDP("0035") "6162",
	    "UDP " SAYS4 " 50000>53 +2", "a first fragment has ports");
	decodes(RAW, "4500 [4] 0001 0001 40 11 0000" V4 UDP("0035"),
	    "IPV4 " SAYS4, "a later one has none");
	decodes(RAW, IP4("fd") "{8}", "IPV4 " SAYS4,
	    "a protocol for experiments");
	decodes(RAW, "5000 0000", "OTHER", "IP of version 5");
}

static void
test_ip6(void)
{
	static const struct { const char *header, *what; } extensions[] = {
		{ IP6("00") "06 00 010400000000", "hop-by-hop options" },
		{ IP6("2b") "06 00 0400 00000000", "a routing header" },
		{ IP6("3c") "06 01 010c {12}", "destination options" },
		{ IP6("2c") "06 00 0001 00000001", "a first fragment" },
		{ IP6("2c") "06 00 0000 00000001", "an atomic fragment" },
		{ IP6("87") "06 00 000000000000", "a mobility header" },
		{ IP6("8b") "06 00 000000000000", "HIP" },
		{ IP6("8c") "06 00 000000000000", "shim6" },
		{ IP6("33") "06 01 0000 00000001 00000001",
		    "an authentication header" },
		{ IP6("00") "3c 00 010400000000 2b 00 010400000000"
		    "2c 00 0400 00000000 06 00 0001 00000001",
		    "four extension headers" },
	};
	char text[512];
	size_t i;

	for (i = 0; i < sizeof(extensions) / sizeof(extensions[0]); i++) {
		snprintf(text, sizeof(text), "%s%s", extensions[i].header,
		    TCP);
		decodes(RAW, text, "TCP " SAYS6 " " SAYS_TCP,
		    extensions[i].what);
	}
	decodes(RAW, IP6("2c") "11 00 0008 00000001" UDP("0035"),
	    "IPV6 " SAYS6, "a later fragment of IPv6");
	decodes(RAW, IP6("3b") "{8}", "IPV6 " SAYS6, "no next header");
	decodes(RAW, IP6("00") "06 ff 010400000000" TCP, "IPV6 " SAYS6,
	    "an extension header that is longer than the packet");
	decodes(RAW, "60000000 0014 06 3f" V6 TCP "{6}",
	    "TCP " SAYS6 " " SAYS_TCP, "padding after IPv6 is no payload");
	decodes(RAW, "60000000 0000 00 3f" V6 "06 00 c204 00012345" TCP "61",
	    "TCP " SAYS6 " " SAYS_TCP " +1", "a jumbogram (RFC 2675)");
	decodes(RAW, "60000000 0000 00 3f" V6 "06 01 00 0104 00000000 00"
	    "c204 00012345" TCP "61", "TCP " SAYS6 " " SAYS_TCP " +1",
	    "a jumbogram whose option is the third");
	decodes(RAW, "60000000 0000 00 3f" V6 "06 00 0104 00000000" TCP "61",
	    "IPV6 " SAYS6, "a length of 0 without the option");
	decodes(RAW, "60000000 0000 00 3f" V6 "06 00 c204 0000001c" TCP "61",
	    "TCP " SAYS6 " " SAYS_TCP, "a jumbogram is as long as it says");
	decodes(RAW, "60000000 0000 06 3f" V6 TCP "61", "TCP " SAYS6 " "
	    SAYS_TCP " +1", "a segment that the network card is to cut");
}

/* RFC 9293, 768, 3828, 9260, 4340. */
static void
test_transports(void)
{
	decodes(RAW, IP4("06") "c350 01bb 00000007 00000000 6012 ffff 0000"
	    "0000 01010101 6162", "TCP " SAYS4 " 50000>443 +2",
	    "TCP options are no payload");
	decodes(RAW, IP4("06") "c350 01bb 00000007 00000000 f012 ffff 0000"
	    "0000", "TCP " SAYS4 " 50000>443",
	    "a TCP header that is longer than the packet");
	decodes(RAW, IP4("11") "c350 0035 000a 0000 61626364",
	    "UDP " SAYS4 " 50000>53 +2", "what UDP's length leaves out");
	decodes(RAW, IP4("11") "c350 0035 0007 0000 61626364",
	    "UDP " SAYS4 " 50000>53", "a length below the header's");
	decodes(ETHERNET, ETHER("86dd") IP6("11") "c350 12b5 0001 0000"
	    "08000000 00000100" ETHER("0800") IP4_IN("06") TCP,
	    "UDP " SAYS6 " 50000>4789", "which carries no frame");
	decodes(RAW, IP6("11") "c350 0035 0000 0000 61626364",
	    "UDP " SAYS6 " 50000>53 +4", "UDP of length 0");
	decodes(RAW, IP4("2f"), "GRE " SAYS4,
	    "a protocol of which nothing was sent: a scan of protocols");
	decodes(RAW, IP6("32"), "ESP " SAYS6, "the same over IPv6");
	decodes(RAW, IP4("67") "2100 dfff 00000000" IP4_IN("01") "08 {7}",
	    "PIM " SAYS4_IN " outer " SAYS4, "a packet that PIM registers");
	decodes(RAW, IP4("67") "2000 dfff 00000000" IP4_IN("01") "08 {7}",
	    "PIM " SAYS4, "PIM's other messages have none");
	decodes(RAW, IP4("36") "0001 0800 {16}", "GRE " SAYS4,
	    "NHRP without GRE");
	decodes(RAW, IP4("7c") "83 1b 01 00", "IPV4 " SAYS4,
	    "a protocol that IP announces and nobody reads");
	decodes(RAW, IP4("88") "c350 0035 0008 0000 6162",
	    "UDP " SAYS4 " 50000>53 +2", "UDP-Lite");
	decodes(RAW, IP4("84") "c350 0035 00000000 00000000 01 00 0014 {16}",
	    "SCTP " SAYS4 " 50000>53", "SCTP");
	decodes(RAW, IP4("84") "c350 1388 00000000 00000000 03 00 0010 {12}"
	    "00 03 0014 {8} 0000002e 01000014",
	    "DIAMETER " SAYS4 " 50000>5000",
	    "SCTP's payload identifier names Diameter (RFC 6733)");
	decodes(RAW, IP4("84") "c350 0050 00000000 00000000 00 03 0014 {8}"
	    "00000000 20202020", "HTTP " SAYS4 " 50000>80",
	    "a message on IANA's port for HTTP over SCTP");
	decodes(RAW, IP4("84") "c350 0050 00000000 00000000 00 02 0014 {8}"
	    "00000000 20202020", "SCTP " SAYS4 " 50000>80",
	    "a message there that goes on");
	decodes(RAW, IP4("71") "c350 1388 00 00 {10}", "PGM " SAYS4, "PGM");
	decodes(RAW, IP4("71") "c350 1388 0c 00 {10}", "IPV4 " SAYS4,
	    "PGM of no assigned type (RFC 3208, 8)");
	decodes(RAW, IP4("21") "c350 0035 {8}", "DCCP " SAYS4 " 50000>53",
	    "DCCP");
	decodes(RAW, IP4("32") "{8}", "ESP " SAYS4, "ESP");
	decodes(RAW, IP4("01") "0800 0000 0001 0001", "ICMP " SAYS4, "ICMP");
	decodes(RAW, IP4("01") "0301 0000 00000000" IP4_IN("06") TCP,
	    "ICMP " SAYS4, "a packet that an ICMP error quotes is no tunnel");
	decodes(RAW, IP6("3a") "0101 0000 00000000" IP6_IN("06") TCP,
	    "ICMPV6 " SAYS6, "nor one that an ICMPv6 error quotes");
}

static void
test_fields(void)
{
	uint8_t data[PACKET_MAX];
	struct packet p;
	size_t n = make_packet(data, IP6("3c") "06 00 010400000000"
	    "01bb c350 89abcdef 00000000 50c5 ffff 0000 0000");

	packet_decode(&p, RAW, data, (uint32_t)n, (uint32_t)n);
	ok(p.has_tcp && p.tcp_flags ==
	    (TCP_CWR | TCP_ECE | TCP_RST | TCP_FIN), "TCP flags");
	ok(p.has_ip && p.ttl == 63, "hop limit");
	same_int(p.ip_protocol, 6, "the protocol after the extensions");
	n = make_packet(data, IP4("11") UDP("0035") "61626364");
	packet_decode(&p, RAW, data, (uint32_t)n - 3, (uint32_t)n);
	ok(p.payload_len == 4 && p.payload_caplen == 1 &&
	    p.payload == data + 28, "payload that was cut");
	ok(!p.has_tcp && !p.has_icmp, "a datagram has no flags, and no type");
	n = make_packet(data, IP4("01") "0301 0000 00000000" IP4_IN("01")
	    "0800 0000");
	packet_decode(&p, RAW, data, (uint32_t)n, (uint32_t)n);
	ok(p.has_icmp && p.icmp_type == 3, "an error's type is its own");
	packet_decode(&p, RAW, data, 20, (uint32_t)n);
	ok(!p.has_icmp, "a type that was not captured");
	n = make_packet(data, IP6("3a") "8000 0000 0001 0001");
	packet_decode(&p, RAW, data, (uint32_t)n, (uint32_t)n);
	ok(p.has_icmp && p.icmp_type == 128, "the type of ICMPv6");
}

int
main(void)
{
	test_links();
	test_ethernet();
	test_industry();
	test_isis();
	test_ip4();
	test_ip6();
	test_transports();
	test_fields();
	return tap_done();
}
