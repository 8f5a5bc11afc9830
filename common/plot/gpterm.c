/*
 * gpterm - gnuplot's terminals as liveplot uses them
 *
 * SPDX-License-Identifier: ISC
 */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "plot/gpterm.h"

#define SET_MAX		512	/* bytes of a set command */
#define WIDE		.width = 960, .height = 540, .line = 17

const struct gpterm gpterm_table[] = {
	{ .name = "dumb", .kind = GPTERM_CELLS, .options = "nofeed",
	    .width = 80, .height = 24, .line = 1, .letter = 1 },
	{ .name = "qt", .kind = GPTERM_WINDOW,
	    .options = "noraise font 'Sans,9'", .bold = "Sans:Bold,9",
	    WIDE, .letter = 7 },
	{ .name = "wxt", .kind = GPTERM_WINDOW,
	    .options = "noraise font 'Sans,9'", .bold = "Sans:Bold,9",
	    WIDE, .letter = 7 },
	{ .name = "x11", .kind = GPTERM_WINDOW,
	    .options = "noraise font 'Sans,9'", .bold = "Sans:Bold,9",
	    WIDE, .letter = 7, .opaque = true },
	{ .name = "svg", .kind = GPTERM_SVG,
	    .options = "dynamic font 'sans-serif,12'",
	    .bold = "sans-serif:Bold,12", WIDE, .letter = 6.6 },
	{ .name = "pngcairo", .kind = GPTERM_IMAGE,
	    .options = "font 'DejaVu Sans,9'", .bold = "DejaVu Sans:Bold,9",
	    WIDE, .letter = 7 },
	{ .name = "sixelgd", .kind = GPTERM_IMAGE,
	    .options = "truecolor animate font 'DejaVu Sans,9'",
	    .bold = "DejaVu Sans:Bold,9",
	    .width = 800, .height = 450, .line = 16, .letter = 7,
	    .screen = true },
	{ .name = NULL }
};

const char *const gpterm_names[] = {
	"dumb", "qt", "wxt", "x11", "svg", "pngcairo", "sixelgd", NULL
};

void
gpterm_canvas(const struct gpterm *t, struct canvas *c)
{
	c->cells = t->kind == GPTERM_CELLS;
	c->line = t->line;
	c->letter = t->letter;
	c->bold = t->bold;
	c->opaque = t->opaque;
	/* Of gnuplot 5's windows, qt takes no background. */
	c->paints = t->kind == GPTERM_WINDOW;
}

/* A window's title, at most 99 bytes of it; no quote ends it. */
static void
put_title(const char *name, char *out, size_t size)
{
	char title[100], *quote;

	snprintf(title, sizeof(title), "%s", name);
	for (quote = title; (quote = strchr(quote, '\'')) != NULL; )
		*quote = '?';
	snprintf(out, size, "title '%s'", title);
}

/* What only terminals of this kind take. */
static void
describe(const struct gpterm *t, const struct canvas *c, const char *name,
    bool colours, char *out, size_t size)
{
	switch (t->kind) {
	case GPTERM_CELLS:
		snprintf(out, size, "%s", colours ? "ansi256" : "mono");
		break;
	case GPTERM_WINDOW:
		put_title(name, out, size);
		break;
	case GPTERM_SVG:
		snprintf(out, size, "name '%s'", name);
		break;
	case GPTERM_IMAGE:
		snprintf(out, size, "background rgb '%s'",
		    c->dark ? "#15181C" : "#FFFFFF");
		break;
	}
}

void
gpterm_set(const struct gpterm *t, const struct canvas *c, const char *name,
    unsigned width, unsigned height, bool colours)
{
	char text[SET_MAX], more[192];

	describe(t, c, name, colours, more, sizeof(more));
	if (c->utf8) {
		output_str(c->out, "set encoding utf8");
		output_end_row(c->out);
	}
	snprintf(text, sizeof(text), "set term %s size %u,%u %s %s",
	    t->name, width, height, t->options, more);
	output_str(c->out, text);
	output_end_row(c->out);
	if (t->kind == GPTERM_WINDOW) {
		/* Or the next picture would open it again. */
		output_str(c->out, "bind 'Close' 'exit gnuplot'; "
		    "set mouse mouseformat ' '");
		output_end_row(c->out);
	}
	output_str(c->out, "set lmargin at screen 0; set rmargin at screen 1; "
	    "set tmargin at screen 1; set bmargin at screen 0\n"
	    "unset key; unset border; unset tics; "
	    "set datafile separator whitespace");
	output_end_row(c->out);
}
