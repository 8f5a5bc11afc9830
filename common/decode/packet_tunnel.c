/*
 * packet_tunnel - MPLS, GRE and the tunnels over UDP
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/packet_walk.h"

enum {
	PORT_DNS = 53, PORT_L2TP = 1701, PORT_GTP_U = 2152, PORT_TEREDO = 3544,
	PORT_LISP = 4341, PORT_VXLAN = 4789, PORT_VXLAN_GPE = 4790,
	PORT_AYIYA = 5072, PORT_CAPWAP_CONTROL = 5246, PORT_CAPWAP = 5247,
	PORT_GENEVE = 6081, PORT_MPLS = 6635, PORT_OTV = 8472,
	PORT_LWAPP_DATA = 12222, PORT_LWAPP = 12223, PORT_TZSP = 37008
};

/* Whether an IP header could start here. */
static bool
looks_like_ip(const struct span *s)
{
	if (s->caplen < 1)
		return false;
	return s->at[0] >> 4 == 6 || (s->at[0] >> 4 == 4 &&
	    (s->at[0] & 15) >= 5);
}

/*
 * Label stack (RFC 3032, 2.1).  What is behind its bottom is known only
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
		if (channel == 0x0021 || channel == 0x0057)
			walk_ip(p, s);
		else if (channel == 0x0007 || channel == 0x0022)
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
			p->protocol = p->inner.family == 6 ? PROTO_IPV6 :
			    PROTO_IPV4;
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
	if (type == 0x88be || type == 0x22eb)
		walk_erspan(p, s, type, flags & 0x1000);
	else if (type == 0x6400)	/* MikroTik's EoIP, in version 1 */
		walk_ethernet(p, s);
	else if (type == 0x883e)
		walk_wccp(p, s);
	else if (type == 0x880b)
		walk_ppp(p, s);
	else if (type >= 0x8200 && type <= 0x83ff)	/* Aruba */
		walk_wlan(p, s);
	else
		walk_ethertype(p, s, type);
}

/* RFC 7348, 5; with the next protocol as in draft-ietf-nvo3-vxlan-gpe. */
static bool
walk_vxlan(struct packet *p, struct span s, bool gpe)
{
	unsigned next;

	if (s.caplen < 8 || (s.at[0] & 0x08) == 0)
		return false;
	next = gpe && s.at[0] & 0x04 ? s.at[3] : 3;
	span_skip(&s, 8);
	p->protocol = PROTO_VXLAN;
	if (next == 1 || next == 2)
		walk_ip(p, s);
	else if (next == 3) {
		walk_enter(p);
		walk_ethernet(p, s);
	}
	return true;
}

/*
 * Port 8472 is Linux's default for VXLAN, flannel's among others, and IANA's
 * for OTV, which has the same header: the flag of an identifier, and all that
 * is reserved 0 (RFC 7348, 5).
 */
static bool
walk_otv(struct packet *p, struct span s)
{
	if (s.caplen < 8 || be32(s.at) != 0x08000000 || s.at[7] != 0)
		return false;
	return walk_vxlan(p, s, false);
}

/* RFC 8926, 3.4. */
static bool
walk_geneve(struct packet *p, struct span s)
{
	unsigned type;

	if (s.caplen < 8 || s.at[0] >> 6 != 0)
		return false;
	type = be16(s.at + 2);
	if (!span_skip(&s, 8 + (s.at[0] & 0x3fU) * 4))
		return false;
	walk_ethertype(p, s, type);
	return true;
}

/* 3GPP TS 29.281, 5: only a G-PDU carries a packet. */
static bool
walk_gtp_u(struct packet *p, struct span s)
{
	unsigned flags, next;
	uint32_t n;

	if (s.caplen < 8 || s.at[0] >> 4 != 3 || s.at[1] != 255)
		return false;
	flags = s.at[0] & 7;
	span_skip(&s, 8);
	if (flags != 0) {
		if (s.caplen < 4)
			return false;
		next = flags & 4 ? s.at[3] : 0;
		span_skip(&s, 4);
		while (next != 0) {
			if (s.caplen < 4)
				return false;
			n = s.at[0] * 4U;
			if (n == 0 || !span_skip(&s, n))
				return false;
			next = s.at[-1];
		}
	}
	if (!looks_like_ip(&s))
		return false;
	walk_ip(p, s);
	return true;
}

/* RFC 4380, 5.1.1: authentication and origin may come before the packet. */
static bool
walk_teredo(struct packet *p, struct span s)
{
	if (s.caplen >= 4 && be16(s.at) == 1 &&
	    !span_skip(&s, 13U + s.at[2] + s.at[3]))
		return false;
	if (s.caplen >= 8 && be16(s.at) == 0)
		span_skip(&s, 8);
	if (s.caplen < 40 || s.at[0] >> 4 != 6 ||
	    be16(s.at + 4) + 40 > s.len)
		return false;
	walk_ip(p, s);
	return true;
}

/* RFC 2661, 3.1: a data message of version 2 carries PPP. */
static bool
walk_l2tp(struct packet *p, struct span s)
{
	unsigned flags;
	uint32_t header = 6;

	if (s.caplen < 6)
		return false;
	flags = be16(s.at);
	if (flags & 0x8000 || (flags & 15) != 2)
		return false;
	if (flags & 0x4000)
		header += 2;
	if (flags & 0x0800)
		header += 4;
	if (flags & 0x0200) {
		if (s.caplen < header + 2)
			return false;
		header += 2U + be16(s.at + header);
	}
	if (!span_skip(&s, header))
		return false;
	walk_ppp(p, s);
	return true;
}

/* RFC 9300, 5.1: eight bytes, then the packet. */
static bool
walk_lisp(struct packet *p, struct span s)
{
	if (!span_skip(&s, 8) || !looks_like_ip(&s))
		return false;
	walk_ip(p, s);
	return true;
}

/* AYIYA (draft-massar-v6ops-ayiya, 3): lengths are in the first bytes. */
static bool
walk_ayiya(struct packet *p, struct span s)
{
	unsigned next, op;

	if (s.caplen < 8)
		return false;
	next = s.at[3];
	op = s.at[2] & 15;
	if (op != 1 || !span_skip(&s, 8 + (1U << (s.at[0] >> 4)) +
	    (s.at[1] >> 4) * 4U))
		return false;
	walk_enter(p);
	walk_ip_protocol(p, s, next);
	return true;
}

static bool
walk_port(struct packet *p, struct span s, unsigned port)
{
	switch (port) {
	case PORT_L2TP:
		return walk_l2tp(p, s);
	case PORT_GTP_U:
		return walk_gtp_u(p, s);
	case PORT_TEREDO:
		return walk_teredo(p, s);
	case PORT_LISP:
		return walk_lisp(p, s);
	case PORT_VXLAN:
		return walk_vxlan(p, s, false);
	case PORT_VXLAN_GPE:
		return walk_vxlan(p, s, true);
	case PORT_AYIYA:
		return walk_ayiya(p, s);
	case PORT_CAPWAP:
		return walk_capwap(p, s);
	case PORT_CAPWAP_CONTROL:
		return walk_capwap_dtls(p, s);
	case PORT_GENEVE:
		return walk_geneve(p, s);
	case PORT_MPLS:
		walk_mpls(p, s);	/* RFC 7510 */
		return true;
	case PORT_OTV:
		return walk_otv(p, s);
	case PORT_LWAPP: case PORT_LWAPP_DATA:
		return walk_lwapp(p, s);
	case PORT_TZSP:
		return walk_tzsp(p, s);
	default:
		return false;
	}
}

/*
 * A tunnel's port as the source's says less than as the destination's: it is
 * any, so that flows are spread (RFC 7348, 5; RFC 7510, 3).  VXLAN must then
 * have nothing else in its header, and MPLS, which has no mark, is none.
 */
static bool
walk_source_port(struct packet *p, struct span s)
{
	switch (p->sport) {
	case PORT_VXLAN:
		return walk_otv(p, s);
	case PORT_MPLS:
		return false;
	default:
		return walk_port(p, s, p->sport);
	}
}

/* What DNS answers goes to any port. */
bool
walk_udp_tunnel(struct packet *p, struct span s)
{
	if (p->sport == PORT_DNS || p->dport == PORT_DNS)
		return false;
	return walk_port(p, s, p->dport) || walk_source_port(p, s);
}
