/*
 * labels - the labels of addresses, from all tables of a run
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

	for (i = 0; i < l->tables; i++) {
		labeltable_release(l->table[i]);
		free(l->table[i]);
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

bool
labels_add_table(struct labels *l, const char *spec, char *why)
{
	struct labeltable *t;
	size_t i, column;

	if (l->tables == LABELS_TABLES_MAX) {
		snprintf(why, LABEL_WHY_MAX, "over %d tables",
		    LABELS_TABLES_MAX);
		return false;
	}
	t = l->table[l->tables++] = xcalloc(1, sizeof(*t));
	if (!labeltable_read(t, spec, why))
		return false;
	for (i = 0; i < t->labels; i++) {
		column = column_of(l, t->label[i]);
		if (column == LABELS_MAX) {
			snprintf(why, LABEL_WHY_MAX, "over %d labels",
			    LABELS_MAX);
			return false;
		}
		l->column[l->tables - 1][i] = column;
	}
	return true;
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
	char *path = xmalloc(name.len + 1);
	const char *error;
	size_t line;

	memcpy(path, name.at, name.len);
	path[name.len] = '\0';
	error = netlist_read(path, add_network, set, &line);
	if (error != NULL && line == 0)
		snprintf(why, LABEL_WHY_MAX, "%s: %s", show_str(path), error);
	else if (error != NULL)
		snprintf(why, LABEL_WHY_MAX, "%s:%zu: want %s",
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
	unsigned prefix;
	size_t i, j;

	for (i = 0; i < l->columns; i++) {
		cell[i] = (struct slice){ "", 0 };
		best[i] = -1;
	}
	for (i = 0; i < l->tables; i++) {
		if (!labeltable_find(l->table[i], a, found, &prefix))
			continue;
		for (j = 0; j < l->table[i]->labels; j++) {
			size_t column = l->column[i][j];

			if (found[j].at == NULL || (int)prefix < best[column])
				continue;
			best[column] = (int)prefix;
			cell[column] = found[j];
		}
	}
}
