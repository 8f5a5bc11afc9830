/*
 * clock - unit test of the stream clock and the bins
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

static void
test_bins(void)
{
	same_int(timebin_of(-S / 2, S), -1, "-0.5 s is in bin -1");
	same_int(timebin_of(-S, S), -1, "-1 s starts bin -1");
	same_int(timebin_of(0, S), 0, "0 starts bin 0");
	same_int(timebin_of(S - 1, S), 0, "the last ns of bin 0 is in it");
	same_int(timebin_of(INT64_MAX, S), INT64_C(9223372036),
	    "the greatest time has a bin");
	same_int(timebin_of(INT64_MIN, S), INT64_C(-9223372037),
	    "the least time has a bin");
	same_int(timebin_start(-1, S), -S, "bin -1 starts at -1 s");
	same_int(timebin_start(INT64_C(-9223372037), S), INT64_MIN,
	    "the first bin starts at the least time");
	same_int(timebin_of(timebin_start(INT64_C(-9223372037), S),
	    60 * S), timebin_of(INT64_MIN, 60 * S),
	    "the first bin's start is in the first bin of a minute");
}

static void
test_spike(void)
{
	ok(!timebin_is_spike(100, 100, S), "the limit itself is no spike");
	ok(timebin_is_spike(101, 100, S), "a byte more is one");
	ok(!timebin_is_spike(1000, 100, 10 * S), "the limit is by the second");
	ok(timebin_is_spike(1, 999, S / 1000),
	    "1 byte in 1 ms is more than 999 a second");
	ok(!timebin_is_spike(1, 1000, S / 1000), "but not than 1000");
	ok(!timebin_is_spike(INT64_MAX, INT64_MAX, 366 * 86400 * S),
	    "the largest figures do not wrap");
}

int
main(void)
{
	test_clock();
	test_clock_edges();
	test_bins();
	test_spike();
	return tap_done();
}
