/*
 * xalloc - unit test of large tables
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tap.h"

#define BYTES	(3 * XLARGE_PAGE + 100)

/* Whether a table has what the test wrote, and zeros elsewhere. */
static bool
is_kept(const unsigned char *table, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (table[i] != (i % 5000 == 0 ? i % 251 : 0))
			return false;
	return true;
}

static void
test_warm(size_t n, const char *what)
{
	void *memory;
	unsigned char *table = xlarge_zeros(n, &memory);
	size_t i;

	ok((uintptr_t)table % 64 == 0, "%s starts a line of the cache", what);
	for (i = 0; i < n; i += 5000)
		table[i] = (unsigned char)(i % 251);
	xlarge_warm(table, n);
	ok(is_kept(table, n), "%s has the same bytes on large pages", what);
	memset(table, 0xff, n);
	ok(table[n - 1] == 0xff, "all of %s can be written", what);
	free(memory);
}

int
main(void)
{
	test_warm(1000, "a small table");
	test_warm(XLARGE_PAGE, "a table of one large page");
	test_warm(BYTES, "a table of several");
	return tap_done();
}
