/*
 * rules_joins - the keys that relate rules: part-of= and of=
 *
 * Both are lists of names: of kinds of attack, and of rules defined above.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "detect/rules_private.h"

/* Stores a list in text, which has room for RULES_LIST_MAX bytes. */
static bool
store_list(struct rules_parser *p, const struct rules_key *key,
    struct slice list, char *text)
{
	if (list.len > RULES_LIST_MAX)
		return rules_bad(p, key->word, list, "at most "
		    RULES_TEXT(RULES_LIST_MAX) " bytes");
	memset(text, 0, RULES_LIST_MAX + 1);
	memcpy(text, list.at, list.len);
	return true;
}

bool
rules_read_part_of(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice list)
{
	struct slice rest = list, part;

	while (rules_part(&rest, &part))
		if (!rules_is_name(part))
			return rules_bad(p, key->word, part, "a name for the "
			    "rules of an attack");
	return store_list(p, key, list, r->part_of);
}

void
rules_write_part_of(struct output *o, const struct rule *r)
{
	output_str(o, r->part_of);
}

bool
rules_read_of(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice list)
{
	struct slice rest = list, part;

	while (rules_part(&rest, &part))
		if (rules_find_rule(p->set, part) == -1)
			return rules_bad(p, key->word, part,
			    "rules defined above");
	return store_list(p, key, list, r->of);
}

void
rules_write_of(struct output *o, const struct rule *r)
{
	output_str(o, r->of);
}

const char *
rules_check_of(const struct rule *r)
{
	if (r->of[0] == '\0')
		return NULL;
	if (r->track == RULES_BY_PROTO || r->group >= 0)
		return "of needs track of addresses or of all rows, and no "
		    "group";
	return r->bytes || r->share > 0 || r->regular > 0 || r->talk != 0 ?
	    "of counts incidents only" : NULL;
}
