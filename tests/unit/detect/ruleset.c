/*
 * ruleset - unit test of sets of rules
 *
 * SPDX-License-Identifier: ISC
 */
#include "detect/ruleset.h"
#include "tap.h"

static void
test_one(void)
{
	size_t i, j, wrong = 0;

	for (i = 0; i < RULES_MAX; i++)
		for (j = 0; j < RULES_MAX; j++)
			wrong += ruleset_has(ruleset_of(i), j) != (i == j);
	same_int((int64_t)wrong, 0, "a set of one rule has that rule alone");
	ok(ruleset_any(ruleset_of(0)) && ruleset_any(ruleset_of(63)) &&
	    ruleset_any(ruleset_of(64)) && ruleset_any(ruleset_of(127)),
	    "which is any");
	ok(!ruleset_any(RULESET_NONE) && ruleset_any(RULESET_ALL),
	    "no rule is not, and all are");
	ok(!ruleset_any(~RULESET_ALL), "none are beside all");
}

static void
test_walk(void)
{
	static const size_t want[] = { 0, 5, 62, 63, 64, 65, 100, 127 };
	ruleset set = RULESET_NONE;
	struct ruleset_walk w;
	size_t i, rule, wrong = 0;

	w = ruleset_walk(set);
	ok(!ruleset_next(&w, &rule), "nothing to walk over");
	for (i = 0; i < 8; i++)
		set |= ruleset_of(want[i]);
	for (i = 0, w = ruleset_walk(set); ruleset_next(&w, &rule); i++)
		wrong += i >= 8 || rule != want[i];
	ok(i == 8 && wrong == 0, "rules of both words, in ascending order");
	for (i = 0, w = ruleset_walk(RULESET_ALL); ruleset_next(&w, &rule); i++)
		wrong += rule != i;
	ok(i == RULES_MAX && wrong == 0, "and all of them");
	w = ruleset_walk(ruleset_of(70));
	ok(ruleset_next(&w, &rule) && rule == 70 && !ruleset_next(&w, &rule),
	    "one of the second word alone");
}

int
main(void)
{
	test_one();
	test_walk();
	return tap_done();
}
