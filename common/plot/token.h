/*
 * token - outside text made harmless for other programs' languages
 *
 * A token means nothing to a shell, gnuplot, CSV, a spreadsheet or HTML.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TOKEN_H
#define TOKEN_H

#include "csv/csv.h"

/*
 * Copies text as a token of at most size - 1 bytes and a NUL: what is no
 * letter, digit or one of . _ : / % | - becomes ?, a leading - too.
 */
void	token_copy(char *out, size_t size, struct slice text);

#endif
