/*
 * csv_index - where cells and lines end, a few KiB at a time
 *
 * Private to csv*.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CSV_INDEX_H
#define CSV_INDEX_H

#include <stddef.h>
#include <stdint.h>

#define CSV_CHUNK	4096	/* bytes that are indexed at once */

struct csv_index {
	/* -1, then the offsets of the delimiters and newlines, in order. */
	uint16_t	mark[1 + CSV_CHUNK + 64];
	/* Which of these are newlines: the first offset has the number 0. */
	uint16_t	line[CSV_CHUNK + 64];
	size_t		lines;
};

/*
 * Indexes n bytes, at most CSV_CHUNK, up to the first block of 64 that has a
 * quote, a carriage return or a NUL.  No line has one of these.  64 bytes after
 * the n are readable.  What the arrays have after the last line means nothing.
 */
typedef void	csv_indexer(struct csv_index *, const char *, size_t n,
		    char delimiter);

enum csv_index_way { CSV_INDEX_ANY, CSV_INDEX_AVX2, CSV_INDEX_AVX512,
    CSV_INDEX_WAYS };

/* The function for a kind of processor; NULL: this one cannot run it. */
csv_indexer *csv_index_by(enum csv_index_way);

/* The fastest function that this processor can run. */
csv_indexer *csv_index_choose(void);

#endif
