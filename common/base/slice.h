/*
 * slice - a borrowed text that does not end with NUL
 *
 * A cell of a record is a slice of the input block.  Fast readers load whole
 * words and read past the end of a cell: the owner of the bytes keeps
 * SLICE_SLACK bytes readable after each cell, whatever their values.
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

/* Whether two slices have the same text. */
static inline bool
slice_same(struct slice a, struct slice b)
{
	return a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
}

/* Whether a slice is this string. */
static inline bool
slice_is(struct slice s, const char *text)
{
	return slice_same(s, (struct slice){ text, strlen(text) });
}

/* Orders texts as memcmp orders bytes: one that another begins with is less. */
static inline int
slice_compare(struct slice a, struct slice b)
{
	int order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);

	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* A slice without the blanks and tabs around it. */
static inline struct slice
slice_trim(struct slice s)
{
	for (; s.len > 0 && (s.at[0] == ' ' || s.at[0] == '\t'); s.at++)
		s.len--;
	while (s.len > 0 && (s.at[s.len - 1] == ' ' ||
	    s.at[s.len - 1] == '\t'))
		s.len--;
	return s;
}

#endif
