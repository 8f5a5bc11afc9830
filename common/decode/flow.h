/*
 * flow - the protocol of each connection, remembered for its later packets
 *
 * A set-associative cache of eight ways with a seeded hash: a full set forgets
 * its least recently used connection (LRU by move to front), and counts it.
 * An entry is 8 bytes.  It keeps the upper 53 bits of a connection's 64-bit
 * hash, and the lower bits choose the set (17 of them by default), so that two
 * connections share an entry only if all 64 bits agree.
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
 * Names a packet: what its payload shows (and its connection is then known
 * by), else what the connection showed before, else p->protocol.  A SYN without
 * ACK starts the connection anew.  Payload that announces another connection
 * (FTP's PASV, SDP's m=) makes the table expect that one's protocol.
 */
enum protocol	flow_classify_one(struct flow_table *, const struct packet *p);

/*
 * The same in two steps, for callers that have several packets: the table is
 * far larger than the processor's caches, so flow_prefetch fills in the key and
 * prefetches the set that flow_classify reads some packets later.
 */
struct flow_key {
	uint64_t	hash;
	uint64_t	src, dst;	/* which end of the key sent it */
};

void	 flow_prefetch(struct flow_table *, const struct packet *,
	    struct flow_key *);
enum protocol	flow_classify(struct flow_table *, const struct packet *,
		    const struct flow_key *);

/*
 * The port of the end that listens, for a packet after flow_classify has named
 * it: what a SYN told, as long as the table knows the connection, else the one
 * that service_guess takes.  -1 if there is none.
 */
int	 flow_service(const struct flow_table *, const struct packet *,
	    const struct flow_key *);

/* How many connections were forgotten because the table was full. */
uint64_t flow_evictions(const struct flow_table *);

#endif
