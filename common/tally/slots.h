/*
 * slots - the slots of an open-addressing hash table with linear probing
 *
 * A slot has the number of an entry, which the table itself keeps, and the
 * entry's hash.  An entry is in the first slot from hash & (slots - 1) on that
 * was free; the number of slots is a power of two.
 *
 * Up to three quarters of them are used: where only half were, a million keys
 * took toptalk 8 % longer and flowbw 11 %, as fewer slots were in the caches,
 * and more memory had to be cleared.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SLOTS_H
#define SLOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct slot {
	uint32_t	 hash;
	uint32_t	 entry;		/* its number + 1, 0: free */
};

/* Whether n slots are too few for so many entries. */
static inline bool
slots_are_few(size_t n, size_t entries)
{
	return entries * 4 > n * 3;
}

/*
 * The number of the first entry with this hash, of which there may be others;
 * -1 if there is none.  n is the number of slots.
 */
static inline ptrdiff_t
slots_hashed(const struct slot *slot, size_t n, uint32_t hash)
{
	size_t i = hash & (n - 1);

	while (slot[i].entry != 0 && slot[i].hash != hash)
		i = (i + 1) & (n - 1);
	return (ptrdiff_t)slot[i].entry - 1;
}

/* Allocates n slots, all free; free() frees them. */
struct slot *slots_new(size_t n);

/* Puts an entry, which is in none yet, in one of n slots. */
void	 slots_put(struct slot *, size_t n, struct slot entry);

/* Frees one of n slots; those after it that were pushed there move up. */
void	 slots_free(struct slot *, size_t n, size_t hole);

/*
 * Moves what n slots hold to twice as many, frees the old ones, which malloc
 * made, and returns the new ones; *n is doubled.
 */
struct slot *slots_double(struct slot *, size_t *n);

#endif
