/*
 * utf16 - text in UTF-16 as UTF-8
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <unistd.h>

#include "base/utf16.h"

#define REPLACEMENT	0xfffd
#define MARK		0xfeff		/* the byte order mark */

static bool
is_ascii(char c)
{
	return (c >= ' ' && c <= '~') || c == '\t' || c == '\r' || c == '\n';
}

bool
utf16_detect(struct utf16 *u, const char *at, size_t n)
{
	const uint8_t *p = (const uint8_t *)at;

	*u = (struct utf16){ .big = false };
	if (n < 2)
		return false;
	u->big = p[0] == 0xfe || p[0] == 0;
	/* The mark of UTF-32, little-endian, starts with that of UTF-16. */
	if ((p[0] == 0xff && p[1] == 0xfe) || (p[0] == 0xfe && p[1] == 0xff))
		return n < 4 || p[2] != 0 || p[3] != 0;
	if (n < 4)
		return false;
	return u->big ? at[0] == 0 && is_ascii(at[1]) && at[2] == 0 &&
	    is_ascii(at[3]) : is_ascii(at[0]) && at[1] == 0 &&
	    is_ascii(at[2]) && at[3] == 0;
}

static size_t
put(char *out, unsigned c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* Writes a unit, or keeps it if it is the first half of a character. */
static size_t
put_unit(struct utf16 *u, unsigned unit, char *out)
{
	unsigned high = u->high;
	size_t n = 0;

	u->high = 0;
	if (high != 0) {
		if (unit >= 0xdc00 && unit <= 0xdfff)
			return put(out, 0x10000 + ((high - 0xd800) << 10) +
			    (unit - 0xdc00));
		n = put(out, REPLACEMENT);
	}
	if (unit >= 0xd800 && unit <= 0xdbff) {
		u->high = unit;
		return n;
	}
	if (unit == MARK)
		return n;
	return n + put(out + n, unit >= 0xdc00 && unit <= 0xdfff ?
	    REPLACEMENT : unit);
}

size_t
utf16_convert(struct utf16 *u, const char *at, size_t n, char *out)
{
	const uint8_t *p = (const uint8_t *)at, *end = p + n;
	size_t written = 0;

	for (; p < end; p++) {
		if (u->odd)
			written += put_unit(u, u->big ?
			    (unsigned)u->half << 8 | *p :
			    (unsigned)*p << 8 | u->half, out + written);
		u->half = *p;
		u->odd = !u->odd;
	}
	return written;
}

size_t
utf16_end(struct utf16 *u, char *out)
{
	size_t n = 0;

	if (u->high != 0)
		n = put(out, REPLACEMENT);
	if (u->odd)
		n += put(out + n, REPLACEMENT);
	u->high = 0;
	u->odd = false;
	return n;
}

ssize_t
utf16_read(struct utf16 *u, int fd, char *out)
{
	char block[UTF16_BLOCK];
	ssize_t n = read(fd, block, sizeof(block));
	size_t written;

	if (n <= 0)
		return n == 0 ? (ssize_t)utf16_end(u, out) : n;
	written = utf16_convert(u, block, (size_t)n, out);
	if (written > 0)
		return (ssize_t)written;
	errno = EAGAIN;
	return -1;
}
