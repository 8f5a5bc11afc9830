/*
 * packet_ether - Ethernet, its tags, and what its types name
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/ethertype.h"
#include "decode/packet_walk.h"

#define MAC_BYTES	6
#define ETHER_BYTES	14
#define ISL_BYTES	12	/* from the LLC on */
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
	if (be16(s.at + 2) != ETHERTYPE_IP || plen != 4 ||
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

/* The last two bytes of a tag, which are the type of what follows. */
static void
walk_next(struct packet *p, struct span s)
{
	unsigned type;

	if (!span_skip(&s, 2))
		return;
	type = be16(s.at - 2);
	if (type > LENGTH_MAX)
		walk_ethertype(p, s, type);
	else
		walk_llc(p, s);
}

void
walk_nsh_next(struct packet *p, struct span s, unsigned next)
{
	if (next == 1)
		walk_as_ip4(p, s);
	else if (next == 2)
		walk_as_ip6(p, s);
	else if (next == 3)
		walk_ethernet(p, s);
	else if (next == 5)
		walk_mpls(p, s);
}

/* Network service header (RFC 8300). */
void
walk_nsh(struct packet *p, struct span s)
{
	unsigned next;

	if (s.caplen < 8)
		return;
	next = s.at[3];
	if (span_skip(&s, (be16(s.at) & 0x3fU) * 4))
		walk_nsh_next(p, s, next);
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
	if (span_skip(&s, 6 + (s.at[0] & 0x20 ? 8 : 0)))
		walk_next(p, s);
}

/*
 * The time at which Arista's switches mirrored a frame: subtype 1, a version
 * that says how long the time is, the time, then the frame's own type.
 */
static void
walk_arista(struct packet *p, struct span s)
{
	if (s.caplen < 4 || be16(s.at) != 1)
		return;
	if (s.at[3] == 0x10 && span_skip(&s, 12))	/* 64 bits */
		walk_next(p, s);
	else if (s.at[3] == 0x20 && span_skip(&s, 10))	/* 48 bits */
		walk_next(p, s);
}

/* EAP over LAN (IEEE 802.1X, 11.3): a version, a type, of which 0 is EAP. */
static void
walk_eapol(struct packet *p, struct span s)
{
	walk_name(p, PROTO_EAPOL);
	if (s.caplen >= 4 && s.at[1] == 0 && span_skip(&s, 4))
		walk_eap(p, s);
}

static void
walk_pppoe_discovery(struct packet *p, struct span s)
{
	walk_pppoe(p, s, false);
}

static void
walk_pppoe_session(struct packet *p, struct span s)
{
	walk_pppoe(p, s, true);
}

/*
 * The types: those whose name is final have it here; of the others, how many
 * bytes come first that say nothing, and what reads the rest.  The commonest
 * stand first, since the table is searched from its start.
 */
static const struct {
	uint16_t	type;
	uint16_t	skip;
	enum protocol	final;
	void		(*walk)(struct packet *, struct span);
} types[] = {
	{ ETHERTYPE_IP, 0, PROTO_NONE, walk_as_ip4 },
	{ ETHERTYPE_IPV6, 0, PROTO_NONE, walk_ip6_only },
	{ ETHERTYPE_ARP, 0, PROTO_NONE, walk_arp },
	{ ETHERTYPE_VLAN, 0, PROTO_NONE, walk_vlan },
	{ ETHERTYPE_QINQ, 0, PROTO_NONE, walk_vlan },
	{ ETHERTYPE_MPLS, 0, PROTO_NONE, walk_mpls },
	{ ETHERTYPE_PPPOES, 0, PROTO_NONE, walk_pppoe_session },
	{ ETHERTYPE_PPPOED, 0, PROTO_NONE, walk_pppoe_discovery },
	{ ETHERTYPE_TEB, 0, PROTO_NONE, walk_ethernet },
	{ ETHERTYPE_LLDP, 0, PROTO_LLDP, NULL },
	{ ETHERTYPE_EAPOL, 0, PROTO_NONE, walk_eapol },
	{ ETHERTYPE_RSN_PREAUTH, 0, PROTO_NONE, walk_eapol },
	{ ETHERTYPE_SLOW, 0, PROTO_LACP, NULL },
	{ ETHERTYPE_PTP, 0, PROTO_PTP, NULL },
	{ ETHERTYPE_LOOPBACK, 0, PROTO_LOOP, NULL },
	{ ETHERTYPE_CDP, 0, PROTO_CDP, NULL },
	{ ETHERTYPE_L2ISIS, 0, PROTO_ISIS, NULL },
	{ ETHERTYPE_LWAPP, 0, PROTO_IEEE80211, NULL },
	{ ETHERTYPE_IEEE80211, 0, PROTO_IEEE80211, NULL },
	{ ETHERTYPE_LWAPP_OLD, 0, PROTO_IEEE80211, NULL },
	{ ETHERTYPE_CENTRINO, 0, PROTO_NONE, walk_wlan },
	{ ETHERTYPE_LACP, 0, PROTO_LACP, NULL },
	{ ETHERTYPE_SNA, 3, PROTO_NONE, walk_llc },
	{ ETHERTYPE_REVARP, 0, PROTO_NONE, walk_arp },
	{ ETHERTYPE_QINQ_9100, 0, PROTO_NONE, walk_vlan },
	{ ETHERTYPE_QINQ_9200, 0, PROTO_NONE, walk_vlan },
	{ ETHERTYPE_QINQ_9300, 0, PROTO_NONE, walk_vlan },
	{ ETHERTYPE_MPLS_MULTI, 0, PROTO_NONE, walk_mpls },
	{ ETHERTYPE_VNTAG, 4, PROTO_NONE, walk_next },
	{ ETHERTYPE_HSR, 4, PROTO_NONE, walk_next },
	{ ETHERTYPE_RTAG, 4, PROTO_NONE, walk_next },
	{ ETHERTYPE_ETAG, 6, PROTO_NONE, walk_next },
	{ ETHERTYPE_CMD, 6, PROTO_NONE, walk_next },
	{ ETHERTYPE_MACSEC, 0, PROTO_NONE, walk_macsec },
	{ ETHERTYPE_ARISTA, 0, PROTO_NONE, walk_arista },
	{ ETHERTYPE_FABRICPATH, 2, PROTO_NONE, walk_ethernet },
	{ ETHERTYPE_ITAG, 4, PROTO_NONE, walk_ethernet },
	{ ETHERTYPE_NSH, 0, PROTO_NONE, walk_nsh },
	{ ETHERTYPE_TRILL, 0, PROTO_NONE, walk_trill },
	{ ETHERTYPE_JUMBO_LLC, 0, PROTO_NONE, walk_llc },
	{ ETHERTYPE_OSI, 0, PROTO_NONE, walk_nlpid },
	{ ETHERTYPE_IPX, 0, PROTO_NONE, walk_ipx },
	{ ETHERTYPE_NOVELL, 0, PROTO_NONE, walk_ipx },
};

void
walk_ethertype(struct packet *p, struct span s, unsigned type)
{
	size_t i;

	if (!walk_deeper(p))
		return;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].type == type)
			break;
	if (i == sizeof(types) / sizeof(types[0]))
		return;
	if (types[i].walk == NULL)
		walk_name(p, types[i].final);
	else if (span_skip(&s, types[i].skip))
		types[i].walk(p, s);
}

/*
 * Whether s, after a length, is of a frame to Cisco's inter-switch link: an
 * address that starts as these do, and LLC of SNAP.
 */
static bool
is_isl(const struct span *s)
{
	const uint8_t *to = s->at - ETHER_BYTES;

	return s->caplen >= ISL_BYTES && (to[0] == 0x01 || to[0] == 0x0c) &&
	    to[1] == 0 && to[2] == 0x0c && to[3] == 0 && to[4] == 0 &&
	    s->at[0] == 0xaa && s->at[1] == 0xaa && s->at[2] == 0x03;
}

/* Cisco's inter-switch link: a VLAN's number, then the frame. */
static void
walk_isl(struct packet *p, struct span s)
{
	if (p->vlans < PACKET_VLANS)
		p->vlan[p->vlans++] = be16(s.at + 6) >> 1 & 0x0fff;
	span_skip(&s, ISL_BYTES);
	walk_ethernet(p, s);
}

void
walk_ethernet(struct packet *p, struct span s)
{
	unsigned type;

	walk_enter(p);
	if (!walk_deeper(p))
		return;
	p->protocol = PROTO_ETH;
	if (s.caplen < ETHER_BYTES)
		return;
	type = be16(s.at + 2 * MAC_BYTES);
	span_skip(&s, ETHER_BYTES);
	if (type > LENGTH_MAX || type == 0) {
		walk_ethertype(p, s, type);
		return;
	}
	span_trim(&s, type);
	if (is_isl(&s))
		walk_isl(p, s);
	else
		walk_llc(p, s);
}
