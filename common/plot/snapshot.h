/*
 * snapshot - what a picture of the window shows, summed and sorted
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SNAPSHOT_H
#define SNAPSHOT_H

#include "plot/alerts.h"
#include "plot/window.h"

struct snapshot_proto {
	const char	*name;
	uint64_t	 packets;
	uint64_t	 bytes;
	bool		 shown;
	uint64_t	 alerts;	/* packets with an alert */
	bool		 suspicious;	/* by its share */
	bool		 red;
};

struct snapshot_bin {
	int64_t		 start_ns;
	uint64_t	 packets;	/* of the shown protocols */
	uint64_t	 bytes;
	uint64_t	 alerts;
	bool		 spike;
	bool		 red;
	bool		 gap;		/* nothing was captured */
};

struct snapshot {
	bool		 started;	/* a row has come; else all is 0 */
	int64_t		 bin_ns;
	uint64_t	 spike;
	bool		 red_alerts;	/* red is what has alerts */
	int64_t		 first;		/* number of the first bin */
	int64_t		 to_ns;		/* where the last bin ends */
	int64_t		 covered_ns;	/* of the window, by a capture */
	struct snapshot_bin *bin;	/* the oldest first */
	size_t		 bins;
	struct snapshot_proto *proto;	/* most packets first */
	size_t		 protos;
	void		**flagged;	/* flagged_source, newest first */
	size_t		 flagged_rows;	/* one a source and protocol */
	size_t		 flagged_sources;
	struct talkers_list talkers;	/* of the window's kind, if any */
	size_t		 skipped;	/* talkers above those drawn */
	const struct alerts *alerts;	/* the user's to set, or NULL */
	const struct window *window;	/* what it was taken of */
	/* Totals of the shown protocols. */
	uint64_t	 packets;
	uint64_t	 bytes;
	uint64_t	 rate;		/* bytes a second in the last bin */
	uint64_t	 peak;		/* bytes of the largest bin */
	size_t		 sources;	/* that have packets */
	bool		 sources_capped;	/* there are more */
	bool		 flagged_capped;
};

/*
 * Sums the bins up to last, as many as a window has.  snapshot_release
 * frees; the names are the window's.  False: a sum passes 2^63 - 1.
 */
bool	 snapshot_take(struct window *, int64_t last, struct snapshot *);
void	 snapshot_release(struct snapshot *);

#endif
