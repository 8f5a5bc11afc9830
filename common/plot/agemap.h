/*
 * agemap - a bounded map whose entries age out
 *
 * Each key has the number of the newest bin it was seen in, and a value, a
 * pointer of the caller's.  A new key takes the place of those too old.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef AGEMAP_H
#define AGEMAP_H

#include "tally/keytable.h"

struct agemap {
	uint64_t	 lost;		/* calls with a key that had no room */
	int64_t		 lost_bin;	/* newest bin of such a key, if any */
	/* The rest is the module's own. */
	struct keytable	 keys;
	void		(*drop)(void *);
	int64_t		 swept;		/* oldest bin kept by the last sweep */
};

/*
 * Prepares for max keys.  drop is called with the value of each key that is
 * forgotten, unless drop is NULL.  agemap_release frees.
 */
void	 agemap_init(struct agemap *, size_t max, void (*drop)(void *));
void	 agemap_release(struct agemap *);

/* Forgets all keys. */
void	 agemap_clear(struct agemap *);

/*
 * Records that the key of n bytes (SLICE_SLACK more are readable) was seen in
 * a bin.  Returns its entry, valid until the next call; NULL if the key is new
 * and all max keys were seen in the bin oldest or later.
 */
struct keytable_entry *agemap_touch(struct agemap *, const char *key, size_t n,
	    int64_t bin, int64_t oldest);

/* The value of a key that was seen in the bin oldest or later, or NULL. */
void	*agemap_find(struct agemap *, const char *key, size_t n,
	    int64_t oldest);

/* An entry's value, NULL in a new one. */
void	*agemap_value(const struct keytable_entry *);
void	 agemap_set_value(struct keytable_entry *, void *);

/*
 * Stores the values of the keys seen in the bin oldest or later, in list, which
 * has room for all keys.  Returns their number.
 */
size_t	 agemap_list(const struct agemap *, int64_t oldest, void **list);

#endif
