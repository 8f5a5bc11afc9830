/*
 * tally - packets and bytes summed by key
 *
 * A key is the text of its cells as they stand in a CSV row (quoted where
 * needed, a comma between two), so that what is written reads back as the
 * same key.  The number of keys is bounded: rows with further ones are summed
 * in one row REST.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TALLY_H
#define TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/output.h"
#include "csv/csv.h"

#define TALLY_KEYS_MAX		((size_t)1 << 30)	/* of one tally */
#define TALLY_RECENT		256
#define TALLY_SHORT		16	/* bytes of the keys found fastest */
#define TALLY_BATCH		32	/* rows counted together */
#define TALLY_BATCH_FROM	16384	/* keys; fewer fit the caches */

/*
 * One key and its sums.  The size and the order of the members put all that
 * a look-up of an IPv4 address touches into one cache line.
 */
struct tally_entry {
	uint64_t	 packets;	/* up to 2^63 - 1 */
	uint64_t	 bytes;		/* up to 2^63 - 1 */
	uint32_t	 hash;
	uint32_t	 len;		/* of the key */
	union {
		char	 here[40];	/* a key that fits, zeros behind */
		char	*there;		/* a longer one */
	} key;
};

/* A row yet to be counted, whose place in the tally is being fetched. */
struct tally_row {
	uint64_t	 packets;
	uint64_t	 bytes;
	uint32_t	 hash;
	uint32_t	 len;
	bool		 is_cell;	/* may need quotes to be a key */
	char		 key[40];
};

struct tally_slot {
	uint32_t	 hash;
	uint32_t	 entry;		/* its number + 1, 0: free */
};

struct tally {
	size_t		 used;		/* keys */
	size_t		 max;		/* keys at most */
	struct tally_entry rest;	/* sums of rows with further keys */
	uint64_t	 folded;	/* how many rows these were */
	/* The rest is the module's own. */
	struct tally_entry **chunk;
	size_t		 chunks;
	struct tally_slot *slot;
	size_t		 slots;		/* a power of two */
	struct tally_entry *recent[TALLY_RECENT];
	struct output	 text;		/* where a key is put together */
	struct tally_row *batch;
	size_t		 batched;
	const struct tally_entry *spilled;
};

enum tally_sort { TALLY_BY_BYTES, TALLY_BY_PACKETS, TALLY_BY_NAME };

/* How a tally is written. */
struct tally_style {
	const char *const *column;	/* names of the key's cells */
	size_t		 columns;
	enum tally_sort	 sort;		/* most first; by name: least first */
	size_t		 top;		/* rows before REST; 0: all */
	bool		 shares;	/* with columns of percentages */
};

/* Prepares for this many keys at most; tally_release frees. */
void	 tally_init(struct tally *, size_t max);
void	 tally_release(struct tally *);

/* Forgets all keys and sums. */
void	 tally_clear(struct tally *);

/*
 * The entry of the key of n bytes, or NULL.  SLICE_SLACK bytes behind it are
 * readable.  An entry stays where it is until the tally is cleared.
 */
struct tally_entry *tally_look(struct tally *, const char *key, size_t n);

/* The same, but a new key gets an entry.  NULL: it is new and all are used. */
struct tally_entry *tally_get(struct tally *, const char *key, size_t n);

/*
 * The text of n cells as a key behind a prefix of bytes (not a part of the
 * text; may be none).  Good until the next call.
 */
struct slice	 tally_key(struct tally *, const char *prefix,
		    size_t prefix_len, const struct slice *cell, size_t n);

/* The entry of this number, counted in the order in which keys came. */
static inline struct tally_entry *
tally_entry(const struct tally *t, size_t i)
{
	return &t->chunk[i >> 15][i & 32767];
}

/* An entry's key, which is len bytes and no string. */
static inline const char *
tally_entry_key(const struct tally_entry *e)
{
	return e->len <= sizeof(e->key.here) ? e->key.here : e->key.there;
}

/* Orders entries by key, as memcmp does its bytes. */
int	 tally_compare_keys(const struct tally_entry *,
	    const struct tally_entry *);

/* Adds to the sums; false if one passes 2^63 - 1, and is then void. */
static inline bool
tally_add(struct tally_entry *e, uint64_t packets, uint64_t bytes)
{
	e->packets += packets;
	e->bytes += bytes;
	return ((e->packets | e->bytes) >> 63) == 0;
}

/* Clears all bytes of a word but the n first ones in memory. */
static inline uint64_t
tally_first_bytes(uint64_t word, size_t n)
{
	if (n >= 8)
		return word;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return word & ~(UINT64_MAX << (8 * n));
#else
	return word & ~(UINT64_MAX >> (8 * n));
#endif
}

/*
 * The entry of a key, or NULL.  Short keys are looked for among the recent
 * ones first, without the seeded hash: protocols repeat.  Measured, that takes
 * 2 ns where tally_look takes 12.
 */
static inline struct tally_entry *
tally_find(struct tally *t, const char *key, size_t n)
{
	struct tally_entry *e, **place;
	uint64_t word[2], kept[2];

	if (n > TALLY_SHORT)
		return tally_look(t, key, n);
	memcpy(word, key, sizeof(word));
	word[0] = tally_first_bytes(word[0], n);
	word[1] = n > 8 ? tally_first_bytes(word[1], n - 8) : 0;
	place = &t->recent[((word[0] ^ word[1] << 29 ^ word[1] >> 35) *
	    0x9e3779b97f4a7c15u) >> 56];
	e = *place;
	if (e != NULL) {
		memcpy(kept, e->key.here, sizeof(kept));
		if (kept[0] == word[0] && kept[1] == word[1] && e->len == n)
			return e;
	}
	e = tally_look(t, key, n);
	if (e != NULL)
		*place = e;
	return e;
}

/*
 * Counts a row under the key of n cells, in the tally's rest if there is no
 * room for a new key.  The cells are those of a record (SLICE_SLACK bytes
 * behind them are readable).  False: a sum passes 2^63 - 1, with this row or
 * one of the TALLY_BATCH before; tally_spilled tells whose.
 */
bool	 tally_count_cells(struct tally *, const struct slice *cell, size_t n,
	    uint64_t packets, uint64_t bytes);

/*
 * The same, with a short cut for few keys: a known key of one cell looks as
 * the cell does, unless that starts with a quote.
 */
static inline bool
tally_count(struct tally *t, const struct slice *cell, size_t n,
    uint64_t packets, uint64_t bytes)
{
	struct tally_entry *e;

	if (n == 1 && t->used < TALLY_BATCH_FROM &&
	    (cell->len == 0 || cell->at[0] != '"') &&
	    (e = tally_find(t, cell->at, cell->len)) != NULL) {
		t->spilled = e;
		return tally_add(e, packets, bytes);
	}
	return tally_count_cells(t, cell, n, packets, bytes);
}

/*
 * Counts the rows that tally_count put off, which tally_write does too.
 * False: a sum passes 2^63 - 1.
 */
bool	 tally_settle(struct tally *);

/*
 * The same when all rows have been counted, and gives back the index, which
 * with 10^6 keys is a fifth of the memory that tally_write would need.  Then
 * a tally can only be written and released.
 */
bool	 tally_finish(struct tally *);

/* The key of the sum that passed 2^63 - 1. */
struct slice	 tally_spilled(const struct tally *);

/* Writes the header of what tally_write writes. */
void	 tally_write_header(struct output *, const struct tally_style *);

/*
 * Writes the rows in order; those past the top, the tally's rest and a key
 * REST as one row REST, which is the last.  False: a sum passes 2^63 - 1, and
 * nothing was written.
 */
bool	 tally_write(struct tally *, struct output *,
	    const struct tally_style *);

#endif
