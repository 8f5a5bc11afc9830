/*
 * network - an IP network as text and as an address with a prefix
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef NETWORK_H
#define NETWORK_H

#include <stdbool.h>

#include "base/ipaddr.h"
#include "base/slice.h"

/* What a message says is wanted where a text is no network. */
#define NETWORK_WANTED	"an address or a network such as 10.0.0.0/8"

struct network {
	struct ipaddr	ip;	/* bits after the prefix may be set */
	unsigned	prefix;	/* 0 to 32 or 128 */
};

/*
 * Reads an address (a network of one) or a network: 10.0.0.0/8, 2001:db8::/32.
 * False: it is neither.
 */
bool	network_parse(struct network *, struct slice text);

#endif
