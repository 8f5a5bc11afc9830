/*
 * novalue - what programs write into a cell that has no value
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef NOVALUE_H
#define NOVALUE_H

#include <stdbool.h>

#include "base/slice.h"

/* Whether the slice is one of the words, of which the last is NULL. */
bool	novalue_among(struct slice, const char *const *words);

/* Whether it is a word of pandas ("nan", "NaT"), R, Go, SQL, Zeek or Excel. */
bool	novalue_word(struct slice);

/* Whether a cell is empty, or such a word, which starts with no digit. */
static inline bool
novalue(struct slice s)
{
	return s.len == 0 || ((unsigned char)(s.at[0] - '0') > 9 &&
	    novalue_word(s));
}

#endif
