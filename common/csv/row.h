/*
 * row - the packet and tally rows of the contract, for programs that sum
 *
 * Reads every row of all operands: finds the columns by name, takes a table
 * with packets and bytes for a tally and any other for packets (each weighs 1
 * packet and len bytes), follows headers that come again, and reports bad
 * rows.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ROW_H
#define ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/stream.h"
#include "base/timestamp.h"
#include "csv/csv.h"

#define ROW_CELLS_MAX	64
#define ROW_BATCH	64	/* rows that are read together */

struct row {
	int64_t		 time_ns;	/* if timed; see row_want_time */
	bool		 timed;		/* the cell was not empty */
	bool		 tally;		/* not a packet row */
	uint64_t	 packets;	/* up to 2^63 - 1 */
	uint64_t	 bytes;		/* up to 2^63 - 1 */
	uint64_t	 line;
	struct slice	 raw;		/* with row_want_any: as it stands */
	struct slice	*cell;		/* see row_want */
};

struct row_column {
	const char	*name;
	bool		 optional;	/* an absent one reads as empty */
	int		 at;		/* its index in this table, or -1 */
};

struct row_reader {
	struct stream	*in;
	struct csv	 csv;
	struct row_column want[ROW_CELLS_MAX];
	const char	*instead[ROW_CELLS_MAX];	/* row_want_unless */
	size_t		 wants;
	bool		 want_time;
	bool		 any;		/* rows that need not be summed */
	bool		 want_one;	/* see row_want_one */
	bool		 sparse;	/* see row_want_only */
	/*
	 * Optional.  Called when a table starts, with its header or, without
	 * one, its first row.
	 */
	void		(*table)(void *, const struct csv *, bool header);
	void		*table_arg;
	/* Optional: whether row_next returns a row. */
	bool		(*admits)(void *, const struct row *);
	void		*admits_arg;
	/* Of the open operand. */
	bool		 open;
	int		 time_at;
	int		 packets_at;	/* -1: packet rows */
	int		 bytes_at;	/* bytes, or len of packet rows */
	size_t		 columns;	/* cells that a whole row has */
	struct timestamp_memo second;	/* of the row before */
	/* Rows that were read together, and the next of them. */
	struct row	 row[ROW_BATCH];
	struct slice	*cell;		/* of them all */
	size_t		 rows;
	size_t		 next;
};

/* Prepares to read all operands of the stream; row_release frees. */
void	row_init(struct row_reader *, struct stream *);
void	row_release(struct row_reader *);

/*
 * Asks for a column by name (borrowed), before the first row_next or in the
 * function table, of a header that has it.  Returns its index in row.cell.  A
 * table without it is an error unless optional.
 */
size_t	row_want(struct row_reader *, const char *name, bool optional);

/*
 * The same for a column that a table need not have if it has the column
 * instead (borrowed).
 */
size_t	row_want_unless(struct row_reader *, const char *name,
	    const char *instead);

/* Whether the table being read has the column of a cell. */
static inline bool
row_has(const struct row_reader *r, size_t cell)
{
	return r->want[cell].at != -1;
}

/*
 * Asks for the rows of any table, whether or not it has packets, bytes or len:
 * row.packets and row.bytes mean nothing then.
 */
void	row_want_any(struct row_reader *);

/*
 * Of the optional columns that are asked for, a table needs one at least: a
 * table without is an error that names the first of them.
 */
void	row_want_one(struct row_reader *);

/*
 * Says, before the first row_next or in the function table, whether the caller
 * reads no cells but those of its rows: then csv is that of a row in the
 * function table only, and rows are read together, which takes protobw a
 * quarter less time.
 */
void	row_want_only(struct row_reader *, bool);

/*
 * Asks for time_ns and timed.  With row_want_any, a time that cannot be read is
 * none, and rows are read one by one: csv is that of the row.
 */
void	row_want_time(struct row_reader *);

/* What row_next does where no row has been read ahead. */
const struct row *row_read(struct row_reader *);

/*
 * Returns the next row of any operand.  It and its cells are good until the
 * next call, and the cells have the slack of slice.h.
 * NULL when all operands are done; the stream's status says whether all went
 * well.
 */
static inline const struct row *
row_next(struct row_reader *r)
{
	return r->next < r->rows ? &r->row[r->next++] : row_read(r);
}

/*
 * The same, but returns all rows that were read together, of which there are
 * *n: a loop over these keeps in registers what row_next changes for each.
 */
static inline const struct row *
row_next_some(struct row_reader *r, size_t *n)
{
	const struct row *row = row_next(r);

	*n = 1 + r->rows - r->next;
	r->next = r->rows;
	return row;
}

/*
 * If a row, which row_next has just returned, is the first of some that were
 * read together, their number, else 0: r->row has them, for a look ahead.
 */
static inline size_t
row_together(const struct row_reader *r, const struct row *row)
{
	return row != r->row ? 0 : r->rows > 0 ? r->rows : 1;
}

#endif
