/*
 * extras - the columns of any dialect that follow the five of a packet row
 *
 * The first table decides which there are; see colmap.h.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef EXTRAS_H
#define EXTRAS_H

#include <stdbool.h>
#include <stdint.h>

#include "clean/cleanrow.h"
#include "clean/dialect.h"
#include "csv/colmap.h"

struct extras {
	struct colmap	  map;
	/* What each column of the open table is for. */
	enum dialect_role role[CSV_CELLS_MAX];
	uint64_t	  bad_cells;	/* of ports and flags: passed on */
};

/*
 * Prepares; extras_release frees.  With no_addresses, columns that may hold
 * addresses are dropped.
 */
void	extras_init(struct extras *, bool no_addresses);
void	extras_release(struct extras *);

/*
 * Matches the columns of a table (csv's record is its header, or its first
 * row if the dialect has none) to those of the first table.  Warns of a
 * column that is dropped.
 */
void	extras_table(struct extras *, struct stream *, const struct dialect *,
	    const struct csv *);

/* Whether this table's extra columns are the first's, right after the five. */
bool	extras_in_place(const struct extras *, const struct dialect *);

/* Whether csv's record is written, if in place, as it stands. */
bool	extras_same(const struct extras *, const struct csv *);

/* Writes ",name" of each, and ",cell" of each of csv's record. */
void	extras_write_names(const struct extras *, struct output *);
void	extras_write(struct extras *, const struct dialect *,
	    const struct csv *, const struct cleanrow *, struct output *);

/* Prints on standard error how many cells were passed on unchanged. */
void	extras_report(const struct extras *);

#endif
