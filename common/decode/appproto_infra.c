/*
 * appproto_infra - names, addresses, time and management
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/appproto_private.h"

/*
 * A header of 12 bytes (RFC 1035, 4.1.1), over TCP behind its length (4.2.2):
 * there a message of more than one segment can be long, but asks one question
 * at most.
 */
bool
is_dns(const struct payload *l)
{
	if (!l->tcp)
		return l->len >= 12;
	if (l->n < 8)
		return l->len < 8;
	return be16(l->at) >= 12 && (l->at[4] & 0x78) <= 0x30 &&
	    be16(l->at + 6) <= 1;
}

/* The end of the name at off: labels of 63 bytes at most (RFC 1035, 3.1). */
static uint32_t
skip_name(const struct payload *l, uint32_t off)
{
	while (off < l->n && l->at[off] != 0) {
		if (l->at[off] > 63)
			return l->n;
		off += 1u + l->at[off];
	}
	return off + 1;
}

/*
 * On any port: a standard query with one question whose name, type and class
 * can be, and counts of records as such a query or its answer has.
 */
bool
is_dns_anywhere(const struct payload *l)
{
	const uint8_t *p = l->at;
	uint32_t end;

	if (l->n < 17 || (p[2] & 0x78) != 0 || be16(p + 4) != 1)
		return false;
	if ((p[2] & 0x80) == 0 && (be16(p + 6) != 0 || be16(p + 8) != 0))
		return false;
	if (be16(p + 6) > 25 || be16(p + 8) > 50 || be16(p + 10) > 50)
		return false;
	end = skip_name(l, 12);
	return end + 4 <= l->n && be16(p + end) != 0 &&
	    (be16(p + end + 2) & 0x7fff) <= 255 && be16(p + end + 2) != 0;
}

/* A request or a reply (RFC 2131, 2). */
bool
is_dhcp(const struct payload *l)
{
	return l->at[0] == 1 || l->at[0] == 2;
}

/* A sequence (RFC 1157, 4), whose length takes one to four bytes. */
bool
is_snmp(const struct payload *l)
{
	return l->at[0] == 0x30 && l->n >= 2 &&
	    (l->at[1] < 0x80 || (l->at[1] > 0x80 && l->at[1] <= 0x84));
}

/* Code, identifier, length of 20 to 4096 bytes (RFC 2865, 3). */
bool
is_radius(const struct payload *l)
{
	return l->at[0] != 0 && l->n >= 4 && be16(l->at + 2) >= 20 &&
	    be16(l->at + 2) <= 4096;
}

/* Version 1 and a length that holds the header (RFC 6733, 3). */
bool
is_diameter(const struct payload *l)
{
	return l->n >= 5 && l->at[0] == 1 && be24(l->at + 1) >= 20 &&
	    (l->at[4] & 0x0f) == 0;
}

/* Operations 1 to 5, and 6 for options (RFC 1350, 5; RFC 2347). */
bool
is_tftp(const struct payload *l)
{
	return l->n >= 2 && l->at[0] == 0 && l->at[1] >= 1 && l->at[1] <= 6;
}

/* On any port: a read or write request with a name and a mode it knows. */
bool
is_tftp_request(const struct payload *l)
{
	const uint8_t *end;
	uint32_t i;

	if (l->n < 8 || !is_tftp(l) || l->at[1] > 2)
		return false;
	for (i = 2; i < l->n && l->at[i] != 0; i++)
		if (l->at[i] < ' ' || l->at[i] > '~')
			return false;
	if (i == 2 || i + 1 >= l->n)
		return false;
	end = l->at + i + 1;
	return l->n - i > 5 && (memcmp(end, "octet", 5) == 0 ||
	    memcmp(end, "netas", 5) == 0 || memcmp(end, "OCTET", 5) == 0);
}

/* NAT-PMP is version 0 (RFC 6886, 3), PCP 1 and 2 (RFC 6887, 7). */
bool
is_pcp(const struct payload *l)
{
	return l->n >= 2 && l->at[0] <= 2;
}

/* Major version 12 and three types (RFC 8907, 4.1); older ones are UDP's. */
bool
is_tacacs(const struct payload *l)
{
	return l->n >= 2 && l->at[0] >> 4 == 12 && l->at[1] >= 1 &&
	    l->at[1] <= 3;
}
