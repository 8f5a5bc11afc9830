/*
 * csv_slow - records read byte by byte: line breaks in quotes, the last one
 *
 * SPDX-License-Identifier: ISC
 */
#include "csv/csv.h"
#include "csv/csv_private.h"

/* Keeps the record's first line, as far as it may be long. */
static void
keep_line(struct csv *c)
{
	const struct stream *in = c->in;
	const char *at = in->buf + in->start, *nl;
	size_t n = in->end - in->start;

	if (n > CSV_RECORD_MAX)
		n = CSV_RECORD_MAX;
	nl = memchr(at, '\n', n);
	if (nl != NULL)
		n = (size_t)(nl - at);
	if (n > 0 && nl != NULL && at[n - 1] == '\r')
		n--;
	memcpy(c->unquoted, at, n);
	c->raw.at = c->unquoted;
	c->raw.len = n;
}

/*
 * Passes over a record that is too large, up to the newline after its start
 * (which may not have been read yet).
 */
static enum csv_result
reject(struct csv *c, const char *why)
{
	struct stream *in = c->in;
	char *nl;

	c->why = why;
	c->line = c->next_line++;
	keep_line(c);
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
	forget_marks(c);
	return CSV_BAD;
}

enum step { STEP_CELL, STEP_RECORD, STEP_MORE, STEP_LONG, STEP_OPEN,
	STEP_AFTER, STEP_MANY };

/* What is wrong with a record whose reading ended in this step. */
static const char *const wrong[] = {
	[STEP_CELL] = "record of over 65536 bytes",
	[STEP_RECORD] = "record of over 65536 bytes",
	[STEP_MORE] = "record of over 65536 bytes, an unclosed quote?",
	[STEP_LONG] = "record of over 65536 bytes",
	[STEP_OPEN] = "unclosed quote",
	[STEP_AFTER] = "text after a closing quote",
	[STEP_MANY] = "record of over 256 cells",
};

/* Copies what is between at and end with each doubled quote made one. */
static struct slice
undouble(struct csv *c, const char *at, const char *end)
{
	struct slice s = { c->unquoted + c->unquoted_used, 0 };
	char *out = c->unquoted + c->unquoted_used;

	for (; at < end; at++) {
		if (*at == '"')
			at++;
		*out++ = *at;
	}
	s.len = (size_t)(out - s.at);
	c->unquoted_used += s.len;
	return s;
}

/*
 * Reads the cell that starts at *pos, quoted or not, and moves *pos behind
 * its delimiter or newline.  At the end of the block it asks for more, unless
 * the operand has ended.
 */
static enum step
slow_cell(struct csv *c, size_t *pos, bool ended, size_t *record_end)
{
	struct stream *in = c->in;
	const char *p = in->buf + *pos, *end = in->buf + in->end;
	const char *at = p, *after;
	bool doubled = false;
	struct slice s;

	if (p < end && *p == '"') {
		at = ++p;
		for (;; p += 2, doubled = true) {
			p = memchr(p, '"', (size_t)(end - p));
			if (p == NULL)
				return ended ? STEP_OPEN : STEP_MORE;
			if (p + 1 == end && !ended)
				return STEP_MORE;
			if (p + 1 == end || p[1] != '"')
				break;
		}
		/* The block, and so a cell, may be larger than a record. */
		if ((size_t)(p - in->buf) - in->start > CSV_RECORD_MAX)
			return STEP_LONG;
		s.at = at;
		s.len = (size_t)(p - at);
		if (doubled)
			s = undouble(c, at, p);
		p++;
	} else
		s.len = 0;
	after = p;
	while (p < end && *p != c->delimiter && *p != '\n')
		p++;
	if (p == end && !ended)
		return STEP_MORE;
	if (*pos < in->end && in->buf[*pos] == '"') {
		if (p - after > 1 || (p - after == 1 && *after != '\r'))
			return STEP_AFTER;
	} else {
		s.at = at;
		s.len = (size_t)(p - at);
		if ((p == end || *p == '\n') && s.len > 0 &&
		    s.at[s.len - 1] == '\r')
			s.len--;
	}
	if (c->cells == CSV_CELLS_MAX)
		return STEP_MANY;
	c->cell[c->cells++] = s;
	*record_end = (size_t)(p - in->buf);
	*pos = *record_end + (p < end);
	return p < end && *p != '\n' ? STEP_CELL : STEP_RECORD;
}

enum csv_result
csv_slow_record(struct csv *c)
{
	struct stream *in = c->in;
	enum step step;
	size_t pos, end = 0, i;
	bool ended = false;

	for (;;) {
		c->cells = 0;
		c->unquoted_used = 0;
		pos = in->start;
		do
			step = slow_cell(c, &pos, ended, &end);
		while (step == STEP_CELL && pos - in->start <= CSV_RECORD_MAX);
		if (step == STEP_RECORD && end - in->start <= CSV_RECORD_MAX)
			break;
		if (step != STEP_MORE ||
		    in->end - in->start > CSV_RECORD_MAX)
			return reject(c, wrong[step]);
		ended = !stream_fill(in);
	}
	c->unended = end == in->end;
	for (i = in->start; i < pos; i++) {
		c->next_line += in->buf[i] == '\n';
		c->quoted |= in->buf[i] == '"';
	}
	accept(c, end - (end > in->start && in->buf[end - 1] == '\r'), pos);
	forget_marks(c);
	return CSV_RECORD;
}
