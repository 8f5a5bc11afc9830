/*
 * labels - the labels of addresses, from all tables and databases of a run
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/show.h"
#include "base/xalloc.h"
#include "label/labels.h"
#include "nets/netlist.h"
#include "nets/network.h"

void
labels_release(struct labels *l)
{
	size_t i;

	for (i = 0; i < l->sources; i++) {
		if (l->source[i].table != NULL)
			labeltable_release(l->source[i].table);
		if (l->source[i].db != NULL)
			geodb_release(l->source[i].db);
		free(l->source[i].table);
		free(l->source[i].db);
	}
	netset_release(&l->local);
	*l = (struct labels){ 0 };
}

/* The column of a name, which may be new; LABELS_MAX: there are too many. */
static size_t
column_of(struct labels *l, const char *name)
{
	size_t i;

	for (i = 0; i < l->columns; i++)
		if (strcmp(l->name[i], name) == 0)
			return i;
	if (i < LABELS_MAX) {
		l->name[i] = name;
		l->columns++;
	}
	return i;
}

/* The next source, or NULL: there are too many. */
static struct labels_source *
add_source(struct labels *l, char *why)
{
	if (l->sources < LABELS_SOURCES_MAX)
		return &l->source[l->sources++];
	snprintf(why, LABEL_WHY_MAX, "over %d tables", LABELS_SOURCES_MAX);
	return NULL;
}

static bool
add_columns(struct labels *l, struct labels_source *s, char *const *label,
    size_t n, char *why)
{
	size_t i;

	for (i = 0; i < n; i++) {
		s->column[i] = column_of(l, label[i]);
		if (s->column[i] == LABELS_MAX) {
			snprintf(why, LABEL_WHY_MAX, "over %d labels",
			    LABELS_MAX);
			return false;
		}
	}
	return true;
}

bool
labels_add_table(struct labels *l, const char *spec, char *why)
{
	struct labels_source *s = add_source(l, why);

	if (s == NULL)
		return false;
	s->table = xcalloc(1, sizeof(*s->table));
	return labeltable_read(s->table, spec, why) &&
	    add_columns(l, s, s->table->label, s->table->labels, why);
}

bool
labels_add_database(struct labels *l, const char *spec, char *why)
{
	struct labels_source *s = add_source(l, why);

	if (s == NULL)
		return false;
	s->db = xcalloc(1, sizeof(*s->db));
	return geodb_open(s->db, spec, why) &&
	    add_columns(l, s, s->db->label, s->db->labels, why);
}

static const char *
add_network(void *set, struct slice text, bool of_table)
{
	(void)of_table;
	return netset_add(set, text) ? NULL : NETWORK_WANTED;
}

static bool
read_file(struct netset *set, struct slice name, char *why)
{
	char *path = xstring(name.at, name.len);
	const char *error;
	size_t line;

	error = netlist_read(path, add_network, set, &line, NULL);
	if (error != NULL && line == 0)
		snprintf(why, LABEL_WHY_MAX, "%s: %s", show_str(path), error);
	else if (error != NULL)
		snprintf(why, LABEL_WHY_MAX, "%s:%zu: %s",
		    show_str(path), line, error);
	free(path);
	return error == NULL;
}

bool
labels_add_local(struct labels *l, const char *text, char *why)
{
	const char *comma;
	struct slice part;

	for (; text != NULL; text = comma != NULL ? comma + 1 : NULL) {
		comma = strchr(text, ',');
		part = (struct slice){ text, comma != NULL ?
		    (size_t)(comma - text) : strlen(text) };
		if (part.len > 0 && text[0] == '@') {
			part.at++;
			part.len--;
			if (!read_file(&l->local, part, why))
				return false;
		} else if (!netset_add(&l->local, part)) {
			snprintf(why, LABEL_WHY_MAX, "bad network \"%s\", "
			    "want " NETWORK_WANTED ", or @FILE",
			    show(part.at, part.len));
			return false;
		}
	}
	return true;
}

void
labels_build(struct labels *l)
{
	netset_build(&l->local);
}

bool
labels_same(const struct labels *a, const struct labels *b)
{
	size_t i;

	if (a->columns != b->columns)
		return false;
	for (i = 0; i < a->columns; i++)
		if (strcmp(a->name[i], b->name[i]) != 0)
			return false;
	return true;
}

void
labels_find(const struct labels *l, const struct ipaddr *a, struct slice *cell)
{
	int best[LABELS_MAX];		/* the prefix of each column */
	struct slice found[LABELS_MAX];
	const struct labels_source *s;
	unsigned prefix;
	size_t i, column, labels;

	for (i = 0; i < l->columns; i++) {
		cell[i] = (struct slice){ "", 0 };
		best[i] = -1;
	}
	for (s = l->source; s < l->source + l->sources; s++) {
		if (s->table != NULL ?
		    !labeltable_find(s->table, a, found, &prefix) :
		    !geodb_find(s->db, a, found, &prefix))
			continue;
		labels = s->table != NULL ? s->table->labels : s->db->labels;
		for (i = 0; i < labels; i++) {
			column = s->column[i];
			if (found[i].at == NULL || (int)prefix < best[column])
				continue;
			best[column] = (int)prefix;
			cell[column] = found[i];
		}
	}
}
