/*
 * columns - columns of a table found by name
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef COLUMNS_H
#define COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "csv/csv.h"

/*
 * The name of a column of a header record, without a byte order mark: files
 * that are joined have one within.
 */
struct slice columns_name(const struct csv *header, size_t column);

/* The index of the column of this name in a header record, or -1. */
int	columns_find(const struct csv *header, const char *name);

/* The index of a name among the columns of a row without a header, or -1. */
int	columns_find_default(const char *name);

/* Whether a cell starts with a digit, or a sign or dot and then a digit. */
bool	columns_is_number(struct slice);

/*
 * Whether a record can be a header: no cell is a number, and not all are empty
 * (pandas names no index).  A packet row always has a number.
 */
bool	columns_is_header(const struct csv *);

/*
 * What to do about a header, or a first row without one, that lacks a column,
 * to be added to the message: ": pcap2csv -e dport writes it", or "".
 */
const char *columns_hint(const struct csv *header, const char *missing);

/* Reports a record with more or fewer cells than its table has columns. */
void	columns_bad_count(struct stream *, const struct csv *, size_t columns);

#endif
