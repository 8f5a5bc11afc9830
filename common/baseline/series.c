/*
 * series - what is usual of one rate, learnt as it comes
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <string.h>

#include "base/timestamp.h"
#include "baseline/series.h"

#define DAY_NS		(86400 * NS_PER_S)
#define DAYS_DAILY	2	/* age of a series that knows its days */
#define DAYS_WEEKLY	14	/* its weeks */
#define BETTER		0.9	/* of two means, the later must be better */
#define QUIET_MAX	10.0	/* the most that a quiet half-hour weighs */
#define SMOOTHING	8	/* bins */
#define SIZE_SMOOTHING	6
#define MARK_SHARE	0.01	/* of the bins are above the mark */
#define MARK_FIRST	4.6	/* ln 100: the mark of an exponential */
#define MARK_MIN	1e-4	/* of the root, plus 1 */
#define FADE		2000	/* bins of 5 minutes, as in the rates below */
#define ZEROS_BINS	1000	/* of 5 minutes, over which zeros fade */
#define TINY		1e-30

void
series_scale_init(struct series_scale *c, int64_t width_ns)
{
	double seconds = (double)width_ns / (double)NS_PER_S;

	c->k = fmin(1, seconds / 300);
	c->per_slot = fmax(1, 1800 / seconds);
	c->fade = (unsigned)(FADE / c->k);
	/* 0.3 / per_slot is the rate for good after 3.3 per_slot bins. */
	c->week_unit = (unsigned)(c->per_slot / 76) + 1;
	c->sums = false;
}

void
series_init(struct series *s)
{
	memset(s, 0, sizeof(*s));
}

static double
root(double x)
{
	return copysign(sqrt(fabs(x)), x);
}

static double
square(double y)
{
	return copysign(y * y, y);
}

/* A mean is exact at first, then fades at a constant rate. */
static double
rate_of(double least, double seen)
{
	return fmax(least, 1 / (seen + 2));
}

static double
seen_in_week(const struct series *s, const struct series_scale *c,
    unsigned slot)
{
	return s->week_seen[slot] == 0 ? 0 :
	    1 + (s->week_seen[slot] - 1) * (double)c->week_unit;
}

/* The errors of the three expectations; returns which is used. */
static enum series_basis
choose(const struct series *s, const struct series_scale *c,
    const struct series_time *t, double y, double e[SERIES_BASES])
{
	int64_t age_ns = series_age(t->ns, s->first_ns);
	enum series_basis basis = SERIES_RECENT;
	double best = BETTER * s->error[SERIES_RECENT];

	e[SERIES_RECENT] = y - s->mean[SERIES_RECENT];
	e[SERIES_DAILY] = y - s->mean[SERIES_DAILY] - (double)s->day[t->day];
	e[SERIES_WEEKLY] = y - s->mean[SERIES_WEEKLY] -
	    (double)s->week[t->week];
	if (age_ns > DAYS_DAILY * DAY_NS && s->day_seen[t->day] > c->per_slot &&
	    s->error[SERIES_DAILY] < best) {
		basis = SERIES_DAILY;
		best = BETTER * s->error[SERIES_DAILY];
	}
	if (age_ns > DAYS_WEEKLY * DAY_NS && s->week_seen[t->week] > 0 &&
	    s->error[SERIES_WEEKLY] < best)
		basis = SERIES_WEEKLY;
	return basis;
}

/* How much an error weighs: more in half-hours that are usually quiet. */
static double
weight_of(const struct series *s, const struct series_time *t)
{
	double dev = (double)s->dev[t->day];

	if (series_age(t->ns, s->first_ns) <= DAYS_DAILY * DAY_NS ||
	    !(s->residual > 0))
		return 1;
	return fmin(QUIET_MAX, fmax(1, s->residual / fmax(dev, TINY)));
}

/*
 * The mark moves up and down by steps of which 99 up are as large as one down,
 * so that it settles where one bin in a hundred is above.
 */
static void
learn_mark(struct series *s, const struct series_scale *c, double y)
{
	double step, strain = (double)s->strain;

	if (s->bins < SERIES_YOUNG)
		s->mark += (MARK_FIRST * strain - s->mark) / (s->bins + 1);
	else {
		step = fmax(0.05 * c->k, 2.0 / (s->bins + 2.0));
		s->mark *= strain > s->mark ? 1 + (1 - MARK_SHARE) * step :
		    1 - MARK_SHARE * step;
	}
	s->mark = fmax(s->mark, MARK_MIN * (1 + fabs(y)));
}

static void
learn_slots(struct series *s, const struct series_scale *c,
    const struct series_time *t, const double e[SERIES_BASES], double used)
{
	double rate = rate_of(0.2 / c->per_slot, s->day_seen[t->day]);

	s->day[t->day] += (float)(rate * e[SERIES_DAILY]);
	s->dev[t->day] += (float)(rate * (used - (double)s->dev[t->day]));
	if (s->day_seen[t->day] < UINT16_MAX)
		s->day_seen[t->day]++;
	rate = rate_of(0.3 / c->per_slot, seen_in_week(s, c, t->week));
	s->week[t->week] += (float)(rate * e[SERIES_WEEKLY]);
	if (s->week_seen[t->week] < UINT8_MAX &&
	    (s->week_seen[t->week] == 0 || s->bins % c->week_unit == 0))
		s->week_seen[t->week]++;
}

static void
learn(struct series *s, const struct series_scale *c,
    const struct series_time *t, const double e[SERIES_BASES], double used)
{
	static const double follow[] = { 0.02, 0.003, 0.003 };
	double rate = rate_of(0.002 * c->k, s->bins);
	int i;

	s->residual += rate_of(0.001 * c->k, s->bins) * (used - s->residual);
	for (i = 0; i < SERIES_BASES; i++)
		s->error[i] += rate * (fabs(e[i]) - s->error[i]);
	learn_slots(s, c, t, e, used);
	for (i = 0; i < SERIES_BASES; i++)
		s->mean[i] += e[i] * rate_of(i == SERIES_RECENT ? follow[i] :
		    follow[i] * c->k, s->bins);
}

/* The rarity of the value's size, and of its smoothed root's. */
static void
score_level(struct series *s, const struct series_scale *c, double y,
    struct series_score *score)
{
	const struct rarity *r = &s->size;
	double share, smooth_share, v = score->value;

	s->smooth += (float)((y - (double)s->smooth) / SIZE_SMOOTHING);
	if (fabsf(s->smooth) < (float)TINY)
		s->smooth = 0;
	share = rarity_share(&s->size, v);
	smooth_share = rarity_share(&s->smooth_size, (double)s->smooth);
	score->smoothed = smooth_share < share;
	if (score->smoothed) {
		r = &s->smooth_size;
		v = (double)s->smooth;
		share = smooth_share;
	}
	score->level = fmin(SERIES_MAX, -log10(share));
	score->seen = rarity_count(r, v) - 1;
	score->of = rarity_total(r) - 1;
	score->typical = score->level < 2 ? v : rarity_mean(r);
	if ((s->bins + 1) % c->fade == 0) {
		rarity_fade(&s->size);
		rarity_fade(&s->smooth_size);
	}
}

/*
 * Silence is two bins of 0 in a row.  Its rarity is that of one: whatever the
 * size of the other values, which may share the bin of 0 in a histogram.
 */
static void
score_silence(struct series *s, const struct series_scale *c,
    struct series_score *score)
{
	bool zero = !(fabs(score->value) > 0), was_zero = s->was_zero;
	double n = fmin(s->bins, ZEROS_BINS / c->k), rarity;

	s->was_zero = zero;
	score->often_zero = (double)s->zeros > 0.01;
	if (c->sums && zero && was_zero) {
		rarity = -log10(fmax((double)s->zeros, 1 /
		    (RARITY_BINS * (n + 1))));
		score->silent = rarity > score->level;
		score->level = fmin(SERIES_MAX, fmax(score->level, rarity));
	}
	if (score->silent) {
		score->seen = (double)s->zeros * n;
		score->of = n;
		score->typical = 1;
		score->smoothed = false;
	}
	/* A bin late, so that a run is not compared with its first bin. */
	s->zeros += (float)((was_zero - (double)s->zeros) *
	    rate_of(c->k / ZEROS_BINS, s->bins));
}

static void
start(struct series *s, const struct series_time *t, double y)
{
	int i;

	for (i = 0; i < SERIES_BASES; i++)
		s->mean[i] = y;
	s->smooth = (float)y;
	s->first_ns = t->ns;
}

/*
 * The largest error that is learnt: the one that a single bin has the highest
 * score with.  What is further off, such as the value of a counter that was
 * reset, says no more, but would be remembered for days.
 */
static double
most_of(const struct series *s)
{
	return s->bins < SERIES_YOUNG ? INFINITY :
	    SERIES_MAX / 2 * SMOOTHING * s->mark;
}

static double
limited(double error, double most)
{
	return fmax(-most, fmin(most, error));
}

static void
score_amount(struct series *s, const struct series_time *t, double y,
    double error, struct series_score *score)
{
	double weight = weight_of(s, t);
	double strain = fmin(weight * fabs(error), most_of(s));

	s->strain += (float)((strain - (double)s->strain) / SMOOTHING);
	score->amount = s->mark > 0 ?
	    fmin(SERIES_MAX, 2 * (double)s->strain / s->mark) : 0;
	score->error = error;
	score->expected = square(y - error);
	score->margin = s->mark / weight / 2;
}

void
series_put(struct series *s, const struct series_scale *c,
    const struct series_time *t, double value, struct series_score *score)
{
	double y = root(value), e[SERIES_BASES], most;
	int i;

	if (s->bins == 0)
		start(s, t, y);
	if (value < 0)
		s->negative = 1;
	score->value = value;
	score->negative = s->negative;
	score->silent = false;
	score->basis = choose(s, c, t, y, e);
	most = most_of(s);
	score_amount(s, t, y, e[score->basis], score);
	y += limited(e[score->basis], most) - e[score->basis];
	score_level(s, c, y, score);
	score_silence(s, c, score);
	if (s->bins < SERIES_YOUNG)
		score->amount = score->level = 0;
	learn_mark(s, c, y);
	for (i = 0; i < SERIES_BASES; i++)
		e[i] = limited(e[i], most);
	learn(s, c, t, e, fabs(e[score->basis]));
	s->bins++;
}

void
series_range(const struct series_score *score, double amount, double *low,
    double *high)
{
	double middle = root(score->expected), half = amount * score->margin;

	*low = square(middle - half);
	*high = square(middle + half);
	if (!score->negative) {
		*low = fmax(*low, 0);
		*high = fmax(*high, 0);
	}
}

static bool
all_finite(const float *v, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (!(fabs((double)v[i]) <= SERIES_VALUE_MAX))
			return false;
	return true;
}

bool
series_valid(const struct series *s)
{
	int i;

	for (i = 0; i < SERIES_BASES; i++)
		if (!(fabs(s->mean[i]) <= SERIES_VALUE_MAX) ||
		    !(s->error[i] >= 0 && s->error[i] <= SERIES_VALUE_MAX))
			return false;
	return s->negative <= 1 && s->was_zero <= 1 &&
	    all_finite(s->day, SERIES_DAY) &&
	    all_finite(s->dev, SERIES_DAY) &&
	    all_finite(s->week, SERIES_WEEK) &&
	    all_finite(&s->strain, 1) && all_finite(&s->smooth, 1) &&
	    all_finite(&s->zeros, 1) &&
	    s->residual >= 0 && s->residual <= SERIES_VALUE_MAX &&
	    s->mark >= 0 && s->mark <= SERIES_VALUE_MAX &&
	    rarity_valid(&s->size) && rarity_valid(&s->smooth_size);
}
