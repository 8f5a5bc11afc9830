/*
 * connpairs - what a connection's ends sent, by protocol, written as rows
 *
 * SPDX-License-Identifier: ISC
 */
#include "connect/connpairs.h"

void
connpairs_header(struct output *o, const struct connrow_reader *rows)
{
	unsigned has = rows->columns;

	output_str(o, "src,dst,");
	if (has & CONNROW_PROTO)
		output_str(o, "proto,");
	if (has & CONNROW_SENSOR)
		output_str(o, "sensor,");
	if (has & CONNROW_IFACE)
		output_str(o, "iface,");
	output_str(o, "packets,bytes");
	output_end_row(o);
}

static void
write_way(struct output *o, const struct connrow_reader *rows,
    const struct connkey *key, const struct connsum *sum, unsigned from)
{
	connkey_write_address(key, from, o);
	output_char(o, ',');
	connkey_write_address(key, 1 - from, o);
	output_char(o, ',');
	if (rows->columns & CONNROW_PROTO)
		connproto_write(&rows->protos, sum->proto, o);
	if (rows->columns & (CONNROW_SENSOR | CONNROW_IFACE))
		connrow_write_place(rows, sum->place, o);
	output_u64(o, sum->packets[from]);
	output_char(o, ',');
	output_u64(o, sum->bytes[from]);
	output_end_row(o);
}

/* Sums of nothing, which tally rows can have, are those of the first end. */
static void
write_ways(struct output *o, const struct connrow_reader *rows,
    const struct connection *c, const struct connsum *sum)
{
	unsigned from = c->first, to = 1 - from;
	bool back = (sum->packets[to] | sum->bytes[to]) != 0;

	if (!back || (sum->packets[from] | sum->bytes[from]) != 0)
		write_way(o, rows, &c->key, sum, from);
	if (back)
		write_way(o, rows, &c->key, sum, to);
}

void
connpairs_write(struct output *o, const struct connrow_reader *rows,
    const struct connsums *sums, const struct connection *c)
{
	struct connsum sum = connsums_first(sums, c);
	uint32_t i;

	write_ways(o, rows, c, &sum);
	for (i = c->sums; i != 0; i = sum.next) {
		sum = *connsums_at(sums, i);
		write_ways(o, rows, c, &sum);
	}
}
