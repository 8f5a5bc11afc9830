/*
 * csv_reject - where reading resumes after a record that cannot be read
 *
 * A part of csv, which alone calls it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CSV_REJECT_H
#define CSV_REJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "csv/csv.h"

/*
 * Passes over a bad record, up to the newline after its start, which may not
 * have been read yet.  Sets raw to the record's first line, cut to
 * CSV_RECORD_MAX bytes, and why.  Returns CSV_BAD.
 */
enum csv_result	csv_reject(struct csv *, const char *why);

/*
 * Whether a line from at to end, apart from the first one, is a whole row: it
 * has no quote and this many cells, of which there are two at least.
 */
bool	csv_holds_row(const char *at, const char *end, char delimiter,
	    size_t width);

#endif
