/*
 * panel_rate - bytes per second over time, spikes or alerts in red
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/timestamp.h"
#include "plot/gpprint.h"
#include "plot/panels.h"
#include "plot/units.h"
#include "tally/timebins.h"

#define AXIS_LETTERS	10	/* left of the plot, for labels */

/* Steps of the time axis that a clock shows, in seconds. */
static const int64_t time_steps[] = { 1, 2, 5, 10, 15, 30, 60, 120, 300, 600,
    900, 1800, 3600, 7200, 14400, 43200, 86400, 172800, 604800, 2592000,
    31536000 };

/* 1, 2 or 5 times a power of ten, so that at most n steps reach the top. */
static double
nice_step(double top, double n)
{
	double step = pow(10, floor(log10(top / n)));

	if (step * n >= top)
		return step;
	if (step * 2 * n >= top)
		return step * 2;
	return step * 5 * n >= top ? step * 5 : step * 10;
}

static double
bin_rate(const struct snapshot *snap, uint64_t bytes)
{
	return (double)bytes * NS_PER_S / (double)snap->bin_ns;
}

/* The rate's axes: draws labels and grid, returns the rate at the top. */
static double
draw_rates(struct canvas *c, const struct snapshot *snap, struct panel_box in)
{
	double high = snap->peak > 0 ? bin_rate(snap, snap->peak) : 1000;
	double lines = (in.bottom - in.top) / c->line, step, top;
	char label[UNITS_SI_MAX];
	int i;

	step = nice_step(high, lines < 6 ? 2 : 4);
	top = ceil(high / step - 1e-9) * step;
	for (i = 0; i <= (int)(top / step + 0.5); i++) {
		double y, r = i * step;

		y = in.bottom - r / top * (in.bottom - in.top);

		if (c->cells)
			y = floor(y + 0.5);
		units_si(label, r, "B/s");
		canvas_text(c, in.left - c->letter, y, CANVAS_RIGHT,
		    CANVAS_FAINT, r > 0 ? label : "0");
		canvas_rule(c, in.left, y, in.right, y, CANVAS_GRID);
	}
	if ((double)snap->spike < top)
		canvas_rule(c, in.left, in.bottom - (double)snap->spike / top *
		    (in.bottom - in.top), in.right, in.bottom -
		    (double)snap->spike / top * (in.bottom - in.top),
		    CANVAS_RED);
	return top;
}

/*
 * The label of a time on pixels: as few letters as the step of the axis needs.
 * Returns how many, at most 8.
 */
static size_t
time_label(char label[UNITS_CLOCK_MAX], int64_t ns, int64_t step)
{
	char zone[UNITS_CLOCK_MAX];

	if (step >= 86400 * NS_PER_S)
		units_day(ns, label);
	else
		units_clock(ns, label, zone);
	if (step >= 60 * NS_PER_S)
		label[5] = '\0';
	return strlen(label);
}

/* One label of the time axis on pixels, unless it would be cut. */
static void
draw_time(struct canvas *c, struct panel_box in, double x, int64_t ns,
    int64_t step)
{
	char label[UNITS_CLOCK_MAX];
	double half = (double)time_label(label, ns, step) * c->letter / 2;

	canvas_rule(c, x, in.top, x, in.bottom + 0.2 * c->line, CANVAS_GRID);
	if (x + half <= c->width)
		canvas_text(c, x, in.bottom + 0.9 * c->line, CANVAS_CENTRE,
		    CANVAS_FAINT, label);
}

/* One on cells, which do not move closer: what does not fit is left out. */
static void
draw_cell_time(struct canvas *c, struct panel_box in, double x, int64_t ns)
{
	char clock[UNITS_CLOCK_MAX], zone[UNITS_CLOCK_MAX];

	units_clock(ns, clock, zone);
	x = floor(x) - 3;
	if (x + 7 <= in.right + 2 && x + 7 < c->width)
		canvas_text(c, x, in.bottom + 1, CANVAS_LEFT, CANVAS_FAINT,
		    clock);
}

/*
 * The least step whose labels fit level: 8 letters, or 5 from a minute on, and
 * 2 between them.
 */
static int64_t
time_step(const struct canvas *c, int64_t length, double wide)
{
	size_t i = 0;

	while (i + 1 < sizeof(time_steps) / sizeof(time_steps[0]) &&
	    (double)length / (double)(time_steps[i] * NS_PER_S) > wide /
	    (c->letter * (c->cells || time_steps[i] < 60 ? 10 : 7)))
		i++;
	return time_steps[i] * NS_PER_S;
}

/* Steps are whole in local time, by the zone's offset at the end. */
static void
draw_times(struct canvas *c, const struct snapshot *snap, struct panel_box in)
{
	int64_t from = snap->bin[0].start_ns;
	int64_t to = snap->bin[snap->bins - 1].start_ns;
	double wide = in.right - in.left, x;
	int64_t step = time_step(c, to - from, wide), east, far, t;
	char clock[UNITS_CLOCK_MAX], zone[UNITS_CLOCK_MAX];

	east = units_clock(to, clock, zone) * NS_PER_S;
	far = 2 * step + (east < 0 ? -east : east);
	if (from < INT64_MIN + far || to > INT64_MAX - far)
		return;
	for (t = timebin_of(from - 1 + east, step) * step + step - east;
	    t <= to; t += step) {
		x = in.left + (double)(t - from) /
		    (double)(to > from ? to - from : 1) * wide;
		if (c->cells)
			draw_cell_time(c, in, x, t);
		else
			draw_time(c, in, x, t, step);
	}
}

/* The bin after the last of those, from i on, that are gaps or are not. */
static size_t
run_end(const struct snapshot *snap, size_t i)
{
	bool gap = snap->bin[i].gap;

	while (i < snap->bins && snap->bin[i].gap == gap)
		i++;
	return i;
}

/* Between the bins beside it, a hatch; on cells a line of dots. */
static void
draw_gap(struct canvas *c, struct panel_box in, double from, double to)
{
	static const char label[] = "no data";
	double wide = (double)(sizeof(label) - 1) * c->letter, x;
	char dots[65];

	for (x = from; c->cells && x <= to; x += 64) {
		snprintf(dots, sizeof(dots), "%.*s", (int)fmin(64,
		    to - x + 1), "................................"
		    "................................");
		canvas_text(c, x, in.bottom, CANVAS_LEFT, CANVAS_FAINT, dots);
	}
	canvas_hatch(c, from, in.bottom, to - from, in.bottom - in.top,
	    CANVAS_GRID);
	if (to - from >= wide + 2 * c->letter)
		canvas_text(c, floor((from + to - wide) / 2), c->cells ?
		    floor((in.top + in.bottom) / 2) : (in.top + in.bottom) / 2,
		    CANVAS_LEFT, CANVAS_INK, label);
}

static void
draw_gaps(struct canvas *c, const struct snapshot *snap, struct panel_box in)
{
	double step = (in.right - in.left) /
	    (double)(snap->bins > 1 ? snap->bins - 1 : 1), from, to;
	size_t i, end;

	for (i = 0; i < snap->bins; i = end) {
		end = run_end(snap, i);
		if (!snap->bin[i].gap)
			continue;
		from = fmax(in.left, in.left + ((double)i - 1) * step);
		to = fmin(in.right, in.left + (double)end * step);
		if (c->cells) {
			from = ceil(from);
			to = floor(to);
		}
		draw_gap(c, in, from, to);
	}
}

/* The area, the line and the points of the data block. */
static void
plot_line(struct canvas *c)
{
	char element[96];

	snprintf(element, sizeof(element),
	    "$rate using 1:2:3 with filledcurves fs %s noborder fc rgb %s",
	    c->opaque ? "solid" : "transparent solid 0.15",
	    canvas_rgb(c, c->opaque ? CANVAS_SHADE : CANVAS_CALM));
	canvas_plot(c, element);
	canvas_plot(c, "'' using 1:2:4 with lines lw 2 lc rgb variable");
	snprintf(element, sizeof(element),
	    "'' using 1:5 with points pt 7 ps 0.5 lc rgb %s",
	    canvas_rgb(c, CANVAS_RED));
	canvas_plot(c, element);
}

/* A row of the data block: x, y, base, colour, y again if it is red. */
static void
put_point(struct canvas *c, struct panel_box in, double x, double y,
    bool red)
{
	char row[128];

	snprintf(row, sizeof(row), "%.6g %.6g %g %s ",
	    fmin(in.right, fmax(in.left, x)), y, in.bottom,
	    canvas_rgb(c, red ? CANVAS_RED : CANVAS_CALM));
	output_str(c->out, row);
	snprintf(row, sizeof(row), red ? "%.6g" : "NaN", y);
	output_str(c->out, row);
	output_end_row(c->out);
}

/*
 * On pixels a line and an area from a data block, in which an empty line is a
 * gap.  A bin between two gaps is a piece as wide as a bin.
 */
static void
draw_line(struct canvas *c, const struct snapshot *snap, struct panel_box in,
    double top)
{
	double step = (in.right - in.left) /
	    (double)(snap->bins > 1 ? snap->bins - 1 : 1), x, y;
	size_t i, end, drawn = 0;

	output_str(c->out, "$rate << EOD\n");
	for (i = 0; i < snap->bins; i = end) {
		bool alone = (end = run_end(snap, i)) == i + 1;

		if (snap->bin[i].gap) {
			output_end_row(c->out);
			continue;
		}
		for (drawn += end - i; i < end; i++) {
			x = in.left + ((double)i - 0.5 * alone) * step;
			y = in.bottom - bin_rate(snap, snap->bin[i].bytes) /
			    top * (in.bottom - in.top);
			put_point(c, in, x, y, snap->bin[i].red);
			if (alone)
				put_point(c, in, x + step, y,
				    snap->bin[i].red);
		}
	}
	output_str(c->out, "EOD");
	output_end_row(c->out);
	if (drawn > 0)
		plot_line(c);
}

/* On cells a column for each letter: the busiest of the bins under it. */
static void
draw_columns(struct canvas *c, const struct snapshot *snap,
    struct panel_box in, double top)
{
	size_t columns = (size_t)(in.right - in.left) + 1, i, j;
	const struct snapshot_bin *bin = snap->bin;

	for (i = 0; i < columns; i++) {
		const struct snapshot_bin *most =
		    &bin[i * snap->bins / columns];

		for (j = i * snap->bins / columns;
		    j < (i + 1) * snap->bins / columns; j++)
			if (bin[j].bytes > most->bytes)
				most = &bin[j];
		if (most->bytes > 0)
			canvas_column(c, in.left + (double)i, in.bottom,
			    bin_rate(snap, most->bytes) / top *
			    (in.bottom - in.top + 1), most->red ?
			    CANVAS_RED : CANVAS_CALM);
	}
}

static void
draw(struct canvas *c, const struct snapshot *snap, struct panel_box box)
{
	struct panel_box in = { box.left + AXIS_LETTERS * c->letter,
	    box.top + PANEL_TITLE * c->line, box.right,
	    box.bottom - (c->cells ? 3 : 1.8 * c->line) };
	char clock[UNITS_CLOCK_MAX], zone[UNITS_CLOCK_MAX];
	char spike[UNITS_SI_MAX], note[96];
	double top;

	units_si(spike, (double)snap->spike, "B/s");
	if (snap->started)
		units_clock(snap->bin[snap->bins - 1].start_ns, clock, zone);
	else
		memcpy(zone, "", 1);
	if (snap->spike == WINDOW_SPIKE_NONE)
		snprintf(note, sizeof(note), "red: alerts   %s", zone);
	else
		snprintf(note, sizeof(note), "red%s above %s   %s",
		    snap->red_alerts ? ": alerts," : "", spike, zone);
	if (c->cells)
		in.top = box.top + 1;
	panel_title(c, box, "Bytes per second", note);
	if (!snap->started) {
		panel_hint(c, box, "waiting for packets");
		return;
	}
	if (in.bottom - in.top < 2 * c->line ||
	    in.right - in.left < 8 * c->letter)
		return;
	draw_gaps(c, snap, in);
	top = draw_rates(c, snap, in);
	draw_times(c, snap, in);
	if (c->cells)
		draw_columns(c, snap, in, top);
	else
		draw_line(c, snap, in, top);
}

static void
print(struct output *o, const struct snapshot *snap, size_t top)
{
	size_t i;

	(void)top;
	for (i = 0; snap->started && i < snap->bins; i++) {
		gpprint_row(o);
		gpprint_time(o, snap->bin[i].start_ns);
		if (snap->bin[i].gap)
			output_str(o, ",,,,");
		else {
			gpprint_number(o, snap->bin[i].packets);
			gpprint_number(o, snap->bin[i].bytes);
			gpprint_number(o, snap->bin[i].spike);
			gpprint_number(o, snap->bin[i].alerts);
		}
		gpprint_row_end(o);
	}
}

const struct panel panel_rate = {
	.name = "rate", .place = PANEL_LEFT, .draw = draw, .least = 7,
	.columns = "time,packets,bytes,spike,alerts", .print = print
};
