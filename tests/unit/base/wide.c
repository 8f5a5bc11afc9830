/*
 * wide - unit test of numbers of 128 bits; the values are Python's
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/wide.h"
#include "tap.h"

#define N(a)	(sizeof(a) / sizeof((a)[0]))
#define TOP	UINT64_C(0x8000000000000000)

static const struct {
	uint64_t	a, b;
	struct wide	product;
} products[] = {
	{ 0, UINT64_MAX, { 0, 0 } },
	{ UINT64_MAX, UINT64_MAX, { UINT64_MAX - 1, 1 } },
	{ TOP, 2, { 1, 0 } },
	{ 0x100000000, 0x100000000, { 1, 0 } },
	{ 0x123456789abcdef0, 0xfedcba9876543210,
	    { 0x121fa00ad77d7422, 0x236d88fe5618cf00 } },
	{ INT64_MAX, UINT64_C(8000000000000),
	    { 0x3a352943fff, 0xfffff8b95ad78000 } },
	{ UINT32_MAX, UINT64_MAX, { 0xfffffffe, 0xffffffff00000001 } },
};

static const struct {
	struct wide	a, by, quotient;
} quotients[] = {
	{ { UINT64_MAX, UINT64_MAX }, { 0, 1 }, { UINT64_MAX, UINT64_MAX } },
	{ { UINT64_MAX, UINT64_MAX }, { 0, UINT64_MAX }, { 1, 1 } },
	{ { UINT64_MAX, UINT64_MAX }, { 1, 0 }, { 0, UINT64_MAX } },
	{ { UINT64_MAX, UINT64_MAX }, { UINT64_MAX, UINT64_MAX }, { 0, 1 } },
	{ { TOP, 0 }, { TOP, 1 }, { 0, 0 } },
	{ { TOP, 1 }, { TOP, 0 }, { 0, 1 } },
	/* 10^38 by 10^19, 10^30 by 7 * 10^20 */
	{ { 0x4b3b4ca85a86c47a, 0x98a224000000000 },
	    { 0, UINT64_C(10000000000000000000) },
	    { 0, UINT64_C(10000000000000000000) } },
	{ { 0xc9f2c9cd0, 0x4674edea40000000 }, { 0x25, 0xf273933db5700000 },
	    { 0, 0x55264524 } },
	{ { 0x123456789abcdef0, 0xfedcba987654321 }, { 0, 0x1234567 },
	    { 0x1000000790, 0x3840e01a96a9e } },
	{ { 0, 99 }, { 0, 100 }, { 0, 0 } },
};

static bool
same(struct wide a, struct wide b)
{
	return a.high == b.high && a.low == b.low;
}

static uint64_t
next(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	return *x ^= *x << 17;
}

/* Numbers of every length, many of few bits. */
static struct wide
some(uint64_t *x)
{
	struct wide mask = wide_ones((unsigned)(next(x) >> 32) % 129);
	struct wide n = { next(x), next(x) };

	if (next(x) >> 40 & 1)
		n = wide_or(n, (struct wide){ next(x), UINT64_MAX });
	return wide_without(n, mask);
}

/* a = quotient * by + rest, the rest under by; by may exceed 64 bits. */
static bool
divides(struct wide a, struct wide by)
{
	struct wide quotient = wide_divide(a, by), product;

	if (!same(quotient, wide_divide_halves(a, by)))
		return false;
	product = wide_product(quotient.low, by.low);
	product.high += quotient.high * by.low + quotient.low * by.high;
	return wide_compare(wide_difference(a, product), by) < 0 &&
	    wide_compare(product, a) <= 0;
}

static int
count_wrong(void)
{
	uint64_t x = 88172645463325252;
	int i, wrong = 0;

	for (i = 0; i < 200000; i++) {
		struct wide a = some(&x), b = some(&x);

		if (i % 2)
			b = wide_of(i % 3 ? b.low : b.high);
		wrong += !same(wide_product(a.low, b.low),
		    wide_product_halves(a.low, b.low));
		wrong += !same(wide_difference(wide_sum(a, b), b), a);
		wrong += wide_compare(a, b) + wide_compare(b, a) != 0;
		wrong += wide_less(a, b) != (wide_compare(a, b) < 0);
		if (b.high != 0 || b.low != 0)
			wrong += !divides(a, b);
	}
	return wrong;
}

int
main(void)
{
	static const struct wide all = { UINT64_MAX, UINT64_MAX };
	size_t i;

	for (i = 0; i < N(products); i++)
		ok(same(wide_product(products[i].a, products[i].b),
		    products[i].product) &&
		    same(wide_product_halves(products[i].b, products[i].a),
		    products[i].product), "product %zu, both ways", i);
	for (i = 0; i < N(quotients); i++)
		ok(same(wide_divide(quotients[i].a, quotients[i].by),
		    quotients[i].quotient) &&
		    same(wide_divide_halves(quotients[i].a, quotients[i].by),
		    quotients[i].quotient), "quotient %zu, both ways", i);
	ok(same(wide_sum(all, wide_of(1)), wide_of(0)) &&
	    same(wide_sum(wide_of(UINT64_MAX), wide_of(1)),
	    (struct wide){ 1, 0 }), "sums carry, and wrap at 2^128");
	ok(same(wide_difference(wide_of(0), wide_of(1)), all),
	    "differences borrow");
	for (i = 0; i < 128; i++)
		if (!same(wide_sum(wide_ones((unsigned)i), wide_of(1)),
		    wide_without(wide_ones((unsigned)i + 1),
		    wide_ones((unsigned)i))))
			break;
	ok(i == 128 && same(wide_ones(128), all), "ones of each length");
	ok(wide_compare((struct wide){ 1, 0 }, wide_of(UINT64_MAX)) == 1 &&
	    wide_compare(wide_of(1), wide_of(2)) == -1 &&
	    wide_compare(all, all) == 0, "the upper half is compared first");
	ok(wide_scale(UINT64_MAX, 1000, 3000) == UINT64_MAX / 3,
	    "scaling goes through 128 bits");
	same_int(count_wrong(), 0, "random numbers, by the compiler's type "
	    "where it has one and in halves");
	return tap_done();
}
