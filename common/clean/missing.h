/*
 * missing - what to do about a table without one of the five columns
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef MISSING_H
#define MISSING_H

#include "clean/dialect.h"

/*
 * Warns, with status 3, of a header without a column that the user chose, and
 * lists those that it has.
 */
void	missing_choice(struct stream *, const struct csv *header,
	    const struct columnchoice *);

/*
 * Warns, with status 3, of a header without the column of this role: what the
 * table is (a Zeek log, flows), what its delimiter seems to be, or which of its
 * columns may be the one under another name.
 */
void	missing_warn(struct stream *, const struct csv *header,
	    enum dialect_role);

#endif
