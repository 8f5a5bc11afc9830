/*
 * picture_cells - the lines of a text terminal, given to the panels
 *
 * SPDX-License-Identifier: ISC
 */

#include "plot/panels.h"
#include "plot/picture_cells.h"

#define TALL	40	/* lines: room for alerts and flagged sources */

/* In the order of their lines' worth; they are drawn in this order too. */
static const struct panel *const ranks[PANELS] = {
	&panel_rate, &panel_alerts, &panel_talkers, &panel_protocols,
	&panel_sources
};

/* The panels of a picture by rank, and the lines that each has. */
struct layout {
	const struct snapshot *snap;
	double		 width;
	size_t		 height;	/* lines in all */
	size_t		 left;		/* lines not given yet */
	bool		 has[PANELS];
	size_t		 lines[PANELS];
	bool		 wide;		/* protocols are beside the rate */
};

enum { RATE, ALERTS, TALKERS, PROTOCOLS, SOURCES };

static bool
is_among(const struct panel *p, const struct panel *const *panel, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (panel[i] == p)
			return true;
	return false;
}

static size_t
wanted(const struct layout *l, size_t rank)
{
	const struct panel *p = ranks[rank];

	return p->lines == NULL ? l->height : p->lines(l->snap, l->width);
}

/* Whether a panel has something to show.  An alert names its source. */
static bool
is_of_use(const struct layout *l, size_t rank)
{
	if (rank == SOURCES && l->snap->alerts != NULL && l->height < TALL)
		return false;
	return wanted(l, rank) > 0 || (rank == PROTOCOLS &&
	    l->width >= PICTURE_NARROW);
}

/* Gives a panel the lines that it wants, up to a number, if there are some. */
static void
give(struct layout *l, size_t rank, size_t most)
{
	size_t want, more;

	if (!l->has[rank])
		return;
	want = wanted(l, rank) < most ? wanted(l, rank) : most;
	more = want > l->lines[rank] ? want - l->lines[rank] : 0;
	if (more > l->left)
		more = l->left;
	l->lines[rank] += more;
	l->left -= more;
}

/* Those that are left out have no lines; protocols beside the rate neither. */
static void
give_least(struct layout *l)
{
	size_t i;

	for (i = 0; i < PANELS; i++) {
		if (i == PROTOCOLS && l->wide)
			continue;
		l->has[i] = l->has[i] && ranks[i]->least <= l->left;
		if (l->has[i]) {
			l->lines[i] = ranks[i]->least;
			l->left -= ranks[i]->least;
		}
	}
}

static void
share_out(struct layout *l)
{
	size_t third = l->height / 3;

	give_least(l);
	give(l, ALERTS, third);
	give(l, RATE, l->height * 2 / 5);
	if (!l->wide)
		give(l, PROTOCOLS, l->height / 4);
	give(l, SOURCES, third);
	give(l, TALKERS, l->height);
	give(l, RATE, l->height);
	give(l, ALERTS, l->height);
	give(l, SOURCES, l->height);
}

static void
draw(struct canvas *c, const struct layout *l, double top)
{
	double middle = (double)(int)(c->width * PICTURE_LEFT_SHARE), low;
	size_t i;

	for (i = 0; i < PANELS; i++) {
		bool halves = i == RATE && l->wide;

		if (l->lines[i] == 0)
			continue;
		low = top + (double)l->lines[i];
		ranks[i]->draw(c, l->snap, (struct panel_box){ c->letter, top,
		    halves ? middle : c->width - c->letter, low });
		if (halves)
			panel_protocols.draw(c, l->snap, (struct panel_box){
			    middle + 4 * c->letter, top, c->width - c->letter,
			    low });
		top = low;
	}
}

void
picture_cells(struct canvas *c, const struct snapshot *snap,
    const struct panel *const *panel, size_t n, double top)
{
	struct layout l = { .snap = snap, .width = c->width - 2 * c->letter,
	    .height = c->height > top ? (size_t)(c->height - top) : 0 };
	size_t i;

	for (i = 0; i < PANELS; i++)
		l.has[i] = is_among(ranks[i], panel, n) && is_of_use(&l, i);
	l.wide = l.has[RATE] && l.has[PROTOCOLS] &&
	    c->width >= PICTURE_NARROW;
	l.left = l.height;
	share_out(&l);
	draw(c, &l, top);
}
