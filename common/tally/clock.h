/*
 * clock - the stream clock: the newest time of the rows
 *
 * What a program makes of a row depends on the rows, not on when they are
 * read, so its clock is the newest time that it has seen.  A single row whose
 * time is far off must not move it: it jumps when several rows in a row agree.
 * It prints nothing but the warning of stream_clock_report.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/timestamp.h"

/* A time further than this from the clock is a jump, unless it is told. */
#define CLOCK_JUMP_NS		(3600 * NS_PER_S)
/* How many consecutive rows must agree before the clock jumps. */
#define CLOCK_AGREE		16
/* How late rows may be by default. */
#define CLOCK_LATENESS_NS	NS_PER_S

struct stream_clock {
	bool		 started;	/* a time has been seen */
	int64_t		 now_ns;	/* the newest time accepted */
	uint64_t	 jumps;		/* how often the clock jumped */
	int64_t		 jump_ns;	/* the caller may set it: wide bins */
	/* The rest is the module's own. */
	int64_t		 other_ns;	/* the newest of the rows far off */
	unsigned	 agreeing;	/* how many of them in a row */
};

/* What the time of one row did to the clock. */
enum clock_move {
	CLOCK_STAYED,		/* not newer, or far off and alone */
	CLOCK_ADVANCED,		/* the newest time, or the first */
	CLOCK_JUMPED		/* enough rows agree: forwards or back */
};

/* Prepares a clock that has seen no time. */
void	 stream_clock_init(struct stream_clock *);

/* What stream_clock_see does with a time that is far off. */
enum clock_move stream_clock_jump(struct stream_clock *, int64_t ns);

/* Prints a warning, with the number of jumps, if the clock has jumped. */
void	 stream_clock_report(const struct stream_clock *);

/* Takes the time of the next row. */
static inline enum clock_move
stream_clock_see(struct stream_clock *c, int64_t ns)
{
	if (!c->started ||
	    timestamp_distance(ns, c->now_ns) > (uint64_t)c->jump_ns)
		return stream_clock_jump(c, ns);
	c->agreeing = 0;
	if (ns <= c->now_ns)
		return CLOCK_STAYED;
	c->now_ns = ns;
	return CLOCK_ADVANCED;
}

#endif
