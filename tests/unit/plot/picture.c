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
	canvas_column(&c, 3, 4, 1, 1.25, CANVAS_RED);
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

int
main(void)
{
	output_init(&out, -1, "picture");
	draws();
	draws_cells();
	fits();
	free(out.buf);
	return tap_done();
}
