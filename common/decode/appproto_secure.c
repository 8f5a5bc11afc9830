/*
 * appproto_secure - protocols that encrypt
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/appproto_private.h"

/* SSL 2.0 with its two-byte header: client or server hello. */
static bool
is_ssl2_hello(const uint8_t *p, uint32_t n)
{
	uint32_t version;

	if (n < 5 || (p[0] & 0x80) == 0)
		return false;
	if (p[2] == 1) {
		version = be16(p + 3);
		return (version == 0x0002 || (version >= 0x0300 &&
		    version <= 0x0303)) && be16(p) - 0x8000 >= 9;
	}
	return p[2] == 4 && n >= 7 && p[3] <= 1 && be16(p + 5) == 0x0002;
}

/*
 * A record: content type, version 3.x, length (RFC 8446, 5.1), on any port;
 * of a handshake the type must be one that is assigned too.
 */
bool
is_tls(const struct payload *l)
{
	const uint8_t *p = l->at;

	if (l->n < 5 || p[0] < 20 || p[0] > 24)
		return l->flow == PROTO_NONE && is_ssl2_hello(p, l->n);
	if (p[1] != 3 || p[2] > 4)
		return false;
	/* 2^14 bytes, and 2048 for the cipher (RFC 5246, 6.2.3). */
	return be16(p + 3) > 0 && be16(p + 3) <= 16384 + 2048;
}

/*
 * In mid-flow a record's middle can be anything but text: of 8 random bytes,
 * all are printable in one of 2,700 payloads.
 */
bool
may_be_encrypted(const struct payload *l)
{
	uint32_t i, n = l->n < 8 ? l->n : 8;

	for (i = 0; i < n; i++)
		if ((l->at[i] < ' ' || l->at[i] > '~') && l->at[i] != '\r' &&
		    l->at[i] != '\n' && l->at[i] != '\t')
			return true;
	return false;
}

/*
 * A record: type, version, epoch, sequence number, length (RFC 6347, 4.1),
 * or the unified header of 1.3 only within a connection (RFC 9147, 4).
 */
bool
is_dtls(const struct payload *l)
{
	const uint8_t *p = l->at;
	uint32_t version;

	if (l->n < 13 || p[0] < 20 || p[0] > 26)
		return false;
	version = be16(p + 1);
	if (version != 0xfeff && version != 0xfefd && version != 0x0100)
		return false;
	/* Before any keys a handshake's type can be read (RFC 6347, 4.3.2). */
	if (p[0] == 22 && be16(p + 3) == 0 && l->n > 13 && p[13] > 25)
		return false;
	return be16(p + 11) > 0 && be16(p + 11) <= l->len - 13;
}

/* The start of a DTLS record, of a handshake's message, of a server hello. */
#define DTLS_RECORD	13
#define DTLS_MESSAGE	12
#define HELLO_FIXED	34	/* version and random */

/*
 * Whether the server agrees to use the keys for media on the same ends: its
 * hello, the first message of its flight, has the extension 14, use_srtp, with
 * one of the profiles 1, 2, 5 and 6 (RFC 5764, 4.1.2).
 */
bool
is_srtp_hello(const struct payload *l)
{
	const uint8_t *p = l->at;
	uint32_t at = DTLS_RECORD + DTLS_MESSAGE + HELLO_FIXED;

	if (l->n <= at || p[0] != 22 || p[DTLS_RECORD] != 2)
		return false;
	at += 1U + p[at] + 3;		/* session, cipher, compression */
	for (at += 2; at + 4 <= l->n; at += 4U + be16(p + at + 2))
		if (be16(p + at) == 14)
			return at + 8 <= l->n && p[at + 6] == 0 &&
			    p[at + 7] <= 6;
	return false;
}

/* In mid-flow on a port of DTLS: also the unified header (RFC 9147, 4). */
bool
may_be_dtls(const struct payload *l)
{
	return is_dtls(l) || (l->at[0] & 0xe0) == 0x20;
}

/*
 * In mid-flow on a port of QUIC: the short header has the fixed bit (RFC 9000,
 * 17.3), and no packet is shorter than a stateless reset (10.3).  DNSCrypt asks
 * for certificates there as DNS does.
 */
bool
is_quic_short(const struct payload *l)
{
	return (l->at[0] & 0xc0) == 0x40 && l->len >= 21 &&
	    may_be_encrypted(l) && !is_dns_anywhere(l);
}

/* DNS over DTLS (RFC 8094, 3.1) and QUIC (RFC 9250, 4.1.1) share a port. */
enum protocol
which_dns_secure(const struct payload *l)
{
	if (is_quic_short(l))
		return PROTO_QUIC;
	return may_be_dtls(l) ? PROTO_DTLS : PROTO_NONE;
}

/*
 * Types 1 to 4 with three zero bytes and each its size (WireGuard: Next
 * Generation Kernel Network Tunnel, 5.4).
 */
bool
is_wireguard(const struct payload *l)
{
	if (l->n < 4 || be24(l->at + 1) != 0)
		return false;
	switch (l->at[0]) {
	case 1:
		return l->len == 148;
	case 2:
		return l->len == 92;
	case 3:
		return l->len == 64;
	case 4:
		return l->len >= 32;
	default:
		return false;
	}
}

/*
 * Over TCP: a length that the payload has or may exceed it where it is long,
 * and an operation of 1 to 11 (OpenVPN, ssl_pkt.h).
 */
bool
is_openvpn_tcp(const struct payload *l)
{
	uint32_t length;

	if (l->n < 3)
		return false;
	length = be16(l->at);
	return length > 0 && (length + 2 <= l->len || l->len >= 512) &&
	    l->at[2] >> 3 >= 1 && l->at[2] >> 3 <= 11;
}

/* RFC 3948, 2: keep-alive, IKE after four zero bytes, or ESP. */
enum protocol
which_udpencap(const struct payload *l)
{
	if (l->n >= 4 && be32(l->at) == 0)
		return PROTO_ISAKMP;
	return PROTO_ESP;
}

/* QUIC's versions: 1, 2, drafts, those to negotiate (RFC 9000, 15). */
static bool
is_quic_version(uint32_t version)
{
	return version == 1 || version == 0x6b3343cf ||
	    version == 0x709a50c4 ||
	    (version >> 8 == 0xff0000 && (version & 0xff) >= 11) ||
	    (version >> 12 == 0xfaceb) ||
	    (version & 0x0f0f0f0f) == 0x0a0a0a0a;
}

/*
 * Google's older versions are text: Q024, T051 and the like.  From 44 on they
 * have the long header.
 */
static bool
is_gquic_version(const uint8_t *p, bool long_header)
{
	if ((p[0] != 'Q' && p[0] != 'T') || p[1] != '0' || p[2] < '0' ||
	    p[2] > '9' || p[3] < '0' || p[3] > '9')
		return false;
	return (be16(p + 2) >= 0x3434) == long_header;
}

/*
 * The long header: its form bit, a known version, connection IDs of 20 bytes
 * at most (RFC 9000, 17.2); or Google's public header with a version, after
 * a connection ID of 8 bytes.
 */
enum protocol
which_quic(const struct payload *l)
{
	const uint8_t *p = l->at;

	if (l->n < 13)
		return PROTO_NONE;
	if ((p[0] & 0x80) != 0 && is_gquic_version(p + 1, true))
		return PROTO_QUIC;
	if ((p[0] & 0x80) != 0 && is_quic_version(be32(p + 1))) {
		if (p[5] > 20 || 6u + p[5] >= l->n || p[6 + p[5]] > 20)
			return PROTO_NONE;
		return PROTO_QUIC;
	}
	if ((p[0] & 0x09) == 0x09 && (p[0] & 0x80) == 0 &&
	    is_gquic_version(p + 9, false))
		return PROTO_QUIC;
	return PROTO_NONE;
}
