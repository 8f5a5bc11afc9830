/*
 * decimal - the numbers of conditions
 *
 * SPDX-License-Identifier: ISC
 */
#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "base/number.h"
#include "pick/decimal.h"

/* How often a unit counts; 0 if it is none. */
static uint64_t
unit_of(char c)
{
	switch (c) {
	case 'k':
		return 1000;
	case 'M':
		return 1000000;
	case 'G':
		return 1000000000;
	default:
		return 0;
	}
}

/* Up to nine digits of a fraction, in parts of 10^9. */
static bool
parse_fraction(const char *p, size_t n, uint64_t *nano)
{
	uint64_t value = 0;
	size_t i;

	for (i = 0; i < n; i++)
		if (!isdigit((unsigned char)p[i]))
			return false;
	for (i = 0; i < 9; i++)
		value = value * 10 + (i < n ? (uint64_t)(p[i] - '0') : 0);
	*nano = value;
	return n > 0;
}

bool
decimal_parse(struct decimal *d, struct slice s, bool units)
{
	bool negative = s.len > 0 && s.at[0] == '-';
	const char *p = s.at + negative, *point;
	size_t n = s.len - negative, whole_len;
	uint64_t whole, nano = 0, unit = 1;

	if (units && n > 0 && unit_of(p[n - 1]) > 0)
		unit = unit_of(p[--n]);
	point = memchr(p, '.', n);
	whole_len = point == NULL ? n : (size_t)(point - p);
	if (!number_parse(p, whole_len, INT64_MAX / unit, &whole) ||
	    (point != NULL &&
	    !parse_fraction(point + 1, n - whole_len - 1, &nano)))
		return false;
	whole = whole * unit + nano * unit / 1000000000;
	if (whole > INT64_MAX)
		return false;
	nano = nano * unit % 1000000000;
	d->whole = (int64_t)whole;
	d->nano = (uint32_t)nano;
	if (negative) {
		d->whole = -d->whole - (nano > 0);
		d->nano = nano > 0 ? (uint32_t)(1000000000 - nano) : 0;
	}
	return true;
}
