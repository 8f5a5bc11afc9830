/*
 * tally_groups - the first rows of each group of a tally
 *
 * A group has all keys whose first cells are the same.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/timestamp.h"
#include "base/xalloc.h"
#include "tally/tally_private.h"

/* An entry, its place in its group, and the text of the group's cells. */
struct member {
	const struct keytable_entry *entry;
	struct slice	 group;
	uint64_t	 rank;
	bool		 is_rest;	/* of its group: after all others */
};

struct group {
	const struct member *member;
	size_t		 members;
	struct tally_total total;
	bool		 timed;		/* its cell is a time */
	int64_t		 time_ns;
	enum tally_sort	 sort;
	uint64_t	 rank;		/* by number */
};

/* The first cells of a key, without the comma after them. */
static struct slice
first_cells(const struct keytable_entry *e, size_t cells)
{
	const char *key = keytable_key(e);
	bool quoted = false;
	size_t i;

	for (i = 0; i < e->len; i++) {
		quoted ^= key[i] == '"';
		if (key[i] == ',' && !quoted && --cells == 0)
			break;
	}
	return (struct slice){ key, i };
}

/* Whether the cells after the group's are REST and empty ones. */
static bool
is_rest(const struct keytable_entry *e, size_t group)
{
	const char *p = keytable_key(e) + group, *end = keytable_key(e) +
	    e->len;
	const size_t n = strlen("," TALLY_REST);

	if ((size_t)(end - p) < n || memcmp(p, "," TALLY_REST, n) != 0)
		return false;
	for (p += n; p < end && *p == ','; p++)
		;
	return p == end;
}

static int
compare_members(const void *va, const void *vb)
{
	const struct member *a = va, *b = vb;
	int order = slice_compare(a->group, b->group);

	if (order != 0)
		return order;
	if (a->is_rest != b->is_rest)
		return a->is_rest ? 1 : -1;
	if (a->rank != b->rank)
		return a->rank > b->rank ? -1 : 1;
	return keytable_compare(a->entry, b->entry);
}

/* Groups by time in order of time, others as their sums would be. */
static int
compare_groups(const void *va, const void *vb)
{
	const struct group *a = va, *b = vb;
	int order = 0;

	if (a->timed && b->timed && a->time_ns != b->time_ns)
		return a->time_ns > b->time_ns ? 1 : -1;
	if (a->timed != b->timed)
		return a->timed ? -1 : 1;
	if (!a->timed && a->sort == TALLY_BY_NUMBER && a->rank != b->rank)
		return a->rank > b->rank ? -1 : 1;
	if (!a->timed && a->sort == TALLY_BY_BYTES)
		order = wide_compare(b->total.bytes, a->total.bytes);
	if (!a->timed && a->sort == TALLY_BY_PACKETS)
		order = wide_compare(b->total.packets, a->total.packets);
	return order != 0 ? order :
	    slice_compare(a->member->group, b->member->group);
}

/* By number, that after the group's cells. */
static uint64_t
rank_in_group(const struct keytable_entry *e, size_t group,
    const struct tally_style *style)
{
	if (style->sort != TALLY_BY_NUMBER)
		return tally_rank(e, style);
	return group == e->len ? 0 : tally_rank_number((struct slice){
	    keytable_key(e) + group + 1, e->len - group - 1 });
}

static struct member *
list_members(const struct tally *t, const struct tally_style *style,
    const struct keytable_entry *skip, size_t *n)
{
	struct member *list = xreallocarray(NULL, t->keys.used + 1,
	    sizeof(*list));
	size_t i;

	for (i = *n = 0; i < t->keys.used; i++) {
		const struct keytable_entry *e = keytable_entry(&t->keys, i);
		struct slice group = first_cells(e, style->group);

		if (e == skip)
			continue;
		list[(*n)++] = (struct member){ e, group,
		    rank_in_group(e, group.len, style),
		    is_rest(e, group.len) };
	}
	qsort(list, *n, sizeof(*list), compare_members);
	return list;
}

/* The groups of sorted members. */
static struct group *
list_groups(const struct member *member, size_t members,
    const struct tally_style *style, size_t *n)
{
	struct group *list = xreallocarray(NULL, members + 1, sizeof(*list));
	struct group *g = NULL;
	size_t i;

	for (i = *n = 0; i < members; i++) {
		const struct member *m = &member[i];

		if (g == NULL || slice_compare(g->member->group,
		    m->group) != 0) {
			g = &list[(*n)++];
			*g = (struct group){ .member = m,
			    .sort = style->sort,
			    .rank = tally_rank_number(m->group) };
			g->timed = style->by_time && timestamp_parse_epoch(
			    m->group.at, m->group.len, &g->time_ns);
		}
		g->members++;
		tally_total_add(&g->total, &m->entry->sums);
	}
	qsort(list, *n, sizeof(*list), compare_groups);
	return list;
}

/* How many members of a group have a row of their own. */
static size_t
rows_of(const struct group *g, const struct tally_style *style)
{
	size_t rows = g->members - g->member[g->members - 1].is_rest;

	return style->top > 0 && style->top < rows ? style->top : rows;
}

/* Adds up the others; false if they exceed 2^63 - 1. */
static bool
fold_rest(const struct group *g, const struct tally_style *style,
    struct tally_rest *rest)
{
	bool fits = true;
	size_t i;

	*rest = (struct tally_rest){ .times.timed = false };
	for (i = rows_of(g, style); i < g->members; i++)
		fits &= tally_fold(rest, g->member[i].entry, style);
	return fits;
}

static void
write_group(struct output *o, const struct group *g,
    const struct tally_style *style)
{
	struct tally_rest rest;
	size_t rows = rows_of(g, style), i;

	for (i = 0; i < rows; i++)
		tally_write_entry(o, g->member[i].entry, style, &g->total);
	if (rows == g->members || style->no_rest)
		return;
	fold_rest(g, style, &rest);
	output_bytes(o, g->member->group.at, g->member->group.len);
	output_str(o, "," TALLY_REST);
	for (i = style->group + 1; i < style->columns; i++)
		output_char(o, ',');
	tally_write_rest(o, &rest, style, &g->total);
}

bool
tally_write_groups(const struct tally *t, struct output *o,
    const struct tally_style *style, const struct keytable_entry *skip)
{
	struct tally_rest rest;
	size_t members, groups, i;
	struct member *member = list_members(t, style, skip, &members);
	struct group *group = list_groups(member, members, style, &groups);
	bool fits = true;

	for (i = 0; i < groups; i++)
		fits &= fold_rest(&group[i], style, &rest);
	for (i = 0; fits && i < groups; i++)
		write_group(o, &group[i], style);
	free(group);
	free(member);
	return fits;
}
