/*
 * numbercell - numbers as spreadsheets and pandas write them
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/number.h"
#include "clean/numbercell.h"

#define DIGITS_MAX	30
#define EXPONENT_MAX	30

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Reads "e9", "E-05" to the end. */
static bool
read_exponent(const char *p, const char *end, int *exponent)
{
	bool negative;

	*exponent = 0;
	if (p == end)
		return true;
	if ((*p++ | 0x20) != 'e' || p == end)
		return false;
	negative = *p == '-';
	p += negative || *p == '+';
	if (p == end)
		return false;
	for (; p < end && is_digit(*p) && *exponent <= EXPONENT_MAX; p++)
		*exponent = *exponent * 10 + (*p - '0');
	if (p < end || *exponent > EXPONENT_MAX)
		return false;
	*exponent = negative ? -*exponent : *exponent;
	return true;
}

bool
numbercell_plain(struct slice *s, int exponent, char text[NUMBERCELL_TEXT_MAX])
{
	const char *p = s->at, *end = s->at + s->len;
	char digits[DIGITS_MAX], *out = text;
	int n = 0, point = -1, own, i;

	if (p < end && *p == '-')
		*out++ = *p++;
	for (; p < end && n < DIGITS_MAX; p++) {
		if (is_digit(*p))
			digits[n++] = *p;
		else if (point == -1 && (*p == '.' || *p == ','))
			point = n;
		else
			break;
	}
	if (n == 0 || point == 0 || !read_exponent(p, end, &own))
		return false;
	point = (point == -1 ? n : point) + own + exponent;
	for (i = point < 1 ? point - 1 : 0; i < n || i < point; i++) {
		if (i == point)
			*out++ = '.';
		*out++ = i < 0 || i >= n ? '0' : digits[i];
	}
	s->at = text;
	s->len = (size_t)(out - text);
	return true;
}

/* The bytes of the separator of groups that the text starts with, or 0. */
static size_t
separator(const char *at, const char *end, const char *own)
{
	/* A no-break space and a narrow one, which locales have. */
	static const char *const others[] = { "'", " ", "\xc2\xa0",
	    "\xe2\x80\xaf", "\xe2\x80\x99" };
	size_t i, n;

	if (at < end && *at == *own)
		return 1;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		n = strlen(others[i]);
		if ((size_t)(end - at) > n && memcmp(at, others[i], n) == 0)
			return n;
	}
	return 0;
}

bool
numbercell_ungroup(struct slice *s, const char *own,
    char text[NUMBERCELL_TEXT_MAX])
{
	struct slice whole = numbercell_whole(*s, *own == ',' ? '.' : ',');
	const char *p = whole.at, *end = whole.at + whole.len;
	size_t i, n = 0, between;

	if (s->len > NUMBERCELL_TEXT_MAX)
		return false;
	for (i = 0; p < end && is_digit(*p); i++)
		text[n++] = *p++;
	if (i == 0 || i > 3)
		return false;
	while (p < end) {
		between = separator(p, end, own);
		p += between;
		for (i = 0; i < 3 && p < end && is_digit(*p); i++)
			text[n++] = *p++;
		if (between == 0 || i < 3)
			return false;
	}
	s->at = text;
	s->len = n;
	return true;
}

bool
numbercell_code(struct slice s, uint64_t max, uint64_t *value)
{
	size_t i;

	if (s.len > 2 && s.len <= 10 && s.at[0] == '0' &&
	    (s.at[1] | 0x20) == 'x') {
		for (*value = 0, i = 2; i < s.len; i++) {
			unsigned c = (unsigned char)s.at[i];
			unsigned letter = (c | 0x20) - 'a';

			if (c - '0' > 9 && letter > 5)
				return false;
			*value = *value * 16 + (letter > 5 ? c - '0' :
			    letter + 10);
		}
		return *value <= max;
	}
	s = numbercell_whole(s, '.');
	return number_parse(s.at, s.len, max, value);
}
