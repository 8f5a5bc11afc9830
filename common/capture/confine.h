/*
 * confine - drops rights that a program no longer needs
 *
 * A program that reads untrusted packets runs as a user who owns nothing, and
 * can only read, wait, and write to what is open.  The kernel kills it at any
 * other system call (seccomp) and, where it has Landlock, denies it the file
 * system.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CONFINE_H
#define CONFINE_H

#include <stdbool.h>

/*
 * The means that confine_seal uses here: "seccomp, Landlock", "Landlock", or
 * "nothing".  Programs built with sanitizers, which need more rights, use none.
 */
const char	*confine_built(void);

/*
 * Drops all capabilities; root first becomes this user, with the user's groups.
 * Returns NULL, or the reason of a failure as a static string.
 */
const char	*confine_drop(const char *user);

/*
 * Confines the process for the rest of its life.  It can then write to out_fd
 * and to standard error.  In the directory dir_fd (-1: none) confine_openat
 * still works, and dup3(2) may put what it opened in the place of out_fd.
 * Returns NULL, or the reason of a failure as a static string.  Ends the
 * program with status 3 if it is Landlock that fails.
 */
const char	*confine_seal(int out_fd, int dir_fd);

/*
 * Opens a file of the directory for reading and appending, and creates it if it
 * does not exist (mode 0640).  After confine_seal, no file can be opened in
 * another way.  Symbolic links are not followed.  Returns -1 with errno set.
 */
int	 confine_openat(int dir_fd, const char *name);

#endif
