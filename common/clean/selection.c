/*
 * selection - which good rows were asked for, and how many were not
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>

#include "clean/selection.h"

void
selection_report(const struct selection *s)
{
	static const char *const options[SELECTION_REASONS] = {
		[SELECTION_TIME] = "--since or --until",
		[SELECTION_NO_TIME] = "--require-time",
		[SELECTION_PROTO] = "--proto",
		[SELECTION_NO_ADDRESS] = "--require-ip",
	};
	int i;

	for (i = 0; i < SELECTION_REASONS; i++)
		if (s->excluded[i] > 0)
			warnx("%ju excluded by %s",
			    (uintmax_t)s->excluded[i], options[i]);
}
