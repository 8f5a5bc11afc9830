/*
 * raterows - the rows that rateflag reads: a time, a key and a value
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/show.h"
#include "base/timestamp.h"
#include "base/xalloc.h"
#include "baseline/raterows.h"
#include "baseline/series.h"
#include "csv/columns.h"
#include "tally/tally.h"

void
raterows_init(struct raterows *r, struct stream *in)
{
	memset(r, 0, sizeof(*r));
	r->value = "bytes";
	r->rows.in = in;
	output_init(&r->text, -1, "key");
}

void
raterows_release(struct raterows *r)
{
	size_t i;

	if (r->keys.columns == 0)
		for (i = 0; i < r->columns; i++)
			free((void *)(uintptr_t)r->column[i]);
	keys_release(&r->keys);
	row_release(&r->rows);
	free(r->text.buf);
}

/* The columns before the sums or the value are the key. */
static void
take_keys(struct raterows *r, const struct csv *header)
{
	struct slice name;
	char *copy;
	size_t i;

	for (i = 0; i < header->cells; i++) {
		name = columns_name(header, i);
		if (slice_is(name, r->value) || slice_is(name, "packets") ||
		    slice_is(name, "bytes"))
			break;
		if (slice_is(name, "time"))
			continue;
		if (r->columns == KEYS_MAX) {
			stream_warn(r->rows.in, STATUS_DONE, "columns from "
			    "\"%s\" on are not in the key, want at most %d "
			    "(--by)", show(name.at, name.len), KEYS_MAX);
			break;
		}
		copy = xstring(name.at, name.len);
		r->column[r->columns++] = copy;
		row_want(&r->rows, copy, false);
	}
}

/* A table starts: the first decides on the key. */
static void
start_table(void *arg, const struct csv *csv, bool header)
{
	struct raterows *r = arg;

	if (r->named)
		return;
	r->named = true;
	if (r->keys.columns == 0 && header &&
	    columns_find(csv, r->any ? r->value : "packets") != -1)
		take_keys(r, csv);
	r->start();
}

void
raterows_start(struct raterows *r, void (*start)(void))
{
	r->any = strcmp(r->value, "bytes") != 0 &&
	    strcmp(r->value, "packets") != 0;
	r->start = start;
	row_init(&r->rows, r->rows.in);
	row_want_only(&r->rows, true);
	r->rows.table = start_table;
	r->rows.table_arg = r;
	keys_want(&r->keys, &r->rows);
	for (; r->columns < r->keys.columns; r->columns++)
		r->column[r->columns] = r->keys.name[r->columns];
	if (r->any) {
		row_want_any(&r->rows);
		r->time = row_want(&r->rows, "time", false);
		r->number = row_want(&r->rows, r->value, false);
	} else
		row_want_time(&r->rows);
	rowfilter_start(r->filter, &r->rows);
	/* The columns of the first table follow. */
	r->first = r->rows.wants;
}

/* Reads a decimal number; false if it is none, or too large. */
static bool
read_decimal(struct slice cell, double *v)
{
	char text[64], *end;

	if (cell.len >= sizeof(text) || !columns_is_number(cell))
		return false;
	memcpy(text, cell.at, cell.len);
	text[cell.len] = '\0';
	if (strspn(text, "0123456789+-.eE") != cell.len)
		return false;
	*v = strtod(text, &end);
	if (fabs(*v) < 1e-100)
		*v = 0;
	return *end == '\0' && fabs(*v) <= SERIES_VALUE_MAX;
}

/* The time, if it is timed, and the value of a row of any table. */
static bool
read_any(struct raterows *r, const struct row *row, struct raterow *out,
    bool *timed)
{
	struct slice when = row->cell[r->time], v = row->cell[r->number];

	*timed = when.len > 0;
	if (*timed && !timestamp_parse_epoch(when.at, when.len, &out->ns)) {
		stream_bad_row(r->rows.in, row->line, "bad time \"%s\", want "
		    "seconds since the epoch (csvclean reads other forms)",
		    show(when.at, when.len));
		return false;
	}
	if (read_decimal(v, &out->value))
		return true;
	stream_bad_row(r->rows.in, row->line, "bad %s \"%s\", want a number "
	    "from -1e18 to 1e18", show_str(r->value), show(v.at, v.len));
	return false;
}

/* The same of any row. */
static bool
read_value(struct raterows *r, const struct row *row, struct raterow *out,
    bool *timed)
{
	double v;

	if (r->any)
		return read_any(r, row, out, timed);
	v = (double)(r->value[0] == 'b' ? row->bytes : row->packets);
	out->value = fmin(v, SERIES_VALUE_MAX);
	out->ns = row->time_ns;
	*timed = row->timed;
	return true;
}

/* Letters, digits and what else addresses have need no quotes. */
static bool
is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '.' || c == ':';
}

/* The text of a key: that of one cell is the cell, if it is plain. */
static struct slice
key_of(struct raterows *r, const struct slice *cell)
{
	size_t i;

	if (r->columns != 1 || cell->len == 0)
		return tally_key(&r->text, "", 0, cell, r->columns);
	for (i = 0; i < cell->len; i++)
		if (!is_plain(cell->at[i]))
			return tally_key(&r->text, "", 0, cell, 1);
	return *cell;
}

bool
raterows_next(struct raterows *r, struct raterow *out)
{
	const struct row *row;
	bool timed;

	while ((row = row_next(&r->rows)) != NULL) {
		if (!read_value(r, row, out, &timed))
			continue;
		if (!timed) {
			r->untimed++;
			continue;
		}
		out->key = key_of(r, r->keys.columns > 0 ?
		    keys_cells(&r->keys, row) : &row->cell[r->first]);
		return true;
	}
	return false;
}

char *
raterows_identity(const struct raterows *r, int64_t width_ns)
{
	struct output o;
	const char *zone = getenv("TZ");
	size_t i;

	output_init(&o, -1, "identity");
	output_str(&o, "by ");
	for (i = 0; i < r->columns; i++) {
		output_str(&o, i > 0 ? "," : "");
		output_str(&o, r->column[i]);
	}
	output_str(&o, " value ");
	output_str(&o, r->value);
	output_str(&o, " bin ");
	output_u64(&o, (uint64_t)width_ns);
	output_str(&o, " zone ");
	output_str(&o, zone == NULL ? "" : zone);
	protoset_write(&r->filter->protos, &o);
	output_char(&o, '\0');
	return o.buf;
}
