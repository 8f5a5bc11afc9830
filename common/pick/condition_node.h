/*
 * condition_node - the tree that a condition is read into
 *
 * Private to the condition_*.c files.  Nodes stand in one array, each after
 * those that it joins.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CONDITION_NODE_H
#define CONDITION_NODE_H

#include "pick/valueset.h"

enum node_kind { NODE_AND, NODE_OR, NODE_NOT, NODE_TEST };

enum node_compare {
	COMPARE_SET,		/* = and in */
	COMPARE_BELOW,		/* < limit */
	COMPARE_UP_TO,		/* <= limit */
	COMPARE_ABOVE,		/* > limit */
	COMPARE_FROM		/* >= limit */
};

struct condition_node {
	enum node_kind	 kind;
	size_t		 left, right;	/* nodes; NODE_NOT has a left only */

	/* Of NODE_TEST. */
	size_t		 cell[2];	/* two: one of them has to fit */
	size_t		 cells;
	enum node_compare compare;
	struct valueset	 set;		/* and the type of the cells */
	struct decimal	 limit;
};

#endif
