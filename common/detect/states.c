/*
 * states - what rules remember of addresses, in bounded memory
 *
 * Open addressing with linear probing, at most half full.  The states are in
 * one array, which never moves; its pages are touched only as it fills.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "detect/states.h"
#include "tally/clock.h"

#define SLOTS_FIRST	64
#define BLOCK_COST	16	/* bytes that malloc adds to a block */

/*
 * From so many states on, a new one first looks whether one of TRIES others is
 * dead, so that memory follows the states that are of use, not the addresses
 * that were ever seen.
 */
#define USED_MIN	4096
#define WARM		4096	/* states of so many have large pages */
#define TRIES		2

/* The memory of the entries, and of their keys behind them. */
static size_t
bytes_of(const struct states *t)
{
	return t->max * (sizeof(*t->entry) + sizeof(*t->key));
}

void
states_init(struct states *t, size_t max, size_t block_max,
    const int64_t *keep_ns)
{
	memset(t, 0, sizeof(*t));
	t->max = max;
	t->block_max = block_max;
	t->keep_ns = keep_ns;
	t->entry = xlarge_zeros(bytes_of(t), &t->memory);
	t->key = (struct state_key *)(void *)(t->entry + max);
	t->slots = SLOTS_FIRST;
	t->slot = slots_new(t->slots);
}

static size_t
block_cost(unsigned room, unsigned item)
{
	return ((size_t)item << room) + BLOCK_COST;
}

static void
free_block(struct states *t, struct state *e)
{
	if (e->item == 0)
		return;
	t->block_bytes -= block_cost(e->room, e->item);
	free(e->data.block);
	e->item = 0;
}

static void
free_blocks(struct states *t)
{
	size_t i;

	for (i = 0; i < t->used; i++)
		free_block(t, &t->entry[i]);
}

void
states_clear(struct states *t)
{
	free_blocks(t);
	memset(t->slot, 0, t->slots * sizeof(*t->slot));
	/* So that none is taken for what it was of. */
	memset(t->entry, 0, t->used * sizeof(*t->entry));
	t->used = 0;
	t->hand = 0;
}

void
states_release(struct states *t)
{
	free_blocks(t);
	free(t->memory);
	free(t->slot);
}

bool
states_is_dead(const struct states *t, const struct state *e)
{
	return e->incident == 0 && e->newest_ns < t->settled_ns &&
	    timestamp_distance(t->settled_ns, e->newest_ns) >=
	    (uint64_t)t->keep_ns[e->rule];
}

/* CLOCK: the next state to evict, other than keep. */
static struct state *
find_victim(struct states *t, const struct state *keep, bool with_block)
{
	struct state *e;
	size_t steps;

	/* Two rounds: the first may find each of them referenced. */
	for (steps = 0; steps < 2 * t->used; steps++) {
		e = &t->entry[t->hand++];
		if (t->hand >= t->used)
			t->hand = 0;
		if (e == keep || (with_block && e->item == 0))
			continue;
		if (e->referenced && !states_is_dead(t, e))
			e->referenced = false;
		else
			return e;
	}
	return NULL;
}

static void
evict(struct states *t, struct state *e)
{
	if (!states_is_dead(t, e))
		t->evicted++;
	if (e->incident != 0 && t->on_evict != NULL)
		t->on_evict(t->arg, e);
	free_block(t, e);
}

/* A dead state among the next ones, if the table is not small. */
static struct state *
find_dead(struct states *t)
{
	struct state *e;
	int i;

	for (i = 0; i < TRIES && t->used >= USED_MIN; i++) {
		e = &t->entry[t->hand++];
		if (t->hand >= t->used)
			t->hand = 0;
		if (states_is_dead(t, e))
			return e;
	}
	return NULL;
}

struct state *
states_insert(struct states *t, size_t rule, uint64_t hash)
{
	size_t i = states_slot(t, rule, hash);
	struct state *e;

	if (t->slot[i].entry != 0) {
		e = &t->entry[t->slot[i].entry - 1];
		e->referenced = true;
		return e;
	}
	e = find_dead(t);
	if (e == NULL && t->used < t->max) {
		if (2 * (t->used + 1) > t->slots)
			t->slot = slots_double(t->slot, &t->slots);
		e = &t->entry[t->used++];
		if (t->used == WARM)
			xlarge_warm(t->entry, bytes_of(t));
	} else {
		if (e == NULL)
			e = find_victim(t, NULL, false);
		evict(t, e);
		slots_free(t->slot, t->slots,
		    states_slot(t, e->rule, e->hash));
	}
	memset(e, 0, sizeof(*e));
	e->rule = (uint8_t)rule;
	e->hash = hash;
	e->reported_ns = INT64_MIN;
	e->newest_ns = INT64_MIN;
	slots_put(t->slot, t->slots, (struct slot){ states_slot_hash(rule,
	    hash), (uint32_t)states_index(t, e) + 1 });
	return e;
}

/*
 * A state whose block is evicted stays, empty: entries are not moved, and the
 * hand finds it soon enough.
 */
void *
states_block(struct states *t, const struct state *keep, unsigned room,
    unsigned item)
{
	struct state *e;

	while (t->block_bytes + block_cost(room, item) > t->block_max) {
		e = find_victim(t, keep, true);
		if (e == NULL)
			return NULL;
		evict(t, e);
		e->head = e->used = 0;
		memset(&e->data, 0, sizeof(e->data));
	}
	return xmalloc((size_t)item << room);
}

void
states_swap(struct states *t, struct state *e, void *block, unsigned room,
    unsigned item)
{
	free_block(t, e);
	e->data.block = block;
	e->room = (uint8_t)room;
	e->item = (uint8_t)item;
	t->block_bytes += block_cost(room, item);
}
