/*
 * labeltable - labels of networks, read from a CSV table
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/show.h"
#include "base/stream.h"
#include "base/xalloc.h"
#include "csv/columns.h"
#include "csv/csv.h"
#include "label/labelspec.h"
#include "label/labeltable.h"

/* A table that is being read. */
struct reader {
	struct labeltable *table;
	struct csv	 csv;
	char		*header;	/* its text, to know it again */
	size_t		 columns;
	int		 net, start, end;	/* columns; -1: not there */
	size_t		 at[LABELS_MAX];	/* columns of the labels */
	char		*why;
};

/* Says what is wrong with the current record. */
__attribute__((format(printf, 2, 3)))
static bool
wrong(struct reader *r, const char *fmt, ...)
{
	int n = snprintf(r->why, LABEL_WHY_MAX, "%s:%ju: ",
	    show_str(r->table->path), (uintmax_t)r->csv.line);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(r->why + n, (size_t)(LABEL_WHY_MAX - n), fmt, ap);
	va_end(ap);
	return false;
}

/* A cell without the blanks around it; of a column that is not there, "". */
static struct slice
cell_of(const struct reader *r, int column)
{
	if (column == -1)
		return (struct slice){ "", 0 };
	return slice_trim(r->csv.cell[column]);
}

static bool
add_label(struct reader *r, size_t column, struct slice name)
{
	struct labeltable *t = r->table;
	size_t i;

	for (i = 0; i < t->labels; i++)
		if (slice_is(name, t->label[i]))
			return wrong(r, "two columns \"%s\"",
			    show(name.at, name.len));
	if (t->labels == LABELS_MAX)
		return wrong(r, "over %d columns of labels", LABELS_MAX);
	if (name.len > LABEL_TEXT_MAX)
		return wrong(r, "name of over %d bytes: \"%s\"",
		    LABEL_TEXT_MAX, show(name.at, name.len));
	r->at[t->labels] = column;
	t->label[t->labels++] = xstring(name.at, name.len);
	return true;
}

/* Which of the n names is this one, or -1. */
static int
find_name(const struct slice *name, size_t n, const char *want)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (slice_is(name[i], want))
			return (int)i;
	return -1;
}

/* Finds the networks and the labels among the columns. */
static bool
map_columns(struct reader *r, const struct slice *name, size_t n)
{
	size_t i;

	r->columns = n;
	r->net = find_name(name, n, "net");
	r->start = r->net == -1 ? find_name(name, n, "start") : -1;
	r->end = r->net == -1 ? find_name(name, n, "end") : -1;
	if (r->net == -1 && (r->start == -1 || r->end == -1))
		return wrong(r, "want columns \"net\" or \"start\" and "
		    "\"end\", in a header or as FILE:net,LABEL; found \"%s\"",
		    show(r->csv.raw.at, r->csv.raw.len));
	for (i = 0; i < n; i++)
		if ((int)i != r->net && (int)i != r->start &&
		    (int)i != r->end && name[i].len > 0 &&
		    !add_label(r, i, name[i]))
			return false;
	if (r->table->labels == 0)
		return wrong(r, "want a column of labels beside the networks");
	return true;
}

static bool
is_header(const struct reader *r)
{
	struct slice net = cell_of(r, r->net != -1 ? r->net : r->start);

	return columns_is_header(&r->csv) &&
	    memchr(net.at, ':', net.len) == NULL;
}

/* The first record: a header, or a row of columns with the given names. */
static bool
read_first(struct reader *r, const struct labelspec *names, bool *is_row)
{
	struct slice name[CSV_CELLS_MAX];
	size_t i;

	for (i = 0; i < r->csv.cells; i++)
		name[i] = slice_trim(columns_name(&r->csv, i));
	*is_row = false;
	if (names->count == 0) {
		r->header = xstring(r->csv.raw.at, r->csv.raw.len);
		return map_columns(r, name, r->csv.cells);
	}
	if (names->count != r->csv.cells)
		return wrong(r, "row has %zu cells, want %zu, one for each "
		    "name", r->csv.cells, names->count);
	for (i = 0; i < names->count; i++)
		name[i] = (struct slice){ names->word[i],
		    strlen(names->word[i]) };
	if (!map_columns(r, name, names->count))
		return false;
	*is_row = !is_header(r);
	return true;
}

static bool
add_range(struct reader *r, uint32_t value)
{
	struct slice start = cell_of(r, r->start), end = cell_of(r, r->end);
	struct ipaddr first, last;

	if (!ipaddr_parse(&first, start.at, start.len))
		return wrong(r, "bad start \"%s\", want an address",
		    show(start.at, start.len));
	if (!ipaddr_parse(&last, end.at, end.len))
		return wrong(r, "bad end \"%s\", want an address",
		    show(end.at, end.len));
	if (!netmap_add_range(&r->table->map, &first, &last, value))
		return wrong(r, "bad end \"%s\", want an address after "
		    "\"%s\"", show(end.at, end.len),
		    show(start.at, start.len));
	return true;
}

static bool
add_net(struct reader *r, uint32_t value)
{
	struct slice text = cell_of(r, r->net);
	struct network net;

	if (!network_parse(&net, text))
		return wrong(r, "bad net \"%s\", want %s",
		    show(text.at, text.len), NETWORK_WANTED);
	netmap_add(&r->table->map, &net, value);
	return true;
}

static bool
read_row(struct reader *r)
{
	struct labeltable *t = r->table;
	struct slice label;
	uint32_t value;
	size_t i;

	if (r->header != NULL && slice_is(r->csv.raw, r->header))
		return true;
	if (r->csv.cells != r->columns)
		return wrong(r, "row has %zu cell%s, want %zu", r->csv.cells,
		    r->csv.cells == 1 ? "" : "s", r->columns);
	tuple_start(&t->tuple);
	for (i = 0; i < t->labels; i++) {
		label = cell_of(r, (int)r->at[i]);
		if (label.len > LABEL_TEXT_MAX)
			return wrong(r, "label of over %d bytes: \"%s\"",
			    LABEL_TEXT_MAX, show(label.at, label.len));
		tuple_add(&t->tuple, label);
	}
	value = tuple_end(&t->tuple);
	if (value == 0)
		return wrong(r, "labels of over 4 GiB");
	t->nets++;
	return r->net != -1 ? add_net(r, value) : add_range(r, value);
}

/* Reads the records of the open stream.  Lines that start with # are notes. */
static bool
read_records(struct reader *r, const struct labelspec *names)
{
	bool first = true, is_row;

	for (;;) {
		switch (csv_read(&r->csv)) {
		case CSV_END:
			r->csv.line = 1;
			return !first || wrong(r, "empty, want a table of "
			    "networks");
		case CSV_BAD:
			return wrong(r, "%s", r->csv.why);
		case CSV_RECORD:
			break;
		}
		if (r->csv.raw.at[0] == '#')
			continue;
		is_row = true;
		if (first && !read_first(r, names, &is_row))
			return false;
		first = false;
		if (is_row && !read_row(r))
			return false;
	}
}

bool
labeltable_read(struct labeltable *t, const char *spec, char *why)
{
	struct labelspec names;
	struct reader r = { .table = t, .net = -1, .start = -1, .end = -1,
	    .why = why };
	struct stream in;
	char *files[2] = { NULL, NULL };
	bool good;

	*t = (struct labeltable){ 0 };
	tuple_init(&t->tuple);
	labelspec_parse(&names, spec);
	t->path = files[0] = xstrdup(names.path);
	why[0] = '\0';
	stream_aside(&in, files);
	csv_init(&r.csv, &in);
	good = stream_next(&in);
	if (good) {
		stream_utf16(&in);
		csv_start(&r.csv, ',');
		good = read_records(&r, &names);
	}
	csv_release(&r.csv);
	free(r.header);
	labelspec_release(&names);
	stream_next(&in);
	good = stream_finish(&in) == STATUS_DONE && good;
	netmap_build(&t->map);
	return good;
}

void
labeltable_release(struct labeltable *t)
{
	size_t i;

	for (i = 0; i < t->labels; i++)
		free(t->label[i]);
	netmap_release(&t->map);
	tuple_release(&t->tuple);
	free(t->path);
}

bool
labeltable_find(const struct labeltable *t, const struct ipaddr *a,
    struct slice *cell, unsigned *prefix)
{
	uint32_t value = netmap_find(&t->map, a, prefix);

	if (value != 0)
		tuple_get(&t->tuple, value, cell, t->labels);
	return value != 0;
}
