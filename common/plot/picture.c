/*
 * picture - the panels of a view: rate, protocols, flagged sources
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <string.h>

#include "plot/picture.h"
#include "plot/picture_panels.h"
#include "plot/units.h"

#define NARROW	70		/* letters: panels are stacked below that */

const char *const picture_name[PICTURE_PANELS + 1] = {
	"rate", "protocols", "sources", NULL
};

void
picture_facts(const struct snapshot *snap, char *out, size_t size)
{
	char rate[UNITS_SI_MAX], packets[UNITS_SI_MAX];
	char bytes[UNITS_SI_MAX];

	units_si(rate, (double)snap->rate, "B/s");
	units_si(packets, (double)snap->packets, "");
	units_si(bytes, (double)snap->bytes, "B");
	snprintf(out, size, "%s now   %s packet%s   %s   %zu source%s", rate,
	    packets, snap->packets == 1 ? "" : "s", bytes, snap->active,
	    snap->active == 1 ? "" : "s");
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

static void
draw_panel(struct canvas *c, const struct snapshot *snap,
    enum picture_panel panel, struct panel_box box)
{
	if (panel == PICTURE_RATE)
		panel_rate(c, snap, box);
	else if (panel == PICTURE_PROTOCOLS)
		panel_protocols(c, snap, box);
	else
		panel_sources(c, snap, box);
}

/* The panels one below the other. */
static void
draw_stacked(struct canvas *c, const struct snapshot *snap, unsigned panels,
    double top)
{
	struct panel_box box = { .left = c->letter,
	    .right = c->width - c->letter, .top = top };
	unsigned left = (unsigned)__builtin_popcount(panels), i;

	for (i = 0; i < PICTURE_PANELS; i++) {
		if ((panels & 1u << i) == 0)
			continue;
		/* On cells a panel starts with a whole line. */
		box.bottom = box.top + (c->height - box.top) / left--;
		if (c->cells)
			box.bottom = (double)(int)box.bottom;
		draw_panel(c, snap, (enum picture_panel)i, box);
		box.top = box.bottom;
	}
}

/* Rate and protocols side by side, the sources below both. */
static void
draw_beside(struct canvas *c, const struct snapshot *snap, unsigned panels,
    double top)
{
	double low = c->height, middle = c->width * 0.58;
	const double pad = c->letter;

	if (c->cells)
		middle = (double)(int)middle;
	if (panels & 1u << PICTURE_SOURCES) {
		low = top + (c->height - top) * 0.66;
		if (c->cells)
			low = (double)(int)low;
		panel_sources(c, snap, (struct panel_box){ pad, low,
		    c->width - pad, c->height });
	}
	panel_rate(c, snap, (struct panel_box){ pad, top, middle, low });
	panel_protocols(c, snap, (struct panel_box){ middle + 4 * pad, top,
	    c->width - pad, low });
}

void
picture_draw(struct canvas *c, const struct snapshot *snap, unsigned panels,
    const char *heading, double width, double height)
{
	const unsigned both = 1u << PICTURE_RATE | 1u << PICTURE_PROTOCOLS;
	double top = 0;

	canvas_start(c, width, height);
	if (*heading != '\0')
		top = draw_heading(c, snap, heading);
	if ((panels & both) == both && width >= NARROW * c->letter)
		draw_beside(c, snap, panels, top);
	else
		draw_stacked(c, snap, panels, top);
	panel_plot(c, panels & 1u << PICTURE_RATE);
}
