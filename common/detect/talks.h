/*
 * talks - who spoke first in a conversation, and whether the other has spoken
 *
 * A conversation is the rows between two addresses and ports, or between two
 * addresses, with less than a minute between one and the next.  The table has
 * 2^19 places in sets of 8; where more conversations fall into a set, the
 * oldest is forgotten.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TALKS_H
#define TALKS_H

#include <stdbool.h>
#include <stdint.h>

#define TALKS_KEEP_S	60

/* What a row is in its conversation, as bits. */
#define TALK_NEW	1U	/* the first one */
#define TALK_REPLY	2U	/* by the side that did not speak first */
#define TALK_HEARD	4U	/* both sides have spoken before it */
#define TALK_KINDS	8

struct talk;

struct talks {
	struct talk	*place;
	void		*memory;	/* of the places */
};

/* Allocates the table, 4 MiB; talks_release frees it. */
void	talks_init(struct talks *);
void	talks_release(struct talks *);

/* Prefetches the set of a conversation. */
void	talks_fetch(const struct talks *, uint64_t hash);

/*
 * Takes in a row, at ns, of the conversation with a hash; side tells its two
 * senders apart.  anew: the row starts it again.  Returns the bits of the row.
 */
unsigned talks_see(struct talks *, uint64_t hash, bool side, bool anew,
	    int64_t ns);

#endif
