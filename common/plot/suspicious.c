/*
 * suspicious - protocols that deserve a look, above a share of all packets
 *
 * SPDX-License-Identifier: ISC
 */
#include <stddef.h>
#include <string.h>

#include "base/wide.h"
#include "plot/suspicious.h"

const char *
suspicious_why(const char *proto, uint64_t packets, uint64_t all)
{
	const struct suspicious *s;

	for (s = suspicious_table; s->proto != NULL; s++)
		if (strcmp(s->proto, proto) == 0 &&
		    wide_compare(wide_product(packets, 100),
		    wide_product(all, s->percent)) > 0)
			return s->why;
	return NULL;
}
