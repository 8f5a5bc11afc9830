/*
 * panel_protocols - packets of each protocol as bars, some in red
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plot/gpprint.h"
#include "plot/panels.h"
#include "plot/units.h"

#define PITCH_MAX	1.7	/* lines from bar to bar, at most */
#define BARS_MAX	128
#define RED_BARS	4	/* red ones are shown before others */
#define CAPITAL		1.35	/* widths of a letter, but on cells */

/* Chooses the bars that there is room for; the others are counted. */
static size_t
choose_bars(const struct snapshot *snap, size_t room,
    const struct snapshot_proto **bar, size_t *others)
{
	bool keep[BARS_MAX] = { false };
	size_t shown = 0, kept = 0, reds = 0, i, n = 0;
	size_t all = snap->protos < BARS_MAX ? snap->protos : BARS_MAX;

	for (i = 0; i < snap->protos; i++)
		shown += snap->proto[i].shown;
	if (shown > room && room > 0)
		room--;
	for (i = 0; i < all && reds < RED_BARS && kept < room; i++)
		if (snap->proto[i].shown && snap->proto[i].red) {
			keep[i] = true;
			kept++;
			reds++;
		}
	for (i = 0; i < all && kept < room; i++)
		if (snap->proto[i].shown && !keep[i]) {
			keep[i] = true;
			kept++;
		}
	for (i = 0; i < all; i++)
		if (keep[i])
			bar[n++] = &snap->proto[i];
	*others = shown - n;
	return n;
}

static void
draw_bar(struct canvas *c, struct panel_box in, double i, double pitch,
    const struct snapshot_proto *p, uint64_t most, uint64_t all)
{
	double y = canvas_line(c, in.top, i * pitch), length;
	enum canvas_colour colour = p->red ? CANVAS_RED : CANVAS_CALM;
	char value[UNITS_SI_MAX], part[UNITS_SHARE_MAX], text[40];

	canvas_text(c, in.left - c->letter, y, CANVAS_RIGHT, p->red ?
	    CANVAS_RED : CANVAS_INK, *p->name == '\0' ? "(none)" : p->name);
	length = most == 0 ? 0 : (double)p->packets / (double)most *
	    (in.right - in.left);
	if (p->packets > 0)
		canvas_bar(c, in.left, y, length, colour);
	units_si(value, (double)p->packets, "");
	units_share(part, p->packets, all);
	snprintf(text, sizeof(text), "%s  %s", value, part);
	canvas_text(c, in.left + ceil(length) + c->letter, y, CANVAS_LEFT,
	    CANVAS_FAINT, text);
}

static void
draw(struct canvas *c, const struct snapshot *snap, struct panel_box box)
{
	const struct snapshot_proto *bar[BARS_MAX];
	struct panel_box in = box;
	size_t others, n, i, letters = 4, room;
	double pitch = 1;
	char text[32];

	in.top += PANEL_TITLE * c->line;
	if (c->cells)
		in.top = box.top + 1;
	room = in.bottom > in.top + c->line ?
	    (size_t)((in.bottom - in.top) / c->line - 0.5) : 0;
	n = choose_bars(snap, room, bar, &others);
	panel_title(c, box, "Packets by protocol", snap->red_alerts ?
	    "red: alerts" : "red is suspicious");
	for (i = 0; i < n; i++)
		if (strlen(bar[i]->name) > letters)
			letters = strlen(bar[i]->name);
	in.left += ((double)letters * (c->cells ? 1 : CAPITAL) + 1) *
	    c->letter;
	in.right -= 16 * c->letter;
	if (!c->cells && n > 0)
		pitch = fmin(PITCH_MAX, (in.bottom - in.top) / c->line /
		    (double)(n + (others > 0)));
	if (n == 0)
		panel_hint(c, box, snap->started ? "none" :
		    "waiting for packets");
	for (i = 0; i < n && in.right > in.left; i++)
		draw_bar(c, in, (double)i, pitch, bar[i], bar[0]->packets,
		    snap->packets);
	if (others > 0) {
		snprintf(text, sizeof(text), "%zu more", others);
		canvas_text(c, in.left, canvas_line(c, in.top,
		    (double)n * pitch), CANVAS_LEFT, CANVAS_FAINT, text);
	}
}

static void
print(struct output *o, const struct snapshot *snap, size_t top)
{
	size_t i;

	(void)top;
	for (i = 0; i < snap->protos; i++) {
		gpprint_row(o);
		gpprint_text(o, snap->proto[i].name);
		gpprint_number(o, snap->proto[i].packets);
		gpprint_number(o, snap->proto[i].bytes);
		gpprint_number(o, snap->proto[i].suspicious);
		gpprint_number(o, snap->proto[i].shown);
		gpprint_number(o, snap->proto[i].alerts);
		gpprint_row_end(o);
	}
}

/* Bars, a title and an empty line. */
static size_t
lines(const struct snapshot *snap, double width)
{
	size_t i, n = 2;

	(void)width;
	for (i = 0; i < snap->protos; i++)
		n += snap->proto[i].shown;
	return n > 2 ? n : 0;
}

const struct panel panel_protocols = {
	.name = "protocols", .place = PANEL_RIGHT, .draw = draw,
	.least = 4, .lines = lines,
	.columns = "proto,packets,bytes,suspicious,shown,alerts", .print = print
};
