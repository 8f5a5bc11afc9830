/*
 * canon - quick proof that a cell is already as the contract writes it
 *
 * Each function looks at a whole cell at once, by bit masks of its bytes.
 * True means: reading the cell and writing it again gives the same bytes.
 * False proves nothing, the cell has then to be read.  At least SLICE_SLACK
 * bytes from the cell's first must be readable, whatever they are.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CANON_H
#define CANON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/protocol.h"
#include "base/slice.h"


/* Seconds since the epoch, not negative, with this many (1-9) digits. */
bool	canon_time(struct slice, unsigned digits);

/* An address as ipaddr_format writes it. */
bool	canon_address(struct slice);

/* A length from 0 to 2^32 - 1. */
bool	canon_len(struct slice);

/*
 * All of this for the cells time, src, dst, proto, len of a packet row, where
 * addresses may be empty: the protocol, or PROTO_NONE.
 */
enum protocol canon_row(const struct slice *cell, unsigned digits);

#endif
