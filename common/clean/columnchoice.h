/*
 * columnchoice - the columns that the user chooses: time=ts,src=sa
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef COLUMNCHOICE_H
#define COLUMNCHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "clean/columnname.h"
#include "csv/csv.h"

#define COLUMNCHOICE_MAX	64

struct columnchoice {
	struct columnchoice_item {
		const char	*ours;	/* "time" */
		const char	*name;	/* of the column in the table */
		enum dialect_role role;	/* ROLE_EXTRA: ours is a new name */
	}	item[COLUMNCHOICE_MAX];
	size_t	count;
};

/*
 * Adds the value of --columns.  packets and bytes may be given up to
 * DIALECT_SOURCES times each, and are then sums.  Ends the program with status
 * 2 if the value is bad, or there are more than COLUMNCHOICE_MAX items in all.
 */
void	columnchoice_parse(struct columnchoice *, const char *arg);

/* The item that chooses the column of this name, or NULL. */
const struct columnchoice_item *columnchoice_find(const struct columnchoice *,
	    struct slice name);

/* Whether an item gives a column this role. */
bool	columnchoice_has(const struct columnchoice *, enum dialect_role);

/* The name of the first chosen column that a header lacks, or NULL. */
const char *columnchoice_missing(const struct columnchoice *,
	    const struct csv *header);

#endif
