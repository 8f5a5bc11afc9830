/*
 * tracks - what rules remember of addresses, in bounded memory
 *
 * A table of states, one for each rule and what it tracks.  When it is full,
 * or the blocks of its states are, the idle give way: a hand goes round, takes
 * those that were not used since it last came by, and gives the others another
 * round.  A state that was used only once has no such round, so that a flood
 * of forged addresses drives out itself before it does anyone who keeps
 * sending.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TRACKS_H
#define TRACKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ipaddr.h"

/* What a state is of.  All bytes count, so those without a use are zero. */
struct track_key {
	struct ipaddr	src;		/* family 0: none */
	struct ipaddr	dst;
	uint8_t		rule;
	uint8_t		zero;
	uint16_t	proto;
};

/* A value and when it was last seen. */
struct track_seen {
	uint64_t	value;
	int64_t		ns;
};

/* 96 bytes, so that each is in two lines of the cache and not in three. */
struct track {
	struct track_key key;
	uint16_t	 again : 1;	/* used since the hand came by */
	uint16_t	 item : 5;	/* bytes of a thing in the block; */
	uint16_t	 room : 6;	/* 2^room fit in it.  0: no block */
	uint32_t	 hash;
	uint32_t	 incident;	/* the user's, 0: none */
	uint32_t	 head;		/* of a ring of times */
	uint32_t	 used;		/* things in the block or in here */
	union {
		struct {		/* a bin and the one before it */
			int64_t	 start_ns;
			uint64_t sum;
			uint64_t before;
		} bin;
		int64_t		 time[2];	/* without a block */
		struct track_seen seen;		/* without a block */
		int64_t		*times;		/* with one */
		struct track_seen *all;		/* with one */
		void		*block;
	} data;
	int64_t		 newest_ns;	/* of its rows */
	int64_t		 told_ns;	/* the last alert's; INT64_MIN: none */
};

struct track_slot {
	uint32_t	hash;
	uint32_t	entry;		/* its index + 1; 0: free */
};

struct tracks {
	size_t		 used;
	size_t		 max;		/* states */
	size_t		 block_bytes;
	size_t		 block_max;	/* bytes of all blocks */
	uint64_t	 evicted;	/* states that were still of use */
	/* Told of a state before it goes; may be NULL. */
	void		(*leaves)(void *, struct track *);
	void		*arg;
	/* How long a rule's states are of use after their newest row. */
	const int64_t	*keep_ns;
	int64_t		 now_ns;	/* set by the user */
	/* The rest is the module's own. */
	struct track	*entry;
	struct track_slot *slot;
	size_t		 slots;		/* a power of two */
	size_t		 hand;
};

/*
 * Prepares for max states and block_max bytes of blocks; keep_ns has an entry
 * for each rule and is borrowed.  tracks_release frees.
 */
void	tracks_init(struct tracks *, size_t max, size_t block_max,
	    const int64_t *keep_ns);
void	tracks_release(struct tracks *);

/* Forgets all states, without telling. */
void	tracks_clear(struct tracks *);

/* The state of a key, whose hash is given, or NULL. */
struct track *tracks_look(struct tracks *, const struct track_key *,
	    uint32_t hash);

/* The same, but a new key gets a state, of zeros and told_ns INT64_MIN. */
struct track *tracks_get(struct tracks *, const struct track_key *,
	    uint32_t hash);

/*
 * Memory for a state's block, of 2^room things of item bytes each, if need be
 * taken from idle ones; NULL if even that is not enough.  The caller moves
 * the things, and gives the old block back with tracks_swap, which makes this
 * one the state's.
 */
void	*tracks_block(struct tracks *, const struct track *, unsigned room,
	    unsigned item);
void	 tracks_swap(struct tracks *, struct track *, void *block,
	    unsigned room, unsigned item);

/* A compiler that does not inline a function of prefetches drops its calls. */
#define TRACKS_INLINE	static inline __attribute__((always_inline))

/*
 * Three steps that fetch what a look-up of a hash touches, each of which
 * needs what the one before has fetched: its slot, its state, its block.
 */
TRACKS_INLINE void
tracks_fetch_slot(const struct tracks *t, uint32_t hash)
{
	__builtin_prefetch(&t->slot[hash & (t->slots - 1)]);
}

TRACKS_INLINE void
tracks_fetch_state(const struct tracks *t, uint32_t hash)
{
	const struct track_slot *s = &t->slot[hash & (t->slots - 1)];
	const char *e;

	if (s->entry == 0)
		return;
	e = (const char *)&t->entry[s->entry - 1];
	__builtin_prefetch(e);
	__builtin_prefetch(e + sizeof(struct track) - 1);
}

TRACKS_INLINE void
tracks_fetch_block(const struct tracks *t, uint32_t hash)
{
	const struct track_slot *s = &t->slot[hash & (t->slots - 1)];
	const struct track *e;

	if (s->entry == 0)
		return;
	e = &t->entry[s->entry - 1];
	if (e->item == sizeof(int64_t)) {
		__builtin_prefetch(&e->data.times[e->head]);
		__builtin_prefetch(&e->data.times[(e->head + e->used) &
		    (((uint32_t)1 << e->room) - 1)]);
	} else if (e->item != 0)
		__builtin_prefetch(e->data.all);
}

#endif
