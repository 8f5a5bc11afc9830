/*
 * extras - the columns that a filter passes on behind the five of a row
 *
 * The first header decides which there are; those of later tables are matched
 * to it by name.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef EXTRAS_H
#define EXTRAS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/output.h"
#include "clean/dialect.h"
#include "csv/csv.h"

struct extra {
	struct slice	  name;		/* a copy, never freed */
	enum dialect_role role;		/* of several columns; ROLE_EXTRA: */
	int		  column;	/* of this one; -1: not in this table */
};

struct extras {
	struct extra	column[CSV_CELLS_MAX];
	size_t		count;
	bool		fixed;		/* there was a first table */
};

/*
 * Matches the columns of a table (csv's record is its header, or its first
 * row if the dialect has none) to those of the first, which it may be itself.
 * With known_only, a first table's columns that may hold addresses are left
 * out.  Returns the name of the first column left out or dropped because it
 * is new; at is NULL if there is none.
 */
struct slice extras_map(struct extras *, const struct dialect *,
	    const struct csv *, bool known_only);

/* Whether this table's extra columns are the first's, right after the five. */
bool	 extras_in_place(const struct extras *, const struct dialect *);

/* Writes ",name" of each, and ",cell" of each of csv's record. */
void	 extras_write_names(const struct extras *, struct output *);
void	 extras_write(const struct extras *, const struct dialect *,
	    const struct csv *, struct output *);

#endif
