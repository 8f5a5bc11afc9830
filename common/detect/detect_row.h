/*
 * detect_row - rows as rules look at them
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DETECT_ROW_H
#define DETECT_ROW_H

#include <stdbool.h>

#include "csv/row.h"
#include "detect/addrmemo.h"
#include "detect/detect.h"

/* The names of the columns that a table may lack. */
extern const char *const detect_row_columns[RULES_COLUMNS];

struct detect_row_reader {
	struct row_reader *rows;
	struct detect	*detect;
	struct addrmemo	 addresses;
};

/*
 * Asks a reader (borrowed, with nothing asked yet) for the columns, for rules
 * put to rows by detect (borrowed); detect_row_release frees.
 */
void	detect_row_init(struct detect_row_reader *, struct row_reader *,
	    struct detect *);
void	detect_row_release(struct detect_row_reader *);

/*
 * Makes what rules look at of a row.  False: it is a bad row, and was
 * reported.
 */
bool	detect_row_read(struct detect_row_reader *, const struct row *,
	    struct detect_row *);

#endif
