/*
 * rules_file - reads files of rules, and ends the program if one is bad
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/option.h"
#include "base/status.h"
#include "base/xalloc.h"
#include "detect/rules_file.h"

#define BYTES_MAX	((size_t)16 << 20)	/* of a file */

static void
parse(struct rules *set, const char *name, const char *text, size_t n)
{
	if (!rules_parse(set, text, n))
		errx(STATUS_USAGE, "%s:%zu:%zu: %s", name, set->line,
		    set->column, set->why);
}

void
rules_file_read(struct rules *set, const char *path)
{
	/* Static, so that it is reachable where a bad rule ends the program. */
	static char *text;
	size_t n = 0;
	ssize_t got;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	text = xmalloc(BYTES_MAX);
	if (fd == -1)
		err(STATUS_USAGE, "%s", path);
	while ((got = read(fd, text + n, BYTES_MAX - n)) > 0)
		n += (size_t)got;
	if (got == -1)
		err(STATUS_USAGE, "%s", path);
	if (n == BYTES_MAX)
		errx(STATUS_USAGE, "%s: over 16 MiB of rules", path);
	close(fd);
	parse(set, path, text, n);
	free(text);
	text = NULL;
}

void
rules_file_builtin(struct rules *set, const char *name)
{
	const char *text;

	text = rules_builtin(rules_builtin_names[option_word("set", name,
	    rules_builtin_names)]);
	parse(set, name, text, strlen(text));
}
