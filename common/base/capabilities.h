/*
 * capabilities - the privileges of root, one by one
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CAPABILITIES_H
#define CAPABILITIES_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Gives up, for good, all capabilities but those of a set of bits, such as
 * 1 << CAP_DAC_OVERRIDE.  False, with errno, if the kernel refuses.
 */
bool	 capabilities_keep(uint32_t set);

/*
 * Root becomes a user who owns nothing, without groups, and keeps its
 * capabilities until capabilities_keep.  False if it is not root, or cannot
 * (in a container without such a user); then nothing has changed but groups.
 */
bool	 capabilities_leave_root(void);

#endif
