/*
 * display - unit test of a display's options
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "plot/display.h"
#include "tap.h"

/* The bit of a panel. */
static unsigned
bit(const struct panel *p)
{
	unsigned i;

	for (i = 0; panel_table[i] != p; i++)
		continue;
	return 1u << i;
}

int
main(void)
{
	struct display_options o;

	display_defaults(&o);
	same_text(o.terminal->name, strlen(o.terminal->name), "dumb",
	    "a text terminal is the default");
	ok(o.panels == (1u << PANELS) - 1, "with all panels");
	ok(o.width == 0 && o.height == 0, "of the terminal's size");
	display_check(&o);
	ok(display_option(&o, DISPLAY_PANELS, "sources,rate") &&
	    o.panels == (bit(&panel_sources) | bit(&panel_rate)),
	    "--panels chooses, in any order");
	ok(display_option(&o, DISPLAY_SIZE, "960x540") && o.width == 960 &&
	    o.height == 540, "--size is width and height");
	ok(display_option(&o, DISPLAY_TERMINAL, "svg") &&
	    o.terminal->kind == GPTERM_SVG, "--terminal has gnuplot's names");
	ok(display_option(&o, DISPLAY_TITLE, "it's {bold}") &&
	    strcmp(o.title, "it's {bold}") == 0, "--title is taken as it is");
	ok(display_option(&o, 'o', "a/b-1_2+c.svg") &&
	    strcmp(o.file, "a/b-1_2+c.svg") == 0, "--output too");
	ok(display_option(&o, 'n', "0") && o.top == 0, "--top may be 0");
	ok(display_option(&o, DISPLAY_DARK, NULL) && o.dark &&
	    display_option(&o, DISPLAY_ROWS, NULL) && o.rows &&
	    display_option(&o, DISPLAY_SPLIT, NULL) && o.split,
	    "others are flags");
	ok(!display_option(&o, 'b', "1s"), "other options are not taken");
	return tap_done();
}
