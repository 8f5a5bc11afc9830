/*
 * row - the packet and tally rows of the contract, for programs that sum
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/capmagic.h"
#include "base/packetcolumns.h"
#include "base/show.h"
#include "base/textmagic.h"
#include "base/xalloc.h"
#include "csv/columns.h"
#include "csv/row.h"
#include "csv/row_make.h"

void
row_init(struct row_reader *r, struct stream *in)
{
	memset(r, 0, sizeof(*r));
	r->in = in;
	r->cell = xreallocarray(NULL, ROW_BATCH * ROW_CELLS_MAX,
	    sizeof(*r->cell));
	csv_init(&r->csv, in);
}

void
row_release(struct row_reader *r)
{
	csv_release(&r->csv);
	free(r->cell);
}

size_t
row_want(struct row_reader *r, const char *name, bool optional)
{
	r->want[r->wants].name = name;
	r->instead[r->wants] = NULL;
	r->want[r->wants].optional = optional;
	r->want[r->wants].at = columns_find(&r->csv, name);
	return r->wants++;
}

size_t
row_want_unless(struct row_reader *r, const char *name, const char *instead)
{
	size_t cell = row_want(r, name, false);

	r->instead[cell] = instead;
	return cell;
}

void
row_want_any(struct row_reader *r)
{
	r->any = true;
}

void
row_want_one(struct row_reader *r)
{
	r->want_one = true;
}

void
row_want_only(struct row_reader *r, bool only)
{
	r->sparse = only;
}

void
row_want_time(struct row_reader *r)
{
	r->want_time = true;
}

static int
find(const struct row_reader *r, bool header, const char *name)
{
	return header ? columns_find(&r->csv, name) :
	    columns_find_default(name);
}

/* Whether a table without a wanted column is an error. */
static bool
is_needed(const struct row_reader *r, bool header, size_t cell)
{
	const char *instead = r->instead[cell];

	return !r->want[cell].optional &&
	    (instead == NULL || find(r, header, instead) == -1);
}

/*
 * Maps the wanted columns to the cells that the current record names (a
 * header) or to the default ones.  Returns NULL, or the name that is missing,
 * and then leaves the reader as it was.
 */
static const char *
map_columns(struct row_reader *r, bool header)
{
	int at[ROW_CELLS_MAX], bytes, packets, when;
	bool found = false;
	size_t i;

	packets = find(r, header, "packets");
	bytes = find(r, header, "bytes");
	if (packets == -1 || bytes == -1) {
		packets = -1;
		bytes = find(r, header, "len");
	}
	when = find(r, header, "time");
	if (r->want_time && when == -1)
		return "time";
	for (i = 0; i < r->wants; i++) {
		at[i] = find(r, header, r->want[i].name);
		if (at[i] == -1 && is_needed(r, header, i))
			return r->want[i].name;
		found |= at[i] != -1;
	}
	if (r->want_one && !found)
		return r->want[0].name;
	if (bytes == -1 && !r->any)
		return "len";
	for (i = 0; i < r->wants; i++)
		r->want[i].at = at[i];
	r->time_at = r->want_time ? when : -1;
	r->packets_at = packets;
	r->bytes_at = bytes;
	r->columns = r->csv.cells;
	if (!header && r->columns < PACKETCOLUMNS_COUNT)
		r->columns = PACKETCOLUMNS_COUNT;
	if (r->table != NULL)
		r->table(r->table_arg, &r->csv, header);
	row_prepare(r);
	return NULL;
}

/*
 * Starts on the open operand and reads its first record.  Returns whether
 * that is a row; r->open tells whether the operand can be read at all.
 */
static bool
start_table(struct row_reader *r)
{
	const char *missing;
	bool names;

	if (capmagic_refuse(r->in))
		return false;
	stream_utf16(r->in);
	csv_start(&r->csv, ',');
	if (textmagic_refuse(r->in, false))
		return false;
	switch (csv_read(&r->csv)) {
	case CSV_END:
		return false;
	case CSV_BAD:
		stream_warn(r->in, STATUS_FAILED, "not a table: first %s",
		    r->csv.why);
		return false;
	case CSV_RECORD:
		break;
	}
	r->open = true;
	if (map_columns(r, true) == NULL)
		return false;
	names = columns_is_header(&r->csv);
	missing = map_columns(r, names);
	if (missing == NULL)
		return true;
	stream_warn(r->in, STATUS_FAILED, "no column \"%s\" in %s \"%s\"%s",
	    missing, names ? "the header" : "rows without a header:",
	    show(r->csv.raw.at, r->csv.raw.len),
	    columns_hint(&r->csv, missing));
	r->open = false;
	return false;
}

/* Reports a cell that is no number, unless the record is another header. */
static __attribute__((noinline, cold)) void
report_cell(struct row_reader *r, enum row_bad bad)
{
	static const char sum[] = "0-9223372036854775807";
	const bool tally = row_is_tally(r);
	const struct slice *s = &r->csv.cell[bad == ROW_BAD_BYTES ?
	    r->bytes_at : bad == ROW_BAD_PACKETS ? r->packets_at : r->time_at];
	const char *what = bad == ROW_BAD_PACKETS ? "packets" :
	    bad == ROW_BAD_TIME ? "time" : tally ? "bytes" : "len";
	const char *want = bad == ROW_BAD_TIME ? "seconds since the epoch "
	    "(csvclean reads other forms)" : tally ? sum : "0-4294967295";

	if (map_columns(r, true) != NULL)
		stream_bad_row(r->in, r->csv.line, "bad %s \"%s\", want %s",
		    what, show(s->at, s->len), want);
}

/* Moves a row to an earlier place; the cells of each stay where they are. */
static void
move(struct row_reader *r, size_t from, size_t to)
{
	struct slice *cell = r->row[to].cell;

	memcpy(cell, r->row[from].cell, r->wants * sizeof(*cell));
	r->row[to] = r->row[from];
	r->row[to].cell = cell;
}

/* Leaves those of n rows that are wanted; returns how many they are. */
static size_t
choose(struct row_reader *r, size_t n)
{
	size_t i, kept = 0;

	if (r->admits == NULL)
		return n;
	for (i = 0; i < n; i++)
		if (r->admits(r->admits_arg, &r->row[i])) {
			if (kept < i)
				move(r, i, kept);
			kept++;
		}
	return kept;
}

static inline bool
is_digit(char c)
{
	return (unsigned char)(c - '0') <= 9;
}

/*
 * Whether the record of a table of any kind may be another header, as of files
 * that were joined: whether it names a wanted column.
 */
static __attribute__((noinline)) bool
is_another_header(const struct row_reader *r)
{
	size_t i = 0;

	if (!columns_is_header(&r->csv))
		return false;
	while (i < r->wants && columns_find(&r->csv, r->want[i].name) == -1)
		i++;
	return i < r->wants;
}

/* Makes a row of csv's record; false if it is none, or not wanted. */
static bool
take_record(struct row_reader *r)
{
	enum row_bad bad;

	if (r->csv.cells != r->columns) {
		if (map_columns(r, true) != NULL)
			columns_bad_count(r->in, &r->csv, r->columns);
		return false;
	}
	/* A cell that starts with a digit is a number. */
	if (r->any && !is_digit(*r->csv.cell[0].at) && is_another_header(r) &&
	    map_columns(r, true) == NULL)
		return false;
	if (row_make(r, NULL, 1, r->csv.line, &bad) == 0) {
		report_cell(r, bad);
		return false;
	}
	return choose(r, 1) == 1;
}

/*
 * Makes rows of the records ahead, up to one that take_record has to see: that
 * is bad or may be a header, in a table of any kind as it starts with no digit.
 */
static size_t
take_run(struct row_reader *r)
{
	const struct csv_run run = csv_run(&r->csv, r->columns, ROW_BATCH);
	enum row_bad bad;
	size_t n = r->any ? 0 : run.records;

	while (r->any && n < run.records &&
	    is_digit(*csv_run_cell(&run, n, 0).at))
		n++;
	n = row_make(r, &run, n, r->csv.next_line, &bad);
	csv_run_read(&r->csv, &run, n);
	return choose(r, n);
}

/* Reads the next record; false if it is no row, or there is none: *done. */
static inline bool
read_record(struct row_reader *r, bool *done)
{
	if (!r->open) {
		*done = !stream_next(r->in);
		return !*done && start_table(r);
	}
	switch (csv_read(&r->csv)) {
	case CSV_END:
		r->open = false;
		return false;
	case CSV_BAD:
		stream_bad_row(r->in, r->csv.line, "%s", r->csv.why);
		return false;
	case CSV_RECORD:
		break;
	}
	return true;
}

/*
 * Whether take_run may find rows.  Who wants the time of a table of any kind
 * looks at csv's cell if it is none.
 */
static inline bool
may_run(const struct row_reader *r)
{
	return r->sparse && r->open && r->columns > 1 && (!r->any ||
	    (r->time_at == -1 && is_digit(r->in->buf[r->in->start])));
}

const struct row *
row_read(struct row_reader *r)
{
	bool done = false;

	r->rows = r->next = 0;
	while (!done) {
		if (may_run(r))
			r->rows = take_run(r);
		if (r->rows > 0)
			return &r->row[r->next++];
		if (read_record(r, &done) && take_record(r))
			return r->row;
	}
	return NULL;
}
