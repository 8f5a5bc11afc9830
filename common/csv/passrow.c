/*
 * passrow - rows passed on as they are, with one more column
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/packetcolumns.h"
#include "base/xalloc.h"
#include "csv/columns.h"
#include "csv/passrow.h"

static const char *const packet_columns[PACKETCOLUMNS_COUNT] = {
    PACKETCOLUMNS };

void
passrow_init(struct passrow *p, const char *added)
{
	memset(p, 0, sizeof(*p));
	p->added = added;
	p->added_at = -1;
}

void
passrow_release(struct passrow *p)
{
	size_t i;

	for (i = 0; i < p->count; i++)
		free((void *)(uintptr_t)p->name[i].at);
}

static void
add_name(struct passrow *p, const char *at, size_t n)
{
	char *copy = xmalloc(n + 1);

	memcpy(copy, at, n);
	p->name[p->count].at = copy;
	p->name[p->count++].len = n;
}

/* Takes the columns of the first table. */
static void
fix(struct passrow *p, const struct csv *c, bool header)
{
	size_t i;

	p->fixed = true;
	for (i = 0; header && i < c->cells; i++)
		if (!slice_is(c->cell[i], p->added))
			add_name(p, c->cell[i].at, c->cell[i].len);
	for (i = 0; !header && i < PACKETCOLUMNS_COUNT; i++)
		add_name(p, packet_columns[i], strlen(packet_columns[i]));
}

/* The index of one of the columns in this table, or -1. */
static int
find(const struct passrow *p, const struct csv *c, bool header, size_t column)
{
	struct slice name = p->name[column];
	size_t i, n = header ? c->cells : PACKETCOLUMNS_COUNT;
	struct slice other;

	for (i = 0; i < n; i++) {
		other = header ? c->cell[i] : (struct slice){
		    packet_columns[i], strlen(packet_columns[i]) };
		if (other.len == name.len &&
		    memcmp(other.at, name.at, name.len) == 0)
			return (int)i;
	}
	return -1;
}

struct slice
passrow_table(struct passrow *p, const struct csv *c, bool header)
{
	struct slice left_out = { NULL, 0 };
	bool used[CSV_CELLS_MAX] = { false };
	size_t i;

	if (!p->fixed)
		fix(p, c, header);
	p->added_at = header ? columns_find(c, p->added) : -1;
	if (p->added_at != -1)
		used[p->added_at] = true;
	p->same = p->count == c->cells;
	for (i = 0; i < p->count; i++) {
		/* A name that comes twice is matched in its own order. */
		p->at[i] = i < c->cells && header && !used[i] &&
		    c->cell[i].len == p->name[i].len && memcmp(c->cell[i].at,
		    p->name[i].at, p->name[i].len) == 0 ? (int)i :
		    find(p, c, header, i);
		p->same &= p->at[i] == (int)i;
		if (p->at[i] != -1)
			used[p->at[i]] = true;
	}
	for (i = 0; i < c->cells && left_out.at == NULL; i++)
		if (!used[i])
			left_out = c->cell[i];
	return left_out;
}

void
passrow_header(const struct passrow *p, struct output *o)
{
	size_t i;

	for (i = 0; i < p->count; i++) {
		output_text_cell(o, p->name[i].at, p->name[i].len);
		output_char(o, ',');
	}
	for (i = 0; !p->fixed && i < PACKETCOLUMNS_COUNT; i++) {
		output_str(o, packet_columns[i]);
		output_char(o, ',');
	}
	output_str(o, p->added);
	output_end_row(o);
}

void
passrow_write(const struct passrow *p, const struct csv *c, struct output *o)
{
	size_t i;

	if (p->same && p->added_at == -1) {
		char *to = output_room(o, c->raw.len + 1);

		memcpy(to, c->raw.at, c->raw.len);
		to[c->raw.len] = ',';
		o->used += c->raw.len + 1;
		return;
	}
	for (i = 0; i < p->count; i++) {
		if (p->at[i] != -1)
			output_cell(o, c->cell[p->at[i]].at,
			    c->cell[p->at[i]].len);
		output_char(o, ',');
	}
}

struct slice
passrow_added(const struct passrow *p, const struct csv *c)
{
	return p->added_at == -1 ? (struct slice){ "", 0 } :
	    c->cell[p->added_at];
}
