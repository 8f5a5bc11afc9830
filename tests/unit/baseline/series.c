/*
 * series - unit test of what is learnt of one rate
 *
 * tests/rateflag.bats compares the scores with those of usual.awk.
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdlib.h>

#include "base/timestamp.h"
#include "baseline/series.h"
#include "tap.h"

static struct series series;
static struct series_scale scale;
static struct series_score score;
static int64_t now;		/* bins of a minute since a Sunday, 00:00 */

static void
start(void)
{
	series_init(&series);
	series_scale_init(&scale, 60 * NS_PER_S);
	now = 0;
}

static void
put(double v)
{
	struct series_time t = { .ns = now * 60 * NS_PER_S,
	    .day = (unsigned)(now / 30 % SERIES_DAY),
	    .week = (unsigned)(now / 30 % SERIES_WEEK) };

	series_put(&series, &scale, &t, v, &score);
	now++;
}

/* Noise between -1 and 1, the same in each run. */
static double
noise(void)
{
	static uint32_t x = 12345;

	x = x * 1664525 + 1013904223;
	return x / 2147483648.0 - 1;
}

/* Days of a rate that is 900 by day and 100 by night. */
static void
put_days(int days)
{
	int i;

	for (i = 0; i < days * 1440; i++)
		put((now / 720 % 2 == 0 ? 100 : 900) * (1 + 0.2 * noise()));
}

static void
test_young(void)
{
	double low, high;
	int i;

	start();
	for (i = 0; i < SERIES_YOUNG; i++) {
		put(i == 40 ? 1e9 : 100);
		if (score.amount > 0 || score.level > 0)
			break;
	}
	same_int(i, SERIES_YOUNG, "the first 50 bins have no score");
	start();
	for (i = 0; i < 200; i++)
		put(100);
	ok(score.amount < 0.1 && score.level < 0.1, "the same is no news");
	series_range(&score, 3, &low, &high);
	ok(low > 99.8 && high < 100.2, "its range is narrow");
	put(110);
	ok(score.amount > 5.9 && score.level > 3, "a step is");
	ok(score.seen < 1 && fabs(score.of - 200) < 1,
	    "no value of its size in the last 200");
}

static void
test_day(void)
{
	double low, high;

	start();
	put_days(10);
	ok(score.basis == SERIES_DAILY, "after days, the hour is known");
	now += 360;
	put_days(1);
	ok(score.basis == SERIES_DAILY, "a gap teaches nothing");
	for (; now % 1440 != 3 * 60;)
		put(100 + 20 * noise());
	put(900);
	series_range(&score, 3, &low, &high);
	ok(high < 300, "at night, the usual range is that of the night");
	put(900);
	put(900);
	ok(score.amount >= 3, "the rate of the day is unusual");
}

static void
test_week(void)
{
	int day, i;

	start();
	for (day = 0; day < 35; day++)
		for (i = 0; i < 1440; i++)
			put((day % 7 > 0 && day % 7 < 6 && i > 720 ? 900 :
			    100) * (1 + 0.1 * noise()));
	ok(score.basis == SERIES_WEEKLY, "weekends are known after weeks");
	ok(series_valid(&series), "it is valid");
	series.mean[1] = NAN;
	ok(!series_valid(&series), "with a mean that is no number it is not");
}

static void
test_negative(void)
{
	double low, high;
	int i;

	start();
	for (i = 0; i < 300; i++)
		put(5 * noise() + 5);
	series_range(&score, 6, &low, &high);
	ok(low >= 0, "what was never below 0 has no range there");
	for (i = 0; i < 300; i++)
		put(5 * noise() - 5);
	series_range(&score, 6, &low, &high);
	ok(low < -5, "what was has");
	start();
	for (i = 0; i < 1000; i++)
		put(i % 3 == 0 ? SERIES_VALUE_MAX : i % 3 == 1 ?
		    -SERIES_VALUE_MAX : 0);
	ok(series_valid(&series), "the largest values stay valid");
}

int
main(void)
{
	test_young();
	test_day();
	test_week();
	test_negative();
	series_scale_init(&scale, NS_PER_S);
	ok(scale.week_unit * 255 > 3.3 * scale.per_slot,
	    "a count of the week's half-hours is enough for seconds");
	series_scale_init(&scale, 86400 * NS_PER_S);
	ok(scale.k >= 1 && scale.per_slot >= 1, "bins of a day");
	return tap_done();
}
