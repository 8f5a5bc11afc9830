/*
 * condition - what is asked of a row, and whether the row meets it
 *
 *	condition = part { "or" part }
 *	part      = test { "and" test }
 *	test      = "not" test | "(" condition ")" | column compare
 *	compare   = ("=" | "!=") value { "," value }
 *	          | ("<" | "<=" | ">" | ">=") value
 *	          | "in" value { "," value }
 *
 * A cell that cannot be read as the values are makes its test unreadable,
 * neither true nor false, and tests are joined by Kleene's logic of three
 * values: "not" leaves unreadable as it is, "and" is false if one is false,
 * "or" is true if one is true.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CONDITION_H
#define CONDITION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "pick/valueset.h"

#define CONDITION_COLUMNS_MAX	16
#define CONDITION_ERROR_MAX	256

struct condition {
	/* The columns that are asked for, by name; each once. */
	char		*column[CONDITION_COLUMNS_MAX];
	size_t		 columns;

	/* The rest is the module's own. */
	struct condition_node *node;	/* the last one is the whole */
	size_t		 nodes;
};

/* Where a text is no condition, and why. */
struct condition_error {
	size_t		at;		/* from 1; 0: a file of values */
	char		why[CONDITION_ERROR_MAX];
};

/*
 * Reads a condition and the files that it names.  False: *error says why, and
 * *c is released.
 */
bool	condition_parse(struct condition *, const char *text,
	    struct condition_error *error);
void	condition_release(struct condition *);

/*
 * The same for a command line: a text that is no condition ends the program
 * with status 2, and a protocol that the suite does not know is reported.
 */
void	condition_option(struct condition *, const char *text);

/*
 * Makes a condition that of anew, which was read from the same text and is
 * released.  The names of the columns stay where they are.
 */
void	condition_renew(struct condition *, struct condition *anew);

/*
 * Whether a row meets the condition: cell has its cells in the order of
 * column.
 */
enum answer condition_test(const struct condition *, const struct slice *cell);

#endif
