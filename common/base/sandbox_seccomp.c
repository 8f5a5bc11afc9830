/*
 * sandbox_seccomp - system calls that a process may not make
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include "base/sandbox.h"
#include "base/sandbox_private.h"
#include "base/sanitized.h"

/* The architecture whose numbers the compiler knows; others have no filter. */
#if defined(__x86_64__) && !defined(__ILP32__)
#define ARCH	AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH	AUDIT_ARCH_AARCH64
#elif defined(__i386__)
#define ARCH	AUDIT_ARCH_I386
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCH	AUDIT_ARCH_RISCV64
#elif defined(__s390x__)
#define ARCH	AUDIT_ARCH_S390X
#else
#define ARCH	0
#endif

/* On x86-64, numbers from here on are those of another architecture. */
#define X32_BIT		0x40000000u

/* Which calls start programs: they stand first. */
static const uint16_t refused[] = {
	SYS_execve, SYS_execveat,
#define STARTS	2
#ifdef SYS_accept
	SYS_accept,
#endif
#ifdef SYS_socketcall
	SYS_socketcall,
#endif
#ifdef SYS_chmod
	SYS_chmod, SYS_chown, SYS_lchown, SYS_link, SYS_symlink, SYS_mknod,
#endif
#ifdef SYS_setuid32
	SYS_setuid32, SYS_setgid32, SYS_setresuid32, SYS_setresgid32,
	SYS_setgroups32, SYS_chown32, SYS_lchown32,
#endif
#ifdef SYS_clock_settime64
	SYS_clock_settime64,
#endif
	SYS_socket, SYS_socketpair, SYS_bind, SYS_connect, SYS_listen,
	SYS_accept4, SYS_sendto, SYS_sendmsg, SYS_sendmmsg,
	SYS_kill, SYS_tkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo,
	SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp,
	SYS_pidfd_open, SYS_pidfd_send_signal,
	SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare,
	SYS_setns, SYS_swapon, SYS_swapoff, SYS_quotactl, SYS_acct,
	SYS_open_by_handle_at, SYS_init_module, SYS_finit_module,
	SYS_delete_module, SYS_kexec_load, SYS_bpf, SYS_perf_event_open,
	SYS_userfaultfd, SYS_keyctl, SYS_add_key, SYS_request_key,
	SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
	SYS_reboot, SYS_settimeofday, SYS_clock_settime, SYS_adjtimex,
	SYS_sethostname, SYS_setdomainname, SYS_personality, SYS_syslog,
	SYS_fchmodat, SYS_fchownat, SYS_linkat, SYS_symlinkat, SYS_mknodat,
	SYS_setuid, SYS_setgid, SYS_setresuid, SYS_setresgid, SYS_setgroups
};

#define REFUSED	(sizeof(refused) / sizeof(refused[0]))
#define AFTER	6		/* statements between these and the refusal */

/* The half of an argument that has its lower bits. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LOWER	0
#else
#define LOWER	4
#endif

bool
sandbox_has_seccomp(void)
{
	/* EFAULT: the kernel has filters, and would read one. */
	return !SANITIZED && ARCH != 0 && prctl(PR_SET_SECCOMP,
	    SECCOMP_MODE_FILTER, NULL, 0, 0) == -1 && errno == EFAULT;
}

static struct sock_filter
load(size_t offset)
{
	return (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
	    (uint32_t)offset);
}

static struct sock_filter
give(uint32_t answer)
{
	return (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, answer);
}

/* Passes over some statements unless what was loaded is n. */
static struct sock_filter
unless(uint32_t n, uint8_t over)
{
	return (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, n, 0,
	    over);
}

bool
seccomp_enter(bool runs)
{
	struct sock_filter f[REFUSED + AFTER + 7];
	struct sock_fprog program = { .filter = f };
	size_t i, n = 0, from = runs ? STARTS : 0;

	f[n++] = load(offsetof(struct seccomp_data, arch));
	f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH,
	    1, 0);
	f[n++] = give(SECCOMP_RET_KILL_PROCESS);
	f[n++] = load(offsetof(struct seccomp_data, nr));
	/* A jump to the last statement from each call that is refused. */
	f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K,
	    X32_BIT, (uint8_t)(REFUSED - from + AFTER), 0);
	for (i = from; i < REFUSED; i++)
		f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ |
		    BPF_K, refused[i], (uint8_t)(REFUSED - i - 1 + AFTER), 0);
	/*
	 * A signal to itself, to end as SIGPIPE would.  A decompressor, which
	 * has another process, does the same; gzip complains if it cannot.
	 */
	f[n++] = unless(SYS_tgkill, 4);
	f[n++] = load(offsetof(struct seccomp_data, args[0]) + LOWER);
	f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
	    (uint32_t)getpid(), 2, 0);
	f[n++] = load(offsetof(struct seccomp_data, args[2]) + LOWER);
	f[n++] = unless(runs ? SIGPIPE : UINT32_MAX, 1);
	f[n++] = give(SECCOMP_RET_ALLOW);
	f[n++] = give(SECCOMP_RET_ERRNO | EPERM);
	program.len = (unsigned short)n;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}
