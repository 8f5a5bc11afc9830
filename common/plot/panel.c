/*
 * panel - what all panels of a picture have
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "plot/panel.h"

bool
panel_is_given(const struct panel *p, const struct snapshot *snap)
{
	return p->given == NULL || p->given(snap);
}

void
panel_title(struct canvas *c, struct panel_box box, const char *title,
    const char *note)
{
	double y = canvas_line(c, box.top, 0);

	canvas_title(c, box.left, y, title);
	if ((double)(strlen(title) + strlen(note) + 2) * c->letter <
	    box.right - box.left)
		canvas_text(c, box.right, y, CANVAS_RIGHT, CANVAS_FAINT,
		    note);
}

void
panel_hint(struct canvas *c, struct panel_box box, const char *text)
{
	canvas_text(c, box.left + 2 * c->letter,
	    canvas_line(c, box.top + c->line, 1), CANVAS_LEFT, CANVAS_FAINT,
	    text);
}
