/*
 * detect_report - prints what rules did not see: columns, rows and counts
 *
 * The messages go to standard error, and rows that were not evaluated set the
 * status of the stream to STATUS_SKIPPED.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DETECT_REPORT_H
#define DETECT_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "detect/detect_row.h"

/* Warns of a column that a table lacks, with the rules that need it. */
void	detect_report_lacking(const struct detect_row_reader *,
	    const char *column, ruleset rules);

/* untimed: rows that the caller left out; verbose: counts, too. */
void	detect_report(const struct detect_row_reader *, uint64_t untimed,
	    bool verbose);

#endif
