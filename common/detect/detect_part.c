/*
 * detect_part - which incidents are part of one that was reported
 *
 * The reported incidents are in lists by the hashes of their addresses, each
 * in up to two.  Of rules that are joined with one that counts for networks,
 * the lists are by networks, since an incident of a host is part of its
 * network's.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/xalloc.h"
#include "detect/detect_private.h"

#define LISTS	4096

static const struct ipaddr *
side_of(const struct detect *d, const struct state *t, int side)
{
	const struct state_key *key = states_key(&d->states, t);

	return side == 0 ? &key->src : &key->dst;
}

static uint32_t *
list_of(const struct detect *d, const struct state *t, int side)
{
	const struct ipaddr *a = side_of(d, t, side);
	struct ipaddr net;

	if (ruleset_has(d->listed_nets, t->rule)) {
		detect_net_of(a, &net);
		a = &net;
	}
	return &d->reported[hash_bytes(a, sizeof(*a)) % LISTS];
}

/* Whether two states have the same address, or one has the other's network. */
static bool
is_same(const struct detect *d, const struct state *t,
    const struct state *other, int side, int other_side)
{
	const struct ipaddr *a = side_of(d, t, side);
	const struct ipaddr *b = side_of(d, other, other_side);
	struct ipaddr net[2];

	if (side == 1 && other_side == 1 &&
	    (ruleset_has(d->nets_of_dst, t->rule) ||
	    ruleset_has(d->nets_of_dst, other->rule))) {
		detect_net_of(a, &net[0]);
		detect_net_of(b, &net[1]);
		a = &net[0];
		b = &net[1];
	}
	return memcmp(a, b, sizeof(*a)) == 0;
}

/* Whether two incidents of one rule differ only in their port. */
static bool
differs_in_port(const struct detect *d, const struct state *t,
    const struct state *other)
{
	return memcmp(side_of(d, t, 0), side_of(d, other, 0),
	    sizeof(struct ipaddr)) == 0 && memcmp(side_of(d, t, 1),
	    side_of(d, other, 1), sizeof(struct ipaddr)) == 0;
}

/*
 * The rules of one of whose incidents those of rule i may be part: whose kind
 * of attack, the first name of their part-of=, is one of the rule's.  Those of
 * the same rule that differ in their port are.
 */
static ruleset
joined_with(const struct rules *set, size_t i, const struct slice *kind)
{
	const struct rule *r = &set->rule[i];
	struct slice names = { r->part_of, strlen(r->part_of) }, name;
	ruleset mask = RULESET_NONE;
	bool negated;
	size_t j;

	while (rules_next_part(&names, &name, &negated))
		for (j = 0; j < set->count; j++)
			if (name.len > 0 && slice_same(kind[j], name))
				mask |= ruleset_of(j);
	return rules_by_port(r->track) ? mask : mask & ~ruleset_of(i);
}

/* The rules whose lists are by networks: those joined with one of networks. */
static void
find_listed_nets(struct detect *d)
{
	ruleset before, linked;
	size_t i;

	d->listed_nets = d->nets_of_dst;
	do {
		before = d->listed_nets;
		for (i = 0; i < d->rules->count; i++) {
			linked = d->joined[i] | ruleset_of(i);
			if (ruleset_any(linked & d->listed_nets))
				d->listed_nets |= linked;
		}
	} while (ruleset_any(d->listed_nets ^ before));
}

void
detect_part_init(struct detect *d)
{
	const struct rule *rule = d->rules->rule;
	size_t i, n = d->rules->count;
	struct slice kind[RULES_MAX];

	for (i = 0; i < n; i++) {
		if (rule[i].track == RULES_BY_DST_NET)
			d->nets_of_dst |= ruleset_of(i);
		kind[i] = (struct slice){ rule[i].part_of,
		    strcspn(rule[i].part_of, ",") };
	}
	for (i = 0; i < n; i++) {
		d->joined[i] = joined_with(d->rules, i, kind);
		d->joining |= d->joined[i];
	}
	find_listed_nets(d);
	d->reported = xcalloc(LISTS, sizeof(*d->reported));
}

void
detect_part_release(struct detect *d)
{
	free(d->reported);
}

void
detect_part_add(struct detect *d, uint32_t number)
{
	struct detect_incident *i = &d->incident[number - 1];
	uint32_t *list;
	int s;

	if (!ruleset_has(d->joining, i->state->rule))
		return;
	for (s = 0; s < 2; s++) {
		if (side_of(d, i->state, s)->family == 0)
			continue;
		list = list_of(d, i->state, s);
		i->next[s] = *list;
		/* An incident is in the list twice, once for each side. */
		*list = 2 * number + (uint32_t)s;
	}
}

/* The link of a list's entry. */
static uint32_t *
link_of(const struct detect *d, uint32_t entry)
{
	return &d->incident[entry / 2 - 1].next[entry % 2];
}

void
detect_part_remove(struct detect *d, uint32_t number)
{
	struct detect_incident *i = &d->incident[number - 1];
	uint32_t *at;
	int s;

	if (!ruleset_has(d->joining, i->state->rule))
		return;
	for (s = 0; s < 2; s++) {
		if (side_of(d, i->state, s)->family == 0)
			continue;
		for (at = list_of(d, i->state, s); *at != 0 &&
		    *at != 2 * number + (uint32_t)s; at = link_of(d, *at))
			;
		if (*at != 0)
			*at = i->next[s];
	}
}

bool
detect_part_match(struct detect *d, const struct state *t, int64_t ns)
{
	ruleset joined = d->joined[t->rule];
	struct detect_incident *i;
	bool part = false;
	uint32_t at;
	int s;

	if (!ruleset_any(joined & d->open))
		return false;
	if (ruleset_has(d->global, t->rule))
		return true;
	for (s = 0; s < 2; s++) {
		if (side_of(d, t, s)->family == 0)
			continue;
		for (at = *list_of(d, t, s); at != 0; at = *link_of(d, at)) {
			i = &d->incident[at / 2 - 1];
			if (!ruleset_has(joined, i->state->rule) ||
			    !is_same(d, t, i->state, s, at % 2) ||
			    (i->state->rule == t->rule &&
			    !differs_in_port(d, t, i->state)))
				continue;
			if (ns > i->last_ns)
				i->last_ns = ns;
			part = true;
		}
	}
	return part;
}
