/*
 * columns - columns of a table found by name
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/packetcolumns.h"
#include "csv/columns.h"

int
columns_find(const struct csv *header, const char *name)
{
	size_t i;

	for (i = 0; i < header->cells; i++)
		if (slice_is(header->cell[i], name))
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

void
columns_bad_count(struct stream *in, const struct csv *record, size_t columns)
{
	stream_bad_row(in, record->line, "row has %zu cell%s, want %zu%s",
	    record->cells, record->cells == 1 ? "" : "s", columns,
	    record->unended ? ": cut short?" : "");
}
