/*
 * ethertype - the types of Ethernet frames and of what borrows them
 *
 * Numbers are those of IEEE's registry; where <net/ethernet.h> or tcpdump has
 * a name for one, it is that name.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ETHERTYPE_H
#define ETHERTYPE_H

enum {
	ETHERTYPE_OSI = 0x00fe,		/* ISO protocols in GRE, by NLPID */
	ETHERTYPE_IP = 0x0800,
	ETHERTYPE_ARP = 0x0806,
	ETHERTYPE_CDP = 0x2000,		/* Cisco, in SNAP too */
	ETHERTYPE_TRILL = 0x22f3,	/* RFC 6325 */
	ETHERTYPE_L2ISIS = 0x22f4,	/* RFC 6325 */
	ETHERTYPE_CENTRINO = 0x2452,	/* 802.11, from Intel's cards */
	ETHERTYPE_TEB = 0x6558,		/* transparent Ethernet bridging */
	ETHERTYPE_REVARP = 0x8035,
	ETHERTYPE_SNA = 0x80d5,		/* LLC after a length */
	ETHERTYPE_VLAN = 0x8100,	/* IEEE 802.1Q */
	ETHERTYPE_LACP = 0x8103,	/* before IEEE 802.3ad */
	ETHERTYPE_IPX = 0x8137,
	ETHERTYPE_NOVELL = 0x8138,
	ETHERTYPE_IPV6 = 0x86dd,
	ETHERTYPE_SLOW = 0x8809,	/* IEEE 802.3, annex 57A */
	ETHERTYPE_MPLS = 0x8847,
	ETHERTYPE_MPLS_MULTI = 0x8848,
	ETHERTYPE_PPPOED = 0x8863,
	ETHERTYPE_PPPOES = 0x8864,
	ETHERTYPE_JUMBO_LLC = 0x8870,
	ETHERTYPE_EAPOL = 0x888e,	/* IEEE 802.1X */
	ETHERTYPE_QINQ = 0x88a8,	/* IEEE 802.1ad */
	ETHERTYPE_LWAPP = 0x88bb,	/* RFC 5412 */
	ETHERTYPE_RSN_PREAUTH = 0x88c7,	/* IEEE 802.11i */
	ETHERTYPE_LLDP = 0x88cc,
	ETHERTYPE_MACSEC = 0x88e5,	/* IEEE 802.1AE */
	ETHERTYPE_ITAG = 0x88e7,	/* IEEE 802.1ah */
	ETHERTYPE_PTP = 0x88f7,		/* IEEE 1588 */
	ETHERTYPE_FABRICPATH = 0x8903,	/* Cisco's DCE */
	ETHERTYPE_CMD = 0x8909,		/* Cisco metadata */
	ETHERTYPE_IEEE80211 = 0x890d,	/* IEEE 802.11r and z: TDLS */
	ETHERTYPE_VNTAG = 0x8926,
	ETHERTYPE_HSR = 0x892f,		/* IEC 62439-3, 5.6 */
	ETHERTYPE_ETAG = 0x893f,	/* IEEE 802.1BR */
	ETHERTYPE_NSH = 0x894f,		/* RFC 8300 */
	ETHERTYPE_LOOPBACK = 0x9000,	/* configuration test */
	ETHERTYPE_QINQ_9100 = 0x9100,	/* older forms of 802.1ad */
	ETHERTYPE_QINQ_9200 = 0x9200,
	ETHERTYPE_QINQ_9300 = 0x9300,
	ETHERTYPE_LWAPP_OLD = 0xbbbb,
	ETHERTYPE_ARISTA = 0xd28b,	/* Arista Networks' own */
	ETHERTYPE_RTAG = 0xf1c1		/* IEEE 802.1CB */
};

#endif
