/*
 * ipaddr - IP addresses as text and bytes
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/ipaddr.h"

#define GROUPS	8	/* of 16 bits in an IPv6 address */

/*
 * Each value of a byte as text and a dot, copied as one word.  The bytes
 * after the dot are overwritten by what follows.  Measured on random
 * addresses, 21 ns for one where digits put one by one take 58.
 */
#define B(h, t, u) { \
	(h) > 0 ? '0' + (h) : (t) > 0 ? '0' + (t) : '0' + (u), \
	(h) > 0 ? '0' + (t) : (t) > 0 ? '0' + (u) : '.', \
	(h) > 0 ? '0' + (u) : '.', '.' }
#define B6(h, t)	B(h, t, 0), B(h, t, 1), B(h, t, 2), B(h, t, 3), \
			B(h, t, 4), B(h, t, 5)
#define B10(h, t)	B6(h, t), B(h, t, 6), B(h, t, 7), B(h, t, 8), \
			B(h, t, 9)
#define B50(h)		B10(h, 0), B10(h, 1), B10(h, 2), B10(h, 3), B10(h, 4)
#define B100(h)		B50(h), B10(h, 5), B10(h, 6), B10(h, 7), B10(h, 8), \
			B10(h, 9)

const char ipaddr_decimal[256][4] = { B100(0), B100(1), B50(2), B6(2, 5) };

#define L10(n)	n, n, n, n, n, n, n, n, n, n
#define L50(n)	L10(n), L10(n), L10(n), L10(n), L10(n)

const uint8_t ipaddr_decimal_len[256] = { L10(2), L10(3), L10(3), L10(3),
    L10(3), L50(3), L50(4), L50(4), L50(4), 4, 4, 4, 4, 4, 4 };

/* Writes one to four hex digits. */
static inline char *
put_group(char *out, unsigned value)
{
	static const char hex[] = "0123456789abcdef";

	if (value >= 0x1000)
		*out++ = hex[value >> 12];
	if (value >= 0x100)
		*out++ = hex[value >> 8 & 15];
	if (value >= 0x10)
		*out++ = hex[value >> 4 & 15];
	*out++ = hex[value & 15];
	return out;
}

/*
 * The first of the longest runs of two zero groups or more, which "::" stands
 * for (RFC 5952, 4.2).  Bit i of zero is group i's; each round keeps the bits
 * at which a run of one more starts.  *length is 0 if there is none.
 */
static inline unsigned
longest_zeros(unsigned zero, unsigned *length)
{
	unsigned starts = 0, next = zero & zero >> 1;

	*length = next != 0;
	for (; next != 0; ++*length) {
		starts = next;
		next &= zero >> (*length + 1);
	}
	return starts != 0 ? (unsigned)__builtin_ctz(starts) : 0;
}

/*
 * Whether an IPv4 address is embedded: IPv4-mapped and IPv4-compatible
 * addresses (RFC 4291, 2.5.5) have prefixes that tell, and RFC 5952, 5 has
 * them written with dots.
 */
static bool
embeds_4(const unsigned *group, unsigned zeros, unsigned length)
{
	return zeros == 0 && (length == 6 ||
	    (length == 5 && group[5] == 0xffff));
}

size_t
ipaddr_format_6(char *out, const uint8_t *byte)
{
	static const char mapped[7] = { ':', ':', 'f', 'f', 'f', 'f',
	    ':' };
	unsigned group[GROUPS], zero = 0, zeros, length, i;
	char *p = out;

	for (i = 0; i < GROUPS; i++) {
		group[i] = (unsigned)byte[2 * i] << 8 | byte[2 * i + 1];
		zero |= (unsigned)(group[i] == 0) << i;
	}
	zeros = longest_zeros(zero, &length);
	if (embeds_4(group, zeros, length)) {
		memcpy(p, mapped, sizeof(mapped));
		p += length == 6 ? 2 : 7;
		return (size_t)(p - out) + ipaddr_format_4(p, byte + 12);
	}
	/* A colon after each group; the last one is not counted. */
	for (i = 0; i < GROUPS; i++) {
		if (length > 0 && i == zeros) {
			*p = ':';
			p += i == 0;
			i += length;
			*p++ = ':';
			if (i == GROUPS)
				return (size_t)(p - out);
		}
		p = put_group(p, group[i]);
		*p++ = ':';
	}
	return (size_t)(p - 1 - out);
}

/* Dotted decimal, no leading zeros: some readers take those for octal. */
static bool
parse_4(uint8_t *byte, const char *p, const char *end)
{
	unsigned i, value;
	const char *first;

	for (i = 0; i < 4; i++) {
		if (i > 0 && (p == end || *p++ != '.'))
			return false;
		value = 0;
		for (first = p; p < end && (unsigned char)(*p - '0') <= 9;
		    p++) {
			if (p - first == 3 || (p > first && value == 0))
				return false;
			value = value * 10 + (unsigned char)(*p - '0');
		}
		if (p == first || value > 255)
			return false;
		byte[i] = (uint8_t)value;
	}
	return p == end;
}

/* The values of hex digits, plus one; 0 for other bytes. */
static const uint8_t hex_plus_1[256] = {
	['0'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
	['A'] = 11, 12, 13, 14, 15, 16,
	['a'] = 11, 12, 13, 14, 15, 16
};

/* Moves the bytes after the "::" to the right end; false if it is for none. */
static bool
fill_gap(uint8_t *byte, unsigned gap, unsigned used)
{
	if (used > 14)
		return false;
	memmove(byte + 16 - (used - gap), byte + gap, used - gap);
	memset(byte + gap, 0, 16 - used);
	return true;
}

/*
 * Reads groups of one to four hex digits, with "::" at most once, from the
 * left.  The loop is over bytes: a call for each group took twice the
 * instructions.
 */
static bool
parse_6(uint8_t *byte, const char *p, const char *end)
{
	unsigned used = 0, gap = 17, value = 0, digit;
	const char *group = p;

	if (end - p >= 2 && p[0] == ':' && p[1] == ':') {
		gap = 0;
		group = p += 2;
	}
	for (; p < end; p++) {
		digit = hex_plus_1[(uint8_t)*p];
		if (digit != 0) {
			value = value << 4 | (digit - 1);
			continue;
		}
		if (p == group || p - group > 4)
			return false;
		if (*p == '.') {
			if (used > 12 || !parse_4(byte + used, group, end))
				return false;
			used += 4;
			group = end;
			break;
		}
		if (*p != ':' || used > 12 || p + 1 == end)
			return false;
		byte[used++] = (uint8_t)(value >> 8);
		byte[used++] = (uint8_t)value;
		value = 0;
		group = p + 1;
		if (*group == ':') {
			if (gap <= 16)
				return false;
			gap = used;
			group++;
			p++;
		}
	}
	if (group < end) {
		if (end - group > 4 || used > 14)
			return false;
		byte[used++] = (uint8_t)(value >> 8);
		byte[used++] = (uint8_t)value;
	}
	return gap > 16 ? used == 16 : fill_gap(byte, gap, used);
}

bool
ipaddr_parse(struct ipaddr *a, const char *p, size_t n)
{
	memset(a, 0, sizeof(*a));
	if (n == 0 || n > IPADDR_TEXT_MAX)
		return false;
	a->family = n <= 15 && memchr(p, ':', n) == NULL ? 4 : 6;
	if (a->family == 4)
		return parse_4(a->byte, p, p + n);
	return parse_6(a->byte, p, p + n);
}

/*
 * IPv6 addresses that embed an IPv4 address, by the bytes from a bit on.  In
 * those of a host the prefix is the same for all and is always kept; the
 * others are of networks, and keep6 holds too.  What follows the IPv4 address
 * is cut with it: it may repeat it, or be Teredo's obfuscated client.
 */
static const struct embedding {
	uint8_t	bytes[12];
	uint8_t	from;		/* the first byte compared */
	uint8_t	len;		/* and how many are */
	uint8_t	address;	/* the bit where the IPv4 address starts */
	bool	host;
} embeddings[] = {
	/* RFC 4291: IPv4-mapped */
	{ { [10] = 0xff, [11] = 0xff }, 0, 12, 96, true },
	/* RFC 2765: IPv4-translated */
	{ { [8] = 0xff, [9] = 0xff }, 0, 12, 96, true },
	/* RFC 6052: NAT64's well-known prefix */
	{ { 0x00, 0x64, 0xff, 0x9b }, 0, 12, 96, true },
	/* RFC 8215: NAT64's local prefix; addresses start here or later */
	{ { 0x00, 0x64, 0xff, 0x9b, 0x00, 0x01 }, 0, 6, 48, false },
	/* RFC 3056: 6to4 */
	{ { 0x20, 0x02 }, 0, 2, 16, false },
	/* RFC 4380: Teredo, the server first */
	{ { 0x20, 0x01, 0x00, 0x00 }, 0, 4, 32, false },
	/* RFC 5214: ISATAP, of a private and of a global address */
	{ { 0x00, 0x00, 0x5e, 0xfe }, 8, 4, 96, false },
	{ { 0x02, 0x00, 0x5e, 0xfe }, 8, 4, 96, false },
	/* RFC 4291: IPv4-compatible */
	{ { 0 }, 0, 12, 96, false },
};

/* The bits to keep of an IPv6 address. */
static unsigned
keep_of_6(const uint8_t *byte, unsigned keep4, unsigned keep6)
{
	const struct embedding *e = embeddings;
	const struct embedding *end = e + sizeof(embeddings) / sizeof(*e);

	while (e < end && memcmp(byte + e->from, e->bytes, e->len) != 0)
		e++;
	if (e == end || (keep4 == 32 && !e->host))
		return keep6;
	return e->host || e->address + keep4 < keep6 ? e->address + keep4 :
	    keep6;
}

void
ipaddr_truncate(struct ipaddr *a, unsigned keep4, unsigned keep6)
{
	unsigned keep = a->family == 4 ? keep4 :
	    keep_of_6(a->byte, keep4, keep6);
	unsigned i, bytes = a->family == 4 ? 4 : 16;

	for (i = 0; i < bytes; i++) {
		unsigned kept = keep > i * 8 ? keep - i * 8 : 0;

		if (kept < 8)
			a->byte[i] &= (uint8_t)(0xff00 >> kept);
	}
}
