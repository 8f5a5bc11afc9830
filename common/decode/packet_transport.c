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
	p->tcp_seq = be32(s.at + 4);
	p->tcp_flags = s.at[13];
	header = (s.at[12] >> 4) * 4U;
	if (header >= TCP_LEAST && span_skip(&s, header))
		set_payload(p, &s);
}

/* RFC 768; a length of 0 is a jumbogram's (RFC 2675, 4). */
void
walk_udp(struct packet *p, struct span s)
{
	uint32_t length;

	p->protocol = PROTO_UDP;
	if (!set_ports(p, &s) || s.caplen < UDP_BYTES)
		return;
	length = be16(s.at + 4);
	span_skip(&s, UDP_BYTES);
	if (length >= UDP_BYTES)
		span_trim(&s, length - UDP_BYTES);
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

/* What a data chunk carries, by IANA's identifiers, else port or text. */
static enum protocol
sctp_payload(const struct packet *p, const struct span *chunk)
{
	uint32_t identifier = be32(chunk->at + 12);

	if (identifier == 7)
		return PROTO_MEGACO;
	if (identifier == 13)
		return PROTO_H323;
	if (identifier == 46 || identifier == 47 ||
	    p->sport == 3868 || p->dport == 3868)
		return PROTO_DIAMETER;
	/* IANA's http 80/sctp: the end of a message counts for all of it. */
	if ((p->sport == 80 || p->dport == 80) && chunk->at[1] & 1)
		return PROTO_HTTP;
	if (chunk->caplen >= 20 && (memcmp(chunk->at + 16, "HTTP", 4) == 0 ||
	    memcmp(chunk->at + 16, "GET ", 4) == 0 ||
	    memcmp(chunk->at + 16, "POST", 4) == 0))
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
