/*
 * extras - the columns of any dialect that follow the five of a packet row
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>

#include "base/packetcolumns.h"
#include "base/show.h"
#include "clean/extracell.h"
#include "clean/extras.h"
#include "clean/novalue.h"

void
extras_init(struct extras *x, bool no_addresses)
{
	colmap_init(&x->map, NULL);
	if (no_addresses)
		x->map.admits = packetcolumns_no_address;
	x->map.refusal = "may hold addresses";
}

void
extras_release(struct extras *x)
{
	colmap_release(&x->map);
}

/*
 * The name under which a column of this role goes out; at is NULL if it is
 * none of the extras, or not the first one of a role that several share.
 */
static struct slice
name_of(enum dialect_role role, struct slice name, bool named[ROLES_EXTRA])
{
	static const struct slice none = { NULL, 0 };

	if (role == ROLE_EXTRA)
		return name;
	if (role < ROLES_REQUIRED || role >= ROLES_EXTRA || named[role])
		return none;
	named[role] = true;
	name.at = columnname_of(role);
	name.len = strlen(name.at);
	return name;
}

void
extras_table(struct extras *x, struct stream *in, const struct dialect *d,
    const struct csv *c)
{
	struct slice name[CSV_CELLS_MAX] = { { NULL, 0 } };
	bool named[ROLES_EXTRA] = { false };
	size_t i, n = d->headerless ? ROLES_REQUIRED : c->cells;

	for (i = 0; i < n && !d->headerless; i++) {
		x->role[i] = dialect_role(d, c, i);
		name[i] = name_of(x->role[i], dialect_extra_name(d, c, i),
		    named);
	}
	colmap_names(&x->map, in, c, name, n);
}

bool
extras_in_place(const struct extras *x, const struct dialect *d)
{
	size_t i;

	for (i = 0; i < x->map.count; i++)
		if (x->map.at[i] != (int)(ROLES_REQUIRED + i) ||
		    (x->role[ROLES_REQUIRED + i] != ROLE_EXTRA &&
		    x->role[ROLES_REQUIRED + i] >= ROLE_COUNT))
			return false;
	return d->columns == ROLES_REQUIRED + x->map.count;
}

bool
extras_same(const struct extras *x, const struct csv *c)
{
	char text[EXTRACELL_TEXT_MAX];
	struct slice s;
	size_t i;

	for (i = ROLES_REQUIRED; i < c->cells; i++) {
		s = c->cell[i];
		/* 47 % fewer instructions of csvclean for rows with them. */
		if (x->role[i] < ROLE_END &&
		    extracell_is_canonical(x->role[i], s))
			continue;
		if (output_is_formula(s.at, s.len))
			return false;
		if (x->role[i] < ROLE_END && s.len > 0 &&
		    (!extracell_read(x->role[i], &s, text) ||
		    !slice_same(s, c->cell[i])))
			return false;
	}
	return true;
}

void
extras_write_names(const struct extras *x, struct output *out)
{
	size_t i;

	for (i = 0; i < x->map.count; i++) {
		output_char(out, ',');
		output_text_cell(out, x->map.name[i].at, x->map.name[i].len);
	}
}

/* The cell of a column of the table: of a role, the first with a value. */
static struct slice
value(const struct extras *x, const struct dialect *d, const struct csv *c,
    int column)
{
	enum dialect_role role = x->role[column];
	struct slice s = { "", 0 };
	size_t i;

	if (role == ROLE_EXTRA)
		return d->tally ? slice_trim(c->cell[column]) :
		    c->cell[column];
	for (i = 0; i < d->sources[role] &&
	    (i == 0 || novalue(slice_trim(s))); i++)
		s = c->cell[d->source[role][i]];
	return s;
}

void
extras_report(const struct extras *x)
{
	if (x->bad_cells > 0)
		warnx("%s of sport, dport or flags %s: passed on unchanged",
		    show_count(x->bad_cells, "cell"),
		    show_word(x->bad_cells, "is no port or TCP flags",
		    "are not ports or TCP flags"));
}

void
extras_write(struct extras *x, const struct dialect *d,
    const struct csv *c, const struct cleanrow *row, struct output *out)
{
	bool no_ports = d->tally && (row->protocol == PROTO_ICMP ||
	    row->protocol == PROTO_ICMPV6);
	char text[EXTRACELL_TEXT_MAX];
	enum dialect_role role;
	struct slice s;
	size_t i;

	for (i = 0; i < x->map.count; i++) {
		output_char(out, ',');
		if (x->map.at[i] == -1)
			continue;
		role = x->role[x->map.at[i]];
		if (role == ROLE_END && d->tally) {
			output_bytes(out, row->end.at, row->end.len);
			continue;
		}
		/* Other programs write ICMP's type and code for ports. */
		if (no_ports && (role == ROLE_SPORT || role == ROLE_DPORT))
			continue;
		s = value(x, d, c, x->map.at[i]);
		/* The sum of all further keys is no port, and need not be. */
		if (role < ROLE_END && !extracell_read(role, &s, text))
			x->bad_cells += !d->tally || !slice_is(s, "REST");
		output_text_cell(out, s.at, s.len);
	}
}
