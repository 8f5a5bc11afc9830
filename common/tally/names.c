/*
 * names - short texts as small numbers, in the order in which they came
 *
 * SPDX-License-Identifier: ISC
 */
#include "tally/names.h"

void
names_init(struct names *names, size_t max)
{
	tally_init(&names->known, max);
	names->count = 0;
}

void
names_release(struct names *names)
{
	tally_release(&names->known);
}

struct slice
names_text(const struct names *names, size_t number)
{
	const struct tally_entry *e = tally_entry(&names->known, number);

	return (struct slice){ tally_entry_key(e), e->len };
}
