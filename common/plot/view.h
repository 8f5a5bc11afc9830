/*
 * view - a window on the rows that meet a condition, which can be changed
 *
 * The newest rows are kept where a person may change the view: the window is
 * then filled from them anew.  Rows that come while the view is paused are kept
 * too, and are in the window when it goes on.  It prints nothing but the
 * warnings of view_report.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef VIEW_H
#define VIEW_H

#include "pick/condition.h"
#include "plot/control.h"
#include "plot/recent.h"
#include "plot/snapshot.h"
#include "plot/window.h"

#define VIEW_KEEPS	((size_t)64 << 20)

/* Files that others write, or NULL. */
struct view_files {
	const char	*captured;	/* when there was a capture */
	const char	*alerts;	/* lines of ipflag --alerts */
};

struct view {
	struct window	 window;
	struct captured	 captured;
	struct alerts	 alerts;
	size_t		 skipped;	/* talkers above those drawn */
	char		*only;		/* names of the chosen protocols */
	struct control	 shown;
	char		 problem[CONDITION_ERROR_MAX];	/* "": none */
	/* The rest is the module's own. */
	struct window_options options;
	struct view_files files;
	struct row_reader *rows;
	bool		 keeps;		/* the newest rows */
	bool		 begun;		/* a table's columns are known */
	struct recent	 recent;
	uint64_t	 paused_at;	/* rows that had been added */
	struct protoset	 chosen;
	bool		 narrowed;
	struct condition condition;
	size_t		 cell[CONDITION_COLUMNS_MAX];	/* its columns' */
	char		*name[ROW_CELLS_MAX];	/* of columns asked for here */
	size_t		 names;
};

/*
 * Prepares a window, whose options are borrowed as those of window_init, and
 * asks for the columns that it needs, and those of the condition unless that is
 * NULL; its contents are the view's from now on.  keeps is 0, or the bytes of
 * the newest rows that are kept, VIEW_KEEPS in liveplot; all columns that a
 * table has are then asked for.  The files are borrowed, and can be read in the
 * sandbox.  view_release frees.
 */
void	 view_init(struct view *, struct row_reader *,
	    const struct window_options *, const struct view_files *,
	    const struct condition *, size_t keeps);
void	 view_release(struct view *);

/* Reads the files anew, of alerts those up to a time. */
void	 view_read(struct view *, int64_t newest_ns);

/* Prints the warnings of window_report, and those of damaged files. */
void	 view_report(const struct view *, uint64_t untimed);

/* Adds a row that has a time.  False: a sum passes 2^63 - 1. */
bool	 view_add(struct view *, const struct row *);

/* Takes a snapshot of the view, with the alerts that were read. */
bool	 view_take(struct view *, int64_t last, struct snapshot *);

/*
 * Shows what is asked for, if the view keeps rows.  A condition, or a list of
 * protocols, that cannot be used is a problem, and changes nothing.
 */
void	 view_change(struct view *, const struct control *);

#endif
