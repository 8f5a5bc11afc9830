/*
 * conntable - the open connections
 *
 * A hash table of connections, and a timing wheel on which each waits for its
 * end.  Connections leave as they end, at most 0.4 s of the rows' time later;
 * those that end together leave in the order of their starts.  A table that
 * holds lets none leave before conntable_finish, and then joins its parts of
 * connections, so that they may be added in any order.
 *
 * The number of connections and their memory are bounded: at a bound, the
 * quarter that has been silent longest leaves early.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CONNTABLE_H
#define CONNTABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "connect/connection.h"
#include "connect/connsums.h"
#include "tally/slots.h"

#define CONNTABLE_MAX	((size_t)1 << 30)	/* connections of one table */
#define CONNTABLE_WHEEL	32			/* places on the wheel */

/* Numbers of entries that wait together. */
struct conntable_place {
	uint32_t	*entry;
	size_t		 used;
	size_t		 cap;
};

/* An entry, and what it is sorted by first, without a miss of the caches. */
struct conntable_ranked {
	int64_t		 rank;
	uint32_t	 entry;
};

struct conntable {
	struct connection_limits limits;
	size_t		 max;		/* connections at most */
	size_t		 max_bytes;	/* of memory; no limit at first */
	size_t		 used;		/* connections now */
	bool		 holds;
	bool		 keeps_sums;	/* set before the first part */
	struct connsums	 sums;		/* of the connections, if it does */
	uint64_t	 evicted;	/* left early, to make room, */
	bool		 by_bytes;	/* because of max_bytes, even once */
	uint64_t	 written;	/* left so far */
	const struct connection *overflowed;	/* a sum exceeds 2^63 - 1 */
	void		(*leave)(const struct connection *);
	/* The rest is the module's own. */
	struct connection **chunk;
	size_t		 chunks;
	size_t		 made;		/* entries ever in use */
	size_t		 text_bytes;	/* of the keys' own texts */
	uint32_t	 free;		/* the first free one + 1, or 0 */
	struct slot *slot;
	size_t		 slots;		/* a power of two */
	int64_t		 now_ns;
	int64_t		 at;		/* the wheel's time, in its places */
	int64_t		 turn_ns;	/* when it turns next */
	struct conntable_place wheel[CONNTABLE_WHEEL];
	struct conntable_place turned;	/* the place that is looked at */
	bool		 apart;		/* a key may have several entries */
	struct conntable_ranked *leaving;
	size_t		 leaving_cap;
};

/*
 * Prepares for at most max connections, with the limits set.  leave is called
 * with each connection that leaves.  conntable_release frees.
 */
void	 conntable_init(struct conntable *, size_t max,
	    const struct connection_limits *,
	    void (*leave)(const struct connection *));
void	 conntable_release(struct conntable *);

/* From now on, no connection leaves before conntable_finish but for room. */
void	 conntable_hold(struct conntable *);

/*
 * Adds a part, whose hash is set, to its connection, or makes one.  *joined
 * says which.  False: a sum exceeds 2^63 - 1; overflowed is its connection.
 */
bool	 conntable_add(struct conntable *, const struct connection *part,
	    bool *joined);

/* Tells a table the time, unless it holds; connections that ended leave. */
void	 conntable_advance(struct conntable *, int64_t now_ns);

/*
 * The same after a jump of the clock, unless the table holds; connections that
 * end in its future leave, too.
 */
void	 conntable_jump(struct conntable *, int64_t now_ns);

/*
 * All connections leave, in the order of their starts, those without a time
 * last.  False: a sum exceeds 2^63 - 1, and some did not leave.
 */
bool	 conntable_finish(struct conntable *);

/*
 * Fetches what conntable_add will need: first the slot, then the entry, then
 * its sums by protocol.
 */
void	 conntable_prefetch_slot(const struct conntable *, uint32_t hash);
void	 conntable_prefetch_entry(const struct conntable *, uint32_t hash);
void	 conntable_prefetch_sums(const struct conntable *, uint32_t hash);

#endif
