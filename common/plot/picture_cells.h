/*
 * picture_cells - the lines of a text terminal, given to the panels
 *
 * The panels that matter most get the lines that they need at least; one that
 * has nothing to show, or too few lines, is left out.  The rate has two fifths
 * of the lines, and what is left after the tables that end fills up with
 * talkers.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PICTURE_CELLS_H
#define PICTURE_CELLS_H

#include "plot/panel.h"

#define PICTURE_NARROW		70	/* letters: panels are stacked below */
#define PICTURE_LEFT_SHARE	0.58	/* of the width */

/* Draws the panels below the line top of a canvas of cells. */
void	 picture_cells(struct canvas *, const struct snapshot *,
	    const struct panel *const *panel, size_t n, double top);

#endif
