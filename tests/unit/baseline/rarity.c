/*
 * rarity - unit test of the histogram that adapts
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>

#include "baseline/rarity.h"
#include "tap.h"

/* Puts a value in n times; returns the last share. */
static double
put(struct rarity *r, int n, double v)
{
	double share = -1;

	while (n-- > 0)
		share = rarity_share(r, v);
	return share;
}

static bool
near(double a, double b)
{
	return fabs(a - b) < 1e-6;
}

static void
test_shares(void)
{
	struct rarity r = { .lo = 0 };

	ok(near(put(&r, 1, 5), 1), "the first value is not rare");
	ok(near(put(&r, 9, 5), 9.0 / 10), "the same again: 9 of 9, plus one");
	ok(near(put(&r, 1, 6), 1 / (16 * 11.0)),
	    "another is as rare as a sixteenth of one of 10 values");
	ok(near(r.lo, 5) && near(r.hi, 7),
	    "it is in the middle of the range, which starts at the others");
	ok(near(put(&r, 1, 5.1), 10 / 12.0), "values share bins");
	ok(near(rarity_total(&r), 12), "all values are counted");
	ok(near(put(&r, 1, 7), 1 / (16 * 13.0)), "a value at the end is out");
	ok(near(r.lo, 5) && near(r.hi, 9), "the range doubles towards it");
	ok(near(put(&r, 1, 5.2), 11 / 14.0) && near(put(&r, 1, 6), 1 / 15.0),
	    "the bins are merged in pairs");
	put(&r, 1, -4);
	ok(near(r.lo, -7) && near(r.hi, 9), "it doubles downwards, twice");
	ok(near(put(&r, 1, 5.2), 12 / 17.0), "and keeps what it has");
}

static void
test_beyond(void)
{
	struct rarity r = { .lo = 0 };

	put(&r, 200, 1);
	put(&r, 200, 2);
	ok(near(r.lo, 1) && near(r.hi, 3), "400 values from 1 to 3");
	ok(near(put(&r, 1, 1e9), 1 / (16 * 401.0)) && near(r.hi, 3),
	    "one that would blur them is rare, and leaves the range");
	ok(near(put(&r, 1, -1e6), 1 / 402.0) && near(r.lo, 1),
	    "so does another, which is no longer as rare");
	ok(near(rarity_total(&r), 402) && near(rarity_count(&r, 1e9), 2) &&
	    rarity_mean(&r) < 3, "they are counted apart");
	put(&r, 1, 30);
	ok(near(r.hi, 33), "one less far away widens it");
	put(&r, 2, 1e9);
	ok(near(r.hi, 33), "four far away are less than one in a hundred");
	put(&r, 1, 1e9);
	ok(r.hi > 1e9 && near(rarity_count(&r, 1e9), 5),
	    "five of them are values like others");
	r.beyond = NAN;
	ok(!rarity_valid(&r), "their number is one");
}

static void
test_below(void)
{
	struct rarity r = { .lo = 0 };

	put(&r, 3, 10);
	put(&r, 1, 8);
	ok(near(r.lo, 6) && r.hi > 10 && near(r.hi, 10),
	    "a second value below: the first one is still within");
	ok(near(put(&r, 1, 10), 3.0 / 5), "and in the bin of its like");
}

static void
test_fade(void)
{
	struct rarity r = { .lo = 0 };

	put(&r, 100, 0);
	put(&r, 1, 8);
	ok(near(r.hi, 16), "a range to 16");
	put(&r, 1, 1);
	rarity_fade(&r);
	ok(near(rarity_total(&r), 51) && near(r.hi, 16),
	    "counts are halved, and a half that weighs 0.5 stays");
	rarity_fade(&r);
	ok(near(rarity_total(&r), 25.25) && near(r.hi, 8) && near(r.lo, 0),
	    "one that weighs 0.25 goes");
	ok(near(rarity_count(&r, 0), 12.5) && near(rarity_count(&r, 0.6), 12.5),
	    "the bins of the other are split");
	rarity_fade(&r);
	rarity_fade(&r);
	ok(near(r.hi, 4) && near(rarity_total(&r), 6.3125),
	    "of fewer than 10 values no half goes");
}

static void
test_extremes(void)
{
	struct rarity r = { .lo = 0 };
	int i;

	put(&r, 1, 0);
	put(&r, 1, 1e-100);
	put(&r, 1, 1e18);
	put(&r, 1, -1e18);
	ok(rarity_valid(&r) && near(rarity_total(&r), 4),
	    "the widest of ranges");
	for (i = 0; i < 400; i++) {
		put(&r, 20, 0);
		rarity_fade(&r);
	}
	ok(rarity_valid(&r), "is narrowed");
	put(&r, 20, 1e18);
	ok(rarity_valid(&r), "and wide again");
	r = (struct rarity){ .lo = 0 };
	put(&r, 100, 1e18);
	put(&r, 1, 1e18 + 128);
	for (i = 0; i < 100; i++)
		rarity_fade(&r);
	put(&r, 1, -1e18);
	ok(rarity_valid(&r), "values that differ by the last bit");
	r.count[3] = -1;
	ok(!rarity_valid(&r), "a negative count is refused");
	r.count[3] = 0;
	r.hi = NAN;
	ok(!rarity_valid(&r), "so is a range of no numbers");
}

int
main(void)
{
	struct rarity r = { .lo = 0 };

	test_shares();
	test_beyond();
	test_below();
	test_fade();
	test_extremes();
	put(&r, 3, 2);
	put(&r, 1, 6);
	ok(fabs(rarity_mean(&r) - 3) < 0.3, "the mean is that of the bins");
	return tap_done();
}
