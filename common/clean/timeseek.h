/*
 * timeseek - rows found by their time in a file sorted by it
 *
 * A binary search in an uncompressed regular file reads some thirty blocks
 * instead of the gigabytes before the first row wanted.
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
 * Moves csv to the first row of since_ns or later, or at most a few blocks
 * before it.  False, and nothing has moved, if the operand is not an
 * uncompressed regular file.
 */
bool	timeseek_to(struct timeseek *, int64_t since_ns);

/*
 * The newest time of the file's good rows: of its last ones if it is sorted,
 * else of all.  False if there is none.  Afterwards csv may be at any row.
 */
bool	timeseek_newest(struct timeseek *, bool sorted, int64_t *ns);

#endif
