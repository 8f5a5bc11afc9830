/*
 * carry - values that are carried to a file, or from one
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "detect/carry.h"

/* FNV-1a (Fowler, Noll and Vo), 64 bits, from a basis of 0. */
uint64_t
carry_sum(uint64_t sum, const void *p, size_t n)
{
	const unsigned char *byte = p;
	size_t i;

	for (i = 0; i < n; i++)
		sum = (sum ^ byte[i]) * UINT64_C(0x100000001b3) + 1;
	return sum;
}

void
carry_bytes(struct carry *c, void *p, size_t n)
{
	if (c->to != NULL) {
		c->sum = carry_sum(c->sum, p, n);
		fwrite(p, 1, n, c->to);
	} else if (c->bad || (size_t)(c->end - c->at) < n) {
		c->bad = true;
		memset(p, 0, n);
	} else {
		memcpy(p, c->at, n);
		c->at += n;
	}
}

struct slice
carry_text(struct carry *c, struct slice s)
{
	uint64_t len = s.len;

	CARRY(c, len);
	if (c->to != NULL) {
		c->sum = carry_sum(c->sum, s.at, s.len);
		fwrite(s.at, 1, s.len, c->to);
		return s;
	}
	if (!carry_check(c, len <= (size_t)(c->end - c->at)))
		return (struct slice){ c->end, 0 };
	s.at = c->at;
	s.len = (size_t)len;
	c->at += len;
	return s;
}

void
carry_rules(struct carry *c, ruleset *set)
{
	struct ruleset_walk w;
	ruleset old = c->to != NULL ? *set : RULESET_NONE;
	size_t i;

	/* Files of up to 64 rules are as they were when 64 were the most. */
	carry_bytes(c, &old, c->rules > 64 ? sizeof(old) : sizeof(uint64_t));
	if (c->to != NULL)
		return;
	*set = RULESET_NONE;
	for (w = ruleset_walk(old); ruleset_next(&w, &i);)
		if (carry_check(c, i < c->rules) && c->rule[i] != -1)
			*set |= ruleset_of((size_t)c->rule[i]);
}

bool
carry_check(struct carry *c, bool holds)
{
	if (c->to == NULL && !holds)
		c->bad = true;
	return !c->bad;
}
