/*
 * netset - a set of networks, asked whether it holds an address
 *
 * The networks become disjoint intervals in ascending order, an array for
 * IPv4 (8 bytes an interval) and one for IPv6 (32 bytes), searched by
 * bisection.  An index by the upper 16 bits of an IPv4 address shortens the
 * search.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef NETSET_H
#define NETSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ipaddr.h"
#include "base/slice.h"
#include "nets/network.h"

struct netset {
	/* The module's own. */
	struct netset_range4 *range4;
	struct netset_range6 *range6;
	size_t		 ranges4, ranges6;
	size_t		 room4, room6;	/* entries allocated */
	uint32_t	*first4;	/* of each upper 16 bits */
};

/* Frees what a set holds; a zeroed struct is an empty set. */
void	netset_release(struct netset *);

/*
 * Reads an address or a network (10.0.0.0/8, 2001:db8::/32) and adds it.  Bits
 * after the prefix are ignored.  False: it is neither.
 */
bool	netset_add(struct netset *, struct slice text);

/* Makes what was added ready for look-ups; nothing is added after it. */
void	netset_build(struct netset *);

/* Whether the address is in one of the networks. */
bool	netset_has(const struct netset *, const struct ipaddr *);

/* Whether the whole network is in one of them, or in some that overlap. */
bool	netset_has_net(const struct netset *, const struct network *);

#endif
