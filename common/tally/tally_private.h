/*
 * tally_private - what the files that write a tally have in common
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TALLY_PRIVATE_H
#define TALLY_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/wide.h"
#include "tally/keyfacts.h"
#include "tally/tally.h"

#define TALLY_REST	"REST"

/* The sums of all rows that shares are parts of. */
struct tally_total {
	struct wide	 packets;
	struct wide	 bytes;
};

static inline void
tally_total_add(struct tally_total *t, const struct keytable_sums *s)
{
	t->packets = wide_sum(t->packets, wide_of(s->packets));
	t->bytes = wide_sum(t->bytes, wide_of(s->bytes));
}

/* What is in a row REST. */
struct tally_rest {
	struct keytable_sums sums;
	struct keyfact	 times;
};

/* The number by which an entry is ordered: the greatest comes first. */
uint64_t tally_rank(const struct keytable_entry *, const struct tally_style *);

/*
 * The same for the number that a key starts with: the least first, and keys
 * that start with none last.
 */
uint64_t tally_rank_number(struct slice key);

/* An entry and the first thing it is ordered by. */
struct tally_ranked {
	uint64_t	 value;		/* the greatest comes first */
	const struct keytable_entry *entry;
};

/*
 * Puts the first top of all entries but skip, which may be NULL, in order into
 * a list with room for them; their values then mean nothing.  The sums of the
 * others go to rest.  False: a sum exceeds 2^63 - 1.
 */
bool	 tally_rank_entries(const struct tally *, const struct tally_style *,
	    struct tally_ranked *list, size_t top,
	    const struct keytable_entry *skip, struct tally_rest *rest);

/* Adds an entry to a rest; false if a sum exceeds 2^63 - 1. */
bool	 tally_fold(struct tally_rest *, const struct keytable_entry *,
	    const struct tally_style *);

/* Writes an entry's row. */
void	 tally_write_entry(struct output *, const struct keytable_entry *,
	    const struct tally_style *, const struct tally_total *);

/* Writes the cells of a rest after those of its key, and ends the row. */
void	 tally_write_rest(struct output *, const struct tally_rest *,
	    const struct tally_style *, const struct tally_total *);

/*
 * Writes the rows group by group; those past the top of a group are one row
 * REST in it.  skip, or NULL, is an entry that is left out.  False: a sum
 * exceeds 2^63 - 1, and nothing was written.
 */
bool	 tally_write_groups(const struct tally *, struct output *,
	    const struct tally_style *, const struct keytable_entry *skip);

#endif
