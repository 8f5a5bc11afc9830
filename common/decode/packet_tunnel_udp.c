/*
 * packet_tunnel_udp - the tunnels over UDP
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/packet_walk.h"

enum {
	PORT_DNS = 53, PORT_L2TP = 1701, PORT_GTP_U = 2152, PORT_AMT = 2268,
	PORT_TEREDO = 3544, PORT_LISP = 4341, PORT_GRE = 4754,
	PORT_VXLAN = 4789, PORT_VXLAN_GPE = 4790, PORT_AYIYA = 5072,
	PORT_CAPWAP_CONTROL = 5246, PORT_CAPWAP = 5247, PORT_GENEVE = 6081,
	PORT_MPLS = 6635, PORT_OTV = 8472, PORT_SCTP = 9899,
	PORT_LWAPP_DATA = 12222, PORT_LWAPP = 12223, PORT_TZSP = 37008
};

/*
 * RFC 7348, 5; with the next protocol of draft-ietf-nvo3-vxlan-gpe, numbered as
 * NSH's.
 */
static bool
walk_vxlan(struct packet *p, struct span s, bool gpe)
{
	unsigned next;

	if (s.caplen < 8 || (s.at[0] & 0x08) == 0)
		return false;
	next = gpe && s.at[0] & 0x04 ? s.at[3] : 3;
	span_skip(&s, 8);
	p->protocol = PROTO_VXLAN;
	if (next == 4)
		walk_nsh(p, s);
	else
		walk_nsh_next(p, s, next);
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

/*
 * Automatic multicast tunneling (RFC 7450, 5.1): a query (4), an update (5) and
 * multicast data (6) carry a packet.
 */
static bool
walk_amt(struct packet *p, struct span s)
{
	static const uint8_t headers[] = { 0, 0, 0, 0, 12, 12, 2 };

	if (s.caplen < 1 || s.at[0] >= sizeof(headers) ||
	    headers[s.at[0]] == 0 || !span_skip(&s, headers[s.at[0]]) ||
	    !looks_like_ip(&s))
		return false;
	walk_ip(p, s);
	return true;
}

/* RFC 8086, 3: version 0 of GRE, whose other bits are 0 (RFC 2784, 2.1). */
static bool
walk_gre_in_udp(struct packet *p, struct span s)
{
	if (s.caplen < 4 || (be16(s.at) & 0x0fff) != 0)
		return false;
	walk_gre(p, s);
	return true;
}

/*
 * RFC 6951, 4: the common header's ports and tag, then chunks whose length is
 * 4 at least.
 */
static bool
walk_sctp_in_udp(struct packet *p, struct span s)
{
	if (s.caplen < 16 || be16(s.at + 14) < 4)
		return false;
	walk_enter(p);
	walk_sctp(p, s);
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

/*
 * RFC 4380, 5.1.1: authentication and origin may come before the packet.  An
 * echo request tests the way to a host without Teredo (5.2.9).
 */
static bool
walk_teredo(struct packet *p, struct span s)
{
	bool sent = p->dport == PORT_TEREDO;

	if (s.caplen >= 4 && be16(s.at) == 1 &&
	    !span_skip(&s, 13U + s.at[2] + s.at[3]))
		return false;
	if (s.caplen >= 8 && be16(s.at) == 0)
		span_skip(&s, 8);
	if (s.caplen < 40 || s.at[0] >> 4 != 6 ||
	    be16(s.at + 4) + 40 > s.len)
		return false;
	walk_ip(p, s);
	if (sent && p->protocol == PROTO_ICMPV6 && p->has_icmp &&
	    p->icmp_type == 128)
		p->protocol = PROTO_TEREDO;
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
	if (op != 1 || !walk_knows_ip_protocol(next) ||
	    !span_skip(&s, 8 + (1U << (s.at[0] >> 4)) +
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
	case PORT_AMT:
		return walk_amt(p, s);
	case PORT_TEREDO:
		return walk_teredo(p, s);
	case PORT_LISP:
		return walk_lisp(p, s);
	case PORT_GRE:
		return walk_gre_in_udp(p, s);
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
	case PORT_SCTP:
		return walk_sctp_in_udp(p, s);
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
