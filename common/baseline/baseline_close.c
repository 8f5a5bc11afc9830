/*
 * baseline - the scores of a bin that closes
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <time.h>

#include "base/zone.h"
#include "baseline/baseline.h"

#define NEW_UNSEEN	(1.0 / 16)	/* weight of what was never seen */

/* The half-hours of the clock at which a bin starts. */
static struct series_time
time_of(int64_t ns)
{
	time_t seconds = (time_t)timestamp_floor(ns, NS_PER_S);
	struct tm tm;

	zone_use();
	if (localtime_r(&seconds, &tm) == NULL)
		tm = (struct tm){ .tm_wday = 0 };
	return (struct series_time){ .ns = ns,
	    .day = (unsigned)(tm.tm_hour * 2 + tm.tm_min / 30),
	    .week = (unsigned)(tm.tm_wday * SERIES_DAY + tm.tm_hour * 2 +
	    tm.tm_min / 30) };
}

/* The most frequent distance, the shortest of these. */
static int64_t
most_frequent(const int64_t *step, size_t n)
{
	int64_t best = step[0];
	size_t i, j, count, most = 0;

	for (i = 0; i < n; i++) {
		for (j = count = 0; j < n; j++)
			count += step[j] == step[i];
		if (count > most || (count == most && step[i] < best)) {
			most = count;
			best = step[i];
		}
	}
	return best;
}

/* Without a width, the first distances between bins tell it. */
static void
learn_width(struct baseline *b)
{
	int64_t unit;

	if (b->width_ns != 0 || b->bins == 0 || b->steps == BASELINE_STEPS ||
	    b->open_ns <= b->last_ns)
		return;
	b->step[b->steps++] = series_age(b->open_ns, b->last_ns);
	unit = most_frequent(b->step, b->steps);
	if (unit < BASELINE_WIDTH_MIN)
		unit = BASELINE_WIDTH_MIN;
	if (unit > BASELINE_WIDTH_MAX)
		unit = BASELINE_WIDTH_MAX;
	if (unit != b->unit_ns || b->steps == 1)
		baseline_set_unit(b, unit);
}

/* How seldom a bin has a new key, in decades. */
static double
newness(const struct baseline *b)
{
	if (series_age(b->open_ns, b->first_ns) < b->warm_up_ns)
		return 0;
	return fmin(SERIES_MAX, -log10(fmax(b->new_bins, NEW_UNSEEN) /
	    (b->all_bins + 1)));
}

/* Counts bins with a new key, once the usual keys have been seen. */
static void
learn_newness(struct baseline *b, bool any_new)
{
	if (series_age(b->open_ns, b->first_ns) < b->warm_up_ns / 2)
		return;
	b->new_bins += any_new;
	b->all_bins++;
	if (b->all_bins > 2.0 * b->scale.fade) {
		b->new_bins /= 2;
		b->all_bins /= 2;
	}
}

/* A key that is new when that is rare starts an incident. */
static void
judge_new(struct baseline *b, struct baseline_key *k, struct baseline_result *r)
{
	double score = newness(b);

	r->final = score;
	if (score < b->threshold || k->rest || b->bearable_week > 0)
		return;
	k->alarm.open = 1;
	k->alarm.rule = ALARM_NEW;
	k->alarm.extreme = r->score->value;
	k->alarm.at = k->alarm.matched = k->series.bins;
	r->event[0] = (struct alarm_event){ .phase = ALARM_START,
	    .rule = ALARM_NEW, .value = r->score->value };
	r->events = 1;
}

/* What is low in an incomplete bin is not so for sure. */
static void
drop_low(struct baseline_result *r)
{
	size_t i, n = 0;

	for (i = 0; i < r->events; i++)
		if (r->event[i].phase == ALARM_END ||
		    r->event[i].rule == ALARM_HIGH ||
		    r->event[i].rule == ALARM_NEW)
			r->event[n++] = r->event[i];
	r->events = n;
}

static void
score_key(struct baseline *b, const struct series_time *t,
    const struct keytable_entry *e)
{
	struct baseline_key *k = e->seen.data;
	struct series_score score;
	struct baseline_result r = { .ns = b->open_ns, .width_ns = b->unit_ns,
	    .key = { keytable_key(e), e->len }, .score = &score,
	    .known_ns = series_age(b->open_ns, b->first_ns) };
	bool fresh = k->series.bins == 0;
	double limit = alarm_limit(&k->alarm, &b->policy);

	series_put(&k->series, &b->scale, t, k->present ? k->pending : 0,
	    &score);
	series_range(&score, limit, &r.low, &r.high);
	r.events = alarm_judge(&k->alarm, &b->policy, &k->series, &score,
	    b->open_ns, r.event, &r.final);
	if (fresh)
		judge_new(b, k, &r);
	if (b->last)
		drop_low(&r);
	if (k->present)
		k->seen_ns = b->open_ns;
	k->present = 0;
	k->pending = 0;
	b->points++;
	b->on_result(&r);
}

void
baseline_close(struct baseline *b)
{
	struct series_time t = time_of(b->open_ns);
	bool idle = false, any_new = false;
	const struct baseline_key *k;
	size_t i;

	if (b->bins == 0)
		b->first_ns = b->open_ns;
	learn_width(b);
	for (i = 0; i < b->keys.used; i++) {
		k = baseline_key(b, i);
		/* Its first value is of a later bin: see open_earlier. */
		if (k->series.bins == 0 && !k->present)
			continue;
		any_new |= k->series.bins == 0;
		idle |= !k->present &&
		    series_age(b->open_ns, k->seen_ns) > BASELINE_IDLE_NS;
		score_key(b, &t, keytable_entry(&b->keys, i));
	}
	learn_newness(b, any_new);
	if (idle)
		baseline_sweep(b, BASELINE_IDLE_NS);
	b->last_ns = b->open_ns;
	b->bins++;
	b->open = false;
}
