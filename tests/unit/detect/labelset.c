/*
 * labelset - unit test of which rules a label allows
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "detect/labelset.h"
#include "tap.h"

static struct rules rules;
static struct labelset labels;

static void
start(const char *text)
{
	rules_init(&rules);
	if (!rules_parse(&rules, text, strlen(text)))
		abort();
	labelset_init(&labels, &rules);
}

static void
end(void)
{
	labelset_release(&labels);
	rules_release(&rules);
}

/* The rules, a bit each, that do not count a value. */
static void
refuses(size_t column, const char *value, int64_t want, const char *what)
{
	char cell[2 * SLICE_SLACK] = "";

	memcpy(cell, value, strlen(value));
	same_int((int64_t)labelset_refused(&labels, column,
	    (struct slice){ cell, strlen(value) })[0], want, "%s", what);
}

static void
test_values(void)
{
	start("rule a src_as=1,2 track=by_src packets=1 seconds=1\n"
	    "rule b src_as=!2,!3 track=by_src packets=1 seconds=1\n"
	    "rule c track=by_src packets=1 seconds=1\n"
	    "rule d src_as=1,3,!3 track=by_src packets=1 seconds=1\n");
	same_int((int64_t)labels.columns, 1, "one column");
	same_int((int64_t)labels.column[0].needing[0], 11, "of three rules");
	refuses(0, "1", 0, "a value that all allow");
	refuses(0, "2", 10, "one that is in one list and negated in another");
	refuses(0, "3", 11, "one that is negated in the list that has it");
	refuses(0, "4", 9, "one that no list names");
	refuses(0, "", 11, "no value");
	refuses(0, "1 ", 9, "a blank more is another value");
	refuses(0, "a value of more than forty bytes, as names may be long", 9,
	    "a long value");
	end();
}

static void
test_columns(void)
{
	start("group g 10.0.0.1\n"
	    "rule a src_as=1 dir=in track=by_src packets=1 seconds=1\n"
	    "rule a@g dir=!in\n");
	same_int((int64_t)labels.columns, 2, "two columns");
	refuses(0, "1", 0, "a version inherits one");
	refuses(0, "2", 3, "with its values");
	refuses(1, "in", 2, "and replaces one");
	refuses(1, "out", 1, "by its own");
	end();
	start("rule a track=by_src packets=1 seconds=1\n");
	same_int((int64_t)labels.columns, 0, "no column");
	end();
}

int
main(void)
{
	hash_set_seed(3, 4);
	test_values();
	test_columns();
	return tap_done();
}
