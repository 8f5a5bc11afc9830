/*
 * baseline - its table of keys, which is bounded
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "baseline/baseline.h"
#include "tally/tally.h"

static struct baseline_key *
new_key(struct baseline *b, struct keytable_entry *e)
{
	struct baseline_key *k = xcalloc(1, sizeof(*k));

	k->seen_ns = b->open_ns;
	series_init(&k->series);
	e->seen.data = k;
	return k;
}

void
baseline_init_keys(struct baseline *b)
{
	/* baseline_find keeps to max_keys; REST is one more. */
	keytable_init(&b->keys, KEYTABLE_MAX);
	b->keys.more = sizeof(struct baseline_key);
	b->keys.max_bytes = b->max_memory / 4 * 3;
}

/* Moves the keys that stay to a table of their own, in the same order. */
static void
rebuild(struct baseline *b, int64_t before_ns)
{
	struct keytable old = b->keys;
	struct keytable_entry *e;
	struct baseline_key *k;
	size_t i;

	baseline_init_keys(b);
	b->keys.bound = old.bound;
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
		keytable_insert_rest(&b->keys, b->text.buf, e->len)->seen =
		    e->seen;
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

/* The entry of a new key, or NULL if there is no room. */
static struct keytable_entry *
insert(struct baseline *b, struct slice key)
{
	if (b->keys.used < b->max_keys || key.len > KEYTABLE_KEY_MAX)
		return keytable_insert(&b->keys, key.at, key.len);
	b->keys.bound = KEYTABLE_KEYS;
	return NULL;
}

/* Drops the keys that are idle for a day; asked once in a bin. */
static bool
make_room(struct baseline *b)
{
	if (b->swept_ns == b->open_ns)
		return false;
	b->swept_ns = b->open_ns;
	return baseline_sweep(b, BASELINE_IDLE_FULL_NS) > 0;
}

/* The sum of all further keys. */
static struct baseline_key *
find_rest(struct baseline *b)
{
	struct slice key = tally_rest_key(&b->text, "", 0, b->columns);
	struct keytable_entry *e = keytable_find(&b->keys, key.at, key.len);

	b->folded++;
	if (e != NULL)
		return e->seen.data;
	e = keytable_insert_rest(&b->keys, key.at, key.len);
	new_key(b, e)->rest = 1;
	return e->seen.data;
}

struct baseline_key *
baseline_find(struct baseline *b, struct slice key)
{
	struct keytable_entry *e = keytable_find(&b->keys, key.at, key.len);

	if (e != NULL)
		return e->seen.data;
	e = insert(b, key);
	if (e == NULL && key.len <= KEYTABLE_KEY_MAX && make_room(b))
		e = insert(b, key);
	return e == NULL ? find_rest(b) : new_key(b, e);
}
