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

#include "decode/packet.h"

/* What a packet's connection has shown so far. */
struct appproto_flow {
	enum protocol	 protocol;	/* PROTO_NONE: nothing */
	bool		 proven;	/* by its bytes, not by a port alone */
	uint16_t	 server;	/* the listening end's, 0: unknown */
};

/*
 * What the payload of this TCP or UDP packet shows, PROTO_NONE if nothing.
 * Bytes that prove a protocol come before what the ports are assigned to and
 * replace a protocol of the flow that is not proven; other bytes mean
 * something only within their protocol.  Sets *proven as the flow's is to be
 * then.  PROTO_TCP or PROTO_UDP: a protocol without a name here, or a packet
 * of none in a connection of one.
 */
enum protocol	appproto_recognise(const struct packet *,
		    const struct appproto_flow *, bool *proven);

/*
 * What a connection of flow so far speaks after this packet, which has shown
 * the protocol: the same, what it was upgraded to (RFC 9110, 7.8), the media
 * that it has agreed on keys for (RFC 5764), or flow.
 */
enum protocol	appproto_next(const struct packet *, enum protocol flow,
		    enum protocol shown);

/* Whether that may be another protocol than the one shown. */
static inline bool
appproto_may_change(enum protocol flow, enum protocol shown)
{
	return shown == PROTO_HTTP || shown == PROTO_DTLS ||
	    flow == PROTO_RTP || flow == PROTO_RTCP || flow == PROTO_RTSP;
}

/*
 * Whether a connection over the transport (PROTO_TCP or PROTO_UDP) that has
 * shown the protocol, proven or not, keeps it for packets that show nothing.
 */
bool		appproto_lasts(enum protocol transport, enum protocol,
		    bool proven);

/* An end at which a protocol is to be expected, whoever the other end is. */
struct appproto_expectation {
	uint8_t		 addr[16];	/* 4 bytes of it if family is 4 */
	uint8_t		 family;
	uint16_t	 port;
	uint8_t		 ip_protocol;
	enum protocol	 protocol;
};

#define APPPROTO_EXPECTATIONS	8

/* Whether packets of the protocol can announce ends: a cheap first question. */
bool		appproto_may_expect(enum protocol);

/*
 * Fills in the ends that the packet, which is of the protocol, announces:
 * FTP's data connections, the media of SIP, RTSP and SCCP, TFTP's second port.
 * Returns their number, APPPROTO_EXPECTATIONS at most.
 */
size_t		appproto_expect(const struct packet *, enum protocol,
		    struct appproto_expectation *);

#endif
