/*
 * extracell - ports and TCP flags of any origin in the contract's form
 *
 * A module of its own, so that tests reach each form that tshark, pandas and
 * scapy give these cells.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef EXTRACELL_H
#define EXTRACELL_H

#include <stdbool.h>

#include "base/slice.h"
#include "clean/dialect.h"

#define EXTRACELL_TEXT_MAX	8

/*
 * Whether a cell of these roles is as extracell_read makes it: true means so,
 * false proves nothing.  Cells have the slack that slice.h describes.
 */
bool	extracell_is_canonical(enum dialect_role, struct slice);

/*
 * Makes the cell of a role (ROLE_SPORT, ROLE_DPORT or ROLE_FLAGS) canonical:
 * *s may point into text afterwards.  False, and *s stays, if it is neither
 * empty nor a port (flags) in any known form.
 */
bool	extracell_read(enum dialect_role, struct slice *s,
	    char text[EXTRACELL_TEXT_MAX]);

#endif
