/*
 * number - unsigned decimal numbers to text
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/number.h"

static unsigned
count_digits(uint64_t value)
{
	static const uint64_t least[NUMBER_TEXT_MAX] = {
		0, 10, 100, 1000, 10000, 100000, 1000000, 10000000,
		UINT64_C(100000000), UINT64_C(1000000000),
		UINT64_C(10000000000), UINT64_C(100000000000),
		UINT64_C(1000000000000), UINT64_C(10000000000000),
		UINT64_C(100000000000000), UINT64_C(1000000000000000),
		UINT64_C(10000000000000000), UINT64_C(100000000000000000),
		UINT64_C(1000000000000000000), UINT64_C(10000000000000000000)
	};
	unsigned n = 1;

	while (n < NUMBER_TEXT_MAX && value >= least[n])
		n++;
	return n;
}

size_t
number_put(char *out, uint64_t value)
{
	unsigned n = count_digits(value), i;

	for (i = n; i > 0; i--) {
		out[i - 1] = (char)('0' + value % 10);
		value /= 10;
	}
	return n;
}
