/*
 * alertrow - alerts as rows and as lines, the same of all programs that alert
 *
 * A row has the columns time, rule, severity, src, dst, proto, value,
 * threshold, window, state and unit; a program may write more behind them.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ALERTROW_H
#define ALERTROW_H

#include <stdint.h>

#include "base/output.h"
#include "base/slice.h"
#include "base/timestamp.h"

enum alertrow_state { ALERTROW_START, ALERTROW_UPDATE, ALERTROW_END };

/* Texts and slices are cells as they stand in CSV, quoted if need be. */
struct alertrow {
	int64_t		 ns;
	const char	*rule, *severity;
	struct slice	 src, dst, proto;	/* may be empty */
	struct slice	 value, threshold;
	struct slice	 window;		/* in seconds */
	enum alertrow_state state;
	struct slice	 unit;
};

/* Writes the header's columns, without an end of the row. */
void	alertrow_header(struct output *);

/* Writes a row, its time in this format, without an end of the row. */
void	alertrow_write(struct output *, const struct alertrow *,
	    enum timestamp_format);

/*
 * A text in which the cells of a row are made: empty, with room for n bytes, so
 * that slices of it are good until the next call.
 */
struct output *alertrow_text(size_t n);

/* What was written into a text since it had so many bytes. */
static inline struct slice
alertrow_since(const struct output *text, size_t from)
{
	return (struct slice){ text->buf + from, text->used - from };
}

/*
 * Writes how a sentence about an alert begins, "RULE (SEVERITY, STATE): ",
 * where the state of a start is left out.
 */
void	alertrow_begin(struct output *, const char *rule,
	    const char *severity, enum alertrow_state);

/* Writes a number of hundredths as a number with two decimals. */
void	alertrow_hundredths(struct output *, uint64_t);

#endif
