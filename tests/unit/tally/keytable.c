/*
 * keytable - keys of every length, found again, bounded, numbered
 *
 * SPDX-License-Identifier: ISC
 */
#include "tally/keytable.h"
#include "tap.h"

/* A key with the readable bytes after it that a cell has. */
static const char *
key(const char *text)
{
	static char at[128];

	memset(at, 0, sizeof(at));
	memcpy(at, text, strlen(text));
	return at;
}

static struct keytable_entry *
find(struct keytable *t, const char *text)
{
	return keytable_find(t, key(text), strlen(text));
}

static struct keytable_entry *
insert(struct keytable *t, const char *text)
{
	return keytable_insert(t, key(text), strlen(text));
}

/* Keys on both sides of the lengths that the table treats apart. */
static void
finds(void)
{
	static const char digits[] = "0123456789012345678901234567890123456789"
	    "0123456789";
	const size_t lengths[] = { 0, 1, 7, 8, 9, 15, 16, 17, 39, 40, 41, 50 };
	struct keytable_entry *e[12];
	struct keytable t;
	size_t i;

	keytable_init(&t, 100);
	for (i = 0; i < 12; i++) {
		ok(keytable_find(&t, digits, lengths[i]) == NULL,
		    "a key of %zu bytes is new", lengths[i]);
		e[i] = keytable_insert(&t, digits, lengths[i]);
		e[i]->number = i;
	}
	for (i = 0; i < 12; i++)
		ok(keytable_find(&t, digits, lengths[i]) == e[i] &&
		    keytable_find(&t, digits, lengths[i]) == e[i] &&
		    keytable_insert(&t, digits, lengths[i]) == e[i] &&
		    e[i]->number == i && e[i]->len == lengths[i] &&
		    memcmp(keytable_key(e[i]), digits, lengths[i]) == 0,
		    "and found again: %zu", lengths[i]);
	keytable_clear(&t);
	ok(t.used == 0 && keytable_find(&t, digits, 1) == NULL &&
	    keytable_find(&t, digits, 50) == NULL, "a cleared table has none");
	keytable_release(&t);
}

static void
is_bounded(void)
{
	struct keytable t;

	keytable_init(&t, 2);
	same_int((int64_t)keytable_number(&t, key("a"), 1), 0, "a is 0");
	same_int((int64_t)keytable_number(&t, key("b"), 1), 1, "b is 1");
	same_int((int64_t)keytable_number(&t, key("a"), 1), 0, "a stays 0");
	same_int((int64_t)keytable_number(&t, key("c"), 1), 2,
	    "a third key has no room");
	ok(insert(&t, "c") == NULL && find(&t, "c") == NULL, "nor an entry");
	ok(keytable_entry(&t, 1) == find(&t, "b"), "number 1 is b's entry");
	ok(keytable_compare(find(&t, "a"), find(&t, "b")) < 0 &&
	    keytable_compare(find(&t, "b"), find(&t, "b")) == 0,
	    "entries are ordered by key");
	keytable_release(&t);
}

/* More than one chunk of entries, with the slots grown many times. */
static void
grows(void)
{
	struct keytable t;
	size_t i, wrong = 0;
	char text[16];

	keytable_init(&t, KEYTABLE_MAX);
	for (i = 0; i < 100000; i++) {
		snprintf(text, sizeof(text), "%zu", i);
		insert(&t, text)->number = i;
	}
	for (i = 0; i < 100000; i++) {
		const struct keytable_entry *e;

		snprintf(text, sizeof(text), "%zu", i);
		e = find(&t, text);
		wrong += e == NULL || e->number != i ||
		    e != keytable_entry(&t, i);
	}
	same_int((int64_t)wrong, 0, "100,000 keys keep their values");
	keytable_release(&t);
}

/* 64 bytes of an entry, 8 of a slot, and the user's own. */
static void
is_bounded_in_bytes(void)
{
	static char text[KEYTABLE_KEY_MAX + 1 + SLICE_SLACK];
	struct keytable t;

	memset(text, 'x', sizeof(text));
	keytable_init(&t, 4);
	ok(keytable_insert(&t, text, KEYTABLE_KEY_MAX) != NULL &&
	    keytable_insert(&t, text, KEYTABLE_KEY_MAX + 1) == NULL &&
	    t.bound == KEYTABLE_LONG, "a key of over 1024 bytes has no room");
	ok(keytable_bytes(&t) >= 64 + 1024 + 64 * 8 &&
	    keytable_bytes(&t) <= 64 + 1024 + 64 * 8 + 64,
	    "keys, entries and slots count");
	t.more = 100000;
	t.max_bytes = 150000;
	ok(insert(&t, "a") == NULL && t.bound == KEYTABLE_BYTES,
	    "what the user keeps for a key counts");
	memset(text, 0, sizeof(text));
	memcpy(text, "REST", 4);
	ok(keytable_insert_rest(&t, text, 4) != NULL && t.used == 2,
	    "the key of the rest always has room");
	ok(strcmp(keytable_reason(t.bound, "keys", 4, 150000),
	    "--max-memory 150000 reached") == 0,
	    "the reason is a bound in bytes");
	keytable_release(&t);
}

int
main(void)
{
	finds();
	is_bounded();
	is_bounded_in_bytes();
	grows();
	return tap_done();
}
