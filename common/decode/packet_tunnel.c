/*
 * packet_tunnel - MPLS and GRE
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/packet_walk.h"

/*
 * Label stack (RFC 3032, 2.1).  What comes after its bottom is known only
 * by its first four bits (RFC 4928, 3): 4 and 6 are IP, 0 a pseudowire's
 * control word (RFC 4385, 3), 1 its associated channel.
 */
void
walk_mpls(struct packet *p, struct span s)
{
	bool bottom = false;

	walk_enter(p);
	p->protocol = PROTO_MPLS;
	while (!bottom) {
		if (s.caplen < 4)
			return;
		bottom = s.at[2] & 1;
		span_skip(&s, 4);
	}
	if (looks_like_ip(&s))
		walk_ip(p, s);
	else if (s.caplen >= 4 && s.at[0] >> 4 == 0 && span_skip(&s, 4))
		walk_ethernet(p, s);
	else if (s.caplen >= 4 && s.at[0] >> 4 == 1) {
		unsigned channel = be16(s.at + 2);

		span_skip(&s, 4);
		if (channel == 0x0021)
			walk_as_ip4(p, s);
		else if (channel == 0x0057)
			walk_as_ip6(p, s);
		else if (channel == 0x0007 || channel == 0x0022 ||
		    channel == 0x0023)
			p->protocol = PROTO_BFD;
	}
}

/* ERSPAN types I, II and III (draft-foschiano-erspan): a mirrored frame. */
static void
walk_erspan(struct packet *p, struct span s, unsigned type, bool sequence)
{
	uint32_t header = 0;

	if (type == 0x22eb) {
		if (s.caplen < 12)
			return;
		header = 12 + (s.at[11] & 1 ? 8 : 0);
		if (be16(s.at + 10) & 0x7c00) {	/* no Ethernet frame */
			if (p->inner.family != 0)
				p->protocol = p->inner.family == 6 ?
				    PROTO_IPV6 : PROTO_IPV4;
			return;
		}
	} else if (sequence)
		header = 8;
	if (span_skip(&s, header))
		walk_ethernet(p, s);
}

/* WCCP's redirect header of four bytes may come before the packet. */
static void
walk_wccp(struct packet *p, struct span s)
{
	if (looks_like_ip(&s) || span_skip(&s, 4))
		walk_ip(p, s);
}

/* With a sequence number, ERSPAN is of type II. */
void
walk_gre_payload(struct packet *p, struct span s, unsigned type,
    bool sequence)
{
	if (type == 0x88be || type == 0x22eb)
		walk_erspan(p, s, type, sequence);
	else if (type == 0x6400)	/* MikroTik's EoIP, in version 1 */
		walk_ethernet(p, s);
	else if (type == 0x883e)
		walk_wccp(p, s);
	else if (type == 0x880b)
		walk_ppp(p, s);
	else if (type == 0x6559)
		walk_frame_relay(p, s);
	else if (type == 0x8881 || type == 0x88d2)	/* 3GPP2 A.S0017 */
		p->protocol = PROTO_PPP;
	else if (type >= 0x8200 && type <= 0x83ff)	/* Aruba */
		walk_wlan(p, s);
	else if (type != 0x9000)	/* Aruba's keepalive, no Loopback */
		walk_ethertype(p, s, type);
}

/* RFC 2784, RFC 2890; version 1 is PPTP's (RFC 2637, 4.1). */
void
walk_gre(struct packet *p, struct span s)
{
	unsigned flags, type;
	uint32_t header = 4;

	walk_enter(p);
	p->protocol = PROTO_GRE;
	if (s.caplen < 4)
		return;
	flags = be16(s.at);
	type = be16(s.at + 2);
	if (flags & 0x8000 || flags & 0x4000)	/* checksum, routing */
		header += 4;
	if (flags & 0x2000)			/* key */
		header += 4;
	if (flags & 0x1000)			/* sequence */
		header += 4;
	if ((flags & 7) == 1 && flags & 0x0080)	/* acknowledgement */
		header += 4;
	if (!span_skip(&s, header))
		return;
	if (flags & 0x4000)			/* routing entries, RFC 1701 */
		while (s.caplen >= 4) {
			unsigned n = s.at[3];

			if (!span_skip(&s, 4 + n))
				return;
			if (n == 0)
				break;
		}
	if (s.len == 0)
		return;
	walk_gre_payload(p, s, type, flags & 0x1000);
}
