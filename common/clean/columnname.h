/*
 * columnname - what a column is for, by the names that other programs give it
 *
 * Case, blanks, underscores, hyphens and number signs do not matter.  A module
 * of its own: the tables of names are what grows with every program whose
 * tables are read.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef COLUMNNAME_H
#define COLUMNNAME_H

#include <stdbool.h>

#include "base/slice.h"
#include "clean/timecell.h"

enum dialect_role {
	ROLE_TIME, ROLE_SRC, ROLE_DST, ROLE_PROTO, ROLE_LEN,
	ROLES_REQUIRED,		/* the five of a packet row */
	ROLE_SPORT = ROLES_REQUIRED,	/* "sport": tcp.srcport, ... */
	ROLE_DPORT,
	ROLE_FLAGS,		/* "flags": tcp.flags, ... */
	ROLE_END,		/* "end", of a flow */
	ROLES_EXTRA,		/* the end of those that follow the five */
	ROLE_PACKETS = ROLES_EXTRA,	/* a tally's, of both directions */
	ROLE_BYTES,
	ROLES_NAMED,		/* the end of those with a name of ours */
	ROLE_PACKETS_WAY = ROLES_NAMED,	/* of one direction: a summand */
	ROLE_BYTES_WAY,
	ROLE_DURATION,		/* of a flow, in seconds */
	ROLE_COUNT,		/* those with cells of a meaning */
	ROLE_EXTRA,		/* unknown: passed on under its own name */
	ROLE_OMIT,		/* known and of no use in a packet row */
	ROLE_LAYER		/* extra, but may tell the protocol: ip.proto */
};

/* The contract's name of a role below ROLES_NAMED: "time". */
const char	*columnname_of(enum dialect_role);

/* The role of this name, or ROLE_EXTRA. */
enum dialect_role columnname_role_of(const char *ours);

/*
 * What a name stands for in other programs' tables, of packets or of flows.  Of
 * several columns for one role the one with the least *place counts first.
 */
enum dialect_role columnname_role(struct slice name, bool flows, int *place);

/* The unit that the name of a column of times ends with: "ts_ms". */
enum timecell_unit columnname_unit(struct slice name);

/* Whether the name is this one, which has no characters that do not matter. */
bool	columnname_is(struct slice name, const char *folded);

/* Whether the name starts with this one. */
bool	columnname_starts(struct slice name, const char *folded);

#endif
