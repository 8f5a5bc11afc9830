/*
 * colmap - the columns that a filter passes on, matched by name
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/packetcolumns.h"
#include "base/show.h"
#include "base/xalloc.h"
#include "csv/colmap.h"
#include "csv/columns.h"

static const char *const packet_columns[PACKETCOLUMNS_COUNT] = {
    PACKETCOLUMNS };

void
colmap_init(struct colmap *m, const char *const *added)
{
	memset(m, 0, sizeof(*m));
	m->added = added;
	m->added_at = -1;
}

void
colmap_release(struct colmap *m)
{
	size_t i;

	for (i = 0; i < m->count; i++)
		free((void *)(uintptr_t)m->name[i].at);
	m->count = 0;
}

static void
add_name(struct colmap *m, struct slice name)
{
	m->name[m->count].at = xstring(name.at, name.len);
	m->name[m->count].len = name.len;
	m->at[m->count++] = -1;
}

/* The first column of this name without a cell, or count. */
static size_t
find_free(const struct colmap *m, struct slice name)
{
	size_t i;

	for (i = 0; i < m->count; i++)
		if (m->at[i] == -1 && slice_same(m->name[i], name))
			break;
	return i;
}

static void
warn_dropped(struct colmap *m, struct stream *in, struct slice name,
    const char *why)
{
	if (!m->warned)
		stream_warn(in, STATUS_DONE, "column \"%s\" is dropped: it %s",
		    show(name.at, name.len), why);
	m->warned = true;
}

void
colmap_names(struct colmap *m, struct stream *in, const struct csv *record,
    const struct slice *name, size_t n)
{
	size_t i, j;

	for (i = 0; i < m->count; i++)
		m->at[i] = -1;
	for (j = 0; j < n; j++) {
		if (name[j].at == NULL)
			continue;
		i = find_free(m, name[j]);
		if (i == m->count && !m->fixed &&
		    (m->admits == NULL || m->admits(name[j])))
			add_name(m, name[j]);
		if (i < m->count)
			m->at[i] = (int)j;
		else
			warn_dropped(m, in, name[j], m->fixed ?
			    "is not in the first header" : m->refusal);
	}
	if (record->cells > n)
		warn_dropped(m, in, record->cell[n], "has no name");
	m->fixed = true;
	m->same = m->count == record->cells;
	for (i = 0; i < m->count; i++)
		m->same &= m->at[i] == (int)i;
}

static bool
is_added(const struct colmap *m, struct slice name)
{
	size_t i;

	for (i = 0; m->added != NULL && m->added[i] != NULL; i++)
		if (slice_is(name, m->added[i]))
			return true;
	return false;
}

void
colmap_table(struct colmap *m, struct stream *in, const struct csv *record,
    bool header)
{
	struct slice name[CSV_CELLS_MAX];
	size_t i, n = header ? record->cells : PACKETCOLUMNS_COUNT;

	m->added_at = header && m->added != NULL ?
	    columns_find(record, m->added[0]) : -1;
	for (i = 0; i < n; i++) {
		name[i] = header ? columns_name(record, i) : (struct slice){
		    packet_columns[i], strlen(packet_columns[i]) };
		if (is_added(m, name[i]))
			name[i].at = NULL;
	}
	colmap_names(m, in, record, name, n);
}

void
colmap_header(const struct colmap *m, struct output *o)
{
	size_t i;

	for (i = 0; i < m->count; i++) {
		if (i > 0)
			output_char(o, ',');
		output_text_cell(o, m->name[i].at, m->name[i].len);
	}
	if (!m->fixed)
		output_str(o, PACKETCOLUMNS_HEADER);
	for (i = 0; m->added != NULL && m->added[i] != NULL; i++) {
		if (i > 0 || m->count > 0 || !m->fixed)
			output_char(o, ',');
		output_text_cell(o, m->added[i], strlen(m->added[i]));
	}
	output_end_row(o);
}

void
colmap_write(const struct colmap *m, struct slice raw,
    const struct slice *cell, struct output *o)
{
	size_t i;

	if (colmap_is_same(m)) {
		output_record(o, raw.at, raw.len);
	} else {
		for (i = 0; i < m->count; i++) {
			if (i > 0)
				output_char(o, ',');
			if (m->at[i] != -1)
				output_cell(o, cell[m->at[i]].at,
				    cell[m->at[i]].len);
		}
	}
	if (m->added != NULL && m->count > 0)
		output_char(o, ',');
}

struct slice
colmap_added(const struct colmap *m, const struct csv *c)
{
	return m->added_at == -1 ? (struct slice){ "", 0 } :
	    c->cell[m->added_at];
}
