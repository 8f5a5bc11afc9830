/*
 * layout - the columns of what csvclean writes: packet rows, or a tally
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/packetcolumns.h"
#include "clean/layout.h"

bool
layout_table(struct layout *l, struct stream *in, const struct dialect *d)
{
	int role;

	if (l->fixed && d->tally && !l->tally) {
		stream_warn(in, STATUS_FAILED, "this is a tally, and the rows "
		    "before were packets: convert each to a file of its own");
		return false;
	}
	if (!l->fixed) {
		l->tally = d->tally;
		for (role = 0; role < ROLES_REQUIRED; role++)
			l->has[role] = d->sources[role] > 0;
	}
	l->fixed = true;
	return true;
}

void
layout_header(const struct layout *l, struct output *o)
{
	int role;

	if (!l->tally) {
		output_str(o, PACKETCOLUMNS_HEADER);
		return;
	}
	for (role = ROLE_TIME; role <= ROLE_PROTO; role++)
		if (l->has[role]) {
			output_str(o, columnname_of((enum dialect_role)role));
			output_char(o, ',');
		}
	output_str(o, "packets,bytes");
}

void
layout_cells(const struct cleanrow *row, struct output *o)
{
	int role;

	for (role = 0; role < ROLES_REQUIRED; role++) {
		if (role > 0)
			output_char(o, ',');
		output_record(o, row->cell[role].at, row->cell[role].len);
	}
}

void
layout_row(const struct layout *l, const struct cleanrow *row,
    const struct dialect *d, struct output *o)
{
	int role;

	for (role = ROLE_TIME; role <= ROLE_PROTO; role++)
		if (!l->tally || l->has[role]) {
			output_bytes(o, row->cell[role].at,
			    row->cell[role].len);
			output_char(o, ',');
		}
	if (l->tally) {
		output_u64(o, d->tally ? row->packets : 1);
		output_char(o, ',');
	}
	if (d->tally)
		output_u64(o, row->bytes);
	else
		output_bytes(o, row->cell[ROLE_LEN].at,
		    row->cell[ROLE_LEN].len);
}
