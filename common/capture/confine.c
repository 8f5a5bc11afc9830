/*
 * confine - drops rights that a program no longer needs
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#ifdef HAVE_SECCOMP
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <linux/if_packet.h>
#include <linux/net.h>
#include <seccomp.h>
#endif

#include "base/capabilities.h"
#include "base/landlock.h"
#include "base/sanitized.h"
#include "base/show.h"
#include "capture/confine.h"

#define OPEN_FLAGS	(O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | \
			    O_NONBLOCK | O_CLOEXEC | O_LARGEFILE)

static const char *
failed(const char *what)
{
	static char why[256];

	snprintf(why, sizeof(why), "%s: %s", what, strerror(errno));
	return why;
}

int
confine_openat(int dir_fd, const char *name)
{
	return openat(dir_fd, name, OPEN_FLAGS, 0640);
}

static const char *
become(const char *user)
{
	static char why[256];
	struct passwd *pw;

	errno = 0;
	pw = getpwnam(user);
	if (pw == NULL && errno != 0 && errno != ENOENT && errno != ESRCH)
		return failed("cannot look up the user");
	if (pw == NULL) {
		snprintf(why, sizeof(why), "no such user: \"%s\"",
		    show_str(user));
		return why;
	}
	if (initgroups(user, pw->pw_gid) == -1 ||
	    setresgid(pw->pw_gid, pw->pw_gid, pw->pw_gid) == -1 ||
	    setresuid(pw->pw_uid, pw->pw_uid, pw->pw_uid) == -1)
		return failed("cannot become another user");
	return NULL;
}

const char *
confine_drop(const char *user)
{
	const char *why = geteuid() == 0 ? become(user) : NULL;

	if (why == NULL && !capabilities_keep(0))
		why = failed("cannot drop capabilities");
#if SANITIZED
	/* The leak checker traces its own process. */
	prctl(PR_SET_DUMPABLE, 1);
#endif
	return why;
}

/* Denies the file system except the directory, if the kernel can. */
static void
close_files(int dir_fd)
{
	int rules = landlock_start();

	if (rules == -1)
		return;
	if (dir_fd != -1)
		landlock_allow_fd(rules, dir_fd, LANDLOCK_READ_FILE |
		    LANDLOCK_WRITE_FILE | LANDLOCK_MAKE_FILE);
	landlock_enter(rules);
}

#if defined(HAVE_SECCOMP) && !SANITIZED

/*
 * The system calls that are allowed with any arguments.  Those of one kind of
 * processor are ignored on another.
 */
static const int calls[] = {
	SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(close),
	SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(getsockopt),
	SCMP_SYS(getsockname),
	SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
	SCMP_SYS(ppoll_time64), SCMP_SYS(clock_gettime64),
	SCMP_SYS(futex_time64),
	SCMP_SYS(getrandom), SCMP_SYS(brk), SCMP_SYS(munmap),
	SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask), SCMP_SYS(restart_syscall),
	SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(exit),
	SCMP_SYS(exit_group)
};

#define CALLS	(sizeof(calls) / sizeof(calls[0]))

/* Those that are allowed with certain arguments; 0 if all rules were added. */
static int
add_conditional(scmp_filter_ctx f, int out_fd, int dir_fd)
{
	const uint32_t allow = SCMP_ACT_ALLOW;
	int bad = 0;

	/* Not to a capturing socket, which would send the bytes. */
	bad |= seccomp_rule_add(f, allow, SCMP_SYS(write), 1,
	    SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO));
	bad |= seccomp_rule_add(f, allow, SCMP_SYS(write), 1,
	    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)out_fd));
	/* Memory that cannot be executed. */
	bad |= seccomp_rule_add(f, allow, SCMP_SYS(mmap), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, 4, 0));
	bad |= seccomp_rule_add(f, allow, SCMP_SYS(mmap2), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, 4, 0));
	/* A signal to itself, to end as SIGPIPE would. */
	bad |= seccomp_rule_add(f, allow, SCMP_SYS(tgkill), 1,
	    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
	bad |= seccomp_rule_add(f, allow, SCMP_SYS(ioctl), 1,
	    SCMP_A1(SCMP_CMP_EQ, SIOCGIFNAME));
	bad |= seccomp_rule_add(f, allow, SCMP_SYS(ioctl), 1,
	    SCMP_A1(SCMP_CMP_EQ, SIOCGIFFLAGS));
	/* libpcap frees a ring. */
	bad |= seccomp_rule_add(f, allow, SCMP_SYS(setsockopt), 2,
	    SCMP_A1(SCMP_CMP_EQ, SOL_PACKET),
	    SCMP_A2(SCMP_CMP_EQ, PACKET_RX_RING));
#ifdef SYS_socketcall
	/* On i386 it has its arguments in memory, where no filter looks. */
	bad |= seccomp_rule_add(f, allow, SCMP_SYS(socketcall), 1,
	    SCMP_A0(SCMP_CMP_EQ, SYS_SETSOCKOPT));
#endif
	if (dir_fd == -1)
		return bad;
	bad |= seccomp_rule_add(f, allow, SCMP_SYS(openat), 2,
	    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)dir_fd),
	    SCMP_A2(SCMP_CMP_EQ, OPEN_FLAGS));
	bad |= seccomp_rule_add(f, allow, SCMP_SYS(dup3), 1,
	    SCMP_A1(SCMP_CMP_EQ, (scmp_datum_t)out_fd));
	/* fstat(2) has several names. */
	bad |= seccomp_rule_add(f, allow, SCMP_SYS(fstat), 0);
	bad |= seccomp_rule_add(f, allow, SCMP_SYS(fstat64), 0);
	bad |= seccomp_rule_add(f, allow, SCMP_SYS(statx), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH));
	bad |= seccomp_rule_add(f, allow, SCMP_SYS(newfstatat), 1,
	    SCMP_A3(SCMP_CMP_EQ, AT_EMPTY_PATH));
	return bad;
}

static const char *
filter_calls(int out_fd, int dir_fd)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int bad = f == NULL ? -ENOMEM : 0;
	size_t i;

	for (i = 0; bad == 0 && i < CALLS; i++)
		bad = seccomp_rule_add(f, SCMP_ACT_ALLOW, calls[i], 0);
	if (bad == 0)
		bad = add_conditional(f, out_fd, dir_fd);
	if (bad == 0)
		bad = seccomp_load(f);
	seccomp_release(f);
	errno = -bad;
	return bad == 0 ? NULL : failed("seccomp");
}

#define SECCOMP		"seccomp, "
#else

static const char *
filter_calls(int out_fd, int dir_fd)
{
	(void)out_fd, (void)dir_fd;
	return NULL;
}

#define SECCOMP		""
#endif

const char *
confine_built(void)
{
	return SANITIZED ? "nothing" : SECCOMP "Landlock";
}

const char *
confine_seal(int out_fd, int dir_fd)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
		return failed("cannot set no_new_privs");
	if (SANITIZED)
		return NULL;
	close_files(dir_fd);
	return filter_calls(out_fd, dir_fd);
}
