/*
 * detect_nets - the networks of rules as rules turned off and on
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "detect/detect_private.h"

/* The rules of a mask, and the versions for groups that inherit a side. */
static ruleset
with_versions(const struct rules *set, ruleset mask, enum rules_side side)
{
	size_t i;

	if (set->groups == 0)
		return mask;
	for (i = 0; i < set->count; i++) {
		const struct rule *r = &set->rule[i];

		if (r->parent >= 0 && ruleset_has(mask, (size_t)r->parent) &&
		    strcmp(r->side[side],
		    set->rule[r->parent].side[side]) == 0)
			mask |= ruleset_of(i);
	}
	return mask;
}

/* Sets what a member of a group turns off and on. */
static void
add_member(const struct rules *set, const struct rules_net *net,
    struct addrset_bits side[2])
{
	size_t r;
	int s;

	for (r = 0; net->group != -1 && r < set->count; r++) {
		const struct rule *rule = &set->rule[r];

		if (rule->group != net->group)
			continue;
		s = rules_about_dst(rule->track);
		side[s].off |= ruleset_of((size_t)rule->parent);
		side[s].on |= ruleset_of(r);
	}
}

void
detect_nets_init(struct detect *d)
{
	const struct rules *set = d->rules;
	size_t i;
	int s;

	d->netted = d->group_rules;
	for (i = 0; i < set->nets; i++) {
		const struct rules_net *net = &set->net[i];
		struct addrset_bits side[2];

		memset(side, 0, sizeof(side));
		if (net->src)
			side[0].off = net->rules;
		if (net->dst)
			side[1].off = net->rules;
		add_member(set, net, side);
		for (s = 0; s < 2; s++) {
			side[s].in = with_versions(set, net->in[s],
			    (enum rules_side)s);
			side[s].out = with_versions(set, net->out[s],
			    (enum rules_side)s);
			d->netted |= side[s].off | side[s].on | side[s].in |
			    side[s].out;
			addrset_add(&d->nets[s], &net->addr, net->prefix,
			    side[s]);
		}
	}
	addrset_build(&d->nets[0]);
	addrset_build(&d->nets[1]);
}
