/*
 * canvas - a picture as gnuplot commands, on pixels or on a terminal's cells
 *
 * A picture is one plot in one system of coordinates, with the origin at the
 * top left, since gnuplot's windows would show a multiplot stroke by stroke.
 * On cells, boxes are made of block characters, in steps of an eighth of a cell
 * if the locale is UTF-8.  Text is in single quotes, in which gnuplot expands
 * nothing.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CANVAS_H
#define CANVAS_H

#include <stdbool.h>

#include "base/output.h"

#define CANVAS_PLOT_MAX	1024	/* bytes of a plot command */

enum canvas_place { CANVAS_LEFT, CANVAS_RIGHT, CANVAS_CENTRE };

enum canvas_colour {
	CANVAS_INK,		/* the terminal's own on cells */
	CANVAS_FAINT,
	CANVAS_GRID,
	CANVAS_CALM,
	CANVAS_RED,
	CANVAS_SHADE,		/* 15 % of calm on the background */
	CANVAS_GROUND,
	CANVAS_COLOURS
};

struct canvas {
	struct output	*out;
	bool		 cells;		/* coordinates count characters */
	bool		 utf8;
	bool		 dark;		/* for a dark background */
	bool		 opaque;	/* no colour is transparent */
	bool		 paints;	/* the canvas paints its background */
	const char	*bold;		/* gnuplot's name of the bold font */
	double		 width;
	double		 height;
	double		 line;		/* height of a line of text */
	double		 letter;	/* width of a letter */
	unsigned	 labels;
	unsigned	 objects;
	unsigned	 arrows;
	char		 plot[CANVAS_PLOT_MAX];	/* elements so far */
};

/* A colour as gnuplot's 0xRRGGBB. */
const char	*canvas_rgb(const struct canvas *, enum canvas_colour);

/* Starts a picture on an empty canvas of this size. */
void	 canvas_start(struct canvas *, double width, double height);

/* The middle of line i below y. */
double	 canvas_line(const struct canvas *, double y, double i);

/* Writes a character of a string of gnuplot's between single quotes. */
void	 canvas_letter(struct output *, char);

/*
 * Writes text that begins, ends or has its middle at x.  Backslashes and bytes
 * outside printable ASCII become ?.  Text that begins at x is cut at the end
 * of the canvas.
 */
void	 canvas_text(struct canvas *, double x, double y, enum canvas_place,
	    enum canvas_colour, const char *text);

/* The same in bold. */
void	 canvas_title(struct canvas *, double x, double y, const char *text);

/* A bar of this length to the right of x, on the line whose middle is y. */
void	 canvas_bar(struct canvas *, double x, double y, double length,
	    enum canvas_colour);

/* A column of this height on y, one pixel or one character wide. */
void	 canvas_column(struct canvas *, double x, double y, double height,
	    enum canvas_colour);

/* A hatched box of this width and height on y, on pixels only. */
void	 canvas_hatch(struct canvas *, double x, double y, double width,
	    double height, enum canvas_colour);

/* A thin line between two points, on pixels only; dashed if it is red. */
void	 canvas_rule(struct canvas *, double x, double y, double to_x,
	    double to_y, enum canvas_colour);

/* Adds an element, such as "$data with lines", to the plot command. */
void	 canvas_plot(struct canvas *, const char *element);

/* Ends the picture with its plot command. */
void	 canvas_end(struct canvas *);

#endif
