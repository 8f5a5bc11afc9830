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
	keytable_init(&m->keys, max);
}

void *
agemap_value(const struct keytable_entry *e)
{
	return e->seen.data;
}

void
agemap_set_value(struct keytable_entry *e, void *value)
{
	e->seen.data = value;
}

static int64_t
last_bin(const struct keytable_entry *e)
{
	return e->seen.bin;
}

static void
forget(const struct agemap *m, const struct keytable_entry *e)
{
	if (m->drop != NULL)
		m->drop(agemap_value(e));
}

void
agemap_clear(struct agemap *m)
{
	size_t i;

	for (i = 0; i < m->keys.used; i++)
		forget(m, keytable_entry(&m->keys, i));
	keytable_clear(&m->keys);
	m->swept = m->lost_bin = NEVER;
}

void
agemap_release(struct agemap *m)
{
	agemap_clear(m);
	keytable_release(&m->keys);
}

/* Forgets the keys last seen before oldest, at most once a bin. */
static void
sweep(struct agemap *m, int64_t oldest)
{
	struct keytable old = m->keys;
	size_t i;

	if (oldest <= m->swept)
		return;
	m->swept = oldest;
	keytable_init(&m->keys, old.max);
	for (i = 0; i < old.used; i++) {
		struct keytable_entry *e = keytable_entry(&old, i), *kept;

		if (last_bin(e) < oldest) {
			forget(m, e);
			continue;
		}
		kept = keytable_insert(&m->keys, keytable_key(e), e->len);
		kept->seen = e->seen;
	}
	keytable_release(&old);
}

static struct keytable_entry *
add(struct agemap *m, const char *key, size_t n, int64_t bin, int64_t oldest)
{
	struct keytable_entry *e = keytable_insert(&m->keys, key, n);

	if (e == NULL) {
		sweep(m, oldest);
		e = keytable_insert(&m->keys, key, n);
	}
	if (e != NULL)
		e->seen.bin = NEVER;
	else if (m->lost++ == 0 || m->lost_bin < bin)
		m->lost_bin = bin;
	return e;
}

struct keytable_entry *
agemap_touch(struct agemap *m, const char *key, size_t n, int64_t bin,
    int64_t oldest)
{
	struct keytable_entry *e = keytable_find(&m->keys, key, n);

	if (e == NULL)
		e = add(m, key, n, bin, oldest);
	if (e != NULL && last_bin(e) < bin)
		e->seen.bin = bin;
	return e;
}

void *
agemap_find(struct agemap *m, const char *key, size_t n, int64_t oldest)
{
	const struct keytable_entry *e = keytable_find(&m->keys, key, n);

	return e == NULL || last_bin(e) < oldest ? NULL : agemap_value(e);
}

size_t
agemap_list(const struct agemap *m, int64_t oldest, void **list)
{
	size_t i, n = 0;

	for (i = 0; i < m->keys.used; i++) {
		const struct keytable_entry *e = keytable_entry(&m->keys, i);

		if (last_bin(e) >= oldest)
			list[n++] = agemap_value(e);
	}
	return n;
}
