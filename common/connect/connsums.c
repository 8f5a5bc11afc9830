/*
 * connsums - the sums of a connection apart by protocol and by place
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "connect/connsums.h"

#define CHUNK	((size_t)1 << CONNSUMS_CHUNK_BITS)

void
connsums_release(struct connsums *s)
{
	size_t i;

	for (i = 0; i < s->chunks; i++)
		free(s->chunk[i]);
	free(s->chunk);
}

static uint32_t
new_sum(struct connsums *s)
{
	uint32_t number = s->free;

	s->used++;
	if (number != 0) {
		s->free = connsums_at(s, number)->next;
		return number;
	}
	if (s->made == s->chunks * CHUNK) {
		s->chunk = xreallocarray(s->chunk, s->chunks + 1,
		    sizeof(void *));
		s->chunk[s->chunks++] = xlarge(CHUNK * sizeof(struct connsum));
	}
	return (uint32_t)++s->made;
}

/* The sums in the list of a connection, made if there are none. */
static struct connsum *
find(struct connsums *s, struct connection *c, uint16_t proto,
    uint16_t place)
{
	struct connsum *sum;
	uint32_t i;

	for (i = c->sums; i != 0; i = sum->next) {
		sum = connsums_at(s, i);
		if (sum->proto == proto && sum->place == place)
			return sum;
	}
	i = new_sum(s);
	sum = connsums_at(s, i);
	*sum = (struct connsum){ .next = c->sums, .proto = proto,
	    .place = place };
	c->sums = i;
	return sum;
}

static void
add(struct connsums *s, struct connection *c, uint16_t proto, uint16_t place,
    const uint64_t *packets, const uint64_t *bytes)
{
	struct connsum *sum;

	if (proto == c->shown && place == c->place)
		return;
	sum = find(s, c, proto, place);
	sum->packets[0] += packets[0];
	sum->packets[1] += packets[1];
	sum->bytes[0] += bytes[0];
	sum->bytes[1] += bytes[1];
}

void
connsums_add(struct connsums *s, struct connection *c,
    const struct connection *row)
{
	add(s, c, row->shown, row->place, row->packets, row->bytes);
}

void
connsums_join(struct connsums *s, struct connection *c,
    const struct connection *joined)
{
	struct connsum sum = connsums_first(s, joined);
	uint32_t i;

	add(s, c, sum.proto, sum.place, sum.packets, sum.bytes);
	for (i = joined->sums; i != 0; i = sum.next) {
		sum = *connsums_at(s, i);
		add(s, c, sum.proto, sum.place, sum.packets, sum.bytes);
	}
}

struct connsum
connsums_first(const struct connsums *s, const struct connection *c)
{
	struct connsum first = { .packets = { c->packets[0], c->packets[1] },
	    .bytes = { c->bytes[0], c->bytes[1] }, .proto = c->shown,
	    .place = c->place };
	const struct connsum *sum;
	uint32_t i;

	for (i = c->sums; i != 0; i = sum->next) {
		sum = connsums_at(s, i);
		first.packets[0] -= sum->packets[0];
		first.packets[1] -= sum->packets[1];
		first.bytes[0] -= sum->bytes[0];
		first.bytes[1] -= sum->bytes[1];
	}
	return first;
}

void
connsums_drop(struct connsums *s, struct connection *c)
{
	struct connsum *sum;
	uint32_t i, next;

	for (i = c->sums; i != 0; i = next) {
		sum = connsums_at(s, i);
		next = sum->next;
		sum->next = s->free;
		s->free = i;
		s->used--;
	}
	c->sums = 0;
}
