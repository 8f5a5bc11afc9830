/*
 * states - what rules remember of addresses, in bounded memory
 *
 * A hash table of states, one for each rule and what it tracks.  A new state
 * takes the place of one that no longer matters, if there is one among the
 * next few, so that memory follows what is of use, not what was ever seen.
 * When the table or the memory for blocks is full, CLOCK chooses the state to
 * evict: the hand goes round, clears the reference bit of the states it passes,
 * and evicts the first one whose bit is clear already.  A new state starts with
 * a clear bit, which its second use sets, so that a flood of forged addresses
 * evicts its own states before those of a host that keeps sending.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef STATES_H
#define STATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ipaddr.h"

/* What a state is of.  Keys compare as bytes, so unused bytes are zero. */
struct state_key {
	struct ipaddr	src;		/* family 0: none */
	struct ipaddr	dst;
	uint8_t		rule;
	uint8_t		zero;
	uint16_t	extra;		/* a protocol's number, or a port */
};

/* A value and when it was last seen. */
struct state_seen {
	uint64_t	value;
	int64_t		ns;
};

/* 96 bytes (asserted below): in two lines of the cache, never in three. */
struct state {
	struct state_key key;
	uint16_t	 referenced : 1;	/* since the hand passed it */
	uint16_t	 item : 5;	/* bytes of a thing in the block; */
	uint16_t	 room : 6;	/* 2^room fit in it.  0: no block */
	uint32_t	 hash;
	uint32_t	 incident;	/* the caller's, 0: none */
	uint32_t	 head;		/* of a ring of times */
	uint32_t	 used;		/* things in the block or in here */
	union {
		struct {		/* a bin and the one before it */
			int64_t	 start_ns;
			uint64_t sum;
			uint64_t before;
		} bin;
		struct {		/* see detect_times.c */
			union {
				int64_t	 time[2];	/* without a block */
				int64_t	*times;		/* with one */
			};
			uint32_t items, numbers;
		};
		struct state_seen seen;		/* without a block */
		struct state_seen *all;		/* with one */
		struct {		/* with one, see detect_values.c */
			struct state_seen *seen;
			uint32_t end;
		} log;
		void		*block;
	} data;
	int64_t		 newest_ns;	/* of its rows */
	int64_t		 reported_ns;	/* the last alert; INT64_MIN: none */
};

_Static_assert(sizeof(struct state) == 96, "a state is 96 bytes");

struct state_slot {
	uint32_t	hash;
	uint32_t	entry;		/* its index + 1; 0: free */
};

struct states {
	size_t		 used;
	size_t		 max;		/* states */
	size_t		 block_bytes;
	size_t		 block_max;	/* bytes of all blocks */
	uint64_t	 evicted;	/* states that were still of use */
	/* Optional.  Called before a state with an incident is evicted. */
	void		(*on_evict)(void *, struct state *);
	void		*arg;
	/* How long a rule's states are of use after their newest row. */
	const int64_t	*keep_ns;
	/* Set by the caller: it counts no row before this time any more. */
	int64_t		 settled_ns;
	/* The rest is the module's own. */
	struct state	*entry;
	void		*memory;	/* of the entries */
	struct state_slot *slot;
	size_t		 slots;		/* a power of two */
	size_t		 hand;
};

/*
 * Prepares for max states and block_max bytes of blocks; keep_ns has an entry
 * for each rule and is borrowed.  states_release frees.
 */
void	states_init(struct states *, size_t max, size_t block_max,
	    const int64_t *keep_ns);
void	states_release(struct states *);

/* Removes all states, without calling on_evict. */
void	states_clear(struct states *);

/* The index of a state, below max; a state keeps it until it is evicted. */
static inline size_t
states_index(const struct states *t, const struct state *e)
{
	return (size_t)(e - t->entry);
}

/* Whether a state can no longer affect an alert. */
bool	states_is_dead(const struct states *, const struct state *);

/* The state of a key, whose hash is given, or NULL. */
struct state *states_find(struct states *, const struct state_key *,
	    uint32_t hash);

/*
 * The same, but a new key gets a state: of zeros, with newest_ns and
 * reported_ns INT64_MIN.
 */
struct state *states_insert(struct states *, const struct state_key *,
	    uint32_t hash);

/*
 * Allocates a block for 2^room items of item bytes each, evicting the blocks
 * of other states if memory is short; NULL if that is not enough.  The caller
 * copies its items, and states_swap makes the block the state's and frees the
 * old one.
 */
void	*states_block(struct states *, const struct state *, unsigned room,
	    unsigned item);
void	 states_swap(struct states *, struct state *, void *block,
	    unsigned room, unsigned item);

/* Not inlined, a function of prefetches alone is pure, and its calls go. */
#define STATES_INLINE	static inline __attribute__((always_inline))

/*
 * Prefetch what a look-up of a hash touches, in two steps of which the second
 * reads what the first has fetched: the slot, the state.
 */
STATES_INLINE void
states_fetch_slot(const struct states *t, uint32_t hash)
{
	__builtin_prefetch(&t->slot[hash & (t->slots - 1)]);
}

/* The state that a look-up of a hash reads first, most often its own. */
static inline const struct state *
states_first(const struct states *t, uint32_t hash)
{
	const struct state_slot *s = &t->slot[hash & (t->slots - 1)];

	return s->entry == 0 ? NULL : &t->entry[s->entry - 1];
}

STATES_INLINE void
states_fetch_state(const struct states *t, uint32_t hash)
{
	const char *e = (const char *)states_first(t, hash);

	if (e == NULL)
		return;
	__builtin_prefetch(e);
	__builtin_prefetch(e + sizeof(struct state) - 1);
}

#endif
