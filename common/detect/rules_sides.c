/*
 * rules_sides - the conditions src= and dst=: [!]NETWORK|$GROUP|@FILE,...
 *
 * An address meets the condition if it is in one of the networks, or there
 * are none but negated ones, and in none of the negated.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "detect/rules_private.h"
#include "nets/netlist.h"

/* Groups that every set has unless it defines them itself. */
static const struct {
	const char	*name, *nets;
} known[] = {
	/* RFC 1918, 6598, 3927, 4193, 4291 and the loopback. */
	{ "HOME", "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,"
	    "169.254.0.0/16,127.0.0.0/8,fc00::/7,fe80::/10,::1" },
	/* RFC 5771, 919 and 4291. */
	{ "MULTICAST", "224.0.0.0/4,255.255.255.255,ff00::/8" },
};

/* A part of a value: its networks get these bits. */
struct side {
	struct rules_parser *parser;
	struct rules_net net;
};

static const char *
add_of_file(void *arg, struct slice text, bool of_table)
{
	struct side *s = arg;
	struct network net;

	(void)of_table;
	if (!network_parse(&net, text))
		return NETWORK_WANTED;
	s->net.addr = net.ip;
	s->net.prefix = (uint8_t)net.prefix;
	return rules_add_net(s->parser, &s->net) ? NULL :
	    "fewer networks";
}

static bool
add_file(struct side *s, struct slice name)
{
	char path[RULES_SIDE_MAX + 1];
	const char *why;
	size_t line = 0;

	memcpy(path, name.at, name.len);
	path[name.len] = '\0';
	why = netlist_read(path, add_of_file, s, &line, NULL);
	if (why == NULL)
		return true;
	return line == 0 ? rules_wrong(s->parser, name.at, "%s: %s", path,
	    why) : rules_wrong(s->parser, name.at, "%s:%zu: %s", path,
	    line, why);
}

/* Adds the networks of a group of the set. */
static bool
add_group(struct side *s, int group)
{
	const struct rules *set = s->parser->set;
	size_t i, n = set->nets;

	for (i = 0; i < n; i++) {
		if (set->net[i].group != group)
			continue;
		s->net.addr = set->net[i].addr;
		s->net.prefix = set->net[i].prefix;
		if (!rules_add_net(s->parser, &s->net))
			return false;
	}
	return true;
}

static bool
add_list(struct side *s, struct slice list)
{
	struct slice part;

	while (rules_part(&list, &part))
		if (!rules_read_net(s->parser, part, &s->net) ||
		    !rules_add_net(s->parser, &s->net))
			return false;
	return true;
}

/* Adds a group of this name, of the set or a known one. */
static bool
add_named(struct side *s, struct slice name)
{
	int group = rules_find_group(s->parser->set, name);
	size_t i;

	if (group != -1)
		return add_group(s, group);
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (slice_is(name, known[i].name))
			return add_list(s, (struct slice){ known[i].nets,
			    strlen(known[i].nets) });
	return rules_bad(s->parser, "group", name, "one defined above, HOME "
	    "or MULTICAST");
}

static bool
add_part(struct side *s, struct slice part)
{
	struct slice rest = { part.at + 1, part.len - 1 };

	if (part.len > 1 && part.at[0] == '$')
		return add_named(s, rest);
	if (part.len > 1 && part.at[0] == '@')
		return add_file(s, rest);
	return add_list(s, part);
}

bool
rules_read_side(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice list)
{
	enum rules_side side = key->column == RULES_COLUMN_SRC ?
	    RULES_SRC : RULES_DST;
	ruleset bit = ruleset_of(p->set->count);
	struct side s = { .parser = p };
	struct slice part;
	bool negated;

	if (list.len > RULES_SIDE_MAX)
		return rules_bad(p, key->word, list, "at most "
		    RULES_TEXT(RULES_SIDE_MAX) " bytes");
	memset(r->side[side], 0, sizeof(r->side[side]));
	memcpy(r->side[side], list.at, list.len);
	r->within &= (uint8_t)~(1U << side);
	while (rules_next_part(&list, &part, &negated)) {
		s.net = (struct rules_net){ .group = -1 };
		*(negated ? &s.net.out[side] : &s.net.in[side]) = bit;
		if (!negated)
			r->within |= (uint8_t)(1U << side);
		if (!add_part(&s, part))
			return false;
	}
	return true;
}

void
rules_write_src(struct output *o, const struct rule *r)
{
	output_str(o, r->side[RULES_SRC]);
}

void
rules_write_dst(struct output *o, const struct rule *r)
{
	output_str(o, r->side[RULES_DST]);
}

unsigned
rules_columns_of_sides(const struct rule *r)
{
	return (unsigned)(r->side[RULES_SRC][0] != '\0') << RULES_COLUMN_SRC |
	    (unsigned)(r->side[RULES_DST][0] != '\0') << RULES_COLUMN_DST;
}
