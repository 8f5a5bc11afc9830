/*
 * packet_wpan - IEEE 802.15.4, and IPv6 over it (6LoWPAN)
 *
 * 6LoWPAN leaves out what the link layer's addresses or a context imply.  The
 * packet then has no IPv6 addresses here, as there are no bytes to point to.
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/ipproto.h"
#include "decode/packet_walk.h"

#define FRAME_DATA	1
#define MODE_SHORT	2	/* an address of 2 bytes */
#define MODE_LONG	3	/* of 8 */

static uint32_t
address_bytes(unsigned mode)
{
	return mode == MODE_LONG ? 8 : mode == MODE_SHORT ? 2 : 0;
}

/*
 * The bytes of the addresses and of their networks' identifiers (IEEE
 * 802.15.4-2020, 7.2.2.6).
 */
static uint32_t
addressing_bytes(unsigned control)
{
	unsigned to = control >> 10 & 3, from = control >> 14 & 3;
	unsigned version = control >> 12 & 3;
	bool compressed = control & 0x40;
	uint32_t n = address_bytes(to) + address_bytes(from);

	if (version == 2 && to == MODE_LONG && from == MODE_LONG)
		return n + (compressed ? 0 : 2);
	return n + (to != 0 ? 2 : 0) + (from != 0 && !compressed ? 2 : 0);
}

/* UDP's header (RFC 6282, 4.3): ports may be short, the checksum left out. */
static void
walk_udp_compressed(struct packet *p, struct span s)
{
	static const uint8_t ports[] = { 4, 3, 3, 1 };
	unsigned form = s.at[0];
	const uint8_t *at = s.at + 1;

	p->protocol = PROTO_UDP;
	p->ip_protocol = IPPROTO_UDP;
	if (!span_skip(&s, 1U + ports[form & 3] + (form & 4 ? 0 : 2)))
		return;
	p->has_ports = true;
	p->sport = (uint16_t)((form & 3) == 3 ? 0xf0b0 | at[0] >> 4 :
	    (form & 3) == 2 ? 0xf000 | at[0] : be16(at));
	p->dport = (uint16_t)((form & 3) == 3 ? 0xf0b0 | (at[0] & 15) :
	    (form & 3) == 2 ? be16(at + 1) :
	    (form & 3) == 1 ? 0xf000 | at[2] : be16(at + 2));
	p->payload = s.at;
	p->payload_caplen = s.caplen;
	p->payload_len = s.len;
}

static void	walk_iphc(struct packet *, struct span);

/* Compressed next headers (RFC 6282, 4): extensions, then UDP or any other. */
static void
walk_next_compressed(struct packet *p, struct span s)
{
	unsigned form, next;

	while (s.caplen >= 1 && s.at[0] >> 4 == 0xe) {
		form = s.at[0];
		if ((form & 0x0e) == 0x0e) {	/* a whole IPv6 header */
			if (span_skip(&s, 1))
				walk_iphc(p, s);
			return;
		}
		next = form & 1 || s.caplen < 2 ? 0 : s.at[1];
		if (!span_skip(&s, form & 1 ? 2 : 3) ||
		    !span_skip(&s, s.at[-1]))
			return;
		if ((form & 1) == 0) {
			walk_ip6_payload(p, s, next);
			return;
		}
	}
	if (s.caplen >= 1 && s.at[0] >> 3 == 0x1e)
		walk_udp_compressed(p, s);
}

/* The compressed header of IPv6 (RFC 6282, 3.1). */
static void
walk_iphc(struct packet *p, struct span s)
{
	static const uint8_t traffic[] = { 4, 3, 1, 0 };
	/* The bytes of an address without and with a context, by its mode. */
	static const uint8_t unicast[2][4] = { { 16, 8, 2, 0 },
	    { 0, 8, 2, 0 } };
	static const uint8_t group[2][4] = { { 16, 6, 4, 1 }, { 6, 0, 0, 0 } };
	unsigned form, next = 0;
	uint32_t from, to;

	if (!walk_deeper(p) || s.caplen < 2 || s.at[0] >> 5 != 3)
		return;
	p->protocol = PROTO_IPV6;
	form = be16(s.at);
	from = unicast[form >> 6 & 1][form >> 4 & 3];
	to = (form & 8 ? group : unicast)[form >> 2 & 1][form & 3];
	if (!span_skip(&s, 2U + (form & 0x80 ? 1 : 0) +
	    traffic[form >> 11 & 3]))
		return;
	if ((form & 0x400) == 0) {
		if (!span_skip(&s, 1))
			return;
		next = s.at[-1];
	}
	if (!span_skip(&s, ((form & 0x300) == 0 ? 1U : 0) + from + to))
		return;
	/* Not those of a header before, which are another's. */
	p->inner = from == 16 && to == 16 ? (struct packet_addrs){
	    s.at - 32, s.at - 16, 6 } : (struct packet_addrs){ NULL, NULL, 0 };
	if (p->outer.family == 0)
		p->outer = p->inner;
	if (form & 0x400)
		walk_next_compressed(p, s);
	else
		walk_ip6_payload(p, s, next);
}

/* RFC 4944, 5: mesh and broadcast headers may come first. */
static void
walk_lowpan(struct packet *p, struct span s)
{
	uint32_t n;

	if (s.caplen >= 1 && s.at[0] >> 6 == 2) {
		n = (s.at[0] & 15) == 15 ? 2 : 1;
		n += (s.at[0] & 0x20 ? 2U : 8U) + (s.at[0] & 0x10 ? 2U : 8U);
		if (!span_skip(&s, n))
			return;
	}
	if (s.caplen >= 2 && s.at[0] == 0x50)
		span_skip(&s, 2);
	if (s.caplen < 2)
		return;
	if (s.at[0] == 0x41) {
		span_skip(&s, 1);
		walk_ip6_only(p, s);
	} else
		walk_iphc(p, s);
}

/*
 * IEEE 802.15.4-2020, 7.2 and 7.3.2: data that is not encrypted, in frames
 * whose header has no information elements and whose number is there.
 */
void
walk_wpan(struct packet *p, struct span s)
{
	unsigned control;

	if (!walk_deeper(p) || s.caplen < 3)
		return;
	control = le16(s.at);
	if ((control & 7) != FRAME_DATA || control & 0x308 ||
	    (control >> 12 & 3) == 3)
		return;
	if (span_skip(&s, 3 + addressing_bytes(control)))
		walk_lowpan(p, s);
}

/* The frame check sequence (IEEE 802.15.4-2020, 7.2.11). */
static uint16_t
crc16(const uint8_t *at, uint32_t n)
{
	uint16_t crc = 0;
	uint32_t i;
	int bit;

	for (i = 0; i < n; i++) {
		crc ^= at[i];
		for (bit = 0; bit < 8; bit++)
			crc = (uint16_t)(crc >> 1 ^ (crc & 1 ? 0x8408 : 0));
	}
	return crc;
}

/* A frame that was received wrongly carries nothing to read. */
void
walk_wpan_fcs(struct packet *p, struct span s)
{
	if (s.caplen < 5 || (s.caplen == s.len &&
	    crc16(s.at, s.len - 2) != le16(s.at + s.len - 2)))
		return;
	span_trim(&s, s.len - 2);
	walk_wpan(p, s);
}

/* Tags before the frame, of which the first says what its check is. */
void
walk_wpan_tap(struct packet *p, struct span s)
{
	uint32_t header;
	unsigned check;

	if (s.caplen < 4)
		return;
	header = le16(s.at + 2);
	check = header >= 12 && s.caplen >= 12 && le16(s.at + 4) == 0 ?
	    s.at[8] : 0;
	if (header < 4 || !span_skip(&s, header))
		return;
	if (check == 1)
		walk_wpan_fcs(p, s);
	else
		walk_wpan(p, s);
}
