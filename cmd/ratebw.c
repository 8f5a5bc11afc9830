/*
 * ratebw - packets and bytes of each bin of time
 *
 * Packet rows or tally rows in, from files or standard input; one tally row
 * a bin out, or one for each key in it: time[,key ...],packets,bytes[,spike].
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/option.h"
#include "base/output.h"
#include "base/show.h"
#include "base/stream.h"
#include "base/timestamp.h"
#include "csv/row.h"
#include "tally/clock.h"
#include "tally/keys.h"
#include "tally/timebins.h"

static int64_t width_ns = NS_PER_S;
static int64_t lateness_ns = -1;	/* not streaming */
static size_t max_bins = (size_t)1 << 20;
static bool mark_spikes;
static uint64_t spike_limit;		/* bytes a second */
static struct keys keys;		/* none: bins have no keys */

struct binned {
	struct stream	*in;
	struct output	*out;
	struct stream_clock clock;
	struct timebins	 sums;		/* a written bin is dropped */
	struct timebins	 late;		/* sums to be written at the end */
	bool		 gap_known;	/* last_bin was written in order */
	int64_t		 last_bin;
	size_t		 zeros_left;	/* zero rows still allowed */
	uint64_t	 late_rows, early, open_gaps;
};

static void
write_header(struct output *o)
{
	size_t i;

	output_str(o, "time,");
	for (i = 0; i < keys.columns; i++) {
		output_text_cell(o, keys.name[i], strlen(keys.name[i]));
		output_char(o, ',');
	}
	output_str(o, mark_spikes ? "packets,bytes,spike" : "packets,bytes");
	output_end_row(o);
}

/* The time of a bin, and the key that an entry has in it. */
static void
write_key(struct output *o, int64_t bin, const struct keytable_entry *e)
{
	struct slice key;

	if (bin != TIMEBINS_NO_TIME)
		o->used += timestamp_format(output_room(o, TIMESTAMP_TEXT_MAX),
		    timebin_start(bin, width_ns), TIMESTAMP_EPOCH, 6);
	if (keys.columns > 0) {
		key = timebins_key(e);
		output_char(o, ',');
		output_bytes(o, key.at, key.len);
	}
}

static void
write_row(struct output *o, int64_t bin, const struct keytable_entry *e)
{
	static const struct keytable_entry zero;

	if (e == NULL)
		e = &zero;
	write_key(o, bin, e);
	output_char(o, ',');
	output_u64(o, e->sums.packets);
	output_char(o, ',');
	output_u64(o, e->sums.bytes);
	if (mark_spikes)
		output_str(o, bin != TIMEBINS_NO_TIME &&
		    timebin_is_spike(e->sums.bytes, spike_limit, width_ns) ?
		    ",1" : ",0");
	output_end_row(o);
}

/* Writes a sum in order of time, and before it the empty bins of a gap. */
static void
write_in_order(struct binned *b, const struct keytable_entry *e)
{
	int64_t bin = timebins_number(e);

	if (b->gap_known && keys.columns == 0 && bin > b->last_bin + 1) {
		uint64_t gap = timestamp_distance(bin, b->last_bin) - 1;

		if (gap > b->zeros_left)
			b->open_gaps++;
		else
			for (b->zeros_left -= gap; ++b->last_bin < bin;)
				write_row(b->out, b->last_bin, NULL);
	}
	write_row(b->out, bin, e);
	b->last_bin = bin;
	b->gap_known = true;
}

/*
 * Writes all bins before this one: bin by bin if these are few, else by a pass
 * over all sums.
 */
static void
write_before(struct binned *b, int64_t bin)
{
	const struct keytable_entry **list;
	int64_t one = b->sums.first;
	size_t n, i;

	b->zeros_left = max_bins;
	if (one != INT64_MIN && timestamp_distance(bin, one) <= b->sums.held)
		for (; one < bin; one++) {
			list = timebins_list_bin(&b->sums, one, &n);
			for (i = 0; i < n; i++)
				write_in_order(b, list[i]);
			free(list);
		}
	else {
		list = timebins_list(&b->sums, &n);
		for (i = 0; i < n && timebins_number(list[i]) < bin; i++)
			write_in_order(b, list[i]);
		free(list);
	}
	timebins_drop_before(&b->sums, bin);
}

/* Writes the oldest quarter of the bins, to make room. */
static void
write_oldest(struct binned *b)
{
	const struct keytable_entry **list;
	int64_t newest, bin, last = INT64_MAX;
	size_t n, i;

	list = timebins_list(&b->sums, &n);
	newest = timebins_number(list[n / 4]);
	for (i = 0; i < n && (bin = timebins_number(list[i])) <= newest; i++) {
		b->early += bin != last;
		last = bin;
	}
	free(list);
	write_before(b, newest + 1);
}

/* Writes the late sums as further rows; those without a time are last. */
static void
write_late(struct binned *b)
{
	const struct keytable_entry **list;
	size_t i, n;

	list = timebins_list(&b->late, &n);
	for (i = 0; i < n; i++)
		write_row(b->out, timebins_number(list[i]), list[i]);
	free(list);
	timebins_clear(&b->late);
}

/* Moves the stream clock, and writes the bins that it closes. */
static void
see_time(struct binned *b, int64_t ns)
{
	enum clock_move move = stream_clock_see(&b->clock, ns);
	int64_t bin;

	if (move == CLOCK_STAYED)
		return;
	bin = timebin_of(timestamp_before(b->clock.now_ns, lateness_ns),
	    width_ns);
	if (bin > b->sums.first)
		write_before(b, bin);
	else if (move == CLOCK_JUMPED && bin < b->sums.first) {
		timebins_reopen(&b->sums, bin);
		b->gap_known = false;
	}
}

/* The sums of a row whose bin has been written, or that has no time. */
static struct keytable_entry *
find_late(struct binned *b, const struct row *row, const struct slice *cell)
{
	struct keytable_entry *e;

	b->late_rows += row->timed;
	timebins_select(&b->late, b->sums.bin);
	e = timebins_find(&b->late, cell);
	if (e != NULL)
		return e;
	if (b->late.held >= max_bins)
		write_late(b);
	return timebins_insert(&b->late, cell);
}

/* The sums that a row belongs to, new ones if need be. */
static inline struct keytable_entry *
find_sums(struct binned *b, const struct row *row)
{
	const struct slice *cell = keys_cells(&keys, row);
	struct keytable_entry *e;

	if (!row->timed) {
		timebins_select(&b->sums, TIMEBINS_NO_TIME);
		return find_late(b, row, cell);
	}
	timebins_select_time(&b->sums, row->time_ns);
	e = timebins_find(&b->sums, cell);
	if (e != NULL)
		return e;
	if (b->sums.held >= max_bins && b->sums.bin >= b->sums.first)
		write_oldest(b);
	return b->sums.bin < b->sums.first ? find_late(b, row, cell) :
	    timebins_insert(&b->sums, cell);
}

/* Ends the program; the key of the sum is the time and the keys of its row. */
static _Noreturn void
overflow(const struct binned *b, const struct row *row,
    const struct keytable_entry *e)
{
	struct output key;

	output_init(&key, -1, "key");
	write_key(&key, timebins_number(e), e);
	stream_sum_overflow(b->in, row->line, key.buf, key.used);
}

/* Sums all rows; a sum that exceeds 2^63 - 1 ends the program. */
static void
sum_rows(struct binned *b, struct row_reader *rows)
{
	struct keytable_entry *e;
	struct row row;

	row_want_time(rows);
	keys_want(&keys, rows);
	while (row_next(rows, &row)) {
		if (lateness_ns >= 0 && row.timed)
			see_time(b, row.time_ns);
		e = find_sums(b, &row);
		if (!tally_add(&e->sums, row.packets, row.bytes))
			overflow(b, &row, e);
	}
	write_before(b, TIMEBINS_NO_TIME);
	write_late(b);
}

/* Prints what was out of the ordinary; the sums hold nevertheless. */
static void
report(const struct binned *b)
{
	stream_clock_report(&b->clock);
	keys_report(&keys);
	if (b->late_rows > 0)
		warnx("%s came after %s bin was written: see the last rows",
		    show_count(b->late_rows, "row"),
		    show_word(b->late_rows, "its", "their"));
	if (b->early > 0)
		warnx("--max-bins %zu reached: %s %s written early",
		    max_bins, show_count(b->early, "bin"),
		    show_word(b->early, "was", "were"));
	if (b->open_gaps > 0)
		warnx("--max-bins %zu reached: %s %s no zero rows",
		    max_bins, show_count(b->open_gaps, "gap"),
		    show_word(b->open_gaps, "has", "have"));
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

static const char usage_text[] =
    "usage: ratebw [-hV] [-b duration] [-k column[,column ...]]\n"
    "              [--lateness duration] [--max-bins number]\n"
    "              [--spike bytes] [file ...]\n"
    "Sums packets and bytes of each second.  ratebw(1) says more.\n";

enum { OPT_LATENESS = 256, OPT_MAX_BINS, OPT_SPIKE };

static const struct option options[] = {
	{ "bin", required_argument, NULL, 'b' },
	{ "by", required_argument, NULL, 'k' },
	{ "help", no_argument, NULL, 'h' },
	{ "lateness", required_argument, NULL, OPT_LATENESS },
	{ "max-bins", required_argument, NULL, OPT_MAX_BINS },
	{ "spike", required_argument, NULL, OPT_SPIKE },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 }
};

static void
read_options(int argc, char *argv[])
{
	int ch;

	while ((ch = getopt_long(argc, argv, "b:hk:V", options, NULL)) != -1)
		switch (ch) {
		case 'b':
			read_width(optarg);
			break;
		case 'h':
			option_help(usage_text);
		case 'k':
			read_keys(optarg);
			break;
		case 'V':
			option_version();
		case OPT_LATENESS:
			lateness_ns = option_lateness(optarg);
			break;
		case OPT_MAX_BINS:
			max_bins = option_number("max-bins", optarg, 1,
			    KEYTABLE_MAX / 4);
			break;
		case OPT_SPIKE:
			mark_spikes = true;
			spike_limit = option_number("spike", optarg, 0,
			    INT64_MAX);
			break;
		default:
			option_usage(usage_text);
		}
}

int
main(int argc, char *argv[])
{
	struct output out;
	struct stream in;
	struct row_reader rows;
	struct binned b = { .in = &in, .out = &out };

	read_options(argc, argv);
	option_want_input(argc, usage_text);
	output_init(&out, STDOUT_FILENO, "stdout");
	stream_init(&in, argv + optind, &out);
	row_init(&rows, &in);
	stream_clock_init(&b.clock);
	timebins_init(&b.sums, width_ns, keys.columns);
	timebins_init(&b.late, width_ns, keys.columns);
	write_header(&out);
	sum_rows(&b, &rows);
	report(&b);
	timebins_release(&b.sums);
	timebins_release(&b.late);
	keys_release(&keys);
	row_release(&rows);
	output_close(&out);
	return stream_finish(&in);
}
