/*
 * csv_quoted - records whose cells are all in quotes, as of Wireshark's export
 *
 * Private to csv*.c.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CSV_QUOTED_H
#define CSV_QUOTED_H

#include "csv/csv.h"

/*
 * Reads the next record if all its cells are in quotes, with no quote and no
 * control character in them, and it is well within the block.  Sets the cells,
 * *end to the offset after the last quote, and *next to the one after the
 * newline.  False, and no cell is set, if it is not so.
 */
bool	csv_quoted(struct csv *, size_t *end, size_t *next);

#endif
