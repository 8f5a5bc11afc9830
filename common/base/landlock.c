/*
 * landlock - files that a process may open, by the kernel's Landlock
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/landlock.h"
#include "base/sanitized.h"
#include "base/status.h"

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset	444
#define SYS_landlock_add_rule		445
#define SYS_landlock_restrict_self	446
#endif

/* The kernel's structures: its headers may be older than it. */
struct ruleset {
	uint64_t	files;
	uint64_t	net;		/* version 4: bind and connect */
	uint64_t	scoped;		/* version 6: sockets and signals */
};

struct __attribute__((packed)) path_rule {
	uint64_t	allowed;
	int32_t		fd;
};

#define RULE_PATH	1
#define OF_FILES	(LANDLOCK_EXECUTE | LANDLOCK_WRITE_FILE | \
			    LANDLOCK_READ_FILE | 1u << 14)
#define ASK_VERSION	1

/*
 * The number of access rights that a version has, and the size of its struct.
 * The last right, ioctls of devices, is never denied: terminals need them.
 */
static const struct {
	unsigned	file_rights;
	size_t		size;
} versions[] = {
	{ 13, 8 }, { 14, 8 }, { 15, 8 }, { 15, 16 }, { 15, 16 }, { 15, 24 }
};

#define VERSIONS	((long)(sizeof(versions) / sizeof(versions[0])))

/* The version that is used; less than 1: none. */
static long
version(void)
{
	static long cached = -2;

	if (cached == -2) {
		cached = SANITIZED ? 0 : syscall(SYS_landlock_create_ruleset,
		    NULL, 0, ASK_VERSION);
		if (cached > VERSIONS)
			cached = VERSIONS;
	}
	return cached;
}

bool
landlock_is_there(void)
{
	return version() >= 1;
}

static uint64_t
handled(void)
{
	return (UINT64_C(1) << versions[version() - 1].file_rights) - 1;
}

int
landlock_start(void)
{
	struct ruleset all = { .net = 3, .scoped = 3 };
	int fd;

	if (!landlock_is_there())
		return -1;
	all.files = handled();
	fd = (int)syscall(SYS_landlock_create_ruleset, &all,
	    versions[version() - 1].size, 0);
	if (fd == -1)
		err(STATUS_FAILED, "Landlock");
	return fd;
}

bool
landlock_allow_fd(int rules, int fd, unsigned rights)
{
	struct path_rule rule = { .fd = fd };
	struct stat st;

	if (fstat(fd, &st) == -1)
		return false;
	rule.allowed = rights & handled();
	if (!S_ISDIR(st.st_mode))
		rule.allowed &= OF_FILES;
	else if (rights & LANDLOCK_READ_DIR)
		/* An operand, which gets the message that it is a directory. */
		rule.allowed &= ~(uint64_t)LANDLOCK_READ_FILE;
	/* The kernel needs no rule for files of its own, such as pipes. */
	if (syscall(SYS_landlock_add_rule, rules, RULE_PATH, &rule, 0) == -1 &&
	    errno != EBADFD)
		err(STATUS_FAILED, "Landlock");
	return true;
}

bool
landlock_allow(int rules, const char *path, unsigned rights)
{
	int fd = open(path, O_PATH | O_CLOEXEC);
	bool done;

	/* A rule that is missing would refuse the file for no reason. */
	if (fd == -1 && (errno == EMFILE || errno == ENFILE))
		err(STATUS_FAILED, "Landlock");
	if (fd == -1)
		return false;
	done = landlock_allow_fd(rules, fd, rights);
	close(fd);
	return done;
}

void
landlock_enter(int rules)
{
	if (syscall(SYS_landlock_restrict_self, rules, 0) == -1)
		err(STATUS_FAILED, "Landlock");
	close(rules);
}
