/*
 * tally - packets and bytes summed by key
 *
 * A key is the text of its cells as in a CSV row, quoted where needed and
 * separated by commas, so that a written key reads back as the same key.  The
 * number of keys is bounded: rows with further keys are summed in a row REST.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TALLY_H
#define TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/output.h"
#include "base/timestamp.h"
#include "tally/keyfacts.h"
#include "tally/keytable.h"

#define TALLY_BATCH		64	/* rows counted together */
#define TALLY_BATCH_FROM	16384	/* keys; fewer fit the caches */

/* A row not counted yet, whose place in the table is being fetched. */
struct tally_row {
	uint64_t	 packets;
	uint64_t	 bytes;
	uint32_t	 hash;
	uint32_t	 len;
	bool		 is_cell;	/* may need quotes to be a key */
	char		 key[40];
};

struct tally {
	struct keytable	 keys;
	struct keytable_sums rest;	/* sums of rows with further keys */
	uint64_t	 folded;	/* how many rows these were */
	struct keyfact	 rest_times;	/* the caller's; see tally_style */
	/* The rest is the module's own. */
	struct output	 text;		/* where a key is put together */
	struct tally_row *batch;
	size_t		 batched;
	const struct keytable_entry *last;	/* see tally_last */
};

enum tally_sort { TALLY_BY_BYTES, TALLY_BY_PACKETS, TALLY_BY_NAME,
    TALLY_BY_NUMBER, TALLY_BY_FIRST, TALLY_BY_DISTINCT };

/* How a tally is written. */
struct tally_style {
	const char *const *column;	/* the names of the key's cells */
	size_t		 columns;
	enum tally_sort	 sort;		/* sums and values: descending */
	size_t		 top;		/* rows before REST; 0: no limit */
	bool		 shares;	/* with columns of percentages */
	bool		 no_header, no_rest;
	/*
	 * The first group columns make groups, each with a top, a REST and
	 * shares of its own.  By time: these are in its order.
	 */
	size_t		 group;
	bool		 by_time;
	/* NULL if there are no columns of these facts. */
	struct keyfacts	*facts;
	bool		 times;		/* columns first and last */
	enum timestamp_format format;
	const char	*distinct;	/* the column of numbers of values */
};

/* Prepares for at most max keys; tally_release frees. */
void	 tally_init(struct tally *, size_t max);
void	 tally_release(struct tally *);

/*
 * Puts the text of n cells together as a key, in a buffer of the caller's.
 * Bytes of a prefix, which may be none, stand before it as they are.  The key
 * is valid until the buffer is used again.
 */
struct slice	 tally_key(struct output *buffer, const char *prefix,
		    size_t prefix_len, const struct slice *cell, size_t n);

/* The same for the key REST of n cells: the word, and empty ones. */
struct slice	 tally_rest_key(struct output *buffer, const char *prefix,
		    size_t prefix_len, size_t n);

/* Adds to the sums; false if one exceeds 2^63 - 1 and is now void. */
static inline bool
tally_add(struct keytable_sums *s, uint64_t packets, uint64_t bytes)
{
	s->packets += packets;
	s->bytes += bytes;
	return ((s->packets | s->bytes) >> 63) == 0;
}

/* What tally_count does where it has no short cut. */
bool	 tally_count_slow(struct tally *, const struct slice *cell, size_t n,
	    uint64_t packets, uint64_t bytes);

/*
 * Counts a row under the key of n cells, or in the tally's rest if there is
 * no room for a new key.  The cells are those of a record (SLICE_SLACK bytes
 * after them are readable).  False: a sum exceeds 2^63 - 1, with this row or
 * one of the TALLY_BATCH before; tally_overflowed says which.
 *
 * With few keys, a short cut: a known key of one cell has the text of the
 * cell, unless that starts with a quote.  Inline in each loop: protobw takes
 * 7 % fewer instructions.
 */
__attribute__((always_inline))
static inline bool
tally_count(struct tally *t, const struct slice *cell, size_t n,
    uint64_t packets, uint64_t bytes)
{
	struct keytable_entry *e;

	if (n == 1 && t->keys.used < TALLY_BATCH_FROM &&
	    (cell->len == 0 || cell->at[0] != '"') &&
	    (e = keytable_find(&t->keys, cell->at, cell->len)) != NULL) {
		t->last = e;
		return tally_add(&e->sums, packets, bytes);
	}
	return tally_count_slow(t, cell, n, packets, bytes);
}

/*
 * Counts the rows that tally_count has put off; tally_write does so too.
 * False: a sum exceeds 2^63 - 1.
 */
bool	 tally_flush(struct tally *);

/*
 * The same after the last row; also frees memory that only counting needs.
 * Then a tally can be written and released, and nothing else.
 */
bool	 tally_finish(struct tally *);

/*
 * The entry that the last row was counted in, after tally_flush; NULL: the
 * rest.
 */
static inline const struct keytable_entry *
tally_last(const struct tally *t)
{
	return t->last;
}

/* The key of the sum that exceeds 2^63 - 1. */
struct slice	 tally_overflowed(const struct tally *);

/* Writes the header of the rows that tally_write writes. */
void	 tally_write_header(struct output *, const struct tally_style *);

/*
 * Writes the rows in order.  Those past the top, the tally's rest and a key
 * REST are one row REST, the last.  False: a sum exceeds 2^63 - 1, and nothing
 * was written.
 */
bool	 tally_write(struct tally *, struct output *,
	    const struct tally_style *);

#endif
