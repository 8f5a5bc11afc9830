/*
 * picture_panels - protocols as bars, flagged sources as a table
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plot/picture_panels.h"
#include "plot/units.h"

#define PITCH_MAX	1.7	/* lines from bar to bar, at most */
#define BARS_MAX	128
#define RED_BARS	4	/* suspicious ones are shown before others */
#define CAPITAL		1.35	/* widths of a letter, but on cells */

void
panel_title(struct canvas *c, struct panel_box box, const char *title,
    const char *note)
{
	double y = canvas_line(c, box.top, 0);

	canvas_title(c, box.left, y, title);
	if ((double)(strlen(title) + strlen(note) + 2) * c->letter <
	    box.right - box.left)
		canvas_text(c, box.right, y, CANVAS_RIGHT, CANVAS_FAINT,
		    note);
}

void
panel_hint(struct canvas *c, struct panel_box box, const char *text)
{
	canvas_text(c, box.left + 2 * c->letter,
	    canvas_line(c, box.top + c->line, 1), CANVAS_LEFT, CANVAS_FAINT,
	    text);
}

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
		if (snap->proto[i].shown && snap->proto[i].why != NULL) {
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
	enum canvas_colour colour = p->why != NULL ? CANVAS_RED : CANVAS_CALM;
	char value[UNITS_SI_MAX], text[40];

	canvas_text(c, in.left - c->letter, y, CANVAS_RIGHT, p->why != NULL ?
	    CANVAS_RED : CANVAS_INK, *p->name == '\0' ? "(none)" : p->name);
	length = most == 0 ? 0 : (double)p->packets / (double)most *
	    (in.right - in.left);
	if (p->packets > 0)
		canvas_bar(c, in.left, y, length, colour);
	units_si(value, (double)p->packets, "");
	snprintf(text, sizeof(text), "%s  %.1f %%", value, all == 0 ? 0 :
	    (double)p->packets * 100 / (double)all);
	canvas_text(c, in.left + ceil(length) + c->letter, y, CANVAS_LEFT,
	    CANVAS_FAINT, text);
}

void
panel_protocols(struct canvas *c, const struct snapshot *snap,
    struct panel_box box)
{
	const struct snapshot_proto *bar[BARS_MAX];
	struct panel_box in = box;
	size_t others, n, i, letters = 4, room;
	double pitch = 1;
	char text[32];

	in.top += TITLE_LINES * c->line;
	if (c->cells)
		in.top = box.top + 1;
	room = in.bottom > in.top + c->line ?
	    (size_t)((in.bottom - in.top) / c->line - 0.5) : 0;
	n = choose_bars(snap, room, bar, &others);
	panel_title(c, box, "Packets by protocol", "red is suspicious");
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
		flagged_rules(snap->flagged, s, rules, sizeof(rules));
	}
	canvas_text(c, box.left, y, CANVAS_LEFT, s == NULL ? CANVAS_FAINT :
	    CANVAS_RED, s == NULL ? "source" : s->src);
	canvas_text(c, x, y, CANVAS_LEFT, colour, s == NULL ? "protocol" :
	    s->proto);
	canvas_text(c, x + 20 * c->letter, y, CANVAS_RIGHT, colour, packets);
	canvas_text(c, x + 23 * c->letter, y, CANVAS_LEFT, colour, clock);
	canvas_text(c, x + 34 * c->letter, y, CANVAS_LEFT, colour, rules);
}

void
panel_sources(struct canvas *c, const struct snapshot *snap,
    struct panel_box box)
{
	double top = box.top + (c->cells ? 1 : TITLE_LINES * c->line);
	double lines = floor((box.bottom - top) / c->line - 0.4), letters = 8;
	char text[48];
	size_t i;

	snprintf(text, sizeof(text), "Flagged sources: %zu", snap->offenders);
	panel_title(c, box, snap->sources == 0 ? "Flagged sources" : text, "");
	if (snap->sources == 0) {
		panel_hint(c, box, "none");
		return;
	}
	for (i = 0; i < snap->sources && (double)i + 1 < lines; i++)
		letters = fmax(letters, (double)strlen(
		    ((const struct flagged_source *)snap->source[i])->src));
	if (lines < 2)
		return;
	draw_source(c, snap, box, canvas_line(c, top, 0), letters, NULL);
	for (i = 0; i < snap->sources && (double)i + 1 < lines; i++)
		draw_source(c, snap, box, canvas_line(c, top, (double)i + 1),
		    letters, snap->source[i]);
}
