/*
 * labelset - which rules a label allows
 *
 * The conditions of a set of rules on columns of labels, such as
 * src_country=CN,RU: for each column a table from its values to the rules that
 * they do not meet.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef LABELSET_H
#define LABELSET_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "detect/rules.h"
#include "tally/keytable.h"

struct labelset_column {
	ruleset		 needing;	/* rules with a condition */
	/* The module's own. */
	struct keytable	 values;	/* that the conditions name */
	ruleset		*refused;	/* by each of them */
	ruleset		 others;	/* refused by all other values */
};

struct labelset {
	size_t		 columns;	/* those of the rules, in order */
	struct labelset_column column[RULES_LABEL_COLUMNS];
};

/* Prepares for the conditions of rules; labelset_release frees. */
void	 labelset_init(struct labelset *, const struct rules *);
void	 labelset_release(struct labelset *);

/*
 * The rules that do not count a row with this value.  SLICE_SLACK
 * bytes from the first of the value are readable.  An empty one meets no
 * condition.
 */
ruleset	 labelset_refused(struct labelset *, size_t column, struct slice);

#endif
