/*
 * picture - the panels of a snapshot under a heading
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PICTURE_H
#define PICTURE_H

#include "plot/canvas.h"
#include "plot/panel.h"

/*
 * Draws panels, which are in the order of their places, in one picture of this
 * size in pixels or cells, under a heading unless that is empty.
 */
void	 picture_draw(struct canvas *, const struct snapshot *,
	    const struct panel *const *panel, size_t panels,
	    const char *heading, double width, double height);

/*
 * "1.23 MB/s now   4.57 k packets ..." of a snapshot, in out of this size.
 */
void	 picture_facts(const struct snapshot *, char *out, size_t size);

#endif
