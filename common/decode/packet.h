/*
 * packet - what the headers of one captured packet say
 *
 * Walks from the link layer to the transport, through VLAN tags, MPLS and
 * every kind of tunnel, and never reads past the captured bytes.  Nothing is
 * copied: addresses and payload point into the packet.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PACKET_H
#define PACKET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/protocol.h"
#include "base/tcpflags.h"

#define PACKET_VLANS	4

/* A pair of addresses: 4 bytes each (family 4), 16 (family 6), or none (0). */
struct packet_addrs {
	const uint8_t	*src;		/* network byte order */
	const uint8_t	*dst;
	uint8_t		 family;	/* 4, 6 or 0 */
};

struct packet {
	struct packet_addrs outer;	/* of the first IP or ARP header */
	struct packet_addrs inner;	/* of the last one before the payload */

	/*
	 * What the headers alone decide.  For PROTO_TCP and PROTO_UDP the
	 * payload may show more (see appproto); all others are final.
	 */
	enum protocol	 protocol;

	/* Of the innermost transport header; ports only if has_ports. */
	bool		 has_ports;	/* TCP, UDP, UDP-Lite, SCTP, DCCP */
	uint16_t	 sport;
	uint16_t	 dport;
	bool		 has_tcp;	/* tcp_flags is there */
	uint8_t		 tcp_flags;
	bool		 has_icmp;	/* icmp_type is there */
	uint8_t		 icmp_type;	/* of ICMP or ICMPv6 */

	bool		 has_ip;	/* ttl and ip_protocol are there */
	uint8_t		 ttl;		/* innermost TTL or hop limit */
	uint8_t		 ip_protocol;	/* innermost, after extensions */

	uint8_t		 vlans;		/* number of VLAN tags, outer first */
	uint8_t		 depth;		/* headers passed so far; private */
	uint16_t	 vlan[PACKET_VLANS];	/* their IDs, 0 to 4095 */

	/*
	 * The bytes after the transport header: payload_caplen of them are
	 * there, payload_len were on the wire (link padding is not payload).
	 */
	const uint8_t	*payload;
	uint32_t	 payload_caplen;
	uint32_t	 payload_len;
};

/*
 * Decodes the packet of caplen captured bytes at data, len bytes on the wire,
 * of the given link type (the LINKTYPE_ values of pcap files).  What is not
 * there is zero, but for members that a has_ member speaks of, which then have
 * no meaning.  protocol is never PROTO_NONE: a link type that is unknown gives
 * PROTO_OTHER.  p's pointers are good as long as data is.
 */
void	packet_decode(struct packet *p, uint32_t linktype,
	    const uint8_t *data, uint32_t caplen, uint32_t len);

#endif
