/*
 * table - the start of a packet table of any dialect
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TABLE_H
#define TABLE_H

#include "clean/dialect.h"
#include "csv/csv.h"

enum table_start {
	TABLE_HEADER,		/* its header has been read */
	TABLE_ROW,		/* it has none: its first row has been read */
	TABLE_BAD,		/* a bad record has been: call again */
	TABLE_NONE		/* no table, or an empty one */
};

/*
 * Starts on the stream's open operand: finds the delimiter and the dialect
 * and reads the first record.  Warns, with status 3, of a header that lacks
 * one of the five columns.
 */
enum table_start table_start(struct stream *, struct csv *, struct dialect *);

/* The same after TABLE_BAD. */
enum table_start table_restart(struct stream *, struct csv *,
	    struct dialect *);

#endif
