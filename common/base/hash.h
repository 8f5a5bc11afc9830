/*
 * hash - a fast 64-bit hash of short keys, with a secret seed
 *
 * SipHash-1-3 (Aumasson and Bernstein, 2012; the variant that most hash tables
 * use).  An attacker who does not know the seed cannot choose keys that
 * collide, so a capture cannot make a table slow.  Values differ between runs:
 * they must never decide an order, nor be written out without the seed.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>

/*
 * Takes the seed from the kernel.  Only the first call in a process does so;
 * each table may call it.  Before that the seed is zero, and the hash is the
 * one in the paper with a zero key.
 */
void		hash_seed(void);

/*
 * Sets the seed, for tests against published values, and for hashes that a
 * file has kept with theirs; the seed there is.
 */
void		hash_set_seed(uint64_t k0, uint64_t k1);
void		hash_get_seed(uint64_t k[2]);

/*
 * The hash of n bytes at p; p may be NULL if n is 0.  Any of its bits can be
 * used alone.
 */
uint64_t	hash_bytes(const void *p, size_t n);

/* The same for 16 and 40 bytes, unrolled: at least a fifth faster. */
uint64_t	hash_16(const void *p);
uint64_t	hash_40(const void *p);

/*
 * The same for the 8 bytes of a word and the 7 low ones of another, the low
 * byte first: a round less than for 16, and they need not be in memory.
 */
uint64_t	hash_15(uint64_t first, uint64_t second);

#endif
