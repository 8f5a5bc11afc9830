/*
 * detect_follow - the rules that count incidents of others, with of=
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "detect/detect_private.h"

void
detect_follow_init(struct detect *d)
{
	struct slice names, name;
	bool negated;
	size_t i;

	for (i = 0; i < d->rules->count; i++) {
		const struct rule *r = &d->rules->rule[i];

		names = (struct slice){ r->of, strlen(r->of) };
		while (r->of[0] != '\0' &&
		    rules_next_part(&names, &name, &negated))
			d->of[i] |= rules_named(d->rules, name);
		d->followed |= d->of[i];
	}
}

/* Whether an incident has what a rule tracks. */
static bool
has_tracked(const struct rule *r, const struct detect_row *row)
{
	const struct detect_parts *p = &detect_parts[r->track];

	return (p->src == 0 || row->src.ip.family != 0) &&
	    (p->dst == 0 || row->dst.ip.family != 0);
}

/* The rules that do not count what is about the addresses of an incident. */
static ruleset
rules_off(const struct detect *d, const struct detect_row *row)
{
	return ~d->active | detect_nets_find(d, RULES_SRC, &row->src)->off |
	    detect_nets_find(d, RULES_DST, &row->dst)->off;
}

void
detect_follow(struct detect *d, const struct state *t, int64_t ns,
    size_t proto)
{
	const struct state_key *key = states_key(&d->states, t);
	struct detect_row row = { .time_ns = ns, .packets = 1,
	    .src = detect_addr(&key->src), .dst = detect_addr(&key->dst),
	    .proto = proto };
	ruleset off = rules_off(d, &row);
	size_t i;

	if (rules_by_port(d->rules->rule[t->rule].track))
		row.number[RULES_COLUMN_DPORT] = key->extra;
	for (i = 0; i < d->rules->count; i++)
		if (ruleset_has(d->of[i], t->rule) &&
		    !ruleset_has(off, i) &&
		    has_tracked(&d->rules->rule[i], &row))
			detect_count_rules(d, &row, ruleset_of(i));
}
