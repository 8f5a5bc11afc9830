/*
 * packetcolumns - the columns of packet rows that the suite writes itself
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/packetcolumns.h"

#define COLUMN(name, meaning, addresses)	{ #name, addresses },

static const struct column {
	const char	*name;
	bool		 addresses;
} more[] = { PACKETCOLUMNS_MORE(COLUMN) };

static const struct column *
find(struct slice name)
{
	size_t i;

	for (i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		if (slice_is(name, more[i].name))
			return &more[i];
	return NULL;
}

bool
packetcolumns_has(struct slice name)
{
	return find(name) != NULL;
}

bool
packetcolumns_no_address(struct slice name)
{
	const struct column *c = find(name);

	return c != NULL && !c->addresses;
}
