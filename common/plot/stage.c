/*
 * stage - frames shown one after another on a gnuplot terminal
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
#include <time.h>
#include <unistd.h>

#include "base/timestamp.h"
#include "plot/frame_rows.h"
#include "plot/stage.h"

#define HEAD_ROWS	3	/* of a terminal's that are not the picture's */
#define SIXELS_MAX	1000	/* what xterm shows of either side */
#define SIXEL_BAND	6	/* pixels that sixels are high */

static void
command(struct stage *s, const char *text)
{
	output_str(s->out, text);
	output_end_row(s->out);
}

static bool
on_cells(const struct stage *s)
{
	return s->options.terminal->kind == GPTERM_CELLS;
}

/* Pictures are drawn one over another on the terminal this runs on. */
static bool
on_screen(const struct stage *s)
{
	return on_cells(s) || (s->options.terminal->screen &&
	    s->options.file == NULL && !s->options.split);
}

void
stage_init(struct stage *s, const struct stage_options *options,
    struct output *out)
{
	*s = (struct stage){ .options = *options, .out = out, .tty = -1 };
	s->canvas.out = out;
	gpterm_canvas(options->terminal, &s->canvas);
	s->options.mono = options->mono || getenv("NO_COLOR") != NULL;
	s->canvas.dark = options->dark;
	/* Block characters only where the terminal shows them. */
	s->canvas.utf8 = on_cells(s) && setlocale(LC_CTYPE, "") != NULL &&
	    strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	if (on_screen(s) && options->width == 0)
		s->tty = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
	command(s, "set print '-'");
}

void
stage_release(struct stage *s)
{
	if (s->tty != -1)
		close(s->tty);
}

/*
 * The size of the terminal that is followed; in pixels, the last line is left
 * free, or the terminal would scroll.  False: it is not known.
 */
static bool
screen_size(const struct stage *s, unsigned *width, unsigned *height)
{
	struct winsize size;

	if (s->tty == -1 || ioctl(s->tty, TIOCGWINSZ, &size) != 0 ||
	    size.ws_col == 0 || size.ws_row == 0)
		return false;
	*width = size.ws_col;
	*height = size.ws_row;
	if (on_cells(s))
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
find_size(const struct stage *s, unsigned *width, unsigned *height)
{
	const struct stage_options *o = &s->options;

	if (!screen_size(s, width, height)) {
		*width = o->width != 0 ? o->width : o->terminal->width;
		*height = o->width != 0 ? o->height : o->terminal->height;
	}
	if (on_cells(s))
		*height = *height > HEAD_ROWS + 2 ? *height - HEAD_ROWS : 2;
}

/* Sets the terminal, the first time and when its size has changed. */
static void
set_terminal(struct stage *s, const char *name)
{
	unsigned width, height;

	find_size(s, &width, &height);
	if (width == s->width && height == s->height && !s->options.split)
		return;
	s->width = width;
	s->height = height;
	if (on_screen(s))
		command(s, "print \"\\033[2J\"");
	if (s->options.terminal->kind == GPTERM_WINDOW)
		name = s->options.title;
	gpterm_set(s->options.terminal, &s->canvas, name, width, height,
	    !s->options.mono);
}

static void
make_heading(const struct stage *s, const struct frame_view *v,
    int64_t idle_ns, char *out, size_t size)
{
	const struct stage_options *o = &s->options;
	char idle[48] = "";

	if (v->started && idle_ns >= o->idle_ns)
		snprintf(idle, sizeof(idle), "   nothing for %jd s",
		    (intmax_t)(idle_ns / NS_PER_S));
	snprintf(out, size, "%s   last %g s%s%s%s", o->title,
	    (double)o->window_ns / (double)NS_PER_S,
	    *o->only == '\0' ? "" : "   only ", o->only, idle);
}

/*
 * On a terminal the heading is printed, since gnuplot starts a picture with
 * a form feed, which moves the cursor down: from below the heading, that is
 * where the picture starts, and nothing scrolls.
 */
static void
print_heading(struct stage *s, const struct frame_view *v,
    const char *heading)
{
	char facts[128], both[512];
	size_t i;

	picture_facts(v, facts, sizeof(facts));
	snprintf(both, sizeof(both), "%s   %s", heading, facts);
	output_str(s->out, s->options.mono ? "print \"\\033[H\".'" :
	    "print \"\\033[H\\033[1m\".'");
	for (i = 0; i < s->width && both[i] != '\0'; i++) {
		if (both[i] == '\'')
			output_char(s->out, '\'');
		output_char(s->out, both[i]);
	}
	command(s, s->options.mono ? "'.\"\\033[K\"" :
	    "'.\"\\033[0m\\033[K\"");
}

/* A file appears under its name only when it is whole. */
static void
start_file(struct stage *s)
{
	if (s->options.file == NULL)
		return;
	output_str(s->out, "set output '");
	output_str(s->out, s->options.file);
	command(s, ".part'");
}

static void
end_file(struct stage *s)
{
	if (s->options.file == NULL)
		return;
	output_str(s->out, "set output\nsystem 'mv -f -- ");
	output_str(s->out, s->options.file);
	output_str(s->out, ".part ");
	output_str(s->out, s->options.file);
	command(s, "'");
}

static void
draw_picture(struct stage *s, const struct frame_view *v, const char *name,
    unsigned panels, const char *heading)
{
	set_terminal(s, name);
	if (on_cells(s)) {
		print_heading(s, v, heading);
		heading = "";
	}
	if (s->options.rows) {
		output_str(s->out, "print '#picture ");
		output_str(s->out, name);
		command(s, "'");
	}
	start_file(s);
	picture_draw(&s->canvas, v, panels, heading, s->width, s->height);
	end_file(s);
}

static int64_t
age_of(int64_t ns)
{
	struct timespec now;
	int64_t age;

	clock_gettime(CLOCK_REALTIME, &now);
	if (__builtin_sub_overflow(now.tv_sec * NS_PER_S + now.tv_nsec, ns,
	    &age))
		return ns < 0 ? INT64_MAX : INT64_MIN;
	return age;
}

void
stage_draw(struct stage *s, const struct frame_view *v, int64_t newest_ns,
    int64_t idle_ns)
{
	const struct stage_options *o = &s->options;
	char heading[256];
	unsigned i;

	s->frames++;
	make_heading(s, v, idle_ns, heading, sizeof(heading));
	if (o->rows)
		frame_rows_write(s->out, v, &(struct frame_rows){
		    .number = s->frames, .top = o->top,
		    .newest_ns = newest_ns, .age_ns = age_of(newest_ns),
		    .idle_ns = idle_ns });
	if (!o->split)
		draw_picture(s, v, "all", o->panels, heading);
	for (i = 0; o->split && i < PICTURE_PANELS; i++)
		if (o->panels & 1u << i)
			draw_picture(s, v, picture_name[i], 1u << i, "");
	if (o->rows)
		frame_rows_line(s->out, "end", s->frames);
}

void
stage_end(struct stage *s)
{
	if (on_screen(s))
		command(s, "print ''");
	if (s->options.terminal->kind == GPTERM_WINDOW)
		command(s, "pause mouse close");
}
