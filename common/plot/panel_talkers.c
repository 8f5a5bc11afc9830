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

/* Where the lines of a panel have what, in letters. */
struct columns {
	double	 name;		/* letters of the names */
	double	 end;		/* those of the figures behind it, and a gap */
};

/* The figures of a line, right-aligned in their columns, behind the name. */
static void
draw_figures(struct canvas *c, struct panel_box box, double y,
    enum canvas_colour colour, struct columns columns,
    const char *const figure[])
{
	double x = columns.name;
	size_t i;

	for (i = 0; x + COLUMN < columns.end; i++) {
		x += COLUMN;
		canvas_text(c, box.left + x * c->letter, y, CANVAS_RIGHT,
		    colour, figure[i]);
	}
}

static void
draw_talker(struct canvas *c, const struct snapshot *snap,
    struct panel_box box, double y, struct columns columns,
    const struct talkers_sum *s)
{
	double x = box.left + (columns.end + 2) * c->letter;
	char name[NAME_MAX_BYTES], bytes[UNITS_SI_MAX], packets[UNITS_SI_MAX];
	char part[UNITS_SHARE_MAX];

	make_name(s, columns.name, name);
	canvas_text(c, box.left, y, CANVAS_LEFT, CANVAS_INK, name);
	units_si(bytes, (double)s->bytes, "B");
	units_si(packets, (double)s->packets, "");
	units_share(part, s->bytes, snap->talkers.bytes);
	draw_figures(c, box, y, CANVAS_INK, columns,
	    (const char *[]){ bytes, part, packets });
	if (box.right - x >= BAR_MIN * c->letter && s->bytes > 0)
		canvas_bar(c, x, y, (box.right - x) * (double)s->bytes /
		    (double)snap->talkers.sum[0].bytes, CANVAS_CALM);
}

/*
 * The longest name has its room if the figures leave it: all of them, else the
 * bytes.
 */
static struct columns
choose_columns(const struct snapshot *snap, double letters, size_t from,
    size_t to, size_t title)
{
	double longest = 0, figures = 3 * COLUMN + 1;
	char name[NAME_MAX_BYTES];

	for (; from < to; from++) {
		talkers_name(snap->talkers.sum[from].key, name, sizeof(name));
		longest = fmax(longest, (double)strlen(name));
	}
	if (longest > letters - figures)
		figures = COLUMN + 1;
	longest = fmin(fmax(longest, (double)title), letters - figures);
	return (struct columns){ longest, longest + figures };
}

static void
draw(struct canvas *c, const struct snapshot *snap, struct panel_box box)
{
	static const char *const heading[] = { "bytes", "share", "packets" };
	double top = box.top + (c->cells ? 1 : PANEL_TITLE * c->line);
	double lines = floor((box.bottom - top) / c->line - 0.4);
	size_t n = snap->talkers.sums, from = snap->skipped, i;
	size_t room = lines > 0 ? (size_t)lines : 0;
	double title_y = canvas_line(c, box.top, 0);
	struct columns columns;
	char title[64];
	int words;

	if (n - from > room)
		n = from + room;
	words = make_title(snap, from, n - from, title, sizeof(title));
	columns = choose_columns(snap, floor((box.right - box.left) /
	    c->letter), from, n, strlen(title));
	if (n > from && (double)strlen(title) > columns.name + TITLE_MORE)
		title[words] = '\0';
	canvas_title(c, box.left, title_y, title);
	if (n == from) {
		panel_hint(c, box, "none");
		return;
	}
	draw_figures(c, box, title_y, CANVAS_FAINT, columns, heading);
	for (i = from; i < n; i++)
		draw_talker(c, snap, box, canvas_line(c, top,
		    (double)(i - from)), columns, &snap->talkers.sum[i]);
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
