/*
 * protoset - the protocols that a user has chosen
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PROTOSET_H
#define PROTOSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/output.h"
#include "base/protocol.h"
#include "base/slice.h"

struct protoset {
	bool		 given;		/* false: all are in the set */
	bool		 has[PROTO_COUNT];
	const char	*other[PROTO_COUNT];	/* names outside the table */
	size_t		 others;
};

/*
 * Reads the list of --proto, "tls,dns", as protocol_find takes names.  Those
 * that are not in the table are kept in other; the caller decides whether they
 * are allowed.  A bad list ends the program with status 2.
 */
void	protoset_parse(struct protoset *, const char *list);

/*
 * The same where other names are allowed, as csvclean --any-proto passes them
 * on.  Prints a warning for each, which may be misspelt.
 */
void	protoset_choose(struct protoset *, const char *list);

/* Whether a name is one of other. */
bool	protoset_has_other(const struct protoset *, struct slice name);

/*
 * Whether a protocol is in the set.  For PROTO_NONE, name, the cell of the row,
 * decides.  An empty struct contains all protocols.
 */
static inline bool
protoset_has(const struct protoset *set, enum protocol p, struct slice name)
{
	return !set->given || set->has[p] ||
	    (p == PROTO_NONE && protoset_has_other(set, name));
}

/* The same by the cell alone, which has the name as in the table. */
bool	protoset_has_name(const struct protoset *, struct slice name);

/*
 * Writes the names that were given, in one order however they were: " proto DNS
 * TLS"; nothing if all are in the set.
 */
void	protoset_write(const struct protoset *, struct output *);

#endif
