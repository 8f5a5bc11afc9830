/*
 * tuple - the labels of one network, as cells ready to be written
 *
 * The cells are quoted and guarded against spreadsheets once, when a table is
 * read, and then only copied.  Networks that have the same labels share them.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TUPLE_H
#define TUPLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/output.h"
#include "base/slice.h"
#include "label/textpool.h"

#define LABELS_MAX	32	/* of a table, and of all tables */
#define LABEL_TEXT_MAX	255	/* bytes of a label before it is quoted */

struct tuple {
	struct textpool	 pool;
	struct output	 text;	/* of the next tuple; never written out */
};

/* Prepares; tuple_release frees. */
void	tuple_init(struct tuple *);
void	tuple_release(struct tuple *);

/* Starts a tuple; adds a label, or an absent one: an at of NULL. */
void	tuple_start(struct tuple *);
void	tuple_add(struct tuple *, struct slice label);

/* Ends the tuple.  Its number, or 0: there is no more room. */
uint32_t tuple_end(struct tuple *);

/* The n cells of a tuple; an absent one has an at of NULL. */
void	tuple_get(const struct tuple *, uint32_t number, struct slice *cell,
	    size_t n);

#endif
