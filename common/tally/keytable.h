/*
 * keytable - a hash table from short texts to entries
 *
 * A key is any bytes.  Its entry has a value, of which each user of a table
 * takes the member it needs, and stays where it is until the table is
 * cleared.  Entries are numbered in the order in which their keys came.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef KEYTABLE_H
#define KEYTABLE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/textkey.h"
#include "tally/slots.h"

#define KEYTABLE_MAX		((size_t)1 << 30)	/* keys of one table */
#define KEYTABLE_KEY_MAX	1024	/* bytes of a key */
#define KEYTABLE_MEMORY		((size_t)512 << 20)	/* by default */
#define KEYTABLE_RECENT		256
#define KEYTABLE_CHUNK_BITS	15	/* entries are made 2^15 at a time */

struct keytable_sums {
	uint64_t	 packets;	/* up to 2^63 - 1 */
	uint64_t	 bytes;		/* up to 2^63 - 1 */
};

struct keytable_seen {
	int64_t		 bin;		/* when the key was seen last */
	void		*data;		/* the user's */
};

/*
 * A key and its value, which is all zeros at first.  The order of the members
 * puts all that a look-up of an IPv4 address touches into one cache line.
 */
struct keytable_entry {
	union {
		struct keytable_sums sums;
		struct keytable_seen seen;
		size_t	 number;
	};
	uint32_t	 hash;
	uint32_t	 len;		/* of the key */
	union {
		char	 here[40];	/* a key that fits, zeros after */
		char	*there;		/* a longer one */
	} key;
};

static_assert(sizeof(struct keytable_entry) == 64, "one cache line");

/* Why a table took no further key. */
enum keytable_bound { KEYTABLE_ROOM, KEYTABLE_KEYS, KEYTABLE_BYTES,
    KEYTABLE_LONG };

struct keytable {
	size_t		 used;		/* keys */
	size_t		 max;		/* keys at most */
	/* A user of the table may set these. */
	size_t		 max_bytes;	/* of memory; no limit at first */
	size_t		 prefix;	/* the user's bytes before a key */
	size_t		 more;		/* the user's own memory for a key */
	enum keytable_bound bound;	/* one that was reached */
	/* The rest is the module's own. */
	struct keytable_entry **chunk;
	size_t		 chunks;
	struct slot *slot;
	size_t		 slots;		/* a power of two */
	size_t		 long_bytes;	/* of the keys outside of entries */
	struct keytable_entry *recent[KEYTABLE_RECENT];
};

/* Prepares for at most max keys; keytable_release frees. */
void	 keytable_init(struct keytable *, size_t max);
void	 keytable_release(struct keytable *);

/* Forgets all keys. */
void	 keytable_clear(struct keytable *);

/*
 * Frees the index, a seventh of the memory of 10^6 keys.  Then the entries can
 * be read, but no key can be looked for.
 */
void	 keytable_drop_index(struct keytable *);

/*
 * Finds the entry of a key of n bytes, or makes one.  SLICE_SLACK bytes after
 * the key are readable.  NULL: the key is new, and the table is full or the key
 * too long.
 */
struct keytable_entry *keytable_insert(struct keytable *, const char *key,
	    size_t n);

/*
 * The same for a key that stands for all that found no room, such as REST: it
 * always has room.
 */
struct keytable_entry *keytable_insert_rest(struct keytable *, const char *key,
	    size_t n);

/* The memory of the keys, of the index and of what the user keeps, in bytes. */
size_t	 keytable_bytes(const struct keytable *);

/*
 * A bound, for a message: "--max-keys 100 reached", "--max-memory 4096 reached"
 * or, with the word for the keys, "sources over 1024 bytes".  Good until the
 * next call.
 */
const char *keytable_reason(enum keytable_bound, const char *names,
	    size_t max_keys, size_t max_memory);

/* The hash of a key. */
uint32_t keytable_hash(const char *key, size_t n);

/* keytable_insert of a key with this hash. */
struct keytable_entry *keytable_insert_hashed(struct keytable *,
	    const char *key, size_t n, uint32_t hash);

/* The entry of a key with this hash, or NULL. */
struct keytable_entry *keytable_find_hashed(const struct keytable *,
	    const char *key, size_t n, uint32_t hash);

/* The entry with this number. */
static inline struct keytable_entry *
keytable_entry(const struct keytable *t, size_t i)
{
	return &t->chunk[i >> KEYTABLE_CHUNK_BITS]
	    [i & ((1 << KEYTABLE_CHUNK_BITS) - 1)];
}

/* An entry's key, which is len bytes and no string. */
static inline const char *
keytable_key(const struct keytable_entry *e)
{
	return e->len <= sizeof(e->key.here) ? e->key.here : e->key.there;
}

/* Orders entries by key, as memcmp orders bytes. */
int	 keytable_compare(const struct keytable_entry *,
	    const struct keytable_entry *);

/*
 * Whether an entry has this key, eight bytes at a time; the last eight may be
 * some of those before.
 */
static inline bool
keytable_has(const struct keytable_entry *e, const char *key, size_t n)
{
	size_t i;

	if (e->len != n)
		return false;
	if (n < 8 || n > sizeof(e->key.here))
		return memcmp(keytable_key(e), key, n) == 0;
	for (i = 0; i + 8 < n; i += 8)
		if (le64(e->key.here + i) != le64(key + i))
			return false;
	return le64(e->key.here + n - 8) == le64(key + n - 8);
}

/*
 * Fetch the slot of a key with this hash, and then its entry, which is returned
 * if there is one; another key may have the hash.
 */
static inline void
keytable_prefetch_slot(const struct keytable *t, uint32_t hash)
{
	__builtin_prefetch(&t->slot[hash & (t->slots - 1)]);
}

static inline struct keytable_entry *
keytable_prefetch_entry(const struct keytable *t, uint32_t hash)
{
	ptrdiff_t i = slots_hashed(t->slot, t->slots, hash);
	struct keytable_entry *e = i < 0 ? NULL : keytable_entry(t, (size_t)i);

	if (e != NULL)
		__builtin_prefetch(e, 1);
	return e;
}

/*
 * The entry of a key of n bytes, or NULL.  SLICE_SLACK bytes after the key
 * are readable.  Short keys are looked for among the recent ones first,
 * without the seeded hash, as protocols repeat: measured, that takes 2 ns
 * where keytable_find_hashed takes 12.
 */
static inline struct keytable_entry *
keytable_find(struct keytable *t, const char *key, size_t n)
{
	struct keytable_entry *e, **place;
	struct textkey text, kept;

	if (n > TEXTKEY_BYTES)
		return keytable_find_hashed(t, key, n, keytable_hash(key, n));
	text = textkey_of((struct slice){ key, n });
	place = &t->recent[textkey_hash(text, (struct slice){ key, n }) >> 56];
	e = *place;
	if (e != NULL) {
		memcpy(&kept, e->key.here, sizeof(kept));
		if (textkey_same(kept, text) && e->len == n)
			return e;
	}
	e = keytable_find_hashed(t, key, n, keytable_hash(key, n));
	if (e != NULL)
		*place = e;
	return e;
}

/*
 * The number of a key, from 0 in the order in which keys came; max if it is
 * new and the table is full.  For a table whose values are numbers.
 */
static inline size_t
keytable_number(struct keytable *t, const char *key, size_t n)
{
	struct keytable_entry *e = keytable_find(t, key, n);
	size_t used = t->used;

	if (e == NULL) {
		e = keytable_insert(t, key, n);
		if (e == NULL)
			return t->max;
		e->number = used;
	}
	return e->number;
}

#endif
