/*
 * rules_columns - the columns that the keys of rules need, and the conditions
 * on them
 *
 * SPDX-License-Identifier: ISC
 */
#include <limits.h>
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

/* A bit for each number. */
#define WORDS		((UINT16_MAX + 1) / 64)

static void
mark(uint64_t *edge, unsigned number)
{
	if (number <= UINT16_MAX)
		edge[number / 64] |= UINT64_C(1) << number % 64;
}

/* The numbers of a key, from the lowest on, and the rules that allow one. */
struct passage {
	const struct rules *set;
	const struct rules_key *key;
	ruleset		 with;		/* the rules that have the key */
	ruleset		 allowing;	/* and those without it */
	uint16_t	 passed[RULES_MAX];	/* edges of each */
	/* Where a rule starts or ends to allow numbers. */
	uint64_t	 edge[WORDS];
};

/* An edge of a rule's ranges; over UINT16_MAX if there are no more. */
static unsigned
edge_of(const struct passage *p, size_t rule, size_t i)
{
	const struct rules_numbers *n = &p->set->rule[rule].numbers[
	    p->key->column - RULES_COLUMN_DPORT];

	if (i / 2 >= n->ranges)
		return UINT_MAX;
	return i % 2 == 0 ? n->range[i / 2].from : n->range[i / 2].to + 1U;
}

static void
start(struct passage *p, const struct rules *set, size_t k)
{
	struct ruleset_walk w;
	size_t i, j;
	unsigned at;

	memset(p, 0, sizeof(*p));
	p->set = set;
	p->key = &rules_keys[k];
	p->with = rules_with(set, k);
	p->allowing = ~p->with;
	mark(p->edge, 0);
	if (p->key->allows != NULL)
		memset(p->edge, 0xff, p->key->values / 64 * sizeof(*p->edge));
	else
		for (w = ruleset_walk(p->with); ruleset_next(&w, &i);)
			for (j = 0; (at = edge_of(p, i, j)) <= UINT16_MAX; j++)
				mark(p->edge, at);
}

/* Whether a rule starts or ends to allow numbers at this one. */
static bool
turns_at(const struct passage *p, size_t rule, unsigned number)
{
	if (p->key->allows != NULL)
		return p->key->allows(&p->set->rule[rule], number) !=
		    ruleset_has(p->allowing, rule);
	return edge_of(p, rule, p->passed[rule]) == number;
}

/* Comes to a number, with all edges before it passed. */
static void
pass(struct passage *p, unsigned number)
{
	struct ruleset_walk w = ruleset_walk(p->with);
	size_t i;

	while (ruleset_next(&w, &i))
		if (turns_at(p, i, number)) {
			p->allowing ^= ruleset_of(i);
			p->passed[i]++;
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

static void
fill(uint16_t *to, size_t n, uint16_t class)
{
	size_t i;

	for (i = 0; i < n; i++)
		to[i] = class;
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
	uint16_t class = 0, of[RULES_PAGE];
	size_t classes = 0, pages = 0;
	bool even = false, before;
	struct passage p;

	start(&p, set, k);
	c->column = rules_keys[k].column;
	/* Most of these are never touched, and have no memory. */
	c->class_of = xcalloc(UINT16_MAX + 1, sizeof(*c->class_of));
	c->allowing = xcalloc(values, sizeof(*c->allowing));
	for (v = 0; v < values; v = end) {
		end = v + RULES_PAGE;
		next = next_edge(p.edge, v, end);
		before = even;
		even = next == end;
		if (even && before) {
			c->page[v / RULES_PAGE] = c->page[v / RULES_PAGE - 1];
			continue;
		}
		for (i = v;;) {
			fill(of + (i - v), next - i, class);
			if (next == end)
				break;
			pass(&p, next);
			class = class_for(c, &classes, p.allowing);
			i = next;
			next = next_edge(p.edge, i + 1, end);
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
