/*
 * timeseek - rows found by their time in a file sorted by it
 *
 * A binary search over an uncompressed regular file: some thirty blocks are
 * read instead of the gigabytes before the first row wanted.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TIMESEEK_H
#define TIMESEEK_H

#include "base/stream.h"
#include "clean/cleanrow.h"
#include "clean/dialect.h"
#include "csv/csv.h"

struct timeseek {
	struct stream	*in;
	struct csv	*csv;
	struct dialect	*dialect;	/* follows headers that come again */
	const struct cleanrow_settings *settings;
	uint64_t	 first;		/* offset of the first row */
};

/*
 * Moves csv to a row, at most a few blocks before the first that is not
 * before since_ns; all rows passed over are before it.  False, and nothing
 * has moved, if the operand is not an uncompressed regular file.
 */
bool	timeseek_to(struct timeseek *, int64_t since_ns);

/*
 * The newest time of the file's good rows: among its last if it is sorted, of
 * all that csv has still to read if not.  False if there is none.  csv is
 * anywhere then.
 */
bool	timeseek_newest(struct timeseek *, bool sorted, int64_t *ns);

#endif
