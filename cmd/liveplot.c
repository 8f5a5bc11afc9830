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
#include <string.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/option.h"
#include "base/protoset.h"
#include "base/sandbox.h"
#include "base/timestamp.h"
#include "csv/rowfilter.h"
#include "plot/display.h"
#include "plot/view.h"
#include "tally/timebins.h"

/* The first frames come early: reading old rows may take a while. */
#define SOON_NS		NS_PER_S
#define SOON_FRAMES	4
#define READ_NS		(NS_PER_S / 10)	/* without a row: all were read */
#define IDLE_NS		(5 * NS_PER_S)	/* the shortest silence reported */

static int64_t refresh_ns = 5 * NS_PER_S;
static bool replay;
static uint64_t speed;			/* of a replay; 0: it does not wait */
static struct protoset chosen;
static struct rowfilter filter = ROWFILTER_ALL;
static struct window_options settings = { .bin_ns = NS_PER_S,
    .window_ns = 30 * NS_PER_S, .lateness_ns = CLOCK_LATENESS_NS,
    .protos_max = 256, .sources_max = 65536, .spike = WINDOW_SPIKE_AUTO,
    .chosen = &chosen };
static struct display_options shown;
static int64_t begin_ns;
static struct view_files files;
static const char *control_file;
static bool narrowed;			/* --where is given */
static struct condition condition;

struct run {
	struct row_reader *rows;
	struct view	 view;
	struct display	 display;
	uint64_t	 untimed;	/* rows skipped: without a time */
	char		 line[CONTROL_TEXT_MAX];	/* below the picture */
	/* The frame before. */
	int64_t		 last, idle_ns;
	/* Live: when the stream clock moved, when the next frame is due. */
	int64_t		 clock_ns, moved_ns, due_ns;
	/* Replay: the next frame's edge, good until the clock jumps. */
	int64_t		 next_ns;
	uint64_t	 jumps;
	uint64_t	 newest;	/* the line of the newest row */
	bool		 paced;
};

/* Draws a frame of the window that ends with the bin last. */
static void
draw(struct run *r, int64_t last, int64_t idle_ns)
{
	int64_t newest_ns = r->view.window.clock.now_ns;
	struct snapshot snap;

	view_read(&r->view, replay ? newest_ns : INT64_MAX);
	if (!view_take(&r->view, last, &snap))
		stream_sum_overflow(r->rows->in, r->newest, "window",
		    strlen("window"));
	display_draw(&r->display, &snap, newest_ns, idle_ns);
	snapshot_release(&snap);
	output_flush(r->display.out);
	r->last = last;
	r->idle_ns = idle_ns;
}

/* The last bin that ended a while before a point in time. */
static int64_t
last_closed(int64_t edge_ns, int64_t before_ns)
{
	return timebin_of(timestamp_before(edge_ns, before_ns),
	    settings.bin_ns) - 1;
}

/*
 * Reads the file of --control again after SIGWINCH, as the terminal's size:
 * unlike others, this signal does no harm before it is caught.
 */
static void
take_control(struct run *r)
{
	struct control c = { .window_ns = settings.window_ns,
	    .talkers = settings.talkers };

	if (control_file == NULL)
		return;
	control_read(&c, control_file);
	view_change(&r->view, &c);
	snprintf(r->line, sizeof(r->line), "%s", r->view.problem[0] != '\0' ?
	    r->view.problem : c.line);
	display_change(&r->display, r->view.only, r->view.options.window_ns,
	    r->line);
}

/* Called before each read and when a frame is due; returns when the next is. */
static int64_t
tick(void *arg)
{
	struct run *r = arg;
	const struct stream_clock *c = &r->view.window.clock;
	int64_t now = timestamp_now(CLOCK_MONOTONIC), due_ns;
	int64_t soon_ns = SOON_NS < refresh_ns ? SOON_NS : refresh_ns;
	bool told = interrupt_take(SIGWINCH);

	if (told)
		take_control(r);
	if (c->now_ns != r->clock_ns || r->due_ns == 0)
		r->moved_ns = now;
	r->clock_ns = c->now_ns;
	if (r->due_ns == 0)
		r->due_ns = now + soon_ns;
	due_ns = r->due_ns;
	if (c->started && r->display.frames == 0 &&
	    r->moved_ns + READ_NS < due_ns)
		due_ns = r->moved_ns + READ_NS;
	if (!told && now < due_ns)
		return due_ns;
	if (!r->view.shown.paused)
		draw(r, last_closed(timestamp_after(r->clock_ns,
		    now - r->moved_ns), settings.lateness_ns),
		    now - r->moved_ns);
	else if (told)
		draw(r, r->last, r->idle_ns);
	while (r->due_ns <= now)
		r->due_ns += r->display.frames < SOON_FRAMES ? soon_ns :
		    refresh_ns;
	return r->due_ns;
}

/* Waits until it is due, longer while paused; draws what control changes. */
static void
wait_until(struct run *r, int64_t due_ns)
{
	int64_t now = timestamp_now(CLOCK_MONOTONIC);

	while (!stream_stopped() && (now < due_ns ||
	    r->view.shown.paused)) {
		interrupt_hold();
		if (!interrupt_came(SIGWINCH) && !stream_stopped())
			interrupt_poll(NULL, 0, r->view.shown.paused ||
			    due_ns == INT64_MAX ? -1 : due_ns - now);
		interrupt_release();
		if (interrupt_take(SIGWINCH)) {
			take_control(r);
			draw(r, r->last, r->idle_ns);
		}
		now = timestamp_now(CLOCK_MONOTONIC);
	}
}

/* After a replay's frame, waits as long as its traffic took. */
static void
keep_pace(struct run *r)
{
	int64_t now = timestamp_now(CLOCK_MONOTONIC);

	if (speed == 0)
		return;
	r->due_ns = (r->due_ns > now ? r->due_ns : now) +
	    refresh_ns / (int64_t)speed;
	wait_until(r, r->due_ns);
}

/*
 * Replay: draws the frames due before a row of this time, which is not added
 * yet.  Frames are due at multiples of the refresh.  A row whose time is a jump
 * makes none due.
 */
static void
replay_to(struct run *r, int64_t ns)
{
	const struct stream_clock *c = &r->view.window.clock;
	int64_t edge = timestamp_before(ns, settings.lateness_ns);

	if (!c->started || timestamp_distance(ns, c->now_ns) >
	    (uint64_t)CLOCK_JUMP_NS)
		return;
	if (!r->paced || r->jumps != c->jumps)
		r->next_ns = timebin_start(timebin_of(c->now_ns,
		    refresh_ns) + 1, refresh_ns);
	r->paced = true;
	r->jumps = c->jumps;
	while (r->next_ns <= edge && r->next_ns < INT64_MAX &&
	    !stream_stopped()) {
		draw(r, last_closed(r->next_ns, 0), 0);
		keep_pace(r);
		r->next_ns = timestamp_after(r->next_ns, refresh_ns);
	}
}

static void
follow(struct run *r)
{
	const struct row *row;

	while ((row = row_next(r->rows)) != NULL) {
		r->newest = row->line;
		if (!row->timed) {
			r->untimed++;
			continue;
		}
		if (replay)
			replay_to(r, row->time_ns);
		if (!view_add(&r->view, row))
			stream_sum_overflow(r->rows->in, row->line,
			    row->cell[WINDOW_PROTO].at,
			    row->cell[WINDOW_PROTO].len);
	}
}

/* Draws all that was read; a replay with --control stays until it is to end. */
static void
draw_last(struct run *r)
{
	int64_t idle = replay || r->due_ns == 0 ? 0 :
	    timestamp_now(CLOCK_MONOTONIC) - r->moved_ns;

	draw(r, timebin_of(timestamp_after(r->view.window.clock.now_ns, idle),
	    settings.bin_ns), idle);
	if (replay && control_file != NULL)
		wait_until(r, INT64_MAX);
	display_end(&r->display);
}

static void
read_where(const char *text)
{
	if (narrowed)
		condition_release(&condition);
	narrowed = true;
	condition_option(&condition, text);
}

static const char usage_text[] =
    "usage: liveplot [-hV] [-b duration] [-n number] [-o file]\n"
    "                [-p protocol[,protocol ...]] [--alert-file file]\n"
    "                [--begin time] [--captured file] [--control file]\n"
    "                [--dark] [--lateness duration] [--max-protos number]\n"
    "                [--max-sources number] [--note file]\n"
    "                [--panels panel[,panel ...]] [--red alerts | limits]\n"
    "                [--refresh duration] [--replay] [--rows] [--since time]\n"
    "                [--size widthxheight] [--speed factor] [--spike bytes]\n"
    "                [--split] [--talkers word] [--terminal name]\n"
    "                [--title text] [--until time] [--where condition]\n"
    "                [--window duration] [file ...]\n"
    "Draws the last 30 seconds every 5 seconds.  liveplot(1) says more.\n";

enum { OPT_ALERT_FILE = 256, OPT_BEGIN, OPT_CAPTURED, OPT_CONTROL, OPT_REFRESH,
    OPT_REPLAY, OPT_SPEED, OPT_WHERE };

static const struct option options[] = {
	{ "alert-file", required_argument, NULL, OPT_ALERT_FILE },
	{ "begin", required_argument, NULL, OPT_BEGIN },
	{ "bin", required_argument, NULL, 'b' },
	{ "captured", required_argument, NULL, OPT_CAPTURED },
	{ "control", required_argument, NULL, OPT_CONTROL },
	{ "dark", no_argument, NULL, DISPLAY_DARK },
	{ "help", no_argument, NULL, 'h' },
	{ "lateness", required_argument, NULL, WINDOW_LATENESS },
	{ "max-protos", required_argument, NULL, WINDOW_MAX_PROTOS },
	{ "max-sources", required_argument, NULL, WINDOW_MAX_SOURCES },
	{ "note", required_argument, NULL, DISPLAY_NOTE },
	{ "output", required_argument, NULL, 'o' },
	{ "panels", required_argument, NULL, DISPLAY_PANELS },
	{ "proto", required_argument, NULL, 'p' },
	{ "red", required_argument, NULL, WINDOW_RED },
	{ "refresh", required_argument, NULL, OPT_REFRESH },
	{ "replay", no_argument, NULL, OPT_REPLAY },
	{ "rows", no_argument, NULL, DISPLAY_ROWS },
	{ "size", required_argument, NULL, DISPLAY_SIZE },
	{ "speed", required_argument, NULL, OPT_SPEED },
	{ "spike", required_argument, NULL, WINDOW_SPIKES },
	{ "split", no_argument, NULL, DISPLAY_SPLIT },
	{ "talkers", required_argument, NULL, WINDOW_TALKERS },
	{ "terminal", required_argument, NULL, DISPLAY_TERMINAL },
	{ "title", required_argument, NULL, DISPLAY_TITLE },
	{ "top", required_argument, NULL, 'n' },
	{ "version", no_argument, NULL, 'V' },
	{ "where", required_argument, NULL, OPT_WHERE },
	{ "window", required_argument, NULL, WINDOW_DURATION },
	ROWFILTER_TIMES,
	{ NULL, 0, NULL, 0 }
};

static void
read_options(int argc, char *argv[])
{
	int ch;

	display_defaults(&shown);
	while ((ch = getopt_long(argc, argv, "b:hn:o:p:V", options, NULL))
	    != -1)
		switch (ch) {
		case 'h':
			option_help(usage_text);
		case 'p':
			protoset_choose(&chosen, optarg);
			break;
		case 'V':
			option_version();
		case OPT_ALERT_FILE:
			files.alerts = optarg;
			break;
		case OPT_BEGIN:
			begin_ns = option_time("begin", optarg);
			settings.begin_ns = &begin_ns;
			break;
		case OPT_CAPTURED:
			files.captured = optarg;
			break;
		case OPT_CONTROL:
			control_file = optarg;
			break;
		case OPT_REFRESH:
			refresh_ns = option_duration("refresh", optarg,
			    100000000);
			break;
		case OPT_REPLAY:
			replay = true;
			break;
		case OPT_SPEED:
			speed = option_number("speed", optarg, 0, 999999);
			break;
		case OPT_WHERE:
			read_where(optarg);
			break;
		default:
			if (!window_option(&settings, ch, optarg) &&
			    !display_option(&shown, ch, optarg) &&
			    !rowfilter_option(&filter, ch, optarg))
				option_usage(usage_text);
		}
	if (speed > 0 && !replay)
		errx(STATUS_USAGE, "--speed needs --replay");
	window_set_bins(&settings);
	display_check(&shown);
}

int
main(int argc, char *argv[])
{
	struct output out;
	struct stream in;
	struct row_reader rows;
	struct run r = { .rows = &rows };

	read_options(argc, argv);
	option_want_input(argc, usage_text);
	output_init(&out, STDOUT_FILENO, "stdout");
	stream_init(&in, argv + optind, &out);
	row_init(&rows, &in);
	row_want_only(&rows, true);
	view_init(&r.view, &rows, &settings, &files,
	    narrowed ? &condition : NULL,
	    control_file != NULL ? VIEW_KEEPS : 0);
	rowfilter_start(&filter, &rows);
	shown.only = r.view.only;
	shown.window_ns = settings.window_ns;
	shown.idle_ns = refresh_ns < IDLE_NS ? IDLE_NS : refresh_ns;
	display_init(&r.display, &shown, &out);
	interrupt_catch(SIGWINCH);
	take_control(&r);
	if (!replay)
		stream_tick(&in, tick, &r);
	sandbox_reads(control_file);
	sandbox_reads(shown.note);
	sandbox_enter(argv + optind);
	follow(&r);
	draw_last(&r);
	view_report(&r.view, r.untimed);
	display_release(&r.display);
	view_release(&r.view);
	row_release(&rows);
	output_close(&out);
	return stream_finish(&in);
}
