/*
 * canonical - each proof against reading the cell and writing it again
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/ipaddr.h"
#include "base/number.h"
#include "base/timestamp.h"
#include "clean/canonical.h"
#include "tap.h"

static char	 cell[256];

static struct slice
cell_of(const char *text, size_t n)
{
	/* What is after a cell must not matter. */
	memset(cell, rand() % 2 ? '7' : ':', sizeof(cell));
	memcpy(cell, text, n);
	return (struct slice){ cell, n };
}

static bool
rewritten_address(struct slice s)
{
	char text[IPADDR_TEXT_MAX];
	struct ipaddr a;

	return ipaddr_parse(&a, s.at, s.len) &&
	    ipaddr_format(text, a.family, a.byte) == s.len &&
	    memcmp(text, s.at, s.len) == 0;
}

static bool
rewritten_time(struct slice s)
{
	char text[TIMESTAMP_TEXT_MAX];
	int64_t ns;

	return timestamp_parse_epoch(s.at, s.len, &ns) &&
	    timestamp_format(text, ns, TIMESTAMP_EPOCH, 6) == s.len &&
	    memcmp(text, s.at, s.len) == 0;
}

/* Changes, adds or takes a byte, or leaves the text as it is. */
static size_t
mutate(char *text, size_t n, const char *letters)
{
	size_t at = (size_t)rand() % (n + 1);
	char c = letters[(size_t)rand() % strlen(letters)];

	switch (rand() % 4) {
	case 0:
		text[at] = c;
		return at == n ? n + 1 : n;
	case 1:
		memmove(text + at + 1, text + at, n - at);
		text[at] = c;
		return n + 1;
	case 2:
		if (at == n)
			return n;
		memmove(text + at, text + at + 1, n - at - 1);
		return n - 1;
	}
	return n;
}

static size_t
random_address(char *text)
{
	uint8_t byte[16];
	size_t i, family = rand() % 2 ? 4 : 6;

	for (i = 0; i < 16; i++)
		byte[i] = (uint8_t)rand();
	for (i = 0; i < 16; i += 2)
		if (family == 6 && rand() % 3 == 0)
			byte[i] = byte[i + 1] = 0;
	return ipaddr_format(text, (uint8_t)family, byte);
}

static void
test_address(void)
{
	static const char *const never[] = { "", "1", "1.2.3", "1.2.3.4.5",
	    "256.1.1.1", "1.2.3.04", "1..2.3", ".1.2.3", "1.2.3.", "::FFFF",
	    "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", ":::", ":1::",
	    "1:", "12345::", "01::", "1:2:3:4:5:6:7::", "::102:304", "1:0::",
	    "1.2.3.4:", "1:0:0:2:3:4:5:6", "260.0.0.1", "300.0.0.1" };
	int i, wrong = 0, proven = 0, good = 0;
	char text[64];

	for (i = 0; i < (int)(sizeof(never) / sizeof(never[0])); i++)
		ok(!is_canonical_address(cell_of(never[i], strlen(never[i]))),
		    "\"%s\" is not proven", never[i]);
	srand(1);
	for (i = 0; i < 200000; i++) {
		size_t n = random_address(text);
		bool sure;
		struct slice s;

		n = mutate(text, n, "0123456789abcdf:.A");
		n = rand() % 2 ? n : mutate(text, n, "00125:.");
		s = cell_of(text, n);
		sure = is_canonical_address(s);
		wrong += sure && !rewritten_address(s);
		good += rewritten_address(s);
		proven += sure;
	}
	same_int(wrong, 0, "no proven address of 200000 is written otherwise");
	ok(proven > good / 10 * 9, "nine of ten canonical ones are proven");
}

static void
test_time(void)
{
	int i, wrong = 0, missed = 0;
	char text[64];

	srand(2);
	for (i = 0; i < 100000; i++) {
		size_t n = timestamp_format(text, (int64_t)rand() *
		    (rand() % 5000000000) % 9000000000000000000, 0, 6);
		struct slice s;

		n = mutate(text, n, "0123456789.-9");
		s = cell_of(text, n);
		wrong += is_canonical_time(s, 6) && !rewritten_time(s);
		missed += !is_canonical_time(s, 6) && rewritten_time(s) &&
		    s.at[0] != '-' && s.at[0] != '9';
	}
	same_int(wrong, 0, "no proven time of 100000 is written otherwise");
	same_int(missed, 0, "all canonical times are proven");
	ok(!is_canonical_time(cell_of("9999999999.000000", 17), 6),
	    "a time that does not fit is not proven");
	ok(is_canonical_time(cell_of("0.000000", 8), 6) &&
	    !is_canonical_time(cell_of("00.00000", 8), 6) &&
	    !is_canonical_time(cell_of(".000000", 7), 6), "zero has one digit");
	ok(is_canonical_time(cell_of("1.5", 3), 1) &&
	    is_canonical_time(cell_of("1704067200.123456789", 20), 9),
	    "the number of digits is the caller's");
}

static void
test_len(void)
{
	static const char *const good[] = { "0", "65535", "4294967295" };
	static const char *const bad[] = { "4294967296", "00", "", "6x", "-1",
	    "66.0", "12345678901" };
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ok(is_canonical_len(cell_of(good[i], strlen(good[i]))),
		    "the length \"%s\" is proven", good[i]);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(!is_canonical_len(cell_of(bad[i], strlen(bad[i]))),
		    "\"%s\" is not", bad[i]);
}

int
main(void)
{
	test_address();
	test_time();
	test_len();
	return tap_done();
}
