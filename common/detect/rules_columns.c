/*
 * rules_columns - the columns that the keys of rules need, and the conditions
 * on them
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "detect/rules_private.h"

static bool
has_key(const struct rule *r, size_t k)
{
	return r->keys >> k & 1;
}

/* The columns that a rule needs for a key that it has, a bit each. */
static unsigned
columns_of(const struct rule *r, size_t k)
{
	if (rules_keys[k].values > 0)
		return 1U << rules_keys[k].column;
	return rules_keys[k].columns == NULL ? 0 : rules_keys[k].columns(r);
}

ruleset
rules_needing(const struct rules *set, enum rules_column column)
{
	ruleset mask = RULESET_NONE;
	uint32_t keys;
	size_t i;

	for (i = 0; i < set->count; i++)
		for (keys = set->rule[i].keys; keys != 0; keys &= keys - 1)
			if (columns_of(&set->rule[i],
			    (size_t)__builtin_ctz(keys)) >> column & 1)
				mask |= ruleset_of(i);
	return mask;
}

/* Whether a rule's ranges for a column have a number. */
static bool
has_number(const struct rule *r, enum rules_column column, unsigned number)
{
	const struct rules_numbers *n = &r->numbers[column -
	    RULES_COLUMN_DPORT];
	size_t low = 0, left = n->ranges, half;

	/* Ranges ascend: the last one that starts at the number or before. */
	for (; left > 1; left -= half) {
		half = left / 2;
		if (n->range[low + half].from <= number)
			low += half;
	}
	return left > 0 && number >= n->range[low].from &&
	    number <= n->range[low].to;
}

/* The rules that have a key. */
static ruleset
rules_with(const struct rules *set, size_t k)
{
	ruleset mask = RULESET_NONE;
	size_t i;

	for (i = 0; i < set->count; i++)
		if (has_key(&set->rule[i], k))
			mask |= ruleset_of(i);
	return mask;
}

/* The rules that allow a number by a key, and those without it. */
static ruleset
rules_allowing(const struct rules *set, size_t k, ruleset with,
    unsigned number)
{
	const struct rules_key *key = &rules_keys[k];
	struct ruleset_walk w = ruleset_walk(with);
	ruleset mask = ~with;
	size_t i;

	while (ruleset_next(&w, &i))
		if (key->allows != NULL ? key->allows(&set->rule[i], number) :
		    has_number(&set->rule[i], key->column, number))
			mask |= ruleset_of(i);
	return mask;
}

/* A bit for each number. */
#define WORDS		((UINT16_MAX + 1) / 64)

static void
mark(uint64_t *edge, unsigned number)
{
	if (number <= UINT16_MAX)
		edge[number / 64] |= UINT64_C(1) << number % 64;
}

/* Marks the numbers at which a rule's range starts or has ended. */
static void
mark_edges(const struct rules *set, size_t k, uint64_t *edge)
{
	size_t i, j;

	for (i = 0; i < set->count; i++) {
		const struct rules_numbers *n = &set->rule[i].numbers[
		    rules_keys[k].column - RULES_COLUMN_DPORT];

		for (j = 0; has_key(&set->rule[i], k) && j < n->ranges; j++) {
			mark(edge, n->range[j].from);
			mark(edge, n->range[j].to + 1U);
		}
	}
}

/* The class of the numbers that these rules allow, which may be a new one. */
static uint16_t
class_for(const struct rules_condition *c, size_t *classes, ruleset allowing)
{
	size_t i;

	for (i = 0; i < *classes && ruleset_any(c->allowing[i] ^ allowing); i++)
		;
	if (i == *classes)
		c->allowing[(*classes)++] = allowing;
	return (uint16_t)i;
}

/* Notes the classes of the next page, which an earlier one may have, too. */
static void
put_page(struct rules_condition *c, size_t page, const uint16_t *classes,
    size_t *pages)
{
	const size_t bytes = RULES_PAGE * sizeof(*classes);
	size_t i;

	for (i = 0; i < *pages && memcmp(c->class_of + i * RULES_PAGE,
	    classes, bytes) != 0; i++)
		;
	if (i == *pages)
		memcpy(c->class_of + (*pages)++ * RULES_PAGE, classes, bytes);
	c->page[page] = (uint16_t)(i * RULES_PAGE);
}

/* The first edge from v on, or end, a multiple of 64. */
static unsigned
next_edge(const uint64_t *edge, unsigned v, unsigned end)
{
	uint64_t rest = 0;

	for (; v < end; v = (v | 63) + 1) {
		rest = edge[v / 64] >> v % 64;
		if (rest != 0)
			return v + (unsigned)__builtin_ctzll(rest);
	}
	return end;
}

/*
 * Puts the numbers into classes.  Only where a range starts or ends are the
 * rules asked: to ask for each port takes 10 ms.
 */
static void
classify(const struct rules *set, size_t k, struct rules_condition *c)
{
	unsigned values = rules_keys[k].values, v, i, next, end;
	uint64_t edge[WORDS] = { 0 };
	uint16_t class = 0, of[RULES_PAGE];
	ruleset with = rules_with(set, k);
	size_t classes = 0, pages = 0;
	bool even = false, before;

	c->column = rules_keys[k].column;
	/* Most of these are never touched, and have no memory. */
	c->class_of = xcalloc(UINT16_MAX + 1, sizeof(*c->class_of));
	c->allowing = xcalloc(values, sizeof(*c->allowing));
	if (rules_keys[k].allows == NULL)
		mark_edges(set, k, edge);
	else
		memset(edge, 0xff, values / 64 * sizeof(*edge));
	mark(edge, 0);
	for (v = 0; v < values; v = end) {
		end = v + RULES_PAGE;
		next = next_edge(edge, v, end);
		before = even;
		even = next == end;
		if (even && before) {
			c->page[v / RULES_PAGE] = c->page[v / RULES_PAGE - 1];
			continue;
		}
		for (i = v;;) {
			for (; i < next; i++)
				of[i - v] = class;
			if (i == end)
				break;
			class = class_for(c, &classes, rules_allowing(set, k,
			    with, i));
			next = next_edge(edge, i + 1, end);
		}
		put_page(c, v / RULES_PAGE, of, &pages);
	}
}

size_t
rules_conditions(const struct rules *set, struct rules_condition **all)
{
	uint32_t keys = 0;
	size_t i, n = 0;

	for (i = 0; i < set->count; i++)
		keys |= set->rule[i].keys;
	*all = xcalloc(RULES_KEYS_MAX, sizeof(**all));
	for (i = 0; rules_keys[i].word != NULL; i++)
		if (rules_keys[i].values > 0 && keys >> i & 1)
			classify(set, i, &(*all)[n++]);
	return n;
}

void
rules_free_conditions(struct rules_condition *all, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		free(all[i].class_of);
		free(all[i].allowing);
	}
	free(all);
}
