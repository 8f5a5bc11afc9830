/*
 * csv - records of comma-separated values as slices of the input block
 *
 * RFC 4180, read with tolerance: LF or CRLF, a UTF-8 byte order mark, quoted
 * cells with delimiters, doubled quotes and line breaks, a last record
 * without a newline.  A record is at most 64 KiB and CSV_CELLS_MAX cells; a
 * larger one is reported as bad, and reading resumes at the first newline
 * after its start, so that an unclosed quote does not swallow the file.  Of a
 * pipe, it resumes there at once if the lines in the quotes hold a whole row,
 * which has no quote and as many cells as the record before, and either the
 * quote is still open and the producer has nothing ready, or the record that
 * the quote makes has another number of cells.  A record with a NUL is bad as
 * well: no name or number has one.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CSV_H
#define CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/stream.h"
#include "csv/csv_index.h"

#define CSV_CELLS_MAX	256
#define CSV_RECORD_MAX	((size_t)64 * 1024)

enum csv_result {
	CSV_RECORD,		/* cell[] holds the next record */
	CSV_BAD,		/* a bad record was passed over: see why */
	CSV_END			/* the operand has no more */
};

struct csv {
	/* The record, until the next call. */
	struct slice	 cell[CSV_CELLS_MAX];	/* without their quotes */
	size_t		 cells;
	uint64_t	 line;		/* its first line in the operand */
	struct slice	 raw;		/* as it stands, without line end */
	bool		 unended;	/* last of the operand, no newline */
	bool		 quoted;	/* raw is not just cells, delimiters */
	const char	*why;		/* after CSV_BAD: what was wrong, and
					   raw is the record's first line */

	/* The rest is the module's own. */
	struct stream	*in;
	char		 delimiter;
	uint64_t	 next_line;
	size_t		 width;		/* cells of the record before */
	unsigned	 unlike;	/* records running that csv_quoted
					   has not taken */
	csv_indexer	*make_index;
	struct csv_index index;
	size_t		 indexed;	/* its offset in the block */
	size_t		 at_line;	/* of the index: the next record */
	size_t		 first;		/* this record's first mark, and */
	size_t		 next;		/* the next one's, by number */
	char		*unquoted;	/* cells that had doubled quotes */
	size_t		 unquoted_used;
};

/* Prepares; csv_release frees. */
void	csv_init(struct csv *, struct stream *);
void	csv_release(struct csv *);

/*
 * Starts on the stream's open operand, whose cells end at delimiter.
 */
void	csv_start(struct csv *, char delimiter);

/* The next scan starts at the first unread byte. */
static inline void
csv_forget_marks(struct csv *c)
{
	c->at_line = c->index.lines = 0;
}

/* Reads on where the caller has moved the stream: the start of this line. */
static inline void
csv_resume(struct csv *c, uint64_t line)
{
	c->next_line = line;
	csv_forget_marks(c);
}

/* What csv_read does with the records that csv_find does not read. */
enum csv_result	csv_read_slow(struct csv *);

/*
 * Reads the next record but its cells, for csv_cell and csv_cells.  False, and
 * nothing is read, if the index does not have it, it is blank, or it has more
 * cells than records may have: then csv_read does it.
 */
static inline bool
csv_find(struct csv *c)
{
	const struct csv_index *x = &c->index;
	struct stream *in = c->in;
	size_t from = in->start, to, n;
	unsigned last;

	if (c->at_line == x->lines || c->quoted)
		return false;
	last = x->line[c->at_line];
	to = c->indexed + x->mark[last + 1];
	n = last + 1 - c->next;
	if (n > CSV_CELLS_MAX || to == from)
		return false;
	c->raw.at = in->buf + from;
	c->raw.len = to - from;
	c->cells = n;
	c->first = c->next;
	c->next = last + 1;
	c->at_line++;
	c->line = c->next_line++;
	in->start = to + 1;
	return true;
}

/*
 * Where the cells are of the record that csv_find has read.  The compiler keeps
 * it in registers while cells are stored, which saves 7 instructions a cell.
 */
struct csv_found {
	const char	*chunk;
	const uint16_t	*mark;
};

static inline struct csv_found
csv_found(const struct csv *c)
{
	return (struct csv_found){ c->in->buf + c->indexed,
	    c->index.mark + c->first };
}

/* A cell of that record. */
static inline struct slice
csv_cell(struct csv_found f, size_t i)
{
	size_t from = (uint16_t)(f.mark[i] + 1);

	return (struct slice){ f.chunk + from, f.mark[i + 1] - from };
}

/* Sets all cells of that record. */
static inline void
csv_cells(struct csv *c)
{
	const uint16_t *mark = c->index.mark + c->first + 1;
	const char *at = c->raw.at, *chunk = c->in->buf + c->indexed;
	size_t i;

	for (i = 0; i < c->cells; i++) {
		c->cell[i].at = at;
		c->cell[i].len = (size_t)(chunk + mark[i] - at);
		at = chunk + mark[i] + 1;
	}
}

/*
 * Reads the next record.  Blank lines are passed over.  The cells and raw
 * point into the stream's block or a buffer of this module, have the slack of
 * slice.h, and are good until the next call.  Most records are read inline.
 */
static inline enum csv_result
csv_read(struct csv *c)
{
	if (!csv_find(c))
		return csv_read_slow(c);
	csv_cells(c);
	return CSV_RECORD;
}

#endif
