/*
 * dialect - what the columns of other programs' packet tables mean
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/packetcolumns.h"
#include "base/textmagic.h"
#include "clean/delimiter.h"
#include "clean/dialect.h"
#include "clean/missing.h"
#include "csv/columns.h"

_Static_assert((int)ROLES_REQUIRED == (int)PACKETCOLUMNS_COUNT,
    "the required roles are the five columns, in their order");

bool
dialect_knows(struct slice name)
{
	int place;

	return name.len > 0 && columnname_role(name, &place) != ROLE_EXTRA;
}

static bool
is_ours(const struct csv *header)
{
	int role;

	for (role = 0; role < ROLES_REQUIRED; role++)
		if (columns_find(header,
		    columnname_of((enum dialect_role)role)) == -1)
			return false;
	return true;
}

/*
 * Whether a column only numbers the rows: pandas and R give it no name, pandas
 * reads that as "Unnamed: 0", and its reset_index names it.
 */
static bool
is_row_number(const struct csv *header, size_t column)
{
	struct slice name = columns_name(header, column);

	return name.len == 0 ||
	    (name.len > 9 && memcmp(name.at, "Unnamed: ", 9) == 0) ||
	    (column == 0 && (slice_is(name, "index") ||
	    slice_is(name, "level_0")));
}

/* What a column of the header is for, and its place in its list. */
static enum dialect_role
find_role(const struct dialect *d, const struct csv *header, size_t column,
    int *place)
{
	struct slice name = columns_name(header, column);
	int role;

	if (!d->ours)
		return columnname_role(name, place);
	for (role = 0; role < ROLES_REQUIRED; role++)
		if (slice_is(name, columnname_of((enum dialect_role)role)))
			return (enum dialect_role)role;
	if (is_row_number(header, column))
		return ROLE_OMIT;
	role = (int)columnname_role(name, place);
	if (role == ROLE_LAYER || (role >= ROLES_REQUIRED &&
	    role < ROLE_COUNT && (memchr(name.at, '.', name.len) != NULL ||
	    slice_is(name, columnname_of((enum dialect_role)role)))))
		return (enum dialect_role)role;
	return ROLE_EXTRA;
}

enum dialect_role
dialect_role(const struct dialect *d, const struct csv *header, size_t column)
{
	int place;
	enum dialect_role role = find_role(d, header, column, &place);

	if (role == ROLE_LAYER)
		return d->layer_is_proto ? ROLE_PROTO : ROLE_EXTRA;
	return role;
}

/* Columns for one role in the order in which they count. */
struct sources {
	int	*column;
	size_t	*n;
	int	place[DIALECT_SOURCES];
};

/* Adds a column behind those that count before it. */
static void
add_source(struct sources *s, int column, int place)
{
	size_t i = *s->n;

	if (i == DIALECT_SOURCES)
		return;
	for (; i > 0 && s->place[i - 1] > place; i--) {
		s->place[i] = s->place[i - 1];
		s->column[i] = s->column[i - 1];
	}
	s->place[i] = place;
	s->column[i] = column;
	++*s->n;
}

/* Notes a column of a field of a protocol: "tcp.srcport", "icmp_type". */
static void
note_field(struct dialect *d, struct slice name, int column)
{
	static const struct {
		const char	*prefix;
		enum protocol	 protocol;
	} fields[] = {
		{ "icmpv6", PROTO_ICMPV6 }, { "icmp", PROTO_ICMP },
		{ "tcp", PROTO_TCP }, { "udp", PROTO_UDP },
		{ "sctp", PROTO_SCTP },
	};
	size_t i;

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (!columnname_starts(name, fields[i].prefix))
			continue;
		if (d->field_columns < DIALECT_SOURCES) {
			d->field[d->field_columns] = column;
			d->field_of[d->field_columns++] = fields[i].protocol;
		}
		return;
	}
}

/* Finds the columns of each role. */
static void
find_sources(struct dialect *d, const struct csv *header)
{
	struct sources of[ROLE_COUNT], layer = { d->layer, &d->layers, { 0 } };
	int role, place = 0;
	size_t i;

	for (role = 0; role < ROLE_COUNT; role++)
		of[role] = (struct sources){ d->source[role],
		    &d->sources[role], { 0 } };
	for (i = 0; i < header->cells; i++) {
		struct slice name = columns_name(header, i);
		enum dialect_role r = find_role(d, header, i, &place);

		note_field(d, name, (int)i);
		if (r < ROLE_COUNT)
			add_source(&of[r], (int)i, place);
		else if (r == ROLE_LAYER)
			add_source(&layer, (int)i, place);
		else
			continue;
		d->fields |= !d->ours && memchr(name.at, '.', name.len) != NULL;
	}
	for (i = 0; i < d->sources[ROLE_TIME] && !d->ours; i++)
		d->time_unit[i] = columnname_unit(columns_name(header,
		    (size_t)d->source[ROLE_TIME][i]));
	d->layer_is_proto = d->layers > 0 && d->sources[ROLE_PROTO] == 0;
	if (d->layer_is_proto) {
		memcpy(d->source[ROLE_PROTO], d->layer, sizeof(d->layer));
		d->sources[ROLE_PROTO] = d->layers;
	}
}

bool
dialect_read(struct dialect *d, const struct csv *header)
{
	int role, relative = -1;
	size_t i, found = 0, wireshark = 0;
	bool numbers = false;

	*d = (struct dialect){ .columns = header->cells, .highest = -1,
	    .ours = is_ours(header), .relative = -1 };
	find_sources(d, header);
	for (i = 0; i < header->cells; i++) {
		struct slice name = columns_name(header, i);

		numbers |= columns_is_number(name);
		wireshark += slice_is(name, "Source") ||
		    slice_is(name, "Destination");
		if (slice_is(name, "Time") || slice_is(name, "_ws.col.Time") ||
		    slice_is(name, "frame.time_relative"))
			relative = (int)i;
		if (columnname_is(name, "highestlayer"))
			d->highest = (int)i;
	}
	/* Only beside Wireshark's other names is Time Wireshark's. */
	if (wireshark == 2 || d->fields)
		d->relative = relative;
	for (role = 0; role < ROLES_REQUIRED; role++)
		found += d->sources[role] > 0;
	if (numbers && (d->sources[ROLE_TIME] == 0 ||
	    d->sources[ROLE_LEN] == 0))
		return false;
	return found >= 2;
}

void
dialect_headerless(struct dialect *d)
{
	int role;

	*d = (struct dialect){ .columns = ROLES_REQUIRED, .ours = true,
	    .headerless = true, .relative = -1, .highest = -1 };
	for (role = 0; role < ROLES_REQUIRED; role++) {
		d->source[role][0] = role;
		d->sources[role] = 1;
	}
}

enum dialect_start
dialect_open(struct stream *in, struct csv *c, struct dialect *d)
{
	stream_utf16(in);
	csv_start(c, ',');
	if (textmagic_refuse(in))
		return DIALECT_NONE;
	csv_resume(c, 1 + delimiter_skip_preamble(in));
	c->delimiter = delimiter_find(in);
	return dialect_retry(in, c, d);
}

/* The first of the five columns that a header lacks, or ROLES_REQUIRED. */
static enum dialect_role
find_missing(const struct dialect *d)
{
	int role;

	for (role = 0; role < ROLES_REQUIRED; role++)
		if (d->sources[role] == 0)
			break;
	return (enum dialect_role)role;
}

enum dialect_start
dialect_retry(struct stream *in, struct csv *c, struct dialect *d)
{
	enum csv_result result = csv_read(c);
	enum dialect_role missing;

	if (result != CSV_RECORD)
		return result == CSV_BAD ? DIALECT_BAD : DIALECT_NONE;
	/* Names, but of too few columns: a table of something else. */
	if (dialect_read(d, c) || columns_is_header(c)) {
		missing = find_missing(d);
		if (missing == ROLES_REQUIRED)
			return DIALECT_HEADER;
		missing_warn(in, c, missing);
		return DIALECT_NONE;
	}
	dialect_headerless(d);
	/* Without -E header=y, tshark writes no header, and tabs. */
	d->fields = c->delimiter != ',';
	if (c->cells > ROLES_REQUIRED)
		d->columns = c->cells;
	return DIALECT_ROW;
}
