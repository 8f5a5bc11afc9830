/*
 * addresscell - the addresses in the cells of other programs' tables
 *
 * A module of its own: MAC addresses, lists of several headers' addresses and
 * packets that ICMP errors quote are half of what cleanrow would have to know.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ADDRESSCELL_H
#define ADDRESSCELL_H

#include "clean/cleanrow.h"

/*
 * Reads the first cell of ROLE_SRC or ROLE_DST that holds an address into the
 * row.  If none does, the address is empty, provided that all cells were empty
 * or MAC addresses; else the row's bad is one of them.
 */
enum cleanrow_reason addresscell_read(struct cleanrow *,
	    const struct dialect *, const struct csv *, enum dialect_role,
	    const struct cleanrow_settings *);

/*
 * For an ICMP or ICMPv6 row of tshark's: the header of a quoted packet is no
 * inner one.  If the cells show such a packet, the row gets the addresses of
 * the error instead.
 */
void	addresscell_unquote(struct cleanrow *, const struct dialect *,
	    const struct csv *, const struct cleanrow_settings *);

#endif
