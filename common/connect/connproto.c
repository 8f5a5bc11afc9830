/*
 * connproto - the highest protocol that the packets of a connection showed
 *
 * SPDX-License-Identifier: ISC
 */
#include "connect/connproto.h"

/* How high a protocol is; those not listed are applications and the like. */
enum height { HEIGHT_TOP, HEIGHT_NONE, HEIGHT_LINK, HEIGHT_IP,
    HEIGHT_TRANSPORT, HEIGHT_CARRIER };

static const uint8_t heights[PROTO_COUNT] = {
	[PROTO_NONE] = HEIGHT_NONE,
	[PROTO_OTHER] = HEIGHT_LINK, [PROTO_ETH] = HEIGHT_LINK,
	[PROTO_LLC] = HEIGHT_LINK, [PROTO_IEEE80211] = HEIGHT_LINK,
	[PROTO_PPP] = HEIGHT_LINK, [PROTO_PPPOE] = HEIGHT_LINK,
	[PROTO_MPLS] = HEIGHT_LINK,
	[PROTO_IPV4] = HEIGHT_IP, [PROTO_IPV6] = HEIGHT_IP,
	[PROTO_TCP] = HEIGHT_TRANSPORT, [PROTO_UDP] = HEIGHT_TRANSPORT,
	[PROTO_SCTP] = HEIGHT_TRANSPORT, [PROTO_DCCP] = HEIGHT_TRANSPORT,
	/* These carry others, such as SMB. */
	[PROTO_NBSS] = HEIGHT_CARRIER, [PROTO_SOCKS] = HEIGHT_CARRIER,
};

void
connproto_init(struct connproto_names *names)
{
	keytable_init(&names->table, CONNPROTO_NAMES_MAX);
	names->others = 0;
}

void
connproto_release(struct connproto_names *names)
{
	keytable_release(&names->table);
}

uint16_t
connproto_of_name(struct connproto_names *names, struct slice cell)
{
	size_t n = keytable_number(&names->table, cell.at, cell.len);

	if (n < CONNPROTO_NAMES_MAX)
		return (uint16_t)(PROTO_COUNT + n);
	names->others++;
	return PROTO_OTHER;
}

struct slice
connproto_name(const struct connproto_names *names, uint16_t proto)
{
	const struct keytable_entry *e;

	if (proto < PROTO_COUNT)
		return (struct slice){ protocol_name((enum protocol)proto),
		    protocol_name_len((enum protocol)proto) };
	e = keytable_entry(&names->table, proto - (size_t)PROTO_COUNT);
	return (struct slice){ keytable_key(e), e->len };
}

void
connproto_write(const struct connproto_names *names, uint16_t proto,
    struct output *out)
{
	struct slice name = connproto_name(names, proto);

	if (proto < PROTO_COUNT)
		output_bytes(out, name.at, name.len);
	else
		output_text_cell(out, name.at, name.len);
	output_char(out, ',');
}

/* HEIGHT_TOP is 0, for the table's sake, but above all. */
static inline unsigned
height_of(uint16_t proto)
{
	unsigned height = proto < PROTO_COUNT ? heights[proto] : HEIGHT_TOP;

	return height - 1;
}

uint16_t
connproto_higher(uint16_t a, uint16_t b, bool b_is_later)
{
	unsigned ha = height_of(a), hb = height_of(b);

	if (ha != hb)
		return ha > hb ? a : b;
	return b_is_later ? b : a;
}
