/*
 * polling - services that are asked in regular steps by design
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef POLLING_H
#define POLLING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

/* A service: a protocol by its name, or a port; and why it is regular. */
struct polling {
	const char	*name;		/* NULL: by the port */
	unsigned	 port;
	const char	*why;
};

/* Ends with an entry without a reason. */
extern const struct polling polling_known[];

struct polling_list {
	struct polling	*more;		/* of the user's file */
	size_t		 used;
};

/*
 * Reads a file with a service in each line, a protocol's name (as protocol_find
 * folds it) or a port, and after it the reason; # starts a comment.  Ends the
 * program with status 2 if it cannot be read.  polling_release frees.
 */
void	polling_read(struct polling_list *, const char *path);
void	polling_release(struct polling_list *);

/*
 * Whether connections to this destination are expected to be regular: the
 * protocol or the port is in a list, or the address is one of many hosts.
 */
bool	polling_expects(const struct polling_list *, struct slice proto,
	    struct slice port, struct slice dst);

#endif
