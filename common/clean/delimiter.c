/*
 * delimiter - the character between the cells of other programs' tables
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdbool.h>
#include <string.h>

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

char
delimiter_of(const char *at, size_t n)
{
	struct split best;

	return best_of(ours, at, n, &best);
}

char
delimiter_find(struct stream *in)
{
	while (in->end - in->start < CSV_RECORD_MAX &&
	    memchr(in->buf + in->start, '\n', in->end - in->start) == NULL &&
	    stream_fill(in))
		continue;
	return delimiter_of(in->buf + in->start, in->end - in->start);
}

char
delimiter_foreign(const char *at, size_t n)
{
	struct split best;
	char which = best_of(" :^~#!/\\&@*\x01\x1e\x1f", at, n, &best);

	return best.names >= 2 ? which : '\0';
}
