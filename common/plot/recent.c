/*
 * recent - keys seen lately, a bounded number of them
 *
 * SPDX-License-Identifier: ISC
 */
#include "plot/recent.h"

#define NEVER	INT64_MIN

void
recent_init(struct recent *r, size_t max, void (*drop)(void *))
{
	*r = (struct recent){ .drop = drop, .swept = NEVER };
	tally_init(&r->keys, max);
}

void *
recent_pointer(const struct tally_entry *e)
{
	return (void *)(uintptr_t)e->bytes;
}

void
recent_set_pointer(struct tally_entry *e, void *p)
{
	e->bytes = (uintptr_t)p;
}

static int64_t
last_bin(const struct tally_entry *e)
{
	return (int64_t)e->packets;
}

static void
forget(const struct recent *r, const struct tally_entry *e)
{
	if (r->drop != NULL)
		r->drop(recent_pointer(e));
}

void
recent_clear(struct recent *r)
{
	size_t i;

	for (i = 0; i < r->keys.used; i++)
		forget(r, tally_entry(&r->keys, i));
	tally_clear(&r->keys);
	r->swept = NEVER;
}

void
recent_release(struct recent *r)
{
	recent_clear(r);
	tally_release(&r->keys);
}

/* Forgets what was last seen before oldest.  Once a bin is enough. */
static void
sweep(struct recent *r, int64_t oldest)
{
	struct tally old = r->keys;
	size_t i;

	if (oldest <= r->swept)
		return;
	r->swept = oldest;
	tally_init(&r->keys, old.max);
	for (i = 0; i < old.used; i++) {
		struct tally_entry *e = tally_entry(&old, i), *kept;

		if (last_bin(e) < oldest) {
			forget(r, e);
			continue;
		}
		kept = tally_get(&r->keys, tally_entry_key(e), e->len);
		kept->packets = e->packets;
		kept->bytes = e->bytes;
	}
	tally_release(&old);
}

static struct tally_entry *
add(struct recent *r, const char *key, size_t n, int64_t oldest)
{
	struct tally_entry *e = tally_get(&r->keys, key, n);

	if (e == NULL) {
		sweep(r, oldest);
		e = tally_get(&r->keys, key, n);
	}
	if (e == NULL)
		r->lost++;
	else
		e->packets = (uint64_t)NEVER;
	return e;
}

struct tally_entry *
recent_see(struct recent *r, const char *key, size_t n, int64_t bin,
    int64_t oldest)
{
	struct tally_entry *e = tally_find(&r->keys, key, n);

	if (e == NULL)
		e = add(r, key, n, oldest);
	if (e != NULL && last_bin(e) < bin)
		e->packets = (uint64_t)bin;
	return e;
}

void *
recent_find(struct recent *r, const char *key, size_t n, int64_t oldest)
{
	const struct tally_entry *e = tally_find(&r->keys, key, n);

	return e == NULL || last_bin(e) < oldest ? NULL : recent_pointer(e);
}

size_t
recent_list(const struct recent *r, int64_t oldest, void **list)
{
	size_t i, n = 0;

	for (i = 0; i < r->keys.used; i++) {
		const struct tally_entry *e = tally_entry(&r->keys, i);

		if (last_bin(e) < oldest)
			continue;
		if (list != NULL)
			list[n] = recent_pointer(e);
		n++;
	}
	return n;
}
