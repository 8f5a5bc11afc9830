/*
 * recording - a file of rows that others read, rotate and append to
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "capture/confine.h"
#include "capture/recording.h"

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

/* Opens the file that has the name now; returns what is wrong, or NULL. */
static const char *
open_file(const struct recording *r, int *fd, const char **first)
{
	const char *why;

	*fd = confine_openat(r->dir_fd, r->base);
	if (*fd == -1)
		return errno == ELOOP ? "a symbolic link, which is not "
		    "followed" : strerror(errno);
	why = check(r, *fd, first);
	if (why != NULL)
		close(*fd);
	return why;
}

/* Starts the rows of a file. */
static void
begin(struct output *out, const char *first)
{
	output_str(out, first);
	out->whole = out->used;
	output_flush(out);
}

const char *
recording_open(struct recording *r, const char *path, struct output *out)
{
	const char *slash = strrchr(path, '/'), *why, *first = "";
	char *dir = xstrdup(path);

	*r = (struct recording){ .path = path, .header_len = out->used,
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
	why = open_file(r, &out->fd, &first);
	if (why != NULL)
		return why;
	out->name = path;
	out->used = out->whole = 0;
	begin(out, first);
	return NULL;
}

const char *
recording_reopen(struct recording *r, struct output *out)
{
	const char *why, *first = "";
	int fd;

	output_flush(out);
	why = open_file(r, &fd, &first);
	if (why != NULL)
		return why;
	if (dup3(fd, out->fd, O_CLOEXEC) == -1)
		why = strerror(errno);
	close(fd);
	if (why == NULL)
		begin(out, first);
	return why;
}

void
recording_release(struct recording *r)
{
	close(r->dir_fd);
	free(r->header);
}
