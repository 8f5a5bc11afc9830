/*
 * decimal - the numbers of conditions: exact, from -2^63 to 2^63, to 10^-9
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DECIMAL_H
#define DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* A number or, in ns, a time: whole + nano / 10^9. */
struct decimal {
	int64_t		whole;		/* rounded down */
	uint32_t	nano;
};

/*
 * Reads a whole cell as a number, with a unit k, M or G (10^3, 10^6, 10^9) if
 * units is set.  Digits past the ninth of a fraction are cut.
 */
bool	decimal_parse(struct decimal *, struct slice, bool units);

/* Less than 0, 0 or more, as a is before, at or after b. */
static inline int
decimal_compare(struct decimal a, struct decimal b)
{
	if (a.whole != b.whole)
		return a.whole < b.whole ? -1 : 1;
	return a.nano < b.nano ? -1 : a.nano > b.nano;
}

#endif
