/*
 * tagging - rows as they came, with the rules that their addresses break
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "detect/tagging.h"

void
tagging_init(struct tagging *t)
{
	memset(t, 0, sizeof(*t));
	output_init(&t->text, -1, "kept rows");
}

void
tagging_release(struct tagging *t)
{
	free(t->text.buf);
}

void
tagging_keep(struct tagging *t, const struct colmap *pass,
    const struct csv *csv)
{
	struct slice before = colmap_added(pass, csv);
	struct tagging_row *r = &t->row[t->kept++];
	size_t from = t->text.used;

	r->tagged = before.len > 0;
	colmap_write(pass, csv->raw, csv->cell, &t->text);
	if (r->tagged)
		output_text_cell(&t->text, before.at, before.len);
	r->len = t->text.used - from;
}

/* Writes the names of rules, each after a prefix; any: names are before. */
static void
write_names(struct output *o, const struct rules *rules, ruleset broken,
    const char *prefix, bool any)
{
	struct ruleset_walk w;
	size_t rule;

	for (w = ruleset_walk(broken); ruleset_next(&w, &rule);) {
		if (any)
			output_char(o, '|');
		any = true;
		output_str(o, prefix);
		output_str(o, rules->rule[rule].name);
	}
}

void
tagging_write(struct tagging *t, struct output *o, const struct rules *rules,
    ruleset tags, ruleset victim)
{
	const struct tagging_row *r = &t->row[t->written++];

	output_bytes(o, t->text.buf + t->written_bytes, r->len);
	t->written_bytes += r->len;
	write_names(o, rules, tags, "", r->tagged);
	write_names(o, rules, victim, "victim:",
	    r->tagged || ruleset_any(tags));
	output_end_row(o);
	if (t->written == t->kept)
		t->kept = t->written = t->written_bytes = t->text.used = 0;
}
