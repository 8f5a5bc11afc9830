/*
 * rowfilter - the rows of some protocols and of a span of time
 *
 * The options --proto, --since and --until of the programs that read rows.  A
 * bad value ends the program with status 2.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ROWFILTER_H
#define ROWFILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/protoset.h"
#include "csv/row.h"

/*
 * Codes of long options, and their lines in a getopt_long table, after the
 * program's own.  The letter of --proto is p.
 */
enum { ROWFILTER_SINCE = 1024, ROWFILTER_UNTIL };

#define ROWFILTER_TIMES \
	{ "since", required_argument, NULL, ROWFILTER_SINCE }, \
	{ "until", required_argument, NULL, ROWFILTER_UNTIL }
#define ROWFILTER_OPTIONS \
	{ "proto", required_argument, NULL, 'p' }, ROWFILTER_TIMES

struct rowfilter {
	struct protoset	 protos;
	bool		 timed;		/* one of the limits is given */
	int64_t		 since_ns;	/* times from this one on */
	bool		 ends;		/* until_ns is given */
	int64_t		 until_ns;	/* times before this one */
	/* The rest is the module's own. */
	size_t		 proto;		/* its cell */
	struct row_reader *rows;
};

/* All rows: what a filter is before its options. */
#define ROWFILTER_ALL	{ .since_ns = INT64_MIN }

/* Takes an option that getopt_long returned; false if it is none of these. */
bool	rowfilter_option(struct rowfilter *, int ch, const char *arg);

/*
 * For a program that decides about each row: asks for the columns, and says
 * whether a row is one of the filter.  A row without a time is in no span.
 */
void	rowfilter_want(struct rowfilter *, struct row_reader *);
bool	rowfilter_has(const struct rowfilter *, const struct row *);

/*
 * For all others: makes row_next return only the rows of the filter, which must
 * last as long as the reader.  Asks for columns only if there is something to
 * filter, so that all rows cost nothing.
 */
void	rowfilter_start(struct rowfilter *, struct row_reader *);

#endif
