/*
 * tracks - what rules remember of addresses, in bounded memory
 *
 * Open addressing with linear probing, at most half full.  States lie in one
 * array that never moves; what malloc gives is touched only as it fills.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "detect/tracks.h"
#include "tally/clock.h"

#define SLOTS_FIRST	64
#define BLOCK_COST	16	/* bytes that malloc adds to a block */

static struct track_slot *
new_slots(size_t n)
{
	struct track_slot *slot = xlarge(n * sizeof(*slot));

	return memset(slot, 0, n * sizeof(*slot));
}

void
tracks_init(struct tracks *t, size_t max, size_t block_max,
    const int64_t *keep_ns)
{
	memset(t, 0, sizeof(*t));
	t->max = max;
	t->block_max = block_max;
	t->keep_ns = keep_ns;
	t->entry = xlarge(max * sizeof(*t->entry));
	t->slots = SLOTS_FIRST;
	t->slot = new_slots(t->slots);
}

static size_t
block_cost(unsigned room, unsigned item)
{
	return ((size_t)item << room) + BLOCK_COST;
}

static void
free_block(struct tracks *t, struct track *e)
{
	if (e->item == 0)
		return;
	t->block_bytes -= block_cost(e->room, e->item);
	free(e->data.block);
	e->item = 0;
}

void
tracks_clear(struct tracks *t)
{
	size_t i;

	for (i = 0; i < t->used; i++)
		free_block(t, &t->entry[i]);
	memset(t->slot, 0, t->slots * sizeof(*t->slot));
	t->used = 0;
	t->hand = 0;
}

void
tracks_release(struct tracks *t)
{
	tracks_clear(t);
	free(t->entry);
	free(t->slot);
}

static inline uint64_t
word_at(const struct track_key *key, size_t at)
{
	uint64_t word;

	memcpy(&word, (const char *)key + at, sizeof(word));
	return word;
}

/* By words, of which the last two overlap: a call of memcmp takes longer. */
static inline bool
is_key(const struct track_key *a, const struct track_key *b)
{
	const size_t last = sizeof(*a) - 8;

	return ((word_at(a, 0) ^ word_at(b, 0)) |
	    (word_at(a, 8) ^ word_at(b, 8)) |
	    (word_at(a, 16) ^ word_at(b, 16)) |
	    (word_at(a, 24) ^ word_at(b, 24)) |
	    (word_at(a, last) ^ word_at(b, last))) == 0;
}

/* The slot of a key, or the free one where it would be. */
static size_t
find_slot(const struct tracks *t, const struct track_key *key, uint32_t hash)
{
	size_t i = hash & (t->slots - 1);

	for (; t->slot[i].entry != 0; i = (i + 1) & (t->slots - 1))
		if (t->slot[i].hash == hash && is_key(
		    &t->entry[t->slot[i].entry - 1].key, key))
			break;
	return i;
}

struct track *
tracks_look(struct tracks *t, const struct track_key *key, uint32_t hash)
{
	size_t i = find_slot(t, key, hash);

	return t->slot[i].entry == 0 ? NULL :
	    &t->entry[t->slot[i].entry - 1];
}

static void
put_slot(struct tracks *t, uint32_t hash, size_t entry)
{
	size_t i = hash & (t->slots - 1);

	while (t->slot[i].entry != 0)
		i = (i + 1) & (t->slots - 1);
	t->slot[i].hash = hash;
	t->slot[i].entry = (uint32_t)entry + 1;
}

static void
grow_slots(struct tracks *t)
{
	size_t i;

	free(t->slot);
	t->slots *= 2;
	t->slot = new_slots(t->slots);
	for (i = 0; i < t->used; i++)
		put_slot(t, t->entry[i].hash, i);
}

/* Frees a slot; what was pushed past it by the probing moves up. */
static void
free_slot(struct tracks *t, size_t i)
{
	size_t mask = t->slots - 1, j;

	for (j = (i + 1) & mask; t->slot[j].entry != 0; j = (j + 1) & mask) {
		if (((j - t->slot[j].hash) & mask) < ((j - i) & mask))
			continue;
		t->slot[i] = t->slot[j];
		i = j;
	}
	t->slot[i].entry = 0;
}

/* Whether a state can no longer change what its rule says. */
static bool
is_dead(const struct tracks *t, const struct track *e)
{
	return e->incident == 0 && e->newest_ns < t->now_ns &&
	    timestamp_distance(t->now_ns, e->newest_ns) >=
	    (uint64_t)t->keep_ns[e->key.rule];
}

/* Moves the hand to the next state that can go, and on; keep stays. */
static struct track *
find_idle(struct tracks *t, const struct track *keep, bool with_block)
{
	struct track *e;
	size_t steps;

	/* Two rounds: the first may find all of them in use. */
	for (steps = 0; steps < 2 * t->used; steps++) {
		e = &t->entry[t->hand++];
		if (t->hand >= t->used)
			t->hand = 0;
		if (e == keep || (with_block && e->item == 0))
			continue;
		if (e->again && !is_dead(t, e))
			e->again = false;
		else
			return e;
	}
	return NULL;
}

static void
leave(struct tracks *t, struct track *e)
{
	if (!is_dead(t, e))
		t->evicted++;
	if (e->incident != 0 && t->leaves != NULL)
		t->leaves(t->arg, e);
	free_block(t, e);
}

struct track *
tracks_get(struct tracks *t, const struct track_key *key, uint32_t hash)
{
	size_t i = find_slot(t, key, hash);
	struct track *e;

	if (t->slot[i].entry != 0) {
		e = &t->entry[t->slot[i].entry - 1];
		e->again = true;
		return e;
	}
	if (t->used < t->max) {
		if (2 * (t->used + 1) > t->slots)
			grow_slots(t);
		e = &t->entry[t->used++];
	} else {
		e = find_idle(t, NULL, false);
		leave(t, e);
		free_slot(t, find_slot(t, &e->key, e->hash));
	}
	memset(e, 0, sizeof(*e));
	e->key = *key;
	e->hash = hash;
	e->told_ns = INT64_MIN;
	e->newest_ns = INT64_MIN;
	put_slot(t, hash, (size_t)(e - t->entry));
	return e;
}

/*
 * A state that gives its block up stays, with nothing in it: entries are not
 * moved, and it is found idle soon enough.
 */
void *
tracks_block(struct tracks *t, const struct track *keep, unsigned room,
    unsigned item)
{
	struct track *e;

	while (t->block_bytes + block_cost(room, item) > t->block_max) {
		e = find_idle(t, keep, true);
		if (e == NULL)
			return NULL;
		leave(t, e);
		e->head = e->used = 0;
	}
	return xmalloc((size_t)item << room);
}

void
tracks_swap(struct tracks *t, struct track *e, void *block, unsigned room,
    unsigned item)
{
	free_block(t, e);
	e->data.block = block;
	e->room = room & 63;
	e->item = item & 31;
	t->block_bytes += block_cost(room, item);
}
