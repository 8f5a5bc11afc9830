/*
 * active - how many keys were seen lately
 *
 * Keys are told apart by a 64-bit hash with a secret seed alone, so that a
 * look-up touches one place in memory: with 65536 keys, two are taken for one
 * once in some 10^10 times.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ACTIVE_H
#define ACTIVE_H

#include <stddef.h>
#include <stdint.h>

struct active_slot {
	uint64_t	 hash;		/* 0: free */
	int64_t		 bin;		/* the key was last seen in */
};

#define ACTIVE_AHEAD	16	/* keys whose slots are being fetched */

struct active {
	uint64_t	 lost;		/* sights of keys that had no room */
	/* The rest is the module's own. */
	struct active_slot *slot;
	size_t		 slots;		/* a power of two */
	size_t		 used;
	uint64_t	 seed[2];
	size_t		 max;
	int64_t		 swept;		/* what was too old the last time */
	struct active_slot ahead[ACTIVE_AHEAD];	/* seen, not yet stored */
	unsigned	 turn;
};

/* Prepares for max keys; active_release frees. */
void	active_init(struct active *, size_t max);
void	active_release(struct active *);

/* Forgets all keys. */
void	active_clear(struct active *);

/*
 * A key of n bytes (SLICE_SLACK more are readable) is seen in a bin.  If it is
 * new and there is no room, keys last seen before the bin oldest are
 * forgotten.
 */
void	active_see(struct active *, const char *key, size_t n, int64_t bin,
	    int64_t oldest);

/* How many keys were seen in the bin oldest or later. */
size_t	active_count(struct active *, int64_t oldest);

#endif
