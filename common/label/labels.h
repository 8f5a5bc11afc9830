/*
 * labels - the labels of addresses, from all tables and databases of a run
 *
 * A label that several of them have is one column: the longest prefix counts,
 * wherever it is from, and of equal ones that of the later table or database.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef LABELS_H
#define LABELS_H

#include <stdbool.h>
#include <stddef.h>

#include "label/geodb.h"
#include "label/labeltable.h"
#include "nets/netset.h"

#define LABELS_SOURCES_MAX	32

/* A table or a database; the other one is NULL. */
struct labels_source {
	struct labeltable *table;
	struct geodb	*db;
	size_t		 column[LABELS_MAX];	/* of each of its labels */
};

struct labels {
	const char	*name[LABELS_MAX];	/* of the columns */
	size_t		 columns;

	/* In the order in which they were named. */
	struct labels_source source[LABELS_SOURCES_MAX];
	size_t		 sources;

	struct netset	 local;		/* networks, see labels_add_local */
};

/* Frees what labels hold; a zeroed struct has none. */
void	labels_release(struct labels *);

/*
 * Adds the table that a text names, see labeltable_read.  False: why, of
 * LABEL_WHY_MAX bytes, says what is wrong, unless a warning has.
 */
bool	labels_add_table(struct labels *, const char *spec, char *why);

/* The same of a database, see geodb_open. */
bool	labels_add_database(struct labels *, const char *spec, char *why);

/*
 * Adds networks to local, from a text NETWORK|@FILE[,...]; a file is one of
 * netlist.h.  False: why, of LABEL_WHY_MAX bytes, says what is wrong.  The set
 * is built by labels_build.
 */
bool	labels_add_local(struct labels *, const char *text, char *why);
void	labels_build(struct labels *);

/* Whether both have the same columns in the same order. */
bool	labels_same(const struct labels *, const struct labels *);

/*
 * Sets the cell of each column; the empty slice where there is no label.  The
 * cells are good until the next call.
 */
void	labels_find(const struct labels *, const struct ipaddr *,
	    struct slice *cell);

#endif
