/*
 * connection - the sums of one connection, and which rows belong to it
 *
 * A packet row, a flow row and a connection of the table have the same form, so
 * that a packet is added to a connection as a part of it is: what belongs
 * together is joined by the same rules wherever it was counted.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CONNECTION_H
#define CONNECTION_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/tcpflags.h"
#include "base/timestamp.h"
#include "connect/connkey.h"

/* How long a connection that was closed by FIN or RST waits for more. */
#define CONNECTION_LINGER_NS	(5 * NS_PER_S)

/* How it is known which end began. */
enum connection_evidence {
	CONNECTION_BY_TIME,	/* its packet was the first */
	CONNECTION_BY_ANSWER,	/* the other end answered its SYN */
	CONNECTION_BY_SYN	/* it sent a SYN without ACK */
};

/*
 * One cache line for the look-up and for whether it has ended, another for the
 * sums, where the table aligns it.
 */
struct connection {
	struct connkey	 key;
	int64_t		 start_ns;	/* 0 without a time */
	int64_t		 end_ns;
	uint32_t	 hash;		/* connkey_hash of key */
	uint8_t		 flags[2];	/* all that an end's packets had */
	uint8_t		 first;		/* the end that began */
	uint8_t		 evidence;
	uint64_t	 packets[2];	/* sent by end 0 and by end 1 */
	uint64_t	 bytes[2];
	uint64_t	 line;		/* where its last row was read */
	uint16_t	 proto;		/* the highest: see connproto */
	uint16_t	 part;		/* more than 1 after a cut by active_ns,
					 * 0 if no row has told it */
	uint32_t	 state;		/* the table's, and the next two */
	uint32_t	 next;
	uint32_t	 sums;		/* see connsums, and the next two */
	uint16_t	 shown;		/* the protocol of its first row */
	uint16_t	 place;		/* of that row: see connrow */
	uint32_t	 unused;
};

static_assert(sizeof(struct connection) == 128, "two cache lines");

/* When a connection ends. */
struct connection_limits {
	int64_t		 idle_ns;	/* without a packet */
	int64_t		 active_ns;	/* from its start: is cut here */
};

enum connection_relation {
	CONNECTION_SAME,	/* belongs to the connection */
	CONNECTION_GOES_ON,	/* does, but the connection is long enough */
	CONNECTION_OTHER	/* belongs to another with the same key */
};

/*
 * Whether a connection has been closed: by a RST, or by a FIN of each end.  An
 * end that has closed may still be sent to: one FIN does not close.
 */
static inline bool
connection_is_closed(const struct connection *c)
{
	return (c->key.kind & CONNKEY_PORTS) != 0 &&
	    (((c->flags[0] | c->flags[1]) & TCP_RST) != 0 ||
	    (c->flags[0] & c->flags[1] & TCP_FIN) != 0);
}

/* How long a connection waits for more packets. */
static inline int64_t
connection_patience(const struct connection *c,
    const struct connection_limits *limits)
{
	return limits->idle_ns > CONNECTION_LINGER_NS &&
	    connection_is_closed(c) ? CONNECTION_LINGER_NS : limits->idle_ns;
}

/* Which part a connection is, from 1. */
static inline unsigned
connection_part(const struct connection *c)
{
	return c->part > 1 ? c->part : 1;
}

/* What a row, or another part with the same key, is to a connection. */
enum connection_relation connection_relate(const struct connection *,
	    const struct connection *part, const struct connection_limits *);

/*
 * Adds a part.  False: a sum exceeds 2^63 - 1, and the connection is void.
 */
bool	connection_add(struct connection *, const struct connection *part);

/* An order by start, then end, then key: <0, 0 or >0. */
int	connection_compare(const struct connection *,
	    const struct connection *);

#endif
