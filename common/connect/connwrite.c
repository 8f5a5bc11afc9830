/*
 * connwrite - connections written as flow rows
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/number.h"
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

/*
 * The cells of a row but its addresses and its protocol, which may be texts of
 * any length, are written through a pointer, for which there is room once:
 * 4 % fewer instructions at a million connections.
 */
#define CELLS_MAX	(2 * TIMESTAMP_TEXT_MAX + 8 * (NUMBER_TEXT_MAX + 1))

static inline char *
put_number(char *p, uint64_t value)
{
	p += number_put(p, value);
	*p++ = ',';
	return p;
}

static inline char *
put_time(char *p, const struct connwrite_style *style,
    const struct connection *c, int64_t ns)
{
	if ((c->key.kind & CONNKEY_UNTIMED) == 0)
		p += timestamp_format(p, ns, style->format, TIME_DIGITS);
	*p++ = ',';
	return p;
}

static inline char *
put_port(char *p, const struct connkey *k, unsigned end)
{
	if (connkey_has_port(k, end))
		p += number_put(p, k->port[end]);
	*p++ = ',';
	return p;
}

static inline char *
put_flags(char *p, uint8_t flags)
{
	p += tcpflags_put(p, flags);
	*p++ = ',';
	return p;
}

/* Writes the key, as of packets from one end to the other. */
static void
write_key(struct output *o, const struct connwrite_style *style,
    const struct connection *c, unsigned from)
{
	unsigned has = style->columns;
	char *p;

	if (has & CONNROW_TIME) {
		p = output_room(o, CELLS_MAX);
		p = put_time(p, style, c, c->start_ns);
		p = put_time(p, style, c, c->end_ns);
		o->used = (size_t)(p - o->buf);
	}
	connkey_write_address(&c->key, from, o);
	output_char(o, ',');
	connkey_write_address(&c->key, 1 - from, o);
	output_char(o, ',');
	if (has & CONNROW_PROTO)
		connproto_write(style->protos, c->proto, o);
}

/* Writes what follows the protocol. */
static void
write_rest(struct output *o, const struct connwrite_style *style,
    const struct connection *c, unsigned from, uint64_t packets,
    uint64_t bytes)
{
	unsigned has = style->columns, to = 1 - from;
	char *p = output_room(o, CELLS_MAX);

	if (has & CONNROW_IP_PROTO) {
		if (c->key.kind & CONNKEY_IP_PROTO)
			p += number_put(p, c->key.ip_proto);
		*p++ = ',';
	}
	if (has & CONNROW_PORTS) {
		p = put_port(p, &c->key, from);
		p = put_port(p, &c->key, to);
	}
	if (has & CONNROW_FLAGS) {
		p = put_flags(p, c->flags[from]);
		if (!style->one_way)
			p = put_flags(p, c->flags[to]);
	}
	p = put_number(p, packets);
	p = put_number(p, bytes);
	if (!style->one_way) {
		p = put_number(p, c->packets[to]);
		p = put_number(p, c->bytes[to]);
	}
	p += number_put(p, connection_part(c));
	o->used = (size_t)(p - o->buf);
	output_end_row(o);
}

void
connwrite_row(struct output *o, const struct connwrite_style *style,
    const struct connection *c)
{
	unsigned from = c->first, to = 1 - from;

	write_key(o, style, c, from);
	if (!style->one_way) {
		write_rest(o, style, c, from, c->packets[0] + c->packets[1],
		    c->bytes[0] + c->bytes[1]);
		return;
	}
	write_rest(o, style, c, from, c->packets[from], c->bytes[from]);
	if (c->packets[to] == 0 && c->bytes[to] == 0)
		return;
	write_key(o, style, c, to);
	write_rest(o, style, c, to, c->packets[to], c->bytes[to]);
}

static void
write_port(struct output *o, const struct connkey *k, unsigned end)
{
	if (connkey_has_port(k, end))
		output_u64(o, k->port[end]);
}

void
connwrite_name(struct output *o, const struct connection *c)
{
	unsigned from = c->first;

	connkey_write_address(&c->key, from, o);
	output_char(o, ',');
	write_port(o, &c->key, from);
	output_char(o, ',');
	connkey_write_address(&c->key, 1 - from, o);
	output_char(o, ',');
	write_port(o, &c->key, 1 - from);
}
