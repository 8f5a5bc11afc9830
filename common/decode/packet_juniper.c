/*
 * packet_juniper - what Juniper's routers put before a packet
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/packet_walk.h"

#define MAGIC		0x4d4743U
#define FLAG_NO_LINK	0x02	/* no link header: a family instead */
#define FLAG_EXTENSIONS	0x80	/* with their length, before that */

/* The families of packets that come without a link header. */
static const struct {
	uint8_t	family;
	void	(*walk)(struct packet *, struct span);
} families[] = {
	{ 2, walk_as_ip4 },
	{ 3, walk_as_ip4 },
	{ 4, walk_mpls },
	{ 5, walk_mpls },
	{ 6, walk_as_ip6 },
	{ 7, walk_as_ip6 },
	{ 8, walk_mpls },
	{ 10, walk_nlpid },
	{ 32, walk_mpls },
	{ 33, walk_nlpid },
	{ 200, walk_ppp },
	{ 201, walk_nlpid },
	{ 202, walk_llc },
	{ 203, walk_llc },
	{ 204, walk_ethernet },
	{ 207, walk_frame_relay },
	{ 208, walk_chdlc },
};

static void
walk_family(struct packet *p, struct span s, unsigned family)
{
	size_t i;

	for (i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		if (families[i].family == family)
			families[i].walk(p, s);
}

/* Goes on with the link layer, unless a family says that there is none. */
static void
walk_juniper(struct packet *p, struct span s,
    void (*link)(struct packet *, struct span))
{
	uint32_t header = 4;
	unsigned flags;

	if (s.caplen < 4 || be32(s.at) >> 8 != MAGIC)
		return;
	flags = s.at[3];
	if (flags & FLAG_EXTENSIONS) {
		if (s.caplen < 6)
			return;
		header += 2U + be16(s.at + 4);
	}
	if (!span_skip(&s, header))
		return;
	if ((flags & FLAG_NO_LINK) == 0)
		link(p, s);
	else if (span_skip(&s, 4))
		walk_family(p, s, s.at[-4]);
}

void
walk_juniper_ether(struct packet *p, struct span s)
{
	walk_juniper(p, s, walk_ethernet);
}

void
walk_juniper_ppp(struct packet *p, struct span s)
{
	walk_juniper(p, s, walk_ppp);
}

void
walk_juniper_chdlc(struct packet *p, struct span s)
{
	walk_juniper(p, s, walk_chdlc);
}

void
walk_juniper_frame_relay(struct packet *p, struct span s)
{
	walk_juniper(p, s, walk_frame_relay);
}
