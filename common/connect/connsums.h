/*
 * connsums - the sums of a connection apart by protocol and by place
 *
 * A connection has a list of them, by number in a pool; 0 is the empty list.
 * What its first row showed is in no list: it has what the sums of the
 * connection are above those of its list.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CONNSUMS_H
#define CONNSUMS_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "connect/connection.h"

struct connsum {
	uint64_t	 packets[2];	/* sent by end 0 and by end 1 */
	uint64_t	 bytes[2];
	uint32_t	 next;		/* of the list, or of the free ones */
	uint16_t	 proto;
	uint16_t	 place;
};

static_assert(sizeof(struct connsum) == 40, "no padding");

#define CONNSUMS_CHUNK_BITS	14	/* sums are made 2^14 at a time */

struct connsums {
	struct connsum	**chunk;
	size_t		 chunks;
	size_t		 made;		/* ever in use */
	uint32_t	 free;
	size_t		 used;		/* now */
};

/* A pool that is all zeros is empty; connsums_release frees. */
void	 connsums_release(struct connsums *);

/* The sums of a number that is not 0. */
static inline struct connsum *
connsums_at(const struct connsums *s, uint32_t number)
{
	size_t i = number - 1;

	return &s->chunk[i >> CONNSUMS_CHUNK_BITS]
	    [i & (((size_t)1 << CONNSUMS_CHUNK_BITS) - 1)];
}

/* Adds a row to its connection, unless it shows what the first row did. */
void	 connsums_add(struct connsums *, struct connection *,
	    const struct connection *row);

/* Adds what a connection has to one that it was added to. */
void	 connsums_join(struct connsums *, struct connection *,
	    const struct connection *joined);

/* The sums of what a connection's first row showed. */
struct connsum connsums_first(const struct connsums *,
	    const struct connection *);

/* Frees the list of a connection, which is empty then. */
void	 connsums_drop(struct connsums *, struct connection *);

#endif
