/*
 * clock - the stream clock, and bins of time
 *
 * What a program makes of a row must depend on the rows, not on when they
 * are read.  So the clock of a stream is the newest time in it, and one row
 * with a wild time must not move it.  Bins are aligned to the Unix epoch.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/timestamp.h"

/* A time further than this from the clock is a jump. */
#define CLOCK_JUMP_NS		(3600 * NS_PER_S)
/* So many rows running must agree before the clock jumps. */
#define CLOCK_AGREE		16
/* The lateness of rows that programs allow for unless told. */
#define CLOCK_LATENESS_NS	NS_PER_S

struct stream_clock {
	bool		 started;	/* a time has been seen */
	int64_t		 now_ns;	/* the newest time, jumps apart */
	uint64_t	 jumps;		/* how often the clock jumped */
	/* The rest is the module's own. */
	int64_t		 other_ns;	/* the newest of the rows that jump */
	unsigned	 agreeing;	/* how many of them, running */
};

/* What one row did to the clock. */
enum clock_move {
	CLOCK_STAYED,		/* it is older, or a jump not agreed on */
	CLOCK_ADVANCED,	/* it is the newest (or the first) */
	CLOCK_JUMPED		/* with it enough rows agree: forth or back */
};

/* Prepares a clock that has seen nothing. */
void	 stream_clock_init(struct stream_clock *);

/* Takes a row's time that is far from the clock: see stream_clock_see. */
enum clock_move stream_clock_jump(struct stream_clock *, int64_t ns);

/* Warns if the clock jumped, and how often. */
void	 stream_clock_report(const struct stream_clock *);

/* Shows the clock the time of the next row. */
static inline enum clock_move
stream_clock_see(struct stream_clock *c, int64_t ns)
{
	if (!c->started ||
	    timestamp_distance(ns, c->now_ns) > (uint64_t)CLOCK_JUMP_NS)
		return stream_clock_jump(c, ns);
	c->agreeing = 0;
	if (ns <= c->now_ns)
		return CLOCK_STAYED;
	c->now_ns = ns;
	return CLOCK_ADVANCED;
}

/* The number of the bin of this width that a time is in: floor division. */
static inline int64_t
timebin_of(int64_t ns, int64_t width_ns)
{
	return timestamp_floor(ns, width_ns);
}

/*
 * When a bin starts.  The first of all starts before the least time there is,
 * and is then given that time, which is in it.
 */
int64_t	 timebin_start(int64_t bin, int64_t width_ns);

/*
 * Whether so many bytes in one bin are a spike: more than limit a second.
 */
bool	 timebin_is_spike(uint64_t bytes, uint64_t limit, int64_t width_ns);

#endif
