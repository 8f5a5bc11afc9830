/*
 * keywidth - the prefix of an address, or the class of a number
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef KEYWIDTH_H
#define KEYWIDTH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/output.h"
#include "base/slice.h"

struct keywidth {
	uint64_t	 width;		/* of a class; 0: addresses only */
	uint64_t	 unit;		/* 1 in units of the width: 1000 */
	uint64_t	 bits4, bits6;	/* of a prefix */
};

/*
 * Reads "24", "24/56" or "0.001".  A class may be less than 1 wide, in at most
 * nine decimals.  False if it is none of them.
 */
bool	 keywidth_parse(struct keywidth *, const char *text);

/* Whether both widths are those of prefixes. */
bool	 keywidth_is_prefix(const struct keywidth *);

/*
 * Writes the lower bound of the class of a decimal number, with the decimals of
 * the width, or the prefix of an address.  False if the text is neither, and
 * then nothing was written.
 */
bool	 keywidth_write(const struct keywidth *, struct output *, struct slice);

#endif
