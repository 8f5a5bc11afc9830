/*
 * detect_row - CSV rows read as rows for rules
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DETECT_ROW_H
#define DETECT_ROW_H

#include <stdbool.h>

#include "csv/row.h"
#include "detect/addrmemo.h"
#include "detect/detect.h"

/* The names of the columns; a table may lack any. */
extern const char *const detect_row_columns[RULES_COLUMNS];

struct detect_row_reader {
	struct row_reader *rows;
	struct detect	*detect;
	struct addrmemo	 addresses;
};

/*
 * Prepares to read rows for detect; both are borrowed.  Asks the reader, of
 * which nothing was asked yet, for the columns.  detect_row_release frees.
 */
void	detect_row_init(struct detect_row_reader *, struct row_reader *,
	    struct detect *);
void	detect_row_release(struct detect_row_reader *);

/* Reads the cells of a row.  False: it is a bad row, which was reported. */
bool	detect_row_read(struct detect_row_reader *, const struct row *,
	    struct detect_row *);

#endif
