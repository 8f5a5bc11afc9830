/*
 * liveplot - the last seconds of traffic as a picture that is redrawn
 *
 * Packet rows, tally rows or rows tagged by ipflag in, endless; commands for
 * gnuplot out: every few seconds a picture of the window, and its tables.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/option.h"
#include "base/protoset.h"
#include "base/sandbox.h"
#include "base/show.h"
#include "base/timestamp.h"
#include "base/xalloc.h"
#include "csv/rowfilter.h"
#include "pick/condition.h"
#include "plot/display.h"
#include "plot/window.h"
#include "tally/timebins.h"

/* The first frames come early: reading old rows may take a while. */
#define SOON_NS		NS_PER_S
#define SOON_FRAMES	3
#define IDLE_NS		(5 * NS_PER_S)	/* the shortest silence reported */

static int64_t window_ns = 30 * NS_PER_S;
static int64_t refresh_ns = 5 * NS_PER_S;
static int64_t lateness_ns = CLOCK_LATENESS_NS;
static bool replay;
static struct protoset chosen;
static struct rowfilter filter = ROWFILTER_ALL;
static struct window_options settings = { .bin_ns = NS_PER_S,
    .protos_max = 256, .sources_max = 65536, .spike = WINDOW_SPIKE,
    .chosen = &chosen };
static struct display_options shown;
static int64_t begin_ns;
static const char *captured_file;
static bool spike_given;
static bool narrowed;			/* --where is given */
static struct condition condition;
static const char *const red_names[] = { "alerts", "limits", NULL };

struct run {
	const struct row_reader *rows;
	struct window	 window;
	struct display	 display;
	struct captured	 captured;
	uint64_t	 untimed;	/* rows skipped: without a time */
	/* Live: when the stream clock moved, when the next frame is due. */
	int64_t		 clock_ns, moved_ns, due_ns;
	/* Replay: the next frame's edge, good until the clock jumps. */
	int64_t		 next_ns;
	uint64_t	 jumps;
	bool		 paced;
};

/* Draws a frame of the window that ends with the bin last. */
static void
draw(struct run *r, int64_t last, int64_t idle_ns)
{
	struct snapshot snap;

	captured_read(&r->captured, captured_file);
	if (!snapshot_take(&r->window, last, &snap))
		stream_sum_overflow(r->rows->in, r->rows->csv.line, "window",
		    strlen("window"));
	display_draw(&r->display, &snap, r->window.clock.now_ns, idle_ns);
	snapshot_release(&snap);
}

/* The last bin that ended a while before a point in time. */
static int64_t
last_closed(int64_t edge_ns, int64_t before_ns)
{
	return timebin_of(timestamp_before(edge_ns, before_ns),
	    settings.bin_ns) - 1;
}

/* Called before each read and when a frame is due; returns when the next is. */
static int64_t
tick(void *arg)
{
	struct run *r = arg;
	int64_t now = timestamp_now(CLOCK_MONOTONIC), edge;
	int64_t soon_ns = SOON_NS < refresh_ns ? SOON_NS : refresh_ns;

	if (r->window.clock.now_ns != r->clock_ns || r->due_ns == 0)
		r->moved_ns = now;
	r->clock_ns = r->window.clock.now_ns;
	if (r->due_ns == 0)
		r->due_ns = now + soon_ns;
	if (!interrupt_take(SIGWINCH) && now < r->due_ns)
		return r->due_ns;
	if (__builtin_add_overflow(r->clock_ns, now - r->moved_ns, &edge))
		edge = INT64_MAX;
	draw(r, last_closed(edge, lateness_ns), now - r->moved_ns);
	output_flush(r->display.out);
	while (r->due_ns <= now)
		r->due_ns += r->display.frames < SOON_FRAMES ? soon_ns :
		    refresh_ns;
	return r->due_ns;
}

/*
 * Replay: draws the frames due before a row of this time, which is not added
 * yet.  Frames are due at multiples of the refresh.  A row whose time is a jump
 * makes none due.
 */
static void
replay_to(struct run *r, int64_t ns)
{
	const struct stream_clock *c = &r->window.clock;
	int64_t edge = timestamp_before(ns, lateness_ns);

	if (!c->started || timestamp_distance(ns, c->now_ns) >
	    (uint64_t)CLOCK_JUMP_NS)
		return;
	if (!r->paced || r->jumps != c->jumps)
		r->next_ns = timebin_start(timebin_of(c->now_ns,
		    refresh_ns) + 1, refresh_ns);
	r->paced = true;
	r->jumps = c->jumps;
	for (; r->next_ns <= edge; r->next_ns += refresh_ns)
		draw(r, last_closed(r->next_ns, 0), 0);
}

/* Asks for what follow reads; returns where the condition's cells start. */
static size_t
want_cells(struct row_reader *rows)
{
	size_t first = 0, i;

	window_want(rows);
	rowfilter_start(&filter, rows);
	for (i = 0; i < condition.columns; i++) {
		size_t cell = row_want(rows, condition.column[i], false);

		if (i == 0)
			first = cell;
	}
	return first;
}

/* A row that is not shown moves the clock, and no more. */
static void
hide(struct row *row)
{
	row->packets = row->bytes = 0;
	row->cell[WINDOW_ALERT].len = 0;
}

static void
follow(struct run *r, struct row_reader *rows)
{
	size_t first = want_cells(rows);
	struct row row;

	while (row_next(rows, &row)) {
		if (!row.timed) {
			r->untimed++;
			continue;
		}
		if (replay)
			replay_to(r, row.time_ns);
		if (narrowed && condition_test(&condition, row.cell + first) !=
		    ANSWER_YES)
			hide(&row);
		if (!window_add(&r->window, &row))
			stream_sum_overflow(rows->in, row.line,
			    row.cell[WINDOW_PROTO].at,
			    row.cell[WINDOW_PROTO].len);
	}
}

/* Draws all that was read. */
static void
draw_last(struct run *r)
{
	int64_t idle = replay || r->due_ns == 0 ? 0 :
	    timestamp_now(CLOCK_MONOTONIC) - r->moved_ns, edge;

	if (__builtin_add_overflow(r->window.clock.now_ns, idle, &edge))
		edge = INT64_MAX;
	draw(r, timebin_of(edge, settings.bin_ns), idle);
	display_end(&r->display);
}

static void
report(const struct run *r)
{
	if (r->untimed > 0)
		warnx("%s without a time %s skipped",
		    show_count(r->untimed, "row"),
		    show_word(r->untimed, "was", "were"));
	window_report(&r->window);
}

static void
read_where(const char *text)
{
	struct condition_error error;

	if (narrowed)
		condition_release(&condition);
	narrowed = true;
	if (!condition_parse(&condition, text, &error))
		errx(STATUS_USAGE, "bad condition \"%s\" at %zu: %s",
		    show_str(text), error.at, error.why);
}

static const char usage_text[] =
    "usage: liveplot [-hV] [-b duration] [-n number] [-o file]\n"
    "                [-p protocol[,protocol ...]] [--begin time]\n"
    "                [--captured file] [--dark] [--lateness duration]\n"
    "                [--max-protos number] [--max-sources number]\n"
    "                [--note file] [--panels panel[,panel ...]]\n"
    "                [--red alerts | limits] [--refresh duration]\n"
    "                [--replay] [--rows] [--since time]\n"
    "                [--size widthxheight] [--spike bytes] [--split]\n"
    "                [--terminal name] [--title text] [--until time]\n"
    "                [--where condition] [--window duration] [file ...]\n"
    "Draws the last 30 seconds every 5 seconds.  liveplot(1) says more.\n";

enum {
	OPT_BEGIN = 256, OPT_CAPTURED, OPT_LATENESS, OPT_MAX_PROTOS,
	OPT_MAX_SOURCES, OPT_RED, OPT_REFRESH, OPT_REPLAY, OPT_SPIKE,
	OPT_WHERE, OPT_WINDOW
};

static const struct option options[] = {
	{ "begin", required_argument, NULL, OPT_BEGIN },
	{ "bin", required_argument, NULL, 'b' },
	{ "captured", required_argument, NULL, OPT_CAPTURED },
	{ "dark", no_argument, NULL, DISPLAY_DARK },
	{ "help", no_argument, NULL, 'h' },
	{ "lateness", required_argument, NULL, OPT_LATENESS },
	{ "max-protos", required_argument, NULL, OPT_MAX_PROTOS },
	{ "max-sources", required_argument, NULL, OPT_MAX_SOURCES },
	{ "note", required_argument, NULL, DISPLAY_NOTE },
	{ "output", required_argument, NULL, 'o' },
	{ "panels", required_argument, NULL, DISPLAY_PANELS },
	{ "proto", required_argument, NULL, 'p' },
	{ "red", required_argument, NULL, OPT_RED },
	{ "refresh", required_argument, NULL, OPT_REFRESH },
	{ "replay", no_argument, NULL, OPT_REPLAY },
	{ "rows", no_argument, NULL, DISPLAY_ROWS },
	{ "size", required_argument, NULL, DISPLAY_SIZE },
	{ "spike", required_argument, NULL, OPT_SPIKE },
	{ "split", no_argument, NULL, DISPLAY_SPLIT },
	{ "terminal", required_argument, NULL, DISPLAY_TERMINAL },
	{ "title", required_argument, NULL, DISPLAY_TITLE },
	{ "top", required_argument, NULL, 'n' },
	{ "version", no_argument, NULL, 'V' },
	{ "where", required_argument, NULL, OPT_WHERE },
	{ "window", required_argument, NULL, OPT_WINDOW },
	ROWFILTER_TIMES,
	{ NULL, 0, NULL, 0 }
};

/* Takes an option on what the window holds; false if it is none. */
static bool
read_window_option(int ch)
{
	switch (ch) {
	case OPT_MAX_PROTOS:
		settings.protos_max = option_number("max-protos", optarg, 1,
		    4096);
		return true;
	case OPT_MAX_SOURCES:
		settings.sources_max = option_number("max-sources", optarg, 1,
		    KEYTABLE_MAX);
		return true;
	case OPT_RED:
		settings.red_alerts = option_word("red", optarg,
		    red_names) == 0;
		return true;
	case OPT_SPIKE:
		spike_given = true;
		settings.spike = strcmp(optarg, "auto") == 0 ?
		    WINDOW_SPIKE_AUTO : option_number("spike", optarg, 0,
		    INT64_MAX);
		return true;
	default:
		return false;
	}
}

static void
read_options(int argc, char *argv[])
{
	int ch;

	display_defaults(&shown);
	while ((ch = getopt_long(argc, argv, "b:hn:o:p:V", options, NULL))
	    != -1)
		switch (ch) {
		case 'b':
			settings.bin_ns = option_duration("bin", optarg,
			    10000000);
			break;
		case 'h':
			option_help(usage_text);
		case 'p':
			protoset_choose(&chosen, "proto", optarg);
			break;
		case 'V':
			option_version();
		case OPT_BEGIN:
			begin_ns = option_time("begin", optarg);
			settings.begin_ns = &begin_ns;
			break;
		case OPT_CAPTURED:
			captured_file = optarg;
			break;
		case OPT_LATENESS:
			lateness_ns = option_lateness(optarg);
			break;
		case OPT_REFRESH:
			refresh_ns = option_duration("refresh", optarg,
			    100000000);
			break;
		case OPT_REPLAY:
			replay = true;
			break;
		case OPT_WHERE:
			read_where(optarg);
			break;
		case OPT_WINDOW:
			window_ns = option_duration("window", optarg,
			    20000000);
			break;
		default:
			if (!read_window_option(ch) &&
			    !display_option(&shown, ch, optarg) &&
			    !rowfilter_option(&filter, ch, optarg))
				option_usage(usage_text);
		}
	if (settings.red_alerts && !spike_given)
		settings.spike = WINDOW_SPIKE_NONE;
	window_set_bins(&settings, window_ns, lateness_ns);
	display_check(&shown);
}

int
main(int argc, char *argv[])
{
	struct output out;
	struct stream in;
	struct row_reader rows;
	struct run r = { .rows = &rows };
	char *names;

	read_options(argc, argv);
	option_want_input(argc, usage_text);
	output_init(&out, STDOUT_FILENO, "stdout");
	stream_init(&in, argv + optind, &out);
	row_init(&rows, &in);
	settings.captured = &r.captured;
	window_init(&r.window, &settings);
	shown.only = names = window_chosen(&r.window);
	shown.window_ns = window_ns;
	shown.idle_ns = refresh_ns < IDLE_NS ? IDLE_NS : refresh_ns;
	display_init(&r.display, &shown, &out);
	interrupt_catch(SIGWINCH);
	if (!replay)
		stream_tick(&in, tick, &r);
	sandbox_reads(captured_file);
	sandbox_reads(shown.note);
	sandbox_enter(argv + optind);
	follow(&r, &rows);
	draw_last(&r);
	report(&r);
	display_release(&r.display);
	if (narrowed)
		condition_release(&condition);
	window_release(&r.window);
	row_release(&rows);
	free(names);
	output_close(&out);
	return stream_finish(&in);
}
