/*
 * panel_talkers - the addresses, or pairs, that have most bytes
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "plot/gpprint.h"
#include "plot/panels.h"
#include "plot/units.h"

#define NAME_MAX_BYTES	104
#define COLUMN		8	/* letters of a column: "12.3 kB", "packets" */
#define FIGURES		(3 * COLUMN + 1)	/* of those behind a name */
#define TITLE_MORE	2	/* letters of a title that reach into them */
#define BAR_MIN		8	/* letters of a bar that is worth it */

static bool
given(const struct snapshot *snap)
{
	return snap->window->options.talkers != TALKERS_NONE;
}

/* A name in so many letters. */
static void
make_name(const struct talkers_sum *s, double letters, char *out)
{
	size_t n = letters > 4 ? (size_t)letters : 4;

	talkers_name(s->key, out, NAME_MAX_BYTES);
	if (strlen(out) > n)
		memcpy(out + n - 2, "..", 3);
}

/*
 * "Top sources", and which of them are drawn if there are more.  Returns the
 * bytes before that.
 */
static int
make_title(const struct snapshot *snap, size_t from, size_t n, char *out,
    size_t size)
{
	const char *word = talkers_words[snap->window->options.talkers - 1];
	const char *more = snap->talkers.capped ? "+" : "";
	int words = snprintf(out, size, "Top %s", word);

	if (n < snap->talkers.sums || snap->talkers.capped)
		snprintf(out + words, size - (size_t)words, " %zu-%zu of %zu%s",
		    from + 1, from + n, snap->talkers.sums, more);
	return words;
}

/* The figures of a line, right-aligned in their columns, behind x. */
static void
draw_figures(struct canvas *c, double x, double y, enum canvas_colour colour,
    const char *bytes, const char *part, const char *packets)
{
	canvas_text(c, x + COLUMN * c->letter, y, CANVAS_RIGHT, colour, bytes);
	canvas_text(c, x + 2 * COLUMN * c->letter, y, CANVAS_RIGHT, colour, part);
	canvas_text(c, x + 3 * COLUMN * c->letter, y, CANVAS_RIGHT, colour, packets);
}

static void
draw_talker(struct canvas *c, const struct snapshot *snap,
    struct panel_box box, double y, double letters,
    const struct talkers_sum *s)
{
	double x = box.left + letters * c->letter;
	double bar = box.right - x - (FIGURES + 2) * c->letter;
	char name[NAME_MAX_BYTES], bytes[UNITS_SI_MAX], packets[UNITS_SI_MAX];
	char part[UNITS_SHARE_MAX];

	make_name(s, letters, name);
	canvas_text(c, box.left, y, CANVAS_LEFT, CANVAS_INK, name);
	units_si(bytes, (double)s->bytes, "B");
	units_si(packets, (double)s->packets, "");
	units_share(part, s->bytes, snap->talkers.bytes);
	draw_figures(c, x, y, CANVAS_INK, bytes, part, packets);
	if (bar >= BAR_MIN * c->letter && s->bytes > 0)
		canvas_bar(c, x + (FIGURES + 2) * c->letter, y, bar *
		    (double)s->bytes / (double)snap->talkers.sum[0].bytes,
		    CANVAS_CALM);
}

/* The letters of the longest name, if the figures leave them room. */
static double
name_letters(const struct snapshot *snap, struct panel_box box,
    const struct canvas *c, size_t from, size_t n, const char *title)
{
	double letters = (double)strlen(title), room;
	char name[NAME_MAX_BYTES];
	size_t i;

	for (i = from; i < from + n; i++) {
		talkers_name(snap->talkers.sum[i].key, name, sizeof(name));
		letters = fmax(letters, (double)strlen(name));
	}
	room = floor((box.right - box.left) / c->letter) - FIGURES;
	return fmin(letters, room);
}

static void
draw(struct canvas *c, const struct snapshot *snap, struct panel_box box)
{
	double top = box.top + (c->cells ? 1 : PANEL_TITLE * c->line), letters;
	double lines = floor((box.bottom - top) / c->line - 0.4);
	size_t n = snap->talkers.sums, from = snap->skipped, i;
	size_t room = lines > 0 ? (size_t)lines : 0;
	char title[64];
	int words;

	if (n - from > room)
		n = from + room;
	words = make_title(snap, from, n - from, title, sizeof(title));
	letters = name_letters(snap, box, c, from, n - from, title);
	if (n > from && (double)strlen(title) > letters + TITLE_MORE)
		title[words] = '\0';
	canvas_title(c, box.left, canvas_line(c, box.top, 0), title);
	if (n == from) {
		panel_hint(c, box, "none");
		return;
	}
	draw_figures(c, box.left + letters * c->letter,
	    canvas_line(c, box.top, 0), CANVAS_FAINT, "bytes", "share",
	    "packets");
	for (i = from; i < n; i++)
		draw_talker(c, snap, box, canvas_line(c, top,
		    (double)(i - from)), letters, &snap->talkers.sum[i]);
}

/* It fills the lines that others leave. */
static size_t
lines(const struct snapshot *snap, double width)
{
	(void)width;
	return snap->talkers.sums == 0 ? 0 : SIZE_MAX;
}

static void
print(struct output *o, const struct snapshot *snap, size_t top)
{
	char name[NAME_MAX_BYTES];
	size_t i;

	for (i = 0; i < snap->talkers.sums && i < top; i++) {
		const struct talkers_sum *s = &snap->talkers.sum[i];

		talkers_name(s->key, name, sizeof(name));
		gpprint_row(o);
		gpprint_text(o, name);
		gpprint_number(o, s->packets);
		gpprint_number(o, s->bytes);
		gpprint_row_end(o);
	}
}

const struct panel panel_talkers = {
	.name = "talkers", .place = PANEL_BELOW, .draw = draw, .least = 4,
	.given = given, .lines = lines, .columns = "talker,packets,bytes",
	.print = print
};
