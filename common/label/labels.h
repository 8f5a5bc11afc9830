/*
 * labels - the labels of addresses, from all tables of a run
 *
 * A label that several tables have is one column: the longest prefix counts,
 * whichever table it is of, and of equal ones that of the later table.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef LABELS_H
#define LABELS_H

#include <stdbool.h>
#include <stddef.h>

#include "label/labeltable.h"
#include "nets/netset.h"

#define LABELS_TABLES_MAX	32

struct labels {
	const char	*name[LABELS_MAX];	/* of the columns */
	size_t		 columns;

	/* The tables, in the order in which they were named. */
	struct labeltable *table[LABELS_TABLES_MAX];
	size_t		 tables;

	struct netset	 local;		/* networks, see labels_add_local */

	/* The rest is the module's own. */
	size_t		 column[LABELS_TABLES_MAX][LABELS_MAX];
};

/* Frees what labels hold; a zeroed struct has none. */
void	labels_release(struct labels *);

/*
 * Adds the table that a text names, see labeltable_read.  False: why, of
 * LABEL_WHY_MAX bytes, says what is wrong, unless a warning has.
 */
bool	labels_add_table(struct labels *, const char *spec, char *why);

/*
 * Adds networks to local, from a text NETWORK|@FILE[,...]; a file is one of
 * netlist.h.  False: why, of LABEL_WHY_MAX bytes, says what is wrong.  The set
 * is built by labels_build.
 */
bool	labels_add_local(struct labels *, const char *text, char *why);
void	labels_build(struct labels *);

/* Whether both have the same columns in the same order. */
bool	labels_same(const struct labels *, const struct labels *);

/* Sets the cell of each column; the empty slice where there is no label. */
void	labels_find(const struct labels *, const struct ipaddr *,
	    struct slice *cell);

#endif
