/*
 * columns - columns of a table found by name
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/packetcolumns.h"
#include "base/show.h"
#include "csv/columns.h"

struct slice
columns_name(const struct csv *header, size_t column)
{
	struct slice s = header->cell[column];

	if (column > 0 || s.len < 3 || memcmp(s.at, "\xef\xbb\xbf", 3) != 0)
		return s;
	s.at += 3;
	s.len -= 3;
	/* A quote after the mark was none to the reader. */
	if (s.len >= 2 && s.at[0] == '"' && s.at[s.len - 1] == '"') {
		s.at++;
		s.len -= 2;
	}
	return s;
}

int
columns_find(const struct csv *header, const char *name)
{
	size_t i;

	for (i = 0; i < header->cells; i++)
		if (slice_is(columns_name(header, i), name))
			return (int)i;
	return -1;
}

int
columns_find_default(const char *name)
{
	static const char *const names[PACKETCOLUMNS_COUNT] = {
	    PACKETCOLUMNS };
	size_t i;

	for (i = 0; i < PACKETCOLUMNS_COUNT; i++)
		if (strcmp(names[i], name) == 0)
			return (int)i;
	return -1;
}

bool
columns_is_number(struct slice s)
{
	size_t i = 0;

	if (s.len > 1 && strchr("+-.", s.at[0]) != NULL)
		i = 1;
	return s.len > i && s.at[i] >= '0' && s.at[i] <= '9';
}

bool
columns_is_header(const struct csv *record)
{
	size_t i, names = 0;

	for (i = 0; i < record->cells; i++) {
		if (columns_is_number(record->cell[i]))
			return false;
		names += record->cell[i].len > 0;
	}
	return names > 0;
}

/* Whether a name is of another program's table of packets. */
static bool
is_foreign(struct slice name)
{
	static const char *const names[] = { "timestamp", "source",
	    "destination", "protocol", "length", "size", "src_ip", "dst_ip",
	    "ip_src", "ip_dst" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (slice_is(name, names[i]))
			return true;
	for (i = 0; i < name.len; i++)
		if (name.at[i] == '.' || name.at[i] == ' ' ||
		    (name.at[i] >= 'A' && name.at[i] <= 'Z'))
			return true;
	return false;
}

/* The delimiter of a header whose cells are not between commas, or 0. */
static char
other_delimiter(const struct csv *header)
{
	const char *at;

	if (header->cells > 1)
		return '\0';
	for (at = ";\t| "; *at != '\0'; at++)
		if (memchr(header->raw.at, *at, header->raw.len) != NULL)
			break;
	return *at;
}

/* Whether a name is that of a column and a width that is none: "src/x". */
static bool
has_bad_width(const struct csv *header, const char *name)
{
	const char *slash = strchr(name, '/');
	size_t i, n;

	if (slash == NULL)
		return false;
	n = (size_t)(slash - name);
	for (i = 0; i < header->cells; i++)
		if (header->cell[i].len == n &&
		    memcmp(header->cell[i].at, name, n) == 0)
			return true;
	return false;
}

const char *
columns_hint(const struct csv *header, const char *missing)
{
	static char hint[80];
	const struct slice name = { missing, strlen(missing) };
	char delimiter = other_delimiter(header);
	size_t i;

	if (delimiter != '\0') {
		snprintf(hint, sizeof(hint), ": the delimiter is \"%s\", "
		    "which csvclean reads", delimiter == '\t' ? "\\t" :
		    (char []){ delimiter, '\0' });
		return hint;
	}
	if (has_bad_width(header, missing))
		return ": a width is a number, as in src/24 or len/100";
	if (columns_find(header, "packets") != -1 &&
	    columns_find(header, "bytes") != -1)
		return ": this tally was made without it";
	if (packetcolumns_has(name)) {
		snprintf(hint, sizeof(hint), ": pcap2csv -e %s writes it",
		    missing);
		return hint;
	}
	for (i = 0; i < header->cells && columns_is_header(header); i++)
		if (is_foreign(header->cell[i]))
			return ": csvclean reads tables of other programs";
	return "";
}

void
columns_bad_count(struct stream *in, const struct csv *record, size_t columns)
{
	stream_bad_row(in, record->line, "row has %s, want %zu%s",
	    show_count(record->cells, "cell"), columns,
	    record->unended ? ": cut short?" : "");
}
