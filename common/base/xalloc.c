/*
 * xalloc - allocation that does not return on failure
 *
 * SPDX-License-Identifier: ISC
 */
#include <sys/mman.h>

#include <err.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "base/xalloc.h"

#define LARGE_PAGE	((size_t)2 * 1024 * 1024)
#define CACHE_LINE	((size_t)64)

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

/* Only a wish: a kernel without large pages refuses. */
static void
advise_large(void *p, size_t n)
{
#ifdef MADV_HUGEPAGE
	(void)madvise(p, n, MADV_HUGEPAGE);
#else
	(void)p;
	(void)n;
#endif
}

void *
xlarge(size_t n)
{
	size_t whole = (n + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
	void *p;

	if (n < LARGE_PAGE)
		return xmalloc(n);
	p = checked(aligned_alloc(LARGE_PAGE, whole));
	advise_large(p, whole);
	return p;
}

/* The system hands out so much memory in zeroed pages, as calloc knows. */
void *
xlarge_zeros(size_t n, void **memory)
{
	size_t align = n < LARGE_PAGE ? CACHE_LINE : LARGE_PAGE;
	void *p;

	*memory = xcalloc(n + align, 1);
	p = (void *)(((uintptr_t)*memory + align - 1) &
	    ~(uintptr_t)(align - 1));
	if (n >= LARGE_PAGE)
		advise_large(p, n);
	return p;
}
