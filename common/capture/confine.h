/*
 * confine - give up rights that a program no longer needs
 *
 * A program that reads packets from strangers does so as a user who owns
 * nothing, and may from then on only read, wait and write what it has open.
 * A system call outside of that kills it (seccomp); the file system is closed
 * to it as well where the kernel can (Landlock).
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CONFINE_H
#define CONFINE_H

#include <stdbool.h>

/*
 * What confine_seal does here: "seccomp, Landlock", "Landlock", or "nothing".
 * Programs built with sanitizers, which need more, go without.
 */
const char	*confine_built(void);

/*
 * Drops all capabilities; root becomes this user first, in the user's groups.
 * Returns NULL, or what failed in a static string.
 */
const char	*confine_drop(const char *user);

/*
 * Confines the process for good.  It may then write to out_fd and to standard
 * error.  dir_fd is a folder in which confine_openat still works, and what it
 * opened may take the place of out_fd by dup3(2); -1 for none.  Returns NULL,
 * or what failed in a static string.
 */
const char	*confine_seal(int out_fd, int dir_fd);

/*
 * Opens a file of the folder to append to it and to read what is there, and
 * makes it if need be (mode 0640).  It is the one way to open a file after
 * confine_seal.  A link is not followed.  Returns -1 with errno.
 */
int	 confine_openat(int dir_fd, const char *name);

#endif
