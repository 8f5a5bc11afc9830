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
	size_t		 next;		/* its first mark, by number */
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
 * Reads the next record.  False, and nothing is read, if the index does not
 * have it, it is blank, or it has more cells than records may have.
 */
static inline bool
csv_find(struct csv *c)
{
	const struct csv_index *x = &c->index;
	struct stream *in = c->in;
	const char *chunk = in->buf + c->indexed, *at = in->buf + in->start;
	const uint16_t *mark = x->mark + c->next + 1;
	size_t last, i;

	if (c->at_line == x->lines || c->quoted)
		return false;
	last = x->line[c->at_line];
	if (last - c->next >= CSV_CELLS_MAX || chunk + x->mark[last + 1] == at)
		return false;
	c->raw.at = at;
	c->raw.len = (size_t)(chunk + x->mark[last + 1] - at);
	c->cells = last + 1 - c->next;
	for (i = 0; i < c->cells; i++) {
		c->cell[i].at = at;
		c->cell[i].len = (size_t)(chunk + mark[i] - at);
		at = chunk + mark[i] + 1;
	}
	c->next = last + 1;
	c->at_line++;
	c->line = c->next_line++;
	in->start = (size_t)(at - in->buf);
	return true;
}

/*
 * The next records that the index has, for loops over many of them, which keep
 * in registers what csv_read changes for each.
 */
struct csv_run {
	const char	*chunk;		/* what the marks are offsets in */
	const uint16_t	*mark;		/* before the first, after its cells */
	size_t		 cells;		/* of each */
	size_t		 records;
};

/*
 * Up to max records, each of so many cells, 2 at the least: a blank line has
 * one.  There may be none.
 */
struct csv_run csv_run(const struct csv *, size_t cells, size_t max);

/*
 * Reads the first n of them, as csv_read would, but for their cells and raw.
 * The slices of all stay until the next call.
 */
void	csv_run_read(struct csv *, const struct csv_run *, size_t n);

static inline struct slice
csv_run_cell(const struct csv_run *r, size_t record, size_t i)
{
	const uint16_t *mark = r->mark + record * r->cells + i;
	size_t from = (uint16_t)(mark[0] + 1);

	return (struct slice){ r->chunk + from, mark[1] - from };
}

/* A record as it stands, without the newline. */
static inline struct slice
csv_run_raw(const struct csv_run *r, size_t record)
{
	const uint16_t *mark = r->mark + record * r->cells;
	size_t from = (uint16_t)(mark[0] + 1);

	return (struct slice){ r->chunk + from, mark[r->cells] - from };
}

/*
 * Reads the next record.  Blank lines are passed over.  The cells and raw
 * point into the stream's block or a buffer of this module, have the slack of
 * slice.h, and are good until the next call.  Most records are read inline.
 */
static inline enum csv_result
csv_read(struct csv *c)
{
	return csv_find(c) ? CSV_RECORD : csv_read_slow(c);
}

#endif
