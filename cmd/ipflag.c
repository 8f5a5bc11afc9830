/*
 * ipflag - apply rules to rows and report what is suspicious
 *
 * Packet rows or tally rows in, from files or standard input; alerts out, a
 * row for each start, update and end of an incident.  With --tag the rows
 * themselves, with a further column alert.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/option.h"
#include "base/sandbox.h"
#include "csv/colmap.h"
#include "csv/row.h"
#include "csv/rowfilter.h"
#include "detect/alert.h"
#include "detect/detect.h"
#include "detect/detect_report.h"
#include "detect/detect_row.h"
#include "detect/keep.h"
#include "detect/rules.h"
#include "detect/rules_file.h"
#include "detect/suggest.h"
#include "detect/tagging.h"

#define KEYS_DEFAULT	((size_t)1 << 20)

static bool suggesting, tag, lines, verbose;
static size_t max_keys = KEYS_DEFAULT;
static int64_t lateness_ns = CLOCK_LATENESS_NS;
static enum timestamp_format time_format = TIMESTAMP_EPOCH;
static struct rules rules;
static const char *rules_set;		/* of the built-in ones */
static bool rules_given;
static struct keep keep;

static struct stream in;
static struct output out, err_out;
static struct row_reader rows;
static struct rowfilter filter = ROWFILTER_ALL;
static struct detect alerting;
static struct suggest suggest;
static struct detect *detect = &alerting;
static struct detect_row_reader reader;
static struct colmap pass;
static struct tagging tagging;
static const char *const added[] = { "alert", NULL };
static bool colours, header_done;
static uint64_t untimed;

/* Writes an alert, as the options want it. */
static void
write_alert(void *arg, const struct detect_alert *a)
{
	(void)arg;
	known_see(&keep.known, &rules, a);
	if (ruleset_has(known_off(&keep.known), (size_t)(a->rule - rules.rule)))
		return;
	if (!tag)
		alert_row(&out, a, time_format);
	if (lines) {
		alert_line(&err_out, a, colours);
		output_flush(&err_out);
	}
}

static void
write_header(void)
{
	if (header_done)
		return;
	header_done = true;
	if (tag)
		colmap_header(&pass, &out);
	else
		alert_header(&out);
}

/* A table starts: disables the rules that need a column it lacks. */
static void
start_table(void *arg, const struct csv *csv, bool header)
{
	static bool warned[DETECT_ROW_COLUMNS];
	const char *name;
	/* Without a list, no address is known or unknown. */
	ruleset enabled = keep.known.path == NULL ? ~keep.known.rules :
	    RULESET_ALL, lacking;
	size_t i;

	(void)arg;
	detect_flush(detect);
	detect->active = enabled;
	for (i = 0; i < DETECT_ROW_COLUMNS; i++) {
		lacking = detect_row_lacking(&reader, i, &name) & enabled;
		if (!ruleset_any(lacking))
			continue;
		detect->active &= ~lacking;
		if (!warned[i])
			detect_report_lacking(&reader, name, lacking);
		warned[i] = true;
	}
	if (!tag)
		return;
	colmap_table(&pass, &in, csv, header);
	write_header();
}

/* Writes the oldest kept row, and the rules that its addresses break. */
static void
pass_row(void *arg, const struct detect_row *w)
{
	ruleset victim, tags = detect_tags(detect, w, &victim);
	ruleset shown = ~known_off(&keep.known);

	(void)arg;
	tagging_write(&tagging, &out, &rules, tags & shown, victim & shown);
}

/* Before a wait for input: alerts about the rows read so far go out. */
static int64_t
flush_rows(void *arg)
{
	(void)arg;
	detect_flush(detect);
	return keep_tick(&keep, detect, &out, &in);
}

/* A row without a time is not counted, but has the tags of its addresses. */
static void
put_untimed(const struct detect_row *w)
{
	untimed++;
	if (!tag)
		return;
	detect_flush(detect);
	pass_row(NULL, w);
}

static void
put_rows(void)
{
	const struct row *row;
	struct detect_row *w;

	rows.table = start_table;
	stream_tick(&in, flush_rows, NULL);
	while ((row = row_next(&rows)) != NULL) {
		if (tag)
			tagging_keep(&tagging, &pass, &rows.csv);
		w = detect_next(detect);
		detect_row_read(&reader, row, w);
		if (row->timed)
			detect_put(detect, w);
		else
			put_untimed(w);
	}
	if (suggesting) {
		suggest_write(&suggest, &out);
		return;
	}
	write_header();
	keep_finish(&keep, detect, &out, &in);
}

/* Colours are for a terminal that can show them, unless they are unwanted. */
static bool
want_colours(void)
{
	const char *term = getenv("TERM"), *no = getenv("NO_COLOR");

	return isatty(STDERR_FILENO) && (no == NULL || *no == '\0') &&
	    term != NULL && strcmp(term, "dumb") != 0;
}

static _Noreturn void
print_rules(const char *set)
{
	fputs(rules_builtin(set), stdout);
	option_printed();
}

/* Ends the program unless the options fit together; reads what they name. */
static void
check_options(void)
{
	if (!rules_given)
		rules_file_builtin(&rules, rules_set);
	if (suggesting && tag)
		errx(STATUS_USAGE, "--suggest or --tag, not both");
	if (suggesting && keep.state != NULL)
		errx(STATUS_USAGE, "--suggest or --state, not both");
	if (keep.known.learning && keep.known.path == NULL)
		errx(STATUS_USAGE, "--learn needs --known");
	known_read(&keep.known, &rules);
}

static const char usage_text[] =
    "usage: ipflag [-hVv] [-p protocol[,protocol ...]] [-t epoch|iso|sheet]\n"
    "              [--alerts] [--check] [--known file] [--lateness duration]\n"
    "              [--learn] [--max-keys number] [--no-header]\n"
    "              [--print-rules] [--rules file] [--set name] [--since time]\n"
    "              [--state file] [--suggest] [--tag] [--until time]\n"
    "              [file ...]\n"
    "Flags suspicious traffic.  ipflag(1) says more.\n";

enum { OPT_ALERTS = 256, OPT_CHECK, OPT_KNOWN, OPT_LATENESS, OPT_LEARN,
    OPT_MAX_KEYS, OPT_NO_HEADER, OPT_PRINT_RULES, OPT_RULES, OPT_SET, OPT_STATE,
    OPT_SUGGEST, OPT_TAG };

static const struct option options[] = {
	{ "alerts", no_argument, NULL, OPT_ALERTS },
	{ "check", no_argument, NULL, OPT_CHECK },
	{ "help", no_argument, NULL, 'h' },
	{ "known", required_argument, NULL, OPT_KNOWN },
	{ "lateness", required_argument, NULL, OPT_LATENESS },
	{ "learn", no_argument, NULL, OPT_LEARN },
	{ "max-keys", required_argument, NULL, OPT_MAX_KEYS },
	{ "no-header", no_argument, NULL, OPT_NO_HEADER },
	{ "print-rules", no_argument, NULL, OPT_PRINT_RULES },
	{ "rules", required_argument, NULL, OPT_RULES },
	{ "set", required_argument, NULL, OPT_SET },
	{ "state", required_argument, NULL, OPT_STATE },
	{ "suggest", no_argument, NULL, OPT_SUGGEST },
	{ "tag", no_argument, NULL, OPT_TAG },
	{ "time", required_argument, NULL, 't' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	ROWFILTER_OPTIONS,
	{ NULL, 0, NULL, 0 }
};

/* Options about the rules and their state; false if it is none of them. */
static bool
read_rules_option(int ch)
{
	switch (ch) {
	case OPT_KNOWN:
		keep.known.path = optarg;
		return true;
	case OPT_LEARN:
		keep.known.learning = true;
		return true;
	case OPT_RULES:
		rules_file_read(&rules, optarg);
		rules_given = true;
		return true;
	case OPT_SET:
		rules_file_builtin(&rules, rules_set = optarg);
		rules_given = true;
		return true;
	case OPT_STATE:
		keep.state = optarg;
		return true;
	default:
		return rowfilter_option(&filter, ch, optarg);
	}
}

static void
read_options(int argc, char *argv[])
{
	bool check = false, print = false;
	int ch;

	rules_set = rules_builtin_names[0];
	while ((ch = getopt_long(argc, argv, "hp:t:Vv", options, NULL)) != -1)
		switch (ch) {
		case 'h':
			option_help(usage_text);
		case 't':
			time_format = option_time_format(optarg);
			break;
		case 'V':
			option_version();
		case 'v':
			verbose = true;
			break;
		case OPT_ALERTS:
			lines = true;
			break;
		case OPT_CHECK:
			check = true;
			break;
		case OPT_LATENESS:
			lateness_ns = option_duration("lateness", optarg, 0);
			break;
		case OPT_MAX_KEYS:
			max_keys = option_number("max-keys", optarg, 16,
			    (size_t)1 << 28);
			break;
		case OPT_NO_HEADER:
			header_done = true;
			break;
		case OPT_PRINT_RULES:
			print = true;
			break;
		case OPT_SUGGEST:
			suggesting = true;
			break;
		case OPT_TAG:
			tag = true;
			break;
		default:
			if (!read_rules_option(ch))
				option_usage(usage_text);
		}
	if (print)
		print_rules(rules_set);
	check_options();
	if (check)
		exit(STATUS_DONE);
}

int
main(int argc, char *argv[])
{
	rules_init(&rules);
	read_options(argc, argv);
	option_want_input(argc, usage_text);
	keep_read(&keep);
	colours = want_colours();
	output_init(&out, STDOUT_FILENO, "stdout");
	output_init(&err_out, STDERR_FILENO, "stderr");
	tagging_init(&tagging);
	stream_init(&in, argv + optind, &out);
	row_init(&rows, &in);
	if (!tag)
		row_want_only(&rows, true);
	colmap_init(&pass, added);
	if (suggesting) {
		suggest_init(&suggest, &rules, max_keys);
		detect = &suggest.detect;
	} else
		detect_init(detect, &rules, max_keys, write_alert, NULL);
	if (tag)
		detect->on_row = pass_row;
	detect->lateness_ns = lateness_ns;
	keep_continue(&keep, detect);
	detect_row_init(&reader, &rows, detect);
	rowfilter_start(&filter, &rows);
	/* Alerts have a header of their own, rows that of their table. */
	if (!tag && !suggesting)
		write_header();
	sandbox_replaces(keep.state);
	sandbox_replaces(keep.known.path);
	sandbox_enter(argv + optind);
	put_rows();
	detect_report(&reader, untimed, verbose);
	if (suggesting)
		suggest_release(&suggest);
	else
		detect_release(detect);
	colmap_release(&pass);
	detect_row_release(&reader);
	row_release(&rows);
	known_release(&keep.known);
	rules_release(&rules);
	free(err_out.buf);
	tagging_release(&tagging);
	output_close(&out);
	return stream_finish(&in);
}
