/*
 * appproto_infra - names, addresses, time and management
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/appproto_private.h"

/*
 * Over TCP: a header of 12 bytes (RFC 1035, 4.1.1) after its length (4.2.2).  A
 * message of more than one segment can be long, but asks one question at most.
 */
bool
is_dns(const struct payload *l)
{
	if (l->n < 8)
		return l->len < 8;
	return be16(l->at) >= 12 && (l->at[4] & 0x78) <= 0x30 &&
	    be16(l->at + 6) <= 1;
}

/* Over TCP the client starts, with a query; the server answers. */
bool
is_dns_start(const struct payload *l)
{
	if (l->n < 8)
		return l->dport == l->server;
	return is_dns(l) && (l->dport == l->server) ==
	    ((l->at[4] & 0x80) == 0);
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

/*
 * Version 2 in the lower half of the second byte (IEEE 1588-2019, 13.3.2), or
 * version 1 in the first two (IEEE 1588-2002).
 */
bool
is_ptp(const struct payload *l)
{
	return l->n >= 2 && ((l->at[1] & 0x0f) == 2 || be16(l->at) == 1);
}

/* Version 1 or 2, a function that is assigned (RFC 2165, 4; RFC 2608, 8). */
bool
is_srvloc(const struct payload *l)
{
	return l->n >= 2 && (l->at[0] == 1 || l->at[0] == 2) &&
	    l->at[1] >= 1 && l->at[1] <= 11;
}

/* A read or write request with a name and a mode it knows (RFC 1350, 5). */
bool
is_tftp_request(const struct payload *l)
{
	const uint8_t *end;
	uint32_t i;

	if (l->n < 8 || l->at[0] != 0 || (l->at[1] != 1 && l->at[1] != 2))
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

/*
 * What a client asks: version 4, a command and a port (SOCKS 4), or version 5
 * and as many methods as it counts (RFC 1928, 3).  The server answers version 5
 * and a method, or 0 and a code of 90 to 93.
 */
bool
is_socks_start(const struct payload *l)
{
	if (l->sport == l->server)
		return (l->len == 2 && l->at[0] == 5) || (l->len == 8 &&
		    l->n >= 2 && l->at[0] == 0 && l->at[1] >= 90 &&
		    l->at[1] <= 93);
	if (l->n < 3)
		return false;
	if (l->at[0] == 4)
		return l->at[1] == 1 || l->at[1] == 2;
	return l->at[0] == 5 && l->at[1] > 0 && l->len >= 2u + l->at[1];
}

/*
 * A type that is assigned, flags of 0 but for those that have some, and a
 * length of at most four bytes that the payload holds (MQTT 5.0, 2.1).
 */
bool
is_mqtt(const struct payload *l)
{
	uint32_t type = l->at[0] >> 4, flags = l->at[0] & 15, i, length = 0;

	if (type == 0 || (type != 3 && flags !=
	    (type == 6 || type == 8 || type == 10 ? 2 : 0)))
		return false;
	for (i = 1; i <= 4 && i < l->n; i++) {
		length |= (l->at[i] & 0x7fU) << (7 * (i - 1));
		if ((l->at[i] & 0x80) == 0)
			return 1 + i + length <= l->len ||
			    l->len >= 512;
	}
	return i == l->n && i <= 4;
}

/*
 * The protocol's header (AMQP 0-9-1, 4.2.2; AMQP 1.0, 2.2), or the method
 * Connection.Start on channel 0 (0-9-1, 1.4.2.1), with which a server answers.
 */
bool
is_amqp_start(const struct payload *l)
{
	return STARTS(l, "AMQP") || (l->n >= 11 && STARTS(l, "\1\0\0") &&
	    be32(l->at + 7) == 0x000a000a);
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
