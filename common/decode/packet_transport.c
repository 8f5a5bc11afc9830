/*
 * packet_transport - TCP, UDP, UDP-Lite, SCTP, DCCP and PGM
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/packet_walk.h"

#define TCP_LEAST	20
#define UDP_BYTES	8

static inline void
set_payload(struct packet *p, const struct span *s)
{
	p->payload = s->at;
	p->payload_len = s->len;
	p->payload_caplen = s->caplen < s->len ? s->caplen : s->len;
}

static inline bool
set_ports(struct packet *p, const struct span *s)
{
	if (s->caplen < 4)
		return false;
	p->has_ports = true;
	p->sport = be16(s->at);
	p->dport = be16(s->at + 2);
	return true;
}

/* RFC 9293, 3.1. */
void
walk_tcp(struct packet *p, struct span s)
{
	uint32_t header;

	p->protocol = PROTO_TCP;
	if (!set_ports(p, &s) || s.caplen < TCP_LEAST)
		return;
	p->has_tcp = true;
	p->tcp_flags = s.at[13];
	header = (s.at[12] >> 4) * 4U;
	if (header >= TCP_LEAST && span_skip(&s, header))
		set_payload(p, &s);
}

/*
 * RFC 768; a length of 0 is a jumbogram's (RFC 2675, 4), one below the
 * header's is a lie, and what follows no payload.
 */
void
walk_udp(struct packet *p, struct span s)
{
	uint32_t length;

	p->protocol = PROTO_UDP;
	if (!set_ports(p, &s) || s.caplen < UDP_BYTES)
		return;
	length = be16(s.at + 4);
	span_skip(&s, UDP_BYTES);
	if (length > 0)
		span_trim(&s, length < UDP_BYTES ? 0 : length - UDP_BYTES);
	set_payload(p, &s);
	if (s.len > 0)
		walk_udp_tunnel(p, s);
}

/*
 * UDP-Lite (RFC 3828) has a checksum coverage where UDP has the length.  CAPWAP
 * uses it over IPv6 (RFC 5415, 3.1).
 */
void
walk_udplite(struct packet *p, struct span s)
{
	p->protocol = PROTO_UDP;
	if (!set_ports(p, &s) || !span_skip(&s, UDP_BYTES))
		return;
	set_payload(p, &s);
	if (s.len > 0)
		walk_udp_tunnel(p, s);
}

/* IANA's identifiers of what a data chunk carries. */
static const struct {
	uint16_t	number;
	enum protocol	protocol;
} sctp_payloads[] = {
	{ 7, PROTO_MEGACO },
	{ 13, PROTO_H323 },
	{ 45, PROTO_SSH },
	{ 46, PROTO_DIAMETER },
	{ 47, PROTO_DTLS },		/* Diameter in DTLS, RFC 6733 */
}, sctp_ports[] = {
	{ 22, PROTO_SSH },
	{ 53, PROTO_DNS },
	{ 2944, PROTO_MEGACO },
	{ 3868, PROTO_DIAMETER },
	{ 5868, PROTO_DTLS },		/* the same by its port */
};

/* What a data chunk carries, by its identifier, else its port. */
static enum protocol
sctp_payload(const struct packet *p, const struct span *chunk)
{
	uint32_t identifier = be32(chunk->at + 12);
	size_t i;

	for (i = 0; i < sizeof(sctp_payloads) / sizeof(sctp_payloads[0]); i++)
		if (identifier == sctp_payloads[i].number)
			return sctp_payloads[i].protocol;
	for (i = 0; i < sizeof(sctp_ports) / sizeof(sctp_ports[0]); i++)
		if (p->sport == sctp_ports[i].number ||
		    p->dport == sctp_ports[i].number)
			return sctp_ports[i].protocol;
	/* IANA's http 80/sctp: the end of a message counts for all of it. */
	if ((p->sport == 80 || p->dport == 80) && chunk->at[1] & 1)
		return PROTO_HTTP;
	return PROTO_SCTP;
}

/* RFC 9260, 3: the first data chunk names the packet. */
void
walk_sctp(struct packet *p, struct span s)
{
	uint32_t length;

	p->protocol = PROTO_SCTP;
	if (!set_ports(p, &s) || !span_skip(&s, 12))
		return;
	while (s.caplen >= 16) {
		length = (be16(s.at + 2) + 3U) & ~3U;
		if (s.at[0] == 0) {
			p->protocol = sctp_payload(p, &s);
			return;
		}
		if (length < 4 || !span_skip(&s, length))
			return;
	}
}

/* The types that are assigned (RFC 3208, 8). */
void
walk_pgm(struct packet *p, struct span s)
{
	static const uint32_t types = 1 << 0x0 | 1 << 0x1 | 1 << 0x2 |
	    1 << 0x4 | 1 << 0x5 | 1 << 0x8 | 1 << 0x9 | 1 << 0xa | 1 << 0xd;

	if (s.caplen >= 5 && s.at[4] < 16 && types >> s.at[4] & 1)
		p->protocol = PROTO_PGM;
}

void
walk_dccp(struct packet *p, struct span s)
{
	p->protocol = PROTO_DCCP;
	set_ports(p, &s);
}
