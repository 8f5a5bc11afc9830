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
slots_new(size_t n)
{
	struct slot *slot = xlarge(n * sizeof(*slot));

	return memset(slot, 0, n * sizeof(*slot));
}

void
slots_put(struct slot *slot, size_t n, struct slot entry)
{
	size_t i = entry.hash & (n - 1);

	while (slot[i].entry != 0)
		i = (i + 1) & (n - 1);
	slot[i] = entry;
}

void
slots_free(struct slot *slot, size_t n, size_t hole)
{
	size_t mask = n - 1, i;

	for (i = (hole + 1) & mask; slot[i].entry != 0; i = (i + 1) & mask) {
		if (((i - slot[i].hash) & mask) < ((i - hole) & mask))
			continue;
		slot[hole] = slot[i];
		hole = i;
	}
	slot[hole].entry = 0;
}

struct slot *
slots_double(struct slot *old, size_t *n)
{
	struct slot *slot = slots_new(2 * *n);
	size_t i;

	for (i = 0; i < *n; i++)
		if (old[i].entry != 0)
			slots_put(slot, 2 * *n, old[i]);
	free(old);
	*n *= 2;
	return slot;
}
