/*
 * passrow - rows passed on as they are, with one more column
 *
 * The first table decides which columns there are.  Those of later ones are
 * matched to it by name: what a later one lacks is empty, what is new in it is
 * left out.  A column of the name that is added moves to the end.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PASSROW_H
#define PASSROW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/output.h"
#include "csv/csv.h"

struct passrow {
	const char	*added;		/* the column's name */
	/* The rest is the module's own. */
	struct slice	 name[CSV_CELLS_MAX];	/* copies */
	int		 at[CSV_CELLS_MAX];	/* in this table, or -1 */
	size_t		 count;
	bool		 fixed;		/* there was a first table */
	bool		 same;		/* rows go out as they stand */
	int		 added_at;	/* in this table, or -1 */
};

/* Prepares to add a column (its name is borrowed); passrow_release frees. */
void	passrow_init(struct passrow *, const char *added);
void	passrow_release(struct passrow *);

/*
 * Starts on a table: csv's record is its header or, without one, its first
 * row, whose columns are the five of a packet row.  Returns the name of the
 * first column that is left out; at is NULL if there is none.
 */
struct slice passrow_table(struct passrow *, const struct csv *, bool header);

/* Writes the header, that of a packet row if there was no table. */
void	passrow_header(const struct passrow *, struct output *);

/*
 * Writes csv's record and a comma behind it.  The caller writes the added
 * cell and ends the row.
 */
void	passrow_write(const struct passrow *, const struct csv *,
	    struct output *);

/* What the record already has in the added column, or an empty slice. */
struct slice passrow_added(const struct passrow *, const struct csv *);

#endif
