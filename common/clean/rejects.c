/*
 * rejects - records that are no packet rows: reported, counted, kept
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdio.h>

#include "base/show.h"
#include "clean/badtime.h"
#include "clean/rejects.h"
#include "csv/columns.h"

void
rejects_open(struct rejects *r, const char *path, char *const *operands)
{
	output_open(&r->file, "rejects", path, operands);
	output_str(&r->file, "file,line,reason,row");
	output_end_row(&r->file);
	r->kept = true;
}

static const char *
reason_of(const struct csv *c, enum cleanrow_reason reason)
{
	return reason == CLEAN_RECORD ? c->why : cleanrow_reason(reason);
}

static void
warn_of(const struct rejects *r, struct stream *in, const struct dialect *d,
    const struct csv *c, enum cleanrow_reason reason, struct slice bad)
{
	const char *wanted = cleanrow_wanted(reason);

	if (reason == CLEAN_BAD_TIME)
		wanted = r->time_form == NULL ? badtime_wanted(bad) :
		    "what --time-format describes";
	if (reason == CLEAN_RECORD)
		stream_bad_row(in, c->line, "%s", c->why);
	else if (reason == CLEAN_CELLS)
		columns_bad_count(in, c, d->columns);
	else
		stream_bad_row(in, c->line, "%s \"%s\", want %s",
		    cleanrow_reason(reason), show(bad.at, bad.len), wanted);
}

static void
keep(struct output *o, const struct stream *in, const struct csv *c,
    const char *why)
{
	output_text_cell(o, in->name, strlen(in->name));
	output_char(o, ',');
	output_u64(o, c->line);
	output_char(o, ',');
	output_cell(o, why, strlen(why));
	output_char(o, ',');
	output_text_cell(o, c->raw.at, c->raw.len);
	output_end_row(o);
}

void
rejects_add(struct rejects *r, struct stream *in, const struct dialect *d,
    const struct csv *c, enum cleanrow_reason reason, struct slice bad)
{
	r->count[reason]++;
	warn_of(r, in, d, c, reason, bad);
	if (r->kept)
		keep(&r->file, in, c, reason_of(c, reason));
}

void
rejects_note_time(struct rejects *r, struct stream *in,
    const struct cleanrow *row)
{
	if (row->relative && !r->said_relative)
		stream_warn(in, STATUS_DONE, "times are relative "
		    "to the start of the capture: set it with --base TIME");
	if (row->unit != TIMECELL_ANY && !r->said_unit)
		stream_warn(in, STATUS_DONE, "times such as \"%s\" are read "
		    "as %s since the epoch", show(row->time.at, row->time.len),
		    timecell_unit_name(row->unit));
	r->said_relative |= row->relative;
	r->said_unit |= row->unit != TIMECELL_ANY;
}

void
rejects_flush(struct rejects *r)
{
	if (r->kept)
		output_flush(&r->file);
}

uint64_t
rejects_count(const struct rejects *r)
{
	uint64_t sum = 0;
	int i;

	for (i = 0; i < CLEAN_REASONS; i++)
		sum += r->count[i];
	return sum;
}

void
rejects_report(const struct rejects *r, uint64_t rows)
{
	uint64_t sum = rejects_count(r);
	const char *between = ": ";
	char text[CLEAN_REASONS * 64] = "";
	size_t n = 0;
	int i;

	if (sum == 0)
		return;
	for (i = 0; i < CLEAN_REASONS; i++) {
		if (r->count[i] == 0)
			continue;
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%ju %s",
		    between, (uintmax_t)r->count[i],
		    cleanrow_reason((enum cleanrow_reason)i));
		between = ", ";
	}
	warnx("%ju of %s rejected%s%s", (uintmax_t)sum,
	    show_count(rows, "row"), text,
	    r->kept || sum <= STREAM_BAD_ROWS_SHOWN ? "" :
	    " (--rejects FILE keeps them)");
}

void
rejects_close(struct rejects *r)
{
	if (r->kept)
		output_close(&r->file);
	r->kept = false;
}
