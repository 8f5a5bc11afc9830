/*
 * appproto_windows - Windows networks and ONC RPC
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/appproto_private.h"

/*
 * DCE 1.1 RPC: connection-oriented packets are of version 5.0 or 5.1 (C706,
 * 12.6.3), datagrams of version 4 (C706, 12.5.2).
 */
bool
is_dcerpc(const struct payload *l)
{
	const uint8_t *p = l->at;

	if (l->tcp)
		return l->n >= 16 && p[0] == 5 && p[1] <= 1 && p[2] <= 20 &&
		    (p[4] & 0xee) == 0 && p[5] <= 3 &&
		    (p[4] & 0x10 ? le16(p + 8) : be16(p + 8)) >= 16;
	/* The fields after the body's length follow its byte order. */
	return l->n >= 80 && p[0] == 4 && p[1] <= 10 && p[2] < 0x80 &&
	    (p[3] & 0xfc) == 0 && (p[4] & 0xee) == 0 && p[5] <= 3 &&
	    p[6] == 0;
}

/* "SMB" after 0xff, 0xfe (version 2), 0xfd (encrypted), 0xfc (compressed). */
static bool
is_smb_header(const uint8_t *p, uint32_t n)
{
	return n >= 4 && p[0] >= 0xfc && memcmp(p + 1, "SMB", 3) == 0;
}

/*
 * The session service (RFC 1002, 4.3.1), also over port 445 (MS-SMB2, 2.1):
 * a message carries SMB, the other types are the service's own.
 */
enum protocol
which_nbss(const struct payload *l)
{
	const uint8_t *p = l->at;

	if (is_smb_header(p, l->n))
		return PROTO_SMB;
	if (l->n < 4)
		return l->flow != PROTO_NONE ? l->flow : PROTO_NBSS;
	if (p[0] >= 0x81 && p[0] <= 0x85 && be24(p + 1) + 4 <= l->len)
		return PROTO_NBSS;
	if (p[0] == 0 && is_smb_header(p + 4, l->n - 4))
		return PROTO_SMB;
	return l->flow != PROTO_NONE ? l->flow : PROTO_NBSS;
}

/*
 * Over UDP the application tag of a message, 10 to 30, constructed (RFC 4120,
 * 5.10), and the length in DER; or version 4 and a type, which is even; over
 * TCP its length first (RFC 4120, 7.2.2).
 */
bool
is_krb5(const struct payload *l)
{
	const uint8_t *p = l->at;

	if (l->tcp)
		return l->n >= 4 && be32(p) < 1 << 20;
	if (p[0] == 4)
		return l->n < 2 || ((p[1] >> 1 >= 1 && p[1] >> 1 <= 8) ||
		    p[1] >> 1 == 63);
	if (p[0] < 0x6a || p[0] > 0x7e)
		return false;
	return l->n < 2 || (p[1] < 0x80 ? p[1] + 2U <= l->len :
	    p[1] >= 0x81 && p[1] <= 0x84);
}

/* A sequence (RFC 4511, 4.1.1), or wrapped by SASL after its length. */
bool
is_ldap(const struct payload *l)
{
	return l->at[0] == 0x30 || (l->n >= 4 && l->at[0] == 0 &&
	    be32(l->at) > 0);
}

/*
 * A call names version 2, and a program that is assigned or dynamic; a reply
 * is accepted or denied, and counts once a call was seen (RFC 5531, 9).  TCP
 * has a record mark in front (11).
 */
bool
is_rpc(const struct payload *l)
{
	const uint8_t *p = l->at;
	uint32_t n = l->n, program;

	if (l->tcp) {
		if (n < 4)
			return false;
		p += 4;
		n -= 4;
	}
	if (n < 12 || be32(p + 4) > 1)
		return false;
	if (be32(p + 4) == 1)
		return l->flow == PROTO_RPC && be32(p + 8) <= 1;
	if (n < 24 || be32(p + 8) != 2)
		return false;
	program = be32(p + 12);
	return program >= 100000 && program < 0x80000000u &&
	    be32(p + 16) < 256 && be32(p + 20) < 1024;
}

/*
 * ISO transport (RFC 1006, 6; ITU-T X.224, 13).  A data unit may carry S7
 * (its first byte 0x32); a session's own (0x01, 0x0d and so on) are
 * not in our table.  Anything else on RDP's port is RDP's (MS-RDPBCGR, 2.2).
 */
static enum protocol
which_cotp(const struct payload *l)
{
	const uint8_t *p = l->at;
	uint32_t data = 5u + p[4];

	if (l->n < 7 || p[5] >> 4 != 0xf || on_port(l, 3389))
		return PROTO_RDP;
	if (l->n <= data)
		return PROTO_RDP;
	if (p[data] == 0x32)
		return PROTO_S7COMM;
	if ((p[6] & 0x80) == 0)
		return PROTO_RDP;
	return p[data] == 1 || (p[data] >= 5 && p[data] <= 14) ?
	    PROTO_TCP : PROTO_RDP;
}

static bool
is_tpkt(const struct payload *l)
{
	return l->n >= 5 && l->at[0] == 3 && l->at[1] == 0 &&
	    be16(l->at + 2) >= 7;
}

/* Q.931 in TPKT (ITU-T H.225.0, 7.1): the discriminator of call control. */
static bool
is_q931(const struct payload *l)
{
	return is_tpkt(l) && l->n >= 8 && l->at[4] == 8 && l->at[5] <= 2 &&
	    (l->at[6 + l->at[5] < (int)l->n ? 6 + l->at[5] : 7] & 0x80) == 0;
}

enum protocol
which_tpkt(const struct payload *l)
{
	if (is_q931(l) && !on_port(l, 102) && !on_port(l, 3389))
		return PROTO_H323;
	if (is_tpkt(l) && l->flow != PROTO_H323)
		return which_cotp(l);
	if (l->flow != PROTO_NONE)
		return l->flow;
	if (is_tls(l))
		return PROTO_TLS;
	/* The port alone says nothing: all starts with TPKT (RFC 1006, 6). */
	return PROTO_NONE;
}

enum protocol
which_tpkt_anywhere(const struct payload *l)
{
	return is_q931(l) ? PROTO_H323 : PROTO_NONE;
}
