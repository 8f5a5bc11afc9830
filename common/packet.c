/*
 * packet - what the headers of one captured packet say
 *
 * SPDX-License-Identifier: ISC
 */
#include "packet_walk.h"

void
packet_decode(struct packet *p, uint32_t linktype, const uint8_t *data,
    uint32_t caplen, uint32_t len)
{
	struct span s = { .at = data, .caplen = caplen,
	    .len = len > caplen ? len : caplen };

	memset(p, 0, sizeof(*p));
	p->protocol = PROTO_OTHER;
	if (linktype == 1)
		walk_ethernet(p, s);
	else
		walk_link(p, s, linktype);
}
