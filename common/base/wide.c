/*
 * wide - whole numbers of 128 bits, computed in halves
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/wide.h"

#define HALF	UINT32_MAX	/* the lower half of 64 bits */

struct wide
wide_product_halves(uint64_t a, uint64_t b)
{
	uint64_t low = (a & HALF) * (b & HALF);
	uint64_t cross = (a >> 32) * (b & HALF);
	uint64_t middle = (a & HALF) * (b >> 32) + (low >> 32) + (cross & HALF);

	return (struct wide){
	    (a >> 32) * (b >> 32) + (cross >> 32) + (middle >> 32),
	    middle << 32 | (low & HALF)
	};
}

/* Bit n of a number. */
static uint64_t
bit_of(struct wide a, unsigned n)
{
	return (n >= 64 ? a.high >> (n - 64) : a.low >> n) & 1;
}

/* Long division, bit by bit. */
struct wide
wide_divide_halves(struct wide a, struct wide by)
{
	struct wide quotient = { 0, 0 }, rest = { 0, 0 };
	uint64_t carry;
	unsigned n;

	if (a.high == 0 && by.high == 0)
		return wide_of(a.low / by.low);
	for (n = 128; n-- > 0; ) {
		/* The bit that leaves at the top is as much as 2^128. */
		carry = rest.high >> 63;
		rest = wide_sum(rest, rest);
		rest.low |= bit_of(a, n);
		quotient = wide_sum(quotient, quotient);
		if (carry || wide_compare(rest, by) >= 0) {
			rest = wide_difference(rest, by);
			quotient.low |= 1;
		}
	}
	return quotient;
}
