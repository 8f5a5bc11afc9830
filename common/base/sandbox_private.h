/*
 * sandbox_private - the means of the kernel that sandbox uses
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SANDBOX_PRIVATE_H
#define SANDBOX_PRIVATE_H

#include <stdbool.h>

#include "base/sanitized.h"

/* Rights of Landlock: the kernel's headers may be older than the kernel. */
#define LANDLOCK_EXECUTE	(1u << 0)
#define LANDLOCK_WRITE_FILE	(1u << 1)
#define LANDLOCK_READ_FILE	(1u << 2)
#define LANDLOCK_READ_DIR	(1u << 3)
/* To write a file of another name and rename it. */
#define LANDLOCK_REPLACE	(LANDLOCK_WRITE_FILE | 1u << 5 | 1u << 8 | \
				    1u << 14)

/*
 * Returns the descriptor of a set of rules that allows nothing, or -1 if there
 * is no Landlock here.  Ends the program if the kernel has no descriptor left.
 */
int	 landlock_start(void);

/*
 * Allows the rights for a file, or for what is in a directory.  False if it
 * does not exist or may not be looked up.
 */
bool	 landlock_allow(int rules, const char *path, unsigned rights);

/* Confines the process by the rules, and closes them. */
void	 landlock_enter(int rules);

/*
 * Refuses system calls with EPERM, those that start processes unless runs is
 * set.  False, with errno, if the kernel refuses.
 */
bool	 seccomp_enter(bool runs);

/*
 * Gives up, for good, the capabilities of root but those that open and replace
 * files of other users.  Ends the program if the kernel refuses.
 */
void	 capabilities_drop(void);

#endif
