/*
 * xalloc - allocation that does not return on failure
 *
 * Each function behaves as its namesake of the C library, but ends the
 * program with a message and status 3 where that would return NULL.  The
 * caller owns what is returned and gives it back with free(3).
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
 * As xmalloc, on large pages where the system has them: for tables that are
 * read all over, where most of the time goes to finding the page.
 */
void	*xlarge(size_t n);

#endif
