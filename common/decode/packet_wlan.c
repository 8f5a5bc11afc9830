/*
 * packet_wlan - IEEE 802.11 and the headers that drivers put before it
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/packet_walk.h"

enum { FRAME_MANAGEMENT, FRAME_CONTROL, FRAME_DATA };

#define FLAG_TO_DS	0x01
#define FLAG_FROM_DS	0x02
#define FLAG_MORE	0x04	/* fragments follow */
#define FLAG_PROTECTED	0x40
#define FLAG_ORDER	0x80
#define SUBTYPE_NULL	0x04	/* without data */
#define SUBTYPE_QOS	0x08
#define QOS_AMSDU	0x80
#define QOS_MESH	0x01	/* in its second byte */

#define RADIOTAP_FCS	0x10
#define RADIOTAP_PADDED	0x20	/* between header and data */

/* What a frame carries after its header: SNAP, or a list of frames. */
static void
walk_data(struct packet *p, struct span s, bool amsdu)
{
	/* An aggregate's first subframe: addresses and a length. */
	if (amsdu && !span_skip(&s, 14))
		return;
	if (s.caplen >= 3)
		walk_llc(p, s);
}

/*
 * The header's bytes, 0 if they are not there: addresses, QoS and HT control
 * (IEEE 802.11-2020, 9.3.2.1), and what a mesh puts after them (9.2.4.8.3).
 * The QoS field of a mesh says so in a bit that is reserved in what access
 * points send; what is sent to them has another meaning there.
 */
static uint32_t
data_header(const struct span *s, unsigned subtype, unsigned flags,
    uint32_t align, bool *amsdu)
{
	uint32_t header = 24;
	bool mesh = false;

	if ((flags & (FLAG_TO_DS | FLAG_FROM_DS)) ==
	    (FLAG_TO_DS | FLAG_FROM_DS))
		header += 6;
	if (subtype & SUBTYPE_QOS) {
		if (s->caplen < header + 2)
			return 0;
		*amsdu = s->at[header] & QOS_AMSDU;
		mesh = flags & FLAG_FROM_DS && s->at[header + 1] & QOS_MESH;
		header += 2;
		if (flags & FLAG_ORDER)
			header += 4;
	}
	header = (header + align - 1) & ~(align - 1);
	if (mesh && !*amsdu) {
		if (s->caplen < header + 6)
			return 0;
		header += 6 + 6 * (s->at[header] & 3U);
	}
	return header;
}

/*
 * IEEE 802.11-2020, 9.2.4 and 9.3.2: version 0.  What data carries is after a
 * header padded to align bytes.  A fragment counts as 802.11: its data is a
 * piece of the whole.
 */
static void
walk_frame(struct packet *p, struct span s, bool swapped, uint32_t align)
{
	unsigned type, subtype, flags;
	uint32_t header;
	bool amsdu = false;

	walk_name(p, PROTO_IEEE80211);
	if (!walk_deeper(p) || s.caplen < 24)
		return;
	type = s.at[swapped] >> 2 & 3;
	subtype = s.at[swapped] >> 4;
	flags = s.at[!swapped];
	if ((s.at[swapped] & 3) != 0 || type != FRAME_DATA ||
	    subtype & SUBTYPE_NULL ||
	    flags & (FLAG_PROTECTED | FLAG_MORE) || s.at[22] & 15)
		return;
	header = data_header(&s, subtype, flags, align, &amsdu);
	if (header > 0 && span_skip(&s, header))
		walk_data(p, s, amsdu);
}

void
walk_wlan(struct packet *p, struct span s)
{
	walk_frame(p, s, false, 1);
}

/* The two bytes of frame control are in the other order. */
void
walk_wlan_swapped(struct packet *p, struct span s)
{
	walk_frame(p, s, true, 1);
}

/*
 * radiotap.org: little-endian; the flags field says whether there are
 * padding after the 802.11 header and a frame check sequence.
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
	if (flags & RADIOTAP_FCS && s.len >= 4)
		span_trim(&s, s.len - 4);
	walk_frame(p, s, false, flags & RADIOTAP_PADDED ? 4 : 1);
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
	if (header >= 8 && walk_deeper(p) &&
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
