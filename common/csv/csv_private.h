/*
 * csv_private - what the parts of csv share
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CSV_PRIVATE_H
#define CSV_PRIVATE_H

#include "csv/csv.h"

/*
 * Takes the record that ends at offset end; the next starts at next.  What the
 * index has of it is passed over.
 */
void	csv_accept(struct csv *, size_t end, size_t next);

/*
 * Reads the next record if all its cells are in quotes, as in Wireshark's
 * export, with no quote and no control character in them, and it is well within
 * the block.  Sets the cells, *end to the offset after the last quote, and
 * *next to the one after the newline.  False, and no cell is set, if it is not
 * so.
 */
bool	csv_quoted(struct csv *, size_t *end, size_t *next);

/* Reads the next record, which is any; the block may be filled for it. */
enum csv_result	csv_slow(struct csv *);

/*
 * Passes over a bad record, up to the newline after its start, which may not
 * have been read yet.  Sets raw to the record's first line, cut to
 * CSV_RECORD_MAX bytes, and why.  Returns CSV_BAD.
 */
enum csv_result	csv_reject(struct csv *, const char *why);

/*
 * Whether a line from at to end, apart from the first one, is a whole row: it
 * has no quote and this many cells, of which there are two at least.
 */
bool	csv_holds_row(const char *at, const char *end, char delimiter,
	    size_t width);

#endif
