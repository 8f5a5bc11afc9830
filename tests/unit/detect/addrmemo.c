/*
 * addrmemo - unit test of addresses read from text, through a cache
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/hash.h"
#include "detect/addrmemo.h"
#include "tap.h"

static struct addrmemo memo;
static struct ipaddr ip;
static uint64_t hash;

/* Looks a text up, with the readable bytes after it that a cell has. */
static bool
get(const char *text)
{
	struct addrmemo_look look;
	char cell[256] = "";

	snprintf(cell, sizeof(cell), "%s", text);
	addrmemo_fetch(&memo, (struct slice){ cell, strlen(cell) }, &look);
	return addrmemo_get(&memo, &look, &ip, &hash);
}

static bool
is_right(const char *text)
{
	struct ipaddr want;

	memset(&want, 0, sizeof(want));
	return ipaddr_parse(&want, text, strlen(text)) && get(text) &&
	    memcmp(&ip, &want, sizeof(want)) == 0 &&
	    hash == hash_bytes(&want, sizeof(want));
}

static void
test_texts(void)
{
	static const char *const texts[] = { "10.0.0.1", "10.0.0.11", "::",
	    "192.168.100.200", "2001:db8::1", "2001:db8:0:1:2:3:4:5",
	    "2001:db8:0:1:2:3:4:55", "2001:db8:9:1:2:3:4:55" };
	size_t i;

	for (i = 0; i < 2 * sizeof(texts) / sizeof(texts[0]); i++)
		ok(is_right(texts[i / 2]), "%s%s", texts[i / 2],
		    i % 2 == 0 ? "" : " again");
	ok(get("") && ip.family == 0 && hash == 0,
	    "an empty text is no address");
	ok(!get("10.0.0.256") && !get("x"),
	    "a text that is no address is refused");
	ok(!get("10.0.0.256"), "and refused again");
	ok(!get("2001:0db8:0000:0000:0000:0000:0000:00001111111111"),
	    "a text longer than any address is refused");
}

/* More texts than places, in turn: each is right, whatever it replaces. */
static void
test_many(void)
{
	char text[32];
	unsigned i, right = 0;

	for (i = 0; i < 200000; i++) {
		snprintf(text, sizeof(text), i % 3 == 0 ?
		    "2001:db8:a:bcde:%x:%u:ffff:%u" : "10.%u.%u.%u", i % 7,
		    i % 65000 / 256, i % 256);
		right += is_right(text);
	}
	same_int(right, 200000, "65000 addresses in turn are all right");
}

static void
test_hits(void)
{
	uint64_t before;

	get("10.9.9.9");
	get("2001:db8:9:9:9:9:9:9");
	before = memo.misses;
	ok(is_right("10.9.9.9") && is_right("2001:db8:9:9:9:9:9:9") &&
	    memo.misses == before, "a text read again is in its place");
}

/* The places of a text of an address that starts as others do. */
static size_t
places_of(char cell[256], unsigned i)
{
	struct addrmemo_look look;

	snprintf(cell, 256, "2001:db8:aaaa:bbbb::%x:%04x", 1 + i / 65536,
	    i % 65536);
	addrmemo_fetch(&memo, (struct slice){ cell, strlen(cell) }, &look);
	return (size_t)(look.place - memo.place);
}

/* Two texts in the same places, whose first 16 bytes are the same. */
static void
test_alike(void)
{
	char a[256], b[256];
	size_t at = places_of(a, 0);
	uint64_t before;
	unsigned i = 1;

	while (places_of(b, i) != at)
		i++;
	get(a);
	get(b);
	before = memo.misses;
	ok(is_right(a) && is_right(b) && is_right(a) &&
	    memo.misses == before, "%s, %s are both in their places", a, b);
}

int
main(void)
{
	hash_set_seed(5, 6);
	addrmemo_init(&memo);
	test_texts();
	test_many();
	test_hits();
	test_alike();
	addrmemo_release(&memo);
	return tap_done();
}
