/*
 * series - what is usual of one rate, learnt as it comes
 *
 * A series is one value in each bin of time.  Each value is scored against
 * what the series has learnt from those before, then learnt itself.  Memory is
 * constant.  Scores are decades of rarity: 3 is about one bin in a thousand.
 *
 * Values are compared as square roots, of which the variance depends less on
 * the size.  Three expectations compete, each for an offset: the recent mean,
 * the mean of this half-hour of the day, and of this half-hour of the week.
 * The amount score compares the error, smoothed, with the mark that one bin in
 * a hundred exceeds; the level score is the rarity of the value's size at any
 * hour, or of bins without anything.  rateflag(1) explains the method.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SERIES_H
#define SERIES_H

#include <stdbool.h>
#include <stdint.h>

#include "baseline/rarity.h"

#define SERIES_DAY	48	/* half-hours */
#define SERIES_WEEK	(7 * SERIES_DAY)
#define SERIES_YOUNG	50	/* bins without a score */
#define SERIES_MAX	6.0	/* the highest score */
#define SERIES_VALUE_MAX 1e18	/* a value is from minus this to this */

/* Which expectation was used. */
enum series_basis { SERIES_RECENT, SERIES_DAILY, SERIES_WEEKLY, SERIES_BASES };

/* What depends on the width of a bin. */
struct series_scale {
	double	 k;		/* keeps long memories the same in time */
	double	 per_slot;	/* bins in half an hour */
	unsigned fade;		/* bins between two halvings of histograms */
	unsigned week_unit;	/* bins for one count of a slot of the week */
	bool	 sums;		/* 0 means nothing: two in a row are silence */
};

/* When a bin starts. */
struct series_time {
	int64_t	 ns;
	unsigned day;		/* half-hour of the day, of the clock */
	unsigned week;		/* of the week */
};

struct series {
	float	 day[SERIES_DAY];	/* offset from mean[SERIES_DAILY] */
	float	 dev[SERIES_DAY];	/* mean absolute error */
	float	 week[SERIES_WEEK];	/* offset from mean[SERIES_WEEKLY] */
	uint16_t day_seen[SERIES_DAY];	/* bins */
	uint8_t	 week_seen[SERIES_WEEK];	/* week_unit bins, saturating */
	struct rarity size;		/* of the values */
	struct rarity smooth_size;	/* of their smoothed roots */
	double	 mean[SERIES_BASES];
	double	 error[SERIES_BASES];	/* mean absolute error of each */
	double	 residual;		/* the same of the one used */
	double	 mark;			/* one bin in a hundred exceeds it */
	float	 strain;		/* the error, weighted and smoothed */
	float	 smooth;		/* the roots, smoothed */
	float	 zeros;			/* share of bins with value 0, faded */
	uint32_t bins;			/* seen */
	int64_t	 first_ns;
	uint8_t	 negative;		/* 1: a value was below 0 */
	uint8_t	 was_zero;		/* 1: the last value was 0 */
};

/* What is said of a value. */
struct series_score {
	double	 value;
	double	 expected;
	double	 amount, level;		/* 0 for a young series */
	enum series_basis basis;
	double	 error;			/* root less root expected */
	double	 margin;		/* of the root, for an amount of 1 */
	bool	 negative;
	bool	 often_zero;		/* more than one bin in a hundred */
	double	 seen, of;		/* values of this size, faded */
	double	 typical;		/* mean of the histogram that decided */
	bool	 smoothed;		/* which was that of smoothed roots */
	bool	 silent;		/* or that of bins with value 0 */
};

/* For bins of this width, a second to a day. */
void	 series_scale_init(struct series_scale *, int64_t width_ns);

/* How long after another time a time is; 0 if it is before. */
static inline int64_t
series_age(int64_t ns, int64_t first_ns)
{
	uint64_t age = ns > first_ns ? (uint64_t)ns - (uint64_t)first_ns : 0;

	return age > INT64_MAX ? INT64_MAX : (int64_t)age;
}

/* A series without values. */
void	 series_init(struct series *);

/* Scores a bin's value, which is within SERIES_VALUE_MAX, and learns it. */
void	 series_put(struct series *, const struct series_scale *,
	    const struct series_time *, double value, struct series_score *);

/*
 * The usual range of a value for this amount score: [*low, *high].  Not below
 * 0 unless the series has been.
 */
void	 series_range(const struct series_score *, double amount, double *low,
	    double *high);

/* Whether it can be one: for a series that was read from a file. */
bool	 series_valid(const struct series *);

#endif
