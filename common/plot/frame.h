/*
 * frame - the packets and bytes of a sliding window, by bin and protocol
 *
 * Rows are added as they come, in any order within the window; a view sums
 * what a picture of it shows.  Memory depends on the options alone.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef FRAME_H
#define FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/protoset.h"
#include "csv/row.h"
#include "plot/distinct.h"
#include "plot/flagged.h"
#include "tally/tally.h"
#include "tally/clock.h"

#define FRAME_NAME_MAX	24	/* bytes of a protocol's name and its NUL */
#define FRAME_SPIKE	2000	/* unless told; the least of the automatic */
#define FRAME_SPIKE_AUTO UINT64_MAX

/* The cells of the rows that are added, in this order. */
enum { FRAME_PROTO, FRAME_SRC, FRAME_ALERT };

struct frame_options {
	int64_t		 bin_ns;
	size_t		 bins;		/* of the window */
	size_t		 open_bins;	/* newer ones, still to be closed */
	size_t		 protos_max;	/* the others are REST */
	size_t		 sources_max;
	uint64_t	 spike;		/* bytes a second, or ..._AUTO */
	const struct protoset *chosen;	/* protocols that are shown */
};

struct frame_sum {
	uint64_t	 packets;
	uint64_t	 bytes;
};

struct frame_proto {
	char		 name[FRAME_NAME_MAX];
	bool		 shown;		/* it is a chosen one */
};

struct frame {
	struct frame_options options;
	struct stream_clock clock;
	uint64_t	 late;		/* rows older than the window */
	uint64_t	 astray;	/* rows the clock did not follow */
	uint64_t	 folded;	/* rows of protocols that are REST */
	struct distinct	 sources;	/* that have packets */
	struct flagged	 flagged;
	struct frame_proto *proto;	/* REST, then the chosen ones */
	size_t		 protos;
	size_t		 chosen;
	/* The rest is the module's own. */
	struct tally	 names;		/* packets: number of the protocol */
	size_t		 slots;		/* bins that are kept */
	int64_t		*number;	/* of the bin in a slot */
	struct frame_sum *sum;		/* slots rows of cap sums */
	size_t		 cap;		/* protocols there is room for */
	/* The bin of the row before. */
	int64_t		 bin;
	int64_t		 start_ns;	/* may have wrapped: see frame.c */
	int64_t		 oldest;	/* bin that is kept */
	size_t		 slot;
	struct frame_sum *now;		/* its sums, NULL: there is none */
};

/* Prepares; the chosen protocols are borrowed.  frame_release frees. */
void	 frame_init(struct frame *, const struct frame_options *);
void	 frame_release(struct frame *);

/*
 * Adds a row, which has a time.  False: a sum passes 2^63 - 1.
 */
bool	 frame_add(struct frame *, const struct row *);

/* The sums of a protocol in a bin; NULL if the bin has none. */
const struct frame_sum *frame_sum(const struct frame *, int64_t bin,
	    size_t proto);

#endif
