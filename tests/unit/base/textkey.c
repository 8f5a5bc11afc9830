/*
 * textkey - unit test of the first bytes of texts
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/textkey.h"
#include "tap.h"

#define TEXTS	4096

/* A text as a cell, with rubbish after it. */
static struct slice
cell(char buf[128], const char *text, char rubbish)
{
	memset(buf, rubbish, 128);
	memcpy(buf, text, strlen(text));
	return (struct slice){ buf, strlen(text) };
}

/* Texts of 0 to 63 bytes, of which the rubbish after them is no part. */
static int
mistaken(void)
{
	char text[64] = "", a[128], b[128], want[TEXTKEY_BYTES];
	struct textkey k, l;
	struct slice s, t;
	int wrong = 0;
	size_t n;

	for (n = 0; n < sizeof(text) - 1; n++) {
		s = cell(a, text, '?');
		t = cell(b, text, ',');
		k = textkey_of(s);
		l = textkey_of(t);
		strncpy(want, text, sizeof(want));
		wrong += memcmp(&k, want, sizeof(want)) != 0 ||
		    !textkey_same(k, l) ||
		    textkey_hash(k, s) != textkey_hash(l, t);
		text[n] = (char)('a' + n % 26);
	}
	return wrong;
}

/* How many of as many places as texts no text takes; they differ in between. */
static size_t
empty_places(const char *head, char between, const char *tail)
{
	static bool taken[TEXTS];
	char text[64], a[128];
	size_t i, empty = 0;
	struct slice s;

	memset(taken, 0, sizeof(taken));
	for (i = 0; i < TEXTS; i++) {
		snprintf(text, sizeof(text), "%s%u%c%u%s", head,
		    (unsigned)i / 64, between, (unsigned)i % 64, tail);
		s = cell(a, text, '?');
		taken[textkey_hash(textkey_of(s), s) >> 52] = true;
	}
	for (i = 0; i < TEXTS; i++)
		empty += !taken[i];
	return empty;
}

/* By chance, TEXTS / e places stay empty. */
static void
test_spread(const char *head, char between, const char *tail)
{
	size_t empty = empty_places(head, between, tail);

	ok(empty < TEXTS / 2, "%s*%c*%s: %zu of %d places are empty", head,
	    between, tail, empty, TEXTS);
}

int
main(void)
{
	char a[128], b[128];

	ok(mistaken() == 0, "a key is the first 16 bytes, then zeros");
	ok(!textkey_same(textkey_of(cell(a, "10.0.0.1", '1')),
	    textkey_of(cell(b, "10.0.0.11", '1'))),
	    "what follows a text is no part of it");
	test_spread("10.0.", '.', "");
	test_spread("192.168.1", '.', "");
	test_spread("2001:db8:0:1::", ':', "");
	test_spread("2001:db8:", ':', "::1");
	return tap_done();
}
