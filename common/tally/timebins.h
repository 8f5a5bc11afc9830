/*
 * timebins - packets and bytes summed by bin of time and key
 *
 * All sums are in one tally, under the bin's number and the text of the key's
 * cells, so that a row costs one look-up.  One bin is the current one, and
 * rows mostly stay in it.  Bins leave oldest first; those that have left keep
 * their places until they outnumber the others.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TIMEBINS_H
#define TIMEBINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/timestamp.h"
#include "csv/csv.h"
#include "tally/tally.h"

#define TIMEBINS_NO_TIME	INT64_MAX	/* the bin of rows without a time */
#define TIMEBINS_NUMBER	8		/* bytes of a key that name its bin */

struct timebins {
	int64_t		 first;		/* all bins before it have left */
	size_t		 held;		/* sums of the bins that have not */
	int64_t		 bin;		/* the current one */
	int64_t		 width_ns;
	size_t		 columns;	/* cells of a key; 0: one sum a bin */
	/* The rest is the module's own. */
	struct keytable	 sums;
	struct output	 text;		/* where a key is put together */
	uint32_t	*next;		/* by entry: the next of its bin + 1 */
	size_t		 next_cap;
	char		 key[TIMEBINS_NUMBER + KEYTABLE_SHORT];
	struct keytable_entry *same;	/* of bin, if there is one sum a bin */
};

/*
 * Prepares for bins of this width whose keys have so many cells.  The current
 * one is TIMEBINS_NO_TIME.  timebins_release frees.
 */
void	 timebins_init(struct timebins *, int64_t width_ns, size_t columns);
void	 timebins_release(struct timebins *);

/* Makes the bin of this number the current one; it may have left. */
void	 timebins_select(struct timebins *, int64_t bin);

/* Makes the bin that holds a point in time the current one. */
static inline void
timebins_select_time(struct timebins *b, int64_t ns)
{
	/*
	 * Unsigned: where the first bin starts does not fit an int64_t, and
	 * wraps to the last times there are, hence the signs.
	 */
	if (b->bin != TIMEBINS_NO_TIME && (ns < 0) == (b->bin < 0) &&
	    (uint64_t)ns - (uint64_t)b->bin * (uint64_t)b->width_ns <
	    (uint64_t)b->width_ns)
		return;
	timebins_select(b, timestamp_floor(ns, b->width_ns));
}

/* What timebins_find does where it has no short cut. */
struct keytable_entry *timebins_find_slow(struct timebins *, const struct slice *cell);

/*
 * The sums of the current bin under a key of as many cells as there are
 * columns, or NULL if there are none yet or the bin has left.  The cells are
 * those of a record (SLICE_SLACK bytes behind them are readable).  What it
 * returns is good until a bin leaves.
 */
static inline struct keytable_entry *
timebins_find(struct timebins *b, const struct slice *cell)
{
	struct keytable_entry *e;

	if (b->same != NULL)
		return b->same;
	/* A key of one short cell looks as the cell does. */
	if (b->columns == 1 && b->bin >= b->first &&
	    cell->len <= KEYTABLE_SHORT - TIMEBINS_NUMBER &&
	    (cell->len == 0 || cell->at[0] != '"')) {
		memcpy(b->key + TIMEBINS_NUMBER, cell->at,
		    KEYTABLE_SHORT - TIMEBINS_NUMBER);
		e = keytable_find(&b->sums, b->key, TIMEBINS_NUMBER + cell->len);
		if (e != NULL)
			return e;
	}
	return timebins_find_slow(b, cell);
}

/* The same, but makes sums of zero; the bin must not have left. */
struct keytable_entry *timebins_insert(struct timebins *, const struct slice *cell);

/* The number of an entry's bin, and its key as text of CSV. */
int64_t	 timebins_number(const struct keytable_entry *);
struct slice	 timebins_key(const struct keytable_entry *);

/*
 * All sums of the bins that have not left, or those of one bin, ordered by
 * bin and key.  Sets *n; the caller frees the list.
 */
const struct keytable_entry **timebins_list(const struct timebins *, size_t *n);
const struct keytable_entry **timebins_list_bin(struct timebins *, int64_t bin,
	    size_t *n);

/* Lets all bins before this one leave. */
void	 timebins_drop_before(struct timebins *, int64_t bin);

/* Forgets the bins that have left; the first may be an earlier one now. */
void	 timebins_reopen(struct timebins *, int64_t first);

/* Forgets all. */
void	 timebins_clear(struct timebins *);

#endif
