/*
 * sandbox_private - the system calls that sandbox refuses
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SANDBOX_PRIVATE_H
#define SANDBOX_PRIVATE_H

#include <stdbool.h>

/*
 * Refuses system calls with EPERM, those that start processes unless runs is
 * set.  False, with errno, if the kernel refuses.
 */
bool	 seccomp_enter(bool runs);

#endif
