/*
 * packet_ppp - PPP and its carriers, frame relay, Cisco HDLC
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/ethertype.h"
#include "decode/packet_walk.h"

/* Bridged frames (RFC 3518, 4.2): flags, MAC type, then the frame. */
static void
walk_bridged(struct packet *p, struct span s)
{
	if (s.caplen >= 2 && s.at[1] == 1 && span_skip(&s, 2))
		walk_ethernet(p, s);
}

static void
walk_ppp_protocol(struct packet *p, struct span s, unsigned protocol)
{
	switch (protocol) {
	case 0x0021:
		walk_as_ip4(p, s);
		break;
	case 0x0057:
		walk_as_ip6(p, s);
		break;
	case 0x0023:
		walk_nlpid(p, s);
		break;
	case 0x002b:
		walk_ipx(p, s);
		break;
	case 0x0061:			/* a full header, RFC 2509 */
		walk_ip(p, s);
		break;
	case 0x002f:
		walk_vj(p, s);
		break;
	case 0x0031:
		walk_bridged(p, s);
		break;
	case 0x004b:			/* RFC 2043 */
		walk_llc(p, s);
		break;
	case 0x0201:
		p->protocol = PROTO_STP;
		break;
	case 0x0207:
		p->protocol = PROTO_CDP;
		break;
	case 0x0281: case 0x0283:
		walk_mpls(p, s);
		break;
	case 0xc227:			/* RFC 3748 */
		walk_eap(p, s);
		break;
	}
}

/*
 * RFC 1661, 2 and RFC 1662, 3.1: the address and control bytes may be left
 * out, and a protocol below 0x100 may be one (odd) byte.
 */
void
walk_ppp(struct packet *p, struct span s)
{
	unsigned protocol;

	walk_enter(p);
	p->protocol = PROTO_PPP;
	if (!walk_deeper(p))
		return;
	if (s.caplen >= 2 && s.at[0] == 0xff && s.at[1] == 0x03)
		span_skip(&s, 2);
	if (s.caplen < 2)
		return;
	if (s.at[0] & 1) {
		protocol = s.at[0];
		span_skip(&s, 1);
	} else {
		protocol = be16(s.at);
		span_skip(&s, 2);
	}
	walk_ppp_protocol(p, s, protocol);
}

/* RFC 2516, 4. */
void
walk_pppoe(struct packet *p, struct span s, bool session)
{
	unsigned length;

	walk_enter(p);
	p->protocol = PROTO_PPPOE;
	if (!session || s.caplen < 6)
		return;
	length = be16(s.at + 4);
	span_skip(&s, 6);
	if (length > 0)
		span_trim(&s, length);
	walk_ppp(p, s);
}

/*
 * Address, control, Ethernet type.  SLARP has a type that is RARP's
 * elsewhere.
 */
void
walk_chdlc(struct packet *p, struct span s)
{
	unsigned type;

	if (s.caplen < 4)
		return;
	type = be16(s.at + 2);
	span_skip(&s, 4);
	if (type == 0x8035)
		return;
	if (type == 0xfefe) {
		/* OSI; any byte may pad CLNP, ES-IS and IS-IS. */
		if (s.caplen >= 1 && (s.at[0] < 0x80 || (s.caplen >= 2 &&
		    s.at[1] >= 0x81 && s.at[1] <= 0x83)))
			span_skip(&s, 1);
		walk_nlpid(p, s);
		return;
	}
	if (type == 0x4242) {
		p->protocol = PROTO_STP;
		return;
	}
	p->protocol = PROTO_ETH;
	walk_ethertype(p, s, type);
}

/*
 * Whether a frame of Ethernet starts here: two addresses, then a type of IP,
 * ARP or VLAN, or a length that fits.
 */
static bool
looks_like_ethernet(const struct span *s)
{
	unsigned type;

	if (s->caplen < 14)
		return false;
	type = be16(s->at + 12);
	return type == ETHERTYPE_IP || type == ETHERTYPE_IPV6 ||
	    type == ETHERTYPE_ARP || type == ETHERTYPE_VLAN ||
	    (type >= 3 && type <= 1500 && type <= s->len - 14);
}

/*
 * Q.922 address of two to four bytes, then either RFC 2427's control byte
 * and NLPID or, as Cisco has it, an Ethernet type.  Bridges may also send
 * frames of Ethernet without anything before them, after an address that
 * ends as it must (Q.922, 3.3.2).
 */
void
walk_frame_relay(struct packet *p, struct span s)
{
	struct packet before;
	struct span frame;
	unsigned type, n = 1;

	while (n < 4 && n < s.caplen && (s.at[n - 1] & 1) == 0)
		n++;
	if (n < 2 || !span_skip(&s, n) || s.caplen < 2)
		return;
	if (s.at[0] == 0x03) {
		span_skip(&s, 1);
		if (s.at[0] == 0)
			span_skip(&s, 1);
		walk_nlpid(p, s);
		return;
	}
	frame = s;
	before = *p;
	type = be16(s.at);
	span_skip(&s, 2);
	walk_ethertype(p, s, type);
	if (p->protocol != PROTO_OTHER)
		return;
	/* No known encapsulation; not even a VLAN tag's number is one. */
	*p = before;
	if ((frame.at[-1] & 1) != 0 && looks_like_ethernet(&frame))
		walk_ethernet(p, frame);
}
