/*
 * connrow - packet, flow and other tally rows read as parts of connections
 *
 * The first table decides which columns a flow row has; later tables are
 * matched to them.  It prints warnings about rows and tables.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CONNROW_H
#define CONNROW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/output.h"
#include "base/timestamp.h"
#include "csv/row.h"
#include "connect/connection.h"
#include "connect/connproto.h"
#include "tally/keytable.h"

/* The columns that a table may lack; src and dst it must have. */
enum {
	CONNROW_TIME = 1, CONNROW_PROTO = 2, CONNROW_IP_PROTO = 4,
	CONNROW_PORTS = 8, CONNROW_FLAGS = 16,
	CONNROW_SENSOR = 32, CONNROW_IFACE = 64	/* if want_places */
};

/* Pairs of a sensor and an interface that are told apart; others are REST. */
#define CONNROW_PLACES_MAX	UINT16_MAX

struct connrow_reader {
	struct row_reader rows;
	struct connproto_names protos;
	unsigned	 columns;	/* of flow rows, by the first table */
	bool		 started;	/* there was a table */
	bool		 tally;		/* there was a tally row */
	bool		 want_places;	/* may be set before the first row */
	/* Optional.  Called when the first table starts. */
	void		(*start)(void);
	/* The rest is the module's own. */
	unsigned	 given;		/* columns of the open table */
	bool		 warned;
	struct timestamp_memo second;	/* of the row before */
	struct connkey_texts texts;	/* of the key of the last row */
	struct keytable	 places;	/* their cells, as they are written */
	struct output	 place;		/* that of the last row */
};

/* Prepares to read the operands of a stream; connrow_release frees. */
void	 connrow_init(struct connrow_reader *, struct stream *);
void	 connrow_release(struct connrow_reader *);

/*
 * Reads the next row of any operand as a part, with its hash.  A key with texts
 * is good until the next call.  False when all operands are done.
 */
bool	 connrow_next(struct connrow_reader *, struct connection *);

/* Writes the sensor and the interface of a part, and the comma after each. */
void	 connrow_write_place(const struct connrow_reader *, uint16_t place,
	    struct output *);

/* Whether a part's key has texts, which are good until the next call only. */
static inline bool
connrow_borrows(const struct connection *part)
{
	return connkey_family(&part->key, 0) == CONNKEY_TEXT;
}

#endif
