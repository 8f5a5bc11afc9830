/*
 * timeseek - rows found by their time in a file sorted by it
 *
 * SPDX-License-Identifier: ISC
 */
#include "clean/timeseek.h"
#include "csv/csv_scan.h"

/* A row is read in each so many bytes. */
#define STEP_BYTES	((uint64_t)256 * 1024)

static uint64_t
offset_of_next(const struct stream *in)
{
	return in->offset + in->start;
}

static uint64_t
offset_of_record(const struct csv *c)
{
	return c->in->offset + (uint64_t)(c->raw.at - c->in->buf);
}

void
timeseek_begin(struct timeseek *t, bool row)
{
	t->first = (struct timeseek_place){ .dialect = *t->dialect,
	    .offset = row ? offset_of_record(t->csv) : offset_of_next(t->in),
	    .line = row ? t->csv->line : t->csv->next_line };
}

bool
timeseek_go(struct timeseek *t, const struct timeseek_place *place)
{
	if (!stream_seek(t->in, place->offset))
		return false;
	csv_resume(t->csv, place->line);
	*t->dialect = place->dialect;
	return true;
}

/*
 * Reads the next record: CSV_RECORD if it is a good row, else CSV_BAD.  Bad
 * rows are not reported here, but when they are read in their order.
 */
static enum csv_result
read_row(struct timeseek *t, struct cleanrow *row, uint64_t *header)
{
	enum csv_result result = csv_read(t->csv);
	struct dialect other;

	if (result != CSV_RECORD ||
	    cleanrow_read(row, t->dialect, t->csv, t->settings) == CLEAN_GOOD)
		return result;
	if (timeseek_is_header(&other, t->dialect->choice, t->csv)) {
		*t->dialect = other;
		*header = offset_of_record(t->csv);
	}
	return CSV_BAD;
}

/* Reads the next good row with a time; at is its place. */
static bool
next_time(struct timeseek *t, struct timeseek_place *at, int64_t *ns)
{
	enum csv_result result;
	struct cleanrow row;

	do {
		result = read_row(t, &row, &at->header);
		if (result == CSV_END)
			return false;
	} while (result != CSV_RECORD || !row.timed);
	at->offset = offset_of_record(t->csv);
	at->line = t->csv->line;
	at->dialect = *t->dialect;
	*ns = row.time_ns;
	return true;
}

/*
 * Passes over lines of the stream's block that start before an offset.  Each
 * is a record, and no header: it starts with a digit and has no quote.  By
 * masks of 64 bytes, as csv finds cells.
 */
static void
pass_lines(struct timeseek *t, uint64_t to)
{
	struct stream *in = t->in;
	const char *p = in->buf + in->start, *line = p;
	size_t left = in->end - in->start, lines = 0;
	uint64_t ends, stops = 0;

	if (left > to - offset_of_next(in))
		left = (size_t)(to - offset_of_next(in));
	if ((unsigned char)(*p - '0') > 9)
		return;
	for (; left > 0 && stops == 0; p += CSV_BLOCK) {
		ends = before_end(range_of(p, '\n', 0), left);
		stops = before_end(range_of(p, '"', 0), left) |
		    (ends & ~range_of(p + 1, '0', 9));
		/* The bits up to the first stop. */
		ends &= stops ^ (stops - 1);
		if (ends != 0)
			line = p + CSV_BLOCK - __builtin_clzll(ends);
		lines += (size_t)__builtin_popcountll(ends);
		left -= left < CSV_BLOCK ? left : CSV_BLOCK;
	}
	in->start = (size_t)(line - in->buf);
	csv_resume(t->csv, t->csv->next_line + lines);
}

/* Passes over the records that start before an offset, but not headers. */
static void
pass_to(struct timeseek *t, uint64_t to, uint64_t *header)
{
	struct cleanrow row;
	uint64_t last = *header;

	while (offset_of_next(t->in) < to) {
		/* The first row below a header decides on its times. */
		if (*header == last)
			pass_lines(t, to);
		last = *header;
		if (read_row(t, &row, header) == CSV_END)
			return;
	}
}

/* Of the rows read, one in each STEP_BYTES: the last that is before. */
bool
timeseek_find(struct timeseek *t, int64_t since_ns,
    struct timeseek_place *found)
{
	struct timeseek_place at = t->first;
	int64_t ns;

	*found = t->first;
	if (!timeseek_go(t, &t->first))
		return false;
	while (next_time(t, &at, &ns) && ns < since_ns) {
		*found = at;
		pass_to(t, at.offset + STEP_BYTES, &at.header);
	}
	return true;
}

bool
timeseek_header(struct timeseek *t, const struct timeseek_place *place)
{
	if (place->header == 0 || !stream_seek(t->in, place->header))
		return false;
	csv_resume(t->csv, 1);
	*t->dialect = place->dialect;
	if (csv_read(t->csv) != CSV_RECORD)
		return false;
	dialect_trim(t->csv);
	return true;
}

bool
timeseek_newest(struct timeseek *t, bool sorted, int64_t *ns)
{
	struct timeseek_place at = t->first;
	bool found = false;
	int64_t time_ns;

	if (sorted && !timeseek_find(t, INT64_MAX, &at))
		return false;
	if (!timeseek_go(t, &at))
		return false;
	while (next_time(t, &at, &time_ns)) {
		if (!found || time_ns > *ns)
			*ns = time_ns;
		found = true;
	}
	return found;
}
