/*
 * ratebw - packets and bytes of each bin of time
 *
 * Packet rows or tally rows in, from files or standard input; one tally row
 * a bin out, or one for each key in it:
 * time[,key ...],packets,bytes[,pps,bps][,spike].  With --percentile, one row
 * for all bins, or for all bins of each key.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/option.h"
#include "base/output.h"
#include "base/sandbox.h"
#include "base/show.h"
#include "base/stream.h"
#include "base/timestamp.h"
#include "base/zone.h"
#include "csv/row.h"
#include "csv/rowfilter.h"
#include "tally/binrate.h"
#include "tally/binstream.h"
#include "tally/keys.h"

#define TIME_DIGITS	6

static int64_t width_ns = NS_PER_S;
static enum timestamp_format time_format = TIMESTAMP_EPOCH;
static bool mark_spikes, rates, no_header;
static uint64_t spike_limit;		/* bytes a second */
static const char *zone;
static const char *percentile;		/* as it was given, or NULL */
static uint64_t thousandths;		/* the same as a number */

static struct stream in;
static struct output out;
static struct row_reader rows;
static struct rowfilter filter = ROWFILTER_ALL;
static struct keys keys;		/* none: bins have no keys */
static struct binstream sums = { .keys = &keys, .lateness_ns = -1,
    .max_bins = (size_t)1 << 20, .max_memory = KEYTABLE_MEMORY };

/* With --percentile: the bins, from the first to the last. */
static struct percentiles bins;
static bool any;
static int64_t first_bin, last_bin;
static uint64_t untimed;		/* sums of no bin */

static void
write_header(void)
{
	size_t i;

	if (no_header)
		return;
	output_str(&out, percentile != NULL ? "percentile," : "time,");
	for (i = 0; i < keys.columns; i++) {
		output_text_cell(&out, keys.name[i], strlen(keys.name[i]));
		output_char(&out, ',');
	}
	output_str(&out, "packets,bytes");
	if (rates)
		output_str(&out, ",pps,bps");
	if (mark_spikes)
		output_str(&out, ",spike");
	output_end_row(&out);
}

/* Writes the cells after the first: those of a key, and the sums. */
static void
write_cells(struct slice key, const struct binrate *packets,
    const struct binrate *bytes)
{
	if (keys.columns > 0) {
		output_char(&out, ',');
		output_bytes(&out, key.at, key.len);
	}
	output_char(&out, ',');
	output_u64(&out, packets->sums.packets);
	output_char(&out, ',');
	output_u64(&out, bytes->sums.bytes);
	if (rates && bytes->length_ns > 0)
		binrate_write(&out, packets, bytes);
	else if (rates)
		output_str(&out, ",,");
}

/* A row without a time has no rate, and is no spike. */
static void
write_row(int64_t bin, struct slice key, const struct keytable_sums *s)
{
	struct binrate rate = { .sums = *s };

	if (bin != TIMEBINS_NO_TIME) {
		if (rates || mark_spikes)
			rate.length_ns = binclock_length_ns(&sums.bins, bin);
		output_time(&out, binclock_start_ns(&sums.bins, bin),
		    time_format, TIME_DIGITS);
	}
	write_cells(key, &rate, &rate);
	if (mark_spikes)
		output_str(&out, rate.length_ns > 0 && timebin_is_spike(
		    s->bytes, spike_limit, (int64_t)rate.length_ns) ?
		    ",1" : ",0");
	output_end_row(&out);
}

/* With --percentile: keeps a bin.  A bin that was written early has changed. */
static void
keep_bin(int64_t bin, struct slice key, const struct keytable_sums *s)
{
	struct binrate rate = { .sums = *s };

	if (bin == TIMEBINS_NO_TIME) {
		untimed++;
		return;
	}
	if (sums.early > 0)
		errx(STATUS_FAILED, "%s: no percentile, want wider bins or a "
		    "larger number", binstream_reason(&sums));
	if (!any)
		first_bin = bin;
	any = true;
	last_bin = bin;
	rate.length_ns = binclock_length_ns(&sums.bins, bin);
	percentiles_add(&bins, key, &rate);
}

/*
 * The number of bins from the first to the last.  By a zone's clock they are
 * counted one by one; more than --max-bins are as long as an average one.
 */
static uint64_t
count_bins(void)
{
	const struct binclock *c = &sums.bins;
	uint64_t most = c->zoned ? sums.max_bins : INT64_MAX;
	uint64_t between = binclock_between(c, first_bin, last_bin, most);

	if (between == most)
		between = timestamp_distance(binclock_start_ns(c, last_bin),
		    binclock_start_ns(c, first_bin)) / (uint64_t)width_ns - 1;
	return first_bin == last_bin ? 1 : between + 2;
}

static void
write_percentiles(void)
{
	size_t *order = percentiles_order(&bins), i;
	uint64_t total = any ? count_bins() : 0;
	struct binrate packets, bytes;

	for (i = 0; i < bins.keys.used; i++) {
		const struct keytable_entry *e = keytable_entry(&bins.keys,
		    order[i]);

		packets = percentiles_find(&bins, order[i], thousandths,
		    total, false, (uint64_t)width_ns);
		bytes = percentiles_find(&bins, order[i], thousandths, total,
		    true, (uint64_t)width_ns);
		output_str(&out, percentile);
		write_cells((struct slice){ keytable_key(e), e->len },
		    &packets, &bytes);
		output_end_row(&out);
	}
	free(order);
	if (untimed > 0)
		warnx("rows without a time are in no bin");
}

/* Six digits must be able to write the start of a bin, or sums cannot merge. */
static void
read_width(const char *arg)
{
	width_ns = option_duration("bin", arg, 1000000);
	if (width_ns % 1000 != 0)
		errx(STATUS_USAGE, "bad bin \"%s\", want whole microseconds",
		    show_str(arg));
}

static void
read_keys(const char *arg)
{
	size_t i;

	keys_parse(&keys, "by", arg);
	for (i = 0; i < keys.columns; i++)
		if (strcmp(keys.name[i], "time") == 0)
			errx(STATUS_USAGE, "bad by \"time\", want other "
			    "columns: time is always in the key");
}

/* A number from above 0 to 100, with at most three decimals. */
static void
read_percentile(const char *arg)
{
	const char *dot = strchr(arg, '.');
	size_t n = dot != NULL ? (size_t)(dot - arg) : strlen(arg), decimals;
	uint64_t whole, part = 0;
	bool good = number_parse(arg, n, 100, &whole);

	decimals = dot != NULL ? strlen(dot + 1) : 0;
	if (dot != NULL)
		good &= decimals <= 3 && number_parse(dot + 1, decimals, 999,
		    &part);
	for (; decimals < 3; decimals++)
		part *= 10;
	thousandths = good ? whole * 1000 + part : 0;
	if (thousandths == 0 || thousandths > 100000)
		errx(STATUS_USAGE, "bad percentile \"%s\", want a number up to "
		    "100, such as 95", show_str(arg));
	percentile = arg;
}

/* Bins of less than an hour are the same by any clock that shows them. */
static void
set_clock(void)
{
	bool zoned = zone != NULL && width_ns >= 3600 * NS_PER_S;

	if (zone != NULL)
		zone_choose(zone);
	if (zoned && width_ns % NS_PER_S != 0)
		errx(STATUS_USAGE, "--zone needs a bin of whole seconds");
	binclock_init(&sums.bins, width_ns, zoned);
}

static const char usage_text[] =
    "usage: ratebw [-hV] [-b duration] [-k column[,column ...]]\n"
    "              [-p protocol[,protocol ...]] [-t epoch|iso|sheet] [--fill]\n"
    "              [--lateness duration] [--max-bins number]\n"
    "              [--max-memory bytes] [--no-header] [--percentile number]\n"
    "              [--rate] [--since time] [--spike bytes] [--until time]\n"
    "              [--zone name] [file ...]\n"
    "Sums packets and bytes of each second.  ratebw(1) says more.\n";

enum { OPT_FILL = 256, OPT_LATENESS, OPT_MAX_BINS, OPT_MAX_MEMORY,
    OPT_NO_HEADER, OPT_PERCENTILE, OPT_RATE, OPT_SPIKE, OPT_ZONE };

static const struct option options[] = {
	{ "bin", required_argument, NULL, 'b' },
	{ "by", required_argument, NULL, 'k' },
	{ "fill", no_argument, NULL, OPT_FILL },
	{ "help", no_argument, NULL, 'h' },
	{ "lateness", required_argument, NULL, OPT_LATENESS },
	{ "max-bins", required_argument, NULL, OPT_MAX_BINS },
	{ "max-memory", required_argument, NULL, OPT_MAX_MEMORY },
	{ "no-header", no_argument, NULL, OPT_NO_HEADER },
	{ "percentile", required_argument, NULL, OPT_PERCENTILE },
	{ "rate", no_argument, NULL, OPT_RATE },
	{ "spike", required_argument, NULL, OPT_SPIKE },
	{ "time", required_argument, NULL, 't' },
	{ "version", no_argument, NULL, 'V' },
	{ "zone", required_argument, NULL, OPT_ZONE },
	ROWFILTER_OPTIONS,
	{ NULL, 0, NULL, 0 }
};

/* Options about bins; false if it is none of them. */
static bool
read_bin_option(int ch)
{
	switch (ch) {
	case 'b':
		read_width(optarg);
		return true;
	case 'k':
		read_keys(optarg);
		return true;
	case OPT_FILL:
		sums.fill = true;
		return true;
	case OPT_LATENESS:
		sums.lateness_ns = option_duration("lateness", optarg, 0);
		return true;
	case OPT_MAX_BINS:
		sums.max_bins = option_number("max-bins", optarg, 1,
		    KEYTABLE_MAX / 4);
		return true;
	case OPT_MAX_MEMORY:
		sums.max_memory = option_memory(optarg);
		return true;
	case OPT_PERCENTILE:
		read_percentile(optarg);
		return true;
	case OPT_ZONE:
		zone = optarg;
		return true;
	default:
		return rowfilter_option(&filter, ch, optarg);
	}
}

static void
read_options(int argc, char *argv[])
{
	int ch;

	while ((ch = getopt_long(argc, argv, "b:hk:p:t:V", options, NULL)) !=
	    -1)
		switch (ch) {
		case 'h':
			option_help(usage_text);
		case 't':
			time_format = option_time_format(optarg);
			break;
		case 'V':
			option_version();
		case OPT_NO_HEADER:
			no_header = true;
			break;
		case OPT_RATE:
			rates = true;
			break;
		case OPT_SPIKE:
			mark_spikes = true;
			spike_limit = option_number("spike", optarg, 0,
			    INT64_MAX);
			break;
		default:
			if (!read_bin_option(ch))
				option_usage(usage_text);
		}
	set_clock();
	if (percentile != NULL && sums.lateness_ns >= 0)
		errx(STATUS_USAGE, "--percentile or --lateness, not both");
	if (percentile != NULL && mark_spikes)
		errx(STATUS_USAGE, "--percentile or --spike, not both");
}

int
main(int argc, char *argv[])
{
	read_options(argc, argv);
	option_want_input(argc, usage_text);
	output_init(&out, STDOUT_FILENO, "stdout");
	stream_init(&in, argv + optind, &out);
	row_init(&rows, &in);
	row_want_only(&rows, true);
	row_want_time(&rows);
	keys_want(&keys, &rows);
	rowfilter_start(&filter, &rows);
	percentiles_init(&bins);
	sums.write = percentile != NULL ? keep_bin : write_row;
	binstream_init(&sums);
	write_header();
	sandbox_enter(argv + optind);
	binstream_rows(&sums, &rows);
	if (percentile != NULL)
		write_percentiles();
	binstream_report(&sums);
	binstream_release(&sums);
	percentiles_release(&bins);
	keys_release(&keys);
	row_release(&rows);
	output_close(&out);
	return stream_finish(&in);
}
