/*
 * decompress - compressed input through the system's own decompressors
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/decompress.h"
#include "base/output.h"
#include "base/sandbox.h"
#include "base/status.h"

#define MAGIC(bytes)	(bytes), sizeof(bytes) - 1

/* RFC 1952, RFC 8878, the .xz and the LZ4 frame specifications, bzip2(1). */
static const struct decompressor known[] = {
	{ MAGIC("\x1f\x8b"),			{ "gzip", "-dc", NULL } },
	{ MAGIC("\x28\xb5\x2f\xfd"),		{ "zstd", "-dcq", NULL } },
	{ MAGIC("\xfd" "7zXZ\0"),		{ "xz", "-dc", NULL } },
	{ MAGIC("BZh"),				{ "bzip2", "-dc", NULL } },
	{ MAGIC("\x04\x22\x4d\x18"),		{ "lz4", "-dc", NULL } },
};

#define KNOWN_COUNT	(sizeof(known) / sizeof(known[0]))

const struct decompressor *
decompress_detect(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < KNOWN_COUNT; i++)
		if (n >= known[i].magic_len &&
		    memcmp(p, known[i].magic, known[i].magic_len) == 0)
			return &known[i];
	return NULL;
}

/* The child ends with its parent, also where it waits for its input. */
static pid_t
fork_or_end(void)
{
	const pid_t parent = getpid();
	pid_t pid = fork();

	if (pid == -1)
		err(STATUS_FAILED, "fork");
	if (pid == 0 && (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1 ||
	    getppid() != parent))
		_exit(127);
	return pid;
}

static void
pipe_or_end(int fds[2])
{
	if (pipe2(fds, O_CLOEXEC) == -1)
		err(STATUS_FAILED, "pipe");
}

/* The feeder's end of input is its reader's trouble. */
static void
feed_bytes(int to, const char *p, size_t n)
{
	if (!output_write_all(to, p, n))
		_exit(1);
}

/* Repeats the bytes already read and then the rest of fd.  In the child. */
static _Noreturn void
feed(int fd, int to, const char *head, size_t n)
{
	char buf[65536];
	ssize_t got;

	feed_bytes(to, head, n);
	while ((got = read(fd, buf, sizeof(buf))) != 0) {
		if (got > 0)
			feed_bytes(to, buf, (size_t)got);
		else if (errno != EINTR)
			_exit(1);
	}
	_exit(0);
}

static void
start_feeder(int *fd, const char *head, size_t n)
{
	int fds[2];

	pipe_or_end(fds);
	if (fork_or_end() == 0) {
		close(fds[0]);
		feed(*fd, fds[1], head, n);
	}
	close(fds[1]);
	if (*fd != STDIN_FILENO)
		close(*fd);
	*fd = fds[0];
}

int
decompress_start(const struct decompressor *d, int fd, const char *head,
    size_t n, pid_t *child, bool *fed)
{
	char *argv[4];
	int fds[2];

	*fed = lseek(fd, -(off_t)n, SEEK_CUR) == -1;
	if (*fed)
		start_feeder(&fd, head, n);
	pipe_or_end(fds);
	*child = fork_or_end();
	if (*child == 0) {
		if (dup2(fd, STDIN_FILENO) == -1 ||
		    dup2(fds[1], STDOUT_FILENO) == -1)
			err(127, "dup2");
		/* One that ignores it complains of a reader that has enough. */
		signal(SIGPIPE, SIG_DFL);
		sandbox_decompressor();
		/* execvp takes no const, and changes nothing. */
		memcpy(argv, d->argv, sizeof(argv));
		execvp(argv[0], argv);
		err(127, "%s", d->argv[0]);
	}
	close(fds[1]);
	if (fd != STDIN_FILENO)
		close(fd);
	return fds[0];
}

static int
wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR)
			err(STATUS_FAILED, "waitpid");
	return status;
}

const char *
decompress_wait(pid_t child, bool fed, bool want_all, bool *ran)
{
	static char why[64];
	int status;

	if (!want_all && fed)
		return NULL;
	status = wait_for(child);
	*ran = WIFEXITED(status) && WEXITSTATUS(status) != 127;
	if (!want_all)
		return NULL;
	if (WIFSIGNALED(status)) {
		snprintf(why, sizeof(why), "ended by signal %d",
		    WTERMSIG(status));
		return why;
	}
	if (WEXITSTATUS(status) == 0)
		return NULL;
	if (!*ran)
		return "cannot be run, is it installed?";
	snprintf(why, sizeof(why), "failed with status %d",
	    WEXITSTATUS(status));
	return why;
}
