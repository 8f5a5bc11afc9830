/*
 * newfile - a file that is replaced whole, or not at all
 *
 * What is written goes to FILE.new, which takes the place of FILE when all of
 * it is on the disk.  A reader, or a run after a crash, finds the old file or
 * the new one.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef NEWFILE_H
#define NEWFILE_H

#include <stdio.h>
#include <sys/types.h>

struct newfile {
	FILE		*to;		/* write here */
	/* The module's own. */
	const char	*path;
	char		*temporary;
};

/*
 * Opens a file that shall replace path (borrowed), with the permissions of
 * mode less the umask.  Returns NULL, or what went wrong.
 */
const char *newfile_open(struct newfile *, const char *path, mode_t mode);

/*
 * Puts the file in the place of path.  Returns NULL, or what went wrong with
 * it since newfile_open: then path is as it was.
 */
const char *newfile_close(struct newfile *);

/* Leaves path as it is; returns why. */
const char *newfile_cancel(struct newfile *, const char *why);

#endif
