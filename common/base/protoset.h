/*
 * protoset - the protocols that a user chose
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PROTOSET_H
#define PROTOSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/protocol.h"
#include "base/slice.h"

struct protoset {
	bool		 given;		/* false: all are in the set */
	bool		 has[PROTO_COUNT];
	const char	*other[PROTO_COUNT];	/* names outside the table */
	size_t		 others;
};

/*
 * Reads a list "tls,dns" of names, as protocol_find takes them.  Those that
 * the table does not have are in other as they stand: whether these are
 * allowed is the caller's matter.  A bad list ends the program with status
 * 2; what names the option.
 */
void	protoset_parse(struct protoset *, const char *what, const char *list);

/*
 * The same, where other names are allowed, as csvclean --any-proto lets them
 * through.  Warns of each: it may be misspelt.
 */
void	protoset_choose(struct protoset *, const char *what, const char *list);

/* Whether a name is one of other. */
bool	protoset_has_other(const struct protoset *, struct slice name);

/*
 * Whether a protocol is in the set; name is the row's cell, which counts for
 * PROTO_NONE.  An empty struct holds all protocols.
 */
static inline bool
protoset_has(const struct protoset *set, enum protocol p, struct slice name)
{
	return !set->given || set->has[p] ||
	    (p == PROTO_NONE && protoset_has_other(set, name));
}

/* The same by the cell alone, a name just as the table has it. */
bool	protoset_has_name(const struct protoset *, struct slice name);

#endif
