/*
 * protocell - the protocol that the cells of other programs' tables name
 *
 * Besides names, cells hold IANA's numbers ("6", "17.0", "0x06", "TCP (6)"),
 * the layers of a packet ("eth:ethertype:ip:tcp:tls"), several values that
 * tshark joins, and words that are no protocol ("DATA", "_WS.MALFORMED").  For
 * these a column that tells the layer below is asked: transport_layer,
 * ip.proto, frame.protocols.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PROTOCELL_H
#define PROTOCELL_H

#include <stdbool.h>

#include "base/protocol.h"
#include "clean/dialect.h"

/*
 * The protocol of a record whose first protocol cell is no name of the table:
 * that of its protocol cells or else of the layer below.  An IP protocol that
 * the table lacks is IPV4 or IPV6, by the source address.  PROTO_OTHER if a
 * cell holds a word that is no protocol and no other cell tells more;
 * PROTO_NONE if a name is unknown, or all cells are empty.
 */
enum protocol protocell_read(const struct dialect *, const struct csv *,
	    struct slice src);

/*
 * Whether a cell may hold a protocol's name: it is no number, no word for a
 * missing value ("nan") and no word that is no protocol ("DATA").
 */
bool	protocell_is_name(struct slice);

#endif
