/*
 * labelspec - FILE[:WORD,...], how an option names a table or a database
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "label/labelspec.h"

void
labelspec_parse(struct labelspec *s, const char *text)
{
	char *colon, *rest;

	memset(s, 0, sizeof(*s));
	s->path = xstrdup(text);
	colon = strrchr(s->path, ':');
	if (colon == NULL || strchr(colon, '/') != NULL)
		return;
	*colon = '\0';
	/* No words at all are none, not an empty one. */
	rest = colon[1] != '\0' ? colon + 1 : NULL;
	while (rest != NULL && s->count < LABELSPEC_WORDS_MAX)
		s->word[s->count++] = strsep(&rest, ",");
}

void
labelspec_release(struct labelspec *s)
{
	free(s->path);
}
