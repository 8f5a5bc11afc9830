/*
 * suggest - thresholds from clean traffic
 *
 * For each rule and each window (aligned to the epoch) in which an address,
 * pair or protocol had rows, the greatest count is recorded.  The suggested
 * threshold is the 99.9th percentile of these counts.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SUGGEST_H
#define SUGGEST_H

#include "base/output.h"
#include "detect/detect.h"

struct suggest_window;

struct suggest {
	struct rules	 measured;	/* thresholds as high as they can be */
	struct detect	 detect;		/* of these; put rows to it */
	/* The rest is the module's own. */
	const struct rules *rules;
	uint64_t	*counts[RULES_MAX];	/* windows by their most */
	uint64_t	 windows[RULES_MAX];
	struct suggest_window *window;	/* of each state */
};

/*
 * Prepares to measure what rules (borrowed) count, with at most max_keys
 * states; suggest_release frees.
 */
void	suggest_init(struct suggest *, const struct rules *, size_t max_keys);
void	suggest_release(struct suggest *);

/*
 * Writes the rules with the thresholds for the rows that detect has had, each
 * below a comment with the number of its windows.  Rules of groups are
 * written as comments.
 */
void	suggest_write(struct suggest *, struct output *);

#endif
