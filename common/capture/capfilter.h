/*
 * capfilter - a BPF filter over packets of any link type
 *
 * The expression is pcap-filter(7)'s, compiled by libpcap once for each link
 * type that occurs.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CAPFILTER_H
#define CAPFILTER_H

#include <stdbool.h>

#include "capture/capfile.h"

struct capfilter;

/*
 * Prepares the expression (borrowed).  One that libpcap does not accept for
 * Ethernet nor raw IP ends the program with status 2 and libpcap's message.
 */
struct capfilter *capfilter_new(const char *expression);
void	 capfilter_free(struct capfilter *);

/*
 * Whether the packet passes.  For a link type for which the expression means
 * nothing ("ether host" on raw IP, an unknown type) none does, and a warning
 * says so once.
 */
bool	 capfilter_match(struct capfilter *, const struct captured *);

#endif
