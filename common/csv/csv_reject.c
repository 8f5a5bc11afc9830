/*
 * csv_reject - where reading resumes after a record that cannot be read
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "csv/csv_private.h"

/* Saves the record's first line as text, cut to CSV_RECORD_MAX bytes. */
static void
keep_line(struct csv *c)
{
	const struct stream *in = c->in;
	const char *at = in->buf + in->start, *nl;
	size_t i, n = in->end - in->start;

	if (n > CSV_RECORD_MAX)
		n = CSV_RECORD_MAX;
	nl = memchr(at, '\n', n);
	if (nl != NULL)
		n = (size_t)(nl - at);
	if (n > 0 && nl != NULL && at[n - 1] == '\r')
		n--;
	for (i = 0; i < n; i++)
		c->unquoted[i] = at[i] == '\0' ? '?' : at[i];
	c->raw.at = c->unquoted;
	c->raw.len = n;
}

enum csv_result
csv_reject(struct csv *c, const char *why)
{
	struct stream *in = c->in;
	char *nl;

	c->why = why;
	c->line = c->next_line++;
	keep_line(c);
	c->cells = c->width;
	for (;;) {
		nl = memchr(in->buf + in->start, '\n', in->end - in->start);
		if (nl != NULL)
			break;
		in->start = in->end;
		if (!stream_fill(in))
			break;
	}
	if (nl != NULL)
		in->start = (size_t)(nl + 1 - in->buf);
	csv_forget_marks(c);
	return CSV_BAD;
}

bool
csv_holds_row(const char *at, const char *end, char delimiter, size_t width)
{
	const char *p, *nl = memchr(at, '\n', (size_t)(end - at));
	size_t cells;

	while (width > 1 && nl != NULL) {
		at = nl + 1;
		nl = memchr(at, '\n', (size_t)(end - at));
		for (cells = 1, p = at; nl != NULL && p < nl && *p != '"'; p++)
			cells += *p == delimiter;
		if (nl != NULL && p == nl && cells == width)
			return true;
	}
	return false;
}
