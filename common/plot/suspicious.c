/*
 * suspicious - protocols that deserve a look, above a share of all packets
 *
 * SPDX-License-Identifier: ISC
 */
#include <stddef.h>
#include <string.h>

#include "plot/suspicious.h"

const char *
suspicious_why(const char *proto, uint64_t packets, uint64_t all)
{
	const struct suspicious *s;

	for (s = suspicious_table; s->proto != NULL; s++)
		if (strcmp(s->proto, proto) == 0 &&
		    (unsigned __int128)packets * 100 >
		    (unsigned __int128)all * s->percent)
			return s->why;
	return NULL;
}
