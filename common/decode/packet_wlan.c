/*
 * packet_wlan - IEEE 802.11 and the headers that drivers put before it
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/packet_walk.h"

enum { FRAME_MANAGEMENT, FRAME_CONTROL, FRAME_DATA };

#define FLAG_TO_DS	0x01
#define FLAG_FROM_DS	0x02
#define FLAG_PROTECTED	0x40
#define FLAG_ORDER	0x80
#define SUBTYPE_NULL	0x04	/* without data */
#define SUBTYPE_QOS	0x08
#define QOS_AMSDU	0x80

/* What a frame carries behind its header: SNAP, or a list of frames. */
static void
walk_data(struct packet *p, struct span s, bool amsdu)
{
	/* An aggregate's first subframe: addresses and a length. */
	if (amsdu && !span_skip(&s, 14))
		return;
	if (s.caplen >= 8 && s.at[0] == 0xaa && s.at[1] == 0xaa) {
		walk_llc(p, s);
		if (p->protocol == PROTO_LLC)
			p->protocol = PROTO_IEEE80211;
	} else if (s.caplen >= 3)
		walk_llc(p, s);
}

/* IEEE 802.11-2020, 9.2.4 and 9.3.2. */
static void
walk_frame(struct packet *p, struct span s, bool swapped)
{
	unsigned type, subtype, flags;
	uint32_t header = 24;
	bool amsdu = false;

	p->protocol = PROTO_IEEE80211;
	if (++s.depth > WALK_DEPTH_MAX || s.caplen < 24)
		return;
	type = s.at[swapped] >> 2 & 3;
	subtype = s.at[swapped] >> 4;
	flags = s.at[!swapped];
	if (type != FRAME_DATA || subtype & SUBTYPE_NULL ||
	    flags & FLAG_PROTECTED)
		return;
	if ((flags & (FLAG_TO_DS | FLAG_FROM_DS)) ==
	    (FLAG_TO_DS | FLAG_FROM_DS))
		header += 6;
	if (subtype & SUBTYPE_QOS) {
		if (s.caplen < header + 2)
			return;
		amsdu = s.at[header] & QOS_AMSDU;
		header += 2;
		if (flags & FLAG_ORDER)
			header += 4;
	}
	if (span_skip(&s, header))
		walk_data(p, s, amsdu);
}

void
walk_wlan(struct packet *p, struct span s)
{
	walk_frame(p, s, false);
}

/* The two bytes of frame control are in the other order. */
void
walk_wlan_swapped(struct packet *p, struct span s)
{
	walk_frame(p, s, true);
}

/*
 * radiotap.org: little-endian; the flags field says whether there are
 * padding behind the 802.11 header and a frame check sequence.
 */
static unsigned
radiotap_flags(const struct span *s, uint32_t header)
{
	uint32_t present = le32(s->at + 4), at = 8;

	/* Further words of the bitmap. */
	while (at + 4 <= header && le32(s->at + at - 4) & 0x80000000)
		at += 4;
	if ((present & 2) == 0)
		return 0;
	if (present & 1)		/* the time, 8 bytes aligned to 8 */
		at = ((at + 7) & ~7U) + 8;
	return at < header ? s->at[at] : 0;
}

void
walk_radiotap(struct packet *p, struct span s)
{
	uint32_t header;
	unsigned flags;

	p->protocol = PROTO_IEEE80211;
	if (s.caplen < 8)
		return;
	header = le16(s.at + 2);
	if (header < 8 || header > s.caplen)
		return;
	flags = radiotap_flags(&s, header);
	span_skip(&s, header);
	if (flags & 0x10 && s.len >= 4)
		span_trim(&s, s.len - 4);
	walk_wlan(p, s);
}

/* CACE's PPI: a header with its length, then any link type. */
void
walk_ppi(struct packet *p, struct span s)
{
	uint32_t header, link;

	if (s.caplen < 8)
		return;
	header = le16(s.at + 2);
	link = le32(s.at + 4);
	if (header >= 8 && ++s.depth <= WALK_DEPTH_MAX &&
	    span_skip(&s, header))
		walk_link(p, s, link);
}

/* The AVS header holds its own length, big-endian. */
void
walk_avs(struct packet *p, struct span s)
{
	p->protocol = PROTO_IEEE80211;
	if (s.caplen >= 8 && span_skip(&s, be32(s.at + 4)))
		walk_wlan(p, s);
}

/* Prism's header is 144 bytes; AVS came later with a magic number. */
void
walk_prism(struct packet *p, struct span s)
{
	p->protocol = PROTO_IEEE80211;
	if (s.caplen >= 8 && (be32(s.at) & 0xfffff000) == 0x80211000)
		walk_avs(p, s);
	else if (span_skip(&s, 144))
		walk_wlan(p, s);
}
