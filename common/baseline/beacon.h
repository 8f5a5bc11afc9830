/*
 * beacon - pairs whose connections come in regular steps
 *
 * Of each pair the times of its newest connections are kept, in order.  A pair
 * is regular if four in five of the intervals between them are within a share
 * of the median interval.  Browsing is not: for times that are independent of
 * each other, an interval is within a quarter of the median in 17 of 100 cases.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef BEACON_H
#define BEACON_H

#include <stddef.h>
#include <stdint.h>

#include "base/output.h"
#include "base/slice.h"
#include "base/timestamp.h"
#include "tally/clock.h"
#include "tally/keytable.h"

#define BEACON_TIMES	32	/* the newest connections of a pair */
#define BEACON_BEAT_NS	(NS_PER_S / 2)	/* closer ones count as one */

struct beacon_pair {
	int64_t		 time[BEACON_TIMES];	/* ascending */
	uint32_t	 used;
	uint32_t	 sport;		/* of the newest; 0: unknown */
	int64_t		 step_ns;	/* of the incident */
	uint64_t	 count;		/* its connections */
	uint8_t		 open;		/* 1: its incident is */
	uint8_t		 listed;	/* 1: in the list of open ones */
};

enum beacon_phase { BEACON_START, BEACON_END };

struct beacon_event {
	enum beacon_phase phase;
	int64_t		 ns;
	struct slice	 key;
	int64_t		 step_ns;	/* the median interval */
	double		 jitter;	/* half of them are as near, a share */
	uint64_t	 count;		/* connections */
	int64_t		 span_ns;	/* from the first to the last of them */
};

struct beacons {
	/* Options, set after beacons_init. */
	double		 jitter;	/* share of the step */
	size_t		 least;		/* connections, up to BEACON_TIMES */
	int64_t		 span_ns;	/* in which they come */
	size_t		 max_memory;	/* bytes, of pairs */
	size_t		 max_keys;
	void		(*on_event)(void *, const struct beacon_event *);
	void		*arg;
	/* Counts. */
	uint64_t	 untracked;	/* connections of pairs without room */
	uint64_t	 evicted;	/* pairs that were idle */
	/* The rest is the module's own. */
	struct keytable	 pairs;
	struct stream_clock clock;
	struct output	 text;
	struct keytable_entry **open;	/* incidents */
	size_t		 opened, open_cap;
	int64_t		 checked_ns;	/* when these were looked at last */
	int64_t		 swept_ns;
};

/*
 * Prepares with the defaults: a quarter of the step, 16 connections, a day;
 * beacons_release frees.
 */
void	beacons_init(struct beacons *);
void	beacons_release(struct beacons *);

/* Call it after the options are set and before the first connection. */
void	beacons_start(struct beacons *);

/*
 * A connection of a pair, whose text has SLICE_SLACK bytes after it.  sport,
 * if not 0, tells a repeated SYN, which is no other connection.
 */
void	beacons_put(struct beacons *, struct slice key, int64_t ns,
	    uint32_t sport);

/* Ends all incidents. */
void	beacons_finish(struct beacons *);

/* Finds the open incidents, after pairs were put in the table. */
void	beacons_reopen(struct beacons *);

#endif
