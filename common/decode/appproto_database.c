/*
 * appproto_database - databases
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/appproto_private.h"

/*
 * A packet's header (MS-TDS, 2.2.3.1): a type that is assigned, status bits,
 * a length that the segment has, or exceeds only if the packet goes on in the
 * next, and a window of 0.  The server answers with type 4; the other types
 * are the client's.
 */
bool
is_tds(const struct payload *l)
{
	uint32_t type, length;

	if (l->n < 8)
		return false;
	type = l->at[0];
	length = be16(l->at + 2);
	if ((type < 1 || type > 8 || type == 5) && type != 14 &&
	    (type < 16 || type > 18))
		return false;
	if (l->server != 0 && (type == 4) != (l->sport == l->server))
		return false;
	return (l->at[1] & 0xe0) == 0 && length >= 8 && length <= 32767 &&
	    (length <= l->len || l->len >= 512) && l->at[7] == 0;
}

/*
 * On any port: the first packet of a connection, PRELOGIN (MS-TDS, 2.2.6.5).
 * It is whole, and its first option is the version, which takes 6 bytes and
 * comes after the options.
 */
bool
is_tds_prelogin(const struct payload *l)
{
	const uint8_t *p = l->at;

	return l->n >= 14 && p[0] == 18 && is_tds(l) && p[1] <= 1 &&
	    be16(p + 2) == l->len && be16(p + 4) == 0 && p[8] == 0 &&
	    be16(p + 9) >= 6 && be16(p + 9) + 14 <= l->len &&
	    be16(p + 11) == 6;
}

/*
 * A length of 3 bytes and a number (MySQL, Packets): the length is of what
 * comes, or more where the payload is long.
 */
bool
is_mysql(const struct payload *l)
{
	return l->n < 4 || (le32(l->at) & 0xffffff) + 4 <= l->len ||
	    l->len >= 512;
}

/*
 * The first packets of a connection (MySQL, Connection Phase): the server's
 * greeting (protocol 10 or 9, after a length and number 0) or refusal (255),
 * or a client's answer, which has the number 1 or 2.  The length is of all
 * that comes.
 */
bool
is_mysql_start(const struct payload *l)
{
	uint32_t length;

	if (l->n < 5)
		return false;
	length = (le32(l->at) & 0xffffff) + 4;
	if (length > l->len)
		return false;
	if (l->at[3] == 0)
		return l->at[4] == 9 || l->at[4] == 10 || l->at[4] == 255;
	return l->at[3] <= 2 && length == l->len;
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
 * What a client starts with: a length that fits, or the protocol 3.0 or a
 * request to cancel, or for TLS or GSSAPI (PostgreSQL 15, 55.7).  The server
 * answers with any of its messages.
 */
bool
is_pgsql_start(const struct payload *l)
{
	uint32_t code;

	if (l->n < 8 || l->sport == l->server)
		return is_pgsql(l);
	if (be32(l->at) == l->len)
		return true;
	code = be32(l->at + 4);
	return code >> 16 == 3 || (code >= 80877102 && code <= 80877104);
}

/*
 * A length before the start-up message, else a type and a length (PostgreSQL
 * 15, 55.7); one letter alone answers a request for TLS.
 */
bool
is_pgsql(const struct payload *l)
{
	uint32_t len;

	if (l->n < 5)
		return true;
	if (l->at[0] == 0)
		return be32(l->at) >= 8;
	len = be32(l->at + 1);
	return len >= 4 && len < 1u << 24;
}

/*
 * A length of 2 bytes, a checksum of 0, a type of 1 to 19 (Oracle's network
 * protocol, as Wireshark describes it).
 */
bool
is_tns(const struct payload *l)
{
	return l->n >= 5 && be16(l->at) >= 8 && be16(l->at + 2) == 0 &&
	    l->at[4] >= 1 && l->at[4] <= 19;
}

/* A type of version 2 or 3 (RESP protocol description), or a line of text. */
bool
is_resp(const struct payload *l)
{
	static const char types[] = "+-:$*_#,(!=%~>|";

	return memchr(types, l->at[0], sizeof(types) - 1) != NULL || is_text(l);
}

/*
 * A length (Kafka protocol guide, Request Header) of what comes, or more where
 * the payload is long.
 */
bool
is_kafka(const struct payload *l)
{
	return l->n < 4 || (be32(l->at) > 0 && be32(l->at) < 1u << 31 &&
	    (be32(l->at) + 4 <= l->len || l->len >= 512));
}
