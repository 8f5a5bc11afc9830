/*
 * view - a window on the rows that meet a condition, which can be changed
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sandbox.h"
#include "base/show.h"
#include "base/xalloc.h"
#include "plot/view.h"

static struct slice
slice_of(const char *text)
{
	return (struct slice){ text, strlen(text) };
}

/* The cell of a column, or ROW_CELLS_MAX. */
static size_t
cell_of(const struct view *v, struct slice name)
{
	size_t i;

	for (i = 0; i < v->rows->wants; i++)
		if (slice_is(name, v->rows->want[i].name))
			return i;
	return ROW_CELLS_MAX;
}

/* Asks for a column, whose name is kept; returns its cell. */
static size_t
want_column(struct view *v, struct slice name, bool optional)
{
	v->name[v->names] = xstring(name.at, name.len);
	return row_want(v->rows, v->name[v->names++], optional);
}

/*
 * Finds the cells of a condition's columns.  Before the first table they are
 * asked for.  Returns a column that the table lacks, or NULL.
 */
static const char *
find_cells(struct view *v, const struct condition *c, bool optional,
    size_t cell[CONDITION_COLUMNS_MAX])
{
	size_t i;

	for (i = 0; i < c->columns; i++) {
		cell[i] = cell_of(v, slice_of(c->column[i]));
		if (!v->begun && (cell[i] == ROW_CELLS_MAX || !optional) &&
		    v->rows->wants < ROW_CELLS_MAX)
			cell[i] = want_column(v, slice_of(c->column[i]),
			    optional);
		if (cell[i] == ROW_CELLS_MAX)
			return c->column[i];
	}
	return NULL;
}

/* Asks for the columns of a table that nobody has asked for so far. */
static void
want_all(void *arg, const struct csv *csv, bool header)
{
	struct view *v = arg;
	size_t i;

	v->begun = true;
	for (i = 0; header && i < csv->cells &&
	    v->rows->wants < ROW_CELLS_MAX; i++)
		if (cell_of(v, csv->cell[i]) == ROW_CELLS_MAX)
			want_column(v, csv->cell[i], true);
}

static void
start_window(struct view *v)
{
	window_set_bins(&v->options);
	window_init(&v->window, &v->options);
	v->only = window_chosen(&v->window);
}

void
view_init(struct view *v, struct row_reader *rows,
    const struct window_options *options, const struct view_files *files,
    const struct condition *condition, size_t keeps)
{
	static const char *const more[] = { "dst", "time", "len" };
	size_t i;

	*v = (struct view){ .rows = rows, .options = *options,
	    .files = *files, .keeps = keeps > 0,
	    .narrowed = condition != NULL };
	v->shown.window_ns = options->window_ns;
	v->shown.talkers = options->talkers;
	v->options.captured = &v->captured;
	sandbox_reads(files->captured);
	sandbox_reads(files->alerts);
	alerts_init(&v->alerts, files->alerts);
	start_window(v);
	window_want(options, rows);
	for (i = 0; keeps > 0 && i < sizeof(more) / sizeof(more[0]); i++)
		if (cell_of(v, slice_of(more[i])) == ROW_CELLS_MAX)
			row_want(rows, more[i], true);
	if (condition != NULL) {
		v->condition = *condition;
		find_cells(v, condition, false, v->cell);
	}
	if (keeps == 0)
		return;
	recent_init(&v->recent, keeps);
	rows->table = want_all;
	rows->table_arg = v;
}

void
view_release(struct view *v)
{
	window_release(&v->window);
	alerts_release(&v->alerts);
	free(v->only);
	if (v->narrowed)
		condition_release(&v->condition);
	if (v->keeps)
		recent_release(&v->recent);
	while (v->names > 0)
		free(v->name[--v->names]);
}

void
view_read(struct view *v, int64_t newest_ns)
{
	captured_read(&v->captured, v->files.captured);
	alerts_read(&v->alerts, newest_ns);
}

static void
report_damage(const char *file, uint64_t damaged)
{
	if (damaged > 0)
		warnx("%s: %s %s skipped: NUL bytes, a line that has no end, "
		    "or one of more than %d bytes", show_str(file),
		    show_count(damaged, "damaged place"),
		    show_word(damaged, "was", "were"), FOLLOWED_MAX);
}

void
view_report(const struct view *v, uint64_t untimed)
{
	window_report(&v->window, untimed);
	report_damage(v->files.captured, v->captured.damaged);
	report_damage(v->files.alerts, v->alerts.file.damaged);
}

bool
view_take(struct view *v, int64_t last, struct snapshot *snap)
{
	bool fits = snapshot_take(&v->window, last, snap);

	/* The last talker is where scrolling ends. */
	if (v->skipped >= snap->talkers.sums)
		v->skipped = snap->talkers.sums > 0 ?
		    snap->talkers.sums - 1 : 0;
	snap->skipped = v->skipped;
	snap->alerts = v->files.alerts != NULL ? &v->alerts : NULL;
	return fits;
}

/* Whether a row meets the condition. */
static bool
is_met(const struct view *v, const struct row *row)
{
	struct slice cell[CONDITION_COLUMNS_MAX];
	size_t i;

	for (i = 0; i < v->condition.columns; i++)
		cell[i] = row->cell[v->cell[i]];
	return condition_test(&v->condition, cell) == ANSWER_YES;
}

/* Adds a row to the window.  One that is not shown moves the clock, no more. */
static bool
show_row(struct view *v, const struct row *row)
{
	struct row hidden;

	if (!v->narrowed || is_met(v, row))
		return window_add(&v->window, row);
	hidden = *row;
	hidden.packets = hidden.bytes = 0;
	return window_add(&v->window, &hidden);
}

bool
view_add(struct view *v, const struct row *row)
{
	if (v->keeps)
		recent_add(&v->recent, row, v->rows->wants);
	return v->shown.paused || show_row(v, row);
}

static void
show_again(void *arg, const struct row *row)
{
	show_row(arg, row);
}

static void
show_talker(void *arg, const struct row *row)
{
	struct view *v = arg;

	if (!v->narrowed || is_met(v, row))
		window_add_talker(&v->window, row);
}

/* The number of the last row that is in the window. */
static uint64_t
last_shown(const struct view *v)
{
	return v->shown.paused ? v->paused_at : v->recent.added;
}

static void
refill(struct view *v)
{
	window_release(&v->window);
	free(v->only);
	start_window(v);
	recent_each(&v->recent, last_shown(v), show_again, v);
}

/* Takes another condition, "" for none; false if it cannot be used. */
static bool
take_where(struct view *v, const char *text)
{
	struct condition c;
	struct condition_error error;
	size_t cell[CONDITION_COLUMNS_MAX];
	const char *lacks;

	if (*text != '\0' && !condition_parse(&c, text, &error)) {
		snprintf(v->problem, sizeof(v->problem), "bad condition: at "
		    "%zu: %.200s", error.at, error.why);
		return false;
	}
	lacks = *text == '\0' ? NULL : find_cells(v, &c, true, cell);
	if (lacks != NULL) {
		snprintf(v->problem, sizeof(v->problem), "bad condition: no "
		    "column \"%s\"", show_str(lacks));
		condition_release(&c);
		return false;
	}
	if (v->narrowed)
		condition_release(&v->condition);
	v->narrowed = *text != '\0';
	if (v->narrowed) {
		v->condition = c;
		memcpy(v->cell, cell, sizeof(cell));
	}
	return true;
}

/* Whether a list has parts as protoset_parse wants them. */
static bool
is_list(const char *list)
{
	size_t n, parts = 0;

	do {
		n = strcspn(list, ",");
		if (n == 0 || ++parts > PROTO_COUNT)
			return false;
		list += n;
	} while (*list++ == ',');
	return true;
}

/* Takes other protocols, "" for all; false if the list cannot be used. */
static bool
take_protos(struct view *v, const char *list)
{
	if (*list != '\0' && !is_list(list)) {
		snprintf(v->problem, sizeof(v->problem), "bad protocols "
		    "\"%s\", want names separated by commas", show_str(list));
		return false;
	}
	v->chosen = (struct protoset){ 0 };
	if (*list != '\0')
		protoset_parse(&v->chosen, list);
	v->options.chosen = &v->chosen;
	return true;
}

/* Whether the bins of a window are as many as there may be. */
static bool
is_window(const struct view *v, int64_t ns)
{
	return ns % v->options.bin_ns == 0 && ns / v->options.bin_ns >= 2 &&
	    ns / v->options.bin_ns <= WINDOW_BINS_MAX;
}

void
view_change(struct view *v, const struct control *c)
{
	struct control old = v->shown;
	bool again = old.paused && !c->paused;

	if (!v->keeps)
		return;
	v->problem[0] = '\0';
	if (old.scroll == 0)
		old.scroll = c->scroll;
	if (c->scroll >= old.scroll)
		v->skipped += c->scroll - old.scroll;
	else if (old.scroll - c->scroll < v->skipped)
		v->skipped -= old.scroll - c->scroll;
	else
		v->skipped = 0;
	if (c->paused && !old.paused)
		v->paused_at = v->recent.added;
	v->shown = *c;
	if (strcmp(c->where, old.where) != 0)
		again = take_where(v, c->where) || again;
	if (strcmp(c->proto, old.proto) != 0)
		again = take_protos(v, c->proto) || again;
	if (c->window_ns != v->options.window_ns &&
	    is_window(v, c->window_ns)) {
		v->options.window_ns = c->window_ns;
		again = true;
	}
	if (c->talkers != old.talkers)
		v->skipped = 0;
	v->options.talkers = c->talkers;
	if (again)
		refill(v);
	else if (c->talkers != old.talkers) {
		window_set_talkers(&v->window, c->talkers);
		recent_each(&v->recent, last_shown(v), show_talker, v);
	}
}
