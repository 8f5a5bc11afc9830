/*
 * numbercell - numbers as spreadsheets and pandas write them
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef NUMBERCELL_H
#define NUMBERCELL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

#define NUMBERCELL_TEXT_MAX	80

/*
 * Writes "1.7e9", "2.6e-05" or "1704067200,5", times 10 to the power of
 * exponent (-9 to 9), as digits with a point if need be.  False, and *s stays,
 * if it is none of these, or too long.
 */
bool	numbercell_plain(struct slice *s, int exponent,
	    char text[NUMBERCELL_TEXT_MAX]);

/*
 * Writes "1,514", "1'514" or "1 514", with groups of three digits, as digits,
 * and so "1,514.0".  own is the separator, "," or ".", that is taken beside
 * these; the other one is the decimal point.
 */
bool	numbercell_ungroup(struct slice *s, const char *own,
	    char text[NUMBERCELL_TEXT_MAX]);

/*
 * A number without a fraction of zeros, "66" of "66.0" and "66."; others as
 * they are.  pandas makes "66.0" of 66 where another row of the file had none.
 */
static inline struct slice
numbercell_whole(struct slice s, char point)
{
	size_t n = s.len;

	while (n > 0 && s.at[n - 1] == '0')
		n--;
	if (n > 0 && s.at[n - 1] == point)
		s.len = n - 1;
	return s;
}

/*
 * Reads a number of a protocol, a port or flags, up to max: "443", "443.0"
 * (pandas) or "0x1bb".
 */
bool	numbercell_code(struct slice, uint64_t max, uint64_t *value);

#endif
