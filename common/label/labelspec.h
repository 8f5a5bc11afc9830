/*
 * labelspec - FILE[:WORD,...], how an option names a table or a database
 *
 * The colon is the last one of the text, unless a slash stands after it.  So a
 * file whose name has a colon is named with one more colon after it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef LABELSPEC_H
#define LABELSPEC_H

#include <stddef.h>

#define LABELSPEC_WORDS_MAX	256

struct labelspec {
	char		*path;
	char		*word[LABELSPEC_WORDS_MAX];	/* may be empty */
	size_t		 count;		/* 0: there are none */
};

/* Splits a text; labelspec_release frees.  Words past the last are dropped. */
void	labelspec_parse(struct labelspec *, const char *text);
void	labelspec_release(struct labelspec *);

#endif
