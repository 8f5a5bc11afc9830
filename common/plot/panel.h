/*
 * panel - a part of the picture, and its table
 *
 * A panel's own file has a function that draws it, one that prints its table,
 * and its struct panel; panels.h lists all panels.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PANEL_H
#define PANEL_H

#include "plot/canvas.h"
#include "plot/snapshot.h"

#define PANEL_TITLE	1.6	/* lines of a title and the space below it */

/* A part of the canvas. */
struct panel_box {
	double	left;
	double	top;
	double	right;
	double	bottom;
};

/* Where a panel is in a wide picture; in a narrow one they are stacked. */
enum panel_place { PANEL_LEFT, PANEL_RIGHT, PANEL_BELOW, PANEL_PLACES };

struct panel {
	const char	*name;		/* of --panels, of its table */
	enum panel_place place;
	unsigned	least;		/* lines of cells, or it is left out */
	/* Whether the snapshot has what it shows; NULL: always. */
	bool		(*given)(const struct snapshot *);
	/*
	 * The lines of cells that it would fill at this width; 0: it has
	 * nothing to show.  NULL: as many as there are.
	 */
	size_t		(*lines)(const struct snapshot *, double width);
	/* Draws the panel in its box. */
	void		(*draw)(struct canvas *, const struct snapshot *,
			    struct panel_box);
	const char	*columns;	/* the header of its table */
	/* Prints its rows with gpprint; of a long list, the first top. */
	void		(*print)(struct output *, const struct snapshot *,
			    size_t top);
};

/* Whether the snapshot has what a panel shows. */
bool	 panel_is_given(const struct panel *, const struct snapshot *);

/* Draws a title, and a note at the right end of its line if there is room. */
void	 panel_title(struct canvas *, struct panel_box, const char *title,
	    const char *note);

/* Draws words in place of what is missing. */
void	 panel_hint(struct canvas *, struct panel_box, const char *text);

#endif
