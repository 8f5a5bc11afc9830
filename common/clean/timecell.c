/*
 * timecell - the times in the cells of other programs' tables
 *
 * SPDX-License-Identifier: ISC
 */
#include <limits.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include "base/number.h"
#include "base/timestamp.h"
#include "clean/numbercell.h"
#include "clean/timecell.h"

#define EXCEL_EPOCH	25569	/* days from 1899-12-30 to 1970-01-01 */
#define EXCEL_FIRST	30000	/* 1982-02-18 */
#define EXCEL_LAST	60000	/* 2064-04-08 */
#define EXCEL_MAX	2958465	/* 9999-12-31 */
#define NS_PER_MS	INT64_C(1000000)
#define S_PER_DAY	INT64_C(86400)
#define TEXT_MAX	128	/* bytes of a cell with its format's text */

static const char *const words[] = {
	[TIMECELL_S] = "s",
	[TIMECELL_MS] = "ms",
	[TIMECELL_US] = "us",
	[TIMECELL_NS] = "ns",
	[TIMECELL_EXCEL] = "excel",
};

const char *
timecell_unit_name(enum timecell_unit unit)
{
	static const char *const names[] = {
		[TIMECELL_MS] = "milliseconds",
		[TIMECELL_US] = "microseconds",
		[TIMECELL_NS] = "nanoseconds",
	};

	return unit >= TIMECELL_MS && unit <= TIMECELL_NS ? names[unit] :
	    "seconds";
}

enum timecell_unit
timecell_unit_of(const char *word)
{
	int i;

	for (i = TIMECELL_S; i <= TIMECELL_EXCEL; i++)
		if (strcmp(word, words[i]) == 0)
			return (enum timecell_unit)i;
	return strchr(word, '%') != NULL ? TIMECELL_FORMAT : TIMECELL_ANY;
}

/* Reads a number of this unit, with an exponent or a decimal comma. */
static bool
read_number(struct timecell *t, struct slice s, enum timecell_unit unit)
{
	char text[NUMBERCELL_TEXT_MAX];
	int exponent = -3 * ((int)unit - (int)TIMECELL_S);

	return numbercell_plain(&s, exponent, text) &&
	    timestamp_parse_epoch(s.at, s.len, &t->ns);
}

/*
 * The unit of a number that is too large for seconds: in each of them the
 * years from 1973 on have as many digits, and more than in the larger ones.
 */
static enum timecell_unit
unit_of_size(struct slice s)
{
	char text[NUMBERCELL_TEXT_MAX];
	const char *point;
	size_t n;

	if (!numbercell_plain(&s, 0, text))
		return TIMECELL_ANY;
	point = memchr(s.at, '.', s.len);
	n = point == NULL ? s.len : (size_t)(point - s.at);
	if (*s.at == '-' || n < 12)
		return TIMECELL_ANY;
	return n < 15 ? TIMECELL_MS : n < 18 ? TIMECELL_US : TIMECELL_NS;
}

static bool
read_any(struct timecell *t, struct slice s)
{
	if (timestamp_parse_epoch(s.at, s.len, &t->ns) ||
	    read_number(t, s, TIMECELL_S)) {
		t->seconds = true;
		return true;
	}
	t->unit = unit_of_size(s);
	if (t->unit != TIMECELL_ANY)
		return read_number(t, s, t->unit);
	return timestamp_parse(s.at, s.len, &t->ns);
}

/*
 * Days, rounded to a millisecond: what spreadsheets keep of a time of day is
 * not exact.
 */
static bool
read_excel(struct timecell *t, struct slice s)
{
	char text[NUMBERCELL_TEXT_MAX];
	int64_t days = 0, part = 0, unit, ms;
	const char *p, *end;

	if (!numbercell_plain(&s, 0, text))
		return false;
	for (p = s.at, end = p + s.len; p < end && *p != '.'; p++) {
		if (*p == '-' || days > EXCEL_MAX)
			return false;
		days = days * 10 + (*p - '0');
	}
	/* 10^-12 of a day, which is 86 ns. */
	unit = INT64_C(100000000000);
	for (p += p < end; p < end && unit > 0; p++, unit /= 10)
		part += (*p - '0') * unit;
	ms = (part * 864 / 10 + NS_PER_MS / 2) / NS_PER_MS;
	return days <= EXCEL_MAX &&
	    timestamp_of_local((days - EXCEL_EPOCH) * S_PER_DAY + ms / 1000,
	    ms % 1000 * NS_PER_MS, &t->ns);
}

/* Reads digits of a fraction; digits past the ninth are cut. */
static const char *
read_fraction(const char *p, int64_t *fraction)
{
	int64_t unit = NS_PER_S / 10;
	const char *start = p;

	for (; *p >= '0' && *p <= '9'; p++, unit /= 10)
		*fraction += (*p - '0') * unit;
	return p == start ? NULL : p;
}

/*
 * strptime with "%f", whose value is in *fraction and whose digits are cut out
 * of the text: a call for each part would forget an hour's AM or PM.
 */
static const char *
read_fields(char *text, const char *format, struct tm *tm, int64_t *fraction)
{
	char rest[TEXT_MAX], *f, *from;
	struct tm before = *tm;
	size_t n = strlen(format);
	const char *to;

	if (n >= sizeof(rest))
		return NULL;
	memcpy(rest, format, n + 1);
	while ((f = strstr(rest, "%f")) != NULL) {
		*f = '\0';
		from = strptime(text, rest, &before);
		to = from == NULL ? NULL : read_fraction(from, fraction);
		if (to == NULL)
			return NULL;
		memmove(from, to, strlen(to) + 1);
		memmove(f, f + 2, strlen(f + 2) + 1);
	}
	return strptime(text, rest, tm);
}

static bool
read_format(struct timecell *t, struct slice s, const char *format)
{
	/* A date has all three; the zone is TZ's unless the text has one. */
	struct tm tm = { .tm_year = INT_MIN, .tm_mon = -1,
	    .tm_gmtoff = LONG_MIN };
	char text[TEXT_MAX];
	int64_t fraction = 0, local;
	const char *end;

	if (s.len >= sizeof(text) || memchr(s.at, '\0', s.len) != NULL)
		return false;
	memcpy(text, s.at, s.len);
	text[s.len] = '\0';
	end = read_fields(text, format, &tm, &fraction);
	if (end == NULL || *end != '\0' || tm.tm_year == INT_MIN ||
	    tm.tm_mon < 0 || tm.tm_mday < 1)
		return false;
	local = timestamp_days((int64_t)tm.tm_year + 1900, tm.tm_mon + 1,
	    tm.tm_mday) * S_PER_DAY + tm.tm_hour * 3600 + tm.tm_min * 60 +
	    tm.tm_sec;
	if (tm.tm_gmtoff == LONG_MIN)
		return timestamp_of_local(local, fraction, &t->ns);
	return timestamp_of_utc(local - tm.tm_gmtoff, fraction, &t->ns);
}

bool
timecell_read(struct timecell *t, struct slice s, enum timecell_unit unit,
    const char *format)
{
	*t = (struct timecell){ .seconds = unit == TIMECELL_S,
	    .unit = TIMECELL_ANY };
	switch (unit) {
	case TIMECELL_ANY:
		return read_any(t, s);
	case TIMECELL_EXCEL:
		return read_excel(t, s);
	case TIMECELL_FORMAT:
		return read_format(t, s, format);
	default:
		return read_number(t, s, unit);
	}
}

bool
timecell_may_be_excel(struct slice s, int64_t ns)
{
	size_t digits = 0;

	while (digits < s.len && s.at[s.len - 1 - digits] >= '0' &&
	    s.at[s.len - 1 - digits] <= '9')
		digits++;
	return ns >= EXCEL_FIRST * NS_PER_S && ns < EXCEL_LAST * NS_PER_S &&
	    (digits == s.len || (digits != 6 && digits != 9));
}
