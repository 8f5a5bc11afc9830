/*
 * keywidth - the prefix of an address, or the class of a number
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ipaddr.h"
#include "base/number.h"
#include "tally/keywidth.h"

#define BITS6_DEFAULT	64
#define DECIMALS_MAX	9

/*
 * Reads all n bytes, a decimal number, in parts of a unit: 1.5 of 1000 are
 * 1500.  *more: digits of smaller parts are not all zeros.  False if it is
 * anything else.
 */
static bool
read_decimal(const char *p, size_t n, uint64_t unit, uint64_t *value,
    bool *more)
{
	const char *dot = memchr(p, '.', n);
	size_t whole = dot != NULL ? (size_t)(dot - p) : n, i;

	*more = false;
	if (!number_parse(p, whole, (INT64_MAX - (unit - 1)) / unit, value) ||
	    whole + 1 == n)
		return false;
	*value *= unit;
	for (i = whole + 1; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return false;
		unit /= 10;
		*value += unit * (uint64_t)(p[i] - '0');
		*more |= unit == 0 && p[i] > '0';
	}
	return true;
}

/* Reads a width of less than 1, or with decimals, which is of classes only. */
static bool
parse_decimal(struct keywidth *w, const char *text, const char *dot)
{
	size_t decimals = strlen(dot + 1);
	bool more;

	if (decimals > DECIMALS_MAX)
		return false;
	while (decimals-- > 0)
		w->unit *= 10;
	w->bits4 = w->bits6 = UINT64_MAX;
	return read_decimal(text, strlen(text), w->unit, &w->width, &more) &&
	    w->width > 0;
}

bool
keywidth_parse(struct keywidth *w, const char *text)
{
	const char *slash = strchr(text, '/'), *dot = strchr(text, '.');
	size_t n = slash != NULL ? (size_t)(slash - text) : strlen(text);

	*w = (struct keywidth){ .unit = 1, .bits6 = BITS6_DEFAULT };
	if (slash == NULL && dot != NULL)
		return parse_decimal(w, text, dot);
	if (!number_parse(text, n, INT64_MAX, &w->bits4))
		return false;
	if (slash == NULL) {
		w->width = w->bits4;
		return true;
	}
	return number_parse(slash + 1, strlen(slash + 1), INT64_MAX,
	    &w->bits6);
}

bool
keywidth_is_prefix(const struct keywidth *w)
{
	return w->bits4 <= 32 && w->bits6 <= 128;
}

/* -0.5 is in the class of -60 if these are 60 wide. */
static bool
put_class(const struct keywidth *w, struct output *o, struct slice s)
{
	bool negative = s.len > 0 && s.at[0] == '-', more;
	uint64_t unit = w->unit, value;

	if (w->width == 0 || !read_decimal(s.at + negative, s.len - negative,
	    unit, &value, &more))
		return false;
	if (negative)
		value += more + w->width - 1;
	value = value / w->width * w->width;
	if (negative && value > 0)
		output_char(o, '-');
	output_u64(o, value / unit);
	if (unit > 1)
		output_char(o, '.');
	while ((unit /= 10) > 0)
		output_char(o, (char)('0' + value / unit % 10));
	return true;
}

static bool
put_prefix(const struct keywidth *w, struct output *o, struct slice s)
{
	struct ipaddr a;
	uint64_t bits, size, i;

	if (!ipaddr_parse(&a, s.at, s.len))
		return false;
	size = a.family == 4 ? 32 : 128;
	bits = a.family == 4 ? w->bits4 : w->bits6;
	if (bits > size)
		return false;
	for (i = bits / 8; i < size / 8; i++)
		a.byte[i] &= (uint8_t)(i == bits / 8 ? 0xff00 >> bits % 8 : 0);
	o->used += ipaddr_format(output_room(o, IPADDR_TEXT_MAX), a.family,
	    a.byte);
	/* The prefix of full length is the address. */
	if (bits < size) {
		output_char(o, '/');
		output_u64(o, bits);
	}
	return true;
}

bool
keywidth_write(const struct keywidth *w, struct output *o, struct slice s)
{
	return put_class(w, o, s) || put_prefix(w, o, s);
}
