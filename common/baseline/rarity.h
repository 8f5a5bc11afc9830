/*
 * rarity - how seldom a value of this size is seen
 *
 * A histogram of 16 equal bins over a range that adapts: it doubles towards a
 * value outside, and halves when one half of it has been empty for long.  The
 * counts are halved from time to time, so that the far past fades.
 *
 * A value so far outside that all others would share a bin, as a counter that
 * was reset makes it, is counted apart, lest it blur them: until such values
 * are one in a hundred.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef RARITY_H
#define RARITY_H

#include <stdbool.h>

#define RARITY_BINS	16

struct rarity {
	double	lo, hi;			/* the range, without hi */
	float	count[RARITY_BINS];	/* halved counts are no whole numbers */
	float	beyond;			/* the values that are far outside */
};

/*
 * The share of the values so far that fell into the bin of this value: of one
 * in an empty bin, a sixteenth of a value.  Then counts the value, which is
 * finite.  The first value has the share 1.
 */
double	rarity_share(struct rarity *, double value);

/*
 * How many values there were in the bin of this value, and in all, both as
 * faded.
 */
double	rarity_count(const struct rarity *, double value);
double	rarity_total(const struct rarity *);

/* The mean of the values, as exact as the bins are. */
double	rarity_mean(const struct rarity *);

/* Halves the counts, and gives up a half of the range that is empty by now. */
void	rarity_fade(struct rarity *);

/* Whether it can be one: for a histogram that was read from a file. */
bool	rarity_valid(const struct rarity *);

#endif
