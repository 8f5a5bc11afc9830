/*
 * rules - any text as rules, for a fuzzer
 *
 * What reads must, written out, read again as the same, and look-ups among
 * its networks must end.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "detect/detect.h"
#include "detect/labelset.h"
#include "detect/rules.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
on_alert(void *arg, const struct detect_alert *a)
{
	(void)arg;
	if (a->value == 0)
		abort();
}

/* Some rows of one second, of two addresses. */
static void
put_rows(const struct rules *set)
{
	struct detect_row row = { .packets = 1, .bytes = 60,
	    .present = (1U << RULES_COLUMNS) - 1,
	    .src = { { .family = 4, .byte = { 10 } }, 1 },
	    .dst = { { .family = 6, .byte = { 32, 1 } }, 2 } };
	static const char dns[32] = "DNS", label[2 * SLICE_SLACK] = "in";
	struct labelset labels;
	ruleset victim;
	struct detect w;
	size_t column;
	int i;

	labelset_init(&labels, set);
	detect_init(&w, set, 64, on_alert, NULL);
	row.proto = detect_proto(&w, (struct slice){ dns, 3 });
	for (i = 0; i < 100; i++) {
		row.time_ns = i * INT64_C(10000000);
		row.number[RULES_COLUMN_DPORT] = (uint16_t)i;
		row.number[RULES_COLUMN_FLAGS] = i % 64;
		row.number[RULES_COLUMN_SPORT] = i % 2;
		row.refused = RULESET_NONE;
		for (column = 0; column < labels.columns; column++)
			row.refused |= labelset_refused(&labels, column,
			    (struct slice){ label, (size_t)i % 3 });
		detect_put(&w, &row);
		detect_tags(&w, &row, &victim);
	}
	detect_finish(&w);
	detect_release(&w);
	labelset_release(&labels);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct rules set, again;
	struct output o;
	size_t i;

	rules_init(&set);
	if (rules_parse(&set, (const char *)data, n)) {
		rules_init(&again);
		output_init(&o, -1, "text");
		for (i = 0; i < set.count; i++)
			if (set.rule[i].group == -1)
				rules_write(&o, &set.rule[i]);
		if (!rules_parse(&again, o.buf, o.used))
			abort();
		rules_release(&again);
		free(o.buf);
		put_rows(&set);
	} else if (set.line == 0 || set.column == 0 || set.why[0] == '\0')
		abort();
	rules_release(&set);
	return 0;
}
