/*
 * utf16 - text in UTF-16 as UTF-8, a block at a time
 *
 * PowerShell's > and Excel's "Unicode text" write UTF-16.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef UTF16_H
#define UTF16_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define UTF16_BLOCK	((size_t)16 * 1024)	/* bytes of one read */

/* The most bytes of UTF-8 that n bytes of UTF-16 make with those before. */
#define UTF16_ROOM(n)	((n) / 2 * 3 + 6)

/* What is left over between blocks; zero at the start. */
struct utf16 {
	bool	 big;			/* big-endian */
	bool	 odd;			/* half a unit is left over */
	uint8_t	 half;
	unsigned high;			/* a high surrogate, or 0 */
};

/*
 * Whether n bytes are the start of UTF-16 text: a byte order mark, or two ASCII
 * characters without one.  Sets u->big and clears the rest.
 */
bool	utf16_detect(struct utf16 *u, const char *, size_t n);

/*
 * Writes n bytes as UTF-8 to out, which has UTF16_ROOM(n), and returns their
 * number.  Byte order marks are dropped; lone surrogates become U+FFFD.
 */
size_t	utf16_convert(struct utf16 *, const char *, size_t n, char *out);

/* Writes what is left over at the end of the text, 0, 3 or 6 bytes. */
size_t	utf16_end(struct utf16 *, char *out);

/*
 * Reads at most UTF16_BLOCK bytes from fd and writes them as UTF-8 to out,
 * which has UTF16_ROOM(UTF16_BLOCK).  Returns the number of bytes written, 0 at
 * the end, or -1 and sets errno: to EAGAIN if what was read made no character.
 */
ssize_t	utf16_read(struct utf16 *, int fd, char *out);

#endif
