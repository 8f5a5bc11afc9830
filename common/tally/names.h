/*
 * names - short texts as small numbers, in the order in which they came
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef NAMES_H
#define NAMES_H

#include <stdint.h>

#include "tally/tally.h"

struct names {
	struct tally	known;		/* a number is in packets */
	size_t		count;
};

/* Prepares for at most max names; names_release frees. */
void	names_init(struct names *, size_t max);
void	names_release(struct names *);

/*
 * The number of a name of n bytes, from 0; a new one gets the next.  max if
 * it is new and there is no room.  SLICE_SLACK bytes behind it are readable.
 */
static inline size_t
names_get(struct names *names, const char *name, size_t n)
{
	struct tally_entry *e = tally_find(&names->known, name, n);

	if (e == NULL) {
		e = tally_get(&names->known, name, n);
		if (e == NULL)
			return names->known.max;
		e->packets = names->count++;
	}
	return (size_t)e->packets;
}

/* The text of a number. */
struct slice names_text(const struct names *, size_t number);

#endif
