/*
 * packetrow - a packet as a row of CSV
 *
 * SPDX-License-Identifier: ISC
 */
#include <assert.h>

#include "base/number.h"
#include "base/packetcolumns.h"
#include "capture/packetrow_private.h"

/* The most bytes of the five columns: a time, two addresses, name, number. */
#define ROW_ROOM	(TIMESTAMP_TEXT_MAX + 2 * IPADDR_TEXT_MAX + 64)

void
packetrow_init(struct packetrow *r)
{
	size_t i;

	memset(r, 0, sizeof(*r));
	for (i = 0; i < PROTO_COUNT; i++) {
		assert(protocol_name_len((enum protocol)i) <=
		    PACKETROW_NAME_MAX);
		r->name[i].len = (uint8_t)protocol_name_len(
		    (enum protocol)i);
		memcpy(r->name[i].text, protocol_name((enum protocol)i),
		    r->name[i].len);
	}
	r->digits = 6;
	r->service = -1;
}

void
packetrow_header(const struct packetrow *r, struct output *o)
{
	size_t i;

	output_str(o, PACKETCOLUMNS_HEADER);
	for (i = 0; i < r->fields; i++) {
		output_char(o, ',');
		output_str(o, packetrow_table[r->field[i]].name);
	}
	output_end_row(o);
}

static char *
put_second(struct packetrow *r, char *p, int64_t ns)
{
	size_t n = timestamp_format(p, ns, r->time, r->digits);

	/* Not the range's last second: its end is the first's beginning. */
	if (r->time == TIMESTAMP_EPOCH && r->digits == 6 && ns >= 0 &&
	    ns < INT64_MAX - NS_PER_S) {
		r->second = ns - ns % NS_PER_S;
		r->second_len = n - r->digits;
		memcpy(r->second_text, p, r->second_len);
	}
	return p + n;
}

/*
 * Most packets fall into the same second as the one before: its text is kept
 * and only the fraction is written anew.  pcap2csv takes 22 % fewer
 * instructions on the packets of the bench (callgrind, as below).
 */
static inline char *
put_time(struct packetrow *r, char *p, int64_t ns)
{
	uint64_t past = (uint64_t)ns - (uint64_t)r->second;
	uint32_t us = (uint32_t)past / 1000;

	if (past >= NS_PER_S || r->second_len == 0)
		return put_second(r, p, ns);
	memcpy(p, r->second_text, sizeof(r->second_text));
	p += r->second_len;
	number_store(p, number_four_digits(us / 100));
	number_store(p + 4, number_two_digits(us % 100));
	return p + 6;
}

/*
 * Without a branch on the number of digits, which is unpredictable for the
 * lengths of packets: 1.5 % fewer instructions, and no mispredictions.
 */
static inline char *
put_len(char *p, uint32_t len)
{
	unsigned skip;

	if (len >= 10000)
		return p + number_put(p, len);
	skip = (len < 1000) + (len < 100) + (len < 10);
	number_store(p, number_four_digits(len) >> 8 * skip);
	return p + 4 - skip;
}

char *
packetrow_room(const struct packetrow *r, struct output *o)
{
	return output_room(o, ROW_ROOM + r->fields * (PACKETROW_CELL_MAX + 1));
}

/*
 * The cells are written at a pointer of their own, which no store into them can
 * change: with the fields "ids" and "iface" pcap2csv takes 16 % fewer
 * instructions on the packets of the bench (callgrind) than where each cell
 * changed the output, and 20 % less time.
 */
static __attribute__((noinline)) char *
put_fields(char *p, const struct packetrow_parts *parts)
{
	const struct packetrow *r = parts->r;
	size_t i;

	for (i = 0; i < r->fields; i++) {
		*p++ = ',';
		p = packetrow_table[r->field[i]].write(p, parts);
	}
	return p;
}

void
packetrow_write(struct packetrow *r, struct output *o,
    const struct captured *k, const struct packet *packet,
    enum protocol proto)
{
	const struct packet_addrs *a = r->outer ? &packet->outer :
	    &packet->inner;
	char *p = packetrow_room(r, o);

	if (k->timed)
		p = put_time(r, p, k->time_ns);
	*p++ = ',';
	if (a->family != 0)
		p += ipaddr_format(p, a->family, a->src);
	*p++ = ',';
	if (a->family != 0)
		p += ipaddr_format(p, a->family, a->dst);
	*p++ = ',';
	/* A copy of fixed size from a table: 5 % fewer instructions. */
	memcpy(p, r->name[proto].text, sizeof(r->name[proto].text));
	p += r->name[proto].len;
	*p++ = ',';
	p = put_len(p, k->len);
	if (r->fields > 0)
		p = put_fields(p, &(struct packetrow_parts){ r, k, packet, o });
	o->used = (size_t)(p - o->buf);
	output_end_row(o);
}

/* A packet without a time is passed over. */
static void
note_gap(struct packetrow *r, const struct captured *k)
{
	r->has_gap = k->timed && r->has_before &&
	    !__builtin_sub_overflow(k->time_ns, r->before_ns, &r->gap_ns);
	if (!k->timed)
		return;
	r->has_before = true;
	r->before_ns = k->time_ns;
}

void
packetrow_note(struct packetrow *r, const struct captured *k,
    const struct packet *p, const struct flow_table *flows,
    const struct flow_key *key)
{
	r->service = flow_service(flows, p, key);
	note_gap(r, k);
}
