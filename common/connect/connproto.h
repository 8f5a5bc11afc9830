/*
 * connproto - the highest protocol that the packets of a connection showed
 *
 * A protocol is the number of the fixed table, or one above for a name that
 * is not in it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CONNPROTO_H
#define CONNPROTO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/output.h"
#include "base/protocol.h"
#include "base/slice.h"
#include "tally/keytable.h"

/* Names outside the table of protocols; those past it are OTHER. */
#define CONNPROTO_NAMES_MAX	4096

/* The names that are not in the table. */
struct connproto_names {
	struct keytable	 table;
	uint64_t	 others;	/* rows whose name found no room */
};

/* Prepares for no names; connproto_release frees. */
void	 connproto_init(struct connproto_names *);
void	 connproto_release(struct connproto_names *);

/* The protocol of a cell that the table does not have. */
uint16_t connproto_of_name(struct connproto_names *, struct slice cell);

/* The protocol of a cell. */
static inline uint16_t
connproto_of(struct connproto_names *names, struct slice cell)
{
	enum protocol p = protocol_exact(cell);

	return p != PROTO_NONE || cell.len == 0 ? (uint16_t)p :
	    connproto_of_name(names, cell);
}

/* The name of a protocol. */
struct slice connproto_name(const struct connproto_names *, uint16_t proto);

/* Writes the name of a protocol, and the comma after it. */
void	 connproto_write(const struct connproto_names *, uint16_t proto,
	    struct output *);

/*
 * The higher of two: an application's is higher than its transport's, that
 * than IP, and that than a link layer's.  Of two of the same height, the one
 * that was shown last.
 */
uint16_t connproto_higher(uint16_t a, uint16_t b, bool b_is_later);

#endif
