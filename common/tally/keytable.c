/*
 * keytable - a hash table from short texts to entries
 *
 * A slot holds part of the hash, so that a probe rarely touches the entry of
 * another key.  Entries come in chunks that never move.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/xalloc.h"
#include "tally/keytable.h"

#define CHUNK		((size_t)1 << KEYTABLE_CHUNK_BITS)
#define SLOTS_FIRST	64
#define MALLOC_BYTES	16	/* what malloc adds, about */

void
keytable_init(struct keytable *t, size_t max)
{
	memset(t, 0, sizeof(*t));
	hash_seed();
	t->max = max;
	t->max_bytes = SIZE_MAX;
	t->slots = SLOTS_FIRST;
	t->slot = xcalloc(t->slots, sizeof(*t->slot));
}

static void
free_long_keys(struct keytable *t)
{
	size_t i;

	for (i = 0; t->long_bytes > 0 && i < t->used; i++) {
		struct keytable_entry *e = keytable_entry(t, i);

		if (e->len > sizeof(e->key.here))
			free(e->key.there);
	}
}

void
keytable_clear(struct keytable *t)
{
	free_long_keys(t);
	memset(t->slot, 0, t->slots * sizeof(*t->slot));
	memset(t->recent, 0, sizeof(t->recent));
	t->used = t->long_bytes = 0;
}

void
keytable_drop_index(struct keytable *t)
{
	free(t->slot);
	t->slot = NULL;
	t->slots = 0;
}

void
keytable_release(struct keytable *t)
{
	size_t i;

	free_long_keys(t);
	for (i = 0; i < t->chunks; i++)
		free(t->chunk[i]);
	free(t->chunk);
	free(t->slot);
}

/* The slot of a key, or the free one where it belongs. */
static struct slot *
find_slot(const struct keytable *t, const char *key, size_t n, uint32_t hash)
{
	size_t mask = t->slots - 1, i = hash & mask;

	for (;; i = (i + 1) & mask) {
		struct slot *s = &t->slot[i];

		if (s->entry == 0 || (s->hash == hash &&
		    keytable_has(keytable_entry(t, s->entry - 1), key, n)))
			return s;
	}
}

uint32_t
keytable_hash(const char *key, size_t n)
{
	return (uint32_t)hash_bytes(key, n);
}

struct keytable_entry *
keytable_find_hashed(const struct keytable *t, const char *key, size_t n,
    uint32_t hash)
{
	const struct slot *s = find_slot(t, key, n, hash);

	return s->entry == 0 ? NULL : keytable_entry(t, s->entry - 1);
}

static struct keytable_entry *
new_entry(struct keytable *t, const char *key, size_t n, uint32_t hash)
{
	struct keytable_entry *e;

	if (t->used == t->chunks * CHUNK) {
		t->chunk = xreallocarray(t->chunk, t->chunks + 1,
		    sizeof(void *));
		/* The first is rarely filled: small pages will do. */
		t->chunk[t->chunks] = t->chunks == 0 ?
		    xmalloc(CHUNK * sizeof(*e)) : xlarge(CHUNK * sizeof(*e));
		t->chunks++;
	}
	e = keytable_entry(t, t->used++);
	memset(e, 0, sizeof(*e));
	e->hash = hash;
	e->len = (uint32_t)n;
	if (n > sizeof(e->key.here)) {
		e->key.there = xmalloc(n);
		t->long_bytes += n + MALLOC_BYTES;
	}
	memcpy(n > sizeof(e->key.here) ? e->key.there : e->key.here, key, n);
	return e;
}

size_t
keytable_bytes(const struct keytable *t)
{
	return t->used * (sizeof(struct keytable_entry) + t->more) +
	    t->long_bytes + t->slots * sizeof(struct slot);
}

/* The memory of one more key of n bytes; the index may double. */
static size_t
bytes_more(const struct keytable *t, size_t n)
{
	return sizeof(struct keytable_entry) + t->more + n + MALLOC_BYTES +
	    (slots_are_few(t->slots, t->used + 1) ?
	    t->slots * sizeof(struct slot) : 0);
}

/* What keeps a key of n bytes out. */
static enum keytable_bound
bound_of(const struct keytable *t, size_t n)
{
	if (n > KEYTABLE_KEY_MAX + t->prefix)
		return KEYTABLE_LONG;
	if (t->used >= t->max)
		return KEYTABLE_KEYS;
	if (t->max_bytes != SIZE_MAX &&
	    keytable_bytes(t) + bytes_more(t, n) > t->max_bytes)
		return KEYTABLE_BYTES;
	return KEYTABLE_ROOM;
}

struct keytable_entry *
keytable_insert_hashed(struct keytable *t, const char *key, size_t n,
    uint32_t hash)
{
	struct slot *s = find_slot(t, key, n, hash);
	struct keytable_entry *e;
	enum keytable_bound why;

	if (s->entry != 0)
		return keytable_entry(t, s->entry - 1);
	why = bound_of(t, n);
	if (why != KEYTABLE_ROOM) {
		/* A long key tells nothing of the table. */
		if (t->bound == KEYTABLE_ROOM || why != KEYTABLE_LONG)
			t->bound = why;
		return NULL;
	}
	e = new_entry(t, key, n, hash);
	*s = (struct slot){ hash, (uint32_t)t->used };
	if (slots_are_few(t->slots, t->used))
		t->slot = slots_double(t->slot, &t->slots);
	return e;
}

struct keytable_entry *
keytable_insert(struct keytable *t, const char *key, size_t n)
{
	return keytable_insert_hashed(t, key, n, keytable_hash(key, n));
}

struct keytable_entry *
keytable_insert_rest(struct keytable *t, const char *key, size_t n)
{
	size_t max = t->max, max_bytes = t->max_bytes;
	struct keytable_entry *e;

	t->max = KEYTABLE_MAX;
	t->max_bytes = SIZE_MAX;
	e = keytable_insert(t, key, n);
	t->max = max;
	t->max_bytes = max_bytes;
	return e;
}

const char *
keytable_reason(enum keytable_bound bound, const char *names,
    size_t max_keys, size_t max_memory)
{
	static char text[80];

	switch (bound) {
	case KEYTABLE_LONG:
		snprintf(text, sizeof(text), "%s over %d bytes", names,
		    KEYTABLE_KEY_MAX);
		break;
	case KEYTABLE_BYTES:
		snprintf(text, sizeof(text), "--max-memory %zu reached",
		    max_memory);
		break;
	default:
		snprintf(text, sizeof(text), "--max-keys %zu reached",
		    max_keys);
	}
	return text;
}

int
keytable_compare(const struct keytable_entry *a,
    const struct keytable_entry *b)
{
	return slice_compare((struct slice){ keytable_key(a), a->len },
	    (struct slice){ keytable_key(b), b->len });
}
