/*
 * appproto_database - databases
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/appproto_private.h"

/* Packet types, status bits, length (MS-TDS, 2.2.3.1). */
bool
is_tds(const struct payload *l)
{
	return l->n >= 8 && l->at[0] >= 1 && l->at[0] <= 18 &&
	    l->at[1] <= 31 && be16(l->at + 2) >= 8;
}

/* On any port: a whole packet, of types with data, its window zero. */
bool
is_tds_anywhere(const struct payload *l)
{
	return is_tds(l) && l->at[0] != 5 && l->at[1] <= 1 &&
	    be16(l->at + 2) == l->len && l->at[7] == 0 &&
	    be16(l->at + 4) == 0 && l->at[6] <= 1;
}

/* A length, and an operation that is assigned (MongoDB Wire Protocol). */
bool
is_mongo(const struct payload *l)
{
	uint32_t operation;

	if (l->n < 16 || le32(l->at) < 16)
		return false;
	operation = le32(l->at + 12);
	return operation == 1 || operation == 1000 ||
	    (operation >= 2001 && operation <= 2013);
}

/*
 * Versions 1 to 5 (CQL v5, 2.1) and 6, a beta; the top bit is set in responses.
 */
bool
is_cql(const struct payload *l)
{
	return l->n >= 5 && (l->at[0] & 0x7f) >= 1 && (l->at[0] & 0x7f) <= 6;
}

/*
 * A length before the start-up message, else a type and a length (PostgreSQL
 * 15, 55.7); one letter alone answers a request for TLS.
 */
bool
is_pgsql(const struct payload *l)
{
	uint32_t len;

	if (l->at[0] == 0 || l->n < 5)
		return true;
	len = be32(l->at + 1);
	return len >= 4 && len < 1u << 24;
}
