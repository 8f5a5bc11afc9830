/*
 * tap - the results of a unit test in the Test Anything Protocol
 *
 * A test calls ok, same_int and same_text as often as it likes and returns
 * tap_done() from main.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TAP_H
#define TAP_H

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int	tap_tests;
static int	tap_failures;

__attribute__((format(printf, 2, 0)))
static inline bool
tap_result(bool passed, const char *fmt, va_list ap)
{
	printf("%sok %d - ", passed ? "" : "not ", ++tap_tests);
	vprintf(fmt, ap);
	putchar('\n');
	/* A crash later on must not take this line with it. */
	fflush(stdout);
	if (!passed)
		tap_failures++;
	return passed;
}

/* One result; the text says what holds.  Returns passed. */
__attribute__((format(printf, 2, 3)))
static inline bool
ok(bool passed, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	tap_result(passed, fmt, ap);
	va_end(ap);
	return passed;
}

/* One result: two whole numbers are the same. */
__attribute__((format(printf, 3, 4)))
static inline bool
same_int(int64_t got, int64_t want, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	tap_result(got == want, fmt, ap);
	va_end(ap);
	if (got != want)
		printf("# got %" PRId64 ", want %" PRId64 "\n", got, want);
	return got == want;
}

/* One result: n bytes are this text. */
__attribute__((format(printf, 4, 5)))
static inline bool
same_text(const char *got, size_t n, const char *want, const char *fmt, ...)
{
	va_list ap;
	bool same = n == strlen(want) && memcmp(got, want, n) == 0;

	va_start(ap, fmt);
	tap_result(same, fmt, ap);
	va_end(ap);
	if (!same)
		printf("# got \"%.*s\", want \"%s\"\n", (int)n, got, want);
	return same;
}

/* Prints the plan; returns the status for main to return. */
static inline int
tap_done(void)
{
	printf("1..%d\n", tap_tests);
	return tap_failures > 0;
}

#endif
