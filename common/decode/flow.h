/*
 * flow - the protocol of each connection, remembered for its later packets
 *
 * A bounded table with a seeded hash: a full one forgets the connections that
 * have been idle longest (about), and counts them.  An entry is 8 bytes; two
 * connections whose 64-bit hashes agree in 45 bits or more (17 choose the place
 * by default, the others are kept) would share one.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef FLOW_H
#define FLOW_H

#include <stddef.h>
#include <stdint.h>

#include "decode/packet.h"

#define FLOW_ENTRIES_DEFAULT	((size_t)1 << 20)

struct flow_table;

/*
 * A table of at least this many connections: the next power of two, 8 at
 * least, 8 bytes each.  flow_free frees it.
 */
struct flow_table *flow_new(size_t entries);
void	 flow_free(struct flow_table *);

/*
 * The name of a packet in the table's light: what its payload shows (and the
 * connection is then known by), else what the connection showed before, else
 * p->protocol.  A SYN without ACK starts the connection anew.  Payload that
 * announces another connection (FTP's PASV, SDP's m=) names that one's.
 */
enum protocol	flow_name(struct flow_table *, const struct packet *p);

/*
 * The same in two steps, for callers that have several packets at hand: the
 * table is far larger than the processor's caches, and flow_look asks for the
 * part that flow_name_at reads, some packets later, of the same key.
 */
struct flow_key {
	uint64_t	hash;
	uint64_t	src, dst;	/* which end of the key sent it */
};

void	 flow_look(struct flow_table *, const struct packet *,
	    struct flow_key *);
enum protocol	flow_name_at(struct flow_table *, const struct packet *,
		    const struct flow_key *);

/* How many connections were forgotten because the table was full. */
uint64_t flow_evictions(const struct flow_table *);

#endif
