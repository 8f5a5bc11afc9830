/*
 * gpterm - gnuplot's terminals as liveplot uses them
 *
 * To add a terminal: a line in gpterm.c.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef GPTERM_H
#define GPTERM_H

#include <stdbool.h>

#include "plot/canvas.h"

#define GPTERM_PIXELS_MIN	100	/* gnuplot's fonts want some */

enum gpterm_kind {
	GPTERM_CELLS,		/* sizes are in characters */
	GPTERM_WINDOW,		/* has a title, and stays open at the end */
	GPTERM_SVG,		/* without a background */
	GPTERM_IMAGE
};

struct gpterm {
	const char	*name;		/* gnuplot's */
	const char	*options;
	const char	*bold;		/* font of titles */
	enum gpterm_kind kind;
	double		 line;		/* height of a line of text */
	double		 letter;	/* width of a letter of it */
	bool		 opaque;	/* it has no transparent colours */
	bool		 screen;	/* the terminal itself shows it */
	unsigned	 width;		/* the default */
	unsigned	 height;
};

/* The terminals, and their names in the same order: both end with NULL. */
extern const struct gpterm gpterm_table[];
extern const char *const gpterm_names[];

/* Gives a canvas the terminal's units. */
void	 gpterm_canvas(const struct gpterm *, struct canvas *);

/*
 * Writes the commands that select the terminal for pictures of this size, and
 * the settings that all pictures share.  name, which has no quotes, is the
 * title of a window or an SVG picture.
 */
void	 gpterm_set(const struct gpterm *, const struct canvas *,
	    const char *name, unsigned width, unsigned height, bool colours);

#endif
