/*
 * conntable_private - what the parts of conntable share
 *
 * conntable.c has the table, conntable_wheel.c the timing wheel, and
 * conntable_order.c what needs all connections in an order: joining their
 * parts, making room, and the end.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CONNTABLE_PRIVATE_H
#define CONNTABLE_PRIVATE_H

#include "connect/conntable.h"

/* The states of an entry. */
enum { CONNTABLE_FREE, CONNTABLE_USED };

#define CONNTABLE_CHUNK_BITS	14	/* 2 MiB, a large page */
#define CONNTABLE_CHUNK		((size_t)1 << CONNTABLE_CHUNK_BITS)

/* An entry by its number. */
static inline struct connection *
conntable_entry(const struct conntable *t, size_t i)
{
	return &t->chunk[i >> CONNTABLE_CHUNK_BITS][i & (CONNTABLE_CHUNK - 1)];
}

/*
 * What a connection takes beside its texts: the entry, its slots in the index,
 * which is a quarter to half full, its places on the wheel, and its rank twice
 * while connections are sorted.
 */
#define CONNTABLE_BYTES	(sizeof(struct connection) + 4 * sizeof(struct slot) + \
	    4 * sizeof(uint32_t) + 2 * sizeof(struct conntable_ranked))

/* Whether the memory is full. */
static inline bool
conntable_is_large(const struct conntable *t)
{
	return t->used * CONNTABLE_BYTES + t->text_bytes +
	    t->sums.used * sizeof(struct connsum) >= t->max_bytes &&
	    t->used > 0;
}

/* Puts a connection on the wheel, where it is looked at next. */
void	 conntable_wait(struct conntable *, uint32_t i);

/* Takes a connection that is on no place out of the table. */
void	 conntable_remove(struct conntable *, const struct connection *);

/*
 * Sorts n entries, ranked by their starts, in the order in which connections
 * leave.  Returns the sorted list, which has room for n; the other is freed.
 */
struct conntable_ranked *conntable_sort(struct conntable *,
	    struct conntable_ranked *, size_t n);

/* Frees an entry that is in no list; the index must then be made anew. */
void	 conntable_free(struct conntable *, uint32_t i);

/* Gives a connection to the caller; its entry stays. */
void	 conntable_leave(struct conntable *, const struct connection *);

/* Makes the index and the wheel anew from the entries. */
void	 conntable_rebuild_index(struct conntable *);
void	 conntable_rebuild_wheel(struct conntable *);

/*
 * Lets a quarter of the connections leave, those silent longest, unless joining
 * them has made as much room.
 */
void	 conntable_make_room(struct conntable *);

#endif
