/*
 * detect_answer - the rows that wait for an answer, for those who keep them
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DETECT_ANSWER_H
#define DETECT_ANSWER_H

#include "detect/detect_private.h"

#define DETECT_SLOT_BITS	16	/* of twice as many slots as rows */

struct detect_waiting {
	struct detect_row row;
	ruleset		 rules;		/* that count it; 0: was answered */
	int64_t		 due_ns;
};

/* A row of the ring in the list of its slot. */
struct detect_link {
	uint64_t	 key;		/* a hash of the connection */
	uint32_t	 next;
};

struct detect_answers {
	int64_t		 wait_ns;
	ruleset		 rules;		/* that wait so long */
	struct detect_waiting *ring;
	/*
	 * Of each row of the ring, apart from it: a search of a list reads the
	 * rows that it passes in the processor's cache, not in memory.
	 */
	struct detect_link *link;
	void		*memory;	/* of the ring */
	uint32_t	 head, waits;	/* the first, and how many */
	uint32_t	 fetched;	/* of the first: are prefetched */
	/* Of each slot's list, if there is one: a bit each. */
	struct {
		uint32_t first, last;
	} slot[1 << DETECT_SLOT_BITS];
	uint64_t	 some[1 << (DETECT_SLOT_BITS - 6)];
};

/* The ring of rows that wait so long, or NULL. */
struct detect_answers *detect_answer_ring(const struct detect *,
	    int64_t wait_ns);

/* Lets a row wait in a ring, from now on. */
void	detect_answer_wait(struct detect *, struct detect_answers *,
	    const struct detect_row *, ruleset rules);

#endif
