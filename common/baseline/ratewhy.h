/*
 * ratewhy - why there is an alert, as a sentence
 *
 * The sentence names the key, its value and the usual range, which expectation
 * the range is of, and how often a value of this size was seen.  It has no
 * comma and no quote, so that it is a cell of CSV as it is.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef RATEWHY_H
#define RATEWHY_H

#include "base/output.h"
#include "base/slice.h"
#include "baseline/ratealert.h"

/* Writes the sentence, without a line break. */
void	ratewhy_write(const struct ratealert *, struct output *,
	    const struct baseline_result *, const struct alarm_event *);

/*
 * The next cell of a key's CSV text, as it stands there; *key is what is
 * left.
 */
struct slice ratewhy_cell(struct slice *key);

/* Writes a cell as a word, as show_token has it; "none" if it is empty. */
void	ratewhy_token(struct output *, struct slice);

#endif
