/*
 * utf16 - UTF-16 in pieces of any size
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/utf16.h"
#include "tap.h"

/* Converts in pieces of this many bytes. */
static size_t
convert(const char *at, size_t n, size_t piece, bool big, char *out)
{
	struct utf16 u = { .big = big };
	size_t i, written = 0;

	for (i = 0; i < n; i += piece)
		written += utf16_convert(&u, at + i,
		    n - i < piece ? n - i : piece, out + written);
	return written + utf16_end(&u, out + written);
}

/* Swaps the bytes of each unit. */
static void
swap(char *to, const char *from, size_t n)
{
	size_t i;

	for (i = 0; i + 1 < n; i += 2) {
		to[i] = from[i + 1];
		to[i + 1] = from[i];
	}
}

static void
test_convert(void)
{
	/* BOM, "A", U+00E9, U+20AC, U+1F600, a low and a high surrogate. */
	static const char little[] = "\xff\xfe" "A\0\xe9\0\xac\x20"
	    "\x3d\xd8\x00\xde" "\x00\xdc" "\x3d\xd8" "B";
	static const char want[] = "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"
	    "\xef\xbf\xbd" "\xef\xbf\xbd";
	char big[sizeof(little)], out[UTF16_ROOM(sizeof(little))];
	size_t piece, n = 16;

	swap(big, little, n);
	for (piece = 1; piece <= n; piece++) {
		same_text(out, convert(little, n, piece, false, out), want,
		    "little-endian in pieces of %zu", piece);
		same_text(out, convert(big, n, piece, true, out), want,
		    "big-endian in pieces of %zu", piece);
	}
	same_text(out, convert("A\0B", 3, 3, false, out), "A\xef\xbf\xbd",
	    "half a unit at the end");
}

static void
test_detect(void)
{
	struct utf16 u;

	ok(utf16_detect(&u, "\xff\xfet", 3) && !u.big, "little-endian");
	ok(utf16_detect(&u, "\xfe\xff\0t", 4) && u.big, "big-endian");
	ok(utf16_detect(&u, "t\0i\0", 4) && !u.big, "little without mark");
	ok(utf16_detect(&u, "\0\"\0t", 4) && u.big, "big without mark");
	ok(!utf16_detect(&u, "time", 4), "ASCII is not");
	ok(!utf16_detect(&u, "t\0i", 3), "nor are three bytes");
	ok(!utf16_detect(&u, "\xff\xfe\0\0", 4), "nor is UTF-32");
	ok(!utf16_detect(&u, "", 0), "nor is nothing");
}

int
main(void)
{
	test_convert();
	test_detect();
	return tap_done();
}
