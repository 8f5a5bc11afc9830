/*
 * packet_link - link types other than Ethernet
 *
 * The numbers are the LINKTYPE_ values of the tcpdump group's registry,
 * which also describes each header.
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/packet_walk.h"

/*
 * BSD loopback: an address family in the order of the capturing machine
 * (NULL) or the network's (LOOP).  IPv6's number differs by system.
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
	case 2: case 10: case 24: case 28: case 30:
		walk_ip(p, s);
		break;
	default:
		if (family > 1500)
			walk_ethertype(p, s, family);
	}
}

/* Values below 1536 are Linux's own. */
static void
walk_sll_protocol(struct packet *p, struct span s, unsigned protocol,
    unsigned arphrd)
{
	if (arphrd == 824)		/* netlink, no network */
		return;
	if (arphrd == 778) {		/* GRE: the protocol is GRE's */
		walk_ethertype(p, s, protocol);
		return;
	}
	if (protocol == 0x0001)
		p->protocol = PROTO_IPX;
	else if (protocol == 0x0004)
		walk_llc(p, s);
	else if (protocol >= 1536)
		walk_ethertype(p, s, protocol);
	else if (arphrd == 801 || arphrd == 802 || arphrd == 803)
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
		if ((type & 0x7fff) == 9) {
			span_trim(&s, length);
			span_skip(&s, 4);
			if (family == 2 || family == 10)
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
	if (header >= 12 && ++s.depth <= WALK_DEPTH_MAX &&
	    span_skip(&s, header))
		walk_link(p, s, link);
}

/* HDLC-like framing (RFC 1662) or Cisco's: the address tells. */
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

/* Juniper's: magic, flags, then perhaps a length of extensions. */
static void
walk_juniper_ether(struct packet *p, struct span s)
{
	uint32_t header = 4;

	if (s.caplen < 6 || be32(s.at) >> 8 != 0x4d4743)
		return;
	if (s.at[3] & 0x80)
		header += 2U + be16(s.at + 4);
	if (s.at[3] & 0x02) {		/* no link header: a family tells */
		if (span_skip(&s, header + 4))
			walk_ip(p, s);
		return;
	}
	if (span_skip(&s, header))
		walk_ethernet(p, s);
}

/* Skips n bytes; then what they precede is an Ethernet type's data. */
static void
walk_typed(struct packet *p, struct span s, uint32_t n)
{
	if (span_skip(&s, n))
		walk_ethertype(p, s, be16(s.at - 2));
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
	if (type == 2 || type == 11 || type == 16 || type == 20) {
		if (span_skip(&s, 2))
			walk_ethernet(p, s);
	} else if (type == 1)
		walk_ppp_serial(p, s);
	else if (type == 22 || type == 23)
		walk_ip(p, s);
}

/* Tags of switch chips, between the addresses and the type. */
static void
walk_switch_tag(struct packet *p, struct span s, uint32_t bytes)
{
	p->protocol = PROTO_ETH;
	if (span_skip(&s, 12))
		walk_typed(p, s, bytes + 2);
}

/* Link types that are a fixed number of bytes before another. */
static const struct {
	uint16_t	linktype, skip, then;
} prefixed[] = {
	{ 204, 1, 50 },		/* PPP with direction */
	{ 166, 1, 9 },		/* the same, of pppd */
	{ 205, 1, 104 },	/* Cisco HDLC with direction */
	{ 206, 1, 107 },	/* frame relay with direction */
	{ 240, 4, 1 },		/* netANALYZER */
	{ 241, 12, 1 },		/* the same, with preamble */
	{ 274, 8, 1 },		/* Ethernet with preamble */
	{ 109, 12, 101 },	/* OpenBSD's enc */
	{ 15, 24, 101 },	/* BSD/OS SLIP */
	{ 226, 24, 101 },	/* Solaris IPNET */
	{ 282, 4, 1 },		/* Broadcom's tag before the frame */
};

static bool
walk_prefixed(struct packet *p, struct span s, uint32_t linktype)
{
	size_t i;

	for (i = 0; i < sizeof(prefixed) / sizeof(prefixed[0]); i++)
		if (prefixed[i].linktype == linktype) {
			if (span_skip(&s, prefixed[i].skip))
				walk_link(p, s, prefixed[i].then);
			return true;
		}
	return false;
}

/* Link types whose frames need nothing but their walker. */
static const struct {
	uint32_t	linktype;
	void		(*walk)(struct packet *, struct span);
} walkers[] = {
	{ 0, walk_loopback },
	{ 1, walk_ethernet },
	{ 6, walk_token_ring },
	{ 9, walk_ppp },
	{ 10, walk_fddi },
	{ 11, walk_atm },
	{ 50, walk_ppp_serial },
	{ 100, walk_atm },
	{ 104, walk_chdlc },
	{ 105, walk_wlan },
	{ 107, walk_frame_relay },
	{ 108, walk_loopback },
	{ 113, walk_sll },
	{ 117, walk_pflog },
	{ 119, walk_prism },
	{ 123, walk_sunatm },
	{ 127, walk_radiotap },
	{ 163, walk_avs },
	{ 178, walk_juniper_ether },
	{ 192, walk_ppi },
	{ 197, walk_erf },
	{ 219, walk_mpls },
	{ 239, walk_nflog },
	{ 258, walk_pktap },
	{ 276, walk_sll2 },
};

bool
walk_link(struct packet *p, struct span s, uint32_t linktype)
{
	size_t i;

	for (i = 0; i < sizeof(walkers) / sizeof(walkers[0]); i++)
		if (walkers[i].linktype == linktype) {
			walkers[i].walk(p, s);
			return true;
		}
	switch (linktype) {
	case 229:
		p->protocol = PROTO_IPV6;
		walk_ip6_only(p, s);
		return true;
	case 12: case 14: case 101: case 228:	/* raw IP */
		p->protocol = PROTO_IPV4;
		walk_ip(p, s);
		return true;
	case 51:
		walk_pppoe(p, s, s.caplen >= 2 && s.at[1] == 0);
		return true;
	case 7:
		walk_arcnet(p, s, 2);
		return true;
	case 129:
		walk_arcnet(p, s, 4);
		return true;
	case 138:			/* IP over IEEE 1394 */
		walk_typed(p, s, 18);
		return true;
	case 242:			/* IP over InfiniBand, RFC 4391 */
		if (span_skip(&s, 44))
			walk_ethertype(p, s, be16(s.at - 4));
		return true;
	case 122:			/* IP over fibre channel, RFC 2625 */
		if (span_skip(&s, 16))
			walk_llc(p, s);
		return true;
	case 281: case 283:		/* Broadcom, DSA */
		walk_switch_tag(p, s, 4);
		return true;
	case 284:			/* EtherType DSA */
		walk_switch_tag(p, s, 8);
		return true;
	case 165:
		p->protocol = PROTO_BACNET;
		return true;
	default:
		return walk_prefixed(p, s, linktype);
	}
}
