/*
 * binclock - where bins of time start, and how long they are
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/zone.h"
#include "tally/binclock.h"
#include "tally/timebins.h"

#define DAY_S	86400

void
binclock_init(struct binclock *c, int64_t width_ns, bool zoned)
{
	*c = (struct binclock){ .width_ns = width_ns, .zoned = zoned };
}

/*
 * The bin of a second by the zone's clock, whose number is its start in
 * seconds.  The clock showed the bin's multiple with the offset of now, with
 * the one before, or skipped it.
 */
static int64_t
zone_bin(int64_t width_s, int64_t s)
{
	int64_t offset = zone_offset_s(s), before;
	int64_t shown = timestamp_floor(s + offset, width_s) * width_s;

	before = zone_offset_s(shown - offset);
	if (before == offset)
		return shown - offset;
	if (zone_offset_s(shown - before) == before)
		return shown - before;
	return zone_transition_s(shown - offset, s);
}

/* Takes a start that is earlier than the best and later than the bin. */
static void
consider(int64_t width_s, int64_t bin, int64_t start, int64_t *best)
{
	if (start > bin && start < *best && zone_bin(width_s, start) == start)
		*best = start;
}

static int64_t
zone_next(int64_t width_s, int64_t bin)
{
	int64_t offset = zone_offset_s(bin), best = INT64_MAX, start;
	int64_t shown = (timestamp_floor(bin + offset, width_s) + 1) * width_s;
	int64_t middle;

	start = shown - offset;
	consider(width_s, bin, start, &best);
	if (zone_offset_s(start) != offset) {
		consider(width_s, bin, shown - zone_offset_s(start), &best);
		consider(width_s, bin, zone_transition_s(bin, start), &best);
	}
	if (best < INT64_MAX)
		return best;
	/* Rules that no zone has today. */
	best = start + width_s + DAY_S;
	for (start = bin; best - start > 1;) {
		middle = start + (best - start) / 2;
		if (zone_bin(width_s, middle) > bin)
			best = middle;
		else
			start = middle;
	}
	return best;
}

int64_t
binclock_next(const struct binclock *c, int64_t bin)
{
	return c->zoned ? zone_next(c->width_ns / NS_PER_S, bin) : bin + 1;
}

void
binclock_move(struct binclock *c, int64_t ns)
{
	int64_t unit = c->zoned ? NS_PER_S : c->width_ns;

	c->bin = timestamp_floor(ns, unit);
	if (c->zoned)
		c->bin = zone_bin(c->width_ns / NS_PER_S, c->bin);
	c->length_ns = binclock_length_ns(c, c->bin);
	c->start_ns = binclock_start_ns(c, c->bin);
	/* The first bin starts before the least time. */
	if (c->start_ns == INT64_MIN)
		c->length_ns = (uint64_t)binclock_next(c, c->bin) *
		    (uint64_t)unit - (uint64_t)INT64_MIN;
}

int64_t
binclock_start_ns(const struct binclock *c, int64_t bin)
{
	return timebin_start(bin, c->zoned ? NS_PER_S : c->width_ns);
}

uint64_t
binclock_length_ns(const struct binclock *c, int64_t bin)
{
	return c->zoned ? (uint64_t)(binclock_next(c, bin) - bin) *
	    (uint64_t)NS_PER_S : (uint64_t)c->width_ns;
}

uint64_t
binclock_between(const struct binclock *c, int64_t first, int64_t second,
    uint64_t max)
{
	uint64_t n = 0;

	if (second <= first)
		return 0;
	if (!c->zoned)
		n = timestamp_distance(second, first) - 1;
	else
		while ((first = binclock_next(c, first)) < second && n < max)
			n++;
	return n < max ? n : max;
}
