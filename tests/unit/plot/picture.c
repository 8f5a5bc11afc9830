/*
 * picture - unit test of pictures as gnuplot commands
 *
 * SPDX-License-Identifier: ISC
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "plot/gpterm.h"
#include "plot/panels.h"
#include "plot/picture.h"
#include "tap.h"

static struct output out;

/* What drawing has written so far, once. */
static const char *
written(void)
{
	output_char(&out, '\0');
	out.used = out.whole = 0;
	return out.buf;
}

static bool
says(const char *text, const char *part)
{
	return strstr(text, part) != NULL;
}

static void
draws(void)
{
	struct canvas c = { .out = &out };
	const char *said;

	gpterm_canvas(&gpterm_table[4], &c);
	canvas_start(&c, 200, 100);
	written();
	canvas_text(&c, 1, 2, CANVAS_LEFT, CANVAS_RED, "it's\\n`id`\n\xff");
	said = written();
	same_text(said, strlen(said), "set label 1 'it'.\"'\".'s?n`id`?\?' at "
	    "1,2 left tc rgb 0xCC3311 noenhanced\n",
	    "text stays between its quotes");
	canvas_text(&c, 187, 2, CANVAS_LEFT, CANVAS_INK, "long");
	ok(says(written(), "'l'"), "it is cut where the canvas ends");
	canvas_title(&c, 1, 2, "a_{b}");
	ok(says(written(), "noenhanced"), "a title is no language either");
	canvas_bar(&c, 10, 50, 80, CANVAS_CALM);
	ok(says(written(), "rect from 10,43.88 to 90,56.12"),
	    "a bar is a box on pixels");
}

static void
draws_cells(void)
{
	struct canvas c = { .out = &out, .utf8 = true };

	gpterm_canvas(&gpterm_table[0], &c);
	canvas_start(&c, 80, 24);
	ok(says(written(), "set xrange [0:79]; set yrange [23:0]"),
	    "the last coordinate is the last cell");
	canvas_text(&c, 1, 2, CANVAS_LEFT, CANVAS_INK, "ink");
	ok(!says(written(), "tc rgb"), "ink is the terminal's own colour");
	canvas_bar(&c, 3, 4, 2.5, CANVAS_CALM);
	ok(says(written(), "'\xe2\x96\x88\xe2\x96\x88\xe2\x96\x8c'"),
	    "a bar is blocks, by eighths");
	canvas_column(&c, 3, 4, 1.25, CANVAS_RED);
	ok(says(written(), "'\xe2\x96\x82' at 3,3"), "a column too");
	canvas_bar(&c, 3, 4, 0.01, CANVAS_CALM);
	ok(says(written(), "'\xe2\x96\x8f'"), "nothing is too little to see");
	c.utf8 = false;
	canvas_bar(&c, 3, 4, 2.5, CANVAS_CALM);
	ok(says(written(), "'###'"), "without UTF-8 it is ASCII");
}

/* All sizes and windows: what is drawn has no NaN or infinite place. */
static void
fits(void)
{
	static const double sizes[][2] = { { 20, 8 }, { 80, 24 }, { 960, 540 },
	    { 10000, 10000 } };
	static const struct protoset all;
	struct canvas c = { .out = &out };
	struct snapshot v;
	struct window w;
	const struct panel *panel[PANELS];
	size_t t, s, n;
	int bad = 0;

	window_init(&w, &(struct window_options){ .bin_ns = 1000000000,
	    .bins = 2, .open_bins = 1, .protos_max = 4, .sources_max = 4,
	    .spike = UINT64_MAX / 2, .chosen = &all });
	for (t = 0; gpterm_table[t].name != NULL; t++)
		for (s = 0; s < 4; s++) {
			gpterm_canvas(&gpterm_table[t], &c);
			snapshot_take(&w, (int64_t)s, &v);
			v.started = s > 0;
			n = panels_in((unsigned)(1 + s * 2), panel);
			picture_draw(&c, &v, panel, n, "head", sizes[s][0],
			    sizes[s][1]);
			snapshot_release(&v);
			bad += says(written(), " at nan") ||
			    says(out.buf, "inf,");
		}
	same_int(bad, 0, "an empty snapshot is drawn in all sizes");
	window_release(&w);
}

static const char alert_line[] = "1970-01-01T00:00:01Z flood (high): to "
    "10.0.0.9, 51 packets in 1 s, threshold 50 and a long rest of it\n";

/* Adds a row; its cells have readable bytes behind them. */
static void
add(struct window *w, const char *src)
{
	static char room[2][128] = { "TLS" };
	struct slice cell[WINDOW_DST + 1];
	struct row row = { .time_ns = 1, .timed = true, .packets = 1,
	    .bytes = 1500, .cell = cell };

	snprintf(room[1], sizeof(room[1]), "%s", src);
	row.cell[WINDOW_PROTO] = (struct slice){ room[0], 3 };
	row.cell[WINDOW_SRC] = (struct slice){ room[1], strlen(src) };
	row.cell[WINDOW_ALERT] = row.cell[WINDOW_DST] =
	    (struct slice){ room[0] + 3, 0 };
	window_add(w, &row);
}

/* Which panels a terminal of this size has. */
static const char *
panels_of(struct canvas *c, const struct snapshot *v, double width,
    double height)
{
	static char got[64];
	const struct panel *panel[PANELS];
	const char *said;

	picture_draw(c, v, panel, panels_in((1u << PANELS) - 1, panel), "",
	    width, height);
	said = written();
	snprintf(got, sizeof(got), "%s%s%s%s%s",
	    says(said, "'Bytes per second'") ? "rate " : "",
	    says(said, "'Packets by protocol'") ? "protocols " : "",
	    says(said, "'Alerts: 1 open'") ? "alerts " : "",
	    says(said, "'Top sources") ? "talkers " : "",
	    says(said, "'Flagged sources") ? "sources " : "");
	return got;
}

/* What a text terminal has room for, and what is of use. */
static void
lays_out(void)
{
	static const struct protoset all;
	struct canvas c = { .out = &out };
	struct alerts alerts = { .incidents = 1 };
	struct snapshot v;
	struct window w;
	const char *got;
	char src[32];
	int i;

	gpterm_canvas(&gpterm_table[0], &c);
	window_init(&w, &(struct window_options){ .bin_ns = 1000000000,
	    .bins = 2, .open_bins = 1, .protos_max = 4, .sources_max = 64,
	    .talkers = TALKERS_SOURCES, .chosen = &all });
	snapshot_take(&w, 0, &v);
	got = panels_of(&c, &v, 60, 17);
	same_text(got, strlen(got), "rate ", "an empty table is left out");
	got = panels_of(&c, &v, 80, 21);
	same_text(got, strlen(got), "rate protocols ", "what is beside stays");
	snapshot_release(&v);
	for (i = 0; i < 50; i++) {
		snprintf(src, sizeof(src), "10.0.0.%d", i);
		add(&w, src);
	}
	ok(alerts_parse(alert_line, &alerts.incident[0]), "an alert");
	snapshot_take(&w, 0, &v);
	v.alerts = &alerts;
	got = panels_of(&c, &v, 60, 17);
	same_text(got, strlen(got), "rate alerts talkers ",
	    "a small terminal has what matters most");
	ok(says(out.buf, "'flood (high): to 10.0.0.9, 51 packets in 1 s,'") &&
	    says(out.buf, "'threshold 50 and a long rest of it'"),
	    "a sentence is broken at a blank");
	got = panels_of(&c, &v, 60, 9);
	same_text(got, strlen(got), "rate ", "a smaller one has the rate");
	got = panels_of(&c, &v, 200, 57);
	same_text(got, strlen(got), "rate protocols alerts talkers ",
	    "a large one has all that there is");
	ok(says(out.buf, "'Top sources 1-30 of 50'"), "57 - 22 - 3 lines");
	ok(says(out.buf, "'10.0.0.0'") && says(out.buf, "'2.0 %'"),
	    "with their shares");
	v.skipped = 45;
	panels_of(&c, &v, 200, 57);
	ok(says(out.buf, "'Top sources 46-50 of 50'"), "they are scrolled");
	snapshot_release(&v);
	window_release(&w);
}

int
main(void)
{
	output_init(&out, -1, "picture");
	draws();
	draws_cells();
	fits();
	lays_out();
	free(out.buf);
	return tap_done();
}
