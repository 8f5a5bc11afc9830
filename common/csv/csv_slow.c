/*
 * csv_slow - the records that the quick readers leave, and the bad ones
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "csv/csv_private.h"

/* Where a cell ends: its record, the block.  The others: it is bad. */
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
 * Reads the text in the quotes that start at *p and moves *p after them.
 * STEP_CELL, or why there is no whole text.
 */
static enum step
quoted_text(struct csv *c, const char **p, bool ended, struct slice *s)
{
	const struct stream *in = c->in;
	const char *at = *p + 1, *end = in->buf + in->end, *q;
	bool doubled = false;

	for (q = at;; q += 2, doubled = true) {
		q = memchr(q, '"', (size_t)(end - q));
		if (q == NULL)
			return ended ? STEP_OPEN : STEP_MORE;
		if (q + 1 == end && !ended)
			return STEP_MORE;
		if (q + 1 == end || q[1] != '"')
			break;
	}
	/* The block, and so a cell, may be larger than a record. */
	if ((size_t)(q - in->buf) - in->start > CSV_RECORD_MAX)
		return STEP_LONG;
	*s = doubled ? undouble(c, at, q) :
	    (struct slice){ at, (size_t)(q - at) };
	*p = q + 1;
	return STEP_CELL;
}

/*
 * Reads the cell that starts at *pos, quoted or not, and moves *pos after
 * its delimiter or newline.  At the end of the block it asks for more, unless
 * the operand has ended.
 */
static enum step
slow_cell(struct csv *c, size_t *pos, bool ended, size_t *record_end)
{
	const struct stream *in = c->in;
	const char *const end = in->buf + in->end;
	const char *p = in->buf + *pos, *after;
	const bool quoted = p < end && *p == '"';
	enum step step;
	struct slice s;

	if (quoted && (step = quoted_text(c, &p, ended, &s)) != STEP_CELL)
		return step;
	for (after = p; p < end && *p != c->delimiter && *p != '\n'; p++)
		continue;
	if (p == end && !ended)
		return STEP_MORE;
	if (quoted && p > after && (p - after > 1 || *after != '\r'))
		return STEP_AFTER;
	if (!quoted) {
		s = (struct slice){ after, (size_t)(p - after) };
		if ((p == end || *p == '\n') && s.len > 0 && p[-1] == '\r')
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
csv_slow(struct csv *c)
{
	struct stream *in = c->in;
	enum csv_result result = CSV_RECORD;
	size_t pos, end = 0, text, i;
	enum step step;
	bool ended = false;

	for (;;) {
		c->cells = 0;
		c->unquoted_used = 0;
		pos = in->start;
		do
			step = slow_cell(c, &pos, ended, &end);
		while (step == STEP_CELL && pos - in->start <= CSV_RECORD_MAX);
		text = end - (end > in->start && in->buf[end - 1] == '\r');
		if (step == STEP_RECORD && text - in->start <= CSV_RECORD_MAX)
			break;
		/* The largest record may have a carriage return after it. */
		if (step != STEP_MORE ||
		    in->end - in->start > CSV_RECORD_MAX + 1)
			return csv_reject(c, wrong[step]);
		if (stream_would_wait(in) && csv_holds_row(in->buf + in->start,
		    in->buf + in->end, c->delimiter, c->width))
			return csv_reject(c, wrong[STEP_OPEN]);
		ended = !stream_fill(in);
		csv_forget_marks(c);
		/* It was being written. */
		if (ended && stream_stopped()) {
			in->start = in->end;
			return CSV_END;
		}
	}
	if (in->waits && c->cells != c->width && csv_holds_row(in->buf +
	    in->start, in->buf + pos, c->delimiter, c->width))
		return csv_reject(c, wrong[STEP_OPEN]);
	c->unended = end == in->end;
	for (i = in->start; i < pos; i++) {
		c->next_line += in->buf[i] == '\n';
		c->quoted |= in->buf[i] == '"';
	}
	for (i = in->start; i < text; i++)
		if (in->buf[i] == '\0') {
			/* What is kept of it is text. */
			in->buf[i] = '?';
			result = CSV_BAD;
			c->why = "NUL byte, want text (tr -d '\\000' helps)";
		}
	csv_accept(c, text, pos);
	return result;
}
