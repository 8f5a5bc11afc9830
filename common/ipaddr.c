/*
 * ipaddr - IP addresses as text and bytes
 *
 * SPDX-License-Identifier: ISC
 */
#include <arpa/inet.h>
#include <string.h>

#include "ipaddr.h"

/* Writes one byte in decimal. */
static inline char *
put_octet(char *p, unsigned v)
{
	if (v >= 100) {
		*p++ = (char)('0' + v / 100);
		v %= 100;
		*p++ = (char)('0' + v / 10);
		v %= 10;
	} else if (v >= 10) {
		*p++ = (char)('0' + v / 10);
		v %= 10;
	}
	*p++ = (char)('0' + v);
	return p;
}

static char *
format_v4(char *p, const uint8_t *b)
{
	int i;

	for (i = 0; i < 4; i++) {
		if (i > 0)
			*p++ = '.';
		p = put_octet(p, b[i]);
	}
	return p;
}

/* Writes 16 bits in lower-case hexadecimal without leading zeros. */
static char *
put_group(char *p, unsigned v)
{
	static const char hex[] = "0123456789abcdef";

	if (v >= 0x1000)
		*p++ = hex[v >> 12];
	if (v >= 0x100)
		*p++ = hex[v >> 8 & 15];
	if (v >= 0x10)
		*p++ = hex[v >> 4 & 15];
	*p++ = hex[v & 15];
	return p;
}

/*
 * The first longest run of two or more zero groups becomes "::" (RFC 5952,
 * 4.2); *len is 0 if there is none.
 */
static int
zero_run(const unsigned *group, int *len)
{
	int i, j, start = -1;

	*len = 1;
	for (i = 0; i < 8; i = j + 1) {
		for (j = i; j < 8 && group[j] == 0; j++)
			;
		if (j - i > *len) {
			*len = j - i;
			start = i;
		}
	}
	if (start == -1)
		*len = 0;
	return start;
}

static char *
format_v6(char *p, const uint8_t *b)
{
	unsigned group[8];
	int i, run, len;

	for (i = 0; i < 8; i++)
		group[i] = (unsigned)b[2 * i] << 8 | b[2 * i + 1];
	run = zero_run(group, &len);
	/* Addresses that embed IPv4 by a well-known prefix (RFC 5952, 5). */
	if (run == 0 && len == 5 && group[5] == 0xffff) {
		memcpy(p, "::ffff:", 7);
		return format_v4(p + 7, b + 12);
	}
	for (i = 0; i < 8; i++) {
		if (i == run) {
			*p++ = ':';
			i += len - 1;
			if (i == 7)
				*p++ = ':';
			continue;
		}
		if (i > 0)
			*p++ = ':';
		p = put_group(p, group[i]);
	}
	return p;
}

size_t
ipaddr_format(char *out, uint8_t family, const uint8_t *byte)
{
	char *end = family == 4 ? format_v4(out, byte) : format_v6(out, byte);

	return (size_t)(end - out);
}

/* Four decimal numbers without leading zeros, as inet_pton has it. */
static bool
parse_v4(struct ipaddr *a, const char *p, const char *end)
{
	unsigned v, i;
	const char *start;

	for (i = 0; i < 4; i++) {
		if (i > 0 && (p == end || *p++ != '.'))
			return false;
		for (start = p, v = 0; p < end && *p >= '0' && *p <= '9'; p++)
			if ((v = v * 10 + (unsigned)(*p - '0')) > 255)
				return false;
		if (p == start || (*start == '0' && p - start > 1))
			return false;
		a->byte[i] = (uint8_t)v;
	}
	a->family = 4;
	return p == end;
}

bool
ipaddr_parse(struct ipaddr *a, const char *p, size_t n)
{
	char text[IPADDR_TEXT_MAX + 1];

	if (memchr(p, ':', n) == NULL)
		return parse_v4(a, p, p + n);
	if (n > IPADDR_TEXT_MAX || memchr(p, '\0', n) != NULL)
		return false;
	memcpy(text, p, n);
	text[n] = '\0';
	a->family = 6;
	return inet_pton(AF_INET6, text, a->byte) == 1;
}
