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
 * Prepares the expression (borrowed).  One that libpcap accepts neither for
 * Ethernet nor for 802.11 ends the program with status 2 and libpcap's message,
 * and with what to write instead for the name of a protocol ("dns") and for a
 * display filter of Wireshark.
 */
struct capfilter *capfilter_new(const char *expression);
void	 capfilter_free(struct capfilter *);

/*
 * Whether the packet passes.  If the expression cannot be compiled for the
 * packet's link type ("ether host" on raw IP, an unknown type), no packet of it
 * passes, with one warning.
 */
bool	 capfilter_match(struct capfilter *, const struct captured *);

/* Whether there was a packet of such a link type. */
bool	 capfilter_failed(const struct capfilter *);

#endif
