/*
 * child - what a call that may end the program writes, and its status
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHILD_H
#define CHILD_H

#include <err.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"

/*
 * Runs f(arg) in a child.  What it writes on stderr, or on stdout, is in
 * text.  Returns its exit status, 128 + the signal that ended it, or -1 if
 * f returned.
 */
static inline int
run_child(void (*f)(const void *), const void *arg, int fd, char *text,
    size_t size)
{
	size_t used = 0;
	int ends[2], status;
	ssize_t n;
	pid_t pid;

	fflush(NULL);
	if (pipe(ends) == -1 || (pid = fork()) == -1)
		err(1, "child");
	if (pid == 0) {
		dup2(ends[1], fd);
		close(ends[0]);
		close(ends[1]);
		f(arg);
		_exit(99);
	}
	close(ends[1]);
	while ((n = read(ends[0], text + used, size - 1 - used)) > 0)
		used += (size_t)n;
	text[used] = '\0';
	close(ends[0]);
	if (waitpid(pid, &status, 0) == -1)
		err(1, "child");
	status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) :
	    WEXITSTATUS(status);
	return status == 99 ? -1 : status;
}

/* Two results: f(arg) ends with this status, and stderr has this text. */
static inline void
ends_with(void (*f)(const void *), const void *arg, int want,
    const char *message, const char *title)
{
	char text[1024];
	int status = run_child(f, arg, STDERR_FILENO, text, sizeof(text));

	same_int(status, want, "%s: status %d", title, want);
	same_text(text, strlen(text), message, "%s: the message", title);
}

#endif
