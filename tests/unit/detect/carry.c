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
	ruleset set = { 1 | 4 | 32 };
	uint32_t n = 77;
	struct slice s;

	if (c.to == NULL)
		err(1, "fmemopen");
	CARRY(&c, n);
	s = carry_text(&c, (struct slice){ "one two", 7 });
	carry_rules(&c, &set);
	carry_check(&c, false);
	ok(!c.bad && s.len == 7 && set[0] == 37, "what is written is right");
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
	ruleset set = RULESET_NONE;
	uint32_t n = 0;

	same_int((int64_t)size, 4 + 8 + 7 + 8, "as many bytes as there are");
	ok(sum == carry_sum(0, bytes, size), "their sum is known");
	CARRY(&c, n);
	same_int(n, 77, "a number");
	s = carry_text(&c, s);
	same_text(s.at, s.len, "one two", "a text");
	carry_rules(&c, &set);
	same_int((int64_t)set[0], 8 | 1, "rules by their new numbers");
	ok(!c.bad && c.at == c.end, "that is all");
	CARRY(&c, n);
	ok(c.bad && n == 0, "there is no more");
}

/* Of up to 64 rules, a set is a word; of more, it is two. */
static void
test_many(void)
{
	struct carry c = { .to = fmemopen(bytes, sizeof(bytes), "w"),
	    .rules = 65 };
	ruleset set = { 5, 1 };
	uint64_t word[2];

	if (c.to == NULL)
		err(1, "fmemopen");
	carry_rules(&c, &set);
	same_int((int64_t)ftell(c.to), 16, "65 rules take two words");
	fclose(c.to);
	memcpy(word, bytes, sizeof(word));
	ok(word[0] == 5 && word[1] == 1, "the first rules first");
	c = (struct carry){ .at = bytes, .end = bytes + 16, .rules = 65,
	    .rule = { [0] = 127, [2] = -1, [64] = 2 } };
	set = RULESET_ALL;
	carry_rules(&c, &set);
	ok(!c.bad && set[0] == 4 && set[1] == UINT64_C(1) << 63,
	    "rules of either word by their new numbers");
	c = (struct carry){ .at = bytes, .end = bytes + 16, .rules = 64 };
	set = RULESET_ALL;
	carry_rules(&c, &set);
	ok(!c.bad && c.at == bytes + 8 && set[0] == 1 && set[1] == 0,
	    "64 rules are in one");
}

static void
test_damaged(void)
{
	struct carry c = { .at = bytes, .end = bytes + size, .rules = 5 };
	struct slice s = { NULL, 0 };
	ruleset set = RULESET_NONE;
	uint32_t n;

	c.at = bytes + size - 8;
	carry_rules(&c, &set);
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
	test_many();
	return tap_done();
}
