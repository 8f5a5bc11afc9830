/*
 * binclock - where bins of time start, and how long they are
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/zone.h"
#include "tally/binclock.h"
#include "tally/timebins.h"

void
binclock_init(struct binclock *c, int64_t width_ns, bool zoned)
{
	*c = (struct binclock){ .width_ns = width_ns, .zoned = zoned };
}

/*
 * Whether a bin starts as the clock is changed: it skips a multiple of the
 * width, or shows one.
 */
static bool
starts_at(int64_t width_s, int64_t change)
{
	int64_t shown = change + zone_offset_s(change);
	int64_t before = change - 1 + zone_offset_s(change - 1);

	return shown % width_s == 0 || timestamp_floor(shown, width_s) >
	    timestamp_floor(before, width_s);
}

/*
 * The bin of a second by the zone's clock, whose number is its start in
 * seconds: when the clock showed the bin's multiple, unless it was changed
 * since.
 */
static int64_t
zone_bin(int64_t width_s, int64_t s)
{
	int64_t offset, start, change;

	for (;; s = change - 1) {
		offset = zone_offset_s(s);
		start = timestamp_floor(s + offset, width_s) * width_s - offset;
		if (zone_offset_s(start) == offset)
			return start;
		change = zone_transition_s(start, s);
		if (starts_at(width_s, change))
			return change;
	}
}

static int64_t
zone_next(int64_t width_s, int64_t s)
{
	int64_t offset, start;

	for (;;) {
		offset = zone_offset_s(s);
		start = (timestamp_floor(s + offset, width_s) + 1) * width_s -
		    offset;
		if (zone_offset_s(start) == offset)
			return start;
		s = zone_transition_s(s, start);
		if (starts_at(width_s, s))
			return s;
	}
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
