/*
 * detect_count - counters: distinct values, bytes in a window
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "detect/detect_private.h"
#include "tally/timebins.h"

/* Adds a new value, in place of the oldest if there is no room. */
static void
put_seen(struct detect *d, struct state *t, uint32_t need,
    struct state_seen value, uint32_t oldest)
{
	struct state_seen *all = detect_seen(t), *more;
	unsigned room = t->item == 0 ? 0 : t->room;

	if (t->used == (uint32_t)1 << room && t->used < need) {
		more = states_block(&d->states, t, room + 1, sizeof(*more));
		if (more != NULL) {
			memcpy(more, all, t->used * sizeof(*more));
			states_swap(&d->states, t, more, ++room,
			    sizeof(*more));
			all = more;
		} else
			d->truncated++;
	}
	if (t->used < (uint32_t)1 << room && t->used < need)
		all[t->used++] = value;
	else if (all[oldest].ns <= value.ns)
		all[oldest] = value;
}

uint64_t
detect_distinct_value(enum rules_unique unique, const struct detect_row *row)
{
	switch (unique) {
	case RULES_UNIQUE_SRC:
		return row->src.hash;
	case RULES_UNIQUE_DST:
		return row->dst.hash;
	case RULES_UNIQUE_ENDS:
		return row->src.hash + row->dst.hash;
	case RULES_UNIQUE_PROTO:
		return row->proto;
	case RULES_UNIQUE_SPORT:
		return row->number[RULES_COLUMN_SPORT];
	default:
		return row->number[RULES_COLUMN_DPORT];
	}
}

/* The same as detect_count_unique, for rules that count many values. */
static void
count_many(struct detect *d, struct state *t, uint32_t need, int64_t from,
    struct state_seen now, struct detect_count *c)
{
	while (t->used > 0 && detect_values_oldest(t)->ns < from)
		detect_values_drop_oldest(t);
	if (t->used > 0 && detect_values_again(d, t, now))
		c->added = 0;
	if (t->used > 0 && detect_values_oldest(t)->ns < c->first_ns)
		c->first_ns = detect_values_oldest(t)->ns;
	if (c->added > 0 && (t->used < need ||
	    detect_values_oldest(t)->ns <= now.ns)) {
		if (t->used == need)
			detect_values_drop_oldest(t);
		detect_values_see(d, t, now);
	}
	c->value = t->used;
}

/*
 * Values are searched one by one: three comparisons each take 8 instructions,
 * where distances of times took 18.
 */
void
detect_count_unique(struct detect *d, struct state *t,
    const struct detect_rule *r, const struct detect_row *row,
    struct detect_count *c)
{
	struct state_seen *all = detect_seen(t), now = { .ns = row->time_ns };
	/* The time from which on values are in the window. */
	int64_t from = timestamp_before(t->newest_ns, r->window_ns - 1);
	int64_t first = INT64_MAX;
	uint32_t i, oldest = 0;

	*c = (struct detect_count){ 0, now.ns >= from, row->time_ns };
	now.value = detect_distinct_value(r->unique, row);
	if (r->limit >= DETECT_VALUES_MANY) {
		count_many(d, t, (uint32_t)r->limit + 1, from, now, c);
		return;
	}
	for (i = 0; i < t->used;) {
		if (all[i].ns < from) {
			all[i] = all[--t->used];
			continue;
		}
		if (all[i].value == now.value) {
			c->added = 0;
			if (all[i].ns < now.ns)
				all[i].ns = now.ns;
		}
		if (all[i].ns < first) {
			first = all[i].ns;
			oldest = i;
		}
		i++;
	}
	if (first < c->first_ns)
		c->first_ns = first;
	if (c->added > 0)
		put_seen(d, t, (uint32_t)r->limit + 1, now, oldest);
	c->value = t->used;
}

void
detect_uncount(struct state *t, const struct detect_rule *r)
{
	struct state_seen *all = detect_seen(t);
	uint32_t i, oldest = 0;

	if (t->used == 0 || r->kind == DETECT_BINS)
		return;
	if (r->kind != DETECT_UNIQUE) {
		detect_times_drop_past(t, r);
		detect_times_drop_older(t, INT64_MAX, 1);
		return;
	}
	if (t->item == DETECT_LOG_ITEM) {
		detect_values_drop_oldest(t);
		return;
	}
	for (i = 1; i < t->used; i++)
		if (all[i].ns < all[oldest].ns)
			oldest = i;
	all[oldest] = all[--t->used];
}

void
detect_count_bin(struct detect *d, struct state *t,
    const struct detect_rule *r, const struct detect_row *row,
    struct detect_count *c)
{
	int64_t start = t->data.bin.start_ns, ns = row->time_ns;
	uint64_t *sum = &t->data.bin.sum;
	uint64_t added = r->bytes ? row->bytes : row->packets;

	(void)d;
	*c = (struct detect_count){ 0, added, 0 };
	if (t->used == 0 || (ns >= start &&
	    timestamp_distance(ns, start) >= (uint64_t)r->window_ns)) {
		int64_t next = timebin_start(timebin_of(ns, r->window_ns),
		    r->window_ns);

		t->data.bin.before = t->used > 0 && timestamp_distance(next,
		    start) == (uint64_t)r->window_ns ? *sum : 0;
		t->data.bin.start_ns = next;
		*sum = 0;
		t->used = 1;
	} else if (ns < start) {
		/* The row is late; only one earlier bin is kept. */
		if (timestamp_distance(start, ns) > (uint64_t)r->window_ns)
			return;
		sum = &t->data.bin.before;
	}
	if (__builtin_add_overflow(*sum, added, sum))
		*sum = UINT64_MAX;
	c->value = *sum;
	c->first_ns = t->data.bin.start_ns;
}
