/*
 * stream_messages - what is said of a stream's operands and rows
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/show.h"
#include "base/status.h"
#include "base/stream.h"

void
stream_status(struct stream *s, int status)
{
	if (s->status < status)
		s->status = status;
}

void
stream_warn(struct stream *s, int status, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	warnx("%s: %s", s->name, text);
	stream_status(s, status);
}

void
stream_bad_row(struct stream *s, uint64_t line, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	stream_status(s, STATUS_SKIPPED);
	if (++s->bad_rows > STREAM_BAD_ROWS_SHOWN)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	warnx("%s:%ju: %s", s->name, (uintmax_t)line, text);
}

void
stream_not_evaluated(struct stream *s, uint64_t n, const char *what,
    const char *why)
{
	if (n == 0)
		return;
	warnx("%s %s: not evaluated", show_count(n, what), why);
	stream_status(s, STATUS_SKIPPED);
}

void
stream_sum_overflow(const struct stream *s, uint64_t line, const char *key,
    size_t n)
{
	errx(STATUS_FAILED, "%s:%ju: sum of \"%s\" exceeds "
	    "9223372036854775807", s->name, (uintmax_t)line, show(key, n));
}
