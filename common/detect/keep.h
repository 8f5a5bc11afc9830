/*
 * keep - what a run keeps for the next one; prints what is wrong with it
 *
 * The counts of rules (--state) and the addresses that are known (--known).  A
 * file that cannot be read ends the program with status 2; one that cannot be
 * written sets the status of the stream to STATUS_FAILED.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef KEEP_H
#define KEEP_H

#include "base/output.h"
#include "base/stream.h"
#include "detect/detect_file.h"
#include "detect/known.h"

struct keep {
	const char	*state;		/* the file of counts, or NULL */
	struct known	 known;
	/* The module's own. */
	struct detect_file file;
	int64_t		 saved_ns;	/* by the monotonic clock */
};

/* Reads the counts, before anything is hashed; see detect_file_read. */
void	keep_read(struct keep *);

/* Continues them with a detect that has seen no row. */
void	keep_continue(struct keep *, struct detect *);

/*
 * Writes the counts if that is due: to be called before each wait for input.
 * Flushes out first, as the counts are of all alerts so far.  Returns when
 * they are due next, in ns of the monotonic clock.
 */
int64_t	keep_tick(struct keep *, struct detect *, struct output *out,
	    struct stream *);

/* At the end of input: writes what is kept, or ends all incidents. */
void	keep_finish(struct keep *, struct detect *, struct output *out,
	    struct stream *);

#endif
