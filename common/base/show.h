/*
 * show - outside text made harmless: in messages, and as tokens
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SHOW_H
#define SHOW_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/*
 * Returns the first 64 of n bytes as text for a message: bytes outside
 * printable ASCII, quotes and backslashes become \xNN, and "..." marks a cut.
 * The string is one of four static buffers used in turn, so a message can
 * show up to four values.
 */
const char	*show(const char *, size_t n);

/* The same for a string that ends with NUL. */
const char	*show_str(const char *);

/*
 * A file's name for messages, which it cannot break into lines: NULL if it has
 * no control characters, of ASCII or U+0080 to U+009F, else a copy with \xNN
 * for each of their bytes, which the caller frees.
 */
char		*show_name(const char *path);

/*
 * A number and what it counts: "1 row", "2 rows".  The string is one of four
 * static buffers used in turn.
 */
const char	*show_count(uint64_t n, const char *noun);

/* The word for one of what is counted, or that for none or many. */
static inline const char *
show_word(uint64_t n, const char *one, const char *many)
{
	return n == 1 ? one : many;
}

/*
 * Copies text as a token, which means nothing to a shell, gnuplot, CSV, a
 * spreadsheet or HTML: bytes other than ASCII letters, digits and . _ : / % |
 * - become ?, and so does a leading -.  At most size - 1 bytes are copied, and
 * a NUL.
 */
void	 show_token(char *out, size_t size, struct slice text);

#endif
