/*
 * packet_ip - IPv4, IPv6 and what they carry
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/ipproto.h"
#include "decode/packet_walk.h"

#define IP4_LEAST	20
#define IP6_BYTES	40

static inline void
set_addrs(struct packet *p, const uint8_t *src, const uint8_t *dst,
    uint8_t family)
{
	p->inner.src = src;
	p->inner.dst = dst;
	p->inner.family = family;
	if (p->outer.family == 0)
		p->outer = p->inner;
}

/* AH (RFC 4302, 2): its length is in words less two. */
static void
walk_ah(struct packet *p, struct span s)
{
	unsigned next;

	if (s.caplen < 12)
		return;
	p->protocol = PROTO_AH;
	next = s.at[0];
	if (span_skip(&s, (s.at[1] + 2U) * 4))
		walk_ip_protocol(p, s, next);
}

/*
 * Minimal encapsulation (RFC 2004): addresses in a short header.  A source that
 * is left out is that of the IPv4 header before; there may be none.
 */
static void
walk_mobile_ip(struct packet *p, struct span s)
{
	const uint8_t *at = s.at;
	bool has_src;

	if (s.caplen < 8)
		return;
	has_src = at[1] & 0x80;
	if (!span_skip(&s, has_src ? 12 : 8))
		return;
	if (has_src || p->inner.family == 4)
		set_addrs(p, has_src ? at + 8 : p->inner.src, at + 4, 4);
	walk_ip_protocol(p, s, at[0]);
}

/* RFC 792 and RFC 4443: both start with the type. */
static void
walk_icmp(struct packet *p, struct span s)
{
	p->protocol = p->ip_protocol == IPPROTO_ICMP ? PROTO_ICMP :
	    PROTO_ICMPV6;
	p->has_icmp = s.caplen > 0;
	if (p->has_icmp)
		p->icmp_type = s.at[0];
}

/* Type 0x14 is PIM's version 1 (IANA, IGMP Type Numbers). */
static void
walk_igmp(struct packet *p, struct span s)
{
	p->protocol = s.caplen > 0 && s.at[0] == 0x14 ? PROTO_PIM :
	    PROTO_IGMP;
}

/*
 * A register message of version 2 carries a packet (RFC 7761, 4.9.3), whose
 * addresses alone count.
 */
static void
walk_pim(struct packet *p, struct span s)
{
	struct packet carried = *p;

	p->protocol = PROTO_PIM;
	if (s.caplen < 1 || s.at[0] != 0x21 || !span_skip(&s, 8))
		return;
	walk_ip(&carried, s);
	p->inner = carried.inner;
}

/* EtherIP (RFC 3378): two bytes, then a frame. */
static void
walk_etherip(struct packet *p, struct span s)
{
	if (span_skip(&s, 2))
		walk_ethernet(p, s);
}

/*
 * By number (IANA's list): the protocols whose number alone is their name,
 * and what reads the others.
 */
static const struct {
	enum protocol	final;
	void		(*walk)(struct packet *, struct span);
} protocols[256] = {
	[IPPROTO_ICMP] = { PROTO_NONE, walk_icmp },
	[IPPROTO_IGMP] = { PROTO_NONE, walk_igmp },
	[IPPROTO_IPIP] = { PROTO_NONE, walk_as_ip4 },
	[IPPROTO_TCP] = { PROTO_NONE, walk_tcp },
	[IPPROTO_UDP] = { PROTO_NONE, walk_udp },
	[IPPROTO_DCCP] = { PROTO_NONE, walk_dccp },
	[IPPROTO_IPV6] = { PROTO_NONE, walk_as_ip6 },
	[IPPROTO_RSVP] = { PROTO_RSVP, NULL },
	[IPPROTO_GRE] = { PROTO_NONE, walk_gre },
	[IPPROTO_ESP] = { PROTO_ESP, NULL },
	[IPPROTO_AH] = { PROTO_NONE, walk_ah },
	[IPPROTO_NHRP] = { PROTO_GRE, NULL },	/* as in GRE */
	[IPPROTO_MOBILE] = { PROTO_NONE, walk_mobile_ip },
	[IPPROTO_ICMPV6] = { PROTO_NONE, walk_icmp },
	[IPPROTO_EIGRP] = { PROTO_EIGRP, NULL },
	[IPPROTO_OSPF] = { PROTO_OSPF, NULL },
	[IPPROTO_BEETPH] = { PROTO_NONE, walk_as_ip4 },
	[IPPROTO_ETHERIP] = { PROTO_NONE, walk_etherip },
	[IPPROTO_PIM] = { PROTO_NONE, walk_pim },
	[IPPROTO_VRRP] = { PROTO_VRRP, NULL },
	[IPPROTO_PGM] = { PROTO_NONE, walk_pgm },
	[IPPROTO_L2TP] = { PROTO_L2TP, NULL },
	[IPPROTO_SCTP] = { PROTO_NONE, walk_sctp },
	[IPPROTO_UDPLITE] = { PROTO_NONE, walk_udplite },
	[IPPROTO_MPLS] = { PROTO_NONE, walk_mpls },
	[IPPROTO_ETHERNET] = { PROTO_NONE, walk_ethernet },
};

bool
walk_knows_ip_protocol(unsigned protocol)
{
	return protocols[protocol].walk != NULL ||
	    protocols[protocol].final != PROTO_NONE;
}

void
walk_ip_protocol(struct packet *p, struct span s, unsigned protocol)
{
	p->ip_protocol = (uint8_t)protocol;
	/*
	 * Where nothing was sent, too: a scan of protocols shows by their names
	 * (Wireshark has IPv4).
	 */
	if (!walk_deeper(p))
		return;
	if (protocols[p->ip_protocol].walk != NULL)
		protocols[p->ip_protocol].walk(p, s);
	else if (protocols[p->ip_protocol].final != PROTO_NONE)
		p->protocol = protocols[p->ip_protocol].final;
}

/* RFC 791, 3.1.  With vj the protocol field has something else. */
static inline void
walk_ip4(struct packet *p, struct span s, bool vj)
{
	const uint8_t *ip = s.at;
	uint32_t header, total;

	p->protocol = PROTO_IPV4;
	if (s.caplen < IP4_LEAST)
		return;
	header = (ip[0] & 15U) * 4;
	total = be16(ip + 2);
	if (header < IP4_LEAST || (total > 0 && total < header))
		return;
	set_addrs(p, ip + 12, ip + 16, 4);
	p->has_ip = true;
	p->ttl = ip[8];
	p->ip_protocol = vj ? IPPROTO_TCP : ip[9];
	/* A total of 0 is a segment that the network card is to cut. */
	if (total > 0)
		span_trim(&s, total);
	/* A later fragment has no transport header. */
	if ((be16(ip + 6) & 0x1fff) == 0 && span_skip(&s, header))
		walk_ip_protocol(p, s, p->ip_protocol);
}

/*
 * The length that a jumbo payload option of these hop-by-hop options has (RFC
 * 2675, 2), 0 if none.
 */
static uint32_t
jumbo_length(const struct span *s)
{
	uint32_t end = (s->at[1] + 1U) * 8, at = 2;

	if (end > s->caplen)
		end = s->caplen;
	while (at + 6 <= end) {
		if (s->at[at] == 0xc2)
			return s->at[at + 1] == 4 ? be32(s->at + at + 2) : 0;
		at += s->at[at] == 0 ? 1 : 2U + s->at[at + 1];
	}
	return 0;
}

/*
 * A payload length of 0: a jumbogram's option has it, and hop-by-hop options
 * without it have no payload (RFC 2675, 3).  Any other header is of a segment
 * that the network card is to cut.
 */
static bool
is_jumbogram(struct span *s, unsigned next)
{
	uint32_t length;

	if (next != IPPROTO_HOPOPTS)
		return true;
	length = s->caplen < 8 ? 0 : jumbo_length(s);
	span_trim(s, length);
	return length > 0;
}

/* Whether an IPv6 extension header of the usual form starts here. */
static bool
is_extension(unsigned next)
{
	return next == IPPROTO_HOPOPTS || next == IPPROTO_ROUTING ||
	    next == IPPROTO_DSTOPTS || next == IPPROTO_MH ||
	    next == IPPROTO_HIP || next == IPPROTO_SHIM6;
}

/* RFC 8200, 4: extension headers, then what the last one announces. */
void
walk_ip6_payload(struct packet *p, struct span s, unsigned next)
{
	for (;;) {
		p->ip_protocol = (uint8_t)next;
		if (next == IPPROTO_FRAGMENT) {
			if (s.caplen < 8)
				return;
			next = s.at[0];
			p->ip_protocol = (uint8_t)next;
			if (be16(s.at + 2) & 0xfff8)
				return;
			span_skip(&s, 8);
		} else if (is_extension(next)) {
			if (s.caplen < 8)
				return;
			next = s.at[0];
			if (!span_skip(&s, (s.at[1] + 1U) * 8))
				return;
		} else
			break;
	}
	walk_ip_protocol(p, s, next);
}

/* RFC 8200, 3. */
static inline void
walk_ip6(struct packet *p, struct span s)
{
	const uint8_t *ip = s.at;
	unsigned next;
	uint32_t length;

	p->protocol = PROTO_IPV6;
	if (s.caplen < IP6_BYTES)
		return;
	set_addrs(p, ip + 8, ip + 24, 6);
	p->has_ip = true;
	p->ttl = ip[7];
	next = ip[6];
	length = be16(ip + 4);
	span_skip(&s, IP6_BYTES);
	p->ip_protocol = (uint8_t)next;
	if (length > 0)
		span_trim(&s, length);
	else if (!is_jumbogram(&s, next))
		return;
	walk_ip6_payload(p, s, next);
}

/* A version that is neither keeps the name of what announced IP. */
void
walk_ip(struct packet *p, struct span s)
{
	walk_enter(p);
	if (!walk_deeper(p) || s.caplen < 1)
		return;
	if (s.at[0] >> 4 == 4)
		walk_ip4(p, s, false);
	else if (s.at[0] >> 4 == 6)
		walk_ip6(p, s);
}

void
walk_ip6_only(struct packet *p, struct span s)
{
	if (s.caplen >= 1 && s.at[0] >> 4 == 6)
		walk_ip(p, s);
}

void
walk_as_ip4(struct packet *p, struct span s)
{
	p->protocol = PROTO_IPV4;
	walk_ip(p, s);
}

void
walk_as_ip6(struct packet *p, struct span s)
{
	walk_name(p, PROTO_IPV6);
	walk_ip6_only(p, s);
}

/*
 * Van Jacobson's uncompressed TCP (RFC 1144, 3.2.2): the protocol field of
 * IPv4 has the connection's number.
 */
void
walk_vj(struct packet *p, struct span s)
{
	if (walk_deeper(p) && s.caplen >= 1 && s.at[0] >> 4 == 4)
		walk_ip4(p, s, true);
}
