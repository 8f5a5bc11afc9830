/*
 * keyfile - unit test of files of keys
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "baseline/keyfile.h"
#include "tap.h"

static char path[] = "/tmp/keyfile.XXXXXX";

/* Known of a key here: an even number. */
static bool
is_even(const void *data)
{
	return *(const uint32_t *)data % 2 == 0;
}

static const struct keyfile_kind kind = {
	.magic = "pktpipe test", .owner = "a test", .version = 7,
	.bytes = sizeof(uint32_t), .is_valid = is_even,
};

static void
release(struct keytable *t)
{
	size_t i;

	for (i = 0; i < t->used; i++)
		free(keytable_entry(t, i)->seen.data);
	keytable_release(t);
}

/* Writes a file of n keys "a", "b" ... with 0, step, 2 * step ... */
static void
write_keys(unsigned n, unsigned step)
{
	struct keytable t;
	FILE *f = fopen(path, "w");
	unsigned i;

	if (f == NULL)
		abort();
	keytable_init(&t, 100);
	for (i = 0; i < n; i++) {
		char key[1 + SLICE_SLACK] = { (char)('a' + i) };
		uint32_t *data = xcalloc(1, sizeof(*data));

		*data = i * step;
		keytable_insert(&t, key, 1)->seen.data = data;
	}
	keyfile_write_head(f, &kind, "who");
	keyfile_write_keys(f, &kind, &t);
	keyfile_write_end(f);
	if (fclose(f) != 0)
		abort();
	release(&t);
}

/* Whether n keys can be read, and the end after them. */
static bool
has_keys(unsigned n)
{
	struct keytable t;
	FILE *f;
	bool whole;

	if (keyfile_open(&f, path, &kind, "who") != NULL || f == NULL)
		return false;
	keytable_init(&t, 100);
	whole = keyfile_get_keys(f, &kind, &t, n) && keyfile_get_end(f) &&
	    t.used == n && (n < 3 ||
	    *(uint32_t *)keytable_entry(&t, 2)->seen.data == 4);
	release(&t);
	fclose(f);
	return whole;
}

static void
test_keys(void)
{
	write_keys(3, 2);
	ok(has_keys(3), "what was written is read");
	ok(!has_keys(2), "no key may be left");
	ok(!has_keys(4), "none may lack");
	write_keys(3, 1);
	ok(!has_keys(3), "what cannot be known of a key is damage");
	write_keys(0, 2);
	ok(has_keys(0), "a file may have no keys");
}

/* Opens it as of a kind and an identity, which says why it is refused. */
static void
refused(const struct keyfile_kind *as, const char *identity, const char *want)
{
	FILE *f;
	const char *why = keyfile_open(&f, path, as, identity);

	ok(f == NULL && why != NULL && strcmp(why, want) == 0, "%s", want);
}

static void
test_head(void)
{
	struct keyfile_kind other = kind;
	FILE *f;

	write_keys(3, 2);
	refused(&kind, "me", "a state of \"who\", want \"me\"");
	other.version = 8;
	refused(&other, "who", "a state of version 7.4, want 8.4");
	other.magic[0] = 'P';
	refused(&other, "who", "not a state of a test");
	if (truncate(path, 10) != 0)
		abort();
	refused(&kind, "who", "not a state of a test");
	unlink(path);
	ok(keyfile_open(&f, path, &kind, "who") == NULL && f == NULL,
	    "no file is no error");
}

int
main(void)
{
	int fd = mkstemp(path);

	if (fd == -1)
		abort();
	close(fd);
	test_keys();
	test_head();
	return tap_done();
}
