/*
 * packetrow_private - the table of fields, for the module itself
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PACKETROW_PRIVATE_H
#define PACKETROW_PRIVATE_H

#include "base/ipaddr.h"
#include "capture/packetrow.h"

/* The most bytes of a cell, except texts. */
#define PACKETROW_CELL_MAX	(IPADDR_TEXT_MAX + 3)

/* What the cells of a row are made from. */
struct packetrow_parts {
	const struct packetrow *r;
	const struct captured *k;
	const struct packet *packet;
	struct output	*o;
};

/*
 * A field, and what writes its cell: at p, where there is room for all cells.
 * It returns the cell's end.  NULL for the first five.
 */
struct packetrow_field {
	const char	*name;
	const char	*meaning;
	char		*(*write)(char *p, const struct packetrow_parts *);
};

extern const struct packetrow_field packetrow_table[];

/* Room for all cells of a row that are no texts, with their commas. */
char	*packetrow_room(const struct packetrow *, struct output *);

#endif
