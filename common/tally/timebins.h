/*
 * timebins - packets and bytes summed by bin of time and key
 *
 * Bins are aligned to the Unix epoch.  All sums are in one table, under the
 * bin's number and the text of the key's cells, so that a row costs one
 * look-up.  One bin is the current one; most rows are in the same bin as the
 * row before.  Bins are dropped oldest first.  The sums of dropped bins are
 * freed when they outnumber those held.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TIMEBINS_H
#define TIMEBINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/timestamp.h"
#include "tally/tally.h"

#define TIMEBINS_NO_TIME INT64_MAX	/* the bin of rows without a time */
#define TIMEBINS_NUMBER	8	/* bytes of a key that name its bin */

/* The number of the bin of this width that contains a time. */
static inline int64_t
timebin_of(int64_t ns, int64_t width_ns)
{
	return timestamp_floor(ns, width_ns);
}

/*
 * When a bin starts.  The first bin starts before the least time there is;
 * the result is then that time, which is in it.
 */
int64_t	 timebin_start(int64_t bin, int64_t width_ns);

/* Whether the bytes of a bin are a spike: more than limit a second. */
bool	 timebin_is_spike(uint64_t bytes, uint64_t limit, int64_t width_ns);

struct timebins {
	int64_t		 first;		/* all bins before it are dropped */
	size_t		 held;		/* sums of the other bins */
	uint64_t	 folded;	/* look-ups of keys that are too long */
	int64_t		 bin;		/* the current one */
	size_t		 columns;	/* cells of a key; 0: one sum a bin */
	/* The rest is the module's own. */
	struct keytable	 sums;
	struct output	 text;		/* where a key is put together */
	uint32_t	*next;		/* by entry: the next in its bin, + 1 */
	size_t		 next_cap;
	char		 key[TIMEBINS_NUMBER + TEXTKEY_BYTES];
	struct keytable_entry *same;	/* bin's, if a bin has one sum */
};

/*
 * Prepares for bins whose keys have this many cells.  The current bin is
 * TIMEBINS_NO_TIME.  timebins_release frees.
 */
void	 timebins_init(struct timebins *, size_t columns);
void	 timebins_release(struct timebins *);

/* Makes the bin with this number the current one; it may be dropped. */
void	 timebins_select(struct timebins *, int64_t bin);

/* The memory of all sums, those of dropped bins included, in bytes. */
size_t	 timebins_bytes(const struct timebins *);

/* Frees the sums of dropped bins at once. */
void	 timebins_shrink(struct timebins *);

/* What timebins_find does where it has no short cut. */
struct keytable_entry *timebins_find_slow(struct timebins *,
	    const struct slice *cell);

/*
 * The sums of the current bin under a key of as many cells as there are
 * columns, or NULL if there are none yet or the bin is dropped.  A key of over
 * KEYTABLE_KEY_MAX bytes is taken for REST, and counted.  The cells are
 * those of a record (SLICE_SLACK bytes after them are readable).  The entry
 * is valid until a bin is dropped.
 */
static inline struct keytable_entry *
timebins_find(struct timebins *b, const struct slice *cell)
{
	struct keytable_entry *e;

	if (b->same != NULL)
		return b->same;
	/* A key of one short cell has the text of the cell. */
	if (b->columns == 1 && b->bin >= b->first &&
	    cell->len <= TEXTKEY_BYTES - TIMEBINS_NUMBER &&
	    (cell->len == 0 || cell->at[0] != '"')) {
		memcpy(b->key + TIMEBINS_NUMBER, cell->at,
		    TEXTKEY_BYTES - TIMEBINS_NUMBER);
		e = keytable_find(&b->sums, b->key,
		    TIMEBINS_NUMBER + cell->len);
		if (e != NULL)
			return e;
	}
	return timebins_find_slow(b, cell);
}

/* The same, but makes sums of zero; the bin must not be dropped. */
struct keytable_entry *timebins_insert(struct timebins *,
	    const struct slice *cell);

/* The number of an entry's bin, and its key as CSV text. */
int64_t	 timebins_number(const struct keytable_entry *);
struct slice	 timebins_key(const struct keytable_entry *);

/*
 * All sums held, or those of one bin, ordered by bin and key.  Sets *n to
 * their number; the caller frees the list.
 */
const struct keytable_entry **timebins_list(const struct timebins *, size_t *n);
const struct keytable_entry **timebins_list_bin(struct timebins *, int64_t bin,
	    size_t *n);

/* Drops all bins before this one. */
void	 timebins_drop_before(struct timebins *, int64_t bin);

/* Makes an earlier bin the first again.  Dropped sums do not come back. */
void	 timebins_reopen(struct timebins *, int64_t first);

/* Forgets all sums. */
void	 timebins_clear(struct timebins *);

#endif
