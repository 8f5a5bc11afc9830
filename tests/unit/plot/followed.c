/*
 * followed - unit test of the lines of a file that is written meanwhile
 *
 * SPDX-License-Identifier: ISC
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plot/followed.h"
#include "tap.h"

static char dir[] = "/tmp/followed.XXXXXX";
static char path[64], other[64];
static struct followed f;

/* Adds bytes to the file, or with O_TRUNC puts them in its place. */
static void
put(const char *file, int flag, const void *bytes, size_t n)
{
	int fd = open(file, O_WRONLY | O_CREAT | flag, 0600);

	if (fd == -1 || write(fd, bytes, n) != (ssize_t)n || close(fd) != 0)
		abort();
}

static void
add(const char *text)
{
	put(path, O_APPEND, text, strlen(text));
}

/* One result: the lines that there are now, with a bar behind each. */
static void
same_lines(const char *want, const char *what)
{
	char got[512] = "";
	const char *line;
	size_t n = 0;

	while ((line = followed_line(&f)) != NULL)
		n += (size_t)snprintf(got + n, sizeof(got) - n, "%s|", line);
	same_text(got, n, want, "%s", what);
}

static void
grows(void)
{
	followed_init(&f, NULL, true);
	same_lines("", "no file has no line");
	followed_init(&f, path, true);
	same_lines("", "nor has one that does not exist yet");
	add("one\n\ntwo\nthr");
	same_lines("one||two|", "lines; one without an end is waited for");
	add("ee\nfour\nfive\n");
	same_text(followed_line(&f), 5, "three", "when it has its end");
	followed_unread(&f);
	same_lines("three|four|five|", "a line can be read again");
	same_int((int64_t)f.damaged, 0, "no damage");
}

static void
is_replaced(void)
{
	add("six\nsev");
	if (rename(path, other) != 0)
		abort();
	same_lines("six|", "a file that was renamed goes on");
	put(other, O_APPEND, "en\neight\n", 9);
	add("nine\n");
	same_lines("seven|eight|nine|",
	    "until another has its name, which is read from its start");
	put(other, O_TRUNC, "ten\nele", 7);
	if (rename(other, path) != 0)
		abort();
	same_lines("ten|", "one that is renamed to it likewise");
	same_int((int64_t)f.damaged, 0, "no damage so far");
	unlink(path);
	add("twelve\n");
	same_lines("twelve|", "or made again");
	same_int((int64_t)f.damaged, 1, "a line that never ended is damage");
}

static void
is_rewritten(void)
{
	put(path, O_TRUNC, "a\n", 2);
	same_lines("a|", "a truncated file is read from its start");
	put(path, O_TRUNC, "", 0);
	same_lines("", "an empty one");
	add("b\n");
	same_lines("b|", "has lines again");
	put(path, O_TRUNC, "longer than before\nc\n", 21);
	same_lines("longer than before|c|",
	    "one that has grown again is known by its bytes");
	same_int((int64_t)f.damaged, 1, "no further damage");
}

static void
is_damaged(void)
{
	static char text[3 * FOLLOWED_MAX];

	put(path, O_APPEND, "\0\0\0d\nto\0\0rn\ne\n", 14);
	same_lines("d|rn|e|", "what follows NUL bytes is a line");
	same_int((int64_t)f.damaged, 3, "each run of them is damage");
	put(path, O_APPEND, text, sizeof(text));
	same_lines("", "many NUL bytes");
	add("f\n");
	same_lines("f|", "do not stop it");
	same_int((int64_t)f.damaged, 4, "and are one run");
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\n';
	put(path, O_APPEND, text, sizeof(text));
	add("g\n");
	same_lines("g|", "a line that is too long is skipped");
	same_int((int64_t)f.damaged, 5, "and counted, once");
	text[FOLLOWED_MAX] = '\n';
	put(path, O_APPEND, text, FOLLOWED_MAX + 1);
	same_int((int64_t)strlen(followed_line(&f)), FOLLOWED_MAX,
	    "the longest line");
	same_lines("", "is a whole one");
	followed_release(&f);
}

static void
is_small(void)
{
	put(path, O_TRUNC, "a\nb", 3);
	followed_init(&f, path, false);
	same_lines("a|b|", "in a file that does not grow, the rest is a line");
	followed_release(&f);
	unlink(path);
	if (mkfifo(path, 0600) != 0)
		abort();
	followed_init(&f, path, false);
	same_lines("", "a named pipe without a writer is not waited for");
	followed_release(&f);
}

int
main(void)
{
	if (mkdtemp(dir) == NULL)
		abort();
	snprintf(path, sizeof(path), "%s/file", dir);
	snprintf(other, sizeof(other), "%s/other", dir);
	grows();
	is_replaced();
	is_rewritten();
	is_damaged();
	is_small();
	unlink(path);
	rmdir(dir);
	return tap_done();
}
