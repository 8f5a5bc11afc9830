/*
 * tuple - texts kept once, and the cells of a tuple
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "label/textpool.h"
#include "label/tuple.h"
#include "tap.h"

#define TEXTS	20000

/* Texts of all lengths from 0, with bytes of any value. */
static size_t
text_of(size_t i, char *out)
{
	size_t n = i % 40;

	memset(out, (int)(i / 40 % 256), n);
	if (n > 4)
		memcpy(out, &i, 4);
	return n;
}

static void
test_pool(void)
{
	static uint32_t number[TEXTS];
	struct textpool p = { .used = 0 };
	struct slice s;
	char text[40];
	size_t i, n;
	int wrong = 0, again = 0;

	for (i = 0; i < TEXTS; i++) {
		n = text_of(i, text);
		number[i] = textpool_add(&p, text, n);
	}
	for (i = 0; i < TEXTS; i++) {
		n = text_of(i, text);
		s = textpool_get(&p, number[i]);
		wrong += number[i] == 0 || s.len != n ||
		    memcmp(s.at, text, n) != 0;
		again += textpool_add(&p, text, n) != number[i];
	}
	same_int(wrong, 0, "%d texts are what was added", TEXTS);
	same_int(again, 0, "and keep their numbers when added again");
	ok(p.texts < TEXTS, "those that are the same are kept once");
	textpool_release(&p);
}

static void
add(struct tuple *t, const char *text)
{
	tuple_add(t, (struct slice){ text, text == NULL ? 0 : strlen(text) });
}

static void
test_tuple(void)
{
	static char longest[LABEL_TEXT_MAX + 10];
	struct slice cell[4];
	struct tuple t;
	uint32_t a, b;

	memset(longest, '"', sizeof(longest) - 1);
	tuple_init(&t);
	tuple_start(&t);
	add(&t, "a,b");
	add(&t, NULL);
	add(&t, "");
	add(&t, "=x");
	a = tuple_end(&t);
	tuple_start(&t);
	add(&t, longest);
	b = tuple_end(&t);
	tuple_get(&t, a, cell, 4);
	same_text(cell[0].at, cell[0].len, "\"a,b\"", "a cell with a comma");
	ok(cell[1].at == NULL, "an absent one");
	ok(cell[2].at != NULL && cell[2].len == 0, "an empty one");
	same_text(cell[3].at, cell[3].len, "'=x", "one that is a formula");
	tuple_get(&t, b, cell, 1);
	same_int((int64_t)cell[0].len, 2 * LABEL_TEXT_MAX + 2,
	    "the longest, all of quotes");
	tuple_release(&t);
}

int
main(void)
{
	test_pool();
	test_tuple();
	return tap_done();
}
