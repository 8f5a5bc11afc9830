/*
 * recent - keys seen lately, a bounded number of them
 *
 * Each key has the number of the bin it was last seen in, and a pointer of
 * the caller's.  Room for new keys is made by forgetting those too old.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef RECENT_H
#define RECENT_H

#include "tally/tally.h"

struct recent {
	uint64_t	 lost;		/* rows of keys that had no room */
	/* The rest is the module's own. */
	struct tally	 keys;		/* packets: the bin, bytes: pointer */
	void		(*drop)(void *);
	int64_t		 swept;		/* what was too old the last time */
};

/*
 * Prepares for max keys.  drop, unless it is NULL, gets the pointer of each
 * key that is forgotten.  recent_release frees.
 */
void	 recent_init(struct recent *, size_t max, void (*drop)(void *));
void	 recent_release(struct recent *);

/* Forgets all keys. */
void	 recent_clear(struct recent *);

/*
 * Notes that the key of n bytes (SLICE_SLACK more are readable) is seen in a
 * bin.  NULL, if it is new and all that there is room for were seen in the
 * bin oldest or later.  The entry is good until the next call.
 */
struct tally_entry *recent_see(struct recent *, const char *key, size_t n,
	    int64_t bin, int64_t oldest);

/* The pointer of a key; NULL if it is unknown or was last seen before. */
void	*recent_find(struct recent *, const char *key, size_t n,
	    int64_t oldest);

/* An entry's pointer, NULL in a new one. */
void	*recent_pointer(const struct tally_entry *);
void	 recent_set_pointer(struct tally_entry *, void *);

/*
 * How many keys were seen in the bin oldest or later.  Their pointers are
 * stored in list unless it is NULL; it has room for the max keys.
 */
size_t	 recent_list(const struct recent *, int64_t oldest, void **list);

#endif
