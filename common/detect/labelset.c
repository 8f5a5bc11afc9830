/*
 * labelset - which rules a label allows
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "detect/labelset.h"

#define VALUES_MAX	(RULES_MAX * RULES_LABELS_MAX)

/* Whether a list of values allows one; at NULL: one that no list names. */
static bool
allows(struct slice list, struct slice value)
{
	bool allowed = true, listed = false, negated, same;
	struct slice part;

	while (rules_next_part(&list, &part, &negated)) {
		same = value.at != NULL && slice_same(part, value);
		if (same && negated)
			return false;
		allowed &= negated;
		listed |= same;
	}
	return allowed || listed;
}

/* The values of a rule's condition on a column; false: it has none. */
static bool
find_condition(const struct rule *r, const char *column, struct slice *values)
{
	const char *at = r->labels;
	struct slice name;

	while (rules_next_label(&at, &name, values))
		if (slice_is(name, column))
			return true;
	return false;
}

/* The rules whose condition on a column does not allow a value. */
static ruleset
refused_by(const struct rules *set, const char *column, struct slice value)
{
	struct slice list;
	ruleset mask = RULESET_NONE;
	size_t i;

	for (i = 0; i < set->count; i++)
		if (find_condition(&set->rule[i], column, &list) &&
		    !allows(list, value))
			mask |= ruleset_of(i);
	return mask;
}

/* Adds the values that a rule's condition names. */
static void
add_values(struct labelset_column *c, struct slice list)
{
	char text[RULES_LABELS_MAX + 1 + SLICE_SLACK];
	struct slice part;
	bool negated;

	while (rules_next_part(&list, &part, &negated)) {
		memset(text, 0, sizeof(text));
		memcpy(text, part.at, part.len);
		keytable_number(&c->values, text, part.len);
	}
}

static void
init_column(struct labelset_column *c, const struct rules *set,
    const char *column)
{
	const struct keytable_entry *e;
	struct slice list;
	size_t i;

	c->needing = RULESET_NONE;
	keytable_init(&c->values, VALUES_MAX);
	for (i = 0; i < set->count; i++) {
		if (!find_condition(&set->rule[i], column, &list))
			continue;
		c->needing |= ruleset_of(i);
		add_values(c, list);
	}
	c->refused = xcalloc(c->values.used + 1, sizeof(*c->refused));
	for (i = 0; i < c->values.used; i++) {
		e = keytable_entry(&c->values, i);
		c->refused[i] = refused_by(set, column, (struct slice){
		    keytable_key(e), e->len });
	}
	c->others = refused_by(set, column, (struct slice){ NULL, 0 });
}

void
labelset_init(struct labelset *s, const struct rules *set)
{
	size_t i;

	s->columns = set->labels;
	for (i = 0; i < s->columns; i++)
		init_column(&s->column[i], set, set->label[i]);
}

void
labelset_release(struct labelset *s)
{
	size_t i;

	for (i = 0; i < s->columns; i++) {
		keytable_release(&s->column[i].values);
		free(s->column[i].refused);
	}
}

ruleset
labelset_refused(struct labelset *s, size_t column, struct slice value)
{
	struct labelset_column *c = &s->column[column];
	const struct keytable_entry *e;

	if (value.len == 0)
		return c->needing;
	e = keytable_find(&c->values, value.at, value.len);
	return e == NULL ? c->others : c->refused[e->number];
}
