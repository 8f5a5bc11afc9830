/*
 * recent - the newest rows, so that another view of them can be made
 *
 * Rows are copied, with all cells that the reader was asked for, into a ring of
 * bytes; the oldest make room for new ones.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef RECENT_H
#define RECENT_H

#include "csv/row.h"

struct recent {
	uint64_t	 added;		/* rows so far */
	/* The rest is the module's own. */
	char		*buf;
	size_t		 size;		/* bytes of the ring */
	size_t		 head;		/* where the oldest row is */
	size_t		 tail;		/* where the next row will be */
	size_t		 rows;		/* that are kept */
};

/* Prepares a ring of this size; recent_release frees. */
void	 recent_init(struct recent *, size_t size);
void	 recent_release(struct recent *);

/* Adds a row with its first so many cells. */
void	 recent_add(struct recent *, const struct row *, size_t cells);

/*
 * Calls each(arg, row) for the rows that are kept, the oldest first, but for
 * those added after the row number last.
 */
void	 recent_each(const struct recent *, uint64_t last,
	    void (*each)(void *, const struct row *), void *arg);

#endif
