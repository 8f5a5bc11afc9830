/*
 * recording - a file of rows that others read, rotate and append to
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/timestamp.h"
#include "base/xalloc.h"
#include "capture/confine.h"
#include "capture/recording.h"

#define AGAIN_S		10	/* after a reopening that failed */

/* A time this much later, which no change of the system's time moves. */
static int64_t
in_seconds(int64_t s)
{
	return timestamp_now(CLOCK_MONOTONIC) + s * NS_PER_S;
}

bool
recording_has_times(const char *path)
{
	const char *slash = strrchr(path, '/');

	return strchr(slash == NULL ? path : slash, '%') != NULL;
}

bool
recording_is_full(const struct recording *r, const struct output *out)
{
	int64_t now = time(NULL), age_s = r->limits.max_age_ns / NS_PER_S;
	struct stat st;

	if (r->again_ns > 0 && timestamp_now(CLOCK_MONOTONIC) < r->again_ns)
		return false;
	/* The system's time may have been set back. */
	if (age_s > 0 && (now >= r->due_s || now < r->due_s - age_s))
		return true;
	return r->limits.max_size > 0 && fstat(out->fd, &st) == 0 &&
	    (uint64_t)st.st_size >= r->limits.max_size;
}

/* A format of strftime names no arguments, so that any is safe. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

/* Writes the name of a file that is opened now; false if it can be none. */
static bool
name_now(const struct recording *r, char *name, size_t size)
{
	time_t now = time(NULL);
	struct tm tm;
	size_t n = strlen(r->base);

	if (strchr(r->base, '%') != NULL)
		n = gmtime_r(&now, &tm) == NULL ? 0 :
		    strftime(name, size, r->base, &tm);
	else if (n < size)
		memcpy(name, r->base, n + 1);
	return n > 0 && n < size && strchr(name, '/') == NULL;
}

#pragma GCC diagnostic pop

/* Whether a file that is not empty starts with the header. */
static bool
has_header(const struct recording *r, int fd)
{
	char *found = xmalloc(r->header_len + 1);
	bool same = pread(fd, found, r->header_len, 0) ==
	    (ssize_t)r->header_len &&
	    memcmp(found, r->header, r->header_len) == 0;

	free(found);
	return same;
}

/*
 * Checks the open file.  Returns what is wrong, or NULL and in *first what
 * must be written before any row.
 */
static const char *
check(const struct recording *r, int fd, const char **first)
{
	struct stat st;
	char last;

	if (fstat(fd, &st) == -1)
		return strerror(errno);
	if (!S_ISREG(st.st_mode))
		return "not a regular file";
	*first = r->header;
	if (st.st_size == 0)
		return NULL;
	if (!has_header(r, fd))
		return "starts with another header";
	if (pread(fd, &last, 1, st.st_size - 1) != 1)
		return strerror(errno);
	*first = last == '\n' ? "" : "\n";
	return NULL;
}

/*
 * Opens the file that has the name now, and writes that to name, which has
 * NAME_MAX + 1 bytes.  Returns what is wrong, or NULL.
 */
static const char *
open_file(const struct recording *r, char *name, int *fd, const char **first)
{
	const char *why;

	if (!name_now(r, name, NAME_MAX + 1))
		return "not the name of a file";
	*fd = confine_openat(r->dir_fd, name);
	if (*fd == -1)
		return errno == ELOOP ? "a symbolic link, which is not "
		    "followed" : strerror(errno);
	why = check(r, *fd, first);
	if (why != NULL)
		close(*fd);
	return why;
}

/* The age of a file counts from now. */
static void
start_age(struct recording *r)
{
	int64_t age_s = r->limits.max_age_ns / NS_PER_S;

	if (age_s > 0)
		r->due_s = (time(NULL) / age_s + 1) * age_s;
}

/*
 * Writes what comes first into a file that was just opened.  If that fails, as
 * on a full disk, an empty file is empty again, and removed if its name is that
 * of this time: every new start of the program would leave another.
 */
static const char *
write_first(const struct recording *r, const char *name, int fd,
    const char *first)
{
	static char why[128];

	if (output_write_all(fd, first, strlen(first)))
		return NULL;
	snprintf(why, sizeof(why), "write: %s", strerror(errno));
	if (first == r->header && ftruncate(fd, 0) == 0 &&
	    recording_has_times(r->base))
		(void)unlinkat(r->dir_fd, name, 0);
	return why;
}

const char *
recording_open(struct recording *r, const char *path,
    const struct recording_limits *limits, struct output *out)
{
	const char *slash = strrchr(path, '/'), *why, *first = "";
	char *dir = xstrdup(path), name[NAME_MAX + 1];

	*r = (struct recording){ .path = path, .header_len = out->used,
	    .limits = *limits,
	    .base = slash == NULL ? path : slash + 1 };
	if (slash != NULL)
		dir[slash == path ? 1 : slash - path] = '\0';
	r->dir_fd = open(slash == NULL ? "." : dir,
	    O_PATH | O_DIRECTORY | O_CLOEXEC);
	free(dir);
	r->header = xcalloc(out->used + 1, 1);
	memcpy(r->header, out->buf, out->used);
	if (r->dir_fd == -1)
		return strerror(errno);
	why = open_file(r, name, &out->fd, &first);
	if (why != NULL)
		return why;
	out->name = path;
	out->used = out->whole = 0;
	start_age(r);
	return write_first(r, name, out->fd, first);
}

static bool
same_file(int a, int b)
{
	struct stat of_a, of_b;

	return fstat(a, &of_a) == 0 && fstat(b, &of_b) == 0 &&
	    of_a.st_ino == of_b.st_ino && of_a.st_dev == of_b.st_dev;
}

const char *
recording_reopen(struct recording *r, struct output *out)
{
	const char *why, *first = "";
	char name[NAME_MAX + 1];
	bool same;
	int fd;

	output_flush(out);
	r->again_ns = in_seconds(AGAIN_S);
	why = open_file(r, name, &fd, &first);
	if (why != NULL)
		return why;
	same = same_file(fd, out->fd);
	if (dup3(fd, out->fd, O_CLOEXEC) == -1)
		why = strerror(errno);
	close(fd);
	if (why != NULL)
		return why;
	start_age(r);
	/* From here on no file can be removed: see confine. */
	output_str(out, first);
	out->whole = out->used;
	output_flush(out);
	/* Another second may have another name. */
	r->again_ns = same ? in_seconds(1) : 0;
	return NULL;
}

void
recording_release(struct recording *r)
{
	close(r->dir_fd);
	free(r->header);
}
