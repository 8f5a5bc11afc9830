/*
 * table - the start of a packet table of any dialect
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/show.h"
#include "clean/table.h"
#include "csv/columns.h"

/* Fills the block until it has the operand's first line, or all it may have. */
static char
find_delimiter(struct stream *in)
{
	while (in->end - in->start < CSV_RECORD_MAX &&
	    memchr(in->buf + in->start, '\n', in->end - in->start) == NULL &&
	    stream_fill(in))
		continue;
	return dialect_delimiter(in->buf + in->start, in->end - in->start);
}

static void
warn_missing(struct stream *in, const struct csv *c, enum dialect_role role)
{
	stream_warn(in, STATUS_FAILED, "no column \"%s\" in the header "
	    "\"%s\"%s", dialect_name(role), show(c->raw.at, c->raw.len),
	    columns_find(c, "packets") == -1 ? "" :
	    " (of a tally? want packet rows)");
}

enum table_start
table_start(struct stream *in, struct csv *c, struct dialect *d)
{
	csv_start(c, find_delimiter(in));
	return table_restart(in, c, d);
}

enum table_start
table_restart(struct stream *in, struct csv *c, struct dialect *d)
{
	enum csv_result result = csv_read(c);
	int role;

	if (result != CSV_RECORD)
		return result == CSV_BAD ? TABLE_BAD : TABLE_NONE;
	if (dialect_read(d, c)) {
		for (role = 0; role < ROLE_BASE; role++)
			if (d->sources[role] == 0)
				break;
		if (role == ROLE_BASE)
			return TABLE_HEADER;
		warn_missing(in, c, (enum dialect_role)role);
		return TABLE_NONE;
	}
	/* Names, but of nothing that is wanted: a table of something else. */
	if (columns_is_header(c)) {
		warn_missing(in, c, ROLE_TIME);
		return TABLE_NONE;
	}
	dialect_headerless(d);
	if (c->cells > ROLE_BASE)
		d->columns = c->cells;
	return TABLE_ROW;
}
