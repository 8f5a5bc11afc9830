/*
 * timeseek - rows found by their time in a file sorted by it
 *
 * A file may have been joined from tables with different headers, so every
 * header before a row matters: all lines are passed over, but only a row in
 * each 256 KiB is read.  On packet rows that takes a sixth of the instructions
 * of reading each row.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TIMESEEK_H
#define TIMESEEK_H

#include "base/stream.h"
#include "clean/cleanrow.h"
#include "clean/dialect.h"
#include "csv/csv.h"

/* A record, and what holds there. */
struct timeseek_place {
	uint64_t	 offset;	/* of the record in the operand */
	uint64_t	 line;
	uint64_t	 header;	/* offset of a header that came again
					   before it, or 0 */
	struct dialect	 dialect;
};

struct timeseek {
	struct stream	*in;
	struct csv	*csv;
	struct dialect	*dialect;	/* follows headers that come again */
	const struct cleanrow_settings *settings;
	struct timeseek_place first;	/* the first row: timeseek_begin */
};

/* Prepares, where csv's record is the first row, or else the header. */
void	timeseek_begin(struct timeseek *, bool row);

/*
 * Whether a record that is no good row is a header that comes again, whose
 * dialect then is *d, with this choice.  No such header starts with a digit.
 */
static inline bool
timeseek_is_header(struct dialect *d, const struct columnchoice *choice,
    struct csv *c)
{
	d->choice = choice;
	dialect_trim(c);
	return (unsigned char)(c->raw.at[0] - '0') > 9 && dialect_read(d, c);
}

/*
 * Finds a row that is the first of since_ns or later, or at most a few blocks
 * before it.  False if the operand is not an uncompressed regular file.
 * Afterwards csv may be at any row: see timeseek_go.
 */
bool	timeseek_find(struct timeseek *, int64_t since_ns,
	    struct timeseek_place *);

/*
 * If a header came again before a place, makes it csv's record; false if none
 * did.
 */
bool	timeseek_header(struct timeseek *, const struct timeseek_place *);

/* Moves to a place, whose record csv_read then reads. */
bool	timeseek_go(struct timeseek *, const struct timeseek_place *);

/*
 * The newest time of the file's good rows: of its last ones if it is sorted,
 * else of all.  False if there is none.  Afterwards csv may be at any row.
 */
bool	timeseek_newest(struct timeseek *, bool sorted, int64_t *ns);

#endif
