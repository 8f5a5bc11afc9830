/*
 * tagging - rows as they came, with the rules that their addresses break
 *
 * Rows are counted in batches, see detect_put, and the tags of a row are known
 * once it was counted.  Until then its text is kept.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TAGGING_H
#define TAGGING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/output.h"
#include "csv/colmap.h"
#include "detect/detect.h"

struct tagging {
	struct output	 text;		/* of the kept rows; never written */
	struct tagging_row {
		size_t	 len;
		bool	 tagged;	/* it came with tags */
	} row[DETECT_BATCH + 1];
	size_t		 kept;
	size_t		 written;	/* of these: rows, and bytes of text */
	size_t		 written_bytes;
};

/* Prepares; tagging_release frees. */
void	tagging_init(struct tagging *);
void	tagging_release(struct tagging *);

/*
 * Keeps a record as the colmap passes it on, with what its own column of tags
 * has.  There is room for the rows of a batch and one more.
 */
void	tagging_keep(struct tagging *, const struct colmap *,
	    const struct csv *);

/* Writes the oldest kept row with the names of its rules. */
void	tagging_write(struct tagging *, struct output *,
	    const struct rules *, ruleset tags, ruleset victim);

#endif
