/*
 * rateflag - alerts where a rate is not what it usually is
 *
 * Tally rows or packet rows with a time in, from files or standard input;
 * alerts out, a row for each start, update and end of an incident, with the
 * columns of ipflag and after them score, why and the rest of the key.  With
 * --scores a row for each value: time,KEY,value,low,high,score.  With --beacon
 * connections in, as flows or packets, and alerts about regular ones out.
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
#include "base/output.h"
#include "base/sandbox.h"
#include "base/show.h"
#include "base/zone.h"
#include "baseline/baseline.h"
#include "baseline/beaconrows.h"
#include "baseline/ratealert.h"
#include "baseline/raterows.h"
#include "baseline/statefile.h"
#include "csv/rowfilter.h"

#define SAVE_NS		(600 * NS_PER_S)	/* between two states */

static bool scores, lines, no_header, verbose, beacons_only;
static bool of_rates, of_beacons;	/* options of one kind are given */
static enum timestamp_format time_format = TIMESTAMP_EPOCH;
static const char *state_path;

static struct stream in;
static struct output out, err_out;
static struct rowfilter filter = ROWFILTER_ALL;
static struct raterows rows;
static struct baseline usual;
static struct ratealert writer;
static struct beaconrows beacons;
static bool started;			/* the columns of the key are known */
static char *identity;
static int64_t saved_ns;
static uint64_t alerts;

/* Writes what came out for one key in one bin. */
static void
write_result(const struct baseline_result *r)
{
	size_t i;

	if (scores)
		ratealert_score(&writer, &out, r);
	for (i = 0; i < r->events; i++) {
		alerts += r->event[i].phase == ALARM_START;
		if (!scores)
			ratealert_row(&writer, &out, r, &r->event[i]);
		if (lines) {
			ratealert_line(&writer, &err_out, r, &r->event[i]);
			output_flush(&err_out);
		}
	}
}

static void
write_header(void)
{
	writer = (struct ratealert){ .column = rows.column,
	    .columns = rows.columns, .value = rows.value,
	    .format = time_format };
	if (no_header)
		return;
	if (scores)
		ratealert_score_header(&writer, &out);
	else
		ratealert_header(&writer, &out);
}

/* The first table has decided on the key. */
static void
start(void)
{
	const char *why;

	started = true;
	usual.columns = rows.columns;
	usual.sums = !rows.any;
	baseline_start(&usual);
	identity = raterows_identity(&rows, usual.width_ns);
	if (state_path != NULL && (why = statefile_read(&usual, state_path,
	    identity)) != NULL)
		errx(STATUS_USAGE, "%s: %s", show_str(state_path), why);
	write_header();
}

static void
save_state(void)
{
	const char *why = statefile_write(&usual, state_path, identity);

	if (why == NULL)
		return;
	warnx("%s: %s", show_str(state_path), why);
	stream_status(&in, STATUS_FAILED);
}

/* Before a wait for input. */
static int64_t
keep_state(void *arg)
{
	int64_t now = timestamp_now(CLOCK_MONOTONIC);

	(void)arg;
	if (started && now - saved_ns >= SAVE_NS) {
		output_flush(&out);
		save_state();
		saved_ns = now;
	}
	return saved_ns + SAVE_NS;
}

/* What was out of the ordinary with the rows. */
static void
report(void)
{
	keys_report(&rows.keys);
	if (usual.back > 0)
		warnx("the times of the rows went back by over an hour %s",
		    show_count(usual.back, "time"));
	stream_not_evaluated(&in, rows.untimed, "row", "without a time");
	stream_not_evaluated(&in, usual.stray, "row",
	    "far from the others in time");
	if (usual.late > 0)
		warnx("%s %s counted in the bin that was open (--lateness)",
		    show_count(usual.late, "late row"),
		    show_word(usual.late, "is", "are"));
	if (usual.early > 0)
		warnx("too many rows within --lateness: %s closed early",
		    show_count(usual.early, "bin"));
	if (usual.folded > 0)
		warnx("%s: %s of further keys %s in REST", keytable_reason(
		    usual.keys.bound, "keys", usual.max_keys,
		    usual.max_memory), show_count(usual.folded, "row"),
		    show_word(usual.folded, "is", "are"));
	if (usual.evicted > 0)
		warnx("%s forgotten", show_count(usual.evicted, "idle key"));
	if (verbose)
		warnx("%s read, %s, %s, %s", show_count(in.rows, "row"),
		    show_count(usual.keys.used, "key"),
		    show_count(usual.points, "value"),
		    show_count(alerts, "incident"));
}

/* At the end: a state keeps the open bin for the next run. */
static void
finish(void)
{
	if (!started) {
		write_header();
		return;
	}
	if (state_path != NULL) {
		output_flush(&out);
		save_state();
	} else
		baseline_finish(&usual);
}

static void
find_rates(void)
{
	struct raterow row;

	raterows_start(&rows, start);
	saved_ns = timestamp_now(CLOCK_MONOTONIC);
	if (state_path != NULL)
		stream_tick(&in, keep_state, NULL);
	while (raterows_next(&rows, &row))
		baseline_put(&usual, row.key, row.ns, row.value);
	finish();
	report();
}

static void
find_beacons(void)
{
	beacons.format = time_format;
	beacons.no_header = no_header;
	beacons.state_path = state_path;
	beaconrows_run(&beacons, &in, &out, lines ? &err_out : NULL);
	beaconrows_report(&beacons, &in, verbose);
}

static void
read_bin(const char *arg)
{
	usual.width_ns = option_duration("bin", arg, 1);
	if (usual.width_ns < BASELINE_WIDTH_MIN ||
	    usual.width_ns > BASELINE_WIDTH_MAX)
		errx(STATUS_USAGE, "bad bin \"%s\", want 1s to 1d",
		    show_str(arg));
}

static void
read_keys(const char *arg)
{
	size_t i;

	keys_parse(&rows.keys, "by", arg);
	for (i = 0; i < rows.keys.columns; i++)
		if (strcmp(rows.keys.name[i], "time") == 0)
			errx(STATUS_USAGE, "bad by \"time\", want other "
			    "columns: there is always a bin of time");
}

static const char usage_text[] =
    "usage: rateflag [-hVv] [-b duration] [-k column[,column ...]]\n"
    "                [-p protocol[,protocol ...]] [-t epoch|iso|sheet]\n"
    "                [--alerts] [--lateness duration] [--max-keys number]\n"
    "                [--max-memory bytes] [--no-header] [--scores]\n"
    "                [--sensitivity number] [--since time] [--state file]\n"
    "                [--until time] [--value column] [--warm-up duration]\n"
    "                [--zone name] [file ...]\n"
    "       rateflag --beacon [-v] [-p protocol[,protocol ...]]\n"
    "                [-t epoch|iso|sheet] [--alerts] [--allow file]\n"
    "                [--jitter percent] [--least number] [--max-keys number]\n"
    "                [--max-memory bytes] [--no-header] [--since time]\n"
    "                [--span duration] [--state file] [--until time]\n"
    "                [file ...]\n"
    "Flags rates that are not what they usually are.  rateflag(1) says more.\n";

enum { OPT_ALERTS = 256, OPT_BEACON, OPT_LATENESS, OPT_MAX_KEYS,
    OPT_MAX_MEMORY, OPT_NO_HEADER, OPT_SCORES, OPT_SENSITIVITY, OPT_STATE,
    OPT_VALUE, OPT_WARM_UP, OPT_ZONE };

static const struct option options[] = {
	{ "alerts", no_argument, NULL, OPT_ALERTS },
	{ "beacon", no_argument, NULL, OPT_BEACON },
	{ "bin", required_argument, NULL, 'b' },
	{ "by", required_argument, NULL, 'k' },
	{ "help", no_argument, NULL, 'h' },
	{ "lateness", required_argument, NULL, OPT_LATENESS },
	{ "max-keys", required_argument, NULL, OPT_MAX_KEYS },
	{ "max-memory", required_argument, NULL, OPT_MAX_MEMORY },
	{ "no-header", no_argument, NULL, OPT_NO_HEADER },
	{ "scores", no_argument, NULL, OPT_SCORES },
	{ "sensitivity", required_argument, NULL, OPT_SENSITIVITY },
	{ "state", required_argument, NULL, OPT_STATE },
	{ "time", required_argument, NULL, 't' },
	{ "value", required_argument, NULL, OPT_VALUE },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ "warm-up", required_argument, NULL, OPT_WARM_UP },
	{ "zone", required_argument, NULL, OPT_ZONE },
	BEACONROWS_OPTIONS,
	ROWFILTER_OPTIONS,
	{ NULL, 0, NULL, 0 }
};

/* Options about what is learnt; false if it is none of them. */
static bool
read_baseline_option(int ch)
{
	if (beaconrows_option(&beacons, ch, optarg))
		return of_beacons = true;
	of_rates |= ch == 'b' || ch == 'k' || ch == OPT_LATENESS ||
	    ch == OPT_SENSITIVITY || ch == OPT_VALUE || ch == OPT_WARM_UP ||
	    ch == OPT_ZONE;
	switch (ch) {
	case 'b':
		read_bin(optarg);
		return true;
	case 'k':
		read_keys(optarg);
		return true;
	case OPT_LATENESS:
		usual.lateness_ns = option_duration("lateness", optarg, 0);
		return true;
	case OPT_MAX_KEYS:
		usual.max_keys = option_number("max-keys", optarg, 1,
		    (size_t)1 << 24);
		beacons.beacons.max_keys = usual.max_keys;
		return true;
	case OPT_MAX_MEMORY:
		usual.max_memory = option_memory(optarg);
		beacons.beacons.max_memory = usual.max_memory;
		return true;
	case OPT_SENSITIVITY:
		usual.bearable_week = (double)option_number("sensitivity",
		    optarg, 1, 1000);
		return true;
	case OPT_VALUE:
		rows.value = optarg;
		return true;
	case OPT_WARM_UP:
		usual.warm_up_ns = option_duration("warm-up", optarg,
		    NS_PER_S);
		return true;
	case OPT_ZONE:
		zone_choose(optarg);
		return true;
	default:
		return rowfilter_option(&filter, ch, optarg);
	}
}

static void
read_options(int argc, char *argv[])
{
	int ch;

	while ((ch = getopt_long(argc, argv, "b:hk:p:t:Vv", options,
	    NULL)) != -1)
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
		case OPT_BEACON:
			beacons_only = true;
			break;
		case OPT_NO_HEADER:
			no_header = true;
			break;
		case OPT_SCORES:
			scores = true;
			break;
		case OPT_STATE:
			state_path = optarg;
			break;
		default:
			if (!read_baseline_option(ch))
				option_usage(usage_text);
		}
	if (beacons_only && scores)
		errx(STATUS_USAGE, "--beacon or --scores, not both");
	if (beacons_only && of_rates)
		errx(STATUS_USAGE, "--bin, --by, --lateness, --sensitivity, "
		    "--value, --warm-up and --zone are not for --beacon");
	if (of_beacons && !beacons_only)
		errx(STATUS_USAGE,
		    "--allow, --jitter, --least and --span need --beacon");
}

int
main(int argc, char *argv[])
{
	raterows_init(&rows, &in);
	baseline_init(&usual);
	beaconrows_init(&beacons);
	rows.filter = beacons.filter = &filter;
	usual.on_result = write_result;
	read_options(argc, argv);
	option_want_input(argc, usage_text);
	output_init(&out, STDOUT_FILENO, "stdout");
	output_init(&err_out, STDERR_FILENO, "stderr");
	stream_init(&in, argv + optind, &out);
	sandbox_replaces(state_path);
	sandbox_enter(argv + optind);
	if (beacons_only)
		find_beacons();
	else
		find_rates();
	baseline_release(&usual);
	raterows_release(&rows);
	beaconrows_release(&beacons);
	free(identity);
	free(err_out.buf);
	output_close(&out);
	return stream_finish(&in);
}
