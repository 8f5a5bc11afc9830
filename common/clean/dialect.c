/*
 * dialect - what the columns of other programs' packet tables mean
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/packetcolumns.h"
#include "clean/columnchoice.h"
#include "clean/dialect.h"
#include "clean/novalue.h"
#include "csv/columns.h"

_Static_assert((int)ROLES_REQUIRED == (int)PACKETCOLUMNS_COUNT,
    "the required roles are the five columns, in their order");

bool
dialect_knows(struct slice name)
{
	int place;

	return name.len > 0 &&
	    columnname_role(name, true, &place) != ROLE_EXTRA;
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

/* The same in a table of ours. */
static enum dialect_role
find_our_role(const struct dialect *d, const struct csv *header,
    size_t column, int *place)
{
	struct slice name = columns_name(header, column);
	int role;

	for (role = 0; role < (d->tally ? ROLES_NAMED : ROLES_REQUIRED); role++)
		if (slice_is(name, columnname_of((enum dialect_role)role)))
			return d->tally && role == ROLE_LEN ? ROLE_EXTRA :
			    (enum dialect_role)role;
	if (is_row_number(header, column))
		return ROLE_OMIT;
	if (d->tally)
		return ROLE_EXTRA;
	role = (int)columnname_role(name, false, place);
	if (role == ROLE_LAYER || (role >= ROLES_REQUIRED &&
	    role < ROLE_COUNT && (memchr(name.at, '.', name.len) != NULL ||
	    slice_is(name, columnname_of((enum dialect_role)role)))))
		return (enum dialect_role)role;
	return ROLE_EXTRA;
}

/* Whether the user chose another column for this role. */
static bool
is_replaced(const struct columnchoice *c, enum dialect_role role)
{
	if (role == ROLE_PACKETS)
		role = ROLE_PACKETS_WAY;
	if (role == ROLE_BYTES)
		role = ROLE_BYTES_WAY;
	return columnchoice_has(c, role);
}

/* What a column of the header is for, and its place in its list. */
static enum dialect_role
find_role(const struct dialect *d, const struct csv *header, size_t column,
    int *place)
{
	struct slice name = slice_trim(columns_name(header, column));
	const struct columnchoice_item *chosen;
	enum dialect_role role;

	*place = 0;
	if (d->ours)
		return find_our_role(d, header, column, place);
	if (d->choice != NULL) {
		chosen = columnchoice_find(d->choice, name);
		if (chosen != NULL)
			return chosen->role;
	}
	role = columnname_role(name, d->tally, place);
	if (d->choice != NULL && is_replaced(d->choice, role))
		role = ROLE_EXTRA;
	return role == ROLE_EXTRA && d->tally ? ROLE_OMIT : role;
}

enum dialect_role
dialect_role(const struct dialect *d, const struct csv *header, size_t column)
{
	int place;
	enum dialect_role role = find_role(d, header, column, &place);

	if (role == ROLE_LAYER && d->layer_is_proto)
		return ROLE_PROTO;
	if (role == ROLE_LAYER)
		return d->tally ? ROLE_OMIT : ROLE_EXTRA;
	if (role == ROLE_DURATION && d->sources[ROLE_END] == 0)
		return ROLE_END;
	return role;
}

struct slice
dialect_extra_name(const struct dialect *d, const struct csv *header,
    size_t column)
{
	struct slice name = columns_name(header, column);
	const struct columnchoice_item *chosen = d->choice == NULL ? NULL :
	    columnchoice_find(d->choice, slice_trim(name));

	return chosen == NULL ? name : (struct slice){ chosen->ours,
	    strlen(chosen->ours) };
}

/* Columns for one role in the order in which they count. */
struct sources {
	int	*column;
	size_t	*n;
	int	place[DIALECT_SOURCES];
};

/* Adds a column after those that count before it. */
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

static void
find_units(const struct dialect *d, const struct csv *header,
    enum dialect_role role, enum timecell_unit *unit)
{
	size_t i;

	for (i = 0; i < d->sources[role]; i++)
		unit[i] = columnname_unit(columns_name(header,
		    (size_t)d->source[role][i]));
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
	if (!d->ours) {
		find_units(d, header, ROLE_TIME, d->time_unit);
		find_units(d, header, ROLE_END, d->end_unit);
	}
	d->layer_is_proto = d->layers > 0 && d->sources[ROLE_PROTO] == 0;
	if (d->layer_is_proto) {
		memcpy(d->source[ROLE_PROTO], d->layer, sizeof(d->layer));
		d->sources[ROLE_PROTO] = d->layers;
	}
}

/*
 * Whether an address or the protocol has another program's name alone.  Zeek's
 * service is a protocol, but ours a port, and Zeek's addresses have its names.
 */
static bool
has_foreign_key(const struct csv *header)
{
	enum dialect_role role;
	size_t i;
	int place;

	for (i = 0; i < header->cells; i++) {
		if (slice_is(columns_name(header, i), "service"))
			continue;
		role = columnname_role(columns_name(header, i), true, &place);
		if (role >= ROLE_SRC && role <= ROLE_PROTO &&
		    columns_find(header, columnname_of(role)) == -1)
			return true;
	}
	return false;
}

/* Whether the table is ours, and whether it is a tally. */
static void
find_kind(struct dialect *d, const struct csv *header)
{
	bool packets = false, bytes = false;
	struct dialect flows = { .tally = true, .choice = d->choice };
	enum dialect_role role;
	size_t i;
	int place;

	if (d->choice == NULL) {
		d->ours = is_ours(header);
		if (columns_find(header, "packets") != -1 &&
		    columns_find(header, "bytes") != -1 &&
		    (d->ours || !has_foreign_key(header)))
			d->ours = d->tally = true;
		if (d->ours)
			return;
	}
	for (i = 0; i < header->cells; i++) {
		role = find_role(&flows, header, i, &place);
		packets |= role == ROLE_PACKETS || role == ROLE_PACKETS_WAY;
		bytes |= role == ROLE_BYTES || role == ROLE_BYTES_WAY;
		d->utc |= slice_is(slice_trim(columns_name(header, i)), "sIP");
	}
	d->tally = packets && bytes;
}

static bool
is_relative(struct slice name)
{
	return slice_is(name, "Time") || slice_is(name, "_ws.col.Time") ||
	    slice_is(name, "frame.time_relative");
}

/* Notes the columns of Wireshark and PyShark that have a special form. */
static void
find_wireshark(struct dialect *d, const struct csv *header)
{
	const int *times = d->source[ROLE_TIME];
	size_t i, wireshark = 0;
	int relative = -1;

	for (i = 0; i < header->cells; i++) {
		struct slice name = columns_name(header, i);

		wireshark += slice_is(name, "Source") ||
		    slice_is(name, "Destination");
		if (is_relative(name))
			relative = (int)i;
		if (columnname_is(name, "highestlayer"))
			d->highest = (int)i;
	}
	/* Of several, the one that counts first. */
	for (i = d->sources[ROLE_TIME]; i-- > 0;)
		if (is_relative(columns_name(header, (size_t)times[i])))
			relative = times[i];
	/* Only beside Wireshark's other names is Time Wireshark's. */
	if (wireshark >= 2 || d->fields)
		d->relative = relative;
}

bool
dialect_read(struct dialect *d, const struct csv *header)
{
	const struct columnchoice *choice = d->choice;
	size_t i, found = 0;
	bool numbers = false;
	int role;

	*d = (struct dialect){ .columns = header->cells, .highest = -1,
	    .relative = -1, .choice = choice, .zeek = header->raw.len > 8 &&
	    memcmp(header->raw.at, "#fields\t", 8) == 0 };
	if (choice != NULL && columnchoice_missing(choice, header) != NULL)
		return false;
	find_kind(d, header);
	find_sources(d, header);
	if (!d->tally)
		find_wireshark(d, header);
	for (i = 0; i < header->cells; i++)
		numbers |= columns_is_number(columns_name(header, i));
	for (role = 0; role < ROLES_REQUIRED; role++)
		found += d->sources[role] > 0;
	/* Of nfdump's sums, which are no rows. */
	if (columns_find(header, "avg_bps") != -1)
		return false;
	if (d->tally)
		return !numbers && (d->ours ? header->cells > 2 : found > 0);
	if (numbers && (d->sources[ROLE_TIME] == 0 ||
	    d->sources[ROLE_LEN] == 0))
		return false;
	return found >= 2;
}

void
dialect_trim(struct csv *header)
{
	if (header->cells < 2 || !slice_is(header->cell[0], "#fields"))
		return;
	header->cells--;
	memmove(header->cell, header->cell + 1,
	    header->cells * sizeof(header->cell[0]));
}

bool
dialect_is_note(struct dialect *d, const struct csv *c)
{
	struct slice proto;
	size_t i;

	if (d->zeek && c->raw.len > 0 && c->raw.at[0] == '#')
		return true;
	if (!d->tally || d->ours)
		return false;
	/* Below the flows, nfdump has the sums of all. */
	d->ended |= c->cells == 1 && slice_is(c->cell[0], "Summary");
	if (d->ended)
		return true;
	/* Argus counts its own records of management, too. */
	if (c->cells != d->columns || d->sources[ROLE_PROTO] == 0)
		return false;
	proto = slice_trim(c->cell[d->source[ROLE_PROTO][0]]);
	if (slice_is(proto, "man"))
		return true;
	/* So do the flow logs of VPCs times in which there was no flow. */
	for (i = 0; i < c->cells && novalue(proto); i++)
		if (slice_is(c->cell[i], "NODATA"))
			return true;
	return false;
}
