/*
 * detect_regular - rows that come in regular steps, as those of a beacon
 *
 * Steps are regular if nine tenths of them differ from their median by no more
 * than the jitter.  The median and a share are robust: a step that is missing
 * or doubled changes neither.  A program at work has steps of less than a
 * second, which do not count as regular.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/wide.h"
#include "detect/detect_private.h"

#define SAME_NS		(NS_PER_S / 5)	/* rows this close are one step */
#define STEP_NS		NS_PER_S	/* the shortest median */

/* Sorts the steps between the times of a state; returns how many. */
static unsigned
sort_steps(struct state *t, uint64_t *step)
{
	struct detect_run before, run;
	uint32_t at, i, j;
	uint64_t ns;

	if (t->used == 0)
		return 0;
	at = detect_times_run(t, 0, &before);
	for (i = 0; at < t->data.items; i++, before = run) {
		at = detect_times_run(t, at, &run);
		ns = timestamp_distance(run.ns, before.ns);
		for (j = i; j > 0 && step[j - 1] > ns; j--)
			step[j] = step[j - 1];
		step[j] = ns;
	}
	return i;
}

/* Whether the steps of a state are regular. */
static bool
is_regular(struct state *t, const struct detect_rule *r)
{
	uint64_t step[RULES_REGULAR_MAX + 1], median, off;
	unsigned i, n = sort_steps(t, step), like = 0;

	if (n == 0)
		return false;
	median = step[n / 2];
	for (i = 0; i < n; i++) {
		off = step[i] > median ? step[i] - median : median - step[i];
		like += wide_compare(wide_product(off, 100),
		    wide_product(median, r->regular)) <= 0;
	}
	return median >= STEP_NS && like * 10 >= n * 9;
}

void
detect_count_regular(struct detect *d, struct state *t,
    const struct detect_rule *r, const struct detect_row *row,
    struct detect_count *c)
{
	int64_t newest = t->used == 0 ? INT64_MIN : detect_times_newest(t);
	struct detect_row one = *row;

	*c = (struct detect_count){ 0, 0, row->time_ns };
	if (t->used > 0 && (row->time_ns < newest ||
	    timestamp_distance(row->time_ns, newest) < SAME_NS))
		return;
	one.packets = 1;
	detect_count_sliding(d, t, r, &one, c);
	if (c->value > r->limit && !is_regular(t, r))
		c->value = 0;
}
