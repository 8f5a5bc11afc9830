/*
 * rarity - how seldom a value of this size is seen
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>

#include "baseline/rarity.h"

#define HALF		(RARITY_BINS / 2)
#define EMPTY		0.3	/* a half of the range that weighs less goes */
#define FADED_MIN	10.0	/* unless there are fewer values in all */
#define BEYOND_MIN	50.0	/* values before one can be far outside */
#define BEYOND_SHARE	0.01	/* of the values may be so */

static double
sum(const float *count, int n)
{
	double total = 0;
	int i;

	for (i = 0; i < n; i++)
		total += (double)count[i];
	return total;
}

double
rarity_total(const struct rarity *r)
{
	return sum(r->count, RARITY_BINS) + (double)r->beyond;
}

/* Whether all values so far are the same: they are in the first bin. */
static bool
is_single(const struct rarity *r)
{
	return !(r->lo < r->hi);
}

/* The bin of a value, or -1 if it is outside of the range. */
static int
bin_of(const struct rarity *r, double value)
{
	int i;

	if (is_single(r))
		return value <= r->lo && value >= r->lo ? 0 : -1;
	if (value < r->lo || value >= r->hi)
		return -1;
	i = (int)((value - r->lo) / (r->hi - r->lo) * RARITY_BINS);
	return i < RARITY_BINS ? i : RARITY_BINS - 1;
}

/* Whether a range that had this value, too, would have the others in a bin. */
static bool
is_beyond(const struct rarity *r, double value)
{
	double width = RARITY_BINS * (r->hi - r->lo);

	return !is_single(r) && (value >= r->lo + width ||
	    value < r->hi - width);
}

double
rarity_count(const struct rarity *r, double value)
{
	int i = bin_of(r, value);

	if (i < 0)
		return is_beyond(r, value) ? (double)r->beyond : 0;
	return (double)r->count[i];
}

double
rarity_mean(const struct rarity *r)
{
	double total = sum(r->count, RARITY_BINS), mean = 0;
	int i;

	if (is_single(r) || !(total > 0))
		return r->lo;
	for (i = 0; i < RARITY_BINS; i++)
		mean += (double)r->count[i] * (i + 0.5);
	return r->lo + (r->hi - r->lo) * mean / RARITY_BINS / total;
}

/* Merges the bins in pairs: the new ones start at this one, 0 or HALF. */
static void
merge_pairs(struct rarity *r, int at)
{
	float pair[HALF];
	int i;

	for (i = 0; i < HALF; i++)
		pair[i] = r->count[2 * i] + r->count[2 * i + 1];
	for (i = 0; i < RARITY_BINS; i++)
		r->count[i] = 0;
	for (i = 0; i < HALF; i++)
		r->count[at + i] = pair[i];
}

/*
 * The first value that differs is the middle of the range, and the values
 * before are at its end, within it.
 */
static void
open_range(struct rarity *r, double value)
{
	double old = r->lo, step = value - old;
	float n = r->count[0];

	r->count[0] = 0;
	if (step > 0) {
		r->hi = value + step;
		r->count[0] = n;
	} else {
		r->lo = value + step;
		r->hi = nextafter(old, INFINITY);
		r->count[RARITY_BINS - 1] = n;
	}
}

/* Makes the range include a value. */
static void
widen(struct rarity *r, double value)
{
	if (is_single(r))
		open_range(r, value);
	while (value >= r->hi) {
		r->hi += r->hi - r->lo;
		merge_pairs(r, 0);
	}
	while (value < r->lo) {
		r->lo -= r->hi - r->lo;
		merge_pairs(r, HALF);
	}
}

/*
 * Counts a value outside of the range, which includes it from now on unless it
 * is one of few far outside.
 */
static void
count_outside(struct rarity *r, double value, double n)
{
	double beyond = (double)r->beyond + 1;

	if (n >= BEYOND_MIN && is_beyond(r, value)) {
		if (beyond <= BEYOND_SHARE * n) {
			r->beyond++;
			return;
		}
		widen(r, value);
		r->count[bin_of(r, value)] += r->beyond;
		r->beyond = 0;
	} else
		widen(r, value);
	r->count[bin_of(r, value)]++;
}

double
rarity_share(struct rarity *r, double value)
{
	double n = rarity_total(r), seen, share;

	if (!(n > 0)) {
		r->lo = r->hi = value;
		r->count[0] = 1;
		return 1;
	}
	seen = rarity_count(r, value);
	share = seen > 0 ? seen / (n + 1) : 1 / (RARITY_BINS * (n + 1));
	if (bin_of(r, value) < 0)
		count_outside(r, value, n);
	else
		r->count[bin_of(r, value)]++;
	return share;
}

/* Gives up a half of the range: the bins from this one on are split. */
static void
split(struct rarity *r, int from)
{
	double middle = r->lo + (r->hi - r->lo) / 2;
	float half[HALF];
	int i;

	for (i = 0; i < HALF; i++)
		half[i] = r->count[from + i] / 2;
	for (i = 0; i < RARITY_BINS; i++)
		r->count[i] = half[i / 2];
	if (from == 0)
		r->hi = middle;
	else
		r->lo = middle;
}

/* Whether its bins can be split: numbers have no more than 53 bits. */
static bool
is_wide(const struct rarity *r)
{
	return r->hi - r->lo > 1e-9 * (fabs(r->lo) + fabs(r->hi)) &&
	    r->hi - r->lo > 1e-200;
}

void
rarity_fade(struct rarity *r)
{
	double low, high;
	int i;

	for (i = 0; i < RARITY_BINS; i++)
		r->count[i] /= 2;
	r->beyond /= 2;
	if (is_single(r) || !is_wide(r))
		return;
	low = sum(r->count, HALF);
	high = sum(r->count + HALF, HALF);
	if (low + high <= FADED_MIN)
		return;
	if (low < EMPTY)
		split(r, HALF);
	else if (high < EMPTY)
		split(r, 0);
}

bool
rarity_valid(const struct rarity *r)
{
	int i;

	for (i = 0; i < RARITY_BINS; i++)
		if (!isfinite(r->count[i]) || r->count[i] < 0)
			return false;
	return r->beyond >= 0 && isfinite(r->beyond) &&
	    isfinite(r->lo) && isfinite(r->hi) && r->lo <= r->hi &&
	    fabs(r->lo) < 1e300 && fabs(r->hi) < 1e300 &&
	    (is_single(r) || r->hi - r->lo > 1e-290);
}
