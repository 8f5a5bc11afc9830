/*
 * stage - frames shown one after another on a gnuplot terminal
 *
 * Chooses the terminal, follows the size of the one it runs on, and writes
 * each frame's pictures and tables in order.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef STAGE_H
#define STAGE_H

#include "plot/frame_view.h"
#include "plot/gpterm.h"
#include "plot/picture.h"

/* Codes of long options, and their lines in a getopt_long table. */
enum {
	STAGE_DARK = 512, STAGE_PANELS, STAGE_ROWS, STAGE_SIZE, STAGE_SPLIT,
	STAGE_TERMINAL, STAGE_TITLE
};

#define STAGE_OPTIONS \
	{ "dark", no_argument, NULL, STAGE_DARK }, \
	{ "output", required_argument, NULL, 'o' }, \
	{ "panels", required_argument, NULL, STAGE_PANELS }, \
	{ "rows", no_argument, NULL, STAGE_ROWS }, \
	{ "size", required_argument, NULL, STAGE_SIZE }, \
	{ "split", no_argument, NULL, STAGE_SPLIT }, \
	{ "terminal", required_argument, NULL, STAGE_TERMINAL }, \
	{ "title", required_argument, NULL, STAGE_TITLE }, \
	{ "top", required_argument, NULL, 'n' }

/* What is shown and how; see liveplot(1). */
struct stage_options {
	const struct gpterm *terminal;
	unsigned	 width;		/* 0: the terminal's */
	unsigned	 height;
	unsigned	 panels;	/* a bit each */
	bool		 split;		/* a picture for each panel */
	bool		 rows;		/* print tables too */
	bool		 dark;		/* for a dark background */
	bool		 mono;		/* without colours, on cells */
	size_t		 top;		/* sources in the table, at most */
	const char	*title;		/* printable ASCII */
	const char	*only;		/* chosen protocols, "" for all */
	const char	*file;		/* a token; NULL: standard output */
	int64_t		 window_ns;
	int64_t		 idle_ns;	/* silence from here on is said */
};

struct stage {
	struct stage_options options;
	struct output	*out;
	uint64_t	 frames;	/* drawn so far */
	/* The rest is the module's own. */
	struct canvas	 canvas;
	int		 tty;		/* whose size is followed, or -1 */
	unsigned	 width;		/* as the terminal was last set */
	unsigned	 height;
};

/* The options unless told, all panels on a text terminal. */
void	 stage_defaults(struct stage_options *);

/*
 * Takes an option that getopt_long returned.  False: it is none of these.  A
 * bad value ends the program with status 2.
 */
bool	 stage_option(struct stage_options *, int ch, const char *arg);

/* Ends the program with status 2 if the options contradict each other. */
void	 stage_check(const struct stage_options *);

/* Prepares; the options' strings are borrowed.  stage_release closes. */
void	 stage_init(struct stage *, const struct stage_options *,
	    struct output *);
void	 stage_release(struct stage *);

/*
 * Writes the commands of the next frame: newest_ns is the stream clock,
 * idle_ns how long ago it moved.
 */
void	 stage_draw(struct stage *, const struct frame_view *,
	    int64_t newest_ns, int64_t idle_ns);

/*
 * Leaves a terminal's cursor below the last picture; a window stays until it
 * is closed.
 */
void	 stage_end(struct stage *);

#endif
