/*
 * capture - packets from several interfaces as they arrive
 *
 * Waits for all interfaces at once, takes packets from them in turn, and
 * reports when rows should be written out.  While it waits, it also notices
 * when the reader of the program's output has exited.
 *
 * It handles the signals of a live run.  The first SIGINT or SIGTERM ends the
 * run after all packets that arrived before it; the second ends it at once; the
 * third kills the program, even in a write that hangs.  SIGUSR1 requests the
 * counts.
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
	CAPTURE_PACKET,		/* the next packet was taken */
	CAPTURE_FLUSH,		/* no packet is waiting, or rows are waiting
				   for 50 ms: write out what there is */
	CAPTURE_LOST,		/* an interface went down: see lost, why */
	CAPTURE_COUNTS,		/* print the counts */
	CAPTURE_REOPEN,		/* SIGHUP, if it is caught */
	CAPTURE_END
};

struct capture_source {
	struct capdev	 dev;
	/* The rest is the module's own. */
	bool		 lost;		/* it is down; packets may follow */
	bool		 done;		/* no more packets are taken */
	int64_t		 until_ns;	/* lost: when none can follow */
};

struct capture {
	struct capture_source *sources;
	size_t		 n;		/* of them */
	const char	*lost;		/* CAPTURE_LOST: its name */
	const char	*why;		/* and libpcap's reason */

	/* The rest is the module's own. */
	const struct output *out;
	size_t		 at;		/* whose turn it is */
	unsigned	 turn;		/* packets left in it */
	size_t		 empty;		/* interfaces in a row without one */
	bool		 unflushed;	/* rows since the last CAPTURE_FLUSH */
	bool		 late;		/* they have waited for 50 ms */
	bool		 look;		/* look at the clock */
	int64_t		 first_ns;	/* the time of the first of them */
	int64_t		 end_ns;	/* monotonic: --duration's end */
	int64_t		 stop_ns;	/* later packets are not taken */
	int64_t		 settled_ns;	/* monotonic: earlier ones are here */
	int64_t		 minute_ns;	/* monotonic: read the counters */
	bool		 stopping;
	bool		 every_minute;	/* and print them */
	bool		 counts_due;	/* a minute is over */
};

/*
 * Prepares a capture without interfaces.  The reader of out, which is borrowed,
 * is watched.  Installs the signal handlers, that of SIGHUP only if reopen is
 * true.
 */
void	 capture_init(struct capture *, const struct output *out, bool reopen);
void	 capture_release(struct capture *);

/* Opens another interface; see capdev_open. */
bool	 capture_open(struct capture *, const char *name,
	    const struct capdev_settings *, char *why);

/*
 * Starts the clock: the run ends after duration_ns (INT64_MAX: never).  With
 * every_minute, there is a CAPTURE_COUNTS each minute.
 */
void	 capture_start(struct capture *, int64_t duration_ns,
	    bool every_minute);

/*
 * Waits for the next event and returns it.  The packet's pointers are valid
 * until the next call.  When all interfaces are lost, it returns CAPTURE_END.
 */
enum capture_event capture_next(struct capture *, struct captured *);

/* Updates the counts of all interfaces. */
void	 capture_count(struct capture *);

#endif
