/*
 * rowfilter - the rows of some protocols and of a span of time
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>

#include "base/option.h"
#include "base/show.h"
#include "base/status.h"
#include "csv/rowfilter.h"

/* csvclean reads files twice to know the newest time; others cannot. */
static int64_t
read_time(const char *what, const char *arg)
{
	if (arg[0] == '-')
		errx(STATUS_USAGE, "bad %s \"%s\", want a time such as "
		    "2024-01-01T00:00:00Z (csvclean --%s reads durations)",
		    what, show_str(arg), what);
	return option_time(what, arg);
}

bool
rowfilter_option(struct rowfilter *f, int ch, const char *arg)
{
	switch (ch) {
	case 'p':
		protoset_choose(&f->protos, arg);
		return true;
	case ROWFILTER_SINCE:
		f->since_ns = read_time("since", arg);
		f->timed = true;
		return true;
	case ROWFILTER_UNTIL:
		f->until_ns = read_time("until", arg);
		f->timed = f->ends = true;
		return true;
	default:
		return false;
	}
}

bool
rowfilter_has(const struct rowfilter *f, const struct row *row)
{
	if (f->timed && (!row->timed || row->time_ns < f->since_ns ||
	    (f->ends && row->time_ns >= f->until_ns)))
		return false;
	return !f->protos.given ||
	    protoset_has_name(&f->protos, row->cell[f->proto]);
}

/* The time of a table of any kind has not been checked by its reader. */
static bool
admits(void *arg, const struct row *row)
{
	const struct rowfilter *f = arg;
	struct row_reader *rows = f->rows;
	struct slice when;

	if (f->timed && !row->timed && rows->any) {
		when = rows->csv.cell[rows->time_at];
		if (when.len == 0)
			return false;
		rows->in->rows--;
		stream_bad_row(rows->in, row->line, "bad time \"%s\", want "
		    "seconds since the epoch (csvclean reads other forms)",
		    show(when.at, when.len));
		return false;
	}
	return rowfilter_has(f, row);
}

void
rowfilter_want(struct rowfilter *f, struct row_reader *rows)
{
	if (f->ends && f->since_ns >= f->until_ns)
		errx(STATUS_USAGE, "--since is not before --until");
	if (f->timed)
		row_want_time(rows);
	if (f->protos.given)
		f->proto = row_want(rows, "proto", false);
}

void
rowfilter_start(struct rowfilter *f, struct row_reader *rows)
{
	rowfilter_want(f, rows);
	if (!f->timed && !f->protos.given)
		return;
	f->rows = rows;
	rows->admits = admits;
	rows->admits_arg = f;
}
