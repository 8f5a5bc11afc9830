/*
 * token - outside text made harmless for other programs' languages
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "plot/token.h"

static bool
is_harmless(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c != '\0' && strchr("0123456789._:/%|-", c) != NULL);
}

void
token_copy(char *out, size_t size, struct slice text)
{
	size_t i;

	for (i = 0; i < text.len && i < size - 1; i++)
		out[i] = is_harmless(text.at[i]) &&
		    (i > 0 || text.at[i] != '-') ? text.at[i] : '?';
	out[i] = '\0';
}
