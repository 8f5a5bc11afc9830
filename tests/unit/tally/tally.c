/*
 * tally - unit test of sums by key
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "tally/tally.h"
#include "tap.h"

#define MAX	UINT64_C(9223372036854775807)
#define SORTED	40000	/* rows */

static const char *const names[] = { "proto", "dport" };

/* Counts under cells given as strings, with the slack that a record has. */
static bool
count(struct tally *t, const char *a, const char *b, uint64_t packets,
    uint64_t bytes)
{
	char text[2][64] = { "", "" };
	struct slice cell[2] = { { text[0], strlen(a) }, { text[1], 0 } };

	memcpy(text[0], a, cell[0].len);
	if (b == NULL)
		return tally_count(t, cell, 1, packets, bytes);
	cell[1].len = strlen(b);
	memcpy(text[1], b, cell[1].len);
	return tally_count(t, cell, 2, packets, bytes);
}

/* One result: what tally_write writes, rows joined by a blank. */
static void
same_rows(struct tally *t, struct tally_style style, const char *want,
    const char *what)
{
	struct output o;
	size_t i;
	bool fits;

	output_init(&o, -1, "nothing");
	fits = tally_write(t, &o, &style);
	for (i = 0; i < o.used; i++)
		if (o.buf[i] == '\n')
			o.buf[i] = ' ';
	if (!fits)
		output_str(&o, "overflow");
	same_text(o.buf, o.used, want, "%s", what);
	free(o.buf);
}

static void
test_order(void)
{
	struct tally_style style = { .column = names, .columns = 1 };
	struct tally t;

	tally_init(&t, 10);
	count(&t, "TCP", NULL, 1, 10);
	count(&t, "UDP", NULL, 2, 10);
	count(&t, "DNS", NULL, 3, 5);
	count(&t, "TCP", NULL, 4, 1);
	same_rows(&t, style, "TCP,5,11 UDP,2,10 DNS,3,5 ", "bytes first");
	style.sort = TALLY_BY_PACKETS;
	same_rows(&t, style, "TCP,5,11 DNS,3,5 UDP,2,10 ", "packets first");
	style.sort = TALLY_BY_NAME;
	same_rows(&t, style, "DNS,3,5 TCP,5,11 UDP,2,10 ", "by name");
	style.top = 1;
	same_rows(&t, style, "DNS,3,5 REST,7,21 ", "one name and the rest");
	style.sort = TALLY_BY_BYTES;
	style.top = 3;
	same_rows(&t, style, "TCP,5,11 UDP,2,10 DNS,3,5 ",
	    "a top that holds all has no rest");
	count(&t, "REST", NULL, 100, 100);
	style.top = 2;
	same_rows(&t, style, "TCP,5,11 UDP,2,10 REST,103,105 ",
	    "a key REST joins the rest");
	tally_release(&t);
}

static void
test_keys(void)
{
	struct tally_style style = { .column = names, .columns = 2,
	    .sort = TALLY_BY_NAME };
	struct tally t;

	tally_init(&t, 10);
	count(&t, "a", "b,c", 1, 1);
	count(&t, "a,b", "c", 1, 2);
	count(&t, "a", "\"b", 1, 3);
	count(&t, "=a", "-5", 1, 4);
	count(&t, "'=a", "-5", 1, 5);
	same_rows(&t, style, "\"a,b\",c,1,2 '=a,-5,2,9 a,\"\"\"b\",1,3 "
	    "a,\"b,c\",1,1 ", "keys stay apart and are safe cells");
	tally_release(&t);

	style.columns = 1;
	tally_init(&t, 10);
	count(&t, "a,b", NULL, 1, 1);
	count(&t, "\"a,b\"", NULL, 1, 2);
	count(&t, "a,b", NULL, 1, 4);
	count(&t, "", NULL, 1, 8);
	count(&t, "", NULL, 1, 8);
	same_rows(&t, style, ",2,16 \"\"\"a,b\"\"\",1,2 \"a,b\",2,5 ",
	    "a cell that looks like a quoted key is not that key");
	tally_release(&t);
}

static void
test_bound(void)
{
	struct tally_style style = { .column = names, .columns = 2 };
	struct tally t;

	tally_init(&t, 1);
	count(&t, "a", "1", 1, 9);
	count(&t, "b", "2", 1, 2);
	count(&t, "c", "3", 1, 3);
	count(&t, "a", "1", 1, 9);
	ok(t.folded == 2, "rows past the greatest number of keys are counted");
	same_rows(&t, style, "a,1,2,18 REST,,2,5 ", "and are in the rest");
	tally_release(&t);
}

static void
test_overflow(void)
{
	struct tally_style style = { .column = names, .columns = 1,
	    .shares = true };
	struct tally t;

	tally_init(&t, 3);
	ok(count(&t, "a", NULL, 1, MAX), "the greatest sum is one");
	ok(count(&t, "b", NULL, 1, MAX), "also of another key");
	count(&t, "c", NULL, 1, 0);
	same_rows(&t, style, "a,1,9223372036854775807,33.33,50.00 "
	    "b,1,9223372036854775807,33.33,50.00 c,1,0,33.33,0.00 ",
	    "shares of a total past 64 bits");
	style.top = 1;
	same_rows(&t, style, "a,1,9223372036854775807,33.33,50.00 "
	    "REST,2,9223372036854775807,66.67,50.00 ", "rounded half up");
	ok(!count(&t, "c", NULL, MAX, 0), "packets overflow");
	ok(!count(&t, "a", NULL, 0, 1), "bytes overflow");
	tally_release(&t);
	tally_init(&t, 3);
	count(&t, "a", NULL, 1, MAX);
	count(&t, "b", NULL, 1, 5);
	count(&t, "c", NULL, 1, MAX);
	style.top = 1;
	same_rows(&t, style, "overflow", "the rest's overflow is told");
	tally_release(&t);
}

static struct keytable_sums
sums_of(const struct tally *t, size_t i)
{
	return keytable_entry(&t->keys, i)->sums;
}

/* Against arithmetic: key i of 100,000 comes i % 7 + 1 times. */
static void
test_many(void)
{
	struct tally t;
	char key[64 + SLICE_SLACK] = "";
	struct slice cell = { key, 0 };
	uint64_t wrong = 0;
	unsigned i, round, lens[] = { 1, 4, 12, 36 };

	tally_init(&t, KEYTABLE_MAX);
	for (round = 0; round < 7; round++)
		for (i = 0; i < 100000; i++) {
			cell.len = (size_t)snprintf(key, sizeof(key), "%0*u",
			    (int)lens[i % 4], i);
			if (round <= i % 7)
				tally_count(&t, &cell, 1, 1, i);
		}
	ok(tally_flush(&t), "rows of many keys are counted");
	same_int((int64_t)t.keys.used, 100000, "each key has one entry");
	for (i = 0; i < t.keys.used; i++)
		wrong += sums_of(&t, i).packets != i % 7 + 1 ||
		    sums_of(&t, i).bytes != i % 7 * i + i;
	same_int((int64_t)wrong, 0, "with its own sums");
	cell.len = (size_t)snprintf(key, sizeof(key), "77777");
	tally_count(&t, &cell, 1, MAX, 0);
	ok(!tally_flush(&t) && slice_is(tally_overflowed(&t), "77777"),
	    "an overflow among many keys is told, and whose it is");
	tally_release(&t);
}

/* How many rows do not come after the one before, by name or by bytes. */
static size_t
out_of_order(FILE *rows, bool by_bytes)
{
	char line[128], name[2][64];
	unsigned long long bytes[2];
	size_t n, wrong = 0;

	rewind(rows);
	for (n = 0; fgets(line, sizeof(line), rows) != NULL; n++) {
		const size_t now = n & 1, before = now ^ 1;

		if (sscanf(line, "%63[^,],%*u,%llu", name[now],
		    &bytes[now]) != 2)
			return SIZE_MAX;
		if (n > 0 && (!by_bytes || bytes[now] == bytes[before]))
			wrong += strcmp(name[before], name[now]) >= 0;
		else if (n > 0)
			wrong += bytes[before] < bytes[now];
	}
	return n == SORTED ? wrong : SIZE_MAX;
}

/* Names with up to 35 bytes in common, few and many of them with one sum. */
static void
test_sorted(void)
{
	struct tally_style style = { .column = names, .columns = 1,
	    .no_header = true };
	const int width[] = { 1, 7, 8, 9, 16, 35, 41, 50 };
	struct output o;
	struct tally t;
	char name[64];
	unsigned i, sort;

	tally_init(&t, KEYTABLE_MAX);
	for (i = 0; i < SORTED; i++) {
		const unsigned at = i * 7919 % SORTED;

		snprintf(name, sizeof(name), "%0*u%s", width[at < SORTED / 2 ?
		    at % 6 : at % 8], at, at % 3 ? "" : "x");
		count(&t, name, NULL, 1, at < SORTED / 4 ? at % 3 : at % 997);
	}
	for (sort = TALLY_BY_BYTES; sort <= TALLY_BY_NAME; sort++) {
		FILE *rows = tmpfile();

		style.sort = (enum tally_sort)sort;
		output_init(&o, fileno(rows), "rows");
		ok(tally_write(&t, &o, &style), "many keys are written");
		output_flush(&o);
		same_int((int64_t)out_of_order(rows, sort == TALLY_BY_BYTES),
		    0, "in order, sort %u", sort);
		free(o.buf);
		fclose(rows);
	}
	tally_release(&t);
}

static void
test_numbers(void)
{
	struct tally_style style = { .column = names, .columns = 2,
	    .sort = TALLY_BY_NUMBER };
	struct tally t;

	tally_init(&t, 20);
	count(&t, "1000", "9", 1, 0);
	count(&t, "1000", "10", 1, 0);
	count(&t, "200", "x", 1, 0);
	count(&t, "-5", "", 1, 0);
	count(&t, "-40.5", "", 1, 0);
	count(&t, "x", "", 1, 0);
	count(&t, "", "", 1, 0);
	same_rows(&t, style, "-40.5,,1,0 -5,,1,0 200,x,1,0 1000,10,1,0 "
	    "1000,9,1,0 ,,1,0 x,,1,0 ", "by the first number");
	style.group = 1;
	same_rows(&t, style, "-40.5,,1,0 -5,,1,0 200,x,1,0 1000,9,1,0 "
	    "1000,10,1,0 ,,1,0 x,,1,0 ", "in groups by the next as well");
	tally_release(&t);
}

static void
test_groups(void)
{
	struct tally_style style = { .column = names, .columns = 2,
	    .group = 1 };
	struct tally t;

	tally_init(&t, 20);
	count(&t, "A", "1", 1, 10);
	count(&t, "A", "2", 2, 30);
	count(&t, "A", "3", 3, 20);
	count(&t, "x,\"y", "1", 1, 99);
	count(&t, "x,\"y", "2", 1, 1);
	same_rows(&t, style, "\"x,\"\"y\",1,1,99 \"x,\"\"y\",2,1,1 A,2,2,30 "
	    "A,3,3,20 A,1,1,10 ", "groups and their rows, largest first");
	style.top = 1;
	style.shares = true;
	same_rows(&t, style, "\"x,\"\"y\",1,1,99,50.00,99.00 "
	    "\"x,\"\"y\",REST,1,1,50.00,1.00 A,2,2,30,33.33,50.00 "
	    "A,REST,4,30,66.67,50.00 ", "each with a rest and shares");
	style.shares = false;
	style.no_rest = true;
	style.sort = TALLY_BY_NAME;
	same_rows(&t, style, "\"x,\"\"y\",1,1,99 A,1,1,10 ",
	    "no rest, by name");
	style.no_rest = false;
	style.sort = TALLY_BY_PACKETS;
	count(&t, "A", "REST", 100, 0);
	count(&t, "REST", "", 5, 6);
	same_rows(&t, style, "A,3,3,20 A,REST,103,40 \"x,\"\"y\",1,1,99 "
	    "\"x,\"\"y\",REST,1,1 REST,,5,6 ", "each rest joins its own");
	count(&t, "A", "REST", MAX - 100, 0);
	same_rows(&t, style, "overflow", "a rest that overflows");
	tally_release(&t);
	tally_init(&t, 20);
	style.by_time = true;
	style.top = 0;
	count(&t, "1000.5", "a", 1, 1);
	count(&t, "-3.000000", "a", 1, 3);
	count(&t, "999.000000", "b", 1, 2);
	count(&t, "", "b", 1, 9);
	same_rows(&t, style, "-3.000000,a,1,3 999.000000,b,1,2 1000.5,a,1,1 "
	    ",b,1,9 ", "groups of times are in time order");
	tally_release(&t);
}

static void
test_facts(void)
{
	struct keyfacts facts;
	struct tally_style style = { .column = names, .columns = 1, .top = 1,
	    .facts = &facts, .times = true, .distinct = "n",
	    .sort = TALLY_BY_FIRST };
	static const int64_t first[] = { 7000000000, 5000000000, 6000000000 };
	const struct slice value[] = { { "a", 1 }, { "b", 1 } };
	struct tally t;
	size_t i;

	tally_init(&t, 9);
	keyfacts_init(&facts, 9, SIZE_MAX);
	for (i = 0; i < 3; i++) {
		struct keyfact *fact;

		count(&t, i == 0 ? "A" : i == 1 ? "B" : "C", NULL, 1, i);
		fact = keyfacts_of(&facts, keytable_entry(&t.keys, i));
		keyfact_time(fact, first[i], first[i] + 1000000000);
		keyfacts_value(&facts, fact, value[0]);
		if (i == 0)
			keyfacts_value(&facts, fact, value[1]);
	}
	same_rows(&t, style, "B,1,1,5.000000,6.000000,1 "
	    "REST,2,2,6.000000,8.000000, ", "the first key, and the rest's "
	    "times");
	style.sort = TALLY_BY_DISTINCT;
	same_rows(&t, style, "A,1,0,7.000000,8.000000,2 "
	    "REST,2,3,5.000000,7.000000, ", "the key with most values");
	keyfacts_release(&facts);
	tally_release(&t);
}

int
main(void)
{
	test_order();
	test_keys();
	test_bound();
	test_overflow();
	test_many();
	test_sorted();
	test_numbers();
	test_groups();
	test_facts();
	return tap_done();
}
