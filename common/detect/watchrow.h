/*
 * watchrow - rows as rules look at them
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef WATCHROW_H
#define WATCHROW_H

#include <stdbool.h>

#include "csv/row.h"
#include "detect/addrmemo.h"
#include "detect/watch.h"

/* The names of the columns that a table may lack. */
extern const char *const watchrow_columns[RULES_COLUMNS];

struct watchrow {
	struct row_reader *rows;
	struct watch	*watch;
	struct addrmemo	 addresses;
};

/*
 * Asks a reader (borrowed, with nothing asked yet) for the columns, for rules
 * put to rows by watch (borrowed); watchrow_release frees.
 */
void	watchrow_init(struct watchrow *, struct row_reader *, struct watch *);
void	watchrow_release(struct watchrow *);

/*
 * Makes what rules look at of a row.  False: it is a bad row, and was
 * reported.
 */
bool	watchrow_read(struct watchrow *, const struct row *,
	    struct watch_row *);

#endif
