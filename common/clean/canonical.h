/*
 * canonical - quick proof that a cell is already as the contract writes it
 *
 * Each function looks at a whole cell at once, by bit masks of its bytes.
 * True means that reading the cell and writing it again gives the same bytes.
 * False proves nothing: the cell has to be read.  Cells have the slack that
 * slice.h describes.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CANONICAL_H
#define CANONICAL_H

#include <stdbool.h>

#include "base/protocol.h"
#include "base/slice.h"

/* Seconds since the epoch, not negative, with this many (1-9) digits. */
bool	is_canonical_time(struct slice, unsigned digits);

/* An address as ipaddr_format writes it. */
bool	is_canonical_address(struct slice);

/* A length from 0 to 2^32 - 1. */
bool	is_canonical_len(struct slice);

/*
 * The same for the cells time, src, dst, proto, len of a packet row, where
 * addresses may be empty.  Returns the protocol, or PROTO_NONE.
 */
enum protocol canonical_row(const struct slice *cell, unsigned digits);

#endif
