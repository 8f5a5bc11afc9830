/*
 * ratealert - the results of a baseline as rows and as sentences
 *
 * An alert has the columns of an alert of ipflag, and after them: score, why,
 * and those columns of the key that are none of src, dst and proto.  Times of
 * day in sentences are those of the clock in TZ.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef RATEALERT_H
#define RATEALERT_H

#include <stddef.h>

#include "base/output.h"
#include "base/timestamp.h"
#include "baseline/baseline.h"

struct ratealert {
	const char *const *column;	/* of the key */
	size_t		 columns;
	const char	*value;		/* what is counted: bytes, packets */
	enum timestamp_format format;	/* of rows */
};

/* The header of alerts; of scores: time,KEY,value,low,high,score. */
void	ratealert_header(const struct ratealert *, struct output *);
void	ratealert_score_header(const struct ratealert *, struct output *);

/* A row of an event of a result; a row of its scores. */
void	ratealert_row(const struct ratealert *, struct output *,
	    const struct baseline_result *, const struct alarm_event *);
void	ratealert_score(const struct ratealert *, struct output *,
	    const struct baseline_result *);

/* An event as a line: its time and a sentence. */
void	ratealert_line(const struct ratealert *, struct output *,
	    const struct baseline_result *, const struct alarm_event *);

#endif
