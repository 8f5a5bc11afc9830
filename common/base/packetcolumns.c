/*
 * packetcolumns - the columns of packet rows that the suite writes itself
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/packetcolumns.h"

bool
packetcolumns_no_address(struct slice name)
{
#define COLUMN(name, meaning, addresses)	{ #name, addresses },
	static const struct {
		const char	*name;
		bool		 addresses;
	} more[] = { PACKETCOLUMNS_MORE(COLUMN) };
	size_t i;

	for (i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		if (slice_is(name, more[i].name))
			return !more[i].addresses;
	return false;
}
