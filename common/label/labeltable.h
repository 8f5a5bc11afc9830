/*
 * labeltable - labels of networks, read from a CSV table
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef LABELTABLE_H
#define LABELTABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "label/netmap.h"
#include "label/tuple.h"

#define LABEL_WHY_MAX	512

struct labeltable {
	char		*path;			/* of the file */
	char		*label[LABELS_MAX];	/* their names */
	size_t		 labels;
	size_t		 nets;			/* rows of the table */

	/* The rest is the module's own. */
	struct netmap	 map;
	struct tuple	 tuple;
};

/*
 * Reads the table that FILE[:NAME,...] names.  The NAMEs are those of its
 * columns and stand in for those of a header; a column without one is ignored.
 * The column "net", or "start" and "end", hold the networks, and every other
 * one labels.  False: why, of LABEL_WHY_MAX bytes, says what is wrong; it is
 * empty where a warning has been printed.  labeltable_release frees, in either
 * case.
 */
bool	labeltable_read(struct labeltable *, const char *spec, char *why);
void	labeltable_release(struct labeltable *);

/*
 * Sets the labels of the longest prefix that contains the address, as cells to
 * be written, and *prefix.  False: there is none.
 */
bool	labeltable_find(const struct labeltable *, const struct ipaddr *,
	    struct slice *cell, unsigned *prefix);

#endif
