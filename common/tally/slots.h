/*
 * slots - the slots of an open-addressing hash table with linear probing
 *
 * A slot has the number of an entry, which the table itself keeps, and the
 * entry's hash.  An entry is in the first slot from hash & (slots - 1) on that
 * was free; the number of slots is a power of two.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SLOTS_H
#define SLOTS_H

#include <stddef.h>
#include <stdint.h>

struct slot {
	uint32_t	 hash;
	uint32_t	 entry;		/* its number + 1, 0: free */
};

/*
 * Moves what n slots hold to twice as many, frees the old ones, which malloc
 * made, and returns the new ones; *n is doubled.
 */
struct slot *slots_double(struct slot *, size_t *n);

#endif
