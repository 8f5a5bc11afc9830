/*
 * csvclean - check rows of packets or flows and write them in one form
 *
 * Tables of any program in, packet rows or tallies out, in the suite's form.  A
 * row that is in it already is copied, and so are cells of other tables.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <getopt.h>
#include <unistd.h>

#include "base/capmagic.h"
#include "base/option.h"
#include "base/sandbox.h"
#include "base/show.h"
#include "clean/canonical.h"
#include "clean/cleanrow.h"
#include "clean/columnchoice.h"
#include "clean/dialect.h"
#include "clean/extras.h"
#include "clean/layout.h"
#include "clean/rejects.h"
#include "clean/selection.h"
#include "clean/timeseek.h"

static struct cleanrow_settings settings = { .digits = 6 };
static struct selection selection;
static bool sorted, verbose, no_header, header_done;
static const char *rejects_path;

static struct stream in;
static struct csv csv;
static struct output out;
static struct rejects rejects;
static struct dialect dialect;		/* of the table being read */
static struct columnchoice choice;
static struct layout layout;
static bool same_cells;			/* its good cells go out unchanged */
static bool same_form;			/* and rows of them, too */
static bool refused;			/* it is not what the others are */
static struct extras extras;
static uint64_t written;

static void
write_header(void)
{
	bool due = !header_done && !no_header;

	header_done = true;
	if (!due)
		return;
	layout_header(&layout, &out);
	extras_write_names(&extras, &out);
	output_end_row(&out);
}

/* Starts on a table whose dialect has just been read, which may be refused. */
static void
begin_table(void)
{
	int role;

	same_cells = same_form = false;
	refused = !layout_table(&layout, &in, &dialect);
	if (refused)
		return;
	extras_table(&extras, &in, &dialect, &csv);
	write_header();
	/* The options say that its times are no dates of a spreadsheet. */
	if (settings.has_base || settings.time_unit == TIMECELL_S)
		dialect.days = DAYS_NO;
	same_cells = !layout.tally && cleanrow_may_copy(&dialect, &settings);
	same_form = dialect.ours && !layout.tally && csv.delimiter == ',' &&
	    !settings.anonymize && settings.format == TIMESTAMP_EPOCH &&
	    settings.time_unit <= TIMECELL_S && settings.digits > 0 &&
	    extras_in_place(&extras, &dialect);
	for (role = 0; role < ROLES_REQUIRED; role++)
		same_form &= dialect.source[role][0] == role;
}

/* Copies a row that is in our form; false if that is not certain. */
static bool
copy_row(void)
{
	enum protocol p;

	/* The first time of a table says whether there are days in it. */
	if (!same_form || csv.quoted || csv.cells != dialect.columns ||
	    dialect.days != DAYS_NO)
		return false;
	p = canonical_row(csv.cell, settings.digits);
	if (p == PROTO_NONE)
		return false;
	if (csv.cells > ROLES_REQUIRED && !extras_same(&extras, &csv))
		return false;
	in.rows++;
	if (!selection_wants(&selection, csv.cell, p))
		return true;
	output_record(&out, csv.raw.at, csv.raw.len);
	output_end_row(&out);
	written++;
	return true;
}

/* The same for the cells of a row of any form. */
static bool
copy_cells(struct cleanrow *row)
{
	if (!same_cells || !cleanrow_copy(row, &dialect, &csv, &settings))
		return false;
	in.rows++;
	if (!selection_wants(&selection, row->cell, row->protocol))
		return true;
	layout_cells(row, &out);
	extras_write(&extras, &dialect, &csv, row, &out);
	output_end_row(&out);
	written++;
	return true;
}

/* Apart from copy_row, which needs no cells of its own. */
static __attribute__((noinline)) void
clean_cells(void)
{
	struct cleanrow row;
	enum cleanrow_reason reason;
	struct dialect other;

	if (copy_cells(&row))
		return;
	reason = cleanrow_read(&row, &dialect, &csv, &settings);
	if (reason != CLEAN_GOOD && timeseek_is_header(&other,
	    dialect.choice, &csv)) {
		dialect = other;
		begin_table();
		return;
	}
	if (refused || (reason != CLEAN_GOOD &&
	    dialect_is_note(&dialect, &csv)))
		return;
	if (reason != CLEAN_GOOD) {
		rejects_add(&rejects, &in, &dialect, &csv, reason, row.bad);
		return;
	}
	if (row.relative || row.unit != TIMECELL_ANY)
		rejects_note_time(&rejects, &in, &row);
	in.rows++;
	if (!selection_has(&selection, row.cell, row.time_ns, row.protocol))
		return;
	layout_row(&layout, &row, &dialect, &out);
	extras_write(&extras, &dialect, &csv, &row, &out);
	output_end_row(&out);
	written++;
}

static void
clean_record(void)
{
	if (!copy_row())
		clean_cells();
}

static enum dialect_start
start(void)
{
	enum dialect_start start;
	bool bad;

	dialect.choice = choice.count > 0 ? &choice : NULL;
	start = dialect_open(&in, &csv, &dialect);
	bad = start == DIALECT_BAD;
	for (; start == DIALECT_BAD; start = dialect_retry(&in, &csv, &dialect))
		rejects_add(&rejects, &in, &dialect, &csv, CLEAN_RECORD,
		    csv.raw);
	/* All of it, the header too. */
	if (bad && start == DIALECT_NONE)
		stream_status(&in, STATUS_FAILED);
	if (start != DIALECT_NONE)
		begin_table();
	return refused ? DIALECT_NONE : start;
}

static void
resolve_limits(struct timeseek *seek)
{
	int64_t newest;

	if (!stream_is_file(&in))
		errx(STATUS_USAGE, "%s: a time relative to the newest row "
		    "needs one regular file, not compressed", in.name);
	if (timeseek_newest(seek, sorted, &newest))
		timerange_resolve(&selection.range, newest);
	timeseek_go(seek, &seek->first);
}

/* Moves to the first row wanted, or near before it; false: did not move. */
static bool
seek_rows(bool row)
{
	struct timeseek seek = { .in = &in, .csv = &csv, .dialect = &dialect,
	    .settings = &settings };
	bool relative = timerange_is_relative(&selection.range);
	struct timeseek_place place;

	timeseek_begin(&seek, row);
	if (relative)
		resolve_limits(&seek);
	if (!sorted || !selection.range.since.given ||
	    !timeseek_find(&seek, selection.range.since.ns, &place))
		return relative;
	if (timeseek_header(&seek, &place))
		begin_table();
	return timeseek_go(&seek, &place);
}

static void
clean_operand(void)
{
	enum dialect_start first = start();
	enum csv_result result;

	if (first == DIALECT_NONE)
		return;
	selection.past_until = false;
	if (seek_rows(first == DIALECT_ROW))
		first = DIALECT_HEADER;
	if (first == DIALECT_ROW)
		clean_record();
	while (!(sorted && selection.past_until)) {
		if ((result = csv_read(&csv)) == CSV_END)
			break;
		if (result == CSV_BAD)
			rejects_add(&rejects, &in, &dialect, &csv,
			    CLEAN_RECORD, csv.raw);
		else
			clean_record();
	}
}

/* Before a read, which may wait for its producer. */
static int64_t
flush_rejects(void *r)
{
	rejects_flush(r);
	return INT64_MAX;
}

static void
print_counts(void)
{
	uint64_t read = in.rows + rejects_count(&rejects);

	if (verbose) {
		warnx("%s read, %ju written", show_count(read, "row"),
		    (uintmax_t)written);
		selection_report(&selection);
	}
	extras_report(&extras);
	rejects_report(&rejects, read);
	in.bad_rows = 0;	/* stream_finish need not count them again */
}

static const char usage_text[] =
    "usage: csvclean [-hVv] [-p list] [-t epoch|iso|sheet]\n"
    "                [--anonymize v4,v6] [--any-proto] [--base time]\n"
    "                [--columns name=column[,...]] [--digits number]\n"
    "                [--no-header] [--rejects file] [--require-ip]\n"
    "                [--require-time] [--since time] [--sorted]\n"
    "                [--time-format format] [--until time] [file ...]\n"
    "Converts packet CSV to canonical rows.  csvclean(1) says more.\n";

enum { OPT_ANONYMIZE = 256, OPT_ANY_PROTO, OPT_BASE, OPT_COLUMNS, OPT_DIGITS,
    OPT_NO_HEADER, OPT_REJECTS, OPT_SORTED, OPT_TIME_FORMAT };

static const struct option options[] = {
	{ "anonymize", required_argument, NULL, OPT_ANONYMIZE },
	{ "any-proto", no_argument, NULL, OPT_ANY_PROTO },
	{ "base", required_argument, NULL, OPT_BASE },
	{ "columns", required_argument, NULL, OPT_COLUMNS },
	{ "digits", required_argument, NULL, OPT_DIGITS },
	{ "help", no_argument, NULL, 'h' },
	{ "no-header", no_argument, NULL, OPT_NO_HEADER },
	{ "rejects", required_argument, NULL, OPT_REJECTS },
	{ "sorted", no_argument, NULL, OPT_SORTED },
	{ "time", required_argument, NULL, 't' },
	{ "time-format", required_argument, NULL, OPT_TIME_FORMAT },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	SELECTION_OPTIONS,
	{ NULL, 0, NULL, 0 }
};

static void
read_options(int argc, char *argv[])
{
	int ch;

	while ((ch = getopt_long(argc, argv, "hp:t:Vv", options, NULL)) != -1)
		switch (ch) {
		case 'h':
			option_help(usage_text);
		case 't':
			settings.format = option_time_format(optarg);
			break;
		case 'V':
			option_version();
		case 'v':
			verbose = true;
			break;
		case OPT_ANONYMIZE:
			cleanrow_anonymize(&settings, optarg);
			break;
		case OPT_ANY_PROTO:
			settings.any_proto = true;
			break;
		case OPT_BASE:
			settings.has_base = true;
			settings.base_ns = option_time("base", optarg);
			break;
		case OPT_COLUMNS:
			columnchoice_parse(&choice, optarg);
			break;
		case OPT_DIGITS:
			settings.digits = (unsigned)option_number("digits",
			    optarg, 0, 9);
			break;
		case OPT_NO_HEADER:
			no_header = true;
			break;
		case OPT_REJECTS:
			rejects_path = optarg;
			break;
		case OPT_SORTED:
			sorted = true;
			break;
		case OPT_TIME_FORMAT:
			cleanrow_time_format(&settings, optarg);
			rejects.time_form = optarg;
			break;
		default:
			if (!selection_option(&selection, ch, optarg))
				option_usage(usage_text);
		}
	selection_check(&selection, settings.any_proto);
}

int
main(int argc, char *argv[])
{
	read_options(argc, argv);
	option_want_input(argc, usage_text);
	if (timerange_is_relative(&selection.range) && argc - optind > 1)
		errx(STATUS_USAGE, "a time relative to the newest row needs "
		    "one regular file, not %d", argc - optind);
	if (rejects_path != NULL)
		rejects_open(&rejects, rejects_path, argv + optind);
	output_init(&out, STDOUT_FILENO, "stdout");
	stream_init(&in, argv + optind, &out);
	stream_tick(&in, flush_rejects, &rejects);
	csv_init(&csv, &in);
	extras_init(&extras, settings.anonymize);
	sandbox_enter(argv + optind);
	while (stream_next(&in))
		if (!capmagic_refuse(&in))
			clean_operand();
	write_header();
	print_counts();
	extras_release(&extras);
	csv_release(&csv);
	rejects_close(&rejects);
	output_close(&out);
	return stream_finish(&in);
}
