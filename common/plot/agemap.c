/*
 * agemap - a bounded map whose entries age out
 *
 * SPDX-License-Identifier: ISC
 */
#include "plot/agemap.h"

#define NEVER	INT64_MIN

void
agemap_init(struct agemap *m, size_t max, void (*drop)(void *))
{
	*m = (struct agemap){ .drop = drop, .swept = NEVER };
	tally_init(&m->keys, max);
}

void *
agemap_value(const struct tally_entry *e)
{
	return (void *)(uintptr_t)e->bytes;
}

void
agemap_set_value(struct tally_entry *e, void *value)
{
	e->bytes = (uintptr_t)value;
}

static int64_t
last_bin(const struct tally_entry *e)
{
	return (int64_t)e->packets;
}

static void
forget(const struct agemap *m, const struct tally_entry *e)
{
	if (m->drop != NULL)
		m->drop(agemap_value(e));
}

void
agemap_clear(struct agemap *m)
{
	size_t i;

	for (i = 0; i < m->keys.used; i++)
		forget(m, tally_entry(&m->keys, i));
	tally_clear(&m->keys);
	m->swept = NEVER;
}

void
agemap_release(struct agemap *m)
{
	agemap_clear(m);
	tally_release(&m->keys);
}

/* Forgets the keys last seen before oldest, at most once a bin. */
static void
sweep(struct agemap *m, int64_t oldest)
{
	struct tally old = m->keys;
	size_t i;

	if (oldest <= m->swept)
		return;
	m->swept = oldest;
	tally_init(&m->keys, old.max);
	for (i = 0; i < old.used; i++) {
		struct tally_entry *e = tally_entry(&old, i), *kept;

		if (last_bin(e) < oldest) {
			forget(m, e);
			continue;
		}
		kept = tally_get(&m->keys, tally_entry_key(e), e->len);
		kept->packets = e->packets;
		kept->bytes = e->bytes;
	}
	tally_release(&old);
}

static struct tally_entry *
add(struct agemap *m, const char *key, size_t n, int64_t oldest)
{
	struct tally_entry *e = tally_get(&m->keys, key, n);

	if (e == NULL) {
		sweep(m, oldest);
		e = tally_get(&m->keys, key, n);
	}
	if (e == NULL)
		m->lost++;
	else
		e->packets = (uint64_t)NEVER;
	return e;
}

struct tally_entry *
agemap_touch(struct agemap *m, const char *key, size_t n, int64_t bin,
    int64_t oldest)
{
	struct tally_entry *e = tally_find(&m->keys, key, n);

	if (e == NULL)
		e = add(m, key, n, oldest);
	if (e != NULL && last_bin(e) < bin)
		e->packets = (uint64_t)bin;
	return e;
}

void *
agemap_find(struct agemap *m, const char *key, size_t n, int64_t oldest)
{
	const struct tally_entry *e = tally_find(&m->keys, key, n);

	return e == NULL || last_bin(e) < oldest ? NULL : agemap_value(e);
}

size_t
agemap_list(const struct agemap *m, int64_t oldest, void **list)
{
	size_t i, n = 0;

	for (i = 0; i < m->keys.used; i++) {
		const struct tally_entry *e = tally_entry(&m->keys, i);

		if (last_bin(e) >= oldest)
			list[n++] = agemap_value(e);
	}
	return n;
}
