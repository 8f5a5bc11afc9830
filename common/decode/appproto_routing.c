/*
 * appproto_routing - routers, their tunnels and their reports
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/appproto_private.h"

/* Version 1 (RFC 5036, 3.1). */
bool
is_ldp(const struct payload *l)
{
	return l->n >= 4 && be16(l->at) == 1 && be16(l->at + 2) >= 6;
}

/* The marker, of which all bits are set (RFC 4271, 4.1). */
bool
is_bgp(const struct payload *l)
{
	static const char marker[16] = "\xff\xff\xff\xff\xff\xff\xff\xff"
	    "\xff\xff\xff\xff\xff\xff\xff\xff";

	return has_at(l, 0, marker, l->n < 16 ? l->n : 16);
}

/* An echo request or reply of version 1 (RFC 8029, 3). */
bool
is_lsp_ping(const struct payload *l)
{
	return l->n >= 5 && be16(l->at) == 1 && l->at[4] >= 1 &&
	    l->at[4] <= 4;
}

/*
 * Version 0 and an operation (RFC 2281, 5.1: 0 to 2; 3 advertises), or
 * version 2's first element, of type 1 and 40 bytes.
 */
bool
is_hsrp(const struct payload *l)
{
	return l->n >= 2 && ((l->at[0] == 0 && l->at[1] <= 3) ||
	    (l->at[0] == 1 && l->at[1] >= 4));
}

/* Versions 0 to 2, a type other than 0 (3GPP TS 29.060, 6; 29.274, 5.1). */
bool
is_gtp(const struct payload *l)
{
	return l->at[0] >> 5 <= 2 && (l->n < 2 || l->at[1] != 0);
}

/* Versions 2 and 3 (RFC 2661, 3.1; RFC 3931, 4.1.2). */
bool
is_l2tp(const struct payload *l)
{
	return l->n >= 2 && (l->at[1] & 0x0f) >= 2 && (l->at[1] & 0x0f) <= 3;
}

/* The magic cookie (RFC 2637, 2). */
bool
is_pptp(const struct payload *l)
{
	return l->n >= 8 && be32(l->at + 4) == 0x1a2b3c4d;
}

/* Versions 1.0 to 1.5, types as they have (OpenFlow 1.5.1, 7.1). */
bool
is_openflow(const struct payload *l)
{
	return l->n >= 8 && l->at[0] >= 1 && l->at[0] <= 6 &&
	    l->at[1] <= 35 && be16(l->at + 2) >= 8;
}

/* Versions 1 to 9 (RFC 3954, 5.1), and 10 for IPFIX (RFC 7011, 3.1). */
bool
is_netflow(const struct payload *l)
{
	return l->n >= 4 && be16(l->at) >= 1 && be16(l->at) <= 10;
}

/* Versions 2, 4 and 5 (sFlow Version 5, appendix A). */
bool
is_sflow(const struct payload *l)
{
	return l->n >= 4 && (be32(l->at) == 2 || be32(l->at) == 4 ||
	    be32(l->at) == 5);
}

/* The magic number (RFC 8966, 4.2). */
bool
is_babel(const struct payload *l)
{
	return l->at[0] == 42;
}
