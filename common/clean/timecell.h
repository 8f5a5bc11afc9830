/*
 * timecell - the times in the cells of other programs' tables
 *
 * Besides what timestamp_parse reads: numbers with exponents and decimal
 * commas, of milliseconds, microseconds and nanoseconds since the epoch, the
 * dates of spreadsheets, and text of a format that the user gives.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TIMECELL_H
#define TIMECELL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* How cells write times. */
enum timecell_unit {
	TIMECELL_ANY,		/* not known: as the cell looks */
	TIMECELL_S,		/* seconds since the epoch */
	TIMECELL_MS,
	TIMECELL_US,
	TIMECELL_NS,
	TIMECELL_EXCEL,		/* days since the end of 1899, in TZ */
	TIMECELL_FORMAT		/* text in a format of strptime(3) */
};

struct timecell {
	int64_t		   ns;
	bool		   seconds;	/* it was a number of seconds */
	enum timecell_unit unit;	/* TIMECELL_MS, _US or _NS if only its
					   size says so, else TIMECELL_ANY */
};

/* A unit in the words of a message: "milliseconds". */
const char *timecell_unit_name(enum timecell_unit);

/*
 * Reads the value of --time-format: "s", "ms", "us", "ns", "excel" or a format
 * of strptime(3).  TIMECELL_ANY if it is none of these.
 */
enum timecell_unit timecell_unit_of(const char *word);

/*
 * Reads a cell.  format is that of TIMECELL_FORMAT; beyond strptime's, "%f" is
 * the fraction of the second, and without a zone (%z) the time is in TZ.
 */
bool	timecell_read(struct timecell *, struct slice,
	    enum timecell_unit, const char *format);

/*
 * Whether a cell, read as these seconds since the epoch, may be a spreadsheet's
 * date: a number of days of the years 1982 to 2064 that is not written as
 * csvclean writes times, with 6 or 9 decimal digits.
 */
bool	timecell_may_be_excel(struct slice, int64_t ns);

#endif
