/*
 * xalloc - allocation that does not return on failure
 *
 * SPDX-License-Identifier: ISC
 */
#include <sys/mman.h>

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "base/xalloc.h"

#define LARGE_PAGE	((size_t)2 * 1024 * 1024)

static void *
checked(void *p)
{
	if (p == NULL)
		err(STATUS_FAILED, "out of memory");
	return p;
}

void *
xmalloc(size_t size)
{
	return checked(malloc(size > 0 ? size : 1));
}

void *
xcalloc(size_t n, size_t size)
{
	return checked(calloc(n > 0 ? n : 1, size > 0 ? size : 1));
}

void *
xreallocarray(void *p, size_t n, size_t size)
{
	return checked(reallocarray(p, n > 0 ? n : 1, size > 0 ? size : 1));
}

char *
xstrdup(const char *s)
{
	return checked(strdup(s));
}

void *
xlarge(size_t n)
{
	size_t whole = (n + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
	void *p;

	if (n < LARGE_PAGE)
		return xmalloc(n);
	p = checked(aligned_alloc(LARGE_PAGE, whole));
#ifdef MADV_HUGEPAGE
	/* Only a wish: a kernel without them refuses. */
	(void)madvise(p, whole, MADV_HUGEPAGE);
#endif
	return p;
}
