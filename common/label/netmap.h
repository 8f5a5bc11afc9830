/*
 * netmap - the value of the longest prefix that contains an address
 *
 * Networks nest or are disjoint.  A sweep over them, sorted by their first
 * address, cuts the address space into ranges that each have one answer.  They
 * are searched by bisection; for IPv4 an index by the upper 16 bits shortens
 * the search.  A range takes 9 bytes for IPv4 and 21 for IPv6; a network is at
 * most two ranges.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef NETMAP_H
#define NETMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/wide.h"
#include "nets/network.h"

struct netmap_net;

/* Of one family. */
struct netmap_half {
	struct netmap_net *net;		/* as added, until the map is built */
	size_t		 nets;
	uint32_t	*first4;	/* where a range starts, ... */
	struct wide	*first6;
	uint32_t	*value;		/* its value, 0 for none, */
	uint8_t		*prefix;	/* and that of its network */
	size_t		 ranges;
};

struct netmap {
	size_t		 twice;	/* networks that were added again, once built */

	/* The rest is the module's own. */
	struct netmap_half half[2];	/* IPv4, IPv6 */
	uint32_t	*index4;	/* ranges before each upper 16 bits */
};

/* Frees what a map holds; a zeroed struct is an empty map. */
void	netmap_release(struct netmap *);

/* Adds a network.  The value is not 0.  Bits after the prefix are ignored. */
void	netmap_add(struct netmap *, const struct network *, uint32_t value);

/*
 * Adds the networks that the addresses from first to last are made of.  False:
 * they are of two families, or first is after last.
 */
bool	netmap_add_range(struct netmap *, const struct ipaddr *first,
	    const struct ipaddr *last, uint32_t value);

/*
 * Makes what was added ready for look-ups; nothing is added after it.  Of a
 * network that was added twice the later value counts.
 */
void	netmap_build(struct netmap *);

/*
 * The value of the longest prefix that contains the address, and *prefix; or
 * 0.
 */
uint32_t netmap_find(const struct netmap *, const struct ipaddr *,
	    unsigned *prefix);

#endif
