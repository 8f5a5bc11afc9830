/*
 * newfile - a file that is replaced whole, or not at all
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/newfile.h"
#include "base/xalloc.h"

/* Forgets the file; returns why, as text. */
static const char *
give_up(struct newfile *n, int why)
{
	unlink(n->temporary);
	free(n->temporary);
	return strerror(why);
}

const char *
newfile_open(struct newfile *n, const char *path, mode_t mode)
{
	size_t size = strlen(path) + sizeof(".new");
	int fd, why;

	n->path = path;
	n->temporary = xmalloc(size);
	snprintf(n->temporary, size, "%s.new", path);
	fd = open(n->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW |
	    O_CLOEXEC, mode);
	if (fd == -1) {
		free(n->temporary);
		return strerror(errno);
	}
	n->to = fdopen(fd, "w");
	if (n->to != NULL)
		return NULL;
	why = errno;
	close(fd);
	return give_up(n, why);
}

const char *
newfile_cancel(struct newfile *n, const char *why)
{
	fclose(n->to);
	give_up(n, 0);
	return why;
}

const char *
newfile_close(struct newfile *n)
{
	int why = 0;

	if (fflush(n->to) == EOF || ferror(n->to) ||
	    fsync(fileno(n->to)) == -1)
		why = errno;
	if (fclose(n->to) == EOF && why == 0)
		why = errno;
	if (why == 0 && rename(n->temporary, n->path) == -1)
		why = errno;
	if (why != 0)
		return give_up(n, why);
	free(n->temporary);
	return NULL;
}
