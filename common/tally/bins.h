/*
 * bins - packets and bytes summed by bin of time and key
 *
 * All sums are in one tally, under the bin's number and the text of the key's
 * cells, so that a row costs one look-up.  One bin is the current one, and
 * rows mostly stay in it.  Bins leave oldest first; those that have left keep
 * their places until they outnumber the others.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef BINS_H
#define BINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/timestamp.h"
#include "csv/csv.h"
#include "tally/tally.h"

#define BINS_NO_TIME	INT64_MAX	/* the bin of rows without a time */
#define BINS_NUMBER	8		/* bytes of a key that name its bin */

struct bins {
	int64_t		 first;		/* all bins before it have left */
	size_t		 live;		/* sums of the bins that have not */
	int64_t		 bin;		/* the current one */
	int64_t		 width_ns;
	size_t		 columns;	/* cells of a key; 0: one sum a bin */
	/* The rest is the module's own. */
	struct tally	 sums;
	uint32_t	*next;		/* by entry: the next of its bin + 1 */
	size_t		 next_cap;
	char		 key[BINS_NUMBER + TALLY_SHORT];
	struct tally_entry *same;	/* of bin, if there is one sum a bin */
};

/*
 * Prepares for bins of this width whose keys have so many cells.  The current
 * one is BINS_NO_TIME.  bins_release frees.
 */
void	 bins_init(struct bins *, int64_t width_ns, size_t columns);
void	 bins_release(struct bins *);

/* Makes the bin of this number the current one; it may have left. */
void	 bins_move(struct bins *, int64_t bin);

/* Makes the bin that holds a point in time the current one. */
static inline void
bins_move_to(struct bins *b, int64_t ns)
{
	/*
	 * Unsigned: where the first bin starts does not fit an int64_t, and
	 * wraps to the last times there are, hence the signs.
	 */
	if (b->bin != BINS_NO_TIME && (ns < 0) == (b->bin < 0) &&
	    (uint64_t)ns - (uint64_t)b->bin * (uint64_t)b->width_ns <
	    (uint64_t)b->width_ns)
		return;
	bins_move(b, timestamp_floor(ns, b->width_ns));
}

/* What bins_find does where it has no short cut. */
struct tally_entry *bins_look(struct bins *, const struct slice *cell);

/*
 * The sums of the current bin under a key of as many cells as there are
 * columns, or NULL if there are none yet or the bin has left.  The cells are
 * those of a record (SLICE_SLACK bytes behind them are readable).  What it
 * returns is good until a bin leaves.
 */
static inline struct tally_entry *
bins_find(struct bins *b, const struct slice *cell)
{
	struct tally_entry *e;

	if (b->same != NULL)
		return b->same;
	/* A key of one short cell looks as the cell does. */
	if (b->columns == 1 && b->bin >= b->first &&
	    cell->len <= TALLY_SHORT - BINS_NUMBER &&
	    (cell->len == 0 || cell->at[0] != '"')) {
		memcpy(b->key + BINS_NUMBER, cell->at,
		    TALLY_SHORT - BINS_NUMBER);
		e = tally_find(&b->sums, b->key, BINS_NUMBER + cell->len);
		if (e != NULL)
			return e;
	}
	return bins_look(b, cell);
}

/* The same, but makes sums of zero; the bin must not have left. */
struct tally_entry *bins_get(struct bins *, const struct slice *cell);

/* The number of an entry's bin, and its key as text of CSV. */
int64_t	 bins_number(const struct tally_entry *);
struct slice	 bins_text(const struct tally_entry *);

/*
 * All sums of the bins that have not left, or those of one bin, ordered by
 * bin and key.  Sets *n; the caller frees the list.
 */
const struct tally_entry **bins_list(const struct bins *, size_t *n);
const struct tally_entry **bins_list_bin(struct bins *, int64_t bin,
	    size_t *n);

/* Lets all bins before this one leave. */
void	 bins_leave_before(struct bins *, int64_t bin);

/* Forgets the bins that have left; the first may be an earlier one now. */
void	 bins_reopen(struct bins *, int64_t first);

/* Forgets all. */
void	 bins_clear(struct bins *);

#endif
