/*
 * csv_quoted - records whose cells are all in quotes, as of Wireshark's export
 *
 * A cell ends where a quote, the delimiter and a quote are side by side: one
 * bit for a cell, where marked_record has three.  All other quotes but the
 * first must be the last one, which shows that none was within a cell.
 * csvclean takes 12 % fewer instructions for a Wireshark export.
 *
 * SPDX-License-Identifier: ISC
 */
#include "csv/csv_private.h"
#include "csv/csv_scan.h"

/* Adds the cells that end at these bits; returns where the next one starts. */
static inline const char *
add_cells(struct csv *c, const char *at, const char *block, uint64_t between)
{
	struct slice *cell = c->cell + c->cells;
	const char *end;

	for (; between != 0; between &= between - 1, at = end + 3) {
		end = block + __builtin_ctzll(between);
		*cell++ = (struct slice){ at, (size_t)(end - at) };
	}
	c->cells = (size_t)(cell - c->cell);
	return at;
}

/* The bytes of the line end at p: "\n" or "\r\n"; 0 if it is none. */
static inline size_t
line_end(const char *p)
{
	return p[0] == '\n' ? 1 : p[0] == '\r' && p[1] == '\n' ? 2 : 0;
}

bool
csv_quoted(struct csv *c, size_t *end, size_t *next)
{
	const struct stream *in = c->in;
	const char *const start = in->buf + in->start;
	const char *at = start + 1, *block = start, *last;
	uint64_t opened = 1, rest;
	struct csv_quotes q;

	c->cells = 0;
	for (;; block += CSV_BLOCK) {
		if (in->buf + in->end - block < CSV_BLOCK + 2 ||
		    block - start > (ptrdiff_t)(CSV_RECORD_MAX - CSV_BLOCK) ||
		    c->cells > CSV_CELLS_MAX - CSV_BLOCK)
			return false;
		q = quotes_of(block, c->delimiter);
		rest = q.special & ~(q.between | q.between << 2 | opened);
		/* Those of the next record are cut off. */
		if (rest != 0)
			q.between &= (rest & -rest) - 1;
		/* Of a cell that is the delimiter alone. */
		if ((q.between & (q.between << 2 | opened)) != 0)
			return false;
		at = add_cells(c, at, block, q.between);
		if (rest != 0)
			break;
		opened = q.between >> (CSV_BLOCK - 2);
	}
	last = block + __builtin_ctzll(rest);
	if (*last != '"' || line_end(last + 1) == 0)
		return false;
	c->cell[c->cells++] = (struct slice){ at, (size_t)(last - at) };
	*end = (size_t)(last + 1 - in->buf);
	*next = *end + line_end(last + 1);
	return true;
}
