/*
 * wide - whole numbers of 128 bits: products of 64-bit numbers, and addresses
 *
 * Compilers have such a type for 64-bit processors only.  There these
 * functions cost what the type costs; elsewhere wide.c computes in halves.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef WIDE_H
#define WIDE_H

#include <stdbool.h>
#include <stdint.h>

/* high * 2^64 + low. */
struct wide {
	uint64_t	high;
	uint64_t	low;
};

/* What the functions without _halves do, by numbers of up to 64 bits. */
struct wide wide_product_halves(uint64_t, uint64_t);
struct wide wide_divide_halves(struct wide, struct wide by);

/* A number of 64 bits. */
static inline struct wide
wide_of(uint64_t n)
{
	return (struct wide){ 0, n };
}

/* n bits that are set, from the lowest on; 0 <= n <= 128. */
static inline struct wide
wide_ones(unsigned n)
{
	if (n > 64)
		return (struct wide){ UINT64_MAX >> (128 - n), UINT64_MAX };
	return (struct wide){ 0, n == 0 ? 0 : UINT64_MAX >> (64 - n) };
}

/* The bits that either number has. */
static inline struct wide
wide_or(struct wide a, struct wide b)
{
	return (struct wide){ a.high | b.high, a.low | b.low };
}

/* The bits of a that b does not have. */
static inline struct wide
wide_without(struct wide a, struct wide b)
{
	return (struct wide){ a.high & ~b.high, a.low & ~b.low };
}

/* The sum, modulo 2^128. */
static inline struct wide
wide_sum(struct wide a, struct wide b)
{
	uint64_t low = a.low + b.low;

	return (struct wide){ a.high + b.high + (low < a.low), low };
}

/* a - b, modulo 2^128. */
static inline struct wide
wide_difference(struct wide a, struct wide b)
{
	return (struct wide){ a.high - b.high - (a.low < b.low),
	    a.low - b.low };
}

/* -1, 0 or 1: a is less than b, the same, or more. */
static inline int
wide_compare(struct wide a, struct wide b)
{
	if (a.high != b.high)
		return a.high < b.high ? -1 : 1;
	return (a.low > b.low) - (a.low < b.low);
}

/* Whether a < b, for searches: without a branch where the type is known. */
static inline bool
wide_less(struct wide a, struct wide b)
{
#ifdef __SIZEOF_INT128__
	return ((unsigned __int128)a.high << 64 | a.low) <
	    ((unsigned __int128)b.high << 64 | b.low);
#else
	return wide_compare(a, b) < 0;
#endif
}

static inline struct wide
wide_product(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
	unsigned __int128 product = (unsigned __int128)a * b;

	return (struct wide){ (uint64_t)(product >> 64), (uint64_t)product };
#else
	return wide_product_halves(a, b);
#endif
}

/* The quotient, rounded down; by is not 0. */
static inline struct wide
wide_divide(struct wide a, struct wide by)
{
#ifdef __SIZEOF_INT128__
	unsigned __int128 quotient = ((unsigned __int128)a.high << 64 | a.low) /
	    ((unsigned __int128)by.high << 64 | by.low);

	return (struct wide){ (uint64_t)(quotient >> 64), (uint64_t)quotient };
#else
	return wide_divide_halves(a, by);
#endif
}

/* n * by / over, rounded down, modulo 2^64; over is not 0. */
static inline uint64_t
wide_scale(uint64_t n, uint64_t by, uint64_t over)
{
	return wide_divide(wide_product(n, by), wide_of(over)).low;
}

#endif
