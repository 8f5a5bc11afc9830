/*
 * row_make - rows of records, a column at a time
 *
 * Private to row*.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ROW_MAKE_H
#define ROW_MAKE_H

#include "csv/row.h"

/* Which cell of a record is no number. */
enum row_bad { ROW_GOOD, ROW_BAD_BYTES, ROW_BAD_PACKETS, ROW_BAD_TIME };

/* Whether the rows of the reader's table are those of a tally. */
static inline bool
row_is_tally(const struct row_reader *r)
{
	return !r->any && r->packets_at != -1;
}

/*
 * Sets what the rows of a table have in common, and empties the cells of the
 * columns that it does not have.
 */
void	row_prepare(struct row_reader *);

/*
 * Makes the reader's rows of the first n records of a run, at most ROW_BATCH,
 * or of csv's record if run is NULL and n 1.  The first is on this line.
 * Returns how many there are before a bad one, and what is bad of that.
 */
size_t	row_make(struct row_reader *, const struct csv_run *, size_t n,
	    uint64_t line, enum row_bad *);

#endif
