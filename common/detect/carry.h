/*
 * carry - values that are carried to a file, or from one
 *
 * One function for each thing that is kept carries it in both directions, so
 * that what is read is what was written.  Values are as they are in memory.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CARRY_H
#define CARRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/slice.h"
#include "detect/rules.h"

struct carry {
	FILE		*to;		/* NULL: from the bytes at at */
	const char	*at, *end;	/* SLICE_SLACK more are readable */
	uint64_t	 sum;		/* of what was written: carry_sum */
	bool		 bad;		/* what was read makes no sense */
	bool		 full;		/* it has too many keys */
	/* Read: the new number of each rule of the file, or -1. */
	int		 rule[RULES_MAX];
	size_t		 rules;
};

/* The sum of bytes behind those of another sum; the first's is 0. */
uint64_t carry_sum(uint64_t sum, const void *, size_t n);

/* Carries n bytes; zeros and bad if there are too few to read. */
void	carry_bytes(struct carry *, void *, size_t n);

/* Carries a value. */
#define CARRY(c, v)	carry_bytes(c, &(v), sizeof(v))

/* Carries a text, which is returned. */
struct slice carry_text(struct carry *, struct slice);

/* Carries a set of rules; those that are gone are left out. */
void	carry_rules(struct carry *, ruleset *mask);

/* Whether a condition on what was read holds; if not, it is bad. */
bool	carry_check(struct carry *, bool holds);

#endif
