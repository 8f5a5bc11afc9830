/*
 * packetrow_private - the table of fields, for the module itself
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PACKETROW_PRIVATE_H
#define PACKETROW_PRIVATE_H

#include "capture/packetrow.h"

/* A field, and what writes its cell; NULL for the first five. */
struct packetrow_field {
	const char	*name;
	const char	*meaning;
	void		(*write)(struct output *, const struct packetrow *,
			    const struct captured *, const struct packet *);
};

extern const struct packetrow_field packetrow_table[];

#endif
