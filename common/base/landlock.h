/*
 * landlock - files that a process may open, by the kernel's Landlock
 *
 * A process makes a set of rules, allows what it needs, and enters the set for
 * the rest of its life.  The network, and sockets and signals of processes
 * outside, are closed too where the kernel knows how.
 *
 * It ends the program with status 3 where the kernel refuses, or where a
 * descriptor is missing.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef LANDLOCK_H
#define LANDLOCK_H

#include <stdbool.h>

/* Rights of Landlock: the kernel's headers may be older than the kernel. */
#define LANDLOCK_EXECUTE	(1u << 0)
#define LANDLOCK_WRITE_FILE	(1u << 1)
#define LANDLOCK_READ_FILE	(1u << 2)
#define LANDLOCK_READ_DIR	(1u << 3)
#define LANDLOCK_REMOVE_FILE	(1u << 5)
#define LANDLOCK_MAKE_FILE	(1u << 8)
#define LANDLOCK_TRUNCATE	(1u << 14)

/* Whether this kernel and build have it; no build with sanitizers has. */
bool	 landlock_is_there(void);

/*
 * Returns the descriptor of a set of rules that allows nothing, or -1 if there
 * is no Landlock here.
 */
int	 landlock_start(void);

/*
 * Allows the rights for a file, or for what is in a directory.  False if it
 * does not exist or may not be looked up.
 */
bool	 landlock_allow(int rules, const char *path, unsigned rights);

/* The same for what is open at fd; false if it cannot be told what that is. */
bool	 landlock_allow_fd(int rules, int fd, unsigned rights);

/* Confines the process by the rules, and closes them. */
void	 landlock_enter(int rules);

#endif
