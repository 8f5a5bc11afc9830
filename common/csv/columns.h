/*
 * columns - columns of a table found by name
 *
 * Says whether a record can be a header: none of its cells is empty or a
 * number.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef COLUMNS_H
#define COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "csv/csv.h"

/* The index of the column of this name in a header record, or -1. */
int	columns_find(const struct csv *header, const char *name);

/* The index of a name among the columns of a row without a header, or -1. */
int	columns_find_default(const char *name);

/* Whether a cell starts as a number does: a digit, after a sign or a dot. */
bool	columns_is_number(struct slice);

/*
 * Whether the record is made of names: no cell is empty or starts with a
 * digit, a sign or a dot followed by one.  (A packet row always has a number.)
 */
bool	columns_is_header(const struct csv *);

#endif
