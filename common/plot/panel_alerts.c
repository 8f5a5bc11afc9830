/*
 * panel_alerts - the sentence of each incident, open ones first
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/show.h"
#include "plot/gpprint.h"
#include "plot/panels.h"
#include "plot/units.h"

#define CLOCK		9	/* letters of the time and a blank */

static bool
given(const struct snapshot *snap)
{
	return snap->alerts != NULL;
}

static size_t
list_alerts(const struct snapshot *snap, const struct alerts_incident **list)
{
	return alerts_list(snap->alerts, snap->bin[0].start_ns, list);
}

/* Where a text is broken that is longer than a line: at a blank. */
static size_t
first_line(const char *text, size_t letters)
{
	size_t n = strlen(text), i;

	if (n <= letters)
		return n;
	for (i = letters; i > 0 && text[i] != ' '; i--)
		continue;
	return i > 0 ? i : letters;
}

static size_t
letters_of(double letters)
{
	return letters > CLOCK + 20 ? (size_t)letters - CLOCK : 20;
}

/* A sentence is a line, or two. */
static size_t
height(const struct alerts_incident *a, size_t letters)
{
	return strlen(a->text) > letters ? 2 : 1;
}

/* Draws a sentence below y; returns the lines that it took. */
static size_t
draw_alert(struct canvas *c, double x, double y, double line, size_t letters,
    const struct alerts_incident *a)
{
	enum canvas_colour colour = a->ended ? CANVAS_FAINT : CANVAS_RED;
	size_t n = first_line(a->text, letters);
	char clock[UNITS_CLOCK_MAX], zone[UNITS_CLOCK_MAX];
	char part[ALERTS_TEXT_MAX];

	units_clock(a->time_ns, clock, zone);
	canvas_text(c, x, canvas_line(c, y, line), CANVAS_LEFT, CANVAS_FAINT,
	    clock);
	x += CLOCK * c->letter;
	snprintf(part, sizeof(part), "%.*s", (int)n, a->text);
	canvas_text(c, x, canvas_line(c, y, line), CANVAS_LEFT, colour, part);
	if (a->text[n] != '\0')
		canvas_text(c, x, canvas_line(c, y, line + 1), CANVAS_LEFT,
		    colour, a->text + n + (a->text[n] == ' '));
	return height(a, letters);
}

static void
draw(struct canvas *c, const struct snapshot *snap, struct panel_box box)
{
	const struct alerts_incident *list[ALERTS_MAX];
	size_t n = list_alerts(snap, list), i, open = 0, line = 0, room;
	size_t letters = letters_of((box.right - box.left) / c->letter);
	double top = box.top + (c->cells ? 1 : PANEL_TITLE * c->line);
	char text[48];

	for (i = 0; i < n; i++)
		open += !list[i]->ended;
	snprintf(text, sizeof(text), "Alerts: %zu open", open);
	panel_title(c, box, text, "");
	if (n == 0)
		panel_hint(c, box, "none");
	room = (size_t)fmax(0, floor((box.bottom - top) / c->line - 0.4));
	for (i = 0; i < n; i++) {
		/* The last line says how many there is no room for. */
		if (line + height(list[i], letters) + (i + 1 < n) > room)
			break;
		line += draw_alert(c, box.left, top, (double)line, letters,
		    list[i]);
	}
	if (i == n || line == room)
		return;
	snprintf(text, sizeof(text), "%zu more", n - i);
	canvas_text(c, box.left + CLOCK * c->letter, canvas_line(c, top,
	    (double)line), CANVAS_LEFT, CANVAS_FAINT, text);
}

/* The sentences, a title and an empty line. */
static size_t
lines(const struct snapshot *snap, double width)
{
	const struct alerts_incident *list[ALERTS_MAX];
	size_t n = list_alerts(snap, list), i, sum = 2;

	for (i = 0; i < n; i++)
		sum += height(list[i], letters_of(width));
	return n == 0 ? 0 : sum;
}

static const char *
severity(const struct alerts_incident *a)
{
	static const char *const words[] = { "low", "medium", "high" };

	return words[a->severity];
}

/* Sentences are no cells of CSV without quotes: the rule and its severity. */
static void
print(struct output *o, const struct snapshot *snap, size_t top)
{
	const struct alerts_incident *list[ALERTS_MAX];
	size_t n = list_alerts(snap, list), i;
	char rule[ALERTS_TEXT_MAX];

	for (i = 0; i < n && i < top; i++) {
		show_token(rule, sizeof(rule), (struct slice){ list[i]->text,
		    list[i]->name });
		gpprint_row(o);
		gpprint_time(o, list[i]->time_ns);
		gpprint_text(o, rule);
		gpprint_text(o, severity(list[i]));
		gpprint_number(o, list[i]->ended);
		gpprint_row_end(o);
	}
}

const struct panel panel_alerts = {
	.name = "alerts", .place = PANEL_BELOW, .draw = draw, .least = 3,
	.given = given, .lines = lines,
	.columns = "time,rule,severity,ended", .print = print
};
