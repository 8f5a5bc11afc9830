/*
 * appproto_proof - first bytes that prove a protocol on any port
 *
 * Each of these is too long or too peculiar to be chance in the payload of
 * another protocol, so it is asked before the ports, and again in connections
 * that a port or a weaker rule has named.
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/appproto_private.h"

/*
 * A server may not send its banner late, and a client's is its first line
 * (RFC 4253, 4.2): "SSH-", a version that starts with 1 or 2, a point.
 */
bool
is_ssh_banner(const struct payload *l)
{
	return l->n >= 8 && (STARTS(l, "SSH-2.") || STARTS(l, "SSH-1."));
}

/*
 * A record of type 22, version 3.x (RFC 8446, 5.1), whose handshake message is
 * a client's or a server's hello (4), which names a version 3.x itself.
 */
static bool
is_tls_hello(const struct payload *l)
{
	return l->n >= 10 && l->at[0] == 22 && is_tls(l) &&
	    (l->at[5] == 1 || l->at[5] == 2) && l->at[6] == 0 &&
	    l->at[9] == 3;
}

/*
 * OpenVPN over TCP: a length, then a client's reset, the first packet of a
 * connection (OpenVPN, ssl_pkt.h): operation 1, 7 or 10 with key 0, and a
 * session of 8 bytes.  It ends with no acknowledgements (one byte) and the
 * message's number, 0.  With tls-auth a digest, the packet's number, which is
 * 1, and the time come before these.  tls-crypt has number and time after the
 * session, and encrypts the rest.
 */
static bool
is_openvpn_reset(const struct payload *l)
{
	static const uint8_t zeros[5];
	const uint8_t *p = l->at + 2;
	uint32_t n, operation;

	if (l->n != l->len || l->n < 16 || be16(l->at) != l->n - 2)
		return false;
	n = l->n - 2;
	operation = p[0] >> 3;
	if ((p[0] & 7) != 0 || (operation != 1 && operation != 7 &&
	    operation != 10))
		return false;
	if (memcmp(p + n - 5, zeros, 5) == 0)
		return n == 14 || (n >= 38 && be32(p + n - 13) == 1);
	return n >= 54 && (be32(p + 9) & 0x00ffffff) == 1;
}

/* A DTLS record of epoch 0 with a hello, or a request to verify one. */
static bool
is_dtls_hello(const struct payload *l)
{
	return l->n >= 14 && l->at[0] == 22 && is_dtls(l) &&
	    l->at[13] >= 1 && l->at[13] <= 3;
}

static enum protocol
proof_of_line(const struct payload *l)
{
	enum protocol found = which_line(l);

	/* SSDP has HTTP's lines (UPnP Device Architecture, 1.1). */
	if (found == PROTO_HTTP && on_port(l, 1900))
		return PROTO_SSDP;
	if (found == PROTO_SIP && !is_sip(l))
		return PROTO_NONE;
	if (found == PROTO_NONE && is_ssh_banner(l))
		return PROTO_SSH;
	return found;
}

/*
 * The bytes that a proxy puts before a connection's own (HAProxy, The PROXY
 * protocol, 2.1 and 2.2): a line, or a signature, two bytes and a length.
 * 0: none, or nothing else was captured.
 */
static uint32_t
proxy_header(const struct payload *l)
{
	static const char signature[12] = "\r\n\r\n\0\r\nQUIT\n";
	const uint8_t *lf;
	uint32_t n = 0;

	if (STARTS(l, "PROXY ")) {
		lf = memchr(l->at, '\n', l->n < 107 ? l->n : 107);
		n = lf == NULL ? 0 : (uint32_t)(lf - l->at) + 1;
	} else if (l->n >= 16 && has_at(l, 0, signature, sizeof signature))
		n = 16U + be16(l->at + 14);
	return n < l->n ? n : 0;
}

static inline enum protocol
proof_of_bytes(const struct payload *l)
{
	uint8_t first = l->at[0];

	if (first >= 'A' && first <= 'Z')
		return proof_of_line(l);
	if (first == 22)
		return is_tls_hello(l) ? PROTO_TLS : PROTO_NONE;
	if (first == 0x13)
		return is_bittorrent_handshake(l) ? PROTO_BITTORRENT :
		    PROTO_NONE;
	if (first <= 4 && is_openvpn_reset(l))
		return PROTO_OPENVPN;
	return PROTO_NONE;
}

/* What a proxy's header is followed by. */
static __attribute__((noinline)) enum protocol
proof_of_proxied(const struct payload *l)
{
	struct payload own = *l;
	uint32_t n = proxy_header(l);

	own.at += n;
	own.n -= n;
	own.len -= n;
	return n == 0 ? PROTO_NONE : proof_of_bytes(&own);
}

enum protocol
proof_tcp(const struct payload *l)
{
	if (l->at[0] == '\r' || (l->at[0] == 'P' && STARTS(l, "PROXY ")))
		return proof_of_proxied(l);
	return proof_of_bytes(l);
}

enum protocol
proof_udp(const struct payload *l)
{
	uint8_t first = l->at[0];

	if (first >= 'A' && first <= 'Z')
		return is_sip(l) ? PROTO_SIP : PROTO_NONE;
	if (first < 4)
		return is_stun(l) ? PROTO_STUN : PROTO_NONE;
	if (first == 22)
		return is_dtls_hello(l) ? PROTO_DTLS : PROTO_NONE;
	if (first >= 0xc0)
		return which_quic(l);
	return PROTO_NONE;
}
