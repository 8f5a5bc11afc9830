/*
 * baseline - the usual rates of many keys
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "baseline/baseline.h"
#include "tally/timebins.h"

#define KEYS_DEFAULT	100000
#define JUMP_BINS	100	/* a longer silence is a jump of the clock */
#define JUMP_UNKNOWN_NS	(10 * BASELINE_WIDTH_MAX)
#define AHEAD_MAX	((size_t)1 << 20)	/* values of later bins */
#define WEEK_NS		(7 * 86400 * NS_PER_S)

void
baseline_init(struct baseline *b)
{
	memset(b, 0, sizeof(*b));
	b->max_keys = KEYS_DEFAULT;
	b->max_memory = 2 * KEYTABLE_MEMORY;
	b->threshold = ALARM_THRESHOLD;
	b->warm_up_ns = 2 * 86400 * NS_PER_S;
	b->swept_ns = INT64_MIN;
	stream_clock_init(&b->clock);
	output_init(&b->text, -1, "key");
}

void
baseline_set_unit(struct baseline *b, int64_t unit_ns)
{
	b->unit_ns = unit_ns;
	series_scale_init(&b->scale, unit_ns);
	b->scale.sums = b->sums;
	alarm_policy_init(&b->policy, &b->scale);
	b->policy.threshold = b->threshold;
	b->policy.warm_up_ns = b->warm_up_ns;
	b->policy.bearable = b->bearable_week * (double)unit_ns / WEEK_NS;
	if (b->width_ns == 0 && b->steps == 0)
		b->clock.jump_ns = JUMP_UNKNOWN_NS;
	else
		b->clock.jump_ns = unit_ns > CLOCK_JUMP_NS / JUMP_BINS ?
		    unit_ns * JUMP_BINS : CLOCK_JUMP_NS;
}

void
baseline_start(struct baseline *b)
{
	baseline_init_keys(b);
	baseline_set_unit(b, b->width_ns == 0 ? 60 * NS_PER_S : b->width_ns);
}

static size_t
row_bytes(const struct baseline_row *row)
{
	return sizeof(*row) + row->len + SLICE_SLACK + 16;
}

void
baseline_keep(struct baseline_rows *list, struct slice key, int64_t ns,
    double value)
{
	struct baseline_row *row;

	list->row = xgrow(list->row, list->used, &list->cap, sizeof(*row));
	row = &list->row[list->used++];
	*row = (struct baseline_row){ .ns = ns, .value = value,
	    .key = xcalloc(1, key.len + SLICE_SLACK), .len = key.len };
	memcpy(row->key, key.at, key.len);
	list->bytes += row_bytes(row);
}

static void
drop_rows(struct baseline_rows *list)
{
	while (list->used > 0)
		free(list->row[--list->used].key);
	list->bytes = 0;
}

void
baseline_release(struct baseline *b)
{
	size_t i;

	for (i = 0; i < b->keys.used; i++)
		free(baseline_key(b, i));
	keytable_release(&b->keys);
	drop_rows(&b->ahead);
	drop_rows(&b->held);
	free(b->ahead.row);
	free(b->held.row);
	free(b->text.buf);
}

/* When the bin of a time starts. */
static int64_t
bin_of(const struct baseline *b, int64_t ns)
{
	return b->width_ns == 0 ? ns :
	    timebin_start(timebin_of(ns, b->width_ns), b->width_ns);
}

/* Whether the clock is so far that no more values of a bin come. */
static bool
is_over(const struct baseline *b, int64_t bin_ns)
{
	int64_t past = timestamp_before(b->clock.now_ns, b->lateness_ns);

	return past > bin_ns && (b->width_ns == 0 || (uint64_t)b->width_ns <=
	    timestamp_distance(past, bin_ns));
}

static void
add(struct baseline *b, struct slice key, double value)
{
	struct baseline_key *k = baseline_find(b, key);

	k->present = 1;
	k->pending = fmax(-SERIES_VALUE_MAX, fmin(SERIES_VALUE_MAX,
	    k->pending + value));
}

/* Opens the earliest of the bins ahead, and adds its values. */
static void
open_next(struct baseline *b)
{
	struct baseline_rows *list = &b->ahead;
	struct baseline_row *row;
	size_t i, kept = 0;

	if (list->used == 0)
		return;
	b->open = true;
	b->open_ns = bin_of(b, list->row[0].ns);
	for (i = 1; i < list->used; i++)
		if (bin_of(b, list->row[i].ns) < b->open_ns)
			b->open_ns = bin_of(b, list->row[i].ns);
	for (i = 0; i < list->used; i++) {
		row = &list->row[i];
		if (bin_of(b, row->ns) > b->open_ns) {
			list->row[kept++] = *row;
			continue;
		}
		add(b, (struct slice){ row->key, row->len }, row->value);
		list->bytes -= row_bytes(row);
		free(row->key);
	}
	list->used = kept;
}

/* Closes the bins that are over. */
static void
advance(struct baseline *b)
{
	while (b->open && is_over(b, b->open_ns)) {
		baseline_close(b);
		open_next(b);
	}
}

/* Opens a bin before the open one, whose values wait. */
static void
open_earlier(struct baseline *b, int64_t bin_ns)
{
	const struct keytable_entry *e;
	struct baseline_key *k;
	size_t i;

	for (i = 0; i < b->keys.used; i++) {
		e = keytable_entry(&b->keys, i);
		k = e->seen.data;
		if (!k->present)
			continue;
		baseline_keep(&b->ahead, (struct slice){ keytable_key(e),
		    e->len }, b->open_ns, k->pending);
		k->present = 0;
		k->pending = 0;
	}
	b->open_ns = bin_ns;
}

static void
put_row(struct baseline *b, struct slice key, int64_t ns, double value)
{
	int64_t bin = bin_of(b, ns);

	advance(b);
	if (!b->open) {
		b->open = true;
		b->open_ns = bin;
	} else if (bin < b->open_ns && !is_over(b, bin) && (b->bins == 0 ||
	    bin > b->last_ns))
		open_earlier(b, bin);
	if (bin <= b->open_ns) {
		b->late += bin < b->open_ns;
		add(b, key, value);
		return;
	}
	baseline_keep(&b->ahead, key, ns, value);
	if (b->ahead.used >= AHEAD_MAX ||
	    b->ahead.bytes > b->max_memory / 4) {
		b->early++;
		baseline_close(b);
		open_next(b);
	}
}

/* Closes all bins before the clock jumps, perhaps back, or at the end. */
static void
close_all(struct baseline *b, bool at_end)
{
	while (b->open) {
		b->last = at_end && b->ahead.used == 0;
		baseline_close(b);
		open_next(b);
	}
}

/* Moves the clock to a time that is not far, and adds the value. */
static void
put_near(struct baseline *b, struct slice key, int64_t ns, double value)
{
	if (!b->clock.started || ns > b->clock.now_ns)
		b->clock.now_ns = ns;
	b->clock.started = true;
	put_row(b, key, ns, value);
}

/* Nothing is known of a time after this one. */
static void
go_back(struct baseline *b, int64_t ns)
{
	struct baseline_key *k;
	size_t i;

	b->back++;
	if (b->first_ns > ns)
		b->first_ns = ns;
	for (i = 0; i < b->keys.used; i++) {
		k = baseline_key(b, i);
		if (k->series.first_ns > ns)
			k->series.first_ns = ns;
		if (k->seen_ns > ns)
			k->seen_ns = ns;
	}
}

/* The clock jumps, perhaps back: the values that waited count after all. */
static void
put_held(struct baseline *b)
{
	const struct baseline_row *row = b->held.row;
	size_t i;

	close_all(b, false);
	if (row[0].ns < b->clock.now_ns)
		go_back(b, row[0].ns);
	b->clock.started = false;
	for (i = 0; i < b->held.used; i++)
		put_near(b, (struct slice){ row[i].key, row[i].len },
		    row[i].ns, row[i].value);
	drop_rows(&b->held);
}

static void
drop_strays(struct baseline *b)
{
	b->stray += b->held.used;
	drop_rows(&b->held);
}

/*
 * A value far from the clock waits until it has enough company: CLOCK_AGREE
 * values that are all far from the clock and in order, give or take what far
 * is.  They need not be near each other: after a gap there may be few a day.
 */
static void
hold(struct baseline *b, struct slice key, int64_t ns, double value)
{
	if (b->held.used > 0 && ns < timestamp_before(b->clock.other_ns,
	    b->clock.jump_ns))
		drop_strays(b);
	if (b->held.used == 0 || ns > b->clock.other_ns)
		b->clock.other_ns = ns;
	baseline_keep(&b->held, key, ns, value);
	if (b->held.used >= CLOCK_AGREE)
		put_held(b);
}

void
baseline_put(struct baseline *b, struct slice key, int64_t ns, double value)
{
	if (b->clock.started && timestamp_distance(ns, b->clock.now_ns) >
	    (uint64_t)b->clock.jump_ns) {
		hold(b, key, ns, value);
		return;
	}
	if (b->held.used > 0)
		drop_strays(b);
	put_near(b, key, ns, value);
}

void
baseline_finish(struct baseline *b)
{
	drop_strays(b);
	close_all(b, true);
}
