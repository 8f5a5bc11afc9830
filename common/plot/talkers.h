/*
 * talkers - packets and bytes of each address, or pair, in a sliding window
 *
 * A row is added to the sums of its key and to the item that the key has in a
 * pane, a part of the window.  When a pane leaves the window, its items are
 * subtracted.  A pane is a bin, or several in a window of more than 60 bins,
 * whose oldest pane then starts before the window.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TALKERS_H
#define TALKERS_H

#include "tally/keytable.h"

enum talkers_kind {
	TALKERS_NONE, TALKERS_SOURCES, TALKERS_DESTINATIONS,
	TALKERS_CONVERSATIONS
};

/* The words of the kinds but none, and NULL. */
extern const char *const talkers_words[];

struct talkers_sum {
	const struct keytable_entry *key;	/* see talkers_name */
	uint64_t	 packets;
	uint64_t	 bytes;
};

/* What a window has, sorted: most bytes first. */
struct talkers_list {
	struct talkers_sum *sum;
	size_t		 sums;
	uint64_t	 packets;	/* of all rows, with addresses or not */
	uint64_t	 bytes;
	bool		 capped;	/* some keys had no room */
};

struct talkers_pane;

struct talkers {
	enum talkers_kind kind;
	/* The rest is the module's own. */
	struct keytable	 keys;		/* number: of the key's sum */
	struct talkers_key *key;
	size_t		 cap;
	struct talkers_pane *pane;
	size_t		 panes;
	size_t		 items;		/* of all panes */
	int64_t		 bins;		/* of a pane */
	int64_t		 swept;		/* the pane of the last sweep */
};

/*
 * Prepares for windows of so many bins, of which open more can be newer, and
 * for max keys.  talkers_release frees.
 */
void	 talkers_init(struct talkers *, enum talkers_kind, size_t bins,
	    size_t open, size_t max);
void	 talkers_release(struct talkers *);

/* Forgets all sums. */
void	 talkers_clear(struct talkers *);

/*
 * Adds a row of a bin, which is in the window or newer.  The addresses have the
 * slack of slice.h.
 */
void	 talkers_add(struct talkers *, struct slice src, struct slice dst,
	    int64_t bin, uint64_t packets, uint64_t bytes);

/*
 * Lists what the bins first to last have.  The names are good until the next
 * row; the caller frees list->sum.
 */
void	 talkers_take(struct talkers *, int64_t first, int64_t last,
	    struct talkers_list *list);

/* A key as text, "10.0.0.1 - 10.0.0.2" if it is a pair, cut to the size. */
void	 talkers_name(const struct keytable_entry *, char *out, size_t size);

#endif
