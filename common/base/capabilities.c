/*
 * capabilities - the privileges of root, one by one
 *
 * SPDX-License-Identifier: ISC
 */
#include <grp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/capability.h>

#include "base/capabilities.h"

/* "nobody" of the distributions, and the kernel's for whom it cannot name. */
#define NOBODY	65534

bool
capabilities_keep(uint32_t set)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct have[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &head, have) == -1)
		return false;
	if ((have[0].permitted & ~set) == 0 && have[1].permitted == 0 &&
	    have[0].effective == have[0].permitted)
		return true;
	have[0].permitted &= set;
	have[0].effective = have[0].permitted;
	have[0].inheritable = 0;
	have[1] = (struct __user_cap_data_struct){ 0 };
	return syscall(SYS_capset, &head, have) == 0;
}

bool
capabilities_leave_root(void)
{
	return geteuid() == 0 && setgroups(0, NULL) == 0 &&
	    prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) == 0 &&
	    setresgid(NOBODY, NOBODY, NOBODY) == 0 &&
	    setresuid(NOBODY, NOBODY, NOBODY) == 0;
}
