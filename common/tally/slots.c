/*
 * slots - the slots of an open-addressing hash table with linear probing
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tally/slots.h"

struct slot *
slots_double(struct slot *old, size_t *n)
{
	size_t i, at, slots = 2 * *n;
	struct slot *slot = xlarge(slots * sizeof(*slot));

	memset(slot, 0, slots * sizeof(*slot));
	for (i = 0; i < *n; i++) {
		if (old[i].entry == 0)
			continue;
		at = old[i].hash & (slots - 1);
		while (slot[at].entry != 0)
			at = (at + 1) & (slots - 1);
		slot[at] = old[i];
	}
	free(old);
	*n = slots;
	return slot;
}
