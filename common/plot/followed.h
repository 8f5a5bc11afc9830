/*
 * followed - the lines of a file that another program writes meanwhile
 *
 * The file is opened again when another one has its name (rotated, or replaced
 * by a rename), after the last line of the one before, and read from its start
 * when it was truncated or written anew.  A line ends with a newline.  Bytes
 * that are NUL, as a file can have after a power failure, and a line of more
 * than FOLLOWED_MAX bytes are damage: what is before a NUL byte is no whole
 * line, and is skipped; what follows is read.
 *
 * A module of its own, as stream waits for input and ends with it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef FOLLOWED_H
#define FOLLOWED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define FOLLOWED_MAX	4095	/* bytes of a line */
#define FOLLOWED_MARK	64	/* bytes by which a file is known again */

struct followed {
	uint64_t	 damaged;	/* places that were skipped, so far */
	/* The rest is the module's own. */
	const char	*path;
	bool		 grows;
	int		 fd;		/* -1: it is not open */
	off_t		 offset;	/* bytes that were read of it */
	char		 mark[FOLLOWED_MARK];	/* the last of them */
	size_t		 marked;
	char		 buf[FOLLOWED_MAX + 1];
	size_t		 line, at, end;	/* in buf: the last line, the rest */
	bool		 skips;		/* until a line ends */
	bool		 in_nuls;
};

/*
 * Prepares to read a file, which need not exist yet; NULL is none.  In one that
 * grows, a last line without a newline is waited for; in another it is a line.
 * The path is borrowed.  followed_release closes the file.
 */
void	 followed_init(struct followed *, const char *path, bool grows);
void	 followed_release(struct followed *);

/*
 * Returns the next line without its newline, which is good until the next call,
 * or NULL if there is none so far.
 */
char	*followed_line(struct followed *);

/* The line that was returned last, and not changed, is the next one again. */
void	 followed_unread(struct followed *);

#endif
