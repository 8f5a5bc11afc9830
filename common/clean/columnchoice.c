/*
 * columnchoice - the columns that the user chooses: time=ts,src=sa
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>

#include "base/option.h"
#include "base/show.h"
#include "base/status.h"
#include "clean/columnchoice.h"
#include "clean/dialect.h"
#include "csv/columns.h"

/* How many columns have this role. */
static size_t
count_of(const struct columnchoice *c, enum dialect_role role)
{
	size_t i, n = 0;

	for (i = 0; i < c->count; i++)
		n += c->item[i].role == role;
	return n;
}

static void
add_item(struct columnchoice *c, const char *part)
{
	struct columnchoice_item *item = &c->item[c->count];
	size_t n = strcspn(part, "=");

	if (c->count == COLUMNCHOICE_MAX)
		errx(STATUS_USAGE, "bad columns \"%s\", want at most %d",
		    show_str(part), COLUMNCHOICE_MAX);
	if (n == 0 || part[n] == '\0' || part[n + 1] == '\0')
		errx(STATUS_USAGE, "bad columns \"%s\", want NAME=COLUMN such "
		    "as time=ts", show_str(part));
	*strchr(part, '=') = '\0';
	item->ours = part;
	item->name = part + n + 1;
	item->role = columnname_role_of(part);
	if (count_of(c, item->role) > 0 && item->role != ROLE_EXTRA)
		errx(STATUS_USAGE, "bad columns: %s is chosen twice",
		    show_str(part));
	/* Both directions of a flow. */
	if (item->role == ROLE_PACKETS)
		item->role = ROLE_PACKETS_WAY;
	if (item->role == ROLE_BYTES)
		item->role = ROLE_BYTES_WAY;
	if (item->role != ROLE_EXTRA &&
	    count_of(c, item->role) == DIALECT_SOURCES)
		errx(STATUS_USAGE, "bad columns: %s is chosen more than %d "
		    "times", show_str(part), DIALECT_SOURCES);
	if (columnchoice_find(c, (struct slice){ item->name,
	    strlen(item->name) }) != NULL)
		errx(STATUS_USAGE, "bad columns: column \"%s\" is chosen twice",
		    show_str(item->name));
	c->count++;
}

void
columnchoice_parse(struct columnchoice *c, const char *arg)
{
	const char *part[COLUMNCHOICE_MAX];
	size_t i, n = option_list("columns", arg, part, COLUMNCHOICE_MAX);

	/* They are parts of a copy, which may be changed. */
	for (i = 0; i < n; i++)
		add_item(c, (char *)(uintptr_t)part[i]);
}

const struct columnchoice_item *
columnchoice_find(const struct columnchoice *c, struct slice name)
{
	size_t i;

	for (i = 0; i < c->count; i++)
		if (slice_is(name, c->item[i].name))
			return &c->item[i];
	return NULL;
}

bool
columnchoice_has(const struct columnchoice *c, enum dialect_role role)
{
	return count_of(c, role) > 0;
}

const char *
columnchoice_missing(const struct columnchoice *c, const struct csv *header)
{
	size_t i, j;

	for (i = 0; i < c->count; i++) {
		for (j = 0; j < header->cells; j++)
			if (slice_is(slice_trim(columns_name(header, j)),
			    c->item[i].name))
				break;
		if (j == header->cells)
			return c->item[i].name;
	}
	return NULL;
}
