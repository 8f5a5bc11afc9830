/*
 * packet_lan - local networks other than Ethernet, and ATM
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/ethertype.h"
#include "decode/packet_walk.h"

/* Token ring and FDDI: two addresses, perhaps a source route, then LLC. */
void
walk_token_ring(struct packet *p, struct span s)
{
	uint32_t header = 14;

	if (s.caplen < 16 || (s.at[1] & 0xc0) != 0x40)
		return;
	if (s.at[8] & 0x80)		/* routing information follows */
		header += s.at[14] & 0x1f;
	if (span_skip(&s, header))
		walk_llc(p, s);
}

void
walk_fddi(struct packet *p, struct span s)
{
	if (s.caplen >= 13 && (s.at[0] & 0xf0) == 0x50 && span_skip(&s, 13))
		walk_llc(p, s);
}

/* ATM (RFC 2684): LLC, or whatever the virtual circuit was set up for. */
static void
walk_atm(struct packet *p, struct span s)
{
	if (s.caplen >= 3 && s.at[0] == 0xaa && s.at[1] == 0xaa)
		walk_llc(p, s);
	else if (s.caplen >= 3 && s.at[0] == 0xfe && s.at[1] == 0xfe)
		walk_llc(p, s);
	else if (s.caplen >= 1 && s.at[0] >> 4 == 4)
		walk_ip(p, s);
}

/* SunATM: traffic type in the first byte, VPI and VCI, then the PDU. */
void
walk_sunatm(struct packet *p, struct span s)
{
	unsigned type;

	if (s.caplen < 4)
		return;
	type = s.at[0] & 15;
	span_skip(&s, 4);
	if (type == 1) {		/* LANE: an ID, then Ethernet */
		if (span_skip(&s, 2))
			walk_ethernet(p, s);
	} else if (type == 2)
		walk_atm(p, s);
}

/*
 * AX.25 (AX.25 2.2, 3): addresses of 7 bytes, of which the last has its lowest
 * bit set, a control byte and, in information frames, a protocol identifier.
 */
void
walk_ax25(struct packet *p, struct span s)
{
	uint32_t n = 7;

	while (n < 70 && n <= s.caplen && (s.at[n - 1] & 1) == 0)
		n += 7;
	if (n < 14 || !span_skip(&s, n + 2))
		return;
	if ((s.at[-2] & 1) != 0 && (s.at[-2] & ~0x10U) != 0x03)
		return;			/* neither information nor UI */
	if (s.at[-1] == 0xcc)
		walk_as_ip4(p, s);
	else if (s.at[-1] == 0xcd)
		walk_ethertype(p, s, ETHERTYPE_ARP);
}

/* ARCNET, Linux's form: addresses, offset, protocol (RFC 1201). */
void
walk_arcnet(struct packet *p, struct span s, uint32_t protocol_at)
{
	unsigned protocol;

	if (s.caplen < protocol_at + 1)
		return;
	protocol = s.at[protocol_at];
	span_skip(&s, protocol_at + 1);
	if (protocol == 240 || protocol == 241) {	/* RFC 1051 */
		walk_ethertype(p, s, protocol == 240 ? ETHERTYPE_IP :
		    ETHERTYPE_ARP);
		return;
	}
	if (protocol == 0xfa || protocol == 0xec) {	/* Novell's */
		if (span_skip(&s, 3))
			walk_ipx(p, s);
		return;
	}
	if (protocol == 0xcd) {		/* BACnet (ASHRAE 135, clause 8) */
		walk_llc(p, s);
		return;
	}
	if (protocol != 212 && protocol != 213 && protocol != 214 &&
	    protocol != 196)
		return;
	if (s.caplen < 3)
		return;
	/* An exception frame says it all twice. */
	if (!span_skip(&s, s.at[0] == 0xff ? 7 : 3))
		return;
	walk_ethertype(p, s, protocol == 212 ? ETHERTYPE_IP :
	    protocol == 213 ? ETHERTYPE_ARP : protocol == 196 ?
	    ETHERTYPE_IPV6 : ETHERTYPE_REVARP);
}
