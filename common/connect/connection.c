/*
 * connection - the sums of one connection, and which rows belong to it
 *
 * SPDX-License-Identifier: ISC
 */
#include "connect/connection.h"
#include "connect/connproto.h"

/* The flags of an end that has done no more than ask for a connection. */
#define ASKING	(TCP_SYN | TCPFLAGS_CONGESTION)

/*
 * Whether the later of two parts is a new connection between the same ports: it
 * starts with a SYN of an end that sent more than SYNs in the earlier.  A SYN
 * that is sent again is none, as its sender has sent nothing else.
 */
static inline bool
starts_anew(const struct connection *earlier, const struct connection *later)
{
	return later->evidence == CONNECTION_BY_SYN &&
	    (earlier->flags[later->first] & ~ASKING) != 0 &&
	    (later->key.kind & CONNKEY_PORTS) != 0;
}

static inline bool
is_apart(const struct connection *earlier, const struct connection *later,
    const struct connection_limits *limits)
{
	return (uint64_t)later->start_ns - (uint64_t)earlier->end_ns >
	    (uint64_t)connection_patience(earlier, limits) ||
	    starts_anew(earlier, later);
}

enum connection_relation
connection_relate(const struct connection *c, const struct connection *part,
    const struct connection_limits *limits)
{
	bool later = part->start_ns > c->end_ns;
	int64_t start = c->start_ns, end = c->end_ns;

	if (c->key.kind & CONNKEY_UNTIMED)
		return CONNECTION_SAME;
	if ((later || part->end_ns < start) &&
	    is_apart(later ? c : part, later ? part : c, limits))
		return CONNECTION_OTHER;
	if (part->start_ns < start)
		start = part->start_ns;
	if (part->end_ns > end)
		end = part->end_ns;
	return (uint64_t)end - (uint64_t)start > (uint64_t)limits->active_ns ?
	    CONNECTION_GOES_ON : CONNECTION_SAME;
}

/* Adds up; false if a sum, of one end or of both, exceeds 2^63 - 1. */
static inline bool
add_sums(uint64_t *sum, const uint64_t *more)
{
	sum[0] += more[0];
	sum[1] += more[1];
	return (sum[0] | sum[1] | (sum[0] + sum[1])) >> 63 == 0;
}

bool
connection_add(struct connection *c, const struct connection *part)
{
	bool packets, bytes;

	if (part->evidence > c->evidence || (part->evidence == c->evidence &&
	    part->start_ns < c->start_ns)) {
		c->evidence = part->evidence;
		c->first = part->first;
	}
	if (part->proto != c->proto)
		c->proto = connproto_higher(c->proto, part->proto,
		    part->end_ns >= c->end_ns);
	if (part->start_ns < c->start_ns) {
		c->start_ns = part->start_ns;
		if (part->part != 0)
			c->part = part->part;
	}
	if (part->end_ns > c->end_ns)
		c->end_ns = part->end_ns;
	c->flags[0] |= part->flags[0];
	c->flags[1] |= part->flags[1];
	c->line = part->line;
	packets = add_sums(c->packets, part->packets);
	bytes = add_sums(c->bytes, part->bytes);
	return packets && bytes;
}

int
connection_compare(const struct connection *a, const struct connection *b)
{
	int untimed = (a->key.kind & CONNKEY_UNTIMED) -
	    (b->key.kind & CONNKEY_UNTIMED);

	if (untimed != 0)
		return untimed;
	if (a->start_ns != b->start_ns)
		return a->start_ns < b->start_ns ? -1 : 1;
	if (a->end_ns != b->end_ns)
		return a->end_ns < b->end_ns ? -1 : 1;
	return connkey_compare(&a->key, &b->key);
}
