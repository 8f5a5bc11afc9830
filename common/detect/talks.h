/*
 * talks - who spoke first in a conversation, and whether the other has spoken
 *
 * A conversation is the rows between two addresses and ports, or between two
 * addresses, with less than a minute between one and the next; of TCP, with
 * less than 2 hours and 4 minutes, which it may be idle (RFC 5382, REQ-5).  The
 * table has 2^19 places in sets of 8; where more conversations fall into a set,
 * the oldest is forgotten.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TALKS_H
#define TALKS_H

#include <stdbool.h>
#include <stdint.h>

#define TALKS_KEEP_S	60
#define TALKS_KEEP_TCP_S 7440

/* What a row is in its conversation, as bits. */
#define TALK_NEW	1U	/* the first one */
#define TALK_REPLY	2U	/* by the side that did not speak first */
#define TALK_HEARD	4U	/* both sides have spoken before it */
#define TALK_AGAIN	8U	/* the SYN of an opening one again */
#define TALK_FIRST	16U	/* with it: for the first time */
#define TALK_REFUSED	32U	/* after two replies of one length: turns.h */
#define TALK_KINDS	64

struct talk;

/* Of the table: what a state on disk skips if no place of it is in use. */
#define TALKS_BLOCKS	1024

struct talks {
	struct talk	*place;
	void		*memory;	/* of the places */
	uint64_t	news;		/* conversations, since the start */
	bool		used[TALKS_BLOCKS];	/* some place of these is */
};

/* Allocates the table, 4 MiB; talks_release frees it. */
void	talks_init(struct talks *);
void	talks_release(struct talks *);

/* Forgets all conversations. */
void	talks_clear(struct talks *);

/* Prefetches the set of a conversation. */
void	talks_fetch(const struct talks *, uint64_t hash);

/*
 * Takes in a row, at ns, of the conversation with a hash; side tells its two
 * senders apart, and kind what the row is.  A question is of the side that asks
 * from now on, whoever has spoken first.  Returns the bits of the row.
 */
enum talks_kind { TALKS_SYN, TALKS_TCP, TALKS_QUESTION, TALKS_OTHER };
unsigned talks_see(struct talks *, uint64_t hash, bool side,
	    enum talks_kind, int64_t ns);

/* Whether the first row of a conversation that is remembered was a SYN. */
bool	talks_opened(const struct talks *, uint64_t hash);

/* Whether a conversation had a row in the last TALKS_KEEP_TCP_S. */
bool	talks_known(const struct talks *, uint64_t hash, int64_t ns);

#endif
