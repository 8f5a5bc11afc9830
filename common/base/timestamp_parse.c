/*
 * timestamp_parse - points in time as people and other programs write them
 *
 * The offset of the local zone is asked of the C library once a quarter of an
 * hour and kept: clocks change at such limits only, and the call costs
 * some 300 ns.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/timestamp.h"
#include "base/zone.h"

#define S_PER_DAY	INT64_C(86400)
#define QUARTER		INT64_C(900)
#define ZONE_MAX	32

/* INT64_MIN ns, as the second that contains it, and ns of that second. */
#define LEAST_S		INT64_C(-9223372037)
#define LEAST_NS	INT64_C(145224192)

/* What is still to be read. */
struct text {
	const char	*at;
	const char	*end;
	int64_t		 unit_ns;	/* of the last digit of the time */
};

/* Reads min to max digits. */
static bool
read_digits(struct text *t, int min, int max, int64_t *value)
{
	int n;

	*value = 0;
	for (n = 0; n < max && t->at < t->end; n++, t->at++) {
		unsigned digit = (unsigned char)*t->at - (unsigned)'0';

		if (digit > 9)
			break;
		*value = *value * 10 + (int64_t)digit;
	}
	return n >= min;
}

static bool
read_char(struct text *t, const char *any_of)
{
	if (t->at == t->end || *t->at == '\0' || strchr(any_of, *t->at) == NULL)
		return false;
	t->at++;
	return true;
}

static bool
valid_date(int64_t year, int64_t month, int64_t day)
{
	static const char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
	    30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return month >= 1 && month <= 12 && day >= 1 &&
	    day <= days[month - 1] + (month == 2 && leap);
}

/* Reads "HH:MM[:SS[.fraction]]" and adds it; a comma may be the point. */
static bool
read_clock(struct text *t, int64_t *s, int64_t *ns)
{
	int64_t hour, minute, second = 0, digit, unit = NS_PER_S / 10;
	bool has_second;

	if (!read_digits(t, 2, 2, &hour) || !read_char(t, ":") ||
	    !read_digits(t, 2, 2, &minute))
		return false;
	has_second = read_char(t, ":");
	if (has_second && !read_digits(t, 2, 2, &second))
		return false;
	/* 60 is a leap second; POSIX time has no place for it but the next. */
	if (hour > 23 || minute > 59 || second > 60)
		return false;
	*s += hour * 3600 + minute * 60 + second;
	/* One of a minute (ISO 8601), which others take for a second's. */
	if (!has_second || !read_char(t, ".,"))
		return true;
	if (!read_digits(t, 1, 1, ns))
		return false;
	*ns *= unit;
	t->unit_ns = unit;
	while (read_digits(t, 1, 1, &digit)) {
		*ns += digit * (unit /= 10);
		t->unit_ns = unit;
	}
	return true;
}

/* The offset of local time from UTC at a point in time, and its name. */
static bool
offset_at(int64_t utc, int64_t *offset, const char **name)
{
	time_t when = (time_t)utc;
	struct tm tm;

	if (localtime_r(&when, &tm) == NULL)
		return false;
	*offset = tm.tm_gmtoff;
	*name = tm.tm_zone;
	return true;
}

/*
 * The offset of a local time (counted as if it were UTC).  One that occurs
 * twice, as a clock is put back, is the first of the two; one that a clock put
 * forward leaves out is taken by the offset before.
 */
static bool
find_local(int64_t local, int64_t *offset)
{
	int64_t before, after, then;
	const char *name;

	zone_use();
	if (!offset_at(local - S_PER_DAY, &before, &name) ||
	    !offset_at(local + S_PER_DAY, &after, &name))
		return false;
	*offset = before;
	if (before == after)
		return true;
	if (!offset_at(local - before, &then, &name))
		return false;
	if (then == before)
		return true;
	if (!offset_at(local - after, &then, &name))
		return false;
	if (then == after)
		*offset = after;
	return true;
}

static bool
local_offset(int64_t local, int64_t *offset)
{
	static int64_t known_quarter = INT64_MIN, known_offset;
	int64_t quarter, last;

	quarter = (local - (local % QUARTER + QUARTER) % QUARTER) / QUARTER;
	if (quarter == known_quarter) {
		*offset = known_offset;
		return true;
	}
	if (!find_local(local, offset) ||
	    !find_local(quarter * QUARTER, &known_offset) ||
	    !find_local(quarter * QUARTER + QUARTER - 1, &last))
		return false;
	known_quarter = known_offset == last ? quarter : INT64_MIN;
	return true;
}

/*
 * The offset that a zone's name stands for around a local time: UTC, GMT, or
 * a name that TZ has at that time or half a year off.
 */
static bool
named_offset(struct text zone, int64_t local, int64_t *offset)
{
	static const int64_t probes[] = { -S_PER_DAY, S_PER_DAY,
	    -182 * S_PER_DAY, 182 * S_PER_DAY };
	static char known[ZONE_MAX + 1];
	static int64_t known_day, known_offset;
	size_t i, n = (size_t)(zone.end - zone.at);
	const char *name;

	*offset = 0;
	if (n == 3 && (memcmp(zone.at, "UTC", 3) == 0 ||
	    memcmp(zone.at, "GMT", 3) == 0))
		return true;
	if (n == 0 || n > ZONE_MAX)
		return false;
	if (known_day == local / S_PER_DAY && strlen(known) == n &&
	    memcmp(known, zone.at, n) == 0) {
		*offset = known_offset;
		return true;
	}
	for (i = 0; i < sizeof(probes) / sizeof(probes[0]); i++)
		if (offset_at(local + probes[i], offset, &name) &&
		    strlen(name) == n && memcmp(name, zone.at, n) == 0)
			break;
	if (i == sizeof(probes) / sizeof(probes[0]))
		return false;
	memcpy(known, zone.at, n);
	known[n] = '\0';
	known_day = local / S_PER_DAY;
	known_offset = *offset;
	return true;
}

/* Reads "Z", "+HH[[:]MM]", a zone's name or nothing: the offset at local. */
static bool
read_zone(struct text *t, int64_t local, int64_t *offset)
{
	int64_t hours, minutes = 0, sign;

	if (t->at == t->end)
		return local_offset(local, offset);
	while (read_char(t, " "))
		continue;
	*offset = 0;
	if (t->end - t->at == 1 && read_char(t, "Zz"))
		return true;
	if (t->at == t->end || (*t->at != '+' && *t->at != '-'))
		return named_offset(*t, local, offset);
	sign = *t->at++ == '-' ? -1 : 1;
	if (!read_digits(t, 2, 2, &hours))
		return false;
	if (read_char(t, ":") || t->at < t->end)
		if (!read_digits(t, 2, 2, &minutes))
			return false;
	*offset = sign * (hours * 3600 + minutes * 60);
	return t->at == t->end && hours < 24 && minutes < 60;
}

/*
 * Reads "YYYY-MM-DD", or "YYYY/MM/DD" of SiLK and Argus, and, if it is there,
 * the time of day: s as if UTC.
 */
static bool
read_iso(struct text *t, int64_t *s, int64_t *ns)
{
	const char *between = t->end - t->at > 4 && t->at[4] == '/' ? "/" : "-";
	int64_t year, month, day;

	if (!read_digits(t, 4, 4, &year) || !read_char(t, between) ||
	    !read_digits(t, 2, 2, &month) || !read_char(t, between) ||
	    !read_digits(t, 2, 2, &day) || !valid_date(year, month, day))
		return false;
	*s = timestamp_days(year, month, day) * S_PER_DAY;
	return t->at == t->end ||
	    (read_char(t, "Tt ") && read_clock(t, s, ns));
}

/* The month, 1 to 12, that three letters name, or 0. */
static int
find_month(const char *at)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	int i;

	for (i = 0; i < 12; i++)
		if (strncasecmp(names + i * 3, at, 3) == 0)
			return i + 1;
	return 0;
}

/* Reads "Mon DD, YYYY HH:MM:SS.nnn", the day padded with a blank. */
static bool
read_wireshark(struct text *t, int64_t *s, int64_t *ns)
{
	int64_t year, day;
	int month;

	month = t->end - t->at < 3 ? 0 : find_month(t->at);
	if (month == 0)
		return false;
	t->at += 3;
	if (!read_char(t, " "))
		return false;
	read_char(t, " ");
	if (!read_digits(t, 1, 2, &day) || !read_char(t, ",") ||
	    !read_char(t, " ") || !read_digits(t, 4, 4, &year) ||
	    !read_char(t, " ") || !valid_date(year, month, day))
		return false;
	*s = timestamp_days(year, month, day) * S_PER_DAY;
	return read_clock(t, s, ns);
}

/* The time fraction ns after a second; unit is that of its last digit. */
static bool
to_ns(int64_t s, int64_t fraction, int64_t unit_ns, int64_t *ns)
{
	/* The least time, whose digits were cut, is just outside the range. */
	if (s == LEAST_S && fraction < LEAST_NS &&
	    fraction + unit_ns > LEAST_NS) {
		*ns = INT64_MIN;
		return true;
	}
	/*
	 * Before the epoch, the whole seconds are rounded down: one more
	 * second, less what the fraction lacks of it, still fits.
	 */
	if (s < 0 && fraction > 0) {
		s++;
		fraction -= NS_PER_S;
	}
	return !__builtin_mul_overflow(s, NS_PER_S, ns) &&
	    !__builtin_add_overflow(*ns, fraction, ns);
}

bool
timestamp_of_utc(int64_t s, int64_t fraction, int64_t *ns)
{
	return to_ns(s, fraction, 1, ns);
}

bool
timestamp_of_local(int64_t s, int64_t fraction, int64_t *ns)
{
	int64_t offset;

	return local_offset(s, &offset) && to_ns(s - offset, fraction, 1, ns);
}

bool
timestamp_parse(const char *at, size_t n, int64_t *ns)
{
	struct text t = { at, at + n, NS_PER_S };
	int64_t s = 0, fraction = 0, offset;

	if (timestamp_parse_epoch(at, n, ns))
		return true;
	if (n > 0 && at[0] >= '0' && at[0] <= '9') {
		if (!read_iso(&t, &s, &fraction))
			return false;
	} else if (!read_wireshark(&t, &s, &fraction))
		return false;
	return read_zone(&t, s, &offset) &&
	    to_ns(s - offset, fraction, t.unit_ns, ns);
}
