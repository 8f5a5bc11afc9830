/*
 * binstream - rows summed by bin of time, and written bin by bin
 *
 * The sums are kept until the end of input, or until the stream clock is a
 * lateness past the end of their bin.  What comes later is summed apart, and
 * written last, as are rows without a time.  It prints warnings, and ends the
 * program on an overflow.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef BINSTREAM_H
#define BINSTREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "csv/row.h"
#include "tally/binclock.h"
#include "tally/clock.h"
#include "tally/keys.h"
#include "tally/timebins.h"

struct binstream {
	/* The caller sets these before binstream_init. */
	struct binclock	 bins;
	struct keys	*keys;		/* none: a bin has one sum */
	int64_t		 lateness_ns;	/* -1: write at the end of input */
	size_t		 max_bins;
	size_t		 max_memory;	/* bytes, of sums by key */
	bool		 fill;		/* write zeros for keys not in a bin */
	/*
	 * Called for each sum, in order of bins and keys, and with sums of zero
	 * for empty bins.  The bin may be TIMEBINS_NO_TIME.
	 */
	void		(*write)(int64_t bin, struct slice key,
			const struct keytable_sums *);

	/* Results. */
	uint64_t	 late_rows;	/* whose bin had been written */
	uint64_t	 early;		/* bins written early to make room */
	uint64_t	 open_gaps;	/* bins or gaps without zeros */
	bool		 by_memory;	/* early because of max_memory */

	/* The rest is the module's own. */
	struct stream_clock clock;
	struct binclock	 closing;	/* of the stream clock */
	struct timebins	 sums;		/* a written bin is dropped */
	struct timebins	 late;		/* sums to be written at the end */
	bool		 gap_known;	/* last_bin was written in order */
	int64_t		 last_bin;
	size_t		 zeros_left;	/* zero rows still allowed */
	struct keytable	 seen;		/* keys that are filled */
	struct output	 text;		/* one of them */
	struct slice	*order;		/* these, sorted */
	size_t		 ordered;
};

/* Prepares; binstream_release frees. */
void	binstream_init(struct binstream *);
void	binstream_release(struct binstream *);

/* Sums and writes all rows. */
void	binstream_rows(struct binstream *, struct row_reader *);

/* Which bound made bins early, for a message.  Good until the next call. */
const char *binstream_reason(const struct binstream *);

/* Prints what was out of the ordinary; the sums hold nevertheless. */
void	binstream_report(const struct binstream *);

#endif
