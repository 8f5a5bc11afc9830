/*
 * textpool - texts that are kept once, known by a number
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TEXTPOOL_H
#define TEXTPOOL_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct textpool {
	/* The module's own. */
	char		*bytes;
	size_t		 used, room;
	uint32_t	*slot;		/* open addressing, by a seeded hash */
	size_t		 slots, texts;
};

/* Frees what a pool holds; a zeroed struct is an empty pool. */
void	textpool_release(struct textpool *);

/*
 * The number of a text, which is copied when it is new.  0: the pool is full,
 * which it is at 4 GiB.
 */
uint32_t textpool_add(struct textpool *, const char *at, size_t n);

/* The text of a number, good until the next textpool_add. */
struct slice textpool_get(const struct textpool *, uint32_t number);

#endif
