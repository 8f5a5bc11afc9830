/*
 * anonymize - addresses with their last bits cleared
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ANONYMIZE_H
#define ANONYMIZE_H

#include "base/ipaddr.h"

/*
 * Keeps the first keep4 (0-32) or keep6 (0-128) bits of an address and clears
 * the others, so that a network remains and its hosts become one.  An IPv4
 * address within IPv6 (::ffff:0:0/96) keeps keep4 bits of its own.
 */
void	anonymize(struct ipaddr *, unsigned keep4, unsigned keep6);

#endif
