/*
 * picture - the panels of a snapshot under a heading
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <string.h>

#include "plot/panels.h"
#include "plot/picture.h"
#include "plot/picture_cells.h"
#include "plot/units.h"

#define UPPER_SHARE	0.66	/* of the height, if there are panels below */

void
picture_facts(const struct snapshot *snap, char *out, size_t size)
{
	char rate[UNITS_SI_MAX], packets[UNITS_SI_MAX];
	char bytes[UNITS_SI_MAX];

	if (snap->bins > 0 && snap->bin[snap->bins - 1].gap)
		memcpy(rate, "no data", sizeof("no data"));
	else
		units_si(rate, (double)snap->rate, "B/s");
	units_si(packets, (double)snap->packets, "");
	units_si(bytes, (double)snap->bytes, "B");
	snprintf(out, size, "%s now   %s packet%s   %s   %zu%s source%s", rate,
	    packets, snap->packets == 1 ? "" : "s", bytes, snap->sources,
	    snap->sources_capped ? "+" : "",
	    snap->sources == 1 && !snap->sources_capped ? "" : "s");
}

/* On cells a panel starts and ends with a whole line or column. */
static double
whole(const struct canvas *c, double x)
{
	return c->cells ? (double)(int)x : x;
}

/* The heading at the left, the facts at the right if there is room. */
static double
draw_heading(struct canvas *c, const struct snapshot *snap,
    const char *heading)
{
	double y = canvas_line(c, 0, 0.4);
	char facts[128];

	canvas_title(c, c->letter, y, heading);
	picture_facts(snap, facts, sizeof(facts));
	if ((double)(strlen(heading) + strlen(facts) + 4) * c->letter <
	    c->width)
		canvas_text(c, c->width - c->letter, y, CANVAS_RIGHT,
		    CANVAS_FAINT, facts);
	return 2 * c->line;
}

/* Draws panels one below the other, all of the same height. */
static void
draw_stack(struct canvas *c, const struct snapshot *snap,
    const struct panel *const *panel, size_t n, struct panel_box box)
{
	double low = box.bottom;

	for (; n > 0; n--, panel++) {
		box.bottom = whole(c, box.top + (low - box.top) / (double)n);
		(*panel)->draw(c, snap, box);
		box.top = box.bottom;
	}
}

/* How many of the first panels have this place. */
static size_t
count_at(const struct panel *const *panel, size_t n, enum panel_place place)
{
	size_t i;

	for (i = 0; i < n && panel[i]->place == place; i++)
		continue;
	return i;
}

/* Those at the left and at the right side by side, the others below. */
static void
draw_wide(struct canvas *c, const struct snapshot *snap,
    const struct panel *const *panel, const size_t count[PANEL_PLACES],
    double top)
{
	double middle = whole(c, c->width * PICTURE_LEFT_SHARE);
	double low = c->height;
	const double pad = c->letter;

	if (count[PANEL_BELOW] > 0)
		low = whole(c, top + (c->height - top) * UPPER_SHARE);
	draw_stack(c, snap, panel, count[PANEL_LEFT],
	    (struct panel_box){ pad, top, middle, low });
	panel += count[PANEL_LEFT];
	draw_stack(c, snap, panel, count[PANEL_RIGHT],
	    (struct panel_box){ middle + 4 * pad, top, c->width - pad, low });
	panel += count[PANEL_RIGHT];
	draw_stack(c, snap, panel, count[PANEL_BELOW],
	    (struct panel_box){ pad, low, c->width - pad, c->height });
}

/* Keeps the panels whose data there are; returns their number. */
static size_t
keep_given(const struct snapshot *snap, const struct panel *const *panel,
    size_t n, const struct panel **list)
{
	size_t i, kept = 0;

	for (i = 0; i < n; i++)
		if (panel_is_given(panel[i], snap))
			list[kept++] = panel[i];
	return kept;
}

void
picture_draw(struct canvas *c, const struct snapshot *snap,
    const struct panel *const *all, size_t n, const char *heading,
    double width, double height)
{
	const struct panel *panel[PANELS];
	size_t count[PANEL_PLACES], i, at = 0;
	double top = 0;

	n = keep_given(snap, all, n, panel);
	for (i = 0; i < PANEL_PLACES; i++) {
		count[i] = count_at(panel + at, n - at, (enum panel_place)i);
		at += count[i];
	}
	canvas_start(c, width, height);
	if (*heading != '\0')
		top = draw_heading(c, snap, heading);
	if (c->cells)
		picture_cells(c, snap, panel, n, top);
	else if (count[PANEL_LEFT] > 0 && count[PANEL_RIGHT] > 0 &&
	    width >= PICTURE_NARROW * c->letter)
		draw_wide(c, snap, panel, count, top);
	else
		draw_stack(c, snap, panel, n, (struct panel_box){ c->letter,
		    top, c->width - c->letter, c->height });
	canvas_end(c);
}
