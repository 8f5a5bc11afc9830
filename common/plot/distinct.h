/*
 * distinct - the number of distinct keys seen lately
 *
 * Of a key only a 64-bit hash with a secret seed is kept, so that a look-up
 * touches one place in memory.  The probability that two of 65536 keys have the
 * same hash is 10^-10.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DISTINCT_H
#define DISTINCT_H

#include <stddef.h>
#include <stdint.h>

struct distinct_slot {
	uint64_t	 hash;		/* 0: free */
	int64_t		 bin;		/* of the newest row with the key */
};

#define DISTINCT_AHEAD	16	/* keys whose slots are prefetched */

struct distinct {
	uint64_t	 lost;		/* calls with a key that had no room */
	int64_t		 lost_bin;	/* newest bin of such a key, if any */
	/* The rest is the module's own. */
	struct distinct_slot *slot;
	size_t		 slots;		/* a power of two */
	size_t		 used;
	uint64_t	 seed[2];
	size_t		 max;
	int64_t		 swept;		/* oldest bin kept by the last sweep */
	int64_t		 least;		/* no key was last seen before it */
	struct distinct_slot ahead[DISTINCT_AHEAD];	/* not stored yet */
	unsigned	 turn;
};

/* Prepares for max keys; distinct_release frees. */
void	distinct_init(struct distinct *, size_t max);
void	distinct_release(struct distinct *);

/* Forgets all keys. */
void	distinct_clear(struct distinct *);

/*
 * Adds a key of n bytes (SLICE_SLACK more are readable), seen in a bin.  If it
 * is new and there is no room, keys last seen before the bin oldest are
 * forgotten; if there is still no room, it is counted in lost.
 */
void	distinct_add(struct distinct *, const char *key, size_t n, int64_t bin,
	    int64_t oldest);

/* The number of keys seen in the bin oldest or later. */
size_t	distinct_count(struct distinct *, int64_t oldest);

#endif
