/*
 * beacon - pairs whose connections come in regular steps
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "baseline/beacon.h"
#include "baseline/series.h"

#define REGULAR		0.8	/* of the intervals, to start an incident */
#define STILL_REGULAR	0.5	/* to continue */
#define MISSED		6	/* steps without a connection end an incident */
#define SWEEP_NS	(60 * NS_PER_S)	/* between two searches for room */

void
beacons_init(struct beacons *b)
{
	memset(b, 0, sizeof(*b));
	b->jitter = 0.25;
	b->least = 16;
	b->span_ns = 86400 * NS_PER_S;
	b->max_keys = 100000;
	b->max_memory = 2 * KEYTABLE_MEMORY;
	b->checked_ns = b->swept_ns = INT64_MIN;
	stream_clock_init(&b->clock);
	output_init(&b->text, -1, "key");
}

static void
init_pairs(struct beacons *b)
{
	keytable_init(&b->pairs, b->max_keys);
	b->pairs.more = sizeof(struct beacon_pair);
	b->pairs.max_bytes = b->max_memory;
}

void
beacons_start(struct beacons *b)
{
	init_pairs(b);
	if (b->span_ns > CLOCK_JUMP_NS)
		b->clock.jump_ns = b->span_ns;
}

static struct beacon_pair *
pair_of(const struct keytable_entry *e)
{
	return e->seen.data;
}

void
beacons_release(struct beacons *b)
{
	size_t i;

	for (i = 0; i < b->pairs.used; i++)
		free(pair_of(keytable_entry(&b->pairs, i)));
	keytable_release(&b->pairs);
	free(b->open);
	free(b->text.buf);
}

static bool
is_idle(const struct beacons *b, const struct beacon_pair *p)
{
	return !p->open && !p->listed &&
	    timestamp_distance(b->clock.now_ns, p->time[p->used - 1]) >
	    (uint64_t)b->span_ns;
}

/*
 * Forgets the pairs that have been idle for the longest span, or are as far
 * ahead of a clock that went back.
 */
static void
sweep(struct beacons *b)
{
	struct keytable old = b->pairs;
	struct keytable_entry *e, *moved;
	size_t i, n;

	for (i = n = 0; i < old.used; i++)
		n += is_idle(b, pair_of(keytable_entry(&old, i)));
	if (n == 0)
		return;
	b->evicted += n;
	b->opened = 0;
	init_pairs(b);
	b->pairs.bound = old.bound;
	for (i = 0; i < old.used; i++) {
		e = keytable_entry(&old, i);
		if (is_idle(b, pair_of(e))) {
			free(pair_of(e));
			continue;
		}
		b->text.used = 0;
		output_bytes(&b->text, keytable_key(e), e->len);
		memset(output_room(&b->text, SLICE_SLACK), 0, SLICE_SLACK);
		moved = keytable_insert_rest(&b->pairs, b->text.buf, e->len);
		moved->seen = e->seen;
		if (pair_of(e)->listed)
			b->open[b->opened++] = moved;
	}
	keytable_release(&old);
}

/* The entry of a pair, or NULL if there is no room for it. */
static struct keytable_entry *
find_pair(struct beacons *b, struct slice key)
{
	struct keytable_entry *e = keytable_find(&b->pairs, key.at, key.len);

	if (e != NULL)
		return e;
	e = keytable_insert(&b->pairs, key.at, key.len);
	if (e == NULL && key.len <= KEYTABLE_KEY_MAX &&
	    timestamp_distance(b->clock.now_ns, b->swept_ns) >= SWEEP_NS) {
		b->swept_ns = b->clock.now_ns;
		sweep(b);
		e = keytable_insert(&b->pairs, key.at, key.len);
	}
	if (e == NULL) {
		b->untracked++;
		return NULL;
	}
	e->seen.data = xcalloc(1, sizeof(struct beacon_pair));
	return e;
}

/*
 * Puts a time in its place, as flows come when they end, not as they start.
 * False if it is part of another beat, or older than those that are kept.
 */
static bool
insert(struct beacon_pair *p, int64_t ns)
{
	size_t at = p->used;

	while (at > 0 && p->time[at - 1] > ns)
		at--;
	if ((at > 0 && series_age(ns, p->time[at - 1]) < BEACON_BEAT_NS) ||
	    (at < p->used && series_age(p->time[at], ns) < BEACON_BEAT_NS))
		return false;
	if (p->used == BEACON_TIMES) {
		if (at == 0)
			return false;
		at--;
		memmove(p->time, p->time + 1, at * sizeof(p->time[0]));
	} else {
		memmove(p->time + at + 1, p->time + at,
		    (p->used - at) * sizeof(p->time[0]));
		p->used++;
	}
	p->time[at] = ns;
	return true;
}

/*
 * The same for a time that the clock may not have followed.  Such a time waits
 * until it does, or until one of the clock's own shows that it went astray.
 */
static bool
take(struct beacon_pair *p, int64_t ns, int64_t now_ns)
{
	if (ns > now_ns)
		return !p->open && insert(p, ns);
	while (p->used > 0 && p->time[p->used - 1] > now_ns)
		p->used--;
	return insert(p, ns);
}

static int
compare(const void *va, const void *vb)
{
	const int64_t *a = va, *b = vb;

	return (*a > *b) - (*a < *b);
}

/* Of n values, which it sorts. */
static int64_t
median(int64_t *v, size_t n)
{
	qsort(v, n, sizeof(*v), compare);
	return v[n / 2];
}

/*
 * Whether this share of the newest intervals are regular; sets the step, and
 * the distance from it that half of the intervals do not exceed, as a share.
 */
static bool
is_regular(const struct beacons *b, const struct beacon_pair *p, double share,
    int64_t *step_ns, double *jitter)
{
	const int64_t *t;
	int64_t d[BEACON_TIMES];
	size_t i, n = b->least - 1, near = 0;

	if (p->used < b->least)
		return false;
	t = p->time + p->used - b->least;
	if (series_age(t[n], t[0]) > b->span_ns)
		return false;
	for (i = 0; i < n; i++)
		d[i] = series_age(t[i + 1], t[i]);
	*step_ns = median(d, n);
	for (i = 0; i < n; i++) {
		d[i] = (int64_t)timestamp_distance(d[i], *step_ns);
		near += (double)d[i] <= b->jitter * (double)*step_ns;
	}
	if (*step_ns < NS_PER_S)
		return false;
	*jitter = (double)median(d, n) / (double)*step_ns;
	return (double)near >= share * (double)n;
}

static void
report(struct beacons *b, const struct keytable_entry *e,
    enum beacon_phase phase, int64_t ns, double jitter)
{
	const struct beacon_pair *p = pair_of(e);
	struct beacon_event event = { .phase = phase, .ns = ns,
	    .key = { keytable_key(e), e->len }, .step_ns = p->step_ns,
	    .jitter = jitter, .count = p->count,
	    .span_ns = (int64_t)fmin((double)p->step_ns *
	    (double)(p->count - 1), 9e18) };

	b->on_event(b->arg, &event);
}

/* Puts a pair in the list of open incidents. */
static void
enlist(struct beacons *b, struct keytable_entry *e)
{
	b->open = xgrow(b->open, b->opened, &b->open_cap,
	    sizeof(struct keytable_entry *));
	b->open[b->opened++] = e;
	pair_of(e)->listed = true;
}

void
beacons_reopen(struct beacons *b)
{
	size_t i;

	for (i = 0; i < b->pairs.used; i++)
		if (pair_of(keytable_entry(&b->pairs, i))->listed)
			enlist(b, keytable_entry(&b->pairs, i));
}

static void
start(struct beacons *b, struct keytable_entry *e, double jitter)
{
	struct beacon_pair *p = pair_of(e);

	p->open = true;
	p->count = b->least;
	if (!p->listed)
		enlist(b, e);
	report(b, e, BEACON_START, p->time[p->used - 1], jitter);
}

static void
end(struct beacons *b, const struct keytable_entry *e, int64_t ns)
{
	struct beacon_pair *p = pair_of(e);

	p->open = false;
	report(b, e, BEACON_END, ns, 0);
	/* Another incident needs as many connections again. */
	p->used = 1;
	p->time[0] = ns;
}

/* Ends the incidents whose next connections have not come. */
static void
check_open(struct beacons *b)
{
	struct beacon_pair *p;
	size_t i, kept = 0;

	b->checked_ns = b->clock.now_ns;
	for (i = 0; i < b->opened; i++) {
		p = pair_of(b->open[i]);
		if (p->open && (double)series_age(b->clock.now_ns,
		    p->time[p->used - 1]) > MISSED * (double)p->step_ns)
			end(b, b->open[i], b->clock.now_ns);
		p->listed = p->open;
		if (p->open)
			b->open[kept++] = b->open[i];
	}
	b->opened = kept;
}

void
beacons_put(struct beacons *b, struct slice key, int64_t ns, uint32_t sport)
{
	struct keytable_entry *e;
	struct beacon_pair *p;
	double jitter;
	int64_t step_ns;

	stream_clock_see(&b->clock, ns);
	if (b->opened > 0 && timestamp_distance(b->clock.now_ns,
	    b->checked_ns) >= NS_PER_S)
		check_open(b);
	if ((e = find_pair(b, key)) == NULL)
		return;
	p = pair_of(e);
	if ((sport != 0 && sport == p->sport) || !take(p, ns, b->clock.now_ns))
		return;
	p->sport = sport;
	if (ns > b->clock.now_ns)
		return;
	p->count += p->open;
	if (!p->open && is_regular(b, p, REGULAR, &step_ns, &jitter)) {
		p->step_ns = step_ns;
		start(b, e, jitter);
	} else if (p->open && !is_regular(b, p, STILL_REGULAR, &step_ns,
	    &jitter))
		end(b, e, ns);
}

void
beacons_finish(struct beacons *b)
{
	size_t i;

	for (i = 0; i < b->opened; i++)
		if (pair_of(b->open[i])->open)
			end(b, b->open[i], b->clock.now_ns);
	b->opened = 0;
}
