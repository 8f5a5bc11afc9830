/*
 * window - the stream clock, and bins of time
 *
 * What a program makes of a row must depend on the rows, not on when they
 * are read.  So the clock of a stream is the newest time in it, and one row
 * with a wild time must not move it.  Bins are aligned to the Unix epoch.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef WINDOW_H
#define WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/timestamp.h"

/* A time further than this from the clock is a jump. */
#define WINDOW_JUMP_NS		(3600 * NS_PER_S)
/* So many rows running must agree before the clock jumps. */
#define WINDOW_AGREE		16
/* The lateness of rows that programs allow for unless told. */
#define WINDOW_LATENESS_NS	NS_PER_S

struct window_clock {
	bool		 started;	/* a time has been seen */
	int64_t		 now_ns;	/* the newest time, jumps apart */
	uint64_t	 jumps;		/* how often the clock jumped */
	/* The rest is the module's own. */
	int64_t		 other_ns;	/* the newest of the rows that jump */
	unsigned	 agreeing;	/* how many of them, running */
};

/* What one row did to the clock. */
enum window_move {
	WINDOW_STAYED,		/* it is older, or a jump not agreed on */
	WINDOW_ADVANCED,	/* it is the newest (or the first) */
	WINDOW_JUMPED		/* with it enough rows agree: forth or back */
};

/* Prepares a clock that has seen nothing. */
void	 window_clock_init(struct window_clock *);

/* Takes a row's time that is far from the clock: see window_clock_see. */
enum window_move window_clock_jump(struct window_clock *, int64_t ns);

/* Warns if the clock jumped, and how often. */
void	 window_clock_report(const struct window_clock *);

/* The distance between two points in time, which may not fit an int64_t. */
static inline uint64_t
window_distance(int64_t a, int64_t b)
{
	return a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a;
}

/* Shows the clock the time of the next row. */
static inline enum window_move
window_clock_see(struct window_clock *c, int64_t ns)
{
	if (!c->started ||
	    window_distance(ns, c->now_ns) > (uint64_t)WINDOW_JUMP_NS)
		return window_clock_jump(c, ns);
	c->agreeing = 0;
	if (ns <= c->now_ns)
		return WINDOW_STAYED;
	c->now_ns = ns;
	return WINDOW_ADVANCED;
}

/* ns - by_ns (which is not negative), but never below the least time. */
static inline int64_t
window_before(int64_t ns, int64_t by_ns)
{
	return ns < INT64_MIN + by_ns ? INT64_MIN : ns - by_ns;
}

/* The number of the bin of this width that a time is in: floor division. */
static inline int64_t
window_bin(int64_t ns, int64_t width_ns)
{
	return timestamp_floor(ns, width_ns);
}

/*
 * When a bin starts.  The first of all starts before the least time there is,
 * and is then given that time, which is in it.
 */
int64_t	 window_bin_start(int64_t bin, int64_t width_ns);

/*
 * Whether so many bytes in one bin are a spike: more than limit a second.
 */
bool	 window_is_spike(uint64_t bytes, uint64_t limit, int64_t width_ns);

#endif
