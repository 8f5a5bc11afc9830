/*
 * number - unsigned decimal numbers from text
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef NUMBER_H
#define NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Reads n bytes of digits, all of them, as a number up to max.  False if it
 * is anything else (no sign, blank or fraction is taken) or too large.
 */
static inline bool
number_parse(const char *p, size_t n, uint64_t max, uint64_t *value)
{
	uint64_t v = 0;
	size_t i;

	if (n == 0 || n > 19)
		return false;
	for (i = 0; i < n; i++) {
		unsigned digit = (unsigned char)p[i] - (unsigned)'0';

		if (digit > 9)
			return false;
		v = v * 10 + digit;
	}
	*value = v;
	return v <= max;
}

#endif
