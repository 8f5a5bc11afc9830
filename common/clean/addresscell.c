/*
 * addresscell - the addresses in the cells of other programs' tables
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ipaddr.h"
#include "clean/addresscell.h"
#include "clean/canonical.h"
#include "clean/novalue.h"

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	    (c >= 'A' && c <= 'F');
}

/* Whether n bytes are pairs of hex digits with this between them. */
static bool
hex_pairs(const char *p, size_t n, char between)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (i % 3 == 2 ? p[i] != between : !is_hex(p[i]))
			return false;
	return n % 3 == 2;
}

/*
 * A MAC address: "00:11:22:33:44:55", with hyphens, or "0011.2233.4455", and
 * Wireshark's resolved ones: "Dell_33:44:55", "IPv6mcast_01", "Broadcast".
 */
static bool
is_mac(struct slice s, bool wireshark)
{
	const char *tail;
	size_t i, n;

	if (s.len == 17 && (hex_pairs(s.at, 17, ':') ||
	    hex_pairs(s.at, 17, '-')))
		return true;
	if (s.len == 14 && s.at[4] == '.' && s.at[9] == '.') {
		for (i = 0; i < 14; i++)
			if (i % 5 != 4 && !is_hex(s.at[i]))
				return false;
		return true;
	}
	if (!wireshark)
		return false;
	tail = memrchr(s.at, '_', s.len);
	n = tail == NULL ? 0 : (size_t)(s.at + s.len - tail) - 1;
	return slice_is(s, "Broadcast") ||
	    (tail > s.at && n <= 11 && hex_pairs(tail + 1, n, ':'));
}

/* Whether a byte is in addresses, in Wireshark's names for them, too. */
static bool
is_of_address(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z') || (c != '\0' && strchr(".:%_-", c) != NULL);
}

/*
 * The last of several values that tshark joins, by any character (its option
 * -E aggregator=): the innermost header's.
 */
static struct slice
last_value(struct slice s)
{
	size_t i = s.len;

	while (i > 0 && is_of_address(s.at[i - 1]))
		i--;
	s.at += i;
	s.len -= i;
	return slice_trim(s);
}

/* The zone of a link, "fe80::1%eth0" (RFC 4007, 11), is left out. */
static bool
parse_address(struct ipaddr *a, struct slice s)
{
	const char *zone = memchr(s.at, '%', s.len);

	if (zone == NULL)
		return ipaddr_parse(a, s.at, s.len);
	return zone + 1 < s.at + s.len &&
	    ipaddr_parse(a, s.at, (size_t)(zone - s.at)) && a->family == 6;
}

static void
format_address(struct cleanrow *row, enum dialect_role role,
    struct ipaddr *a, const struct cleanrow_settings *settings)
{
	if (settings->anonymize)
		ipaddr_truncate(a, settings->keep4, settings->keep6);
	row->cell[role].at = row->text[role];
	row->cell[role].len = ipaddr_format(row->text[role], a->family,
	    a->byte);
}

enum cleanrow_reason
addresscell_read(struct cleanrow *row, const struct dialect *d,
    const struct csv *c, enum dialect_role role,
    const struct cleanrow_settings *settings)
{
	bool wireshark = d->relative != -1 || d->fields;
	enum cleanrow_reason result = CLEAN_GOOD;
	struct ipaddr a;
	size_t i;

	row->cell[role].len = 0;
	row->cell[role].at = "";
	for (i = 0; i < d->sources[role]; i++) {
		struct slice s = slice_trim(c->cell[d->source[role][i]]);

		if (s.len == 0)
			continue;
		if (!settings->anonymize && is_canonical_address(s)) {
			row->cell[role] = s;
			return CLEAN_GOOD;
		}
		if (d->fields)
			s = last_value(s);
		if (parse_address(&a, s)) {
			format_address(row, role, &a, settings);
			return CLEAN_GOOD;
		}
		if (is_mac(s, wireshark) || novalue(s))
			continue;
		row->bad = s;
		result = role == ROLE_SRC ? CLEAN_BAD_SRC : CLEAN_BAD_DST;
	}
	return result;
}

/* Takes the first value of a list; false if there is none. */
static bool
take_value(struct slice *list, struct ipaddr *a)
{
	size_t n;

	while (list->len > 0 && !is_of_address(list->at[0])) {
		list->at++;
		list->len--;
	}
	for (n = 0; n < list->len && is_of_address(list->at[n]); n++)
		continue;
	if (!ipaddr_parse(a, list->at, n))
		return false;
	list->at += n;
	list->len -= n;
	return true;
}

static bool
same_address(const struct ipaddr *a, const struct ipaddr *b)
{
	return a->family == b->family &&
	    memcmp(a->byte, b->byte, sizeof(a->byte)) == 0;
}

/*
 * In lists of sources and destinations: the pair after which an ICMP error
 * quotes the packet that caused it, whose source is the error's destination.
 */
static bool
find_quoting(struct slice srcs, struct slice dsts, uint8_t family,
    struct ipaddr pair[2])
{
	struct ipaddr src, dst;

	if (!take_value(&srcs, &pair[0]) || !take_value(&dsts, &pair[1]) ||
	    pair[0].family != family)
		return false;
	while (take_value(&srcs, &src) && take_value(&dsts, &dst)) {
		if (same_address(&pair[1], &src))
			return true;
		pair[0] = src;
		pair[1] = dst;
	}
	return false;
}

void
addresscell_unquote(struct cleanrow *row, const struct dialect *d,
    const struct csv *c, const struct cleanrow_settings *settings)
{
	uint8_t family = row->protocol == PROTO_ICMP ? 4 : 6;
	struct ipaddr pair[2];
	size_t i, j;

	for (i = 0; i < d->sources[ROLE_SRC]; i++)
		for (j = 0; j < d->sources[ROLE_DST]; j++)
			if (find_quoting(c->cell[d->source[ROLE_SRC][i]],
			    c->cell[d->source[ROLE_DST][j]], family, pair)) {
				format_address(row, ROLE_SRC, &pair[0],
				    settings);
				format_address(row, ROLE_DST, &pair[1],
				    settings);
				return;
			}
}
