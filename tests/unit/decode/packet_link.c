/*
 * packet_link - link types, EtherTypes, PPP and LLC numbers that are rare
 *
 * Numbers are those of the tcpdump group's registry of link types, of IEEE's
 * registries of EtherTypes and of service access points, and of IANA's list of
 * PPP protocols.  packet.c has the usual ones.
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode.h"

enum { NULL_LOOPBACK = 0, ETHERNET = 1, ARCNET = 129, RAW = 101 };

#define SEGMENT		IP4("06") TCP
#define SEGMENT6	IP6("06") TCP
#define SAYS_SEGMENT	"TCP " SAYS4 " " SAYS_TCP
#define SAYS_SEGMENT6	"TCP " SAYS6 " " SAYS_TCP
#define SLL(type)	"0000 0001 0006 0200000000010000 " type " "
#define CISCO_SNAP	"aaaa03 00000c "
#define AX25		"9c609440868260 9c609440868261 "

static void
test_linktypes(void)
{
	decodes(19, SEGMENT, SAYS_SEGMENT, "Classical IP over ATM, as DLT");
	decodes(106, SEGMENT, SAYS_SEGMENT, "Classical IP over ATM");
	decodes(100, "424203 0000", "STP", "LLC over ATM");
	decodes(100, "121203 45", "LLC", "LLC that nobody knows over ATM");
	decodes(3, AX25 "03 cc" SEGMENT, SAYS_SEGMENT, "IP over AX.25");
	decodes(3, AX25 "03 f0" SEGMENT, "OTHER", "text over AX.25");
	decodes(3, AX25 "11" SEGMENT, "OTHER", "a supervisory frame of it");
	decodes(202, "00" AX25 "03 cc" SEGMENT, SAYS_SEGMENT, "KISS");
	decodes(99, "{6} 0800 {36}" SEGMENT, SAYS_SEGMENT,
	    "Symantec's firewall");
	decodes(99, "{20} 0800 {34}" SEGMENT, SAYS_SEGMENT,
	    "its later form");
	decodes(128, "01 00 0001 01" ETHER("0800") SEGMENT, SAYS_SEGMENT,
	    "TZSP");
	decodes(243, "47 411000 {184}", "RTP", "a transport stream");
	decodes(259, "5555d55555000000" ETHER("0800") SEGMENT, SAYS_SEGMENT,
	    "EPON");
	decodes(248, "c350 01bb {8} 01000004", "SCTP 50000>443",
	    "SCTP without IP");
	decodes(284, MACS "00000000 0800" SEGMENT, SAYS_SEGMENT, "DSA");
	decodes(285, MACS "dada0000 00000000 0800" SEGMENT, SAYS_SEGMENT,
	    "DSA with an Ethernet type");
	decodes(RAW, "05 {20}", "OTHER", "raw IP of no version");
	decodes(228, "05 {20}", "IPV4", "IPv4 of another version");
	decodes(NULL_LOOPBACK, "02000000 00 {20}", "IPV4",
	    "BSD null with IPv4 of another version");
	decodes(NULL_LOOPBACK, "1c000000 {8}", "IPV6",
	    "BSD null with IPv6 of another version");
	decodes(NULL_LOOPBACK, "17000000 ffff 001e {26}", "IPX",
	    "BSD null with IPX");
}

/* A cooked capture has no Ethernet, so no frame of it is named so. */
static void
test_cooked(void)
{
	decodes(113, SLL("88e1") "{40}", "OTHER",
	    "a type that nobody names in a cooked capture");
	decodes(113, SLL("88cc") "{40}", "LLDP", "LLDP in one");
	decodes(113, SLL("6558") ETHER("88e1") "{40}", "ETH",
	    "a frame of Ethernet in one");
	decodes(113, "0000 030a 0000 {8} 88be" ETHER("0800") SEGMENT,
	    SAYS_SEGMENT, "ERSPAN from a GRE interface");
	decodes(113, "0000 030a 0000 {8} 22eb 2001 0001 {6} 0800 {20}",
	    "OTHER", "ERSPAN's packet without a frame, and without IP before");
	decodes(113, "0000 0323 0000 {8} 0004 0000 0800 00000000 8000 0000"
	    MACS "020000000003 0000", "802.11",
	    "radiotap from a monitoring interface");
	decodes(113, "0000 0322 0000 {8} 0004 {144} 8000 0000"
	    MACS "020000000003 0000", "802.11",
	    "Prism's header from one");
	decodes(276, "88e1 0000 00000001 0001 00 06 020000000001 0000 {40}",
	    "OTHER", "the same in version 2");
}

#define RA_TA_SA	"020000000002 020000000001 020000000003 "
#define SNAP_SEGMENT	LLC_SNAP "0800" SEGMENT

/* IEEE 802.11-2020, 9.2.4; radiotap.org, "Flags". */
static void
test_wlan(void)
{
	decodes(105, "0801 0000" RA_TA_SA "1000" SNAP_SEGMENT, SAYS_SEGMENT,
	    "a frame of 802.11 with a sequence number");
	decodes(105, "0801 0000" RA_TA_SA "1100" SNAP_SEGMENT, "802.11",
	    "a later fragment of one");
	decodes(105, "0805 0000" RA_TA_SA "1000" SNAP_SEGMENT, "802.11",
	    "a fragment that others follow");
	decodes(105, "0901 0000" RA_TA_SA "1000" SNAP_SEGMENT, "802.11",
	    "a frame of version 1");
	decodes(105, "0801 0000" RA_TA_SA "1000 aaaa03 000000 1234 {9}",
	    "LLC", "a type that nobody names in 802.11");
	decodes(105, "8803 0000" RA_TA_SA "1000 020000000004 0001 001f"
	    "05000000" SNAP_SEGMENT, SAYS_SEGMENT, "a frame of a mesh");
	decodes(105, "8802 0000" RA_TA_SA "1000 0001 021f 05000000 {12}"
	    SNAP_SEGMENT, SAYS_SEGMENT, "one with two more addresses");
	decodes(105, "8801 0000" RA_TA_SA "1000 0001" SNAP_SEGMENT,
	    SAYS_SEGMENT, "a queue's size is no mesh");
	decodes(127, "0000 0900 02000000 20 8801 0000" RA_TA_SA "1000 0000"
	    "0000" SNAP_SEGMENT, SAYS_SEGMENT,
	    "padding between header and data");
}

static void
test_juniper(void)
{
	decodes(178, "4d474302 02000000" SEGMENT, SAYS_SEGMENT,
	    "Juniper's family of IPv4 without a link header");
	decodes(178, "4d474302 06000000" SEGMENT6, SAYS_SEGMENT6,
	    "its family of IPv6");
	decodes(178, "4d474302 04000000 00011140" SEGMENT, SAYS_SEGMENT,
	    "its family of MPLS");
	decodes(178, "4d474302 c8000000 0021" SEGMENT, SAYS_SEGMENT,
	    "its family of PPP");
	decodes(178, "4d474302 ca000000" LLC_SNAP "0800" SEGMENT,
	    SAYS_SEGMENT, "its family of LLC");
	decodes(178, "4d474382 0004 00000000 cc000000" ETHER("0800") SEGMENT,
	    SAYS_SEGMENT, "its family of Ethernet, after an extension");
	decodes(178, "4d474302 d0000000 0f000800" SEGMENT, SAYS_SEGMENT,
	    "its family of Cisco HDLC");
	decodes(178, "4d474302 63000000" SEGMENT, "OTHER",
	    "a family that nobody knows");
	decodes(167, "4d474300" ETHER("0800") SEGMENT, SAYS_SEGMENT,
	    "Juniper's PPPoE");
	decodes(179, "4d474300 ff03 0021" SEGMENT, SAYS_SEGMENT,
	    "Juniper's PPP");
	decodes(180, "4d474300 1841 03cc" SEGMENT, SAYS_SEGMENT,
	    "Juniper's frame relay");
	decodes(181, "4d474300 0f00 0800" SEGMENT, SAYS_SEGMENT,
	    "Juniper's Cisco HDLC");
}

static void
test_ethertypes(void)
{
	decodes(ETHERNET, ETHER("80d5") "0020 00 424203 0000", "STP",
	    "LLC after a length, as IBM has it");
	decodes(ETHERNET, ETHER("2452") "8000 0000" MACS
	    "020000000003 0000", "802.11", "a frame of 802.11");
	decodes(ETHERNET, ETHER("bbbb") "00 00 0020 0000 {24}", "802.11",
	    "LWAPP with its older type");
	decodes(ETHERNET, ETHER("8103") "01 01 01 14 {40}", "LACP",
	    "LACP with its older type");
	decodes(ETHERNET, ETHER("894f") "0006 0105 000001ff {16} 00011140"
	    SEGMENT, SAYS_SEGMENT, "NSH with MPLS (RFC 8300)");
	decodes(ETHERNET, ETHER("894f") "0006 0101 000001ff {16} 05 {20}",
	    "IPV4", "NSH with IPv4 of another version");
}

#define ISL		"01000c000000 00000c000001 [0] aaaa03 00000c "

static void
test_llc(void)
{
	decodes(ETHERNET, ISL "000e 0000 0000" ETHER("0800") SEGMENT,
	    SAYS_SEGMENT " vlan 7", "Cisco's inter-switch link");
	decodes(ETHERNET, ISL "0003 0000 0000" MACS "[0] 424203 0000",
	    "STP vlan 1", "a bridge's message on it");
	decodes(RAW, IP4("02") "1400 0000", "PIM " SAYS4,
	    "PIM of version 1, a type of IGMP");
	decodes(ETHERNET, MACS "[0] 060603 00 {20}", "IPV4",
	    "IPv4 of another version over LLC");
	decodes(ETHERNET, MACS "[0] 101003 ffff 001e {26}", "IPX",
	    "NetWare's other access point");
	decodes(ETHERNET, MACS "[0]" CISCO_SNAP "0108 {8}", "STP",
	    "a root link query");
	decodes(ETHERNET, MACS "[0]" CISCO_SNAP "0109 {8}", "STP",
	    "its answer");
	decodes(ETHERNET, MACS "[0]" CISCO_SNAP "0104 {8}", "LLC",
	    "PAgP, which nobody names");
	decodes(107, "1841 03cc 05 {20}", "IPV4",
	    "IPv4 of another version over frame relay");
	decodes(ARCNET, "0102 0000 fa 00 0001 ffff 001e {26}", "IPX",
	    "IPX over ARCNET");
	decodes(ARCNET, "0102 0000 ec 00 0001 ffff 001e {26}", "IPX",
	    "IPX over ARCNET, with its newer number");
}

/* RFC 5216, 3.1 and 3.2, in IEEE 802.1X. */
static void
test_eap(void)
{
	decodes(ETHERNET, ETHER("888e") "02 03 005f {20}", "EAPOL", "a key");
	decodes(ETHERNET, ETHER("888e") "02 00 0009 0201 0009 01 {4}",
	    "EAPOL", "an identity");
	decodes(ETHERNET, ETHER("888e") "02 00 0006 0101 0006 0d 20",
	    "EAPOL", "the start of EAP-TLS");
	decodes(ETHERNET, ETHER("888e") "02 00 0011 0201 0011 0d 00 {11}",
	    "TLS", "TLS in EAP-TLS");
	decodes(ETHERNET, ETHER("888e") "02 00 0011 0201 0011 19 81"
	    "00000007 {7}", "TLS", "TLS in PEAP, after its length");
	decodes(ETHERNET, ETHER("88c7") "02 00 0011 0101 0011 15 c0"
	    "00000100 {7}", "EAPOL", "a fragment that others follow");
	decodes(ETHERNET, ETHER("888e") "02 00 0006 0201 0006 0d 00",
	    "EAPOL", "the acknowledgement of one");
	decodes(ETHERNET, ETHER("888e") "02 00 000a 0201 000a 12 00 {4}",
	    "EAPOL", "a method without TLS");
	decodes(ETHERNET, ETHER("888e") "02 00 0004 0301 0004 00 {40}",
	    "EAPOL", "success");
	decodes(9, "ff03 c227 0201 0011 0d 00 {11}", "TLS",
	    "TLS in EAP over PPP");
}

static void
test_ppp(void)
{
	decodes(9, "ff03 c227 0101 0005 01", "EAPOL", "EAP (RFC 3748)");
	decodes(9, "ff03 002f 4500 [4] 0000 4000 40 03 0000" V4 TCP,
	    SAYS_SEGMENT, "Van Jacobson's uncompressed TCP (RFC 1144)");
	decodes(9, "ff03 002d 0011 2233", "PPP", "and compressed");
	decodes(9, "ff03 004b 424203 0000", "STP", "802.2 (RFC 2043)");
	decodes(9, "ff03 0061" SEGMENT, SAYS_SEGMENT,
	    "a full header of CRTP (RFC 2509)");
	decodes(9, "ff03 c021 0101 0004", "PPP", "LCP");
	decodes(104, "0f00 4242 0000", "STP", "STP over Cisco HDLC");
}

/* Short addresses 1 to 2 in one network. */
#define WPAN		"4188 01 cdab 0200 0100 "
#define ECHO		"8000 0000 0001 0001 "

/* IEEE 802.15.4-2020, 7; RFC 4944, 5; RFC 6282, 3 and 4. */
static void
test_wpan(void)
{
	decodes(230, WPAN "41" SEGMENT6, SAYS_SEGMENT6, "IPv6 over 802.15.4");
	decodes(230, WPAN "7a33 3a" ECHO, "ICMPV6",
	    "a compressed header without addresses");
	decodes(230, WPAN "7a00 3a" V6 ECHO, "ICMPV6 " SAYS6,
	    "one with whole addresses");
	decodes(230, WPAN "7a33 00 3a00 6304 00000000" ECHO, "ICMPV6",
	    "hop-by-hop options after it");
	decodes(230, WPAN "7e33 f0 1633 1634 0000 6162", "UDP 5683>5684 +2",
	    "UDP, compressed");
	decodes(230, WPAN "7e33 f7 12 6162", "UDP 61617>61618 +2",
	    "with ports of four bits and without its checksum");
	decodes(230, WPAN "7e33 e1 06 63 04 00000000 f1 1633 16 0000 61",
	    "UDP 5683>61462 +1", "after compressed options");
	decodes(230, WPAN "7e33 ee 7a33 3a" ECHO, "ICMPV6",
	    "a compressed header in another");
	decodes(230, WPAN "7e00" V6 "ee 7a33 3a" ECHO, "ICMPV6 outer " SAYS6,
	    "the inner one's addresses are not the outer one's");
	decodes(230, WPAN "7a33 37 0600 0000 0a000002" TCP, "TCP " SAYS_TCP,
	    "no source to take over (RFC 2004)");
	decodes(230, WPAN "7a33 37 0680 0000 0a000002 0a000001" TCP,
	    "TCP " SAYS4_IN " " SAYS_TCP, "a source of its own");
	decodes(230, WPAN "b5 0001 0002 7a33 3a" ECHO, "ICMPV6",
	    "through a mesh");
	decodes(230, WPAN "c050 0001 7a33 3a" ECHO, "OTHER", "a fragment");
	decodes(230, "0188 01 cdab 0200 efbe 0100 7a33 3a" ECHO, "ICMPV6",
	    "from another network");
	decodes(230, "41cc 01 cdab {8} {8} 7a33 3a" ECHO, "ICMPV6",
	    "long addresses");
	decodes(230, "4988 01 cdab 0200 0100 {20}", "OTHER",
	    "an encrypted frame");
	decodes(230, "0200 01", "OTHER", "an acknowledgement");
	decodes(195, WPAN "7a33 3a" ECHO "0000", "OTHER",
	    "a frame that was received wrongly");
	decodes(195, WPAN "7a33 3a" ECHO "39a8", "ICMPV6",
	    "one whose check sequence is right");
	decodes(283, "0000 0400" WPAN "7a33 3a" ECHO, "ICMPV6",
	    "a frame after tags");
	decodes(283, "0000 0c00 0000 0100 01000000" WPAN "7a33 3a" ECHO
	    "0000", "OTHER", "whose check sequence is wrong");
}

int
main(void)
{
	test_linktypes();
	test_cooked();
	test_wlan();
	test_juniper();
	test_ethertypes();
	test_llc();
	test_eap();
	test_ppp();
	test_wpan();
	return tap_done();
}
