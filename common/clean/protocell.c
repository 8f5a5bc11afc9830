/*
 * protocell - the protocol that the cells of other programs' tables name
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>
#include <strings.h>

#include "clean/novalue.h"
#include "clean/numbercell.h"
#include "clean/protocell.h"

/*
 * The contents of a payload, and what Wireshark adds to a packet's layers, as
 * PyShark names them in highest_layer.
 */
static bool
is_none(struct slice s)
{
	static const char *const words[] = { "ASN1", "BER", "CMS", "DATA",
	    "DATA-L1-EVENTS", "DATA-TEXT-LINES", "DCERPC_STUB",
	    "ETH_PADDING", "ETH_TRAILER", "FAKE-FIELD-WRAPPER", "JPEG",
	    "JSON", "MALFORMED", "MEDIA", "MIME_MULTIPART", "MSGPACK",
	    "MULTIPART", "PNG", "PROTOBUF", "RAW", "SHORT", "TEXT",
	    "UNKNOWN", "UNREASSEMBLED", "URLENCODED-FORM", "VSSMONITORING",
	    "VSS-MONITORING", "XML", NULL };
	static const char *const starts[] = { "_WS.", "IMAGE-", "IMAGE/",
	    "VIDEO-", "AUDIO-", "[MALFORMED", "[SHORT", "[UNREASSEMBLED",
	    "APPLICATION/", "TEXT/" };
	size_t i;

	for (i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (s.len > strlen(starts[i]) &&
		    strncasecmp(s.at, starts[i], strlen(starts[i])) == 0)
			return true;
	return novalue_among(s, words);
}

bool
protocell_is_name(struct slice s)
{
	uint64_t number;

	return !novalue(s) && !is_none(s) &&
	    !numbercell_code(s, UINT8_MAX, &number);
}

/* Names that Zeek and Suricata give, where Wireshark has others. */
static enum protocol
of_service(struct slice s)
{
	static const struct {
		const char	*service;
		const char	*name;
	} services[] = {
		{ "krb", "KRB5" }, { "dce_rpc", "DCERPC" },
		{ "postgresql", "PGSQL" }, { "rfb", "VNC" },
		{ "bittorrent-dht", "BITTORRENT" }, { "dnp3", "DNP3" },
		{ "ikev2", "ISAKMP" }, { "pop3", "POP" }, { "gtpv1", "GTP" },
	};
	size_t i;

	/* "ldap_tcp" */
	if (s.len > 4 && (memcmp(s.at + s.len - 4, "_tcp", 4) == 0 ||
	    memcmp(s.at + s.len - 4, "_udp", 4) == 0)) {
		s.len -= 4;
		if (protocol_find(s.at, s.len) != PROTO_NONE)
			return protocol_find(s.at, s.len);
	}
	for (i = 0; i < sizeof(services) / sizeof(services[0]); i++)
		if (slice_is(s, services[i].service))
			return protocol_find(services[i].name,
			    strlen(services[i].name));
	return PROTO_NONE;
}

/* The protocol of one value; *weak if a number says it. */
static enum protocol
of_value(struct slice s, struct slice src, bool *weak)
{
	enum protocol p;
	uint64_t number;

	if (!numbercell_code(s, UINT8_MAX, &number)) {
		p = protocol_find(s.at, s.len);
		return p == PROTO_NONE ? of_service(s) : p;
	}
	*weak = true;
	p = protocol_of_number((unsigned)number);
	if (p != PROTO_NONE)
		return p;
	if (src.len == 0)
		return PROTO_OTHER;
	return memchr(src.at, ':', src.len) != NULL ? PROTO_IPV6 : PROTO_IPV4;
}

static bool
is_of_name(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z') || c == '.' || c == '_' || c == '-';
}

/*
 * The protocol of a cell that may hold several values: the last that is known,
 * which is the innermost one; a number after a name may be a port.  An ICMP
 * error quotes a packet: what follows ICMP is not this packet's.
 */
static enum protocol
of_cell(struct slice s, struct slice src, bool *weak)
{
	enum protocol p = of_value(s, src, weak), found = PROTO_NONE;
	const char *at = s.at, *end = s.at + s.len;
	bool number;
	size_t n;

	if (p != PROTO_NONE || s.len == 0)
		return p;
	for (; at < end && found != PROTO_ICMP && found != PROTO_ICMPV6;
	    at += n + 1) {
		for (n = 0; at + n < end && is_of_name(at[n]); n++)
			continue;
		number = false;
		p = of_value((struct slice){ at, n }, src, &number);
		if (p == PROTO_NONE ||
		    (number && found != PROTO_NONE && !*weak))
			continue;
		found = p;
		*weak = number;
	}
	return found;
}

/*
 * The first protocol that these columns name; failing that, in *weak, the
 * first that a number says.  *other: a word was no protocol.
 */
static enum protocol
of_columns(const int *column, size_t n, const struct csv *c,
    const struct dialect *d, struct slice src, enum protocol *number,
    bool *other)
{
	enum protocol p;
	struct slice s;
	bool weak;
	size_t i;

	for (i = 0; i < n; i++) {
		s = slice_trim(c->cell[column[i]]);
		if (novalue(s))
			continue;
		weak = false;
		if (is_none(s)) {
			*other = true;
			continue;
		}
		p = of_cell(s, src, &weak);
		if (p != PROTO_NONE && !weak)
			return p;
		if (*number == PROTO_NONE)
			*number = p;
		*other |= p == PROTO_NONE && column[i] == d->highest;
	}
	return PROTO_NONE;
}

/*
 * The protocol of which a field has a value (not zero, which some scripts write
 * for none).  An ICMP error also has the ports of the packet that it quotes.
 */
static enum protocol
of_fields(const struct dialect *d, const struct csv *c)
{
	enum protocol p, found = PROTO_NONE;
	struct slice s;
	size_t i;

	for (i = 0; i < d->field_columns; i++) {
		p = d->field_of[i];
		s = slice_trim(c->cell[d->field[i]]);
		if (novalue(s) || slice_is(s, "0") || slice_is(s, "0.0"))
			continue;
		if (found == PROTO_NONE || p == PROTO_ICMP || p == PROTO_ICMPV6)
			found = p;
	}
	return found;
}

enum protocol
protocell_read(const struct dialect *d, const struct csv *c, struct slice src)
{
	enum protocol p, number = PROTO_NONE;
	bool other = false;

	p = of_columns(d->source[ROLE_PROTO], d->sources[ROLE_PROTO], c, d,
	    src, &number, &other);
	if (p == PROTO_NONE)
		p = of_columns(d->layer, d->layers, c, d, src, &number, &other);
	if (p == PROTO_NONE)
		p = number;
	if (p == PROTO_NONE)
		p = of_fields(d, c);
	return p == PROTO_NONE && other ? PROTO_OTHER : p;
}
