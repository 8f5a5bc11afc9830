/*
 * conntable - the open connections
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/hash.h"
#include "base/xalloc.h"
#include "connect/conntable.h"
#include "connect/conntable_private.h"

#define SLOTS_FIRST	64

void
conntable_init(struct conntable *t, size_t max,
    const struct connection_limits *limits,
    void (*leave)(const struct connection *))
{
	*t = (struct conntable){ .limits = *limits, .max = max,
	    .max_bytes = SIZE_MAX, .leave = leave, .slots = SLOTS_FIRST,
	    .now_ns = INT64_MIN, .turn_ns = INT64_MIN };
	hash_seed();
	t->slot = xcalloc(t->slots, sizeof(*t->slot));
}

void
conntable_release(struct conntable *t)
{
	size_t i;

	for (i = 0; i < t->made; i++)
		if (conntable_entry(t, i)->state == CONNTABLE_USED)
			connkey_release(&conntable_entry(t, i)->key);
	for (i = 0; i < t->chunks; i++)
		free(t->chunk[i]);
	free(t->chunk);
	free(t->slot);
	for (i = 0; i < CONNTABLE_WHEEL; i++)
		free(t->wheel[i].entry);
	free(t->turned.entry);
	free(t->leaving);
	connsums_release(&t->sums);
}

/* The slot of a key, or the free one where it belongs. */
static inline struct slot *
find_slot(const struct conntable *t, const struct connkey *key, uint32_t hash)
{
	size_t mask = t->slots - 1, i = hash & mask;

	for (;; i = (i + 1) & mask) {
		struct slot *s = &t->slot[i];

		if (s->entry == 0 || (s->hash == hash && connkey_same(key,
		    &conntable_entry(t, s->entry - 1)->key)))
			return s;
	}
}

void
conntable_prefetch_slot(const struct conntable *t, uint32_t hash)
{
	__builtin_prefetch(&t->slot[hash & (t->slots - 1)]);
}

void
conntable_prefetch_entry(const struct conntable *t, uint32_t hash)
{
	ptrdiff_t i = slots_hashed(t->slot, t->slots, hash);
	const char *entry;

	if (i < 0)
		return;
	entry = (const char *)conntable_entry(t, (uint32_t)i);
	__builtin_prefetch(entry, 1);
	__builtin_prefetch(entry + 64, 1);
}

void
conntable_prefetch_sums(const struct conntable *t, uint32_t hash)
{
	ptrdiff_t i = slots_hashed(t->slot, t->slots, hash);
	uint32_t sums = i < 0 ? 0 : conntable_entry(t, (uint32_t)i)->sums;

	if (sums != 0)
		__builtin_prefetch(connsums_at(&t->sums, sums), 1);
}

/* The number of an entry, for a list. */
static uint32_t
new_entry(struct conntable *t)
{
	uint32_t i = t->free;

	t->used++;
	if (i != 0) {
		t->free = conntable_entry(t, i - 1)->next;
		return i - 1;
	}
	if (t->made == t->chunks * CONNTABLE_CHUNK) {
		t->chunk = xreallocarray(t->chunk, t->chunks + 1,
		    sizeof(void *));
		t->chunk[t->chunks++] = xlarge(CONNTABLE_CHUNK *
		    sizeof(struct connection));
	}
	return (uint32_t)t->made++;
}

void
conntable_free(struct conntable *t, uint32_t i)
{
	struct connection *c = conntable_entry(t, i);

	t->text_bytes -= connkey_bytes(&c->key);
	connkey_release(&c->key);
	connsums_drop(&t->sums, c);
	c->state = CONNTABLE_FREE;
	c->next = t->free;
	t->free = i + 1;
	t->used--;
}

void
conntable_leave(struct conntable *t, const struct connection *c)
{
	t->leave(c);
	t->written++;
}

/* Makes an entry of a part of its own. */
static void
insert(struct conntable *t, const struct connection *part)
{
	struct slot *s;
	struct connection *c;
	uint32_t i;

	if (t->used >= t->max || conntable_is_large(t))
		conntable_make_room(t);
	i = new_entry(t);
	c = conntable_entry(t, i);
	*c = *part;
	connkey_own(&c->key);
	t->text_bytes += connkey_bytes(&c->key);
	c->state = CONNTABLE_USED;
	s = find_slot(t, &c->key, c->hash);
	t->apart |= s->entry != 0;
	*s = (struct slot){ c->hash, i + 1 };
	conntable_wait(t, i);
	if (slots_are_few(t->slots, t->used))
		t->slot = slots_double(t->slot, &t->slots);
}

/* A part follows a connection, which leaves, in its entry. */
static void
follow(struct conntable *t, struct connection *c,
    const struct connection *part, bool goes_on)
{
	struct connection kept = *c;
	unsigned number = goes_on ? connection_part(c) + 1 : part->part;

	conntable_leave(t, c);
	connsums_drop(&t->sums, c);
	*c = *part;
	c->key = kept.key;
	c->state = kept.state;
	c->part = number > UINT16_MAX ? UINT16_MAX : (uint16_t)number;
}

/* Adds what does not join an entry; not inlined, to keep its stack out. */
static __attribute__((noinline)) void
add_apart(struct conntable *t, struct connection *c,
    const struct connection *part, enum connection_relation relation)
{
	if (c == NULL || t->holds)
		insert(t, part);
	else
		follow(t, c, part, relation == CONNECTION_GOES_ON);
}

bool
conntable_add(struct conntable *t, const struct connection *part,
    bool *joined)
{
	const struct slot *s = find_slot(t, &part->key, part->hash);
	enum connection_relation relation = CONNECTION_OTHER;
	struct connection *c = NULL;

	if (s->entry != 0) {
		c = conntable_entry(t, s->entry - 1);
		relation = connection_relate(c, part, &t->limits);
	}
	*joined = relation == CONNECTION_SAME;
	if (!*joined)
		add_apart(t, c, part, relation);
	else if (!connection_add(c, part))
		t->overflowed = c;
	else if (t->keeps_sums)
		connsums_add(&t->sums, c, part);
	return c == NULL || t->overflowed == NULL;
}

void
conntable_remove(struct conntable *t, const struct connection *c)
{
	const struct slot *s = find_slot(t, &c->key, c->hash);
	uint32_t i = s->entry - 1;

	slots_free(t->slot, t->slots, (size_t)(s - t->slot));
	conntable_free(t, i);
}

void
conntable_rebuild_index(struct conntable *t)
{
	struct slot *s;
	const struct connection *c;
	size_t i;

	memset(t->slot, 0, t->slots * sizeof(*t->slot));
	t->apart = false;
	for (i = 0; i < t->made; i++) {
		c = conntable_entry(t, i);
		if (c->state != CONNTABLE_USED)
			continue;
		s = find_slot(t, &c->key, c->hash);
		t->apart |= s->entry != 0;
		if (s->entry == 0 || conntable_entry(t, s->entry - 1)->end_ns <
		    c->end_ns)
			*s = (struct slot){ c->hash,
			    (uint32_t)i + 1 };
	}
}
