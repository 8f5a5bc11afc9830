/*
 * delimiter - the character between the cells of other programs' tables
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "clean/delimiter.h"
#include "clean/dialect.h"
#include "csv/csv.h"

static const char ours[] = ",\t;|";

/* What the first line has between delimiters of one kind. */
struct split {
	size_t	delimiters;
	size_t	names;			/* of packet columns */
};

/* Counts the cell from at to end, without its quotes, if it is a name. */
static void
count_name(struct split *s, const char *at, const char *end)
{
	if (end - at >= 2 && *at == '"' && end[-1] == '"') {
		at++;
		end--;
	}
	s->names += dialect_knows((struct slice){ at, (size_t)(end - at) });
}

/* Splits the first line at this delimiter, as far as it is not quoted. */
static struct split
split_at(const char *at, size_t n, char delimiter)
{
	struct split s = { 0, 0 };
	size_t i, cell = 0;
	bool quoted = false;

	for (i = 0; i < n && (quoted || at[i] != '\n'); i++) {
		if (at[i] == '"')
			quoted = !quoted;
		if (quoted || at[i] != delimiter)
			continue;
		s.delimiters++;
		count_name(&s, at + cell, at + i);
		cell = i + 1;
	}
	if (i > cell && at[i - 1] == '\r')
		i--;
	count_name(&s, at + cell, at + i);
	return s;
}

/* The delimiter among these that splits the first line best. */
static char
best_of(const char *delimiters, const char *at, size_t n, struct split *best)
{
	char which = *delimiters;
	struct split s;

	*best = split_at(at, n, which);
	while (*++delimiters != '\0') {
		s = split_at(at, n, *delimiters);
		if (s.names > best->names || (s.names == best->names &&
		    s.delimiters > best->delimiters)) {
			*best = s;
			which = *delimiters;
		}
	}
	return which;
}

/*
 * A blank (tshark -E separator=/s) is in names and times, too: it is taken only
 * if it separates at least three names, or four cells, and no other character
 * separates any.
 */
char
delimiter_of(const char *at, size_t n)
{
	struct split best, blank = split_at(at, n, ' ');
	char which = best_of(ours, at, n, &best);

	if (best.delimiters == 0 && (blank.names >= 3 ||
	    (blank.names == 0 && blank.delimiters >= 4)))
		return ' ';
	return which;
}

/* The unread first line; its length includes the newline, if there is one. */
static struct slice
first_line(struct stream *in)
{
	const char *nl;
	size_t n;

	do {
		n = in->end - in->start;
		nl = memchr(in->buf + in->start, '\n', n);
	} while (nl == NULL && n < CSV_RECORD_MAX && stream_fill(in));
	n = nl == NULL ? in->end - in->start :
	    (size_t)(nl + 1 - (in->buf + in->start));
	return (struct slice){ in->buf + in->start, n };
}

char
delimiter_find(struct stream *in)
{
	struct slice line = first_line(in);

	return delimiter_of(line.at, line.len);
}

static bool
is_preamble(struct slice line)
{
	struct split best;

	if (line.at[0] == '\n' || (line.at[0] == '\r' && line.at[1] == '\n'))
		return true;
	if (line.at[0] == '#') {
		best_of(ours, line.at, line.len, &best);
		return best.names < 2;
	}
	if (line.at[0] == '"') {
		line.at++;
		line.len--;
	}
	return line.len < 10 && strncasecmp(line.at, "sep=", 4) == 0;
}

uint64_t
delimiter_skip_preamble(struct stream *in)
{
	struct slice line = first_line(in);
	uint64_t lines = 0;

	while (line.len > 0 && line.at[line.len - 1] == '\n' &&
	    is_preamble(line)) {
		in->start += line.len;
		lines++;
		line = first_line(in);
	}
	return lines;
}

char
delimiter_foreign(const char *at, size_t n)
{
	struct split best;
	char which = best_of(":^~#!/\\&@*\x01\x1e\x1f", at, n, &best);

	return best.names >= 2 ? which : '\0';
}
