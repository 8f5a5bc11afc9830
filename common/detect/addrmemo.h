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

#include "base/bytes.h"
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
	uint8_t		start[7];	/* of the address: all of IPv4 */
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
 * Prepares to look a text up, and prefetches its places, which a hash of the
 * first 16 bytes and the last 8 chooses.  SLICE_SLACK bytes from the text's
 * first must be readable.
 */
static inline void
addrmemo_fetch(const struct addrmemo *m, struct slice text,
    struct addrmemo_look *l)
{
	uint64_t last = 0;

	memcpy(l->word, text.at, sizeof(l->word));
	l->word[0] = first_bytes(l->word[0], text.len);
	l->word[1] = text.len > 8 ? first_bytes(l->word[1], text.len - 8) : 0;
	l->text = text;
	if (text.len > 16)
		memcpy(&last, text.at + text.len - 8, sizeof(last));
	l->at = (size_t)((l->word[0] ^ l->word[1] << 29 ^ l->word[1] >> 35 ^
	    last * 31) * 0x9e3779b97f4a7c15u >> (64 - ADDRMEMO_BITS)) &
	    ~(size_t)1;
	__builtin_prefetch(&m->place[l->at]);
	if (text.len > 16)
		__builtin_prefetch(&m->more[l->at]);
}

/* Whether a place has the text. */
static inline bool
addrmemo_is(const struct addrmemo *m, size_t at, const struct addrmemo_look *l)
{
	const struct addrmemo_entry *e = &m->place[at];
	size_t n = l->text.len;

	return e->len == n && e->word[0] == l->word[0] &&
	    e->word[1] == l->word[1] && (n <= 16 ||
	    memcmp(m->more[at].text, l->text.at + 16, n - 16) == 0);
}

/* What addrmemo_get does with a text that is in no place. */
bool	addrmemo_read(struct addrmemo *, const struct addrmemo_look *,
	    struct ipaddr *, uint64_t *hash);

/*
 * Sets the address of the text and its hash; of an empty text, the family is 0.
 * False: the text is no address.
 */
static inline bool
addrmemo_get(struct addrmemo *m, const struct addrmemo_look *l,
    struct ipaddr *ip, uint64_t *hash)
{
	const struct addrmemo_entry *e;
	size_t at = l->at;

	if (!addrmemo_is(m, at, l) && !addrmemo_is(m, ++at, l))
		return addrmemo_read(m, l, ip, hash);
	e = &m->place[at];
	*hash = e->hash;
	memset(ip, 0, sizeof(*ip));
	memcpy(ip, e->start, sizeof(e->start));
	if (ip->family == 6)
		memcpy(ip->byte, m->more[at].byte, sizeof(ip->byte));
	return true;
}

#endif
