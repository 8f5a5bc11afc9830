/*
 * show - outside text made fit for a message
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SHOW_H
#define SHOW_H

#include <stddef.h>

/*
 * Returns the first 64 of n bytes as text for a message: bytes outside
 * printable ASCII, quotes and backslashes become \xNN, and "..." marks a cut.
 * The string is one of four static buffers used in turn, so a message can
 * show up to four values.
 */
const char	*show(const char *, size_t n);

/* The same for a string that ends with NUL. */
const char	*show_str(const char *);

#endif
