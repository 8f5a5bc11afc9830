/*
 * row - the packet and tally rows of the contract, for programs that sum
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/capmagic.h"
#include "base/number.h"
#include "base/packetcolumns.h"
#include "base/show.h"
#include "base/textmagic.h"
#include "csv/columns.h"
#include "csv/row.h"

void
row_init(struct row_reader *r, struct stream *in)
{
	memset(r, 0, sizeof(*r));
	r->in = in;
	csv_init(&r->csv, in);
}

void
row_release(struct row_reader *r)
{
	csv_release(&r->csv);
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
row_want_only(struct row_reader *r)
{
	r->sparse = true;
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

/* Which cell of a row is no number. */
enum bad_cell { BAD_NONE, BAD_BYTES, BAD_PACKETS, BAD_TIME };

/* A cell of the record, which csv_find has read if it is found. */
static inline __attribute__((always_inline)) struct slice
cell_at(const struct row_reader *r, int at, bool found, struct csv_found cells)
{
	return found ? csv_cell(cells, (size_t)at) : r->csv.cell[at];
}

/* Reads the cells that hold numbers. */
static inline __attribute__((always_inline)) enum bad_cell
read_numbers(struct row_reader *r, struct row *row, bool found)
{
	struct csv_found cells = csv_found(&r->csv);
	struct slice s = cell_at(r, r->bytes_at, found, cells);

	row->tally = r->packets_at != -1;
	row->packets = 1;
	if (!number_parse_cell(s.at, s.len,
	    row->tally ? INT64_MAX : UINT32_MAX, &row->bytes))
		return BAD_BYTES;
	if (row->tally) {
		s = cell_at(r, r->packets_at, found, cells);
		if (!number_parse_cell(s.at, s.len, INT64_MAX, &row->packets))
			return BAD_PACKETS;
	}
	row->timed = false;
	if (r->time_at == -1)
		return BAD_NONE;
	s = cell_at(r, r->time_at, found, cells);
	row->timed = s.len > 0;
	if (row->timed && !timestamp_parse_cell(&r->second, s.at, s.len,
	    &row->time_ns))
		return BAD_TIME;
	return BAD_NONE;
}

/* Reports a cell that is no number, unless the record is another header. */
static __attribute__((noinline, cold)) void
report_cell(struct row_reader *r, const struct row *row, enum bad_cell bad,
    bool found)
{
	static const char sum[] = "0-9223372036854775807";
	const struct slice *s = &r->csv.cell[bad == BAD_BYTES ? r->bytes_at :
	    bad == BAD_PACKETS ? r->packets_at : r->time_at];
	const char *what = bad == BAD_PACKETS ? "packets" :
	    bad == BAD_TIME ? "time" : row->tally ? "bytes" : "len";
	const char *want = bad == BAD_TIME ? "seconds since the epoch "
	    "(csvclean reads other forms)" : row->tally ? sum : "0-4294967295";

	if (found)
		csv_cells(&r->csv);
	if (map_columns(r, true) != NULL)
		stream_bad_row(r->in, r->csv.line, "bad %s \"%s\", want %s",
		    what, show(s->at, s->len), want);
}

/* The same of a record that has not as many cells as its table. */
static __attribute__((noinline, cold)) void
bad_count(struct row_reader *r, bool found)
{
	if (found)
		csv_cells(&r->csv);
	if (map_columns(r, true) != NULL)
		columns_bad_count(r->in, &r->csv, r->columns);
}

/* Reads the time of a row of any table, which may be none. */
static inline void
take_time(const struct row_reader *r, struct row *row)
{
	const struct slice *cell = r->csv.cell;

	row->timed = r->time_at != -1 &&
	    timestamp_parse_epoch(cell[r->time_at].at, cell[r->time_at].len,
	    &row->time_ns);
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

/*
 * Makes a row of the current record, which csv_find has read if it is found;
 * false if it is none, or not wanted.
 */
static inline __attribute__((always_inline)) bool
take_record(struct row_reader *r, struct row *row, bool found)
{
	/* Callers read on past the end of cells. */
	static const char slack[SLICE_SLACK];
	static const struct slice nothing = { slack, 0 };
	const struct csv_found cells = csv_found(&r->csv);
	const size_t wants = r->wants;
	enum bad_cell bad;
	size_t i;

	if (r->csv.cells != r->columns) {
		bad_count(r, found);
		return false;
	}
	if (!r->any) {
		bad = read_numbers(r, row, found);
		if (bad != BAD_NONE) {
			report_cell(r, row, bad, found);
			return false;
		}
	} else {
		if (found)
			csv_cells(&r->csv);
		/* A cell that starts with a digit is a number. */
		if ((unsigned char)(*r->csv.cell[0].at - '0') > 9 &&
		    is_another_header(r) && map_columns(r, true) == NULL)
			return false;
		take_time(r, row);
	}
	for (i = 0; i < wants; i++)
		row->cell[i] = r->want[i].at == -1 ? nothing :
		    cell_at(r, r->want[i].at, found, cells);
	row->line = r->csv.line;
	r->in->rows++;
	return r->admits == NULL || r->admits(r->admits_arg, row);
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

bool
row_next(struct row_reader *r, struct row *row)
{
	bool done = false;

	/* Both calls are inlined: protobw takes 5 % fewer instructions. */
	while (!done) {
		if (r->sparse && r->open && csv_find(&r->csv)) {
			if (take_record(r, row, true))
				return true;
		} else if (read_record(r, &done) && take_record(r, row, false))
			return true;
	}
	return false;
}
