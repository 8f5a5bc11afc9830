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
#include "detect/labelset.h"

/* The names of the columns; a table may lack any. */
extern const char *const detect_row_columns[RULES_COLUMNS];

struct detect_row_reader {
	struct row_reader *rows;
	struct detect	*detect;
	struct addrmemo	 addresses;
	/* Of the rows that were read together. */
	struct addrmemo_look src[ROW_BATCH], dst[ROW_BATCH];
	bool		 more;		/* some rule needs a rare column */
	bool		 types;		/* of ICMP, of all rows */
	bool		 all_sports;	/* the source port of all rows */
	uint16_t	 opening;	/* of rows with one of these flags */
	/* By column: what its bad cells cost. */
	ruleset		 bad_rules[RULES_COLUMNS];
	uint64_t	 bad[RULES_COLUMNS];		/* cells */
	unsigned	 bad_cells;	/* of the row, a bit each */
	uint64_t	 reported;	/* the line of the last bad row */
	/* Last: not cleared, as often there are none. */
	struct labelset	 labels;
	size_t		 label_cell[RULES_LABEL_COLUMNS];
};

/*
 * Prepares to read rows for detect; both are borrowed.  Asks the reader, of
 * which nothing was asked yet, for the columns.  detect_row_release frees.
 */
void	detect_row_init(struct detect_row_reader *, struct row_reader *,
	    struct detect *);
void	detect_row_release(struct detect_row_reader *);

/*
 * The rules that need a column of the reader which the open table lacks, and
 * the column's name.  Columns are numbered: at first those of
 * detect_row_columns, then the DETECT_ROW_COLUMNS - RULES_COLUMNS of labels.
 */
#define DETECT_ROW_COLUMNS	(RULES_COLUMNS + RULES_LABEL_COLUMNS)
ruleset	 detect_row_lacking(const struct detect_row_reader *, size_t column,
	    const char **name);

/*
 * Reads the cells of the row that the reader has returned.  A bad cell is bad
 * for the rules that need its column: the row is not evaluated by them, which
 * is reported and counted if there are any, and counts for the others as if the
 * cell were empty.
 */
void	detect_row_read(struct detect_row_reader *, const struct row *,
	    struct detect_row *);

#endif
