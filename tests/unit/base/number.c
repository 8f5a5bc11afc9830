/*
 * number - unit test of decimal numbers
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/number.h"
#include "tap.h"

/* Both readers agree that text, with rubbish after it, is wanted. */
static bool
reads(const char *text, uint64_t max, uint64_t wanted)
{
	char cell[64];
	uint64_t a = 0, b = 0;
	size_t n = strlen(text);

	memset(cell, '7', sizeof(cell));
	memcpy(cell, text, n);
	return number_parse(cell, n, max, &a) && a == wanted &&
	    number_parse_cell(cell, n, max, &b) && b == wanted;
}

/* Two texts of up to eight bytes as one number; -1 if they are none. */
static int64_t
read_two(const char *a, size_t a_len, const char *b, size_t b_len)
{
	char cell[2][16] = { "", "" };
	uint64_t v[2];

	memcpy(cell[0], a, a_len);
	memcpy(cell[1], b, b_len);
	return number_of_two(number_digits(le64(cell[0]), a_len),
	    number_digits(le64(cell[1]), b_len), &v[0], &v[1]) ?
	    (int64_t)(1000000000 * v[0] + v[1]) : -1;
}

static bool
refuses(const char *text, size_t n, uint64_t max)
{
	char cell[64] = "";
	uint64_t v;

	memcpy(cell, text, n);
	return !number_parse(cell, n, max, &v) &&
	    !number_parse_cell(cell, n, max, &v);
}

/* A byte that is no digit, at each place of numbers of each length. */
static int
wrongly_taken(void)
{
	char text[16];
	size_t n, i;
	int byte, taken = 0;

	for (n = 1; n <= 12; n++)
		for (i = 0; i < n; i++)
			for (byte = 0; byte < 256; byte++) {
				if (byte >= '0' && byte <= '9')
					continue;
				memset(text, '9', sizeof(text));
				text[i] = (char)byte;
				taken += !refuses(text, n, INT64_MAX);
				taken += n <= 8 &&
				    (read_two(text, n, "1", 1) != -1 ||
				    read_two("1", 1, text, n) != -1);
			}
	return taken;
}

/* Numbers of 1 to 19 digits, as printf writes them. */
static int
misread(void)
{
	char text[32];
	uint64_t v = 1;
	int i, wrong = 0;

	for (i = 0; i < 19; i++, v = v * 10 + (uint64_t)i % 10) {
		snprintf(text, sizeof(text), "%ju", (uintmax_t)v);
		wrong += !reads(text, INT64_MAX, v);
		wrong += i < 8 && (read_two(text, strlen(text), "90817263",
		    8) != (int64_t)(1000000000 * v + 90817263) ||
		    read_two("54", 2, text, strlen(text)) !=
		    (int64_t)(54000000000 + v));
	}
	return wrong;
}

/* Whether a number and its neighbours are not written as printf does. */
static int
miswritten(uint64_t around)
{
	char want[32], got[NUMBER_TEXT_MAX];
	uint64_t v;
	int wrong = 0;
	size_t n;

	for (v = around - 2; v != around + 2; v++) {
		n = number_put(got, v);
		snprintf(want, sizeof(want), "%ju", (uintmax_t)v);
		wrong += n != strlen(want) || memcmp(got, want, n) != 0;
	}
	return wrong;
}

/* Around each power of two and of ten. */
static int
all_miswritten(void)
{
	uint64_t ten = 1;
	int i, wrong = 0;

	for (i = 0; i < 64; i++)
		wrong += miswritten(UINT64_C(1) << i);
	for (i = 0; i < 20; i++, ten *= 10)
		wrong += miswritten(ten);
	return wrong;
}

/* How many numbers of 16 bits number_put_16 writes unlike snprintf. */
static int
miswritten_16(void)
{
	char got[8], want[8];
	int v, wrong = 0;
	size_t n;

	for (v = 0; v <= UINT16_MAX; v++) {
		n = number_put_16(got, (uint16_t)v);
		snprintf(want, sizeof(want), "%d", v);
		wrong += n != strlen(want) || memcmp(got, want, n) != 0;
	}
	return wrong;
}

int
main(void)
{
	ok(reads("0", 9, 0) && reads("007", 9, 7), "zeros in front are read");
	ok(reads("12345678", 12345678, 12345678), "up to the maximum");
	ok(refuses("12345678", 8, 12345677) &&
	    refuses("4294967296", 10, UINT32_MAX), "not past it");
	ok(reads("9223372036854775807", INT64_MAX, INT64_MAX),
	    "the greatest of 19 digits");
	ok(refuses("", 0, 9), "nothing is no number");
	ok(refuses("00000000000000000000", 20, INT64_MAX),
	    "twenty digits are too many");
	same_int(misread(), 0, "numbers of each length are read");
	same_int(wrongly_taken(), 0, "no other byte is taken for a digit");
	same_int(all_miswritten(), 0, "numbers of each length are written");
	same_int(miswritten_16(), 0, "each number of 16 bits is written");
	return tap_done();
}
