/*
 * layout - the columns of what csvclean writes: packet rows, or a tally
 *
 * The first table decides.  A tally has those of time, src, dst and proto that
 * the table has, and packets and bytes.  A packet row is a tally row of one
 * packet; a tally row is no packet row.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "base/output.h"
#include "base/stream.h"
#include "clean/cleanrow.h"

struct layout {
	bool	fixed;			/* there was a first table */
	bool	tally;
	bool	has[ROLES_REQUIRED];	/* of a tally's keys */
};

/*
 * Starts on a table.  False, with a warning of status 3, if it is a tally and
 * the rows before were packets.
 */
bool	layout_table(struct layout *, struct stream *, const struct dialect *);

/* Writes the names of the columns, without an end of the row. */
void	layout_header(const struct layout *, struct output *);

/* Writes the cells of a packet row that have the slack of slice.h. */
void	layout_cells(const struct cleanrow *, struct output *);

/* Writes the cells of a row. */
void	layout_row(const struct layout *, const struct cleanrow *,
	    const struct dialect *, struct output *);

#endif
