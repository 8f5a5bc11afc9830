/*
 * sound - what holds for every packet that packet_decode has read
 *
 * For unit tests and for the fuzzer of packets: what is wrong with a packet's
 * members as a whole, whatever its bytes are.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SOUND_H
#define SOUND_H

#include <stdlib.h>
#include <string.h>

#include "decode/linktype.h"
#include "decode/packet.h"

#define FRAME_AT	4	/* in LINKTYPE_NETANALYZER */

/* Whether n bytes at p are among the caplen at data. */
static inline bool
is_within(const uint8_t *p, size_t n, const uint8_t *data, size_t caplen)
{
	return n == 0 || (p != NULL && p >= data && n <= caplen &&
	    (size_t)(p - data) <= caplen - n);
}

static inline bool
addrs_are_sound(const struct packet_addrs *a, const uint8_t *data,
    size_t caplen)
{
	size_t n = a->family == 6 ? 16 : a->family;

	if (n == 0)
		return a->src == NULL && a->dst == NULL;
	return (n == 4 || n == 16) && is_within(a->src, n, data, caplen) &&
	    is_within(a->dst, n, data, caplen);
}

/* The names that a packet with ports can have before its payload is read. */
static inline bool
has_transport(enum protocol protocol)
{
	switch (protocol) {
	case PROTO_TCP: case PROTO_UDP: case PROTO_SCTP: case PROTO_DCCP:
	case PROTO_VXLAN:	/* a tunnel with nothing that is read */
	case PROTO_DTLS:	/* CAPWAP's, or Diameter's over SCTP */
	case PROTO_IEEE80211:	/* LWAPP's control */
	case PROTO_MEGACO: case PROTO_H323: case PROTO_SSH:
	case PROTO_DIAMETER: case PROTO_DNS: case PROTO_HTTP:	/* SCTP's */
		return true;
	default:
		return false;
	}
}

/* NULL, or what contradicts itself. */
static inline const char *
contradiction(const struct packet *p)
{
	bool icmp = p->protocol == PROTO_ICMP ||
	    p->protocol == PROTO_ICMPV6 || p->protocol == PROTO_TEREDO;

	if (p->inner.family != 0 && p->outer.family == 0)
		return "inner addresses without outer ones";
	if (p->has_ip && p->inner.family == 0)
		return "a TTL without addresses";
	if (p->has_ports && !has_transport(p->protocol))
		return "ports of a protocol that has none";
	if (p->has_tcp && (!p->has_ports || p->protocol != PROTO_TCP))
		return "flags without TCP";
	if (p->has_icmp && (!icmp || p->has_ports))
		return "an ICMP type without ICMP";
	if (p->payload_len > 0 && !p->has_ports)
		return "payload without a transport";
	if ((p->protocol == PROTO_TCP || p->protocol == PROTO_UDP) &&
	    p->payload_len > 0 && p->payload == NULL)
		return "payload that is nowhere";
	return NULL;
}

/* NULL, or what is wrong with a packet of caplen of len bytes at data. */
static inline const char *
unsound(const struct packet *p, const uint8_t *data, size_t caplen,
    size_t len)
{
	size_t i;

	if (p->protocol == PROTO_NONE || p->protocol >= PROTO_COUNT)
		return "no protocol";
	if (!addrs_are_sound(&p->inner, data, caplen) ||
	    !addrs_are_sound(&p->outer, data, caplen))
		return "addresses that are not in the packet";
	if (!is_within(p->payload, p->payload_caplen, data, caplen) ||
	    p->payload_caplen > p->payload_len || p->payload_len > len)
		return "payload that is not in the packet";
	if (p->vlans > PACKET_VLANS)
		return "too many VLAN tags";
	for (i = 0; i < PACKET_VLANS; i++)
		if (p->vlan[i] > (i < p->vlans ? 4095 : 0))
			return "a VLAN's number that is none";
	return contradiction(p);
}

/* Whether two pointers are the same distance from their packets, or NULL. */
static inline bool
same_place(const uint8_t *a, const uint8_t *data_a, const uint8_t *b,
    const uint8_t *data_b)
{
	return a == NULL || b == NULL ? a == b : a - data_a == b - data_b;
}

static inline bool
same_addrs(const struct packet_addrs *a, const uint8_t *data_a,
    const struct packet_addrs *b, const uint8_t *data_b)
{
	return a->family == b->family &&
	    same_place(a->src, data_a, b->src, data_b) &&
	    same_place(a->dst, data_a, b->dst, data_b);
}

static inline bool
same_values(const struct packet *a, const struct packet *b)
{
	return a->protocol == b->protocol && a->has_ports == b->has_ports &&
	    a->sport == b->sport && a->dport == b->dport &&
	    a->has_tcp == b->has_tcp && a->tcp_flags == b->tcp_flags &&
	    a->has_icmp == b->has_icmp && a->icmp_type == b->icmp_type &&
	    a->has_ip == b->has_ip && a->ttl == b->ttl &&
	    a->ip_protocol == b->ip_protocol && a->vlans == b->vlans &&
	    a->depth == b->depth &&
	    memcmp(a->vlan, b->vlan, sizeof(a->vlan)) == 0 &&
	    a->payload_caplen == b->payload_caplen &&
	    a->payload_len == b->payload_len;
}

/*
 * Whether a frame of Ethernet, of which p is what packet_decode says, says the
 * same behind the header of another link type.  packet_decode then walks over
 * its layers even if they are those of most packets.
 */
static inline bool
walk_agrees(const struct packet *p, const uint8_t *data, size_t caplen,
    size_t len)
{
	uint8_t *framed = calloc(1, FRAME_AT + caplen);
	const uint8_t *frame;
	struct packet q;
	bool same;

	if (framed == NULL)
		abort();
	frame = framed + FRAME_AT;
	if (caplen > 0)
		memcpy(framed + FRAME_AT, data, caplen);
	packet_decode(&q, LINKTYPE_NETANALYZER, framed,
	    (uint32_t)(FRAME_AT + caplen), (uint32_t)(FRAME_AT + len));
	same = same_values(p, &q) &&
	    same_addrs(&p->inner, data, &q.inner, frame) &&
	    same_addrs(&p->outer, data, &q.outer, frame) &&
	    same_place(p->payload, data, q.payload, frame);
	free(framed);
	return same;
}

#endif
