/*
 * addrset - which networks an address is in, as bits
 *
 * Each network turns some rules off and some on.  A look-up by binary search
 * returns what all networks that contain an address turn off and on.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ADDRSET_H
#define ADDRSET_H

#include <stddef.h>
#include <stdint.h>

#include "base/ipaddr.h"
#include "detect/ruleset.h"

struct addrset_bits {
	ruleset		off;
	ruleset		on;
	ruleset		in, out;	/* two more to turn on */
};

struct addrset_net;
struct addrset_range;

struct addrset {
	/* The module's own; [1] is of IPv6. */
	struct addrset_net *net[2];
	size_t		 nets[2];
	struct addrset_range *range[2];
	size_t		 ranges[2];
	/* By an address's first byte: the last range that starts up to it. */
	size_t		 start[2][257];
};

/* Prepares an empty set; addrset_release frees. */
void	addrset_init(struct addrset *);
void	addrset_release(struct addrset *);

/* Adds a network: prefix is 0 to 32 or 128. */
void	addrset_add(struct addrset *, const struct ipaddr *, unsigned prefix,
	    struct addrset_bits);

/* Prepares look-ups, after the last addrset_add. */
void	addrset_build(struct addrset *);

/* The bits of all networks that contain the address. */
const struct addrset_bits *addrset_find(const struct addrset *,
	    const struct ipaddr *);

#endif
