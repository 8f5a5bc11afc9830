/*
 * csv - records of comma-separated values as slices of the input block
 *
 * Four readers, each of which leaves what it does not take to the next one,
 * which starts the record anew:
 *
 *   csv_find		no quote, no carriage return, the whole record in the
 *			index, which has a few KiB of the block: most files
 *   csv_quoted		quoted cells alone: a Wireshark export
 *   marked_record	also CRLF, and quoted cells without doubled quotes and
 *			line breaks
 *   csv_slow		everything else: doubled quotes, line breaks in
 *			quotes, records that the block does not yet hold, the
 *			operand's last one, and all that are bad or have a NUL
 *
 * All but the last find the bytes that matter 64 at a time, as one bit each.
 * On packet rows of 54 bytes that is about three times as fast as a loop over
 * bytes.  The index is made without a branch for each of them, which would be
 * mispredicted once in each block: see tests/bench/README.md.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "csv/csv_private.h"
#include "csv/csv_scan.h"

void
csv_init(struct csv *c, struct stream *in)
{
	memset(c, 0, sizeof(*c));
	c->in = in;
	c->make_index = csv_index_choose();
	c->index.mark[0] = UINT16_MAX;
	c->unquoted = xcalloc(CSV_RECORD_MAX + SLICE_SLACK, 1);
}

void
csv_release(struct csv *c)
{
	free(c->unquoted);
	c->unquoted = NULL;
}

void
csv_start(struct csv *c, char delimiter)
{
	struct stream *in = c->in;

	c->delimiter = delimiter;
	c->next_line = 1;
	c->width = c->cells = 0;
	c->unlike = 0;
	c->quoted = false;
	c->why = NULL;
	if (stream_need(in, 3) &&
	    memcmp(in->buf + in->start, "\xef\xbb\xbf", 3) == 0)
		in->start += 3;
	csv_forget_marks(c);
}

void
csv_accept(struct csv *c, size_t end, size_t next)
{
	const struct csv_index *x = &c->index;
	struct stream *in = c->in;

	c->raw.at = in->buf + in->start;
	c->raw.len = end - in->start;
	in->start = next;
	while (c->at_line < x->lines &&
	    c->indexed + x->mark[x->line[c->at_line] + 1] < next)
		c->next = x->line[c->at_line++] + 1u;
}

/* A look for special bytes from the start of a record on. */
struct scan {
	const char *buf;
	size_t	 buf_end;
	size_t	 block;		/* offset of the next 64 bytes */
	uint64_t marks;		/* special bytes of the 64 before, ahead */
	char	 delimiter;
};

/*
 * The next special byte; false if the block has no more.  Inlined in each of
 * its places, so that the scan is in registers: csvclean takes 11 % fewer
 * instructions for a Wireshark export.
 */
static inline __attribute__((always_inline)) bool
next_mark(struct scan *s, size_t *at)
{
	while (s->marks == 0) {
		if (s->block >= s->buf_end)
			return false;
		s->marks = before_end(marks_of(s->buf + s->block,
		    s->delimiter), s->buf_end - s->block);
		s->block += CSV_BLOCK;
	}
	*at = s->block - CSV_BLOCK + (size_t)__builtin_ctzll(s->marks);
	s->marks &= s->marks - 1;
	return true;
}

/*
 * The rest of a quoted cell, whose opening quote was the last mark: moves
 * *end to the closing one and *after to the mark after.  False if there is
 * more to it: a line break, a NUL, a doubled quote, text after the quotes.
 */
static inline __attribute__((always_inline)) bool
quoted_cell(struct scan *s, size_t *end, size_t *after)
{
	const char *buf = s->buf;

	do
		if (!next_mark(s, end) || buf[*end] <= '\n')
			return false;
	while (buf[*end] != '"');
	/* Mostly the delimiter is next: 10 instructions less for a cell. */
	if (s->marks != 0 && buf[*end + 1] == s->delimiter) {
		*after = *end + 1;
		s->marks &= s->marks - 1;
		return true;
	}
	return next_mark(s, after) && *after == *end + 1 && buf[*after] != '"';
}

/*
 * Whether csv_quoted takes the record.  After eight that it did not take one
 * running, it is asked for eight of 64.
 */
static bool
quoted_record(struct csv *c)
{
	size_t end, next;

	if (c->in->buf[c->in->start] != '"' || c->unlike++ % 64 >= 8 ||
	    !csv_quoted(c, &end, &next))
		return false;
	c->unlike = 0;
	c->quoted = true;
	c->next_line++;
	csv_accept(c, end, next);
	return true;
}

static __attribute__((noinline)) enum csv_result
marked_record(struct csv *c)
{
	struct stream *in = c->in;
	const char *buf = in->buf;
	struct scan s = { buf, in->end, in->start, 0, c->delimiter };
	size_t at = in->start, end, after;

	c->width = c->cells;
	if (quoted_record(c))
		return CSV_RECORD;
	for (c->cells = 0; c->cells < CSV_CELLS_MAX; at = after + 1) {
		struct slice *cell = &c->cell[c->cells++];

		if (!next_mark(&s, &end))
			return csv_slow(c);
		after = end;
		if (buf[end] == '"') {
			if (at++ != end || !quoted_cell(&s, &end, &after))
				return csv_slow(c);
			c->quoted = true;
		}
		cell->at = buf + at;
		cell->len = end - at;
		if (buf[after] != c->delimiter)
			break;
	}
	at = after + 1;
	/* Behind the block's last byte there is a zero. */
	if (buf[after] == '\r' && buf[at] == '\n' && next_mark(&s, &end))
		at++;
	if (buf[at - 1] != '\n' || at - in->start > CSV_RECORD_MAX)
		return csv_slow(c);
	c->next_line++;
	csv_accept(c, after, at);
	return CSV_RECORD;
}

struct csv_run
csv_run(const struct csv *c, size_t cells, size_t max)
{
	const struct csv_index *x = &c->index;
	const uint16_t *line = x->line + c->at_line;
	size_t n, left = c->quoted ? 0 : x->lines - c->at_line;
	size_t last = c->next + cells - 1;

	if (left > max)
		left = max;
	for (n = 0; n < left && line[n] == last; n++)
		last += cells;
	return (struct csv_run){ c->in->buf + c->indexed, x->mark + c->next,
	    cells, n };
}

void
csv_run_read(struct csv *c, const struct csv_run *r, size_t n)
{
	if (n == 0)
		return;
	c->cells = r->cells;
	c->at_line += n;
	c->next += n * r->cells;
	c->line = c->next_line + n - 1;
	c->next_line += n;
	c->in->start = c->indexed + c->index.mark[c->next] + 1;
}

/* Indexes the next lines of the block, a few KiB; false if there are none. */
static bool
index_lines(struct csv *c)
{
	const struct stream *in = c->in;
	size_t n = in->end - in->start;

	c->make_index(&c->index, in->buf + in->start,
	    n < CSV_CHUNK ? n : CSV_CHUNK, c->delimiter);
	c->indexed = in->start;
	c->at_line = c->next = 0;
	return c->index.lines > 0;
}

static __attribute__((noinline)) bool
fill(struct csv *c)
{
	bool filled = stream_fill(c->in);

	csv_forget_marks(c);
	return filled;
}

enum csv_result
csv_read_slow(struct csv *c)
{
	enum csv_result result;

	do {
		if (c->in->start == c->in->end && !fill(c))
			return CSV_END;
		c->line = c->next_line;
		c->unended = false;
		/* Where one record has quotes, the next one has. */
		if (!c->quoted && (c->at_line < c->index.lines ||
		    index_lines(c)) && csv_find(c))
			return CSV_RECORD;
		c->quoted = false;
		result = marked_record(c);
	} while (result == CSV_RECORD && c->raw.len == 0);
	return result;
}
