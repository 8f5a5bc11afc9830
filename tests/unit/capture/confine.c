/*
 * confine - unit test: what a confined process can do, and what kills it
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/if_packet.h>

#include "capture/confine.h"
#include "tap.h"

static int folder = -1;		/* where a recording is */
static int sink = -1;		/* the output */
static int wire = -1;		/* a socket */

/* Runs what a confined child does; returns its wait status. */
static int
confined(int dir_fd, int (*act)(void))
{
	pid_t child = fork();
	int status = -1;

	if (child == 0) {
		if (confine_seal(sink, dir_fd) != NULL)
			_exit(99);
		_exit(act());
	}
	waitpid(child, &status, 0);
	return status;
}

/* Whether it was killed for a forbidden call, where that is built in. */
static bool
killed(int status)
{
	if (strstr(confine_built(), "seccomp") == NULL)
		return WIFEXITED(status) && WEXITSTATUS(status) != 99;
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
}

static int
write_a_row(void)
{
	char *p = malloc(1 << 22);

	memset(p, 'x', 1 << 22);
	free(p);
	return write(sink, "row\n", 4) == 4 ? 0 : 1;
}

/* As libpcap does at the end; any socket will do. */
static int
free_a_ring(void)
{
	struct tpacket_req none = { .tp_block_size = 0 };

	(void)setsockopt(wire, SOL_PACKET, PACKET_RX_RING, &none,
	    sizeof(none));
	return 0;
}

static int
open_a_file(void)
{
	return open("/etc/passwd", O_RDONLY) == -1;
}

static int
open_a_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) == -1;
}

static int
run_a_program(void)
{
	static char *const argv[] = { NULL };

	return execve("/bin/true", argv, argv);
}

static int
start_a_process(void)
{
	return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) == -1;
}

static int
write_elsewhere(void)
{
	return write(folder, "x", 1) == 1;
}

#ifndef SYS_mmap2
#define SYS_mmap2	SYS_mmap
#endif

static int
make_code(void)
{
	return syscall(SYS_mmap2, NULL, 4096, 7, 0x22, -1, 0) == -1;
}

static int
signal_another(void)
{
	return kill(1, 0);
}

static int
open_a_recording(void)
{
	int fd = confine_openat(folder, "rows.csv");
	struct stat st;

	return fd != -1 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    dup3(fd, sink, O_CLOEXEC) == sink && write(sink, "r\n", 2) == 2 ?
	    0 : 1;
}

/* A name that leads out of the folder: Landlock's to refuse. */
static int
leave_the_folder(void)
{
	int fd = confine_openat(folder, "../outside.csv");

	return fd == -1 && errno == EACCES ? 0 : 2;
}

static int
follow_a_link(void)
{
	return confine_openat(folder, "link") == -1 && errno == ELOOP ? 0 : 1;
}

static void
test_killed(void)
{
	ok(confined(-1, write_a_row) == 0,
	    "a confined process takes memory and writes its output");
	ok(confined(-1, free_a_ring) == 0, "it frees a ring of packets");
	ok(killed(confined(-1, open_a_file)), "opening a file kills it");
	ok(killed(confined(-1, open_a_socket)), "so does a socket");
	ok(killed(confined(-1, run_a_program)), "another program");
	ok(killed(confined(-1, start_a_process)), "another process");
	ok(killed(confined(-1, write_elsewhere)),
	    "a write to anything but its output");
	ok(killed(confined(-1, make_code)), "memory to execute");
	ok(killed(confined(-1, signal_another)),
	    "a signal to another process");
	ok(killed(confined(-1, open_a_recording)),
	    "a recording, if it has none");
}

/* Whether this kernel and this build have Landlock. */
static bool
has_landlock(void)
{
#ifdef SYS_landlock_create_ruleset
	return strstr(confine_built(), "Landlock") != NULL &&
	    syscall(SYS_landlock_create_ruleset, NULL, 0, 1) >= 1;
#else
	return false;
#endif
}

static void
test_recording(void)
{
	int status;

	ok(confined(folder, open_a_recording) == 0,
	    "with a recording it opens that anew");
	ok(killed(confined(folder, open_a_file)),
	    "but opening another file kills it still");
	ok(confined(folder, follow_a_link) == 0, "a link is not followed");
	status = confined(folder, leave_the_folder);
	ok(WIFEXITED(status) && WEXITSTATUS(status) ==
	    (has_landlock() ? 0 : 2), "Landlock keeps it in the folder");
}

/* As root: whom it becomes, and that there is no way back. */
static void
test_drop(void)
{
	bool root = geteuid() == 0;
	pid_t child = fork();
	int status = -1;

	if (child == 0) {
		if (confine_drop("nobody") != NULL)
			_exit(1);
		if (root && (getuid() == 0 || getgid() == 0 ||
		    setuid(0) == 0 || getgroups(0, NULL) > 1))
			_exit(2);
		_exit(socket(AF_PACKET, SOCK_RAW, 0) == -1 ? 0 : 3);
	}
	waitpid(child, &status, 0);
	same_int(status, 0, "root becomes nobody, without any capability");
	ok(!root || strcmp(confine_drop("no such"), "no such user: "
	    "\"no such\"") == 0, "a user that is not there is an error");
}

int
main(void)
{
	char path[] = "/tmp/pktpipe-confine." "XX" "XX" "XX", name[64];

	if (mkdtemp(path) == NULL)
		return 1;
	snprintf(name, sizeof(name), "%s/in", path);
	if (mkdir(name, 0777) == -1)
		return 1;
	folder = open(name, O_PATH | O_DIRECTORY);
	if (symlinkat("/etc/passwd", folder, "link") == -1)
		return 1;
	sink = open("/dev/null", O_WRONLY);
	wire = socket(AF_INET, SOCK_DGRAM, 0);
	test_killed();
	test_recording();
	test_drop();
	unlinkat(folder, "link", 0);
	unlinkat(folder, "rows.csv", 0);
	unlinkat(folder, "../outside.csv", 0);
	rmdir(name);
	rmdir(path);
	return tap_done();
}
