/*
 * display - frames shown one after another on a gnuplot terminal
 *
 * Chooses the terminal, follows the size of the one it runs on, and writes
 * each frame's pictures and tables in order.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DISPLAY_H
#define DISPLAY_H

#include "plot/gpterm.h"
#include "plot/panels.h"
#include "plot/snapshot.h"

/* What getopt_long returns for the long options that a display takes. */
enum {
	DISPLAY_DARK = 512, DISPLAY_NOTE, DISPLAY_PANELS, DISPLAY_ROWS,
	DISPLAY_SIZE, DISPLAY_SPLIT, DISPLAY_TERMINAL, DISPLAY_TITLE
};

/* The options of a display; see liveplot(1). */
struct display_options {
	const struct gpterm *terminal;
	unsigned	 width;		/* 0: the terminal's */
	unsigned	 height;
	unsigned	 panels;	/* a bit each */
	bool		 split;		/* a picture for each panel */
	bool		 rows;		/* print tables too */
	bool		 dark;		/* for a dark background */
	bool		 mono;		/* without colours, on cells */
	size_t		 top;		/* rows of a list, at most */
	const char	*title;		/* printable ASCII */
	const char	*only;		/* chosen protocols, "" for all */
	const char	*note;		/* a file whose first line is shown */
	const char	*file;		/* a token; NULL: standard output */
	int64_t		 window_ns;
	int64_t		 idle_ns;	/* longer silence is reported */
};

struct display {
	struct display_options options;
	struct output	*out;
	uint64_t	 frames;	/* drawn so far */
	/* The rest is the module's own. */
	struct canvas	 canvas;
	const struct panel *panel[PANELS];	/* that are drawn, in order */
	size_t		 panels;
	int		 tty;		/* whose size is followed, or -1 */
	unsigned	 width;		/* as the terminal was last set */
	unsigned	 height;
	const char	*line;		/* below a text picture, or NULL */
};

/* Sets the defaults: all panels on a text terminal. */
void	 display_defaults(struct display_options *);

/*
 * Reads an option that getopt_long returned.  False if it is no option of a
 * display.  A bad value ends the program with status 2.
 */
bool	 display_option(struct display_options *, int ch, const char *arg);

/* Ends the program with status 2 if the options contradict each other. */
void	 display_check(const struct display_options *);

/* Prepares; the strings of the options are borrowed.  display_release frees. */
void	 display_init(struct display *, const struct display_options *,
	    struct output *);
void	 display_release(struct display *);

/*
 * Writes the commands of the next frame.  newest_ns is the stream clock, and
 * idle_ns the time since it moved.
 */
void	 display_draw(struct display *, const struct snapshot *,
	    int64_t newest_ns, int64_t idle_ns);

/*
 * From the next frame on, what is chosen and the window are these, and a text
 * is shown in the last line of the terminal, unless it is NULL.  The texts are
 * borrowed.
 */
void	 display_change(struct display *, const char *only, int64_t window_ns,
	    const char *line);

/*
 * Ends the last picture: a terminal's cursor is left below it, a window stays
 * open until the user closes it.
 */
void	 display_end(struct display *);

#endif
