/*
 * packet_llc - IEEE 802.2: LLC and SNAP, and what they name
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/ethertype.h"
#include "decode/packet_walk.h"

/* The protocols of Cisco's own OUI. */
static void
cisco_snap(struct packet *p, struct span s, unsigned pid)
{
	(void)s;
	if (pid == ETHERTYPE_CDP)
		walk_name(p, PROTO_CDP);
	else if (pid >= 0x0108 && pid <= 0x010c)	/* RLQ, PVST+ */
		walk_name(p, PROTO_STP);
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
		walk_name(p, PROTO_STP);
		break;
	}
}

/* From the OUI on. */
static void
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

/* The first byte of an OSI network layer identifies its protocol. */
void
walk_nlpid(struct packet *p, struct span s)
{
	if (!span_skip(&s, 1))
		return;
	switch (s.at[-1]) {
	case 0x83:
		walk_name(p, PROTO_ISIS);
		break;
	case 0xcc:
		walk_as_ip4(p, s);
		break;
	case 0x8e:
		walk_ip6_only(p, s);
		break;
	case 0xcf:
		walk_ppp(p, s);
		break;
	case 0x80:
		walk_snap(p, s);
		break;
	}
}

/*
 * IEEE 802.2: the destination's service access point names the protocol of
 * the unnumbered and numbered information frames.
 */
void
walk_llc(struct packet *p, struct span s)
{
	unsigned dsap, control, bytes;

	if (!walk_deeper(p))
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
	if (dsap == 0xf0 && span_skip(&s, bytes)) {
		walk_netbeui(p, s);
		return;
	}
	if ((control & 3) == 3 && (control & ~0x10U) != 0x03)
		return;			/* XID, TEST and the like */
	if ((control & 3) == 1 || !span_skip(&s, bytes))
		return;
	switch (dsap) {
	case 0x42:
		/* 802.1D, 9.3; GARP's protocol identifier is 1. */
		if (s.caplen < 2 || be16(s.at) != 1)
			p->protocol = PROTO_STP;
		break;
	case 0x82:
		/* BACnet, version 1 (ASHRAE 135, 6.2.1 and clause 7). */
		if (s.caplen >= 1 && s.at[0] == 1)
			p->protocol = PROTO_BACNET;
		break;
	case 0xaa:
		walk_snap(p, s);
		break;
	case 0x10: case 0xe0:
		walk_ipx(p, s);
		break;
	case 0xfe:
		walk_nlpid(p, s);
		break;
	case 0x06:
		walk_as_ip4(p, s);
		break;
	}
}
