/*
 * slice - some bytes that belong to someone else and end with no NUL
 *
 * A cell of a record is a slice of the input block.  Fast readers load whole
 * words, past the end of a cell: the owner of the bytes keeps SLICE_SLACK more
 * of them readable behind each cell, whatever they hold.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SLICE_H
#define SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define SLICE_SLACK	64

struct slice {
	const char	*at;
	size_t		 len;
};

/* Whether a slice is this string. */
static inline bool
slice_is(struct slice s, const char *text)
{
	return s.len == strlen(text) && memcmp(s.at, text, s.len) == 0;
}

#endif
