/*
 * iplabel - columns from tables of networks
 *
 * Rows of any table of the suite in, from files or standard input; the same
 * rows out, with a column for each label of their addresses after the others.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <getopt.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/option.h"
#include "base/output.h"
#include "base/sandbox.h"
#include "base/show.h"
#include "base/stream.h"
#include "base/xalloc.h"
#include "csv/colmap.h"
#include "csv/row.h"
#include "csv/rowfilter.h"
#include "label/labelmemo.h"
#include "label/labels.h"

#define SIDES_MAX	8		/* columns of addresses */
#define ADDED_MAX	(SIDES_MAX * LABELS_MAX + 1)

/* What --table and --mmdb name, in their order. */
static struct {
	const char	*text;
	bool		 is_database;
} spec[LABELS_SOURCES_MAX];
static size_t specs;
static const char *local_text;
static const char *side[SIDES_MAX] = { "src", "dst" };
static size_t sides = 2;
static bool sides_given, no_header, verbose;

static struct labels labels;
static struct stream in;
static struct output out;
static struct row_reader rows;
static struct rowfilter filter = ROWFILTER_ALL;
static struct colmap map;
static struct labelmemo memo;
static bool started, present[SIDES_MAX];	/* by the first table */
static char *added[ADDED_MAX + 1];		/* names of the columns */
static size_t src_at, dst_at;			/* cells, for dir */
static uint64_t unreadable;

/* The type of a database, and its age. */
static void
report_database(const struct geodb *g)
{
	char day[16];
	time_t made = (time_t)geodb_time(g);
	struct tm tm;

	if (gmtime_r(&made, &tm) == NULL ||
	    strftime(day, sizeof(day), "%Y-%m-%d", &tm) == 0)
		day[0] = '\0';
	warnx("%s: database of type \"%s\" of %s", show_str(g->path),
	    show_str(geodb_type(g)), day);
}

static void
report_table(const struct labeltable *t)
{
	if (t->map.twice > 0)
		warnx("%s: %s %s last labels count", show_str(t->path),
		    show_count(t->map.twice, "network"),
		    show_word(t->map.twice, "comes again: its",
		    "come again: their"));
	if (verbose)
		warnx("%s: %s", show_str(t->path),
		    show_count(t->nets, "network"));
}

/* Reads all that the options name; false: why, unless a warning has. */
static bool
read_tables(struct labels *l, char *why)
{
	size_t i;

	*l = (struct labels){ 0 };
	for (i = 0; i < specs; i++) {
		if (!(spec[i].is_database ? labels_add_database :
		    labels_add_table)(l, spec[i].text, why))
			return false;
		if (l->source[i].table != NULL)
			report_table(l->source[i].table);
		else if (verbose)
			report_database(l->source[i].db);
	}
	if (local_text != NULL && !labels_add_local(l, local_text, why))
		return false;
	labels_build(l);
	return true;
}

/* Reads the tables again.  If one is bad, those before stay in use. */
static void
reload(void)
{
	struct labels anew, before = labels;
	char why[LABEL_WHY_MAX] = "";
	bool good = read_tables(&anew, why);

	if (good && !labels_same(&anew, &labels)) {
		snprintf(why, sizeof(why), "their labels are other ones");
		good = false;
	}
	if (good) {
		labels = anew;
		anew = before;
		labelmemo_forget(&memo);
	} else {
		stream_warn(&in, STATUS_SKIPPED, "tables are not read again%s"
		    "%s", why[0] != '\0' ? ": " : "", why);
	}
	labels_release(&anew);
}

/* Before a read, which may wait for its producer. */
static int64_t
before_read(void *arg)
{
	(void)arg;
	if (interrupt_take(SIGHUP))
		reload();
	return INT64_MAX;
}

/* Names the columns to add: the labels of each address that is present. */
static void
name_columns(void)
{
	size_t i, j, n = 0;

	for (i = 0; i < sides; i++)
		for (j = 0; present[i] && j < labels.columns; j++)
			if (asprintf(&added[n++], "%s_%s", side[i],
			    labels.name[j]) == -1)
				err(STATUS_FAILED, NULL);
	if (local_text != NULL)
		added[n] = xstrdup("dir");
	map.added = (const char *const *)added;
	started = true;
}

static void
start_table(void *arg, const struct csv *csv, bool header)
{
	bool first = !started;
	size_t i;

	(void)arg;
	for (i = 0; first && i < sides; i++)
		present[i] = row_has(&rows, i);
	if (first)
		name_columns();
	colmap_table(&map, &in, csv, header);
	row_want_only(&rows, colmap_is_same(&map));
	if (first && !no_header)
		colmap_header(&map, &out);
}

/* Without any table the header is that of packet rows. */
static void
write_header(void)
{
	size_t i;

	for (i = 0; i < sides; i++)
		present[i] = true;
	name_columns();
	if (!no_header)
		colmap_header(&map, &out);
}

/* What a row without this address, or a tally's row of the rest, has. */
static bool
is_no_address(struct slice cell)
{
	return cell.len == 0 || slice_is(cell, "REST");
}

static void
write_direction(const struct row *row)
{
	static const char *const direction[2][2] = { { "through", "in" },
	    { "out", "local" } };
	const struct labelmemo_entry *e = labelmemo_get(&memo,
	    row->cell[src_at]);
	bool known = e->known, local = e->local;

	e = labelmemo_get(&memo, row->cell[dst_at]);
	if (known && e->known)
		output_str(&out, direction[local][e->local]);
}

static void
label_rows(void)
{
	const struct labelmemo_entry *e;
	const struct row *row;
	bool first;
	size_t i;

	while ((row = row_next(&rows)) != NULL) {
		colmap_write(&map, row->raw, rows.csv.cell, &out);
		first = true;
		for (i = 0; i < sides; i++) {
			e = labelmemo_get(&memo, row->cell[i]);
			if (!e->known && !is_no_address(row->cell[i]))
				unreadable++;
			if (!present[i] || labels.columns == 0)
				continue;
			if (!first)
				output_char(&out, ',');
			first = false;
			labelmemo_write(e, &out);
		}
		if (local_text != NULL) {
			if (!first)
				output_char(&out, ',');
			write_direction(row);
		}
		output_end_row(&out);
	}
}

static void
want_columns(void)
{
	size_t i;

	row_want_any(&rows);
	for (i = 0; i < sides; i++)
		row_want(&rows, side[i], !sides_given);
	row_want_one(&rows);
	if (local_text != NULL) {
		src_at = row_want(&rows, "src", false);
		dst_at = row_want(&rows, "dst", false);
	}
	rowfilter_start(&filter, &rows);
}

/* Fields that no entry had are mostly misspelt. */
static void
report_fields(const struct geodb *g)
{
	size_t i;

	for (i = 0; g->asked && i < g->labels; i++)
		if (!g->found[i])
			warnx("%s: no entry of these addresses has \"%s\"",
			    show_str(g->path), show_str(g->label[i]));
	if (g->damage != NULL) {
		warnx("%s: %s", show_str(g->path), g->damage);
		stream_status(&in, STATUS_SKIPPED);
	}
}

static void
report(void)
{
	size_t i;

	for (i = 0; i < labels.sources; i++)
		if (labels.source[i].db != NULL)
			report_fields(labels.source[i].db);
	if (unreadable > 0)
		warnx("%s %s no labels", show_count(unreadable, "cell"),
		    show_word(unreadable, "is no address: it has",
		    "are no addresses: they have"));
	if (verbose)
		warnx("%s labelled", show_count(in.rows, "row"));
}

static void
release(void)
{
	size_t i;

	for (i = 0; added[i] != NULL; i++)
		free(added[i]);
	row_release(&rows);
	colmap_release(&map);
	labelmemo_release(&memo);
	labels_release(&labels);
}

static void
add_spec(const char *text, bool is_database)
{
	if (specs == LABELS_SOURCES_MAX)
		errx(STATUS_USAGE, "over %d tables", LABELS_SOURCES_MAX);
	spec[specs].text = text;
	spec[specs++].is_database = is_database;
}

static const char usage_text[] =
    "usage: iplabel [-hVv] [-p protocol[,protocol ...]] [--local networks]\n"
    "               [--mmdb file[:field[=name],...]] [--no-header]\n"
    "               [--of columns] [--since time] [--table file[:name,...]]\n"
    "               [--until time] [file ...]\n"
    "Adds columns from tables of networks.  iplabel(1) says more.\n";

enum { OPT_LOCAL = 256, OPT_MMDB, OPT_NO_HEADER, OPT_OF, OPT_TABLE };

static const struct option options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "local", required_argument, NULL, OPT_LOCAL },
	{ "mmdb", required_argument, NULL, OPT_MMDB },
	{ "no-header", no_argument, NULL, OPT_NO_HEADER },
	{ "of", required_argument, NULL, OPT_OF },
	{ "table", required_argument, NULL, OPT_TABLE },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	ROWFILTER_OPTIONS,
	{ NULL, 0, NULL, 0 }
};

static void
read_options(int argc, char *argv[])
{
	int ch;

	while ((ch = getopt_long(argc, argv, "hp:Vv", options, NULL)) != -1)
		switch (ch) {
		case 'h':
			option_help(usage_text);
		case OPT_LOCAL:
			local_text = optarg;
			break;
		case OPT_MMDB:
			add_spec(optarg, true);
			break;
		case OPT_NO_HEADER:
			no_header = true;
			break;
		case OPT_OF:
			sides = option_keys("of", optarg, side, SIDES_MAX);
			sides_given = true;
			break;
		case OPT_TABLE:
			add_spec(optarg, false);
			break;
		case 'v':
			verbose = true;
			break;
		case 'V':
			option_version();
		default:
			if (!rowfilter_option(&filter, ch, optarg))
				option_usage(usage_text);
		}
	if (specs == 0 && local_text == NULL)
		errx(STATUS_USAGE, "want --table, --mmdb or --local");
}

int
main(int argc, char *argv[])
{
	char why[LABEL_WHY_MAX] = "";

	read_options(argc, argv);
	option_want_input(argc, usage_text);
	if (!read_tables(&labels, why)) {
		if (why[0] != '\0')
			errx(STATUS_USAGE, "%s", why);
		return STATUS_USAGE;
	}
	output_init(&out, STDOUT_FILENO, "stdout");
	stream_init(&in, argv + optind, &out);
	interrupt_catch(SIGHUP);
	stream_tick(&in, before_read, NULL);
	colmap_init(&map, NULL);
	labelmemo_init(&memo, &labels);
	row_init(&rows, &in);
	rows.table = start_table;
	want_columns();
	sandbox_enter(argv + optind);
	label_rows();
	if (!started)
		write_header();
	report();
	release();
	output_close(&out);
	return stream_finish(&in);
}
