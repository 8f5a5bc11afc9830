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

/*
 * Whether a cell is empty, or a word for that of pandas ("nan", "NaT"), R, Go,
 * SQL, Zeek or Excel ("#N/A").
 */
bool	novalue(struct slice);

#endif
