/*
 * canvas - a picture as gnuplot commands, on pixels or on a terminal's cells
 *
 * SPDX-License-Identifier: ISC
 */
#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "plot/canvas.h"

/*
 * The report's colours, brighter ones for dark backgrounds, and those of the
 * 256 of a terminal that are fit for both: 102, 67 and 167, as gnuplot's dumb
 * comes from RGB to their numbers, in six steps of even width.
 */
static const char *const palette[3][CANVAS_COLOURS] = {
	{ "0x222222", "0x666666", "0xDDDDDD", "0x4477AA", "0xCC3311",
	    "0xE3EBF2", "0xFFFFFF" },
	{ "0xE6E6E6", "0x9AA0A6", "0x3A3F44", "0x6FA8DC", "0xFF6B57",
	    "0x222E39", "0x15181C" },
	{ "0x7A7A6A", "0x7A7A6A", "0x7A7A6A", "0x406B95", "0xC04040" }
};

const char *
canvas_rgb(const struct canvas *c, enum canvas_colour colour)
{
	return palette[c->cells ? 2 : c->dark][colour];
}

__attribute__((format(printf, 2, 3)))
static void
say(struct canvas *c, const char *fmt, ...)
{
	char *room = output_room(c->out, 256);
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(room, 256, fmt, ap);
	va_end(ap);
	c->out->used += n < 256 ? (size_t)n : 255;
}

void
canvas_start(struct canvas *c, double width, double height)
{
	c->width = width;
	c->height = height;
	c->labels = c->objects = c->arrows = 0;
	c->plot[0] = '\0';
	say(c, "unset label; unset object; unset arrow\n");
	/* On cells the last coordinate is the last cell, not its end. */
	say(c, "set xrange [0:%g]; set yrange [%g:0]", width - c->cells,
	    height - c->cells);
	output_end_row(c->out);
	if (!c->paints || !c->dark)
		return;
	say(c, "set object %u rect from screen 0,0 to screen 1,1 behind "
	    "fc rgb %s fs solid noborder", ++c->objects,
	    canvas_rgb(c, CANVAS_GROUND));
	output_end_row(c->out);
}

double
canvas_line(const struct canvas *c, double y, double i)
{
	return c->cells ? y + i : y + (i + 0.5) * c->line;
}

/*
 * Between single quotes only they are special.  Doubled they stand for one, but
 * not at the start of a string nor after another one.
 */
void
canvas_letter(struct output *o, char ch)
{
	if (ch == '\'')
		output_str(o, "'.\"'\".'");
	else
		output_char(o, ch);
}

/* At most n letters of text. */
static void
put_quoted(struct output *o, const char *text, double n)
{
	output_char(o, '\'');
	for (; *text != '\0' && n >= 1; text++, n--) {
		char ch = *text < ' ' || *text > '~' || *text == '\\' ? '?' :
		    *text;

		canvas_letter(o, ch);
	}
	output_char(o, '\'');
}

/* On cells, ink has no colour: it is what the terminal writes in. */
static void
put_place(struct canvas *c, double x, double y, enum canvas_place place,
    enum canvas_colour colour)
{
	static const char *const words[] = { [CANVAS_LEFT] = "left",
	    [CANVAS_RIGHT] = "right", [CANVAS_CENTRE] = "center" };

	say(c, " at %g,%g %s", x, y, words[place]);
	if (!c->cells || colour != CANVAS_INK)
		say(c, " tc rgb %s", canvas_rgb(c, colour));
}

void
canvas_text(struct canvas *c, double x, double y, enum canvas_place place,
    enum canvas_colour colour, const char *text)
{
	say(c, "set label %u ", ++c->labels);
	/* gnuplot would move a longer text to the left, over others. */
	put_quoted(c->out, text, place != CANVAS_LEFT ? HUGE_VAL :
	    (c->width - x) / c->letter);
	put_place(c, x, y, place, colour);
	say(c, " noenhanced");
	output_end_row(c->out);
}

/* SVG has bold text only as "enhanced", in which some characters mean more. */
void
canvas_title(struct canvas *c, double x, double y, const char *text)
{
	bool plain = c->bold == NULL || strpbrk(text, "{}^_@&~") != NULL;

	say(c, "set label %u ", ++c->labels);
	put_quoted(c->out, text, HUGE_VAL);
	put_place(c, x, y, CANVAS_LEFT, CANVAS_INK);
	if (plain)
		say(c, " noenhanced");
	else
		say(c, " enhanced font '%s'", c->bold);
	output_end_row(c->out);
}

static void
put_box(struct canvas *c, double x, double y, double to_x, double to_y,
    enum canvas_colour colour, const char *fill)
{
	say(c, "set object %u rect from %g,%g to %g,%g fc rgb %s fs %s "
	    "noborder", ++c->objects, x, y, to_x, to_y,
	    canvas_rgb(c, colour), fill);
	output_end_row(c->out);
}

/* Eighths of a block from the left (U+258F) or from below (U+2581). */
static void
put_eighths(struct canvas *c, unsigned eighths, bool below)
{
	if (!c->utf8)
		output_char(c->out, '#');
	else
		say(c, "\xe2\x96%c", below ? 0x80 + eighths : 0x90 - eighths);
}

static void
start_blocks(struct canvas *c)
{
	say(c, "set label %u '", ++c->labels);
}

static void
end_blocks(struct canvas *c, double x, double y, enum canvas_colour colour)
{
	output_char(c->out, '\'');
	put_place(c, x, y, CANVAS_LEFT, colour);
	output_end_row(c->out);
}

/* In eighths of a cell, rounded; at least one, whole cells without UTF-8. */
static unsigned
eighths_of(const struct canvas *c, double cells)
{
	unsigned n = (unsigned)(cells * 8 + 0.5);

	if (n == 0)
		n = 1;
	return c->utf8 ? n : (n + 7) / 8 * 8;
}

void
canvas_bar(struct canvas *c, double x, double y, double length,
    enum canvas_colour colour)
{
	unsigned n;

	if (!c->cells) {
		put_box(c, x, y - 0.36 * c->line, x + length,
		    y + 0.36 * c->line, colour, "solid");
		return;
	}
	start_blocks(c);
	for (n = eighths_of(c, length); n > 0; n -= n < 8 ? n : 8)
		put_eighths(c, n < 8 ? n : 8, false);
	end_blocks(c, x, y, colour);
}

void
canvas_column(struct canvas *c, double x, double y, double height,
    enum canvas_colour colour)
{
	unsigned n;

	if (!c->cells) {
		put_box(c, x, y - height, x + 1, y, colour, "solid");
		return;
	}
	for (n = eighths_of(c, height); n > 0; n -= n < 8 ? n : 8) {
		start_blocks(c);
		put_eighths(c, n < 8 ? n : 8, true);
		end_blocks(c, x, y--, colour);
	}
}

void
canvas_hatch(struct canvas *c, double x, double y, double width,
    double height, enum canvas_colour colour)
{
	if (!c->cells)
		put_box(c, x, y - height, x + width, y, colour,
		    "transparent pattern 4");
}

void
canvas_rule(struct canvas *c, double x, double y, double to_x, double to_y,
    enum canvas_colour colour)
{
	if (c->cells)
		return;
	say(c, "set arrow %u from %g,%g to %g,%g nohead back lw %s lc rgb %s%s",
	    ++c->arrows, x, y, to_x, to_y, colour == CANVAS_RED ? "1" : "0.6",
	    canvas_rgb(c, colour), colour == CANVAS_RED ? " dt 2" : "");
	output_end_row(c->out);
}

void
canvas_plot(struct canvas *c, const char *element)
{
	size_t used = strlen(c->plot);
	int n = snprintf(c->plot + used, sizeof(c->plot) - used, "%s%s",
	    used > 0 ? ", " : "", element);

	assert(n >= 0 && (size_t)n < sizeof(c->plot) - used);
	(void)n;
}

/* gnuplot shows a picture when it plots, be it nothing. */
void
canvas_end(struct canvas *c)
{
	output_str(c->out, "plot ");
	output_str(c->out, c->plot[0] == '\0' ? "NaN notitle" : c->plot);
	output_end_row(c->out);
}
