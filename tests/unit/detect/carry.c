/*
 * carry - unit test of values carried to a file and back
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "detect/carry.h"
#include "tap.h"

static char bytes[256];
static size_t size;
static uint64_t sum;

/* Writes a number, a text and a set of rules. */
static void
write_some(void)
{
	struct carry c = { .to = fmemopen(bytes, sizeof(bytes), "w") };
	uint64_t mask = 1 | 4 | 32;
	uint32_t n = 77;
	struct slice s;

	if (c.to == NULL)
		err(1, "fmemopen");
	CARRY(&c, n);
	s = carry_text(&c, (struct slice){ "one two", 7 });
	carry_rules(&c, &mask);
	carry_check(&c, false);
	ok(!c.bad && s.len == 7 && mask == 37, "what is written is right");
	size = (size_t)ftell(c.to);
	sum = c.sum;
	fclose(c.to);
}

static void
test_there_and_back(void)
{
	struct carry c = { .at = bytes, .end = bytes + size, .rules = 6,
	    .rule = { 3, -1, -1, -1, -1, 0 } };
	struct slice s = { NULL, 0 };
	uint64_t mask = 0;
	uint32_t n = 0;

	same_int((int64_t)size, 4 + 8 + 7 + 8, "as many bytes as there are");
	ok(sum == carry_sum(0, bytes, size), "their sum is known");
	CARRY(&c, n);
	same_int(n, 77, "a number");
	s = carry_text(&c, s);
	same_text(s.at, s.len, "one two", "a text");
	carry_rules(&c, &mask);
	same_int((int64_t)mask, 8 | 1, "rules by their new numbers");
	ok(!c.bad && c.at == c.end, "that is all");
	CARRY(&c, n);
	ok(c.bad && n == 0, "there is no more");
}

static void
test_damaged(void)
{
	struct carry c = { .at = bytes, .end = bytes + size, .rules = 5 };
	struct slice s = { NULL, 0 };
	uint64_t mask = 0;
	uint32_t n;

	c.at = bytes + size - 8;
	carry_rules(&c, &mask);
	ok(c.bad, "a rule that the file does not have");
	c = (struct carry){ .at = bytes, .end = bytes + 12 };
	CARRY(&c, n);
	s = carry_text(&c, s);
	ok(c.bad && s.len == 0, "a text that is longer than the file");
	c = (struct carry){ .at = bytes, .end = bytes + 3 };
	CARRY(&c, n);
	ok(c.bad && n == 0, "half a number");
	ok(carry_sum(0, "ab", 2) != carry_sum(0, "ba", 2) &&
	    carry_sum(0, "\0", 1) != 0, "a sum tells order and zeros");
	ok(carry_sum(carry_sum(0, "a", 1), "b", 1) == carry_sum(0, "ab", 2),
	    "and goes on");
}

int
main(void)
{
	write_some();
	test_there_and_back();
	test_damaged();
	return tap_done();
}
