/*
 * rules_nets - the statements of groups and allowed networks
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/number.h"
#include "base/show.h"
#include "base/xalloc.h"
#include "detect/rules_private.h"

/* Reads "ADDRESS[/PREFIX]"; bits of the address past the prefix are wrong. */
bool
rules_read_net(struct rules_parser *p, struct slice s, struct rules_net *net)
{
	const char *slash = memchr(s.at, '/', s.len);
	size_t n = slash == NULL ? s.len : (size_t)(slash - s.at);
	uint64_t prefix;
	unsigned bits, i;

	if (!ipaddr_parse(&net->addr, s.at, n))
		return rules_bad(p, "network", s, "one such as "
		    "10.0.0.0/8, or the name of a group above");
	prefix = bits = net->addr.family == 4 ? 32 : 128;
	if (slash != NULL && !number_parse(slash + 1, s.len - n - 1, bits,
	    &prefix))
		return rules_bad(p, "prefix", s, bits == 32 ? "0 to 32" :
		    "0 to 128");
	for (i = (unsigned)prefix; i < bits; i++)
		if (net->addr.byte[i / 8] & 0x80 >> i % 8)
			return rules_bad(p, "network", s,
			    "no bits set after its prefix");
	net->prefix = (uint8_t)prefix;
	return true;
}

bool
rules_add_net(struct rules_parser *p, const struct rules_net *net)
{
	struct rules *set = p->set;

	if (set->nets == RULES_NETS_MAX)
		return rules_wrong(p, p->word.at, "over %d networks",
		    RULES_NETS_MAX);
	/* Doubled each time it is a power of two. */
	if ((set->nets & (set->nets - 1)) == 0)
		set->net = xreallocarray(set->net, set->nets == 0 ? 1 :
		    2 * set->nets, sizeof(*set->net));
	set->net[set->nets++] = *net;
	return true;
}

/* group NAME CIDR[,CIDR ...] */
bool
rules_read_group(struct rules_parser *p)
{
	struct rules *set = p->set;
	struct rules_net net;
	struct slice name, list, part;

	if (!rules_word(p))
		return rules_wrong(p, p->word.at, "a group needs a name");
	name = p->word;
	if (!rules_is_name(name))
		return rules_bad(p, "name", name, "letters, digits, - "
		    "and _, at most 31");
	if (rules_find_group(set, name) != -1)
		return rules_wrong(p, name.at, "group \"%s\" is defined twice",
		    show(name.at, name.len));
	if (set->groups == RULES_GROUPS_MAX)
		return rules_wrong(p, name.at, "over %d groups",
		    RULES_GROUPS_MAX);
	if (!rules_word(p))
		return rules_wrong(p, p->word.at, "a group needs networks");
	net = (struct rules_net){ .group = (int)set->groups };
	for (list = p->word; rules_part(&list, &part);)
		if (!rules_read_net(p, part, &net) || !rules_add_net(p, &net))
			return false;
	memset(set->group[set->groups], 0, sizeof(set->group[0]));
	memcpy(set->group[set->groups++], name.at, name.len);
	return true;
}

/* allow src|dst|any CIDR|GROUP [rule=NAME] */
bool
rules_read_allow(struct rules_parser *p)
{
	static const char *const sides[] = { "src", "dst", "any", NULL };
	struct rules_net net = { .group = -1, .rules = RULESET_ALL };
	struct slice where;
	size_t i, nets = p->set->nets;
	int side, group;

	rules_word(p);
	if ((side = rules_choose(p, "side", p->word, sides)) == -1)
		return false;
	net.src = side != 1;
	net.dst = side != 0;
	rules_word(p);
	where = p->word;
	group = rules_find_group(p->set, where);
	if (group == -1 && !rules_read_net(p, where, &net))
		return false;
	if (rules_word(p)) {
		struct slice name = p->word;

		if (name.len < 5 || memcmp(name.at, "rule=", 5) != 0)
			return rules_bad(p, "word", name, "rule=NAME");
		name.at += 5;
		name.len -= 5;
		net.rules = rules_named(p->set, name);
		if (!ruleset_any(net.rules))
			return rules_bad(p, "rule", name, "one defined above");
	}
	if (group == -1)
		return rules_add_net(p, &net);
	for (i = 0; i < nets; i++) {
		if (p->set->net[i].group != group)
			continue;
		net.addr = p->set->net[i].addr;
		net.prefix = p->set->net[i].prefix;
		if (!rules_add_net(p, &net))
			return false;
	}
	return true;
}
