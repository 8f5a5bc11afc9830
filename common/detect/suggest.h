/*
 * suggest - thresholds from clean traffic
 *
 * For each rule, and each window aligned to the epoch in which what it tracks
 * had rows, the most that the rule counted is noted.  A threshold that 99.9 %
 * of these windows keep is what the rule should have.
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
 * Prepares to measure what rules (borrowed) count, with so many states;
 * suggest_release frees.
 */
void	suggest_init(struct suggest *, const struct rules *, size_t max_keys);
void	suggest_release(struct suggest *);

/*
 * Writes the rules with thresholds after the rows that detect has had, and how
 * each came about as comments.  Rules of groups are comments.
 */
void	suggest_write(struct suggest *, struct output *);

#endif
