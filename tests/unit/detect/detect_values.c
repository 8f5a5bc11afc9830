/*
 * detect_values - unit test of logs of values, beside a search of all of them
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "detect/detect_private.h"
#include "tap.h"

#define MOST	1001

static const int64_t keep_ns[1];

/* The reference: values in no order. */
static struct state_seen seen[MOST + 1];
static uint32_t used;

static uint32_t
find(uint64_t value)
{
	uint32_t i;

	for (i = 0; i < used && seen[i].value != value; i++)
		;
	return i;
}

static uint32_t
find_oldest(void)
{
	uint32_t i, oldest = 0;

	for (i = 1; i < used; i++)
		if (seen[i].ns < seen[oldest].ns)
			oldest = i;
	return oldest;
}

/* Whether both have the same values, in order of time in the log. */
static bool
same_values(struct detect *d, struct state *t)
{
	uint32_t i;

	if (t->used != used)
		return false;
	for (i = 0; i < used; i++)
		if (!detect_values_again(d, t, seen[i]))
			return false;
	return true;
}

/* Sees one of so many values; times differ, and some are late. */
static bool
see_one(struct detect *d, struct state *t, uint64_t values, uint64_t step)
{
	struct state_seen now = { .value = (uint64_t)rand() % values,
	    .ns = (int64_t)(step * 1000 + (uint64_t)rand() % 10) };
	uint32_t at = find(now.value);
	bool is_new = at == used;

	if (step % 7 == 0)
		now.ns -= 500000 - rand() % 1000;
	if (is_new)
		seen[used++] = now;
	else if (seen[at].ns < now.ns)
		seen[at].ns = now.ns;
	if (t->newest_ns < now.ns)
		t->newest_ns = now.ns;
	return detect_values_see(d, t, now) == is_new;
}

static void
compare(struct detect *d, struct state *t, uint64_t values, uint32_t most)
{
	uint64_t step;
	uint32_t i;

	used = 0;
	for (step = 1; step <= 20000; step++) {
		if (used == most || (used > 0 && rand() % 50 == 0)) {
			i = find_oldest();
			if (detect_values_oldest(t)->ns != seen[i].ns)
				break;
			seen[i] = seen[--used];
			detect_values_drop_oldest(t);
		}
		if (!see_one(d, t, values, step) || t->used != used ||
		    detect_values_oldest(t)->ns != seen[find_oldest()].ns)
			break;
		if (step % 100 == 0 && !same_values(d, t))
			break;
	}
	same_int((int64_t)step, 20001, "%u of %ju values", most,
	    (uintmax_t)values);
	detect_values_compact(t);
	for (i = 1; i < used && t->data.all[i - 1].ns <= t->data.all[i].ns; i++)
		;
	same_int(i, used, "in order of time");
	while (t->used > 0)
		detect_values_drop_oldest(t);
}

int
main(void)
{
	static struct detect d;
	struct state *t;

	srand(1);
	states_init(&d.states, 10, (size_t)1 << 20, keep_ns);
	t = states_insert(&d.states, 0, 1);
	compare(&d, t, 10, 33);
	compare(&d, t, 100, 33);
	compare(&d, t, 2000, 33);
	compare(&d, t, 1000, MOST);
	compare(&d, t, 5000, MOST);
	states_release(&d.states);
	return tap_done();
}
