/*
 * tagging - rows kept until their tags are known
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "detect/tagging.h"
#include "tap.h"

static const char *const added[] = { "alert", NULL };
static const char text[] = "rule one track=by_src packets=1 seconds=2\n"
    "rule two track=by_dst packets=1 seconds=2\n";

static struct stream in = { .name = "in" };
static struct rules rules;
static struct colmap pass;
static struct tagging tagging;

/* A record of one cell and what its column of tags has. */
static const struct csv *
record(const char *cell, const char *tags)
{
	static char room[64 + SLICE_SLACK];
	static struct csv c;
	size_t n = strlen(cell);

	memset(room, 0, sizeof(room));
	snprintf(room, 64, "%s,%s", cell, tags);
	c.raw = (struct slice){ room, strlen(room) };
	c.cells = 2;
	c.cell[0] = (struct slice){ room, n };
	c.cell[1] = (struct slice){ room + n + 1, strlen(tags) };
	return &c;
}

static void
keep(const char *cell, const char *tags)
{
	tagging_keep(&tagging, &pass, record(cell, tags));
}

/* What the oldest kept row is with the tags of these rules. */
static void
writes(ruleset tags, ruleset victim, const char *want, const char *title)
{
	struct output o;

	output_init(&o, -1, "row");
	tagging_write(&tagging, &o, &rules, tags, victim);
	same_text(o.buf, o.used - 1, want, "%s", title);
	free(o.buf);
}

int
main(void)
{
	const ruleset none = RULESET_NONE, one = ruleset_of(0);
	const ruleset two = ruleset_of(1);
	int i, lost = 0;

	rules_init(&rules);
	ok(rules_parse(&rules, text, strlen(text)), "the rules");
	colmap_init(&pass, added);
	colmap_table(&pass, &in, record("time", "alert"), true);
	tagging_init(&tagging);
	keep("a", "");
	keep("b", "old");
	keep("c", "");
	writes(none, none, "a,", "a row without tags, its record overwritten");
	writes(one, two, "b,old|one|victim:two", "tags follow a row's own");
	keep("d", "");
	writes(two, none, "c,two", "a row of its rule");
	writes(none, one | two, "d,victim:one|victim:two",
	    "one kept while others waited");
	for (i = 0; i <= DETECT_BATCH; i++)
		keep("e", "");
	for (i = 0; i < DETECT_BATCH; i++) {
		struct output o;

		output_init(&o, -1, "row");
		tagging_write(&tagging, &o, &rules, none, none);
		lost += o.used != 3 || memcmp(o.buf, "e,\n", 3) != 0;
		free(o.buf);
	}
	same_int(lost, 0, "the rows of a batch");
	writes(one, none, "e,one", "and one more");
	same_int((int64_t)tagging.text.used, 0,
	    "what was written takes no room");
	tagging_release(&tagging);
	colmap_release(&pass);
	rules_release(&rules);
	return tap_done();
}
