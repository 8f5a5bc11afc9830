/*
 * extras - the columns that a filter passes on behind the five of a row
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "clean/extras.h"

/* Columns of the suite that hold no address, whoever wrote them. */
static bool
holds_no_address(struct slice name)
{
	static const char *const names[] = { "sport", "dport", "flags",
	    "vlan", "iface", "sensor", "ttl", "ip_proto", "caplen", "payload",
	    "linktype" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (slice_is(name, names[i]))
			return true;
	return false;
}

/* What column i goes out as; true if it is an extra one. */
static bool
name_column(const struct dialect *d, const struct csv *c, size_t i,
    enum dialect_role *role, struct slice *name)
{
	*name = c->cell[i];
	*role = dialect_role(d, *name);
	if (*role < ROLE_BASE || *role == ROLE_OMIT)
		return false;
	if (*role != ROLE_EXTRA) {
		name->at = dialect_name(*role);
		name->len = strlen(name->at);
	}
	return true;
}

static struct extra *
find_name(struct extras *x, struct slice name)
{
	size_t i;

	for (i = 0; i < x->count; i++)
		if (x->column[i].name.len == name.len &&
		    memcmp(x->column[i].name.at, name.at, name.len) == 0)
			return &x->column[i];
	return NULL;
}

static struct extra *
add_name(struct extras *x, struct slice name)
{
	struct extra *e = &x->column[x->count++];
	char *copy = xmalloc(name.len + 1);

	memcpy(copy, name.at, name.len);
	e->name.at = copy;
	e->name.len = name.len;
	e->column = -1;
	return e;
}

struct slice
extras_map(struct extras *x, const struct dialect *d, const struct csv *c,
    bool known_only)
{
	struct slice name, left_out = { NULL, 0 };
	enum dialect_role role;
	struct extra *e;
	size_t i;

	for (i = 0; i < x->count; i++)
		x->column[i].column = -1;
	for (i = 0; i < d->columns && !d->headerless; i++) {
		if (!name_column(d, c, i, &role, &name))
			continue;
		e = find_name(x, name);
		if (e == NULL && !x->fixed &&
		    (!known_only || holds_no_address(name)))
			e = add_name(x, name);
		if (e == NULL && left_out.at == NULL)
			left_out = name;
		else if (e != NULL && e->column == -1) {
			e->role = role;
			e->column = (int)i;
		}
	}
	if (d->headerless && d->columns > ROLE_BASE)
		left_out = c->cell[ROLE_BASE];
	x->fixed = true;
	return left_out;
}

bool
extras_in_place(const struct extras *x, const struct dialect *d)
{
	size_t i;

	for (i = 0; i < x->count; i++)
		if (x->column[i].column != (int)(ROLE_BASE + i) ||
		    x->column[i].role != ROLE_EXTRA)
			return false;
	return d->columns == ROLE_BASE + x->count;
}

void
extras_write_names(const struct extras *x, struct output *out)
{
	size_t i;

	for (i = 0; i < x->count; i++) {
		output_char(out, ',');
		output_text_cell(out, x->column[i].name.at,
		    x->column[i].name.len);
	}
}

void
extras_write(const struct extras *x, const struct dialect *d,
    const struct csv *c, struct output *out)
{
	const struct extra *e;
	struct slice s;
	size_t i;

	for (e = x->column; e < x->column + x->count; e++) {
		s.at = "";
		s.len = 0;
		if (e->column != -1 && e->role == ROLE_EXTRA)
			s = c->cell[e->column];
		else if (e->column != -1)
			for (i = 0; i < d->sources[e->role] && s.len == 0; i++)
				s = c->cell[d->source[e->role][i]];
		output_char(out, ',');
		output_text_cell(out, s.at, s.len);
	}
}
