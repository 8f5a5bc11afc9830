/*
 * tallycell - what a row of flows adds: packets and bytes, and the flow's end
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TALLYCELL_H
#define TALLYCELL_H

#include "clean/cleanrow.h"

/*
 * Reads the packets and bytes of a tally's record, both directions summed, into
 * the row, and the end of a flow, which is its start and its duration if no
 * column has it.  An end that cannot be read is empty.
 */
enum cleanrow_reason tallycell_read(struct cleanrow *, const struct dialect *,
	    const struct csv *, const struct cleanrow_settings *);

/*
 * Whether the record of a tally of ours is the sum of all further keys: its
 * first cell is REST.  If so, makes a row of it.
 */
bool	tallycell_rest(struct cleanrow *, const struct dialect *,
	    const struct csv *);

#endif
