/*
 * frame_rows - the tables of a view as CSV, printed by gnuplot
 *
 * gnuplot writes them in order with the picture, on one stream.  Each has a
 * line "#name", a header and its rows; an empty line follows.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef FRAME_ROWS_H
#define FRAME_ROWS_H

#include "plot/snapshot.h"

/* What is not in a view. */
struct frame_rows {
	uint64_t	 number;	/* of the frame */
	size_t		 top;		/* sources listed at most */
	int64_t		 newest_ns;	/* the newest row */
	int64_t		 age_ns;	/* by the system's clock */
	int64_t		 idle_ns;	/* since a newer row came */
};

/* Writes the commands that print "#frame N" and the tables. */
void	 frame_rows_write(struct output *, const struct snapshot *,
	    const struct frame_rows *);

/* Writes the command that prints a line such as "#end 3". */
void	 frame_rows_line(struct output *, const char *word, uint64_t number);

#endif
