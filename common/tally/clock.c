/*
 * clock - the stream clock: the newest time of the rows
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>

#include "base/show.h"
#include "base/timestamp.h"
#include "tally/clock.h"

void
stream_clock_init(struct stream_clock *c)
{
	*c = (struct stream_clock){ .jump_ns = CLOCK_JUMP_NS };
}

/* The rows far off must also be near each other to agree. */
enum clock_move
stream_clock_jump(struct stream_clock *c, int64_t ns)
{
	if (!c->started) {
		c->started = true;
		c->now_ns = ns;
		return CLOCK_ADVANCED;
	}
	if (c->agreeing == 0 ||
	    timestamp_distance(ns, c->other_ns) > (uint64_t)c->jump_ns) {
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
		warnx("the stream clock jumped by over an hour %s",
		    show_count(c->jumps, "time"));
}
