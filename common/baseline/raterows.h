/*
 * raterows - the rows that rateflag reads: a time, a key and a value
 *
 * The value is packets or bytes, as every program that sums reads them, or the
 * decimal number in a column of any name.  Without columns given, the key of a
 * tally is the columns before its sums or the value, other than the time.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef RATEROWS_H
#define RATEROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/output.h"
#include "base/slice.h"
#include "csv/row.h"
#include "csv/rowfilter.h"
#include "tally/keys.h"

struct raterow {
	int64_t		 ns;
	double		 value;		/* within SERIES_VALUE_MAX */
	struct slice	 key;		/* CSV text, with SLICE_SLACK */
};

struct raterows {
	/* Options, set after raterows_init. */
	const char	*value;		/* bytes, packets or a column */
	struct keys	 keys;		/* none: those of the first table */
	struct rowfilter *filter;
	/* The key. */
	const char	*column[KEYS_MAX];
	size_t		 columns;
	bool		 any;		/* the value is neither of the sums */
	/* A count. */
	uint64_t	 untimed;	/* rows without a time */
	/* The rest is the module's own. */
	struct row_reader rows;
	struct output	 text;		/* where a key is put together */
	bool		 named;		/* there was a table */
	size_t		 time, number;	/* cells, if any */
	size_t		 first;		/* cell of a key from the table */
	void		(*start)(void);
};

/* Prepares to read rows from a stream; raterows_release frees. */
void	raterows_init(struct raterows *, struct stream *);
void	raterows_release(struct raterows *);

/*
 * Call it after the options are set and the stream is prepared.  start is
 * called once, when the columns of the key are known: before the first row.
 */
void	raterows_start(struct raterows *, void (*start)(void));

/*
 * What a state must be of to be continued: key, value, width of a bin, zone and
 * protocols.  free(3) frees it.
 */
char	*raterows_identity(const struct raterows *, int64_t width_ns);

/*
 * Reads the next row with a time; its key is good until the next call.  False
 * when all operands are done.  Reports bad rows.
 */
bool	raterows_next(struct raterows *, struct raterow *);

#endif
