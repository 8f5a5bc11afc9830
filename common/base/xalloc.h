/*
 * xalloc - allocation that does not return on failure
 *
 * Each function behaves as the C library's function of that name, but ends the
 * program with a message and status 3 instead of returning NULL.  The caller
 * owns the result and frees it with free(3).
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef XALLOC_H
#define XALLOC_H

#include <stddef.h>

void	*xmalloc(size_t);
void	*xcalloc(size_t, size_t);
void	*xreallocarray(void *, size_t, size_t);
char	*xstrdup(const char *);

/* The n bytes at a place as a string, which ends with NUL. */
char	*xstring(const char *at, size_t n);

/* What xgrow does if there is no room. */
void	*xgrow_more(void *array, size_t *room, size_t size);

/*
 * Makes room for an item behind the n of an array, and returns the array.  It
 * has room for *room items, 0 at first, and for twice as many when it is full.
 */
static inline void *
xgrow(void *array, size_t n, size_t *room, size_t size)
{
	return n < *room ? array : xgrow_more(array, room, size);
}

/*
 * As xmalloc, on large pages if the system has them: for tables with random
 * access, which spend most of their time on TLB misses.
 */
void	*xlarge(size_t n);

/*
 * n bytes of zeros that start a line of the processor's cache.  Their pages are
 * small at first, and none is touched before it is used: to clear a large one
 * takes 0.1 to 0.5 ms, half of the time of a program that reads a few rows.
 * *memory is what to free, instead of the result.
 */
void	*xlarge_zeros(size_t n, void **memory);

/*
 * Moves a part of such a table that is in use to large pages, which the rest of
 * the part gets when it is used.  at and n are those of xlarge_zeros, or whole
 * multiples of XLARGE_PAGE from them.  A table does so when XLARGE_WARM of its
 * places have been filled.
 */
#define XLARGE_PAGE	((size_t)2 * 1024 * 1024)
#define XLARGE_WARM	256
void	xlarge_warm(void *at, size_t n);

#endif
