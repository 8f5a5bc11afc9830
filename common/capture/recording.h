/*
 * recording - a file of rows that others read, rotate and append to
 *
 * Rows are appended (O_APPEND).  The file is opened anew, by its name in the
 * folder that was opened first, when whoever rotates it says so.
 *
 * A name with % is a format of strftime(3), UTC: each time that it is opened,
 * the file gets the name of that time, which it keeps for good.  Only the
 * files of such a recording can be limited.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef RECORDING_H
#define RECORDING_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/output.h"

struct recording_limits {
	int64_t		 max_age_ns;	/* whole seconds; 0: any */
	uint64_t	 max_size;	/* bytes; 0: any */
};

struct recording {
	const char	*path;		/* borrowed, for messages */
	int		 dir_fd;	/* its folder */
	/* The rest is the module's own. */
	const char	*base;		/* its name in the folder, or format */
	struct recording_limits limits;
	int64_t		 due_s;		/* when the next file is to come */
	int64_t		 again_ns;	/* CLOCK_MONOTONIC: and not before */
	char		*header;	/* first row of a file, or "" */
	size_t		 header_len;
};

/* Whether names of this format change: only then can its files be limited. */
bool	 recording_has_times(const char *path);

/*
 * Opens the folder and the file and directs out to it, whose buffer holds the
 * header row and nothing else.  The header is written into an empty file
 * only; one that starts with another header is refused; one that does not end
 * with a newline gets one.  If nothing can be written, no file with a time in
 * its name is left empty.  Returns NULL, or what is wrong in a static string.
 */
const char	*recording_open(struct recording *, const char *path,
		    const struct recording_limits *, struct output *out);

/*
 * Whether the file should be reopened: it has its size, or since it was opened
 * a multiple of its age has come, counted from the epoch, or the system's time
 * was set back to before the last one.  Not within 10 seconds of a reopening
 * that failed, or 1 of one that gave the same file.
 */
bool	 recording_is_full(const struct recording *, const struct output *out);

/*
 * Writes out what is complete and goes on in the file that now has the name.
 * If it cannot be opened, returns why, and the old file stays in use.
 */
const char	*recording_reopen(struct recording *, struct output *out);

/* Forgets the file, which output still has, and frees. */
void	 recording_release(struct recording *);

#endif
