/*
 * recording - a file of rows that others read, rotate and append to
 *
 * Rows are appended (O_APPEND).  The file is opened anew, by its name in the
 * folder that was opened first, when whoever rotates it says so.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef RECORDING_H
#define RECORDING_H

#include <stddef.h>

#include "base/output.h"

struct recording {
	const char	*path;		/* borrowed, for messages */
	int		 dir_fd;	/* its folder */
	/* The rest is the module's own. */
	const char	*base;		/* its name in the folder */
	char		*header;	/* first row of a file, or "" */
	size_t		 header_len;
};

/*
 * Opens the folder and the file and directs out to it, whose buffer holds the
 * header row and nothing else.  The header is written into an empty file
 * only; one that starts with another header is refused; one that does not end
 * with a newline gets one.  Returns NULL, or what is wrong in a static string.
 */
const char	*recording_open(struct recording *, const char *path,
		    struct output *out);

/*
 * Writes out what is complete and goes on in the file that now has the name.
 * If it cannot be opened, returns why, and the old file stays in use.
 */
const char	*recording_reopen(struct recording *, struct output *out);

void	 recording_release(struct recording *);

#endif
