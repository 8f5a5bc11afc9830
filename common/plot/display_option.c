/*
 * display_option - the options of a display from the command line
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <string.h>

#include "base/number.h"
#include "base/option.h"
#include "base/show.h"
#include "plot/display.h"

#define SIZE_MAX_PX	10000

void
display_defaults(struct display_options *o)
{
	*o = (struct display_options){ .terminal = &gpterm_table[0],
	    .panels = (1u << PANELS) - 1, .top = 100,
	    .title = "pktpipe", .only = "" };
}

static void
read_panels(struct display_options *o, const char *arg)
{
	const char *list[PANELS];
	size_t i, n = option_list("panels", arg, list, PANELS);

	o->panels = 0;
	for (i = 0; i < n; i++)
		o->panels |= 1u << option_word("panel", list[i], panel_names);
}

static void
read_size(struct display_options *o, const char *arg)
{
	const char *x = strchr(arg, 'x');
	uint64_t w, h;

	if (x == NULL ||
	    !number_parse(arg, (size_t)(x - arg), SIZE_MAX_PX, &w) ||
	    !number_parse(x + 1, strlen(x + 1), SIZE_MAX_PX, &h) ||
	    w < 20 || h < 8)
		errx(STATUS_USAGE, "bad size \"%s\", want width and height "
		    "such as 960x540, 20x8 to %dx%d", show_str(arg),
		    SIZE_MAX_PX, SIZE_MAX_PX);
	o->width = (unsigned)w;
	o->height = (unsigned)h;
}

/* It becomes a part of gnuplot's commands. */
static void
read_title(struct display_options *o, const char *arg)
{
	const char *p;

	for (p = arg; *p != '\0'; p++)
		if (*p < ' ' || *p > '~' || *p == '\\')
			errx(STATUS_USAGE, "bad title \"%s\", want printable "
			    "ASCII without backslashes", show_str(arg));
	o->title = arg;
}

/* It becomes a part of a shell's command, which gnuplot runs. */
static void
read_file(struct display_options *o, const char *arg)
{
	if (*arg == '\0' || strspn(arg, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-+") != strlen(arg))
		errx(STATUS_USAGE, "bad output \"%s\", want letters, digits "
		    "and any of . _ / - +", show_str(arg));
	o->file = arg;
}

bool
display_option(struct display_options *o, int ch, const char *arg)
{
	switch (ch) {
	case 'n':
		o->top = option_number("top", arg, 0, 1000000);
		return true;
	case 'o':
		read_file(o, arg);
		return true;
	case DISPLAY_DARK:
		o->dark = true;
		return true;
	case DISPLAY_NOTE:
		o->note = arg;
		return true;
	case DISPLAY_PANELS:
		read_panels(o, arg);
		return true;
	case DISPLAY_ROWS:
		o->rows = true;
		return true;
	case DISPLAY_SIZE:
		read_size(o, arg);
		return true;
	case DISPLAY_SPLIT:
		o->split = true;
		return true;
	case DISPLAY_TERMINAL:
		o->terminal = &gpterm_table[option_word("terminal", arg,
		    gpterm_names)];
		return true;
	case DISPLAY_TITLE:
		read_title(o, arg);
		return true;
	default:
		return false;
	}
}

void
display_check(const struct display_options *o)
{
	if (o->width != 0 && o->terminal->kind != GPTERM_CELLS &&
	    (o->width < GPTERM_PIXELS_MIN || o->height < GPTERM_PIXELS_MIN))
		errx(STATUS_USAGE, "bad size, want at least %dx%d pixels",
		    GPTERM_PIXELS_MIN, GPTERM_PIXELS_MIN);
	if (o->split && (o->file != NULL ||
	    o->terminal->kind == GPTERM_CELLS ||
	    o->terminal->kind == GPTERM_WINDOW))
		errx(STATUS_USAGE, "--split is for pictures on standard "
		    "output: --terminal svg, pngcairo or sixelgd");
}
