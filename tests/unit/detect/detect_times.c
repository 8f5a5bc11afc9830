/*
 * detect_times - unit test of runs of times, beside a list of every packet
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "detect/detect_private.h"
#include "tap.h"

#define MOST	20000

static const int64_t keep_ns[1];

/* The reference: the time of each packet, in order. */
static int64_t list[MOST + 1];
static uint32_t used;

static void
list_drop(uint32_t n)
{
	used -= n;
	memmove(list, list + n, used * sizeof(*list));
}

/* Puts packets one by one; a new one takes the place of an older one. */
static void
list_put(int64_t ns, uint32_t packets, uint32_t need)
{
	uint32_t at;

	for (; packets > 0; packets--) {
		if (used == need && list[0] >= ns)
			return;
		if (used == need)
			list_drop(1);
		for (at = used++; at > 0 && list[at - 1] > ns; at--)
			list[at] = list[at - 1];
		list[at] = ns;
	}
}

static bool
same_times(struct state *t)
{
	uint32_t at = 0, i = 0, n;
	struct detect_run run;
	int64_t before = INT64_MIN;

	if (t->used != used)
		return false;
	if (used > 0 && (detect_times_oldest(t) != list[0] ||
	    detect_times_newest(t) != list[used - 1]))
		return false;
	while (at < t->data.items) {
		at = detect_times_run(t, at, &run);
		if (i > 0 && run.ns == before)
			return false;
		before = run.ns;
		for (n = run.packets; n > 0; n--)
			if (i == used || list[i++] != run.ns)
				return false;
	}
	return i == used && at == t->data.items;
}

/* As detect_count_sliding does. */
static void
put(struct detect *d, struct state *t, int64_t ns, uint32_t packets,
    uint32_t need)
{
	uint32_t over;

	if (packets > need)
		packets = need;
	if (t->used + packets > need) {
		over = t->used + packets - need;
		packets -= over - detect_times_drop_older(t, ns, over);
	}
	if (packets > 0)
		detect_times_put(d, t, ns, packets);
}

/* Rows of up to so many packets, of which some are late or of one time. */
static void
compare(struct detect *d, uint32_t hash, uint32_t need, uint32_t packets)
{
	struct state *t = states_insert(&d->states, 0, hash);
	int64_t step, ns, first;
	uint32_t n;

	used = 0;
	for (step = 1; step <= 3000; step++) {
		ns = step / 3 * 10;
		if (step % 5 == 0)
			ns -= rand() % 200;
		n = rand() % 2 == 0 ? 1 : 1 + (uint32_t)rand() % packets;
		list_put(ns, n, need);
		put(d, t, ns, n, need);
		if (rand() % 20 == 0) {
			first = list[0];
			while (used > 0 && list[0] == first)
				list_drop(1);
			detect_times_drop(t);
		}
		if (!same_times(t))
			break;
	}
	same_int(step, 3001, "a window of %u, rows of up to %u", need,
	    packets);
}

/* Packets that are added without a count are in the window that is counted. */
static void
window_is_exact(struct detect *d)
{
	static const struct detect_rule rule = { .limit = 50,
	    .window_ns = 1000 };
	struct state *t = states_insert(&d->states, 0, 7);
	uint32_t step, added = 0;
	int64_t ns = 0;

	used = 0;
	for (step = 0; step < 20000; step++) {
		ns += rand() % 60;
		list_put(ns, 1, 51);
		while (list[0] <= ns - 1000)
			list_drop(1);
		if (detect_times_add(t, ns, rule.limit)) {
			t->newest_ns = ns;
			added++;
		} else {
			t->newest_ns = ns;
			detect_times_drop_past(t, &rule);
			put(d, t, ns, 1, 51);
			if (!same_times(t))
				break;
		}
		if (rand() % 100 == 0) {
			detect_times_drop_past(t, &rule);
			if (!same_times(t))
				break;
		}
	}
	same_int(step, 20000, "a window is exact when it is counted");
	ok(added > 10000, "most packets are added without a count");
}

static void
memory_is_by_rows(void)
{
	static struct detect d;
	struct state *t;
	int64_t ns;

	states_init(&d.states, 10, 4096, keep_ns);
	t = states_insert(&d.states, 0, 1);
	for (ns = 0; ns < 100; ns++)
		put(&d, t, ns, 10000, 1000001);
	same_int(t->used, 1000000, "packets of 100 rows");
	ok(d.truncated == 0, "they fit in 4096 bytes");
	for (; ns < 1000; ns++)
		put(&d, t, ns, 2, 2000);
	ok(d.truncated > 0, "those of 1000 rows do not");
	same_int(detect_times_newest(t), 999, "and the newest are kept");
	states_release(&d.states);
}

int
main(void)
{
	static struct detect d;

	srand(1);
	states_init(&d.states, 10, (size_t)1 << 20, keep_ns);
	compare(&d, 1, 1, 1);
	compare(&d, 2, 1, 5);
	compare(&d, 3, 51, 1);
	compare(&d, 4, 51, 4);
	compare(&d, 5, 51, 200);
	compare(&d, 6, MOST, 40);
	window_is_exact(&d);
	same_int((int64_t)d.truncated, 0, "no packet was lost");
	states_release(&d.states);
	memory_is_by_rows();
	return tap_done();
}
