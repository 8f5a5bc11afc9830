/*
 * window - the packets and bytes of a sliding window, by bin and protocol
 *
 * Rows are added as they come, in any order within the window; a snapshot sums
 * what a picture of it shows.  Memory depends on the options alone.  It prints
 * nothing but the warnings of window_report.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef WINDOW_H
#define WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/protoset.h"
#include "csv/row.h"
#include "plot/captured.h"
#include "plot/distinct.h"
#include "plot/flagged.h"
#include "plot/talkers.h"
#include "tally/clock.h"
#include "tally/keytable.h"

#define WINDOW_BINS_MAX	3600	/* of one window */
#define WINDOW_NAME_MAX	24	/* bytes of a protocol's name and its NUL */
#define WINDOW_SPIKE	2000	/* the least automatic limit */
#define WINDOW_SPIKE_AUTO UINT64_MAX
#define WINDOW_SPIKE_NONE INT64_MAX

/* The cells that window_want asks for, by number. */
enum { WINDOW_PROTO, WINDOW_SRC, WINDOW_ALERT, WINDOW_DST };

struct window_options {
	int64_t		 bin_ns;
	int64_t		 window_ns;
	int64_t		 lateness_ns;
	size_t		 bins;		/* of the window */
	size_t		 open_bins;	/* newer ones, still to be closed */
	size_t		 protos_max;	/* the others are REST */
	size_t		 sources_max;
	uint64_t	 spike;		/* bytes a second, or ..._AUTO */
	bool		 spike_given;	/* by an option */
	bool		 red_alerts;	/* red is what has alerts */
	enum talkers_kind talkers;	/* which are summed, or none */
	const struct protoset *chosen;	/* protocols that are shown */
	const int64_t	*begin_ns;	/* before the first row, or NULL */
	const struct captured *captured;	/* or NULL: always */
};

struct window_sum {
	uint64_t	 packets;
	uint64_t	 bytes;
	uint64_t	 alerts;	/* packets with an alert */
};

struct window_proto {
	char		 name[WINDOW_NAME_MAX];
	bool		 shown;		/* it is a chosen one */
};

struct window {
	struct window_options options;
	struct stream_clock clock;
	uint64_t	 late;		/* rows older than the window */
	uint64_t	 stray;		/* rows the clock did not follow */
	uint64_t	 folded;	/* rows of protocols that are REST, */
	uint64_t	 long_names;	/* and of those with long names */
	int64_t		 begin_ns;	/* where the data begin, once started */
	struct distinct	 sources;	/* that have packets */
	struct flagged	 flagged;
	struct talkers	 talkers;	/* of options.talkers */
	struct window_proto *proto;	/* REST, then the chosen ones */
	size_t		 protos;
	size_t		 chosen;
	/* The rest is the module's own. */
	struct keytable	 names;		/* number: of the protocol */
	size_t		 slots;		/* bins that are kept */
	int64_t		*number;	/* of the bin in a slot */
	struct window_sum *sum;		/* slots rows of cap sums */
	size_t		 cap;		/* protocols there is room for */
	/* The bin of the row before. */
	int64_t		 bin;
	int64_t		 start_ns;	/* may have wrapped: see window.c */
	int64_t		 oldest;	/* bin that is kept */
	size_t		 slot;
	struct window_sum *now;		/* its sums, NULL: there is none */
};

/* What getopt_long returns for long options on what a window holds. */
enum {
	WINDOW_DURATION = 768, WINDOW_LATENESS, WINDOW_MAX_PROTOS,
	WINDOW_MAX_SOURCES, WINDOW_RED, WINDOW_SPIKES, WINDOW_TALKERS
};

/*
 * Reads an option that getopt_long returned.  False if it is none of these.  A
 * bad value ends the program with status 2.
 */
bool	 window_option(struct window_options *, int ch, const char *arg);

/*
 * Sets the bins that the window has, and that lateness keeps open.
 * Ends the program with status 2 if they are not whole, or too many.  Where red
 * is what has alerts, and no limit of spikes was given, there is none.
 */
void	 window_set_bins(struct window_options *);

/* The names of the chosen protocols, "TLS DNS"; the caller frees them. */
char	*window_chosen(const struct window *);

/* Prepares; the chosen protocols are borrowed.  window_release frees. */
void	 window_init(struct window *, const struct window_options *);
void	 window_release(struct window *);

/*
 * Asks for what window_add reads; columns apart from the time may lack.  The
 * destination is asked for with talkers alone, by the options.
 */
void	 window_want(const struct window_options *, struct row_reader *);

/* Adds a row that has a time.  False: a sum passes 2^63 - 1. */
bool	 window_add(struct window *, const struct row *);

/*
 * Sums talkers of another kind from now on, or those of earlier rows anew: each
 * is added by window_add_talker, and counts if it is still in the window.
 */
void	 window_set_talkers(struct window *, enum talkers_kind);
void	 window_add_talker(struct window *, const struct row *);

/* The sums of a bin, one for each of protos; NULL if it has none. */
const struct window_sum *window_sums_at(const struct window *, int64_t bin);

/*
 * Prints warnings: rows that were not counted, such as those without a time,
 * which are the caller's to count, and limits that were reached.
 */
void	 window_report(const struct window *, uint64_t untimed);

#endif
