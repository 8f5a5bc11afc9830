/*
 * baseline - the usual rates of many keys
 *
 * Values of keys come in by time.  A bin closes when a later value shows that
 * it is complete; then each key's series scores its value: the sum of its
 * values in the bin, or 0 if only other keys have one.  A bin without values
 * is a gap and teaches nothing.  Results depend on the values alone, not on
 * when they arrive.
 *
 * Half-hours are those of the clock in TZ; the caller calls zone_check.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef BASELINE_H
#define BASELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/output.h"
#include "base/slice.h"
#include "baseline/alarm.h"
#include "baseline/series.h"
#include "tally/clock.h"
#include "tally/keytable.h"

#define BASELINE_IDLE_NS	(14 * 86400 * NS_PER_S)
#define BASELINE_IDLE_FULL_NS	(86400 * NS_PER_S)	/* without room */
#define BASELINE_STEPS		50	/* distances that tell the width */
#define BASELINE_WIDTH_MIN	NS_PER_S
#define BASELINE_WIDTH_MAX	(86400 * NS_PER_S)

/* A key: the data of an entry of the table. */
struct baseline_key {
	struct series	 series;
	struct alarm	 alarm;
	double		 pending;	/* its sum in the open bin */
	int64_t		 seen_ns;	/* the last bin with a value */
	uint8_t		 present;	/* 1: it has a value in the open bin */
	uint8_t		 rest;		/* 1: the sum of all further keys */
};

/* What came out for a key when a bin closed. */
struct baseline_result {
	int64_t		 ns;		/* when the bin starts */
	int64_t		 width_ns;
	struct slice	 key;		/* CSV text */
	const struct series_score *score;
	double		 final;		/* compared with the threshold */
	double		 low, high;	/* the usual range */
	struct alarm_event event[2];
	size_t		 events;
	int64_t		 known_ns;	/* how long there have been keys */
};

/* A value that must wait. */
struct baseline_row {
	int64_t		 ns;
	double		 value;
	char		*key;		/* a copy, with SLICE_SLACK */
	size_t		 len;
};

struct baseline_rows {
	struct baseline_row *row;
	size_t		 used, cap;
	size_t		 bytes;		/* of them all */
};

struct baseline {
	/* Options, set after baseline_init. */
	int64_t		 width_ns;	/* 0: each time is a bin */
	int64_t		 lateness_ns;
	size_t		 max_keys;
	size_t		 max_memory;	/* bytes, of keys and waiting values */
	size_t		 columns;	/* cells of a key, for REST */
	double		 threshold;
	int64_t		 warm_up_ns;
	double		 bearable_week;	/* alarms; 0: no calibration */
	bool		 sums;		/* of packets: 0 means silence */
	void		(*on_result)(const struct baseline_result *);
	/* Counts. */
	uint64_t	 late;		/* values behind their closed bin */
	uint64_t	 stray;		/* values the clock did not follow */
	uint64_t	 evicted;	/* idle keys */
	uint64_t	 folded;	/* values of further keys, in REST */
	uint64_t	 early;		/* bins closed before their time */
	uint64_t	 back;		/* jumps of the clock into the past */
	uint64_t	 bins;		/* closed */
	uint64_t	 points;	/* values scored */
	/* The rest is the module's own. */
	struct keytable	 keys;
	struct stream_clock clock;
	struct series_scale scale;
	struct alarm_policy policy;
	int64_t		 unit_ns;	/* width, or what the steps tell */
	bool		 open;
	int64_t		 open_ns;	/* when the open bin starts */
	int64_t		 first_ns;	/* the first bin */
	int64_t		 last_ns;	/* the last closed one */
	int64_t		 swept_ns;	/* the bin in which room was sought */
	int64_t		 step[BASELINE_STEPS];
	uint32_t	 steps;
	double		 new_bins;	/* bins with a new key, faded */
	double		 all_bins;
	struct baseline_rows ahead;	/* of bins after the open one */
	struct baseline_rows held;	/* far from the clock */
	struct output	 text;		/* where a key is put together */
	bool		 last;		/* the bin may be incomplete */
};

/* Prepares with the defaults of the options; baseline_release frees. */
void	baseline_init(struct baseline *);
void	baseline_release(struct baseline *);

/* Call it after the options are set and before the first value. */
void	baseline_start(struct baseline *);

/*
 * Adds to a key's value at a time.  SLICE_SLACK bytes after the key are
 * readable; the value is within SERIES_VALUE_MAX.
 */
void	baseline_put(struct baseline *, struct slice key, int64_t ns,
	    double value);

/*
 * Closes all bins.  The last may be incomplete, so a low value is no alarm.
 */
void	baseline_finish(struct baseline *);

/*
 * For the room's own files: an empty table of keys; a key, a new one if need
 * be; the scores of the open bin; what depends on the width; a copy of a value
 * that must wait.
 */
void	baseline_init_keys(struct baseline *);
struct baseline_key *baseline_find(struct baseline *, struct slice key);
void	baseline_close(struct baseline *);
void	baseline_set_unit(struct baseline *, int64_t unit_ns);
void	baseline_keep(struct baseline_rows *, struct slice key, int64_t ns,
	    double value);

/* Removes keys without a value for so long before the open bin. */
size_t	baseline_sweep(struct baseline *, int64_t idle_ns);

/* The key of an entry of the table. */
static inline struct baseline_key *
baseline_key(const struct baseline *b, size_t i)
{
	return keytable_entry(&b->keys, i)->seen.data;
}

#endif
