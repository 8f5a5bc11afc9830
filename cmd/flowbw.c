/*
 * flowbw - packets and bytes of each connection
 *
 * Packet rows in, or flow rows and other tally rows, from files or standard
 * input; a tally row for each connection out, as it ends.  With --pairs a file
 * gets those of each source and destination by protocol.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <getopt.h>
#include <unistd.h>

#include "base/option.h"
#include "base/output.h"
#include "base/sandbox.h"
#include "base/show.h"
#include "base/stream.h"
#include "connect/connpairs.h"
#include "connect/connrow.h"
#include "connect/conntable.h"
#include "connect/connwrite.h"
#include "csv/rowfilter.h"
#include "tally/clock.h"

/* Rows added together, so that the cache misses of each are side by side. */
#define BATCH	32

static struct connection_limits limits = { .idle_ns = 60 * NS_PER_S,
    .active_ns = 1800 * NS_PER_S };
static int64_t lateness_ns = -1;	/* not given */
static size_t max_keys = (size_t)1 << 20, max_memory = KEYTABLE_MEMORY;
static const char *pairs_path;
static bool verbose;

static struct stream in;
static struct output out, pairs_out;
static struct connrow_reader rows;
static struct rowfilter filter = ROWFILTER_ALL;
static struct conntable table;
static struct connwrite_style style;
static struct stream_clock now;
static struct connection batch[BATCH];
static size_t batched;
static bool header_done;
static uint64_t late_rows;

/* The first table decides the columns. */
static void
write_header(void)
{
	if (header_done)
		return;
	header_done = true;
	style.columns = rows.columns;
	style.protos = &rows.protos;
	connwrite_header(&out, &style);
	if (pairs_path != NULL && !style.no_header)
		connpairs_header(&pairs_out, &rows);
}

static void
write_connection(const struct connection *c)
{
	connwrite_row(&out, &style, c);
	if (pairs_path != NULL)
		connpairs_write(&pairs_out, &rows, &table.sums, c);
}

/* Moves the stream clock, and lets connections that have ended leave. */
static void
see_time(const struct connection *part)
{
	enum clock_move move = stream_clock_see(&now, part->end_ns);
	int64_t ns;

	if (move == CLOCK_STAYED)
		return;
	ns = timestamp_before(now.now_ns, lateness_ns);
	if (move == CLOCK_JUMPED)
		conntable_jump(&table, ns);
	else
		conntable_advance(&table, ns);
}

/* Ends the program with status 3. */
static _Noreturn void
overflow(void)
{
	struct output name;

	output_init(&name, -1, "name");
	connwrite_name(&name, table.overflowed);
	stream_sum_overflow(&in, table.overflowed->line, name.buf, name.used);
}

static void
add_part(const struct connection *part)
{
	bool joined, timed = (part->key.kind & CONNKEY_UNTIMED) == 0;

	if (timed && !table.holds)
		see_time(part);
	if (!conntable_add(&table, part, &joined))
		overflow();
	late_rows += !joined && timed && !table.holds &&
	    part->end_ns < table.now_ns;
}

static void
add_batch(void)
{
	size_t i, n = batched;

	batched = 0;
	for (i = 0; i < n; i++)
		conntable_prefetch_entry(&table, batch[i].hash);
	if (table.keeps_sums)
		for (i = 0; i < n; i++)
			conntable_prefetch_sums(&table, batch[i].hash);
	for (i = 0; i < n; i++)
		add_part(&batch[i]);
}

/* Before a read, which may wait for its producer. */
static int64_t
before_read(void *arg)
{
	(void)arg;
	add_batch();
	return INT64_MAX;
}

/*
 * Tally rows may be of the same time as those before, such as another sensor's,
 * so that connections wait for the end of input unless --lateness is given.
 */
static void
connect_rows(void)
{
	struct connection *part = &batch[0];
	bool streams = lateness_ns >= 0;

	if (!streams)
		lateness_ns = CLOCK_LATENESS_NS;
	for (; connrow_next(&rows, part); part = &batch[batched]) {
		if (rows.tally && !streams && !table.holds) {
			add_batch();
			conntable_hold(&table);
		}
		conntable_prefetch_slot(&table, part->hash);
		/* The batch may have been added while this row was read. */
		if (part != &batch[batched])
			batch[batched] = *part;
		if (++batched == BATCH || connrow_borrows(part))
			add_batch();
	}
	add_batch();
}

static void
report_protos(const struct connproto_names *names)
{
	const char *count = show_word(names->others, "counts", "count");

	if (names->others == 0)
		return;
	if (names->table.bound == KEYTABLE_LONG)
		warnx("%s: %s %s as OTHER", keytable_reason(KEYTABLE_LONG,
		    "protocols", 0, 0), show_count(names->others, "row"),
		    count);
	else
		warnx("%s beyond the first %d unknown protocols %s as OTHER",
		    show_count(names->others, "row"), CONNPROTO_NAMES_MAX,
		    count);
}

/* Prints what was out of the ordinary; the sums hold nevertheless. */
static void
report(void)
{
	stream_clock_report(&now);
	if (late_rows > 0)
		warnx("%s came late: %s may have further rows",
		    show_count(late_rows, "row"), show_word(late_rows,
		    "its connection", "their connections"));
	if (table.evicted > 0)
		warnx("%s: %s %s written early", keytable_reason(
		    table.by_bytes ? KEYTABLE_BYTES : KEYTABLE_KEYS, "",
		    max_keys, max_memory),
		    show_count(table.evicted, "connection"),
		    show_word(table.evicted, "was", "were"));
	if (rows.texts.cut > 0)
		warnx("%s: %s as REST", keytable_reason(KEYTABLE_LONG,
		    "addresses", 0, 0), show_count(rows.texts.cut, "cell"));
	report_protos(&rows.protos);
	if (verbose)
		warnx("%s read, %s", show_count(in.rows, "row"),
		    show_count(table.written, "connection"));
}

static const char usage_text[] =
    "usage: flowbw [-hVv] [-p protocol[,protocol ...]] [-t epoch|iso|sheet]\n"
    "              [--active duration] [--idle duration]\n"
    "              [--lateness duration] [--max-keys number]\n"
    "              [--max-memory bytes] [--no-header] [--one-way]\n"
    "              [--pairs file] [--since time] [--until time] [file ...]\n"
    "Sums packets and bytes of each connection.  flowbw(1) says more.\n";

enum { OPT_ACTIVE = 256, OPT_IDLE, OPT_LATENESS, OPT_MAX_KEYS, OPT_MAX_MEMORY,
    OPT_NO_HEADER, OPT_ONE_WAY, OPT_PAIRS };

static const struct option options[] = {
	{ "active", required_argument, NULL, OPT_ACTIVE },
	{ "help", no_argument, NULL, 'h' },
	{ "idle", required_argument, NULL, OPT_IDLE },
	{ "lateness", required_argument, NULL, OPT_LATENESS },
	{ "max-keys", required_argument, NULL, OPT_MAX_KEYS },
	{ "max-memory", required_argument, NULL, OPT_MAX_MEMORY },
	{ "no-header", no_argument, NULL, OPT_NO_HEADER },
	{ "one-way", no_argument, NULL, OPT_ONE_WAY },
	{ "pairs", required_argument, NULL, OPT_PAIRS },
	{ "time", required_argument, NULL, 't' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	ROWFILTER_OPTIONS,
	{ NULL, 0, NULL, 0 }
};

static void
read_options(int argc, char *argv[])
{
	int ch;

	while ((ch = getopt_long(argc, argv, "hp:t:Vv", options, NULL)) != -1)
		switch (ch) {
		case OPT_ACTIVE:
			limits.active_ns = option_duration("active", optarg, 1);
			break;
		case 'h':
			option_help(usage_text);
		case OPT_IDLE:
			limits.idle_ns = option_duration("idle", optarg, 1);
			break;
		case OPT_LATENESS:
			lateness_ns = option_duration("lateness", optarg, 0);
			break;
		case OPT_MAX_KEYS:
			max_keys = option_number("max-keys", optarg, 1,
			    CONNTABLE_MAX);
			break;
		case OPT_MAX_MEMORY:
			max_memory = option_memory(optarg);
			break;
		case OPT_NO_HEADER:
			style.no_header = true;
			break;
		case OPT_ONE_WAY:
			style.one_way = true;
			break;
		case OPT_PAIRS:
			pairs_path = optarg;
			break;
		case 't':
			style.format = option_time_format(optarg);
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
	if (pairs_path != NULL)
		output_open(&pairs_out, "pairs", pairs_path, argv + optind);
}

int
main(int argc, char *argv[])
{
	read_options(argc, argv);
	option_want_input(argc, usage_text);
	output_init(&out, STDOUT_FILENO, "stdout");
	stream_init(&in, argv + optind, &out);
	stream_tick(&in, before_read, NULL);
	connrow_init(&rows, &in);
	rowfilter_start(&filter, &rows.rows);
	rows.start = write_header;
	stream_clock_init(&now);
	conntable_init(&table, max_keys, &limits, write_connection);
	table.max_bytes = max_memory;
	table.keeps_sums = rows.want_places = pairs_path != NULL;
	sandbox_enter(argv + optind);
	connect_rows();
	write_header();
	if (!conntable_finish(&table))
		overflow();
	report();
	if (pairs_path != NULL)
		output_close(&pairs_out);
	conntable_release(&table);
	connrow_release(&rows);
	output_close(&out);
	return stream_finish(&in);
}
