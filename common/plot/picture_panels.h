/*
 * picture_panels - each panel of a picture in its box
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PICTURE_PANELS_H
#define PICTURE_PANELS_H

#include "plot/canvas.h"
#include "plot/snapshot.h"

#define TITLE_LINES	1.6	/* of a panel, with the space below */

/* A part of the canvas. */
struct panel_box {
	double	left;
	double	top;
	double	right;
	double	bottom;
};

/* The title, and a note at the right end of its line if there is room. */
void	 panel_title(struct canvas *, struct panel_box, const char *title,
	    const char *note);

/* Words in place of what is not there. */
void	 panel_hint(struct canvas *, struct panel_box, const char *text);

/*
 * Bytes per second over time, spikes in red.  Its line becomes a data block,
 * which panel_plot draws.
 */
void	 panel_rate(struct canvas *, const struct snapshot *,
	    struct panel_box);

/* Packets of each protocol, most first, suspicious ones in red. */
void	 panel_protocols(struct canvas *, const struct snapshot *,
	    struct panel_box);

/* The sources that have an alert, the newest first. */
void	 panel_sources(struct canvas *, const struct snapshot *,
	    struct panel_box);

/* The plot command of a picture with or without the rate. */
void	 panel_plot(struct canvas *, bool rate);

#endif
