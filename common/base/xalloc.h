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

/*
 * As xmalloc, on large pages if the system has them: for tables with random
 * access, which spend most of their time on TLB misses.
 */
void	*xlarge(size_t n);

/*
 * n bytes of zeros, likewise, that start a line of the processor's cache.  None
 * is touched before it is used, so that a table costs a program that reads a
 * few rows no time.  *memory is what to free, instead of the result.
 */
void	*xlarge_zeros(size_t n, void **memory);

#endif
