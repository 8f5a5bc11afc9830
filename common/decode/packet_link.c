/*
 * packet_link - link types other than Ethernet
 *
 * SPDX-License-Identifier: ISC
 */
#include <linux/if_arp.h>

#include "decode/linktype.h"
#include "decode/packet_walk.h"

/* Address families: IPv6's number differs by system. */
enum { INET = 2, INET6_LINUX = 10, IPX_BSD = 23, INET6_BSD = 24,
    INET6_FREEBSD = 28, INET6_DARWIN = 30 };

/* ERF's record types with a frame that is read here. */
enum { ERF_HDLC_POS = 1, ERF_ETH = 2, ERF_COLOR_ETH = 11,
    ERF_DSM_COLOR_ETH = 16, ERF_COLOR_HASH_ETH = 20, ERF_IPV4 = 22,
    ERF_IPV6 = 23 };

#define NFLOG_PAYLOAD	9	/* the attribute that is the packet */

/* A type of Ethernet's in a header that is not Ethernet's. */
static void
walk_borrowed_type(struct packet *p, struct span s, unsigned type)
{
	p->protocol = PROTO_ETH;
	walk_ethertype(p, s, type);
}

/*
 * BSD loopback: an address family in the order of the capturing machine
 * (NULL) or the network's (LOOP).
 */
static void
walk_loopback(struct packet *p, struct span s)
{
	uint32_t family;

	if (s.caplen < 4)
		return;
	family = le32(s.at);
	if (family > 0xffff)
		family = be32(s.at);
	span_skip(&s, 4);
	switch (family) {
	case INET:
		walk_as_ip4(p, s);
		break;
	case INET6_LINUX: case INET6_BSD: case INET6_FREEBSD:
	case INET6_DARWIN:
		walk_as_ip6(p, s);
		break;
	case IPX_BSD:
		walk_ipx(p, s);
		break;
	default:
		if (family > 1500)
			walk_ethertype(p, s, family);
	}
}

/*
 * Values below 1536 are Linux's own (<linux/if_ether.h>).  The frame may be of
 * any link, so a type that is unknown does not make it Ethernet's.
 */
static void
walk_sll_protocol(struct packet *p, struct span s, unsigned protocol,
    unsigned arphrd)
{
	if (arphrd == ARPHRD_NETLINK)	/* no network */
		return;
	if (arphrd == ARPHRD_IPGRE) {	/* the protocol is GRE's */
		walk_gre_payload(p, s, protocol, false);
		return;
	}
	if (arphrd == ARPHRD_IEEE80211_RADIOTAP) {
		walk_radiotap(p, s);
		return;
	}
	if (arphrd == ARPHRD_IEEE80211_PRISM) {
		walk_prism(p, s);
		return;
	}
	if (protocol == 0x0001)
		p->protocol = PROTO_IPX;
	else if (protocol == 0x0003)	/* any: a whole frame of Ethernet */
		walk_ethernet(p, s);
	else if (protocol == 0x0004)
		walk_llc(p, s);
	else if (protocol == 0x0007 || protocol == 0x0008)
		walk_ppp(p, s);
	else if (protocol >= 1536)
		walk_ethertype(p, s, protocol);
	else if (arphrd == ARPHRD_IEEE80211)
		walk_wlan(p, s);
}

static void
walk_sll(struct packet *p, struct span s)
{
	unsigned protocol, arphrd;

	if (s.caplen < 16)
		return;
	arphrd = be16(s.at + 2);
	protocol = be16(s.at + 14);
	span_skip(&s, 16);
	walk_sll_protocol(p, s, protocol, arphrd);
}

static void
walk_sll2(struct packet *p, struct span s)
{
	unsigned protocol, arphrd;

	if (s.caplen < 20)
		return;
	protocol = be16(s.at);
	arphrd = be16(s.at + 8);
	span_skip(&s, 20);
	walk_sll_protocol(p, s, protocol, arphrd);
}

/* Netfilter's log: attributes; one of type 9 is the packet. */
static void
walk_nflog(struct packet *p, struct span s)
{
	unsigned family, length, type;

	if (s.caplen < 4)
		return;
	family = s.at[0];
	span_skip(&s, 4);
	while (s.caplen >= 4) {
		/* In the capturing machine's order: take the one that fits. */
		length = le16(s.at);
		type = le16(s.at + 2);
		if (length > s.len || (type & 0x7fff) > 255) {
			length = be16(s.at);
			type = be16(s.at + 2);
		}
		if (length < 4)
			return;
		if ((type & 0x7fff) == NFLOG_PAYLOAD) {
			span_trim(&s, length);
			span_skip(&s, 4);
			if (family == INET || family == INET6_LINUX)
				walk_ip(p, s);
			return;
		}
		if (!span_skip(&s, (length + 3) & ~3U))
			return;
	}
}

/* Apple's PKTAP: its length and the link type of what follows. */
static void
walk_pktap(struct packet *p, struct span s)
{
	uint32_t header, link;

	if (s.caplen < 12)
		return;
	header = le32(s.at);
	link = le32(s.at + 8);
	if (header >= 12 && walk_deeper(p) &&
	    span_skip(&s, header))
		walk_link(p, s, link);
}

/* HDLC-like framing (RFC 1662) or Cisco's, by the address. */
static void
walk_ppp_serial(struct packet *p, struct span s)
{
	if (s.caplen >= 1 && (s.at[0] == 0x0f || s.at[0] == 0x8f))
		walk_chdlc(p, s);
	else
		walk_ppp(p, s);
}

/* pf's log: length (of all but its padding to 4) and address family. */
static void
walk_pflog(struct packet *p, struct span s)
{
	if (s.caplen >= 4 && span_skip(&s, (s.at[0] + 3U) & ~3U))
		walk_ip(p, s);
}

/* ERF (Endace): a record type, extension headers, then the frame. */
static void
walk_erf(struct packet *p, struct span s)
{
	unsigned type;
	bool more;

	if (s.caplen < 16)
		return;
	type = s.at[8];
	more = type & 0x80;
	span_skip(&s, 16);
	while (more && s.caplen >= 8) {
		more = s.at[0] & 0x80;
		span_skip(&s, 8);
	}
	type &= 0x7f;
	if (type == ERF_ETH || type == ERF_COLOR_ETH ||
	    type == ERF_DSM_COLOR_ETH || type == ERF_COLOR_HASH_ETH) {
		if (span_skip(&s, 2))
			walk_ethernet(p, s);
	} else if (type == ERF_HDLC_POS)
		walk_ppp_serial(p, s);
	else if (type == ERF_IPV4 || type == ERF_IPV6)
		walk_ip(p, s);
}

/* An Ethernet type, then its data. */
static void
walk_typed(struct packet *p, struct span s)
{
	if (span_skip(&s, 2))
		walk_borrowed_type(p, s, be16(s.at - 2));
}

/* IP over InfiniBand (RFC 4391, 6): a type, two bytes, the data. */
static void
walk_ipoib(struct packet *p, struct span s)
{
	if (span_skip(&s, 4))
		walk_borrowed_type(p, s, be16(s.at - 4));
}

/* A switch chip's tag between the addresses and the type. */
static void
walk_switch_tag(struct packet *p, struct span s, uint32_t bytes)
{
	p->protocol = PROTO_ETH;
	if (span_skip(&s, 12 + bytes))
		walk_typed(p, s);
}

static void
walk_dsa(struct packet *p, struct span s)
{
	walk_switch_tag(p, s, 4);
}

/* DSA with an EtherType of its own. */
static void
walk_edsa(struct packet *p, struct span s)
{
	walk_switch_tag(p, s, 8);
}

/* PPPoE without Ethernet: code 0 is a session, others are discovery. */
static void
walk_ppp_ether(struct packet *p, struct span s)
{
	walk_pppoe(p, s, s.caplen >= 2 && s.at[1] == 0);
}

static void
walk_arcnet_bsd(struct packet *p, struct span s)
{
	walk_arcnet(p, s, 2);
}

static void
walk_arcnet_linux(struct packet *p, struct span s)
{
	walk_arcnet(p, s, 4);
}

static void
walk_bacnet(struct packet *p, struct span s)
{
	(void)s;
	p->protocol = PROTO_BACNET;
}

/* Transport stream (ISO/IEC 13818-1); the table counts it as RTP. */
static void
walk_mpeg_ts(struct packet *p, struct span s)
{
	if (s.caplen >= 1 && s.at[0] == 0x47)
		p->protocol = PROTO_RTP;
}

static void
walk_tzsp_link(struct packet *p, struct span s)
{
	(void)walk_tzsp(p, s);
}

/* Axent Raptor, later Symantec's firewall: a type after 6 or 20 bytes. */
static void
walk_symantec(struct packet *p, struct span s)
{
	if (s.caplen >= 44 && be16(s.at + 6) != 0) {
		span_skip(&s, 44);
		walk_ethertype(p, s, be16(s.at - 38));
	} else if (s.caplen >= 56 && be16(s.at + 20) != 0) {
		span_skip(&s, 56);
		walk_ethertype(p, s, be16(s.at - 36));
	}
}

/*
 * The link types: how many bytes come first that say nothing, and what reads
 * the rest.
 */
static const struct {
	uint16_t	linktype;
	uint16_t	skip;
	void		(*walk)(struct packet *, struct span);
} links[] = {
	{ LINKTYPE_NULL, 0, walk_loopback },
	{ LINKTYPE_ETHERNET, 0, walk_ethernet },
	{ LINKTYPE_AX25, 0, walk_ax25 },
	{ LINKTYPE_IEEE802_5, 0, walk_token_ring },
	{ LINKTYPE_ARCNET_BSD, 0, walk_arcnet_bsd },
	{ LINKTYPE_PPP, 0, walk_ppp_serial },
	{ LINKTYPE_FDDI, 0, walk_fddi },
	{ LINKTYPE_ATM_RFC1483_DLT, 0, walk_llc },
	{ LINKTYPE_RAW_BSD, 0, walk_ip },
	{ LINKTYPE_RAW_OPENBSD, 0, walk_ip },
	{ LINKTYPE_SLIP_BSDOS, 24, walk_ip },
	{ LINKTYPE_ATM_CLIP_DLT, 0, walk_ip },		/* RFC 2225 */
	{ LINKTYPE_PPP_HDLC, 0, walk_ppp_serial },
	{ LINKTYPE_PPP_ETHER, 0, walk_ppp_ether },
	{ LINKTYPE_SYMANTEC_FIREWALL, 0, walk_symantec },
	{ LINKTYPE_ATM_RFC1483, 0, walk_llc },
	{ LINKTYPE_RAW, 0, walk_ip },
	{ LINKTYPE_C_HDLC, 0, walk_chdlc },
	{ LINKTYPE_IEEE802_11, 0, walk_wlan },
	{ LINKTYPE_ATM_CLIP, 0, walk_ip },
	{ LINKTYPE_FRELAY, 0, walk_frame_relay },
	{ LINKTYPE_LOOP, 0, walk_loopback },
	{ LINKTYPE_ENC, 12, walk_ip },
	{ LINKTYPE_LINUX_SLL, 0, walk_sll },
	{ LINKTYPE_PFLOG, 0, walk_pflog },
	{ LINKTYPE_IEEE802_11_PRISM, 0, walk_prism },
	{ LINKTYPE_IP_OVER_FC, 16, walk_llc },		/* RFC 2625 */
	{ LINKTYPE_SUNATM, 0, walk_sunatm },
	{ LINKTYPE_IEEE802_11_RADIOTAP, 0, walk_radiotap },
	{ LINKTYPE_TZSP, 0, walk_tzsp_link },
	{ LINKTYPE_ARCNET_LINUX, 0, walk_arcnet_linux },
	{ LINKTYPE_APPLE_IP_OVER_IEEE1394, 16, walk_typed },
	{ LINKTYPE_IEEE802_11_AVS, 0, walk_avs },
	{ LINKTYPE_BACNET_MS_TP, 0, walk_bacnet },
	{ LINKTYPE_PPP_PPPD, 1, walk_ppp_serial },
	{ LINKTYPE_JUNIPER_PPPOE, 0, walk_juniper_ether },
	{ LINKTYPE_JUNIPER_ETHER, 0, walk_juniper_ether },
	{ LINKTYPE_JUNIPER_PPP, 0, walk_juniper_ppp },
	{ LINKTYPE_JUNIPER_FRELAY, 0, walk_juniper_frame_relay },
	{ LINKTYPE_JUNIPER_CHDLC, 0, walk_juniper_chdlc },
	{ LINKTYPE_PPI, 0, walk_ppi },
	{ LINKTYPE_IEEE802_15_4_WITHFCS, 0, walk_wpan_fcs },
	{ LINKTYPE_ERF, 0, walk_erf },
	{ LINKTYPE_AX25_KISS, 1, walk_ax25 },
	{ LINKTYPE_PPP_WITH_DIR, 1, walk_ppp_serial },
	{ LINKTYPE_C_HDLC_WITH_DIR, 1, walk_chdlc },
	{ LINKTYPE_FRELAY_WITH_DIR, 1, walk_frame_relay },
	{ LINKTYPE_MPLS, 0, walk_mpls },
	{ LINKTYPE_IPNET, 24, walk_ip },
	{ LINKTYPE_IPV4, 0, walk_as_ip4 },
	{ LINKTYPE_IPV6, 0, walk_as_ip6 },
	{ LINKTYPE_IEEE802_15_4_NOFCS, 0, walk_wpan },
	{ LINKTYPE_NFLOG, 0, walk_nflog },
	{ LINKTYPE_NETANALYZER, 4, walk_ethernet },
	{ LINKTYPE_NETANALYZER_TRANSPARENT, 12, walk_ethernet },
	{ LINKTYPE_IPOIB, 40, walk_ipoib },
	{ LINKTYPE_MPEG_2_TS, 0, walk_mpeg_ts },
	{ LINKTYPE_SCTP, 0, walk_sctp },
	{ LINKTYPE_PKTAP, 0, walk_pktap },
	{ LINKTYPE_EPON, 8, walk_ethernet },
	{ LINKTYPE_ETHERNET_MPACKET, 8, walk_ethernet },
	{ LINKTYPE_LINUX_SLL2, 0, walk_sll2 },
	{ LINKTYPE_DSA_TAG_BRCM, 0, walk_dsa },
	{ LINKTYPE_DSA_TAG_BRCM_PREPEND, 4, walk_ethernet },
	{ LINKTYPE_IEEE802_15_4_TAP, 0, walk_wpan_tap },
	{ LINKTYPE_DSA_TAG_DSA, 0, walk_dsa },
	{ LINKTYPE_DSA_TAG_EDSA, 0, walk_edsa },
};

bool
walk_link(struct packet *p, struct span s, uint32_t linktype)
{
	size_t i;

	for (i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (links[i].linktype == linktype) {
			if (span_skip(&s, links[i].skip))
				links[i].walk(p, s);
			return true;
		}
	return false;
}
