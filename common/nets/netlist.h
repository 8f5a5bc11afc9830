/*
 * netlist - a file of networks or of other values
 *
 * One value a line, or the cells of the column "net" of a CSV table.  "#"
 * starts a comment.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef NETLIST_H
#define NETLIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

/*
 * Calls add(arg, value, of_table) for each value of a file; of_table: it is of
 * a CSV table, and has to be a network.  Returns NULL; or what is wrong: the
 * value for which add returned what it wants instead, and that, or an error of
 * the system.  *line is the line where it is, 0 if the file cannot be read.
 * What is returned is good until the next call.  *table, unless NULL, is
 * whether the file is a table, which may have a header alone.
 */
const char *netlist_read(const char *path,
	    const char *(*add)(void *, struct slice value, bool of_table),
	    void *arg, size_t *line, bool *table);

#endif
