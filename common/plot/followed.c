/*
 * followed - the lines of a file that another program writes meanwhile
 *
 * SPDX-License-Identifier: ISC
 */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plot/followed.h"

void
followed_init(struct followed *f, const char *path, bool grows)
{
	*f = (struct followed){ .path = path, .grows = grows, .fd = -1 };
}

void
followed_release(struct followed *f)
{
	if (f->fd != -1)
		close(f->fd);
	f->fd = -1;
}

/* Nothing was read of the file that is open.  A part of a line is lost. */
static void
start_anew(struct followed *f)
{
	if (f->end > f->at)
		f->damaged++;
	f->offset = 0;
	f->marked = f->line = f->at = f->end = 0;
	f->skips = f->in_nuls = false;
}

/* A named pipe without a writer is no reason to wait. */
static bool
open_file(struct followed *f)
{
	if (f->fd == -1 && f->path != NULL) {
		f->fd = open(f->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK |
		    O_NOCTTY);
		start_anew(f);
	}
	return f->fd != -1;
}

/* Whether another file has the name of the one that is open. */
static bool
is_replaced(const struct followed *f)
{
	struct stat mine, named;

	return fstat(f->fd, &mine) == 0 && stat(f->path, &named) == 0 &&
	    (mine.st_ino != named.st_ino || mine.st_dev != named.st_dev);
}

/*
 * Whether the bytes that were read last are no longer there: the file was
 * truncated, and may have grown again since.
 */
static bool
is_rewritten(const struct followed *f)
{
	char now[FOLLOWED_MARK];
	ssize_t n;

	if (f->marked == 0)
		return false;
	n = pread(f->fd, now, f->marked, f->offset - (off_t)f->marked);
	return n >= 0 && ((size_t)n < f->marked ||
	    memcmp(now, f->mark, f->marked) != 0);
}

/* Reads more behind what buf has; false if there is none. */
static bool
fill(struct followed *f)
{
	ssize_t n;

	if (is_rewritten(f)) {
		start_anew(f);
		if (lseek(f->fd, 0, SEEK_SET) == -1)
			return false;
	}
	memmove(f->buf, f->buf + f->at, f->end - f->at);
	f->end -= f->at;
	f->line = f->at = 0;
	n = read(f->fd, f->buf + f->end, sizeof(f->buf) - f->end);
	if (n <= 0)
		return false;
	f->end += (size_t)n;
	f->offset += n;
	f->marked = f->end < FOLLOWED_MARK ? f->end : FOLLOWED_MARK;
	memcpy(f->mark, f->buf + f->end - f->marked, f->marked);
	return true;
}

/* Passes over NUL bytes; several running are one place. */
static void
skip_nul(struct followed *f)
{
	if (!f->in_nuls)
		f->damaged++;
	f->in_nuls = true;
	f->skips = false;
	f->at++;
}

/* The next line in buf, or NULL; what buf is too short for is passed over. */
static char *
take_line(struct followed *f)
{
	while (f->at < f->end) {
		char *from = f->buf + f->at;
		size_t n = 0, left = f->end - f->at;

		while (n < left && from[n] != '\n' && from[n] != '\0')
			n++;
		if (n < left && from[n] == '\0') {
			f->in_nuls = f->in_nuls && n == 0;
			f->at += n;
			skip_nul(f);
			continue;
		}
		if (n == left && n < sizeof(f->buf) && !f->skips)
			return NULL;
		f->in_nuls = false;
		f->line = f->at;
		f->at += n < left ? n + 1 : n;
		if (n < left && !f->skips) {
			from[n] = '\0';
			return from;
		}
		f->damaged += f->skips ? 0 : 1;
		f->skips = n == left;
	}
	return NULL;
}

/* What is left at the end of a file that does not grow. */
static char *
take_rest(struct followed *f)
{
	if (f->grows || f->skips || f->at == f->end)
		return NULL;
	f->buf[f->end] = '\0';
	f->line = f->at;
	f->at = f->end;
	return f->buf + f->line;
}

char *
followed_line(struct followed *f)
{
	char *line;

	while (open_file(f)) {
		line = take_line(f);
		if (line != NULL)
			return line;
		if (fill(f))
			continue;
		line = take_rest(f);
		if (line != NULL || !is_replaced(f))
			return line;
		followed_release(f);
	}
	return NULL;
}

void
followed_unread(struct followed *f)
{
	if (f->at > f->line)
		f->buf[f->at - 1] = '\n';
	f->at = f->line;
}
