/*
 * captured - the times at which a capture ran, as its recorder wrote them
 *
 * The file has a line for each change, oldest first: seconds since the epoch,
 * a comma, and "on" or "off".  A module of its own: the times come from
 * another source than the rows, and live longer than a window's bins.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CAPTURED_H
#define CAPTURED_H

#include <stddef.h>
#include <stdint.h>

#define CAPTURED_MAX	1024	/* interruptions that are kept, the newest */

struct captured_off {
	int64_t		 from_ns;
	int64_t		 to_ns;		/* INT64_MAX: until now */
};

struct captured {
	struct captured_off off[CAPTURED_MAX];	/* a ring */
	size_t		 offs;		/* since the first line */
	uint64_t	 damaged;	/* places of the file, see followed */
};

/*
 * Reads the file anew; lines of another form are skipped.  Without a file
 * (NULL, or one that cannot be opened) there are no interruptions.
 */
void	 captured_read(struct captured *, const char *file);

/* The nanoseconds between two times in which nothing was captured. */
int64_t	 captured_missing(const struct captured *, int64_t from_ns,
	    int64_t to_ns);

#endif
