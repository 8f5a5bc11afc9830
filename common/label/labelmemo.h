/*
 * labelmemo - what is written beside an address, through a cache
 *
 * Rows repeat addresses, so the labels of the addresses that were read last are
 * kept, joined by commas, by the text of the address, in a two-way
 * set-associative cache of LABELMEMO_PLACES entries.  Measured on 400,000 rows
 * of 21,696 addresses with a database of countries, 304 million instructions
 * instead of 1,388.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef LABELMEMO_H
#define LABELMEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/output.h"
#include "base/textkey.h"
#include "label/labels.h"

#define LABELMEMO_BITS		16
#define LABELMEMO_PLACES	((size_t)1 << LABELMEMO_BITS)
/* What was never used is not touched at the end, either. */
#define LABELMEMO_BLOCKS	1024
/* Bytes of labels in an entry: what the rest of it leaves of a cache line. */
#define LABELMEMO_HERE		(43 - sizeof(char *))

#define LABELMEMO_TEXT		32	/* and of a text after its key */

/* An IPv4 address and short labels are in the one cache line of an entry. */
struct labelmemo_entry {
	struct textkey	text;
	char		*more;		/* the rest of it; labels, if long */
	uint16_t	cells;		/* bytes of the labels */
	uint8_t		len;		/* of the text */
	bool		known;		/* the text is an address */
	bool		local;		/* which is in a local network */
	char		here[LABELMEMO_HERE];	/* labels, if short */
};

struct labelmemo {
	const struct labels *labels;	/* borrowed */
	struct labelmemo_entry *place;
	void		*memory;	/* of the places */
	uint64_t	 misses;	/* texts that were read */
	bool		 used[LABELMEMO_BLOCKS];	/* some place of it */
	struct labelmemo_entry none;	/* of a text that is no address */
};

/* Prepares; labelmemo_release frees. */
void	labelmemo_init(struct labelmemo *, const struct labels *);
void	labelmemo_release(struct labelmemo *);

/* Forgets all: the labels are other ones now. */
void	labelmemo_forget(struct labelmemo *);

/*
 * What is known of the address in a text, good until the next call.  If the
 * text is no address, the labels are empty.  SLICE_SLACK bytes from its first
 * must be readable.
 */
const struct labelmemo_entry *labelmemo_get(struct labelmemo *,
	    struct slice text);

/* Writes the labels.  A copy of a fixed size needs no call. */
static inline void
labelmemo_write(const struct labelmemo_entry *e, struct output *o)
{
	if (e->cells > LABELMEMO_HERE) {
		output_bytes(o, e->more + LABELMEMO_TEXT, e->cells);
		return;
	}
	memcpy(output_room(o, LABELMEMO_HERE), e->here, LABELMEMO_HERE);
	o->used += e->cells;
}

#endif
