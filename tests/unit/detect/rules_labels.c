/*
 * rules - unit test of conditions on labels
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <string.h>

#include "detect/rules.h"
#include "parsed.h"
#include "tap.h"

static void
test_labels(void)
{
	const struct rule *r = &set.rule[0];
	char text[400];
	int i;

	ok(parse("rule a src_country=CN,!RU dir=in track=by_src packets=1 "
	    "seconds=1 sensor=x") && set.labels == 3, "three labels");
	same_text(r->labels, strlen(r->labels),
	    "src_country=CN,!RU dir=in sensor=x", "as they were written");
	ok(parse("group g 10.0.0.1\nrule a dst_as=1 dir=in sensor=x "
	    "track=by_src packets=1 seconds=1\nrule a@g dir=out"),
	    "a version reads");
	same_text(set.rule[1].labels, strlen(set.rule[1].labels),
	    "dst_as=1 sensor=x dir=out", "and replaces a label");
	snprintf(text, sizeof(text), "rule a track=by_src packets=1 seconds=1 "
	    "src_a=%0249d", 1);
	ok(parse(text), "255 bytes of labels");
	snprintf(text, sizeof(text), "rule a track=by_src packets=1 seconds=1 "
	    "src_a=%0250d", 1);
	ok(!parse(text) && set.column == 41, "256 are too many");
	for (i = 0; i < RULES_LABEL_COLUMNS; i++) {
		snprintf(text, sizeof(text), "rule r%d src_%d=1 track=by_src "
		    "packets=1 seconds=1", i, i);
		if (i == 0)
			parse(text);
		else
			rules_parse(&set, text, strlen(text));
	}
	ok(set.count == RULES_LABEL_COLUMNS, "16 columns");
	ok(!rules_parse(&set, "rule x src_x=1", 14) && set.column == 8,
	    "one more is too many");
}

int
main(void)
{
	rules_init(&set);
	test_labels();
	rules_release(&set);
	return tap_done();
}
