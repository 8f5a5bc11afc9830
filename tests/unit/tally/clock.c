/*
 * clock - unit test of the stream clock
 *
 * SPDX-License-Identifier: ISC
 */
#include "tally/clock.h"
#include "tap.h"

#define S	INT64_C(1000000000)
#define HOUR	(3600 * S)

/* Shows the clock n times the same time; returns what the last one did. */
static enum clock_move
see(struct stream_clock *c, unsigned n, int64_t ns)
{
	enum clock_move move = CLOCK_STAYED;

	while (n-- > 0)
		move = stream_clock_see(c, ns);
	return move;
}

static void
test_clock(void)
{
	struct stream_clock c;

	stream_clock_init(&c);
	ok(see(&c, 1, 5 * S) == CLOCK_ADVANCED && c.now_ns == 5 * S,
	    "the first time starts the clock");
	ok(see(&c, 1, 7 * S) == CLOCK_ADVANCED && c.now_ns == 7 * S,
	    "a newer time moves it");
	ok(see(&c, 1, 6 * S) == CLOCK_STAYED && c.now_ns == 7 * S,
	    "an older time does not");
	ok(see(&c, 1, 7 * S + HOUR) == CLOCK_ADVANCED,
	    "exactly an hour is no jump");
	ok(see(&c, 15, 2 * HOUR + 8 * S) == CLOCK_STAYED && c.jumps == 0,
	    "15 rows from the future leave it alone");
	ok(see(&c, 1, 2 * HOUR + 8 * S) == CLOCK_JUMPED && c.jumps == 1 &&
	    c.now_ns == 2 * HOUR + 8 * S, "the 16th takes it along");
	see(&c, 15, 0);
	see(&c, 1, c.now_ns);
	ok(see(&c, 15, 0) == CLOCK_STAYED && c.now_ns == 2 * HOUR + 8 * S,
	    "a row at the clock's time ends the run");
	ok(see(&c, 1, -1 * S) == CLOCK_JUMPED && c.now_ns == 0 &&
	    c.jumps == 2, "it jumps back too, to the newest that agree");
}

static void
test_clock_edges(void)
{
	struct stream_clock c;
	unsigned i;

	stream_clock_init(&c);
	c.jump_ns = 5 * HOUR;
	see(&c, 1, 0);
	ok(see(&c, 1, 4 * HOUR) == CLOCK_ADVANCED &&
	    see(&c, 1, 10 * HOUR) == CLOCK_STAYED,
	    "the caller may set what a jump is");

	stream_clock_init(&c);
	stream_clock_see(&c, 0);
	for (i = 0; i < 40; i++)
		stream_clock_see(&c, i % 2 ? 5 * HOUR : -5 * HOUR);
	ok(c.now_ns == 0 && c.jumps == 0,
	    "rows that jump to different times do not agree");
	see(&c, 16, INT64_MAX);
	ok(c.now_ns == INT64_MAX, "it reaches the greatest time");
	see(&c, 16, INT64_MIN);
	ok(c.now_ns == INT64_MIN, "and from there the least");
	ok(timestamp_before(INT64_MIN + 5, 6) == INT64_MIN,
	    "nothing is before the least time");
	ok(timestamp_before(10, 6) == 4, "six before ten is four");
}

int
main(void)
{
	test_clock();
	test_clock_edges();
	return tap_done();
}
