/*
 * clock - the stream clock, and bins of time
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>

#include "base/timestamp.h"
#include "tally/clock.h"

void
stream_clock_init(struct stream_clock *c)
{
	*c = (struct stream_clock){ .started = false };
}

/* The rows that jump must be near each other too, or they agree on nothing. */
enum clock_move
stream_clock_jump(struct stream_clock *c, int64_t ns)
{
	if (!c->started) {
		c->started = true;
		c->now_ns = ns;
		return CLOCK_ADVANCED;
	}
	if (c->agreeing == 0 ||
	    timestamp_distance(ns, c->other_ns) > (uint64_t)CLOCK_JUMP_NS) {
		c->agreeing = 0;
		c->other_ns = ns;
	} else if (ns > c->other_ns)
		c->other_ns = ns;
	if (++c->agreeing < CLOCK_AGREE)
		return CLOCK_STAYED;
	c->now_ns = c->other_ns;
	c->agreeing = 0;
	c->jumps++;
	return CLOCK_JUMPED;
}

void
stream_clock_report(const struct stream_clock *c)
{
	if (c->jumps > 0)
		warnx("the time of the rows jumped by over an hour %ju times",
		    (uintmax_t)c->jumps);
}

int64_t
timebin_start(int64_t bin, int64_t width_ns)
{
	int64_t start;

	if (__builtin_mul_overflow(bin, width_ns, &start))
		return bin < 0 ? INT64_MIN : INT64_MAX;
	return start;
}

/* Both sides may pass 64 bits: 2^63 bytes, 366 days of 2^63 bytes each. */
bool
timebin_is_spike(uint64_t bytes, uint64_t limit, int64_t width_ns)
{
	return (unsigned __int128)bytes * (uint64_t)NS_PER_S >
	    (unsigned __int128)limit * (uint64_t)width_ns;
}
