/*
 * rules - sets of rules, and the words of their text
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/show.h"
#include "detect/rules_private.h"

void
rules_init(struct rules *set)
{
	/* Not the rules, which are 300 kB: each is whole when it is added. */
	set->count = set->groups = set->nets = set->labels = 0;
	set->net = NULL;
	set->line = set->column = 0;
	set->why[0] = '\0';
}

void
rules_release(struct rules *set)
{
	free(set->net);
}

bool
rules_wrong(struct rules_parser *p, const char *at, const char *fmt, ...)
{
	va_list ap;

	p->set->column = (size_t)(at - p->start) + 1;
	va_start(ap, fmt);
	vsnprintf(p->set->why, sizeof(p->set->why), fmt, ap);
	va_end(ap);
	return false;
}

bool
rules_bad(struct rules_parser *p, const char *what, struct slice value,
    const char *want)
{
	return rules_wrong(p, value.at, "bad %s \"%s\", want %s", what,
	    show(value.at, value.len), want);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

bool
rules_word(struct rules_parser *p)
{
	while (p->at < p->end && is_blank(*p->at))
		p->at++;
	p->word.at = p->at;
	if (p->at == p->end || *p->at == '#') {
		p->word.len = 0;
		return false;
	}
	while (p->at < p->end && !is_blank(*p->at))
		p->at++;
	p->word.len = (size_t)(p->at - p->word.at);
	return true;
}

int
rules_choose(struct rules_parser *p, const char *what, struct slice s,
    const char *const *words)
{
	char want[300] = "";
	size_t i, n = 0;

	for (i = 0; words[i] != NULL; i++)
		if (slice_is(s, words[i]))
			return (int)i;
	for (i = 0; words[i] != NULL && n < sizeof(want); i++)
		n += (size_t)snprintf(want + n, sizeof(want) - n, "%s%s",
		    i == 0 ? "" : words[i + 1] == NULL ? " or " : ", ",
		    words[i]);
	rules_bad(p, what, s, want);
	return -1;
}

bool
rules_part(struct slice *list, struct slice *part)
{
	const char *comma;

	if (list->at == NULL)
		return false;
	comma = memchr(list->at, ',', list->len);
	*part = *list;
	if (comma == NULL) {
		list->at = NULL;
		return true;
	}
	part->len = (size_t)(comma - list->at);
	list->len -= part->len + 1;
	list->at = comma + 1;
	return true;
}

bool
rules_is_name(struct slice s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (!(s.at[i] >= 'a' && s.at[i] <= 'z') &&
		    !(s.at[i] >= 'A' && s.at[i] <= 'Z') &&
		    !(s.at[i] >= '0' && s.at[i] <= '9') &&
		    s.at[i] != '-' && s.at[i] != '_')
			return false;
	return s.len > 0 && s.len <= RULES_NAME_MAX;
}

int
rules_find_rule(const struct rules *set, struct slice name)
{
	size_t i;

	for (i = 0; i < set->count; i++)
		if (slice_is(name, set->rule[i].name))
			return (int)i;
	return -1;
}

ruleset
rules_named(const struct rules *set, struct slice name)
{
	int found = rules_find_rule(set, name);
	ruleset mask = RULESET_NONE;
	size_t i;

	for (i = 0; found != -1 && i < set->count; i++)
		if ((int)i == found || set->rule[i].parent == found)
			mask |= ruleset_of(i);
	return mask;
}

int
rules_find_group(const struct rules *set, struct slice name)
{
	size_t i;

	for (i = 0; i < set->groups; i++)
		if (slice_is(name, set->group[i]))
			return (int)i;
	return -1;
}
