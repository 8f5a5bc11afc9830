/*
 * binclock - where bins of time start, and how long they are
 *
 * Bins of one width are aligned to the Unix epoch, or to the clock of the
 * program's zone.  By a zone's clock, a bin starts when the clock shows a
 * multiple of the width, skips one, or is set back to one; so a day in which
 * the clock is changed has 23 or 25 hours, and each hour is an hour.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef BINCLOCK_H
#define BINCLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/timestamp.h"

struct binclock {
	int64_t		 width_ns;
	bool		 zoned;
	/* The bin of the time asked for last. */
	int64_t		 bin;
	int64_t		 start_ns;
	uint64_t	 length_ns;
};

/*
 * Prepares for bins of a width, which is whole seconds for bins by the zone's
 * clock (see zone_choose).
 */
void	 binclock_init(struct binclock *, int64_t width_ns, bool zoned);

/* What binclock_bin does for a time of another bin. */
void	 binclock_move(struct binclock *, int64_t ns);

/* Whether a time is in the bin of the time asked for last. */
static inline bool
binclock_stays(const struct binclock *c, int64_t ns)
{
	return (uint64_t)ns - (uint64_t)c->start_ns < c->length_ns;
}

/* Makes the next time one of another bin. */
static inline void
binclock_forget(struct binclock *c)
{
	c->length_ns = 0;
}

/*
 * The number of the bin of a time.  Numbers are in the order of bins; those of
 * a zone are not consecutive.
 */
static inline int64_t
binclock_bin(struct binclock *c, int64_t ns)
{
	if (!binclock_stays(c, ns))
		binclock_move(c, ns);
	return c->bin;
}

/* The number of the next bin. */
int64_t	 binclock_next(const struct binclock *, int64_t bin);

/*
 * When a bin starts.  The first bin starts before the least time there is; the
 * result is then that time, which is in it.
 */
int64_t	 binclock_start_ns(const struct binclock *, int64_t bin);

/* How long a bin is. */
uint64_t binclock_length_ns(const struct binclock *, int64_t bin);

/*
 * How many bins there are between two, at most max: those after the first and
 * before the second.
 */
uint64_t binclock_between(const struct binclock *, int64_t first,
	    int64_t second, uint64_t max);

#endif
