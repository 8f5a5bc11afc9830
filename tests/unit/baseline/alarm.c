/*
 * alarm - unit test of alarms and incidents
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>

#include "base/timestamp.h"
#include "baseline/alarm.h"
#include "tap.h"

#define DAY	(86400 * NS_PER_S)

static struct series series;
static struct alarm alarm_;
static struct alarm_policy policy;
static struct alarm_event event[2];
static double final;

static void
start(void)
{
	struct series_scale scale;

	series_scale_init(&scale, 60 * NS_PER_S);
	alarm_policy_init(&policy, &scale);
	alarm_ = (struct alarm){ .at = 0 };
	series.bins = 5000;
	series.first_ns = 0;
}

/* A bin later: what a value with these scores makes. */
static size_t
judge(double value, double error, double amount, double level)
{
	struct series_score score = { .value = value, .amount = amount,
	    .level = level, .error = error, .typical = 50 };

	series.bins++;
	return alarm_judge(&alarm_, &policy, &series, &score,
	    10 * DAY, event, &final);
}

static void
quiet(int bins)
{
	while (bins-- > 0)
		judge(50, 0, 0, 0);
}

static void
test_hold(void)
{
	start();
	judge(90, 1, 4, 2);
	same_int((int64_t)judge(90, 1, 6, 6), 0,
	    "both scores are held while the incident is open");
	quiet(10);
	same_int((int64_t)judge(90, 1, 6, 2), 0, "one is held after it");
	same_int((int64_t)judge(90, 1, 2, 6), 0, "whichever it is");
	ok(judge(90, 1, 6, 6) == 1 && event[0].phase == ALARM_START &&
	    final > 3, "both are an alarm");
}

static void
test_incident(void)
{
	size_t i, n = 0;

	start();
	same_int((int64_t)judge(90, 1, 2.99, 2), 0, "2.99 is no alarm");
	ok(judge(90, 1, 3, 2) == 1 && event[0].phase == ALARM_START &&
	    event[0].rule == ALARM_HIGH && event[0].by_amount &&
	    !event[0].by_level, "3 is one");
	ok(final >= 3, "the score says so");
	same_int((int64_t)judge(120, 1, 4, 4), 0, "then it is held");
	ok(final < 0.1, "and has no score");
	for (i = 0; i < 9; i++)
		n += judge(50, 0, 1, 1);
	same_int((int64_t)n, 0, "9 usual bins do not end the incident");
	ok(judge(50, 0, 1, 1) == 1 && event[0].phase == ALARM_END &&
	    fabs(event[0].value - 120) < 1e-9, "the 10th does, with the most");
	quiet(108);
	same_int((int64_t)judge(99, 1, 6, 2), 0, "the 120th bin is held");
	same_int((int64_t)judge(99, 1, 6, 6), 1, "the 121st is not");
}

static void
test_raise(void)
{
	start();
	judge(90, 1, 3, 1);
	quiet(200);
	same_int((int64_t)judge(90, 1, 3.1, 3.19), 1,
	    "only the score that fired is raised");
	quiet(200);
	same_int((int64_t)judge(90, 1, 3.15, 3.15), 0, "then both are");
	ok(alarm_limit(&alarm_, &policy) > 3.19, "so the range is wider");
	quiet(200000);
	same_int((int64_t)judge(90, 1, 3.02, 1), 1, "for a while");
}

static void
test_rules(void)
{
	start();
	ok(judge(0, -1, 4, 1) == 1 && event[0].rule == ALARM_SILENT,
	    "nothing where there always is something is silence");
	start();
	ok(judge(10, -1, 4, 1) == 1 && event[0].rule == ALARM_LOW,
	    "less is low");
	start();
	ok(judge(80, -1, 1, 4) == 1 && event[0].rule == ALARM_HIGH &&
	    event[0].by_level, "a level is high or low by the typical size");
	quiet(5);
	for (series.bins += 120; series.bins % 2 == 1;)
		series.bins++;
	ok(judge(5, -1, 5, 1) == 2 && event[0].phase == ALARM_END &&
	    event[0].rule == ALARM_HIGH && event[1].phase == ALARM_START &&
	    event[1].rule == ALARM_LOW, "the other direction is another");
	series.bins += 120;
	ok(judge(3, -1, 5.5, 1) == 1 && event[0].phase == ALARM_UPDATE &&
	    event[0].rule == ALARM_LOW, "the same one is an update");
}

static void
test_silence(void)
{
	size_t n = 0;
	int i;

	start();
	judge(0, -1, 4, 1);
	for (i = 0; i < 500; i++)
		n += judge(0, 0, 1, 1);
	same_int((int64_t)n, 0, "a silence that has become usual goes on");
	for (i = 0; i < 9; i++)
		n += judge(50, 0, 1, 1);
	ok(n == 0 && judge(50, 0, 1, 1) == 1 && event[0].phase == ALARM_END &&
	    event[0].rule == ALARM_SILENT, "till something has come again");
}

static void
test_warm_up(void)
{
	start();
	series.first_ns = 9 * DAY;
	same_int((int64_t)judge(90, 1, 6, 6), 0, "no alarm on the first days");
	ok(final > 5.9, "but a score");
}

/* Alarms in a year of minutes with scores that exceed 3 every two hours. */
static int
year(double bearable)
{
	int i, alarms = 0;
	uint32_t x = 1;

	start();
	policy.bearable = bearable / (7 * 1440);
	for (i = 0; i < 365 * 1440; i++) {
		x = x * 1664525 + 1013904223;
		/* Exponential: each decade has a tenth of the bins. */
		if (judge(90, 1, fmin(6, -log10((x >> 8) / 16777216.0 +
		    1e-9)), 0) > 0 && event[0].phase != ALARM_END)
			alarms++;
	}
	return alarms;
}

static void
test_bearable(void)
{
	int often = year(7), seldom = year(1);

	ok(often > 7 * 52 * 0.8 && often < 7 * 52 * 1.2,
	    "7 a week are borne: %d in a year", often);
	ok(seldom > 52 * 0.7 && seldom < 52 * 1.3,
	    "1 a week is: %d in a year", seldom);
}

int
main(void)
{
	test_incident();
	test_hold();
	test_raise();
	test_rules();
	test_silence();
	test_warm_up();
	test_bearable();
	alarm_.rule = ALARM_RULES;
	ok(!alarm_valid(&alarm_), "a rule that there is not is refused");
	return tap_done();
}
