/*
 * textkey - the first bytes of a text, to find it in a cache
 *
 * SLICE_SLACK bytes from the first of a text must be readable, as in the cell
 * of a record.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TEXTKEY_H
#define TEXTKEY_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/bytes.h"
#include "base/slice.h"

#define TEXTKEY_BYTES	16

struct textkey {
	uint64_t	word[2];	/* the first 16 bytes, then zeros */
};

static inline struct textkey
textkey_of(struct slice text)
{
	struct textkey k;

	memcpy(&k, text.at, sizeof(k));
	k.word[0] = first_bytes(k.word[0], text.len);
	k.word[1] = text.len > 8 ? first_bytes(k.word[1], text.len - 8) : 0;
	return k;
}

/* Whether two keys are the same, which needs no branch. */
static inline bool
textkey_same(struct textkey a, struct textkey b)
{
	return ((a.word[0] ^ b.word[0]) | (a.word[1] ^ b.word[1])) == 0;
}

/*
 * A hash of a text's key and of its last 8 bytes, whose highest bits are the
 * best.  It has no seed: strangers can make texts collide, so a cache has a
 * number of places that does not grow.
 */
static inline uint64_t
textkey_hash(struct textkey k, struct slice text)
{
	uint64_t last = 0;

	if (text.len > TEXTKEY_BYTES)
		memcpy(&last, text.at + text.len - 8, sizeof(last));
	return (k.word[0] ^ k.word[1] << 29 ^ k.word[1] >> 35 ^ last * 31) *
	    0x9e3779b97f4a7c15u;
}

#endif
