/*
 * baseline - its table of keys, which is bounded
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "baseline/baseline.h"

static struct baseline_key *
new_key(struct baseline *b, struct keytable_entry *e)
{
	struct baseline_key *k = xcalloc(1, sizeof(*k));

	k->seen_ns = b->open_ns;
	series_init(&k->series);
	e->seen.data = k;
	return k;
}

/* The text of the key REST: the word in the first cell. */
static struct slice
rest_text(struct baseline *b)
{
	size_t i;

	b->text.used = 0;
	output_str(&b->text, "REST");
	for (i = 1; i < b->columns; i++)
		output_char(&b->text, ',');
	memset(output_room(&b->text, SLICE_SLACK), 0, SLICE_SLACK);
	return (struct slice){ b->text.buf, b->text.used };
}

/* Moves the keys that stay to a table of their own, in the same order. */
static void
rebuild(struct baseline *b, int64_t before_ns)
{
	struct keytable old = b->keys;
	struct keytable_entry *e;
	struct baseline_key *k;
	size_t i;

	keytable_init(&b->keys, old.max);
	for (i = 0; i < old.used; i++) {
		e = keytable_entry(&old, i);
		k = e->seen.data;
		if (!k->present && k->seen_ns < before_ns) {
			free(k);
			continue;
		}
		b->text.used = 0;
		output_bytes(&b->text, keytable_key(e), e->len);
		memset(output_room(&b->text, SLICE_SLACK), 0, SLICE_SLACK);
		keytable_insert(&b->keys, b->text.buf, e->len)->seen = e->seen;
	}
	keytable_release(&old);
}

size_t
baseline_sweep(struct baseline *b, int64_t idle_ns)
{
	int64_t before_ns = timestamp_before(b->open_ns, idle_ns);
	const struct baseline_key *k;
	size_t i, n = 0;

	for (i = 0; i < b->keys.used; i++) {
		k = baseline_key(b, i);
		n += !k->present && k->seen_ns < before_ns;
	}
	if (n > 0)
		rebuild(b, before_ns);
	b->evicted += n;
	return n;
}

/* Whether a key that is idle for a day makes room; asked once in a bin. */
static bool
make_room(struct baseline *b)
{
	if (b->swept_ns == b->open_ns)
		return false;
	b->swept_ns = b->open_ns;
	baseline_sweep(b, BASELINE_IDLE_FULL_NS);
	return b->keys.used < b->max_keys;
}

struct baseline_key *
baseline_find(struct baseline *b, struct slice key)
{
	struct keytable_entry *e = keytable_find(&b->keys, key.at, key.len);
	uint8_t rest = 0;

	if (e != NULL)
		return e->seen.data;
	if (b->keys.used >= b->max_keys && !make_room(b)) {
		b->folded++;
		key = rest_text(b);
		rest = 1;
		e = keytable_find(&b->keys, key.at, key.len);
		if (e != NULL)
			return e->seen.data;
	}
	e = keytable_insert(&b->keys, key.at, key.len);
	new_key(b, e)->rest = rest;
	return e->seen.data;
}
