/*
 * flagged - sources whose rows have an alert, as ipflag --tag marks them
 *
 * ipflag tags a row if an incident is open on its source, or on its destination
 * if the rule tracks destinations: every source that floods a host is listed.
 * Victims, whose names have "victim:" in front, are not.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef FLAGGED_H
#define FLAGGED_H

#include <stdint.h>

#include "plot/agemap.h"

#define FLAGGED_RULES		63	/* names that are kept apart */
#define FLAGGED_RULE_MAX	32	/* bytes of a name and its NUL */
#define FLAGGED_SRC_MAX		48
#define FLAGGED_PROTO_MAX	24

/* The rows of a source and protocol, since the first in the window. */
struct flagged_source {
	char		 src[FLAGGED_SRC_MAX];
	char		 proto[FLAGGED_PROTO_MAX];
	uint64_t	 packets;	/* of its tagged rows */
	uint64_t	 rules;		/* a bit each, by number */
	int64_t		 first_ns;
	int64_t		 last_ns;
	int64_t		 bin;		/* of the last */
};

struct flagged {
	struct agemap	 known;		/* by source and protocol */
	char		 rule[FLAGGED_RULES][FLAGGED_RULE_MAX];
	size_t		 rules;		/* names known */
};

/* A tagged row.  Each cell has SLICE_SLACK readable bytes after it. */
struct flagged_row {
	struct slice	 src, proto;
	struct slice	 alert;		/* names of rules, joined by | */
	uint64_t	 packets;
	int64_t		 time_ns;
	int64_t		 bin;
};

/* Prepares for max sources; flagged_release frees. */
void	 flagged_init(struct flagged *, size_t max);
void	 flagged_release(struct flagged *);

/* Forgets all sources. */
void	 flagged_clear(struct flagged *);

/* Adds a tagged row; oldest is the first bin of the window. */
void	 flagged_add(struct flagged *, const struct flagged_row *,
	    int64_t oldest);

/*
 * Lists the sources (struct flagged_source) seen in the bin oldest or later,
 * the newest first.  *n is set to their number; the caller frees the list.
 */
void	**flagged_list(const struct flagged *, int64_t oldest, size_t *n);

/* The number of distinct sources in such a list. */
size_t	 flagged_count(void *const *list, size_t n);

/*
 * Stores the names of a source's rules, joined by | and cut to the size, in
 * out.  Returns out.
 */
const char *flagged_rules(const struct flagged *,
	    const struct flagged_source *, char *out, size_t size);

#endif
