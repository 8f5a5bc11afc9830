/*
 * hole - a program that runs code of its input: preloaded, it tries what a
 * confined one may not do when the file HOLE has been read
 *
 * Prints the names of what worked on standard error: built and loaded by
 * tests/confined.bats.
 *
 * SPDX-License-Identifier: ISC
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int
try_socket(void)
{
	return socket(AF_INET, SOCK_DGRAM, 0) != -1;
}

static int
try_read(void)
{
	return open("/etc/passwd", O_RDONLY) != -1;
}

static int
try_write(void)
{
	return open("stolen", O_WRONLY | O_CREAT, 0600) != -1;
}

static int
try_namespace(void)
{
	return unshare(CLONE_NEWUTS) == 0;
}

static int
try_signal(void)
{
	return kill(getppid(), 0) == 0;
}

static int
try_root(void)
{
	return setuid(0) == 0;
}

/* In a child: whether it ended with status 0. */
static int
in_child(int exec)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		if (exec)
			execl("/bin/true", "true", (char *)NULL);
		else if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0)
			_exit(0);
		_exit(1);
	}
	return child != -1 && waitpid(child, &status, 0) == child &&
	    WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void
try_all(void)
{
	if (try_socket())
		fputs("hole: socket\n", stderr);
	if (try_read())
		fputs("hole: read\n", stderr);
	if (try_write())
		fputs("hole: write\n", stderr);
	if (try_namespace())
		fputs("hole: namespace\n", stderr);
	if (try_signal())
		fputs("hole: signal\n", stderr);
	if (try_root())
		fputs("hole: root\n", stderr);
	if (in_child(0))
		fputs("hole: trace\n", stderr);
	if (in_child(1))
		fputs("hole: exec\n", stderr);
	fputs("hole: tried\n", stderr);
}

/* Whether fd is open on the file HOLE. */
static int
is_hole(int fd)
{
	const char *path = getenv("HOLE");
	struct stat a, b;

	return path != NULL && fstat(fd, &a) == 0 && stat(path, &b) == 0 &&
	    a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

ssize_t
read(int fd, void *buf, size_t n)
{
	static ssize_t (*real)(int, void *, size_t);
	static int tried;
	ssize_t got;

	if (real == NULL) {
		void *symbol = dlsym(RTLD_NEXT, "read");

		memcpy(&real, &symbol, sizeof(real));
	}
	got = real(fd, buf, n);
	if (!tried && got > 0 && is_hole(fd)) {
		tried = 1;
		try_all();
	}
	return got;
}
