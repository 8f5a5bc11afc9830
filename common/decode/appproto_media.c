/*
 * appproto_media - calls, media, and the way through NATs
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/appproto_private.h"

/*
 * A method that can be assigned, the magic cookie and a length of whole words
 * (RFC 8489, 5 and 18.2); over TCP it may have a length in front (RFC 4571, 2).
 */
bool
is_stun(const struct payload *l)
{
	const uint8_t *p = l->at;
	uint32_t n = l->n, len = l->len;

	if (l->tcp && n >= 22 && be16(p) + 2 == len && be16(p) >= 20) {
		p += 2;
		n -= 2;
		len -= 2;
	}
	return n >= 20 && p[0] < 4 && be32(p + 4) == 0x2112a442 &&
	    be16(p + 2) % 4 == 0 && be16(p + 2) + 20 <= len;
}

/*
 * Whether these bytes are attributes: types and lengths (RFC 3489, 11.2),
 * whatever the types are, which add up to the whole; those beyond the captured
 * bytes are taken for good.
 */
static bool
are_attributes(const uint8_t *p, uint32_t n, uint32_t len)
{
	uint32_t bytes;

	while (len > 0) {
		if (n < 4)
			return n < len;
		bytes = 4 + ((be16(p + 2) + 3) & ~3u);
		if (bytes > len)
			return false;
		if (bytes > n)
			return true;
		p += bytes;
		n -= bytes;
		len -= bytes;
	}
	return true;
}

/*
 * Without cookie (RFC 3489, 11, and the drafts of TURN then): a type that was
 * assigned, the exact length, and attributes that fill it.
 */
bool
is_classic_stun(const struct payload *l)
{
	/* A bit for each method, by the class: requests, answers, errors. */
	static const uint8_t methods[] = { 0x5e, 0, 0x5e, 0x7e };
	uint32_t type;

	if (l->n < 20 || be16(l->at + 2) + 20 != l->len)
		return false;
	type = be16(l->at);
	if ((type & ~0x0117u) != 0 ||
	    (methods[type >> 7 | (type >> 4 & 1)] >> (type & 7) & 1) == 0)
		return false;
	return are_attributes(l->at + 20, l->n - 20, l->len - 20);
}

/*
 * TURN's channels 0x4000 to 0x7fff ride with STUN; a datagram is one message
 * and perhaps its padding (RFC 8656, 12.4 and 12.5).  Microsoft's relays have
 * one more, with eight bytes that name a connection ([MS-TURN], 2.2.3).
 */
static bool
is_channel_data(const struct payload *l)
{
	uint32_t bytes;

	if (l->n < 4 || ((l->at[0] & 0xc0) != 0x40 && be16(l->at) != 0xff10))
		return false;
	bytes = be16(l->at + 2) + 4;
	return l->tcp ? bytes <= l->len : bytes == l->len ||
	    ((bytes + 3) & ~3U) == l->len;
}

/* What follows version, padding and count: RTCP's types (RFC 5761, 4). */
static bool
is_rtcp(const struct payload *l)
{
	return l->n >= 4 && l->at[0] >> 6 == 2 && l->at[1] >= 192 &&
	    l->at[1] <= 223;
}

/*
 * On any port: a report first (RFC 3550, 6.1), or alone a goodbye, what an
 * application says or feedback on a payload (RFC 5506, 3.4.1), in whole words.
 */
bool
is_rtcp_anywhere(const struct payload *l)
{
	if (!is_rtcp(l) || l->len % 4 != 0 ||
	    (be16(l->at + 2) + 1) * 4 > l->len)
		return false;
	return l->at[1] == 200 || l->at[1] == 201 || l->at[1] == 203 ||
	    l->at[1] == 204 || l->at[1] == 206;
}

/* A report that a channel relays names its datagram. */
enum protocol
which_stun(const struct payload *l)
{
	struct payload data = *l;

	if (is_stun(l) || is_classic_stun(l))
		return PROTO_STUN;
	if (!is_channel_data(l))
		return PROTO_NONE;
	if (l->tcp || l->at[0] == 0xff)
		return PROTO_STUN;
	data.at += 4;
	data.n -= 4;
	data.len = be16(l->at + 2);
	if (data.n > data.len)
		data.n = data.len;
	return is_rtcp_anywhere(&data) ? PROTO_RTCP : PROTO_STUN;
}

/*
 * Whole packets of an MPEG transport stream, each of 188 bytes with a byte to
 * synchronise (ISO/IEC 13818-1, 2.4.3.2).  The table counts them as RTP, which
 * often carries them.
 */
bool
is_mpeg_ts(const struct payload *l)
{
	uint32_t i;

	if (l->len % 188 != 0 || l->at[0] != 0x47)
		return false;
	for (i = 188; i < l->n; i += 188)
		if (l->at[i] != 0x47)
			return false;
	return true;
}

/*
 * An end that was announced for media, or has keys for it (RFC 5764, 5.1.2
 * tells them apart).  RTP's version is 2 (RFC 3550, 5.1).
 */
enum protocol
which_media(const struct payload *l)
{
	if (is_stun(l) || is_classic_stun(l))
		return PROTO_STUN;
	if (is_dtls(l))
		return PROTO_DTLS;
	if (l->at[0] >> 6 != 2 || l->len < 8)
		return PROTO_NONE;
	return is_rtcp(l) ? PROTO_RTCP : PROTO_RTP;
}

/* A length, and a header version of 0 or 17 to 22 (Cisco's SCCP). */
bool
is_skinny(const struct payload *l)
{
	uint32_t version;

	if (l->n < 12 || le32(l->at) < 4)
		return false;
	version = le32(l->at + 4);
	return version == 0 || (version >= 17 && version <= 22);
}

/*
 * What a client starts with: the order of its bytes and version 11; the server
 * answers with 0 to 2 (X Window System Protocol, 8).
 */
bool
is_x11_start(const struct payload *l)
{
	if (l->sport == l->server)
		return l->at[0] <= 2;
	return STARTS(l, "B\0\0\x0b") || STARTS(l, "l\0\x0b\0");
}

/* The version of the handshake: 3, or 6 encrypted (RTMP 1.0, 5.2.2). */
bool
is_rtmp_start(const struct payload *l)
{
	return l->at[0] == 3 || l->at[0] == 6;
}

/* The greeting (RFC 6143, 7.1.1). */
bool
is_vnc_banner(const struct payload *l)
{
	return STARTS(l, "RFB 00") && l->n >= 12 && l->at[11] == '\n';
}
