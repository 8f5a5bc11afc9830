/*
 * keyfacts - what else is known of the keys of a tally
 *
 * The first and the last time of each key, and how many different values of a
 * column it has.  The values are kept as they are, so that their number is
 * exact; how many values all keys have is bounded.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef KEYFACTS_H
#define KEYFACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/output.h"
#include "base/slice.h"
#include "base/timestamp.h"
#include "tally/keytable.h"

struct keyfact {
	bool		 timed;		/* first_ns and last_ns are known */
	int64_t		 first_ns, last_ns;
	uint64_t	 values;
	bool		 more;		/* it has values that are not counted */
};

struct keyfacts {
	uint64_t	 lost;		/* rows whose value had no room, */
	struct keytable	 values;	/* and why: a fact's number, a value */
	/* The rest is the module's own. */
	struct keytable	 number;	/* by the address of an entry */
	struct keyfact	*fact;		/* by number */
	size_t		 cap;
	struct output	 text;
};

/* The memory that a key's facts take beside its entry, about, in bytes. */
#define KEYFACTS_BYTES	(2 * sizeof(struct keyfact) + \
	    sizeof(struct keytable_entry) + 4 * sizeof(struct slot))

/*
 * Prepares for at most max values in max_bytes of memory; keyfacts_release
 * frees.
 */
void	keyfacts_init(struct keyfacts *, size_t max, size_t max_bytes);
void	keyfacts_release(struct keyfacts *);

/* The facts of an entry, which are none at first, until the next call. */
struct keyfact *keyfacts_of(struct keyfacts *, const struct keytable_entry *);

/* The same if there are some, or NULL. */
const struct keyfact *keyfacts_find(struct keyfacts *,
	    const struct keytable_entry *);

/* Adds times.  Those of another fact: nothing if it has none. */
void	keyfact_time(struct keyfact *, int64_t first_ns, int64_t last_ns);
void	keyfact_merge_times(struct keyfact *, const struct keyfact *);

/*
 * Adds a value to the facts of keyfacts_of.  An empty one is none; REST stands
 * for any number of values.
 */
void	keyfacts_value(struct keyfacts *, struct keyfact *, struct slice);

/* Writes two cells: the first and the last time, empty if there is none. */
void	keyfact_write_times(struct output *, const struct keyfact *,
	    enum timestamp_format);

/* Writes a cell: the number of values, "12", or of those counted, "12+". */
void	keyfact_write_values(struct output *, const struct keyfact *);

#endif
