/*
 * picture - the panels of a view: rate, protocols, flagged sources
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PICTURE_H
#define PICTURE_H

#include "plot/canvas.h"
#include "plot/snapshot.h"

enum picture_panel {
	PICTURE_RATE,
	PICTURE_PROTOCOLS,
	PICTURE_SOURCES,
	PICTURE_PANELS
};

/* A panel's name: "rate". */
extern const char *const picture_name[PICTURE_PANELS + 1];

/*
 * Draws the panels whose bits (1 << panel) are set, all in one picture of
 * this size in pixels or cells, under a heading unless that is empty; the last
 * line is the plot command.
 */
void	 picture_draw(struct canvas *, const struct snapshot *,
	    unsigned panels, const char *heading, double width,
	    double height);

/*
 * "1.23 MB/s now, 4,567 packets, ..." of a view, in out of this size.
 */
void	 picture_facts(const struct snapshot *, char *out, size_t size);

#endif
