/*
 * csv_index - each of its functions against a look at byte after byte
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "csv/csv_index.h"
#include "tap.h"

static char	text[CSV_CHUNK + SLICE_SLACK];

static bool
is_odd(char c)
{
	return c == '"' || c == '\r' || c == '\0';
}

/*
 * Whether the index has the marks and lines of the first n bytes, as far as
 * it goes, and goes as far as the block of the first odd byte.
 */
static bool
is_index(const struct csv_index *x, size_t n)
{
	size_t i, marks = 0, lines = 0;

	if (x->mark[0] != UINT16_MAX)
		return false;
	for (i = 0; i < n && !is_odd(text[i]); i++) {
		if (text[i] != ',' && text[i] != '\n')
			continue;
		if (lines < x->lines && x->mark[1 + marks] != i)
			return false;
		if (text[i] == '\n' && (lines == x->lines ||
		    x->line[lines++] != marks))
			return false;
		marks++;
	}
	return lines == x->lines;
}

/* Text in which one byte of so many is special, and few are odd. */
static void
make_text(int one_of, int odd_one_of)
{
	static const char odd[] = { '"', '\r', '\0' };
	size_t i;

	for (i = 0; i < sizeof(text); i++) {
		text[i] = (char)(rand() % 255 + 1);
		if (is_odd(text[i]))
			text[i] = 'x';
		if (rand() % one_of == 0)
			text[i] = rand() % 5 == 0 ? '\n' : ',';
		if (rand() % odd_one_of == 0)
			text[i] = odd[rand() % 3];
	}
}

static void
check(enum csv_index_way way)
{
	static const int one_of[] = { 1, 2, 3, 10, 200 };
	static struct csv_index x = { .mark = { UINT16_MAX } };
	csv_indexer *index = csv_index_by(way);
	size_t i, n, good = 0, tried = 0;

	for (i = 0; index != NULL && i < 5; i++)
		for (n = 0; n <= CSV_CHUNK; n += n < 200 ? 3 : 487) {
			make_text(one_of[i], n % 2 == 0 ? 100 : 100000);
			index(&x, text, n, ',');
			tried++;
			good += is_index(&x, n);
		}
	same_int((int64_t)good, (int64_t)tried, "way %d finds the lines of %zu "
	    "texts", (int)way, tried);
}

int
main(void)
{
	int way;

	for (way = 0; way < CSV_INDEX_WAYS; way++)
		check((enum csv_index_way)way);
	ok(csv_index_choose() != NULL, "there is one for this processor");
	return tap_done();
}
