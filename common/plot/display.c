/*
 * display - frames shown one after another on a gnuplot terminal
 *
 * SPDX-License-Identifier: ISC
 */
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/timestamp.h"
#include "plot/display.h"
#include "plot/followed.h"
#include "plot/gpprint.h"
#include "plot/panels.h"
#include "plot/picture.h"
#include "plot/snapshot_csv.h"

#define HEAD_ROWS	3	/* of a terminal's that are not the picture's */
#define SIXELS_MAX	1000	/* what xterm shows of either side */
#define SIXEL_BAND	6	/* pixels that sixels are high */

static void
command(struct display *d, const char *text)
{
	output_str(d->out, text);
	output_end_row(d->out);
}

static bool
on_cells(const struct display *d)
{
	return d->options.terminal->kind == GPTERM_CELLS;
}

/* Pictures are drawn one over another on the terminal this runs on. */
static bool
on_screen(const struct display *d)
{
	return on_cells(d) || (d->options.terminal->screen &&
	    d->options.file == NULL && !d->options.split);
}

void
display_init(struct display *d, const struct display_options *options,
    struct output *out)
{
	*d = (struct display){ .options = *options, .out = out, .tty = -1 };
	d->canvas.out = out;
	gpterm_canvas(options->terminal, &d->canvas);
	d->panels = panels_in(options->panels, d->panel);
	d->options.mono = options->mono || getenv("NO_COLOR") != NULL;
	d->canvas.dark = options->dark;
	/* Block characters only where the terminal shows them. */
	d->canvas.utf8 = on_cells(d) && setlocale(LC_CTYPE, "") != NULL &&
	    strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	if (on_screen(d) && options->width == 0)
		d->tty = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
	command(d, "set print '-'");
}

void
display_release(struct display *d)
{
	if (d->tty != -1)
		close(d->tty);
}

/*
 * The size of the terminal that is followed; in pixels, the last line is left
 * free, or the terminal would scroll.  False: it is not known.
 */
static bool
screen_size(const struct display *d, unsigned *width, unsigned *height)
{
	struct winsize size;

	if (d->tty == -1 || ioctl(d->tty, TIOCGWINSZ, &size) != 0 ||
	    size.ws_col == 0 || size.ws_row == 0)
		return false;
	*width = size.ws_col;
	*height = size.ws_row;
	if (on_cells(d))
		return true;
	*width *= size.ws_xpixel / size.ws_col;
	*height = (*height - 1) * (size.ws_ypixel / size.ws_row);
	if (*width > SIXELS_MAX)
		*width = SIXELS_MAX;
	if (*height > SIXELS_MAX)
		*height = SIXELS_MAX;
	*height -= *height % SIXEL_BAND;
	return *width >= GPTERM_PIXELS_MIN && *height >= GPTERM_PIXELS_MIN;
}

/* The size that pictures have now. */
static void
find_size(const struct display *d, unsigned *width, unsigned *height)
{
	const struct display_options *o = &d->options;

	if (!screen_size(d, width, height)) {
		*width = o->width != 0 ? o->width : o->terminal->width;
		*height = o->width != 0 ? o->height : o->terminal->height;
	}
	if (on_cells(d))
		*height = *height > HEAD_ROWS + 2 ? *height - HEAD_ROWS : 2;
}

/* Sets the terminal, the first time and when its size has changed. */
static void
set_terminal(struct display *d, const char *name)
{
	unsigned width, height;

	find_size(d, &width, &height);
	if (width == d->width && height == d->height && !d->options.split)
		return;
	d->width = width;
	d->height = height;
	if (on_screen(d))
		command(d, "print \"\\033[2J\"");
	if (d->options.terminal->kind == GPTERM_WINDOW)
		name = d->options.title;
	gpterm_set(d->options.terminal, &d->canvas, name, width, height,
	    !d->options.mono);
}

/*
 * The first line of the file of --note, which others write: three blanks and
 * its printable ASCII; "" if there is none.
 */
static void
read_note(const struct display_options *o, char *out, size_t size)
{
	struct followed f;
	const char *line;
	char *p;

	followed_init(&f, o->note, false);
	line = followed_line(&f);
	snprintf(out, size, "%s%s", line == NULL ? "" : "   ",
	    line == NULL ? "" : line);
	for (p = out; *p != '\0'; p++)
		if (*p < ' ' || *p > '~' || *p == '\\')
			*p = '?';
	followed_release(&f);
}

/* As people say it: "90 s", "10 min", "1 h 46 min", "366 d". */
static void
format_span(int64_t ns, char *out, size_t size)
{
	static const struct {
		int		 s;
		const char	*name;
	} unit[] = { { 86400, "d" }, { 3600, "h" }, { 60, "min" }, { 1, "s" } };
	int64_t s = ns / NS_PER_S, less;
	size_t i = 0;
	int n;

	if (s < 120) {
		snprintf(out, size, "%g s", (double)ns / (double)NS_PER_S);
		return;
	}
	while (s < unit[i].s)
		i++;
	less = s % unit[i].s / unit[i + 1].s;
	n = snprintf(out, size, "%jd %s", (intmax_t)(s / unit[i].s),
	    unit[i].name);
	if (less > 0)
		snprintf(out + n, size - (size_t)n, " %jd %s", (intmax_t)less,
		    unit[i + 1].name);
}

static void
make_heading(const struct display *d, const struct snapshot *snap,
    int64_t idle_ns, char *out, size_t size)
{
	const struct display_options *o = &d->options;
	char idle[48] = "", note[200], part[64] = "";
	char covered[48], window[48];
	int64_t covered_ns = snap->covered_ns;

	format_span(o->window_ns, window, sizeof(window));
	if (snap->started && covered_ns < o->window_ns) {
		if (o->window_ns >= 10 * NS_PER_S)
			covered_ns -= covered_ns % NS_PER_S;
		format_span(covered_ns, covered, sizeof(covered));
		snprintf(part, sizeof(part), "%s of the ", covered);
	}
	if (snap->started && idle_ns >= o->idle_ns)
		snprintf(idle, sizeof(idle), "   nothing for %jd s",
		    (intmax_t)(idle_ns / NS_PER_S));
	read_note(o, note, sizeof(note));
	snprintf(out, size, "%s   %slast %s%s%s%s%s", o->title, part, window,
	    *o->only == '\0' ? "" : "   only ", o->only, note, idle);
}

/* Writes printable ASCII between single quotes, at most so many letters. */
static void
put_text(struct display *d, const char *text, size_t letters)
{
	output_str(d->out, "'");
	for (; *text != '\0' && letters > 0; text++, letters--)
		canvas_letter(d->out, *text < ' ' || *text > '~' ||
		    *text == '\\' ? '?' : *text);
	output_str(d->out, "'");
}

/* How much of a text there is room for: its parts are two blanks apart. */
static size_t
whole_parts(const char *text, size_t letters)
{
	size_t n = strlen(text), i;

	if (n <= letters)
		return n;
	for (i = letters; i > 0; i--)
		if (strncmp(text + i, "  ", 2) == 0)
			return i;
	return letters;
}

/*
 * On a terminal the heading is printed, since gnuplot starts a picture with
 * a form feed, which moves the cursor down: from below the heading, that is
 * where the picture starts, and nothing scrolls.
 */
static void
print_heading(struct display *d, const struct snapshot *snap,
    const char *heading)
{
	char facts[128], both[640];

	picture_facts(snap, facts, sizeof(facts));
	snprintf(both, sizeof(both), "%s   %s", heading, facts);
	output_str(d->out, d->options.mono ? "print \"\\033[H\"." :
	    "print \"\\033[H\\033[1m\".");
	put_text(d, both, whole_parts(both, d->width));
	command(d, d->options.mono ? ".\"\\033[K\"" :
	    ".\"\\033[0m\\033[K\"");
}

/*
 * Prints the line below the picture in the last line of the terminal; the
 * cursor goes up again, since print ends a line.
 */
static void
print_line(struct display *d)
{
	if (d->line == NULL || !on_cells(d))
		return;
	output_str(d->out, "print \"\\033[");
	output_u64(d->out, d->height + HEAD_ROWS);
	output_str(d->out, "H\".");
	put_text(d, d->line, whole_parts(d->line, d->width - 1));
	command(d, ".\"\\033[K\\033[H\"");
}

/* A file appears under its name only when it is whole. */
static void
start_file(struct display *d)
{
	if (d->options.file == NULL)
		return;
	output_str(d->out, "set output '");
	output_str(d->out, d->options.file);
	command(d, ".part'");
}

static void
end_file(struct display *d)
{
	if (d->options.file == NULL)
		return;
	output_str(d->out, "set output\nsystem 'mv -f -- ");
	output_str(d->out, d->options.file);
	output_str(d->out, ".part ");
	output_str(d->out, d->options.file);
	command(d, "'");
}

static void
draw_picture(struct display *d, const struct snapshot *snap, const char *name,
    const struct panel *const *panel, size_t panels, const char *heading)
{
	set_terminal(d, name);
	if (on_cells(d)) {
		print_heading(d, snap, heading);
		heading = "";
	}
	if (d->options.rows) {
		output_str(d->out, "print '#picture ");
		output_str(d->out, name);
		command(d, "'");
	}
	start_file(d);
	picture_draw(&d->canvas, snap, panel, panels, heading, d->width,
	    d->height);
	end_file(d);
	print_line(d);
}

static int64_t
age_of(int64_t ns)
{
	int64_t age;

	if (__builtin_sub_overflow(timestamp_now(CLOCK_REALTIME), ns, &age))
		return ns < 0 ? INT64_MAX : INT64_MIN;
	return age;
}

void
display_draw(struct display *d, const struct snapshot *snap, int64_t newest_ns,
    int64_t idle_ns)
{
	const struct display_options *o = &d->options;
	char heading[512];
	size_t i;

	d->frames++;
	make_heading(d, snap, idle_ns, heading, sizeof(heading));
	if (o->rows) {
		gpprint_mark(d->out, "frame", d->frames);
		snapshot_csv_write(d->out, snap, &(struct snapshot_times){
		    .newest_ns = newest_ns, .age_ns = age_of(newest_ns),
		    .idle_ns = idle_ns }, o->top);
	}
	if (!o->split)
		draw_picture(d, snap, "all", d->panel, d->panels, heading);
	for (i = 0; o->split && i < d->panels; i++)
		if (panel_is_given(d->panel[i], snap))
			draw_picture(d, snap, d->panel[i]->name, &d->panel[i],
			    1, "");
	if (o->rows)
		gpprint_mark(d->out, "end", d->frames);
}

void
display_change(struct display *d, const char *only, int64_t window_ns,
    const char *line)
{
	d->options.only = only;
	d->options.window_ns = window_ns;
	d->line = line;
}

void
display_end(struct display *d)
{
	if (on_screen(d))
		command(d, "print ''");
	if (d->options.terminal->kind == GPTERM_WINDOW)
		command(d, "pause mouse close");
}
