/*
 * ruleset - a set of rules, a bit for each
 *
 * A set is a vector, an extension of GCC and clang: the operators & | ^ and ~
 * work on whole sets, with SSE2 in one instruction.  Measured with callgrind,
 * the sets demo and home take 0.4 and 0.7 % more instructions than with sets
 * of a single word.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef RULESET_H
#define RULESET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RULES_MAX	128

typedef uint64_t ruleset __attribute__((vector_size(RULES_MAX / 8)));

_Static_assert(sizeof(ruleset) == 2 * sizeof(uint64_t), "two words");

#define RULESET_NONE	((ruleset){ 0, 0 })
#define RULESET_ALL	((ruleset){ UINT64_MAX, UINT64_MAX })

/* The set of one rule, below RULES_MAX. */
static inline ruleset
ruleset_of(size_t rule)
{
	uint64_t bit = UINT64_C(1) << rule % 64;

	return rule < 64 ? (ruleset){ bit, 0 } : (ruleset){ 0, bit };
}

/* Whether a set has a rule, which is below RULES_MAX. */
static inline bool
ruleset_has(ruleset s, size_t rule)
{
	return (rule < 64 ? s[0] : s[1]) >> rule % 64 & 1;
}

/* Whether a set has any rule. */
static inline bool
ruleset_any(ruleset s)
{
	return (s[0] | s[1]) != 0;
}

/*
 * A walk over the rules of a set in ascending order:
 *
 *	for (w = ruleset_walk(set); ruleset_next(&w, &rule);)
 */
struct ruleset_walk {
	uint64_t	word[2];	/* of the rules that are left */
};

static inline struct ruleset_walk
ruleset_walk(ruleset s)
{
	return (struct ruleset_walk){ { s[0], s[1] } };
}

/* Sets *rule to the next one; false: there is none. */
static inline bool
ruleset_next(struct ruleset_walk *w, size_t *rule)
{
	if (w->word[0] != 0) {
		*rule = (unsigned)__builtin_ctzll(w->word[0]);
		w->word[0] &= w->word[0] - 1;
		return true;
	}
	if (w->word[1] == 0)
		return false;
	*rule = 64 + (unsigned)__builtin_ctzll(w->word[1]);
	w->word[1] &= w->word[1] - 1;
	return true;
}

#endif
