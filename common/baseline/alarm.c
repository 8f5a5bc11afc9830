/*
 * alarm - when a score is an alarm, and incidents made of alarms
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>

#include "base/timestamp.h"
#include "baseline/alarm.h"

#define RAISE		0.2	/* of an alarm */
#define RAISE_MAX	2.0
#define OWN_STEP	0.25	/* of an alarm, if calibrated */
#define OWN_MIN		(-1.0)
#define OWN_MAX		2.9	/* below it, the highest score still fires */
#define FADE_BINS	8000	/* of 5 minutes */

const char *const alarm_rule_names[ALARM_RULES] = { "rate-high", "rate-low",
    "rate-silent", "rate-new" };

void
alarm_policy_init(struct alarm_policy *p, const struct series_scale *c)
{
	*p = (struct alarm_policy){ .threshold = ALARM_THRESHOLD,
	    .warm_up_ns = 2 * 86400 * NS_PER_S, .fade = c->k / FADE_BINS };
}

double
alarm_limit(const struct alarm *a, const struct alarm_policy *p)
{
	return p->threshold + (double)a->own + (double)a->amount_raise;
}

/* Which way the value is off. */
static enum alarm_rule
rule_of(const struct series_score *score, bool by_amount)
{
	double v = score->value;
	bool high;

	if (by_amount)
		high = score->error > 0;
	else if (score->smoothed)
		high = copysign(sqrt(fabs(v)), v) > score->typical;
	else
		high = v > score->typical;
	if (high)
		return ALARM_HIGH;
	return fabs(v) > 0 || score->often_zero ? ALARM_LOW : ALARM_SILENT;
}

/* An alarm is due: the thresholds go up. */
static void
raise(struct alarm *a, const struct alarm_policy *p, bool amount, bool level)
{
	if (p->bearable > 0) {
		a->own = (float)fmin(OWN_MAX, (double)a->own + OWN_STEP);
		return;
	}
	if (amount)
		a->amount_raise = (float)fmin(RAISE_MAX,
		    (double)a->amount_raise + RAISE);
	if (level)
		a->level_raise = (float)fmin(RAISE_MAX,
		    (double)a->level_raise + RAISE);
}

static void
fade(struct alarm *a, const struct alarm_policy *p)
{
	a->amount_raise -= (float)((double)a->amount_raise * p->fade);
	a->level_raise -= (float)((double)a->level_raise * p->fade);
	if (p->bearable > 0)
		a->own = (float)fmax(OWN_MIN, (double)a->own -
		    OWN_STEP * p->bearable);
}

/* Takes a value into the incident. */
static void
extend(struct alarm *a, double value)
{
	a->extreme = a->rule == ALARM_HIGH || a->rule == ALARM_NEW ?
	    fmax(a->extreme, value) : fmin(a->extreme, value);
}

static struct alarm_event
end(struct alarm *a)
{
	a->open = 0;
	return (struct alarm_event){ .phase = ALARM_END,
	    .rule = (enum alarm_rule)a->rule, .value = a->extreme };
}

/* An alarm in the other direction ends the incident and starts one. */
static size_t
alert(struct alarm *a, const struct series_score *score, bool amount,
    bool level, struct alarm_event event[2])
{
	enum alarm_rule rule = rule_of(score, amount);
	size_t n = 0;
	bool same = rule == (enum alarm_rule)a->rule ||
	    (rule == ALARM_HIGH) == (a->rule == ALARM_HIGH ||
	    a->rule == ALARM_NEW);
	enum alarm_phase phase = a->open && same ? ALARM_UPDATE : ALARM_START;

	if (a->open && !same)
		event[n++] = end(a);
	if (phase == ALARM_START) {
		a->open = 1;
		a->rule = (uint8_t)rule;
		a->extreme = score->value;
	}
	extend(a, score->value);
	event[n++] = (struct alarm_event){ .phase = phase,
	    .rule = (enum alarm_rule)a->rule, .value = a->extreme,
	    .by_amount = amount, .by_level = level };
	return n;
}

/*
 * Whether an incident goes on.  The amount score is smoothed and stays high for
 * a while, so the value itself must be outside of the usual range, too.  A
 * silence lasts while nothing comes, however usual that has become.
 */
static bool
is_off(const struct alarm *a, const struct series_score *score,
    double threshold)
{
	if (a->open && a->rule == ALARM_SILENT && !(fabs(score->value) > 0))
		return true;
	return score->level >= threshold || (score->amount >= threshold &&
	    fabs(score->error) >= threshold * score->margin);
}

size_t
alarm_judge(struct alarm *a, const struct alarm_policy *p,
    const struct series *s, const struct series_score *score, int64_t ns,
    struct alarm_event event[2], double *final)
{
	double threshold = p->threshold + (double)a->own;
	double by_amount = score->amount - (double)a->amount_raise;
	double by_level = score->level - (double)a->level_raise;
	bool held = a->at > 0 && s->bins - a->at <= ALARM_HOLD;
	bool warm = series_age(ns, s->first_ns) >= p->warm_up_ns;
	bool amount = by_amount >= threshold, level = by_level >= threshold;
	bool due = held ? !a->open && amount && level : amount || level;

	*final = held && !due ? 0 : fmax(0, fmax(by_amount, by_level));
	fade(a, p);
	if (due && (warm || p->bearable > 0)) {
		raise(a, p, amount, level);
		a->at = s->bins;
	}
	if (is_off(a, score, threshold))
		a->matched = s->bins;
	if (due && warm)
		return alert(a, score, amount, level, event);
	if (!a->open)
		return 0;
	if (s->bins - a->matched >= ALARM_QUIET) {
		event[0] = end(a);
		return 1;
	}
	extend(a, score->value);
	return 0;
}

bool
alarm_valid(const struct alarm *a)
{
	return a->amount_raise >= 0 && (double)a->amount_raise <= RAISE_MAX &&
	    a->level_raise >= 0 && (double)a->level_raise <= RAISE_MAX &&
	    fabs((double)a->own) <= OWN_MAX && a->rule < ALARM_RULES &&
	    a->open <= 1 && fabs(a->extreme) <= SERIES_VALUE_MAX;
}
