/*
 * timebins - unit test of the sums by bin and key
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "tally/timebins.h"
#include "tap.h"

#define S	INT64_C(1000000000)

static void
test_bins(void)
{
	same_int(timebin_of(-S / 2, S), -1, "-0.5 s is in bin -1");
	same_int(timebin_of(-S, S), -1, "-1 s starts bin -1");
	same_int(timebin_of(0, S), 0, "0 starts bin 0");
	same_int(timebin_of(S - 1, S), 0, "the last ns of bin 0 is in it");
	same_int(timebin_of(INT64_MAX, S), INT64_C(9223372036),
	    "the greatest time has a bin");
	same_int(timebin_of(INT64_MIN, S), INT64_C(-9223372037),
	    "the least time has a bin");
	same_int(timebin_start(-1, S), -S, "bin -1 starts at -1 s");
	same_int(timebin_start(INT64_C(-9223372037), S), INT64_MIN,
	    "the first bin starts at the least time");
	same_int(timebin_of(timebin_start(INT64_C(-9223372037), S),
	    60 * S), timebin_of(INT64_MIN, 60 * S),
	    "the first bin's start is in the first bin of a minute");
}

static void
test_spike(void)
{
	ok(!timebin_is_spike(100, 100, S), "the limit itself is no spike");
	ok(timebin_is_spike(101, 100, S), "a byte more is one");
	ok(!timebin_is_spike(1000, 100, 10 * S), "the limit is by the second");
	ok(timebin_is_spike(1, 999, S / 1000),
	    "1 byte in 1 ms is more than 999 a second");
	ok(!timebin_is_spike(1, 1000, S / 1000), "but not than 1000");
	ok(!timebin_is_spike(INT64_MAX, INT64_MAX, 366 * 86400 * S),
	    "the largest figures do not wrap");
}

static int64_t width = S;

/* Counts one packet at a time; false if its bin has left. */
static bool
count(struct timebins *b, int64_t ns, const char *key, uint64_t bytes)
{
	char text[64] = "";
	struct slice cell = { text, strlen(key) };
	struct keytable_entry *e;

	memcpy(text, key, cell.len);
	timebins_select(b, timebin_of(ns, width));
	if (b->bin < b->first)
		return timebins_find(b, &cell) != NULL;
	e = timebins_insert(b, &cell);
	return tally_add(&e->sums, 1, bytes) && timebins_find(b, &cell) == e;
}

/* The sums of a list as text: "bin key packets bytes;" each. */
static const char *
text_of(const struct keytable_entry **list, size_t n)
{
	static char text[4096];
	size_t i, used = 0;

	text[0] = '\0';
	for (i = 0; i < n; i++) {
		struct slice key = timebins_key(list[i]);

		used += (size_t)snprintf(text + used, sizeof(text) - used,
		    "%jd %.*s %ju %ju;", (intmax_t)timebins_number(list[i]),
		    (int)key.len, key.at, (uintmax_t)list[i]->sums.packets,
		    (uintmax_t)list[i]->sums.bytes);
	}
	free(list);
	return text;
}

static const char *
all(const struct timebins *b)
{
	size_t n;
	const struct keytable_entry **list = timebins_list(b, &n);

	return text_of(list, n);
}

static const char *
one(struct timebins *b, int64_t bin)
{
	size_t n;
	const struct keytable_entry **list = timebins_list_bin(b, bin, &n);

	return text_of(list, n);
}

static bool
same(const char *got, const char *want, const char *what)
{
	return same_text(got, strlen(got), want, "%s", what);
}

static void
test_plain(void)
{
	struct timebins b;

	timebins_init(&b, 0);
	same(all(&b), "", "bins start empty");
	count(&b, 5 * S, "", 10);
	count(&b, 5 * S + S - 1, "", 20);
	count(&b, -1, "", 3);
	count(&b, 7 * S, "", 40);
	same(all(&b), "-1  1 3;5  2 30;7  1 40;",
	    "bins are of whole widths, also before 1970, and in order");
	same(one(&b, 5), "5  2 30;", "one bin can be listed");
	same(one(&b, 6), "", "a bin that nobody filled has no sums");
	timebins_drop_before(&b, 6);
	same(all(&b), "7  1 40;", "bins leave");
	ok(!count(&b, 5 * S, "", 1), "a bin that left is not found");
	same(one(&b, 5), "", "a bin that left is not listed");
	same_int((int64_t)b.held, 1, "one sum is left");
	timebins_reopen(&b, 5);
	count(&b, 5 * S, "", 1);
	same(all(&b), "5  1 1;7  1 40;",
	    "a bin opened again has nothing of what left");
	timebins_select(&b, TIMEBINS_NO_TIME);
	ok(timebins_find(&b, NULL) == NULL, "no time is a bin of its own");
	timebins_release(&b);
}

static void
test_edges(void)
{
	struct timebins b;

	timebins_init(&b, 0);
	width = 366 * 86400 * S;
	count(&b, INT64_MIN, "", 1);
	count(&b, INT64_MAX, "", 2);
	count(&b, INT64_MIN + 1, "", 4);
	same(all(&b), "-292  2 5;291  1 2;",
	    "the first and the last time that there is are told apart");
	timebins_release(&b);
	width = S;
}

static void
test_keys(void)
{
	struct timebins b;

	timebins_init(&b, 1);
	count(&b, 1 * S, "UDP", 1);
	count(&b, 1 * S, "TCP", 2);
	count(&b, 0, "a name of over sixteen bytes, for the slow way", 4);
	count(&b, 1 * S, "TCP", 8);
	count(&b, 1 * S, "a,b", 16);
	count(&b, 2 * S, "", 32);
	ok(count(&b, 1 * S, "\n", 64), "a line break is a key");
	same(one(&b, 1), "1 \"\n\" 1 64;1 \"a,b\" 1 16;1 TCP 2 10;1 UDP 1 1;",
	    "the keys of a bin are in order, in the form of CSV");
	same_int((int64_t)b.held, 6, "each key of a bin has a sum");
	timebins_drop_before(&b, 1);
	timebins_drop_before(&b, 2);
	same(all(&b), "2  1 32;", "keys leave with their bin");
	ok(!count(&b, S, "TCP", 1), "a short key of a bin that left is gone");
	timebins_clear(&b);
	same(all(&b), "", "bins are cleared");
	timebins_release(&b);
}

/* Far more bins than are kept: each has the numbers 0, 1, 2 as keys. */
static void
test_many(void)
{
	const char *const key[] = { "0", "1", "2" };
	struct timebins b;
	int64_t bin;
	int i, lost = 0;

	timebins_init(&b, 1);
	for (bin = 0; bin < 20000; bin++) {
		for (i = 0; i < 6; i++)
			lost += !count(&b, bin * S, key[i % 3], 1);
		timebins_drop_before(&b, bin - 1);
	}
	same_int(lost, 0, "no sum is lost as bins come and leave");
	same(all(&b), "19998 0 2 2;19998 1 2 2;19998 2 2 2;"
	    "19999 0 2 2;19999 1 2 2;19999 2 2 2;", "the last are there");
	ok(b.sums.used < 10000, "bins that left make room");
	timebins_release(&b);
}

int
main(void)
{
	test_bins();
	test_spike();
	test_plain();
	test_edges();
	test_keys();
	test_many();
	return tap_done();
}
