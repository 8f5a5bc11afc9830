/*
 * detect_times - the packets in a sliding window, and their times
 *
 * A ring of items, the oldest first.  An item is the time of a packet, or,
 * behind a time, the number of packets that have it, which is a value below
 * every time.  A tally row takes two items however many packets it has, and the
 * row of a packet takes one, of 8 bytes.
 *
 * SPDX-License-Identifier: ISC
 */
#include "detect/detect_private.h"

#define NUMBER		INT64_MIN	/* and the packets: a number */

_Static_assert((size_t)1 << DETECT_TIMES_ROOM > RULES_SLIDING_MAX,
    "a ring has room for the times of all packets, and so for numbers");

/* The item at a place, counted from the oldest. */
static inline int64_t *
item_at(struct state *t, uint32_t at)
{
	return &detect_times(t)[(t->head + at) & detect_times_mask(t)];
}

static inline bool
is_number(int64_t item)
{
	return item < DETECT_TIME_MIN;
}

int64_t
detect_times_oldest(struct state *t)
{
	return *item_at(t, 0);
}

int64_t
detect_times_newest(struct state *t)
{
	int64_t item = *item_at(t, t->data.items - 1);

	return is_number(item) ? *item_at(t, t->data.items - 2) : item;
}

uint32_t
detect_times_run(struct state *t, uint32_t at, struct detect_run *run)
{
	int64_t next = DETECT_TIME_MIN;

	run->ns = *item_at(t, at);
	if (at + 1 < t->data.items)
		next = *item_at(t, at + 1);
	run->packets = is_number(next) ? (uint32_t)(next - NUMBER) : 1;
	return at + 1 + is_number(next);
}

void
detect_times_drop(struct state *t)
{
	struct detect_run run;
	uint32_t items = detect_times_run(t, 0, &run);

	t->head = (t->head + items) & detect_times_mask(t);
	t->data.items -= items;
	t->data.numbers -= items - 1;
	t->used -= run.packets;
}

uint32_t
detect_times_drop_older(struct state *t, int64_t ns, uint32_t packets)
{
	uint32_t left = packets;
	struct detect_run run;

	while (left > 0 && t->used > 0 && detect_times_oldest(t) < ns) {
		detect_times_run(t, 0, &run);
		if (run.packets <= left) {
			detect_times_drop(t);
			left -= run.packets;
			continue;
		}
		*item_at(t, 1) -= left;
		t->used -= left;
		left = 0;
		if (*item_at(t, 1) != NUMBER + 1)
			continue;
		/* A single packet has no number. */
		*item_at(t, 1) = run.ns;
		t->head = (t->head + 1) & detect_times_mask(t);
		t->data.items--;
		t->data.numbers--;
	}
	return packets - left;
}

/* Doubles the ring; it then starts at 0. */
static bool
grow(struct detect *d, struct state *t)
{
	unsigned room = (t->item == 0 ? 1U : t->room) + 1U;
	int64_t *to = room > DETECT_TIMES_ROOM ? NULL :
	    states_block(&d->states, t, room, sizeof(*to));
	uint32_t i;

	if (to == NULL) {
		d->truncated++;
		return false;
	}
	for (i = 0; i < t->data.items; i++)
		to[i] = *item_at(t, i);
	states_swap(&d->states, t, to, room, sizeof(*to));
	t->head = 0;
	return true;
}

/* Moves the items from a place on by one; there is room. */
static void
make_gap(struct state *t, uint32_t at)
{
	uint32_t i;

	for (i = t->data.items; i > at; i--)
		*item_at(t, i) = *item_at(t, i - 1);
	t->data.items++;
}

/* The place behind the items that are not newer; most belong at the end. */
static uint32_t
place_of(struct state *t, int64_t ns, int64_t *before)
{
	uint32_t at = t->data.items, last;

	for (; at > 0; at = last) {
		last = at - 1;
		if (is_number(*item_at(t, last)))
			last--;
		*before = *item_at(t, last);
		if (*before <= ns)
			break;
	}
	return at;
}

/* Inserts packets in order of time; there is room for two items. */
static void
insert(struct state *t, int64_t ns, uint32_t packets)
{
	int64_t before = INT64_MIN;
	uint32_t at = place_of(t, ns, &before);

	t->used += packets;
	if (at == 0 || before != ns) {
		make_gap(t, at);
		*item_at(t, at++) = ns;
		packets--;
	}
	if (packets == 0)
		return;
	if (is_number(*item_at(t, at - 1)))
		*item_at(t, at - 1) += packets;
	else {
		make_gap(t, at);
		*item_at(t, at) = NUMBER + 1 + packets;
		t->data.numbers++;
	}
}

void
detect_times_put(struct detect *d, struct state *t, int64_t ns,
    uint32_t packets)
{
	uint32_t need = packets == 1 ? 1 : 2;

	if (ns < DETECT_TIME_MIN)
		ns = DETECT_TIME_MIN;
	while (t->data.items + need > detect_times_mask(t) + 1 && !grow(d, t)) {
		/* A late row must not replace a newer one. */
		if (detect_times_oldest(t) >= ns)
			return;
		detect_times_drop(t);
	}
	insert(t, ns, packets);
}

/* The newest time that is no longer in the window of a state. */
static inline int64_t
past_ns(const struct state *t, const struct detect_rule *r)
{
	return timestamp_before(t->newest_ns, r->window_ns);
}

/* Drops the packets up to a time. */
static void
drop_past(struct state *t, int64_t past)
{
	const int64_t *time = detect_times(t);
	uint32_t head = t->head, n = t->used, mask;

	if (n == 0 || time[head] > past)
		return;
	if (t->data.numbers > 0) {
		while (t->used > 0 && detect_times_oldest(t) <= past)
			detect_times_drop(t);
		return;
	}
	mask = detect_times_mask(t);
	do
		head = (head + 1) & mask;
	while (--n > 0 && time[head] <= past);
	t->head = head;
	t->data.items = t->used = n;
}

void
detect_times_drop_past(struct state *t, const struct detect_rule *r)
{
	drop_past(t, past_ns(t, r));
}

/*
 * Adds a packet at the end; false if that is not so simple.  Almost all rows
 * are put by this: it saves 8 % of the instructions of the set demo.
 */
static inline bool
put_single(struct state *t, int64_t ns, uint32_t need)
{
	int64_t *time = detect_times(t);
	uint32_t mask = detect_times_mask(t), n = t->used, end = t->head + n;

	if (t->data.numbers > 0 || ns < DETECT_TIME_MIN ||
	    (n > 0 && time[(end - 1) & mask] >= ns))
		return false;
	if (n == need)
		t->head = (t->head + 1) & mask;
	else if (n > mask)
		return false;
	else
		t->data.items = t->used = n + 1;
	time[end & mask] = ns;
	return true;
}

/* Adds packets in place of older ones; those of a late row may be lost. */
static void
put_packets(struct detect *d, struct state *t, int64_t ns, uint32_t packets,
    uint32_t need)
{
	uint32_t over = 0;

	if (t->used + packets > need) {
		over = t->used + packets - need;
		over -= detect_times_drop_older(t, ns, over);
	}
	if (packets > over)
		detect_times_put(d, t, ns, packets - over);
}

void
detect_count_sliding(struct detect *d, struct state *t,
    const struct detect_rule *r, const struct detect_row *row,
    struct detect_count *c)
{
	uint32_t need = (uint32_t)r->limit + 1;
	int64_t past = past_ns(t, r);

	*c = (struct detect_count){ 0, 0, row->time_ns };
	drop_past(t, past);
	if (row->time_ns <= past)
		return;
	c->added = row->packets;
	c->value = t->used + row->packets;
	if (row->packets != 1 || !put_single(t, row->time_ns, need))
		put_packets(d, t, row->time_ns, row->packets < need ?
		    (uint32_t)row->packets : need, need);
	c->first_ns = detect_times_oldest(t);
}
