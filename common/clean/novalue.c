/*
 * novalue - what programs write into a cell that has no value
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>
#include <strings.h>

#include "clean/novalue.h"

bool
novalue_among(struct slice s, const char *const *words)
{
	for (; *words != NULL; words++)
		if (s.len == strlen(*words) &&
		    strncasecmp(s.at, *words, s.len) == 0)
			return true;
	return false;
}

bool
novalue_word(struct slice s)
{
	static const char *const words[] = { "-", "(empty)", "<NA>", "#N/A",
	    "N/A", "NA", "NaN", "NaT", "nil", "None", "null", "\\N", NULL };

	return novalue_among(s, words);
}
