/*
 * connwrite - connections written as flow rows
 *
 * SPDX-License-Identifier: ISC
 */
#include "connect/connrow.h"
#include "connect/connwrite.h"

#define TIME_DIGITS	6

void
connwrite_header(struct output *o, const struct connwrite_style *style)
{
	unsigned has = style->columns;

	if (style->no_header)
		return;
	if (has & CONNROW_TIME)
		output_str(o, "time,end,");
	output_str(o, "src,dst,");
	if (has & CONNROW_PROTO)
		output_str(o, "proto,");
	if (has & CONNROW_IP_PROTO)
		output_str(o, "ip_proto,");
	if (has & CONNROW_PORTS)
		output_str(o, "sport,dport,");
	if (has & CONNROW_FLAGS)
		output_str(o, style->one_way ? "flags," : "flags,flags_back,");
	output_str(o, "packets,bytes");
	if (!style->one_way)
		output_str(o, ",packets_back,bytes_back");
	output_str(o, ",part");
	output_end_row(o);
}

static void
write_time(struct output *o, const struct connwrite_style *style,
    const struct connection *c, int64_t ns)
{
	if ((c->key.kind & CONNKEY_UNTIMED) == 0)
		output_time(o, ns, style->format, TIME_DIGITS);
	output_char(o, ',');
}

static void
write_port(struct output *o, const struct connkey *k, unsigned end)
{
	if (connkey_has_port(k, end))
		output_u64(o, k->port[end]);
	output_char(o, ',');
}

static void
write_flags(struct output *o, unsigned flags)
{
	static const char letters[] = "FSRPAUEC";
	unsigned i;

	for (i = 0; letters[i] != '\0'; i++)
		if (flags & 1U << i)
			output_char(o, letters[i]);
	output_char(o, ',');
}

static void
write_proto(struct output *o, const struct connwrite_style *style,
    uint16_t proto)
{
	struct slice name = connproto_name(style->protos, proto);

	if (proto < PROTO_COUNT)
		output_bytes(o, name.at, name.len);
	else
		output_text_cell(o, name.at, name.len);
	output_char(o, ',');
}

/* Writes the key, as of packets from one end to the other. */
static void
write_key(struct output *o, const struct connwrite_style *style,
    const struct connection *c, unsigned from)
{
	unsigned has = style->columns;

	if (has & CONNROW_TIME) {
		write_time(o, style, c, c->start_ns);
		write_time(o, style, c, c->end_ns);
	}
	connkey_write_address(&c->key, from, o);
	output_char(o, ',');
	connkey_write_address(&c->key, 1 - from, o);
	output_char(o, ',');
	if (has & CONNROW_PROTO)
		write_proto(o, style, c->proto);
	if (has & CONNROW_IP_PROTO) {
		if (c->key.kind & CONNKEY_IP_PROTO)
			output_u64(o, c->key.ip_proto);
		output_char(o, ',');
	}
	if (has & CONNROW_PORTS) {
		write_port(o, &c->key, from);
		write_port(o, &c->key, 1 - from);
	}
	if (has & CONNROW_FLAGS) {
		write_flags(o, c->flags[from]);
		if (!style->one_way)
			write_flags(o, c->flags[1 - from]);
	}
}

static void
write_sums(struct output *o, uint64_t packets, uint64_t bytes)
{
	output_u64(o, packets);
	output_char(o, ',');
	output_u64(o, bytes);
	output_char(o, ',');
}

static void
end_row(struct output *o, const struct connection *c)
{
	output_u64(o, c->part);
	output_end_row(o);
}

void
connwrite_row(struct output *o, const struct connwrite_style *style,
    const struct connection *c)
{
	unsigned from = c->first, to = 1 - from;

	write_key(o, style, c, from);
	if (!style->one_way) {
		write_sums(o, c->packets[0] + c->packets[1],
		    c->bytes[0] + c->bytes[1]);
		write_sums(o, c->packets[to], c->bytes[to]);
		end_row(o, c);
		return;
	}
	write_sums(o, c->packets[from], c->bytes[from]);
	end_row(o, c);
	if (c->packets[to] == 0 && c->bytes[to] == 0)
		return;
	write_key(o, style, c, to);
	write_sums(o, c->packets[to], c->bytes[to]);
	end_row(o, c);
}

void
connwrite_name(struct output *o, const struct connection *c)
{
	unsigned from = c->first;

	connkey_write_address(&c->key, from, o);
	output_char(o, ',');
	write_port(o, &c->key, from);
	connkey_write_address(&c->key, 1 - from, o);
	output_char(o, ',');
	if (connkey_has_port(&c->key, 1 - from))
		output_u64(o, c->key.port[1 - from]);
}
