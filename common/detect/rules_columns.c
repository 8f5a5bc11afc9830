/*
 * rules_columns - the columns that the keys of rules need, and the conditions
 * on them
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/xalloc.h"
#include "detect/rules_private.h"

static bool
has_key(const struct rule *r, size_t k)
{
	return r->keys >> k & 1;
}

/* The columns that a rule needs for a key, a bit each. */
static unsigned
columns_of(const struct rule *r, size_t k)
{
	if (!has_key(r, k))
		return 0;
	if (rules_keys[k].allows != NULL)
		return 1U << rules_keys[k].column;
	return rules_keys[k].columns == NULL ? 0 : rules_keys[k].columns(r);
}

uint64_t
rules_needing(const struct rules *set, enum rules_column column)
{
	uint64_t mask = 0;
	size_t i, k;

	for (i = 0; i < set->count; i++)
		for (k = 0; rules_keys[k].word != NULL; k++)
			if (columns_of(&set->rule[i], k) >> column & 1)
				mask |= UINT64_C(1) << i;
	return mask;
}

/* For each number, the rules that allow it. */
static uint64_t *
allowing(const struct rules *set, size_t k)
{
	uint64_t *mask = xcalloc(rules_keys[k].values, sizeof(*mask));
	unsigned v;
	size_t i;

	for (v = 0; v < rules_keys[k].values; v++)
		for (i = 0; i < set->count; i++)
			if (!has_key(&set->rule[i], k) ||
			    rules_keys[k].allows(&set->rule[i], v))
				mask[v] |= UINT64_C(1) << i;
	return mask;
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
		if (rules_keys[i].allows != NULL && keys >> i & 1)
			(*all)[n++] = (struct rules_condition){
			    rules_keys[i].column, allowing(set, i) };
	return n;
}
