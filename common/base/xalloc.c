/*
 * xalloc - allocation that does not return on failure
 *
 * SPDX-License-Identifier: ISC
 */
#include <sys/mman.h>

#include <err.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "base/xalloc.h"

#define CACHE_LINE	((size_t)64)
#define ROOM_FIRST	((size_t)16)	/* items of xgrow's array */

#if defined(MADV_HUGEPAGE) && !defined(MADV_COLLAPSE)
#define MADV_COLLAPSE	25		/* Linux 6.1; older ones refuse it */
#endif

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
xstring(const char *at, size_t n)
{
	char *s = xmalloc(n + 1);

	memcpy(s, at, n);
	s[n] = '\0';
	return s;
}

void *
xgrow_more(void *array, size_t *room, size_t size)
{
	*room = *room == 0 ? ROOM_FIRST : 2 * *room;
	return xreallocarray(array, *room, size);
}

char *
xstrdup(const char *s)
{
	return checked(strdup(s));
}

/* Only wishes: a kernel without large pages refuses. */
static void
advise(void *p, size_t n, bool large)
{
#ifdef MADV_HUGEPAGE
	(void)madvise(p, n, large ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
#else
	(void)p;
	(void)n;
	(void)large;
#endif
}

void *
xlarge(size_t n)
{
	size_t whole = (n + XLARGE_PAGE - 1) / XLARGE_PAGE * XLARGE_PAGE;
	void *p;

	if (n < XLARGE_PAGE)
		return xmalloc(n);
	p = checked(aligned_alloc(XLARGE_PAGE, whole));
	advise(p, whole, true);
	return p;
}

/* The system hands out so much memory in zeroed pages, as calloc knows. */
void *
xlarge_zeros(size_t n, void **memory)
{
	size_t align = n < XLARGE_PAGE ? CACHE_LINE : XLARGE_PAGE;
	void *p;

	*memory = xcalloc(n + align, 1);
	p = (void *)(((uintptr_t)*memory + align - 1) &
	    ~(uintptr_t)(align - 1));
	if (n >= XLARGE_PAGE)
		advise(p, n, false);
	return p;
}

void
xlarge_warm(void *at, size_t n)
{
	/* A part of a page at the end belongs to others, too. */
	n = n / XLARGE_PAGE * XLARGE_PAGE;
	if (n == 0)
		return;
	advise(at, n, true);
#ifdef MADV_COLLAPSE
	(void)madvise(at, n, MADV_COLLAPSE);
#endif
}
