/*
 * connwrite - connections written as flow rows
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CONNWRITE_H
#define CONNWRITE_H

#include <stdbool.h>

#include "base/output.h"
#include "base/timestamp.h"
#include "connect/connection.h"
#include "connect/connproto.h"

/* How connections are written. */
struct connwrite_style {
	unsigned	 columns;	/* of connrow: those written */
	bool		 one_way;	/* a row for each direction */
	bool		 no_header;
	enum timestamp_format format;
	const struct connproto_names *protos;
};

/* Writes the header, unless the style has none. */
void	 connwrite_header(struct output *, const struct connwrite_style *);

/*
 * Writes a connection as one row or, one way, as one or two, that of the end
 * that began first.
 */
void	 connwrite_row(struct output *, const struct connwrite_style *,
	    const struct connection *);

/* Writes what names a connection in messages: "src,sport,dst,dport". */
void	 connwrite_name(struct output *, const struct connection *);

#endif
