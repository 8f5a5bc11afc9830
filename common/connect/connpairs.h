/*
 * connpairs - what a connection's ends sent, by protocol, written as rows
 *
 * Packets that a connection joins are kept apart by who sent them and by what
 * each one showed, so that sums by src, dst, proto, sensor or iface over these
 * rows are those over the packets.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CONNPAIRS_H
#define CONNPAIRS_H

#include "base/output.h"
#include "connect/connection.h"
#include "connect/connrow.h"
#include "connect/connsums.h"

/* Writes the header, once the reader has started its first table. */
void	 connpairs_header(struct output *, const struct connrow_reader *);

/* Writes a row for each direction of each of a connection's sums. */
void	 connpairs_write(struct output *, const struct connrow_reader *,
	    const struct connsums *, const struct connection *);

#endif
