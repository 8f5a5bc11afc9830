/*
 * panels - the list of all panels
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PANELS_H
#define PANELS_H

#include "plot/panel.h"

/*
 * The panels in the order of their tables.  To add NAME: a word here, and
 * panel_NAME, a struct panel, in panel_NAME.c.
 */
#define PANELS_LIST(each) each(protocols) each(rate) each(sources) \
	each(talkers) each(alerts)

#define PANELS_DECLARE(name)	extern const struct panel panel_##name;
PANELS_LIST(PANELS_DECLARE)

#define PANELS_COUNT(name)	+ 1
#define PANELS			((size_t)(0 PANELS_LIST(PANELS_COUNT)))

extern const struct panel *const panel_table[];

/* Their names in the same order, and NULL. */
extern const char *const panel_names[];

/*
 * Stores the panels whose bits (1 << number) are set in list, which has room
 * for all, in the order in which they are drawn.  Returns their number.
 */
size_t	 panels_in(unsigned set, const struct panel **list);

#endif
