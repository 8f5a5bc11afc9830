/*
 * sandbox: what a confined process can open, write and run
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sandbox.h"
#include "base/sanitized.h"
#include "child.h"
#include "tap.h"

/* Operands are not const. */
static char in_a[] = "in/a", in_later[] = "in/later", gone_b[] = "gone/b";
static char named_pipe[] = "pipe", name_of_true[] = "true";

/* The errno of an attempt to open a file, or 0. */
static int
opened(const char *path, int flags)
{
	int fd = open(path, flags, 0600);

	if (fd == -1)
		return errno;
	close(fd);
	return 0;
}

static void
want(const char *what, int got, int wanted)
{
	if (got != wanted)
		fprintf(stderr, "%s: %d, want %d\n", what, got, wanted);
}

static void
make(const char *path)
{
	FILE *f = fopen(path, "w");

	if (f == NULL || fputs("row\n", f) == EOF || fclose(f) == EOF)
		exit(1);
}

static void
files(const void *arg)
{
	char *operands[] = { in_a, in_later, gone_b, NULL };

	(void)arg;
	sandbox_reads("tables/t");
	sandbox_replaces("kept/state");
	sandbox_enter(operands);
	sandbox_reads("other/c");
	want("an operand", opened("in/a", O_RDONLY), 0);
	want("an operand, written", opened("in/a", O_WRONLY), EACCES);
	want("what a later operand was rotated to",
	    opened("in/rotated", O_RDONLY), 0);
	want("an operand that is missing", opened("gone/b", O_RDONLY), ENOENT);
	want("a file that was named", opened("tables/t", O_RDONLY), 0);
	want("another of its directory", opened("tables/u", O_RDONLY), 0);
	want("another, written", opened("tables/u", O_WRONLY), EACCES);
	want("a file named too late", opened("other/c", O_RDONLY), EACCES);
	want("a new file", opened("in/new", O_WRONLY | O_CREAT), EACCES);
	want("a file to be replaced",
	    opened("kept/state.new", O_WRONLY | O_CREAT | O_TRUNC), 0);
	want("rename", rename("kept/state.new", "kept/state"), 0);
	want("unlink in/a", unlink("in/a") == -1 ? errno : 0, EACCES);
}

static void
one_operand(const void *arg)
{
	char *operands[] = { in_a, NULL };

	(void)arg;
	sandbox_enter(operands);
	want("the operand", opened("in/a", O_RDONLY), 0);
	want("its neighbour", opened("in/rotated", O_RDONLY), EACCES);
}

static void
calls(const void *arg)
{
	char *plain[] = { in_a, NULL };
	char *const none[] = { NULL };

	(void)arg;
	sandbox_enter(plain);
	want("socket", socket(AF_INET, SOCK_STREAM, 0) == -1 ? errno : 0,
	    EPERM);
	want("chroot", chroot("/") == -1 ? errno : 0, EPERM);
	want("setuid", setuid(getuid()) == -1 ? errno : 0, EPERM);
	want("chown", chown("in/a", getuid(), getgid()) == -1 ? errno : 0,
	    EPERM);
	want("exec", execve("/bin/true", none, none) == -1 ? errno : 0, EPERM);
}

/* A pipe may hold compressed rows. */
static void
runs(const void *arg)
{
	char *const argv[] = { name_of_true, NULL };
	char *operands[] = { named_pipe, NULL };

	(void)arg;
	sandbox_enter(operands);
	sandbox_decompressor();
	want("an operand, in a decompressor", opened("in/a", O_RDONLY),
	    EACCES);
	want("/dev/null", opened("/dev/null", O_WRONLY), 0);
	execv("/bin/true", argv);
	want("exec", errno, 0);
}

/* Whether a program has the word size of this one. */
static bool
is_alike(const char *path)
{
	char class = 0;
	int fd = open(path, O_RDONLY);

	/* The byte behind "\177ELF" is 1 for 32 bits, 2 for 64. */
	if (fd == -1 || pread(fd, &class, 1, 4) != 1)
		exit(1);
	close(fd);
	return class == (sizeof(void *) == 8 ? 2 : 1);
}

static void
lay_out(void)
{
	static const char *const dirs[] = { "in", "tables", "kept", "other" };
	static const char *const paths[] = { "in/a", "in/later", "in/rotated",
	    "tables/t", "tables/u", "kept/state", "other/c" };
	char dir[] = "/tmp/sandbox.XXXXXX";
	size_t i;

	if (mkdtemp(dir) == NULL || chdir(dir) == -1 ||
	    mkfifo("pipe", 0600) == -1)
		exit(1);
	for (i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++)
		if (mkdir(dirs[i], 0700) == -1)
			exit(1);
	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		make(paths[i]);
}

int
main(void)
{
	char text[4096], here[4096], command[4200];

	if (getcwd(here, sizeof(here)) == NULL)
		return 1;
	lay_out();
	if (SANITIZED) {
		ok(!sandbox_has_landlock() && !sandbox_has_seccomp(),
		    "programs built with sanitizers are not confined");
	} else {
		ends_with(files, NULL, -1, "", "files");
		ends_with(one_operand, NULL, -1, "", "one operand");
		ends_with(calls, NULL, -1, "", "system calls");
		same_int(run_child(runs, NULL, STDERR_FILENO, text,
		    sizeof(text)), is_alike("/bin/true") ? 0 : 128 + SIGSYS,
		    "a decompressor can be run, but for one of other words");
		same_text(text, strlen(text), "", "it says nothing");
	}
	if (getcwd(here, sizeof(here)) == NULL)
		return 1;
	snprintf(command, sizeof(command), "rm -r '%s'", here);
	ok(system(command) == 0, "nothing is left");
	return tap_done();
}
