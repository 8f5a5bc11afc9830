/*
 * packet_ether - Ethernet, VLAN tags, LLC, and the protocols right above
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/packet_walk.h"

#define MAC_BYTES	6
#define LENGTH_MAX	1500	/* a larger type is no length (802.3, 3.2.6) */

static void
walk_arp(struct packet *p, struct span s)
{
	unsigned hlen, plen;

	walk_enter(p);
	p->protocol = PROTO_ARP;
	if (s.caplen < 8)
		return;
	hlen = s.at[4];
	plen = s.at[5];
	if (be16(s.at + 2) != 0x0800 || plen != 4 ||
	    s.caplen < 8 + 2 * hlen + 2 * plen)
		return;
	p->inner.src = s.at + 8 + hlen;
	p->inner.dst = p->inner.src + plen + hlen;
	p->inner.family = 4;
	if (p->outer.family == 0)
		p->outer = p->inner;
}

/* A tag of four bytes: priority and ID, then the type of what follows. */
static void
walk_vlan(struct packet *p, struct span s)
{
	unsigned type;

	if (s.caplen < 4)
		return;
	if (p->vlans < PACKET_VLANS)
		p->vlan[p->vlans++] = be16(s.at) & 0x0fff;
	type = be16(s.at + 2);
	span_skip(&s, 4);
	if (type > LENGTH_MAX) {
		walk_ethertype(p, s, type);
		return;
	}
	span_trim(&s, type);
	walk_llc(p, s);
}

/* Slow protocols (802.3, annex 57A): a subtype tells which. */
static void
walk_slow(struct packet *p)
{
	p->protocol = PROTO_LACP;
}

/* Passes over a tag of n bytes whose last two are the next type. */
static void
walk_tag(struct packet *p, struct span s, uint32_t n)
{
	unsigned type;

	if (!span_skip(&s, n))
		return;
	type = be16(s.at - 2);
	if (type > LENGTH_MAX)
		walk_ethertype(p, s, type);
	else
		walk_llc(p, s);
}

/* Network service header (RFC 8300). */
static void
walk_nsh(struct packet *p, struct span s)
{
	unsigned next;

	if (s.caplen < 8)
		return;
	next = s.at[3];
	if (!span_skip(&s, (be16(s.at) & 0x3fU) * 4))
		return;
	if (next == 1 || next == 2)
		walk_ip(p, s);
	else if (next == 3)
		walk_ethernet(p, s);
	else if (next == 5)
		walk_mpls(p, s);
}

/* TRILL (RFC 6325, 3): options are in words, then an Ethernet frame. */
static void
walk_trill(struct packet *p, struct span s)
{
	if (s.caplen >= 6 &&
	    span_skip(&s, 6 + (be16(s.at) >> 6 & 0x1fU) * 4))
		walk_ethernet(p, s);
}

/*
 * MACsec (IEEE 802.1AE, 9.3): without encryption the data follows the tag as
 * it was.
 */
static void
walk_macsec(struct packet *p, struct span s)
{
	if (s.caplen < 1 || s.at[0] & 0x0c)	/* encrypted, changed */
		return;
	walk_tag(p, s, 8 + (s.at[0] & 0x20 ? 8 : 0));
}

/* The types whose name is final. */
static enum protocol
final_type(unsigned type)
{
	switch (type) {
	case 0x2000:
		return PROTO_CDP;
	case 0x22f4:			/* L2-IS-IS, RFC 6325 */
		return PROTO_ISIS;
	case 0x888e: case 0x88c7:	/* 802.1X, pre-authentication */
		return PROTO_EAPOL;
	case 0x88bb:			/* LWAPP, RFC 5412 */
	case 0x890d:			/* 802.11 TDLS and the like */
		return PROTO_IEEE80211;
	case 0x88cc:
		return PROTO_LLDP;
	case 0x88f7:			/* IEEE 1588 */
		return PROTO_PTP;
	case 0x9000:			/* configuration test */
		return PROTO_LOOP;
	default:
		return PROTO_NONE;
	}
}

/* Frames behind tags, or of a kind of their own; false: none of these. */
static bool
walk_wrapped(struct packet *p, struct span s, unsigned type)
{
	switch (type) {
	case 0x894f:
		walk_nsh(p, s);
		return true;
	case 0x22f3:
		walk_trill(p, s);
		return true;
	case 0x8926:			/* VN-tag */
	case 0xf1c1:			/* 802.1CB R-TAG */
		walk_tag(p, s, 6);
		return true;
	case 0x893f:			/* 802.1BR E-TAG */
	case 0x8909:			/* Cisco metadata */
		walk_tag(p, s, 8);
		return true;
	case 0x8137: case 0x8138:
		walk_ipx(p, s);
		return true;
	case 0x88e5:
		walk_macsec(p, s);
		return true;
	case 0x8903:			/* FabricPath: a tag, a whole frame */
		if (span_skip(&s, 2))
			walk_ethernet(p, s);
		return true;
	case 0x88e7:			/* 802.1ah I-TAG: a whole frame */
		if (span_skip(&s, 4))
			walk_ethernet(p, s);
		return true;
	default:
		return false;
	}
}

void
walk_ethertype(struct packet *p, struct span s, unsigned type)
{
	enum protocol final;

	if (++s.depth > WALK_DEPTH_MAX)
		return;
	if (p->protocol == PROTO_OTHER)
		p->protocol = PROTO_ETH;	/* an unknown type is one */
	switch (type) {
	case 0x0800:
		p->protocol = PROTO_IPV4;
		walk_ip(p, s);
		return;
	case 0x86dd:
		walk_ip6_only(p, s);
		return;
	case 0x0806: case 0x8035:	/* ARP, RARP */
		walk_arp(p, s);
		return;
	case 0x8100: case 0x88a8: case 0x9100: case 0x9200: case 0x9300:
		walk_vlan(p, s);
		return;
	case 0x8847: case 0x8848:
		walk_mpls(p, s);
		return;
	case 0x8863: case 0x8864:
		walk_pppoe(p, s, type == 0x8864);
		return;
	case 0x8809:
		walk_slow(p);
		return;
	case 0x00fe:			/* OSI over GRE and the like */
		walk_nlpid(p, s);
		return;
	case 0x6558:			/* transparent Ethernet bridging */
		walk_ethernet(p, s);
		return;
	case 0x8870:			/* LLC in a jumbo frame */
		walk_llc(p, s);
		return;
	}
	if (walk_wrapped(p, s, type))
		return;
	if ((final = final_type(type)) != PROTO_NONE) {
		walk_enter(p);
		p->protocol = final;
	}
}

/* What an OSI network layer's first byte tells. */
void
walk_nlpid(struct packet *p, struct span s)
{
	if (s.caplen < 1)
		return;
	switch (s.at[0]) {
	case 0x83:
		p->protocol = PROTO_ISIS;
		break;
	case 0xcc: case 0x8e:
		span_skip(&s, 1);
		walk_ip(p, s);
		break;
	case 0xcf:
		span_skip(&s, 1);
		walk_ppp(p, s);
		break;
	case 0x80:
		span_skip(&s, 1);
		walk_snap(p, s);
		break;
	}
}

/* The protocols of Cisco's own OUI. */
static void
cisco_snap(struct packet *p, struct span s, unsigned pid)
{
	(void)s;
	if (pid == 0x2000)
		p->protocol = PROTO_CDP;
	else if (pid == 0x010b || pid == 0x010c)	/* PVST+ */
		p->protocol = PROTO_STP;
}

/* Frames bridged over another network (RFC 2684, 5.2; RFC 2427, 5). */
static void
bridged_snap(struct packet *p, struct span s, unsigned pid)
{
	switch (pid) {
	case 0x0001: case 0x0007:
		/* RFC 2684 pads before the address, RFC 2427 does not. */
		if (s.caplen >= 2 && be16(s.at) == 0)
			span_skip(&s, 2);
		walk_ethernet(p, s);
		break;
	case 0x000e:
		p->protocol = PROTO_STP;
		break;
	}
}

void
walk_snap(struct packet *p, struct span s)
{
	unsigned pid;
	uint32_t oui;

	if (s.caplen < 5)
		return;
	oui = be32(s.at) >> 8;
	pid = be16(s.at + 3);
	span_skip(&s, 5);
	if (oui == 0x000000 || oui == 0x0000f8)
		walk_ethertype(p, s, pid);
	else if (oui == 0x00000c)
		cisco_snap(p, s, pid);
	else if (oui == 0x0080c2)
		bridged_snap(p, s, pid);
}

/*
 * IEEE 802.2: the destination's service access point names the protocol of
 * the unnumbered and numbered information frames.
 */
void
walk_llc(struct packet *p, struct span s)
{
	unsigned dsap, control, bytes;

	if (++s.depth > WALK_DEPTH_MAX)
		return;
	walk_enter(p);
	p->protocol = PROTO_LLC;
	if (s.caplen < 3)
		return;
	dsap = s.at[0];
	if (dsap == 0xff && s.at[1] == 0xff) {
		walk_ipx(p, s);		/* Novell's "raw" 802.3 */
		return;
	}
	control = s.at[2];
	bytes = (control & 3) == 3 ? 3 : 4;
	if ((dsap & ~1U) == 0xf0 && span_skip(&s, bytes)) {
		walk_netbeui(p, s);
		return;
	}
	if ((control & 3) == 3 && (control & ~0x10U) != 0x03)
		return;			/* XID, TEST and the like */
	if ((control & 3) == 1 || !span_skip(&s, bytes))
		return;
	switch (dsap & ~1U) {
	case 0x42:
		/* 802.1D, 9.3; GARP's protocol identifier is 1. */
		if (s.caplen < 2 || be16(s.at) != 1)
			p->protocol = PROTO_STP;
		break;
	case 0xaa:
		walk_snap(p, s);
		break;
	case 0xe0:
		walk_ipx(p, s);
		break;
	case 0xfe:
		walk_nlpid(p, s);
		break;
	case 0x06:
		walk_ip(p, s);
		break;
	}
}

void
walk_ethernet(struct packet *p, struct span s)
{
	unsigned type;

	if (++s.depth > WALK_DEPTH_MAX)
		return;
	p->protocol = PROTO_ETH;
	if (s.caplen < 2 * MAC_BYTES + 2)
		return;
	type = be16(s.at + 2 * MAC_BYTES);
	span_skip(&s, 2 * MAC_BYTES + 2);
	if (type > LENGTH_MAX || type == 0) {
		walk_ethertype(p, s, type);
		return;
	}
	span_trim(&s, type);
	walk_llc(p, s);
}
