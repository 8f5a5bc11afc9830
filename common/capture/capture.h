/*
 * capture - packets from several interfaces as they come
 *
 * Waits for all interfaces at once, takes turns among those that have
 * packets, and reports when rows should be written out.  While it waits, it
 * also notices when the reader of the program's output has gone.
 *
 * It owns the signals of a live run.  The first SIGINT or SIGTERM ends it,
 * with all packets that came before; the second ends it at once; a third kills
 * the program even in a write that hangs.  SIGUSR1 asks for the counts.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CAPTURE_H
#define CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/output.h"
#include "capture/capdev.h"

enum capture_event {
	CAPTURE_PACKET,		/* *packet is the next one */
	CAPTURE_FLUSH,		/* no packet is waiting, or rows are waiting
				   for 50 ms: write out what there is */
	CAPTURE_LOST,		/* an interface went down: see lost, why */
	CAPTURE_COUNTS,		/* the counts are asked for */
	CAPTURE_REOPEN,		/* SIGHUP, if asked for */
	CAPTURE_END
};

struct capture_source {
	struct capdev	 dev;
	/* The rest is the module's own. */
	bool		 lost;		/* it is down; a few may follow */
	bool		 done;		/* nothing more is wanted of it */
	int64_t		 until_ns;	/* lost: when it has settled */
};

struct capture {
	struct capture_source *sources;
	size_t		 n;		/* how many were opened */
	const char	*lost;		/* CAPTURE_LOST: its name */
	const char	*why;		/* and what libpcap says */

	/* The rest is the module's own. */
	const struct output *out;
	size_t		 at;		/* whose turn it is */
	unsigned	 turn;		/* packets left in it */
	size_t		 empty;		/* in a row without a packet */
	bool		 unflushed;	/* rows since the last CAPTURE_FLUSH */
	bool		 late;		/* and they have waited long enough */
	bool		 look;		/* look at the clock */
	int64_t		 first_ns;	/* the time of the first of these */
	int64_t		 end_ns;	/* monotonic: --duration's end */
	int64_t		 stop_ns;	/* later packets are not wanted */
	int64_t		 settled_ns;	/* monotonic: all before have come */
	int64_t		 minute_ns;	/* monotonic: read the counters */
	bool		 stopping;
	bool		 every_minute;	/* and report them */
	bool		 counts_due;	/* a minute is over */
};

/*
 * Prepares for no interface; out, borrowed, is whose reader is watched.
 * Installs the signal handlers, SIGHUP's only if reopen is true.
 */
void	 capture_init(struct capture *, const struct output *out, bool reopen);
void	 capture_release(struct capture *);

/* Opens one more interface; see capdev_open. */
bool	 capture_open(struct capture *, const char *name,
	    const struct capdev_settings *, char *why);

/*
 * Starts the clock: the run ends after duration_ns, INT64_MAX for never.
 * every_minute asks for CAPTURE_COUNTS each minute.
 */
void	 capture_start(struct capture *, int64_t duration_ns,
	    bool every_minute);

/*
 * The next event; waits until there is one.  The packet's pointers are good
 * until the next call.  When all interfaces are lost it is CAPTURE_END.
 */
enum capture_event capture_next(struct capture *, struct captured *);

/* Brings the counts of all interfaces up to date. */
void	 capture_count(struct capture *);

#endif
