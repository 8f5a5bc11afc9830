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
#include "tally/slots.h"

/* What a state is of, beside its rule; unused bytes are zero. */
struct state_key {
	struct ipaddr	src;		/* family 0: none */
	struct ipaddr	dst;
	uint16_t	extra;		/* a protocol's number, or a port */
};

/* A value and when it was last seen. */
struct state_seen {
	uint64_t	value;
	int64_t		ns;
};

/*
 * A state is found by its rule and 64 bits of a seeded hash of its key, as
 * distinct values are told apart by theirs: of a million, two are taken for one
 * by chance in one run of 3 * 10^7.  So a row touches one line of the cache for
 * a state, and its key, which alerts show, is apart (states_key).
 */
struct state {
	uint64_t	 hash;
	uint8_t		 rule;
	bool		 referenced;	/* since the hand passed it */
	uint8_t		 item;		/* bytes of a thing in the block; */
	uint8_t		 room;		/* 2^room fit in it.  0: no block */
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

_Static_assert(sizeof(struct state) == 64, "a state is one cache line");

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
	struct state_key *key;		/* of each entry */
	void		*memory;	/* of the entries */
	struct slot	*slot;
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

/* The key of a state; the caller sets that of a new one. */
static inline struct state_key *
states_key(const struct states *t, const struct state *e)
{
	return &t->key[states_index(t, e)];
}

/* Whether a state is a rule's, of a key with this hash. */
static inline bool
states_is(const struct state *e, size_t rule, uint64_t hash)
{
	return e->hash == hash && e->rule == rule;
}

/* Whether a state can no longer affect an alert. */
bool	states_is_dead(const struct states *, const struct state *);

/* What the slots are found by: the hash of a key, and the rule. */
static inline uint32_t
states_slot_hash(size_t rule, uint64_t hash)
{
	/* An odd constant with random bits, of the square root of 7. */
	return (uint32_t)((hash ^ rule) * 0xa54ff53a5f1d36f1u >> 32);
}

/* The slot of a state, or the free one where it would be. */
static inline size_t
states_slot(const struct states *t, size_t rule, uint64_t hash)
{
	uint32_t slot_hash = states_slot_hash(rule, hash);
	size_t i = slot_hash & (t->slots - 1);

	for (; t->slot[i].entry != 0; i = (i + 1) & (t->slots - 1))
		if (t->slot[i].hash == slot_hash &&
		    states_is(&t->entry[t->slot[i].entry - 1], rule, hash))
			break;
	return i;
}

/* The state of a rule and of a key with this hash, or NULL. */
static inline struct state *
states_find(const struct states *t, size_t rule, uint64_t hash)
{
	size_t i = states_slot(t, rule, hash);

	return t->slot[i].entry == 0 ? NULL :
	    &t->entry[t->slot[i].entry - 1];
}

/*
 * The same, but a new key gets a state: of zeros, with newest_ns and
 * reported_ns INT64_MIN.
 */
struct state *states_insert(struct states *, size_t rule, uint64_t hash);

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
 * Prefetch what a look-up of a slot's hash touches, in two steps of which the
 * second reads what the first has fetched: the slot, and the first state with
 * that hash, which is returned and most often its own; NULL: there is none.
 */
STATES_INLINE void
states_fetch_slot(const struct states *t, uint32_t hash)
{
	__builtin_prefetch(&t->slot[hash & (t->slots - 1)]);
}

STATES_INLINE struct state *
states_fetch_state(const struct states *t, uint32_t hash)
{
	ptrdiff_t i = slots_hashed(t->slot, t->slots, hash);
	struct state *e = i < 0 ? NULL : &t->entry[i];

	if (e != NULL)
		__builtin_prefetch(e, 1);
	return e;
}

#endif
