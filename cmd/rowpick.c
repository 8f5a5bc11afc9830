/*
 * rowpick - the rows that meet a condition
 *
 * Rows of any table of the suite in, from files or standard input; those that
 * meet the condition out, as they came.  With --rest the others go to a file.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <getopt.h>
#include <signal.h>
#include <stdint.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/option.h"
#include "base/output.h"
#include "base/sandbox.h"
#include "base/show.h"
#include "base/stream.h"
#include "csv/colmap.h"
#include "csv/row.h"
#include "csv/rowfilter.h"
#include "pick/condition.h"

static const char *condition_text, *rest_path;
static bool count_only, no_header, verbose;
static struct condition condition;
static struct rowfilter filter = ROWFILTER_ALL;

static struct stream in;
static struct output out, rest;
static struct row_reader rows;
static struct colmap map;
static bool header_done;
static uint64_t picked, unreadable;

static void
write_header(void)
{
	if (header_done || count_only)
		return;
	header_done = true;
	if (!no_header)
		colmap_header(&map, &out);
	if (rest_path != NULL)
		colmap_header(&map, &rest);
}

static void
start_table(void *arg, const struct csv *csv, bool header)
{
	(void)arg;
	colmap_table(&map, &in, csv, header);
	row_want_only(&rows, colmap_is_same(&map));
	write_header();
}

/* Reads the lists again.  One that is bad leaves those before in use. */
static void
reload(void)
{
	struct condition anew;
	struct condition_error error;

	if (!condition_parse(&anew, condition_text, &error)) {
		stream_warn(&in, STATUS_SKIPPED, "lists are not read again: "
		    "%s", error.why);
		return;
	}
	condition_renew(&condition, &anew);
}

/* Before a read, which may wait for its producer. */
static int64_t
before_read(void *arg)
{
	(void)arg;
	if (interrupt_take(SIGHUP))
		reload();
	if (rest_path != NULL)
		output_flush(&rest);
	return INT64_MAX;
}

/* A time that cannot be read is in no span, nor is it outside of one. */
static enum answer
answer_row(const struct row *row)
{
	if (rowfilter_has(&filter, row))
		return condition_test(&condition, row->cell);
	return filter.timed && !row->timed ? ANSWER_UNREADABLE : ANSWER_NO;
}

static void
pick_rows(void)
{
	const struct row *row;
	enum answer answer;

	while ((row = row_next(&rows)) != NULL) {
		answer = answer_row(row);
		picked += answer == ANSWER_YES;
		unreadable += answer == ANSWER_UNREADABLE;
		if (count_only)
			continue;
		if (answer == ANSWER_YES) {
			colmap_write(&map, row->raw, rows.csv.cell, &out);
			output_end_row(&out);
		} else if (rest_path != NULL) {
			colmap_write(&map, row->raw, rows.csv.cell, &rest);
			output_end_row(&rest);
		}
	}
}

static void
write_count(void)
{
	if (!no_header)
		output_str(&out, "picked,rows\n");
	output_u64(&out, picked);
	output_char(&out, ',');
	output_u64(&out, in.rows);
	output_end_row(&out);
}

static void
report(void)
{
	if (unreadable > 0)
		warnx("%s %s a cell that the condition cannot read: %s not "
		    "picked", show_count(unreadable, "row"),
		    show_word(unreadable, "has", "have"),
		    show_word(unreadable, "it is", "they are"));
	if (verbose)
		warnx("%s read, %ju picked", show_count(in.rows, "row"),
		    (uintmax_t)picked);
}

static const char usage_text[] =
    "usage: rowpick [-hVv] [-p protocol[,protocol ...]] [--count]\n"
    "               [--no-header] [--rest file] [--since time]\n"
    "               [--until time] condition [file ...]\n"
    "Picks the rows that meet a condition.  rowpick(1) says more.\n";

enum { OPT_COUNT = 256, OPT_NO_HEADER, OPT_REST };

static const struct option options[] = {
	{ "count", no_argument, NULL, OPT_COUNT },
	{ "help", no_argument, NULL, 'h' },
	{ "no-header", no_argument, NULL, OPT_NO_HEADER },
	{ "rest", required_argument, NULL, OPT_REST },
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
		case OPT_COUNT:
			count_only = true;
			break;
		case 'h':
			option_help(usage_text);
		case OPT_NO_HEADER:
			no_header = true;
			break;
		case OPT_REST:
			rest_path = optarg;
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
	if (optind == argc)
		option_usage(usage_text);
	if (count_only && rest_path != NULL)
		errx(STATUS_USAGE, "--count or --rest, not both");
	condition_text = argv[optind++];
	condition_option(&condition, condition_text);
	if (rest_path != NULL)
		output_open(&rest, "rest", rest_path, argv + optind);
}

int
main(int argc, char *argv[])
{
	size_t i;

	read_options(argc, argv);
	option_want_input(argc, usage_text);
	output_init(&out, STDOUT_FILENO, "stdout");
	stream_init(&in, argv + optind, &out);
	interrupt_catch(SIGHUP);
	stream_tick(&in, before_read, NULL);
	colmap_init(&map, NULL);
	row_init(&rows, &in);
	row_want_any(&rows);
	for (i = 0; i < condition.columns; i++)
		row_want(&rows, condition.column[i], false);
	rowfilter_want(&filter, &rows);
	rows.table = start_table;
	sandbox_enter(argv + optind);
	pick_rows();
	if (count_only)
		write_count();
	write_header();
	report();
	row_release(&rows);
	colmap_release(&map);
	condition_release(&condition);
	if (rest_path != NULL)
		output_close(&rest);
	output_close(&out);
	return stream_finish(&in);
}
