/*
 * row_make - rows of records, a column at a time
 *
 * A loop for each column has little to keep in registers, and none of its
 * branches depends on the kind of table.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/number.h"
#include "csv/row_make.h"

/*
 * Takes a column of n records, of a run or, without one, of csv's record, to
 * cells that are step apart.
 */
static inline void
take_column(const struct row_reader *r, const struct csv_run *run, size_t n,
    int at, struct slice *cell, size_t step)
{
	size_t i;

	if (run == NULL)
		*cell = r->csv.cell[at];
	else
		for (i = 0; i < n; i++)
			cell[i * step] = csv_run_cell(run, i, (size_t)at);
}

/* Read a column of n records.  These return how many are before a bad one. */

/* Packets, or bytes, which are at this place and no more than max. */
static inline __attribute__((always_inline)) size_t
read_counts(struct row_reader *r, const struct csv_run *run, size_t n, int at,
    uint64_t max, bool packets)
{
	struct slice s[ROW_BATCH];
	struct row *row = r->row;
	size_t i;

	take_column(r, run, n, at, s, 1);
	/* Most have up to eight digits: they are below max. */
	for (i = 0; i + 1 < n && s[i].len - 1 < 8 && s[i + 1].len - 1 < 8 &&
	    number_of_two(number_digits(le64(s[i].at), s[i].len),
	    number_digits(le64(s[i + 1].at), s[i + 1].len),
	    packets ? &row[i].packets : &row[i].bytes,
	    packets ? &row[i + 1].packets : &row[i + 1].bytes); i += 2)
		;
	for (; i < n && number_parse_cell(s[i].at, s[i].len, max,
	    packets ? &row[i].packets : &row[i].bytes); i++)
		;
	return i;
}

static size_t
read_times(struct row_reader *r, const struct csv_run *run, size_t n)
{
	struct slice s[ROW_BATCH];
	struct row *row;
	size_t i;

	take_column(r, run, n, r->time_at, s, 1);
	for (i = 0; i < n; i++) {
		row = &r->row[i];
		row->timed = s[i].len > 0;
		if (r->any)
			row->timed = timestamp_parse_epoch(s[i].at, s[i].len,
			    &row->time_ns);
		else if (row->timed && !timestamp_parse_cell(&r->second,
		    s[i].at, s[i].len, &row->time_ns))
			break;
	}
	return i;
}

/* Makes rows of the numbers of n records; the same, and what is bad. */
static size_t
read_numbers(struct row_reader *r, const struct csv_run *run, size_t n,
    enum row_bad *bad)
{
	const bool tally = row_is_tally(r);
	size_t before = n;

	*bad = ROW_GOOD;
	if (!r->any && (n = read_counts(r, run, n, r->bytes_at, tally ?
	    INT64_MAX : UINT32_MAX, false)) < before)
		*bad = ROW_BAD_BYTES;
	before = n;
	if (tally && (n = read_counts(r, run, n, r->packets_at, INT64_MAX,
	    true)) < before)
		*bad = ROW_BAD_PACKETS;
	before = n;
	if (r->time_at != -1 && (n = read_times(r, run, n)) < before)
		*bad = ROW_BAD_TIME;
	return n;
}

/* Makes rows of the other cells of n records, the first of which is on line. */
static void
take_cells(struct row_reader *r, const struct csv_run *run, size_t n,
    uint64_t line)
{
	size_t i, k;

	for (k = 0; k < r->wants; k++)
		if (r->want[k].at != -1)
			take_column(r, run, n, r->want[k].at, r->cell + k,
			    r->wants);
	for (i = 0; i < n; i++)
		r->row[i].line = line + i;
	for (i = 0; i < n && r->any; i++)
		r->row[i].raw = run != NULL ? csv_run_raw(run, i) :
		    r->csv.raw;
}

void
row_prepare(struct row_reader *r)
{
	/* Callers read on past the end of cells. */
	static const char slack[SLICE_SLACK];
	struct slice *cell = r->cell;
	size_t i, k;

	for (i = 0; i < ROW_BATCH; i++, cell += r->wants) {
		r->row[i] = (struct row){ .tally = row_is_tally(r),
		    .packets = 1, .cell = cell };
		for (k = 0; k < r->wants; k++)
			cell[k] = (struct slice){ slack, 0 };
	}
}

size_t
row_make(struct row_reader *r, const struct csv_run *run, size_t n,
    uint64_t line, enum row_bad *bad)
{
	n = read_numbers(r, run, n, bad);
	take_cells(r, run, n, line);
	r->in->rows += n;
	return n;
}
