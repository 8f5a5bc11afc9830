/*
 * colmap - the columns that a filter passes on, matched by name
 *
 * The first table decides which columns are passed on.  Those of later tables
 * are matched to them by name, the second column of a name to the second of
 * that name, and so on.  A column that a later table lacks is empty; one that
 * is new in it is dropped, with one warning for the whole run.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef COLMAP_H
#define COLMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/output.h"
#include "base/stream.h"
#include "csv/csv.h"

struct colmap {
	/*
	 * Optional, before the first table: whether a column of this name may
	 * be passed on, and what the warning says if not: "may hold addresses".
	 */
	bool		(*admits)(struct slice name);
	const char	*refusal;

	/* Of the open table. */
	int		 at[CSV_CELLS_MAX];	/* its cell, or -1 */
	struct slice	 name[CSV_CELLS_MAX];	/* copies */
	size_t		 count;			/* columns passed on */
	bool		 fixed;		/* there was a first table */

	/* The rest is the module's own. */
	const char	*const *added;	/* names of the caller's columns */
	int		 added_at;	/* the first in this table, or -1 */
	bool		 same;		/* records go out as they stand */
	bool		 warned;
};

/*
 * Prepares; colmap_release frees.  added names the columns that the caller
 * writes after the others, or is NULL: a table's own columns of these names
 * are not passed on, see colmap_added.  It ends with NULL, is borrowed, and is
 * read when a table starts.
 */
void	colmap_init(struct colmap *, const char *const *added);
void	colmap_release(struct colmap *);

/*
 * Matches a table's n columns, at most CSV_CELLS_MAX: the name of each, or an
 * at of NULL for one that is not to be passed on.  record is the table's
 * header or first row; its cells after the n have no name and are dropped.
 * Warns on the stream.
 */
void	colmap_names(struct colmap *, struct stream *, const struct csv *record,
	    const struct slice *name, size_t n);

/*
 * The same for a table whose columns are all passed on: record is its header
 * or, without one, its first row, whose columns are the five of a packet row.
 */
void	colmap_table(struct colmap *, struct stream *, const struct csv *record,
	    bool header);

/*
 * Writes a header: the columns, those of a packet row if there was no table,
 * and the added ones.
 */
void	colmap_header(const struct colmap *, struct output *);

/* Whether records go out as they stand: colmap_write reads no cells. */
static inline bool
colmap_is_same(const struct colmap *m)
{
	return m->same && m->added_at == -1;
}

/*
 * Writes a record of the table, as it stands or its cells, and, if there are
 * added columns, a comma after it.  The caller writes the added cells and ends
 * the row.
 */
void	colmap_write(const struct colmap *, struct slice raw,
	    const struct slice *cell, struct output *);

/* The record's own cell of the first added column, or an empty slice. */
struct slice colmap_added(const struct colmap *, const struct csv *);

#endif
