/*
 * panels - the list of all panels
 *
 * SPDX-License-Identifier: ISC
 */
#include "plot/panels.h"

#define ADDRESS(name)	&panel_##name,
#define NAME(name)	#name,

const struct panel *const panel_table[] = { PANELS_LIST(ADDRESS) };
const char *const panel_names[] = { PANELS_LIST(NAME) NULL };

size_t
panels_in(unsigned set, const struct panel **list)
{
	size_t place, i, n = 0;

	for (place = 0; place < PANEL_PLACES; place++)
		for (i = 0; i < PANELS; i++)
			if ((set & 1u << i) != 0 &&
			    panel_table[i]->place == place)
				list[n++] = panel_table[i];
	return n;
}
