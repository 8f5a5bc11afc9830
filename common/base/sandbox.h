/*
 * sandbox - gives up the rights that a program does not need to read its input
 *
 * After sandbox_enter, a process and its children can open only files that were
 * named before (Landlock), and cannot use the network, trace or signal other
 * processes, mount, load code into the kernel or, unless a decompressor may be
 * needed, run a program (seccomp).  Root becomes a user who owns nothing; until
 * all operands are open, and after that if files were named, it can still read
 * files of other users.  Only with files to be replaced it stays root, with the
 * privileges to do that.  What is open stays open.  What a kernel lacks is left
 * out.  Programs built with sanitizers, which need more rights, are not
 * confined.
 *
 * It ends the program with status 3 where the kernel has the means and refuses
 * to use them.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stdbool.h>

/*
 * Names a file that may be read after sandbox_enter, also if another file has
 * its name by then: the files of its directory can be opened for reading.  NULL
 * is no file.  After sandbox_enter, nothing is added.
 */
void	 sandbox_reads(const char *path);

/*
 * Names a file that will be replaced: files of its directory can be created,
 * written, removed and renamed within it.
 */
void	 sandbox_replaces(const char *path);

/*
 * Confines the process for the rest of its life.  The operands, a NULL-ended
 * vector (none: standard input), can be opened for reading; those behind the
 * first, which may have been rotated by then, also as another file in its
 * directory.  A decompressor can be run if an operand is compressed, or not a
 * regular file.
 */
void	 sandbox_enter(char *const *operands);

/* All operands are open: what was root can read no other files any more. */
void	 sandbox_opened_all(void);

/*
 * In the child that becomes a decompressor: it can read and run what belongs to
 * the system or is in a directory of PATH, and can write to no file.
 */
void	 sandbox_decompressor(void);

/* Whether this kernel and build have Landlock, and seccomp. */
bool	 sandbox_has_landlock(void);
bool	 sandbox_has_seccomp(void);

/* Whether this kernel has neither; false in a build with sanitizers. */
bool	 sandbox_is_missing(void);

#endif
