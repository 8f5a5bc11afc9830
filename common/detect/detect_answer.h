/*
 * detect_answer - the rows that wait for an answer, for those who keep them
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DETECT_ANSWER_H
#define DETECT_ANSWER_H

#include "detect/detect_private.h"

#define DETECT_SLOT_BITS	14

struct detect_waiting {
	struct detect_row row;
	ruleset		 rules;		/* that count it; 0: was answered */
	uint64_t	 key;		/* a hash of the connection */
	int64_t		 due_ns;
	uint32_t	 next;		/* in the slot's list */
};

struct detect_answers {
	int64_t		 wait_ns;
	ruleset		 rules;		/* that wait so long */
	struct detect_waiting *ring;
	uint32_t	 head, waits;	/* the first, and how many */
	/* Of each slot's list, if there is one: a bit each. */
	uint32_t	 first[1 << DETECT_SLOT_BITS];
	uint32_t	 last[1 << DETECT_SLOT_BITS];
	uint64_t	 some[1 << (DETECT_SLOT_BITS - 6)];
};

/* The ring of rows that wait so long, or NULL. */
struct detect_answers *detect_answer_ring(const struct detect *,
	    int64_t wait_ns);

/* Lets a row wait in a ring, from now on. */
void	detect_answer_wait(struct detect *, struct detect_answers *,
	    const struct detect_row *, ruleset rules);

#endif
