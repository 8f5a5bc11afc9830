/*
 * panel_sources - flagged sources as a table, the newest first
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plot/gpprint.h"
#include "plot/panels.h"
#include "plot/units.h"

/* One line of the table of sources; a NULL source is its header. */
static void
draw_source(struct canvas *c, const struct snapshot *snap,
    struct panel_box box, double y, double letters,
    const struct flagged_source *s)
{
	enum canvas_colour colour = s == NULL ? CANVAS_FAINT : CANVAS_INK;
	double x = box.left + (letters + 2) * c->letter;
	char clock[UNITS_CLOCK_MAX] = "last", zone[UNITS_CLOCK_MAX];
	char packets[UNITS_SI_MAX] = "packets";
	char rules[128] = "rule";

	if (s != NULL) {
		units_clock(s->last_ns, clock, zone);
		units_si(packets, (double)s->packets, "");
		flagged_rules(&snap->window->flagged, s, rules, sizeof(rules));
	}
	canvas_text(c, box.left, y, CANVAS_LEFT, s == NULL ? CANVAS_FAINT :
	    CANVAS_RED, s == NULL ? "source" : s->src);
	canvas_text(c, x, y, CANVAS_LEFT, colour, s == NULL ? "protocol" :
	    s->proto);
	canvas_text(c, x + 20 * c->letter, y, CANVAS_RIGHT, colour, packets);
	canvas_text(c, x + 23 * c->letter, y, CANVAS_LEFT, colour, clock);
	canvas_text(c, x + 34 * c->letter, y, CANVAS_LEFT, colour, rules);
}

static void
draw(struct canvas *c, const struct snapshot *snap, struct panel_box box)
{
	double top = box.top + (c->cells ? 1 : PANEL_TITLE * c->line);
	double lines = floor((box.bottom - top) / c->line - 0.4), letters = 8;
	char text[48];
	size_t i, n = snap->flagged_rows;

	snprintf(text, sizeof(text), "Flagged sources: %zu%s",
	    snap->flagged_sources, snap->flagged_capped ? "+" : "");
	panel_title(c, box, n == 0 ? "Flagged sources" : text, "");
	if (n == 0) {
		panel_hint(c, box, "none");
		return;
	}
	for (i = 0; i < n && (double)i + 1 < lines; i++)
		letters = fmax(letters, (double)strlen(
		    ((const struct flagged_source *)snap->flagged[i])->src));
	if (lines < 2)
		return;
	draw_source(c, snap, box, canvas_line(c, top, 0), letters, NULL);
	for (i = 0; i < n && (double)i + 1 < lines; i++)
		draw_source(c, snap, box, canvas_line(c, top, (double)i + 1),
		    letters, snap->flagged[i]);
}

static void
print(struct output *o, const struct snapshot *snap, size_t top)
{
	char rules[256];
	size_t i;

	for (i = 0; i < snap->flagged_rows && i < top; i++) {
		const struct flagged_source *s = snap->flagged[i];

		gpprint_row(o);
		gpprint_text(o, s->src);
		gpprint_text(o, s->proto);
		gpprint_number(o, s->packets);
		gpprint_text(o, flagged_rules(&snap->window->flagged, s,
		    rules, sizeof(rules)));
		gpprint_time(o, s->first_ns);
		gpprint_time(o, s->last_ns);
		gpprint_row_end(o);
	}
}

/* A title, a header and an empty line, if there are rows. */
static size_t
lines(const struct snapshot *snap, double width)
{
	(void)width;
	return snap->flagged_rows == 0 ? 0 : snap->flagged_rows + 3;
}

const struct panel panel_sources = {
	.name = "sources", .place = PANEL_BELOW, .draw = draw,
	.least = 4, .lines = lines,
	.columns = "src,proto,packets,rule,first,last", .print = print
};
