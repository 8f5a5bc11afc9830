/*
 * turns - the replies to a connection's first rows that are of one length
 *
 * Who guesses passwords on a connection gets the same refusal to each of them,
 * in turns, before anything else.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TURNS_H
#define TURNS_H

#include <stdbool.h>
#include <stdint.h>

#define TURNS_ROWS	24	/* of a connection that are looked at */
#define TURNS_BITS	12
#define TURNS_PLACES	(1U << TURNS_BITS)

/* The place of a connection, which another one with its bits takes over. */
struct turn {
	uint32_t	tag;	/* of the hash */
	uint16_t	len;	/* of the newest reply */
	uint16_t	rows : 14;	/* so far; 0: not in use */
	uint16_t	reply : 1;	/* the newest row is a reply */
	uint16_t	alike : 1;	/* as long as the one before */
};

struct turns {
	struct turn	*place;	/* NULL: none are looked at */
};

struct carry;

/* Allocates the places; turns_release frees them. */
void	turns_init(struct turns *);
void	turns_release(struct turns *);

/* Forgets all connections. */
void	turns_clear(struct turns *);

/* Whether the connection with a hash has a place. */
static inline bool
turns_has(const struct turns *t, uint64_t hash)
{
	const struct turn *p = &t->place[hash >> (64 - TURNS_BITS)];

	return p->rows > 0 && p->tag == (uint32_t)hash;
}

/*
 * Takes in a row with data of a connection, and its length.  One that has no
 * place gets it, and is looked at if this is its first row.  True for a row
 * that follows two replies of the same length.
 */
bool	turns_see(struct turns *, uint64_t hash, bool first, bool reply,
	    uint64_t len);

/* Carries the connections, see detect_carry.h. */
void	turns_carry(struct carry *, struct turns *);

#endif
