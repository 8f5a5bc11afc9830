/*
 * anonymize - addresses with their last bits cleared
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "clean/anonymize.h"

void
anonymize(struct ipaddr *a, unsigned keep4, unsigned keep6)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	unsigned keep = a->family == 4 ? keep4 : keep6;
	unsigned i, bytes = a->family == 4 ? 4 : 16;

	if (a->family == 6 && memcmp(a->byte, mapped, sizeof(mapped)) == 0)
		keep = 96 + keep4;
	for (i = 0; i < bytes; i++) {
		unsigned kept = keep > i * 8 ? keep - i * 8 : 0;

		if (kept < 8)
			a->byte[i] &= (uint8_t)(0xff00 >> kept);
	}
}
