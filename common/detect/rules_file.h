/*
 * rules_file - reads files of rules, and ends the program if one is bad
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef RULES_FILE_H
#define RULES_FILE_H

#include "detect/rules.h"

/*
 * Adds the statements of a file, of less than 16 MiB.  Ends the program with
 * status 2 and a message if the file cannot be read or if a statement is wrong.
 */
void	rules_file_read(struct rules *, const char *path);

/* Adds the statements of a built-in set; status 2 if there is no such set. */
void	rules_file_builtin(struct rules *, const char *name);

#endif
