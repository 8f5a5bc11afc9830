/*
 * Unit test of slots: entries are found by their hashes, also after doubling.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "tally/slots.h"
#include "tap.h"

int
main(void)
{
	size_t n = 4, at;
	struct slot *slot = calloc(n, sizeof(*slot));
	unsigned found = 0, i;

	if (slot == NULL)
		return 1;
	/* 3 and 7 share a slot of four, not of eight; 11 shares 3's of both. */
	slot[3] = (struct slot){ 3, 1 };
	slot[0] = (struct slot){ 7, 2 };
	slot[1] = (struct slot){ 11, 3 };
	slot = slots_double(slot, &n);
	same_int((int64_t)n, 8, "there are twice as many");
	for (i = 0; i < 3; i++) {
		for (at = (3 + 4 * i) & (n - 1); slot[at].entry != i + 1 &&
		    slot[at].entry != 0;)
			at = (at + 1) & (n - 1);
		found += slot[at].entry == i + 1 && slot[at].hash == 3 + 4 * i;
	}
	same_int(found, 3, "each entry is found from its hash on");
	same_int(slots_hashed(slot, n, 11), 2, "the entry of a hash");
	same_int(slots_hashed(slot, n, 3), 0, "one that was pushed on");
	same_int(slots_hashed(slot, n, 19), -1, "no entry has this hash");
	ok(!slots_are_few(8, 6), "six entries fit eight slots");
	ok(slots_are_few(8, 7), "seven do not");
	slots_free(slot, n, 3);
	same_int(slots_hashed(slot, n, 3), 0, "one that moved up");
	same_int(slots_hashed(slot, n, 11), -1, "the freed one is not found");
	slots_put(slot, n, (struct slot){ 19, 4 });
	same_int(slots_hashed(slot, n, 19), 3, "one that was put behind it");
	free(slot);
	return tap_done();
}
