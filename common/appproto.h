/*
 * appproto - the protocol that a payload's first bytes show
 *
 * Each rule follows its protocol's own specification and names it.  Ports
 * serve where the specification assigns one and the bytes do not contradict.
 * The payload is looked at and forgotten: nothing of it is kept.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef APPPROTO_H
#define APPPROTO_H

#include "packet.h"

/*
 * What the payload of this TCP or UDP packet shows, PROTO_NONE if nothing.
 * flow is what the connection has shown so far (PROTO_NONE if nothing): some
 * bytes mean something only within their protocol.
 */
enum protocol	appproto_recognise(const struct packet *,
		    enum protocol flow);

#endif
