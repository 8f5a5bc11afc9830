/*
 * netlist - a file of networks or of other values
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sandbox.h"
#include "base/show.h"
#include "nets/netlist.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/*
 * A line without its comment, the blanks around what is left, and the byte
 * order mark that a file of UTF-8 may start with.
 */
static struct slice
content(const char *line, size_t n)
{
	const char *hash = memchr(line, '#', n);

	if (hash != NULL)
		n = (size_t)(hash - line);
	if (n >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0) {
		line += 3;
		n -= 3;
	}
	while (n > 0 && is_blank(line[n - 1]))
		n--;
	while (n > 0 && is_blank(line[0])) {
		line++;
		n--;
	}
	return (struct slice){ line, n };
}

/* Cell number want of a line of CSV; its quotes are left out. */
static struct slice
cell_of(struct slice line, size_t want)
{
	const char *p = line.at, *end = line.at + line.len, *start = p;
	bool quoted = false;
	size_t at = 0;

	for (; p < end; p++) {
		quoted ^= *p == '"';
		if (*p != ',' || quoted)
			continue;
		if (at++ == want)
			break;
		start = p + 1;
	}
	if (p == end && at != want)
		return (struct slice){ line.at, 0 };
	if (p - start >= 2 && *start == '"' && p[-1] == '"')
		return (struct slice){ start + 1, (size_t)(p - start) - 2 };
	return (struct slice){ start, (size_t)(p - start) };
}

/* Which cell of a header is named net; -1: it is no header of a table. */
static int
find_column(struct slice line)
{
	size_t i, cells = 1;

	for (i = 0; i < line.len; i++)
		cells += line.at[i] == ',';
	for (i = 0; i < cells; i++)
		if (slice_is(cell_of(line, i), "net"))
			return (int)i;
	return -1;
}

static const char *
add_lines(FILE *file, const char *(*add)(void *, struct slice, bool),
    void *arg, size_t *at, bool *table)
{
	static char wrong[256];
	const char *want = NULL;
	struct slice text;
	char *line = NULL;
	bool first = true;
	size_t room = 0;
	ssize_t n;
	int column = -1;

	while (want == NULL && (n = getline(&line, &room, file)) != -1) {
		++*at;
		text = content(line, (size_t)n);
		if (text.len == 0)
			continue;
		if (first) {
			first = false;
			column = find_column(text);
			*table = column != -1;
			if (*table)
				continue;
		}
		if (column != -1)
			text = cell_of(text, (size_t)column);
		want = add(arg, text, *table);
		if (want != NULL)
			snprintf(wrong, sizeof(wrong),
			    "bad value \"%s\", want %s",
			    show(text.at, text.len), want);
	}
	free(line);
	return want != NULL ? wrong : NULL;
}

const char *
netlist_read(const char *path,
    const char *(*add)(void *, struct slice, bool), void *arg, size_t *line,
    bool *table)
{
	FILE *file = fopen(path, "re");
	bool is_table = false;
	const char *error;

	sandbox_reads(path);
	*line = 0;
	if (file == NULL)
		return strerror(errno);
	error = add_lines(file, add, arg, line, &is_table);
	if (table != NULL)
		*table = is_table;
	/* Without memory getline fails, too, which is no error of the file. */
	if (error == NULL && !feof(file)) {
		*line = 0;
		error = strerror(errno);
	}
	fclose(file);
	return error;
}
