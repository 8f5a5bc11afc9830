/*
 * sandbox_capabilities - the privileges of root that reading a file needs
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/sandbox_private.h"
#include "base/status.h"

/* Files of other users, and names of theirs in a sticky directory. */
#define KEPT	(1U << CAP_DAC_OVERRIDE | 1U << CAP_DAC_READ_SEARCH | \
		    1U << CAP_FOWNER)

void
capabilities_drop(void)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct set[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &head, set) == -1)
		err(STATUS_FAILED, "capget");
	if ((set[0].permitted & ~KEPT) == 0 && set[1].permitted == 0)
		return;
	set[0].permitted &= KEPT;
	set[0].effective &= KEPT;
	set[0].inheritable = 0;
	set[1] = (struct __user_cap_data_struct){ 0 };
	if (syscall(SYS_capset, &head, set) == -1)
		err(STATUS_FAILED, "cannot drop privileges");
}
