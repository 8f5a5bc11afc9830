/*
 * timestamp_parse - times in all their forms against the C library's
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <time.h>

#include "base/timestamp.h"
#include "tap.h"

static void
set_zone(const char *name)
{
	setenv("TZ", name, 1);
	tzset();
}

static void
is_time(const char *text, int64_t s, int64_t ns)
{
	int64_t got;

	if (!timestamp_parse(text, strlen(text), &got))
		ok(false, "\"%s\" is a time", text);
	else
		same_int(got, s * NS_PER_S + ns, "\"%s\" is that time", text);
}

static void
is_none(const char *text)
{
	int64_t got;

	ok(!timestamp_parse(text, strlen(text), &got), "\"%s\" is no time",
	    text);
}

/* 1704067200 is 2024-01-01 00:00:00 UTC, by date(1). */
static void
test_forms(void)
{
	set_zone("UTC0");
	is_time("1704067200", 1704067200, 0);
	is_time("1704067200.5", 1704067200, 500000000);
	is_time("-1.25", -1, -250000000);
	is_time("-9223372036.854775807", -9223372036, -854775807);
	is_time("-9223372036.854775808", -9223372036, -854775808);
	is_time("9223372036.854775807", 9223372036, 854775807);
	is_time("2024-01-01", 1704067200, 0);
	is_time("2024-01-01 00:00", 1704067200, 0);
	is_time("2024-01-01T00:00:00Z", 1704067200, 0);
	is_time("2024-01-01t00:00:00.123456z", 1704067200, 123456000);
	is_time("2024-01-01 00:00:00,5", 1704067200, 500000000);
	is_time("2024-01-01 01:00:00+01:00", 1704067200, 0);
	is_time("2023-12-31 19:00:00 -0500", 1704067200, 0);
	is_time("2024-01-01T05:30+05:30", 1704067200, 0);
	is_time("2024-01-01 00:00:00.1234567899 UTC", 1704067200, 123456789);
	is_time("Jan  1, 2024 00:00:00.123456789 UTC", 1704067200, 123456789);
	is_time("Jan 1, 2024 00:00:00.000000000 GMT", 1704067200, 0);
	is_time("feb 29, 2024 00:00:00", 1709164800, 0);
	is_time("1969-12-31T23:59:59.75Z", 0, -250000000);
	is_time("2016-12-31T23:59:60Z", 1483228800, 0);
}

static void
test_wrong(void)
{
	static const char *const wrong[] = { "", "x", "1e9",
	    "-9223372036.854775809", "9223372036.854775808", "2023-02-29",
	    "2024-13-01", "2024-00-01", "2024-01-32", "2024-1-1",
	    "2024-01-01T", "2024-01-01 24:00:00", "2024-01-01 00:60:00",
	    "2024-01-01 00:00:61", "2024-01-01 00:00:00.", "24-01-01",
	    "2024-01-01 00:00:00 XYZ", "2024-01-01T00:00:00+1",
	    "2024-01-01T00:00:00+24:00", "2024-01-01T00:00:00Zx",
	    "Foo  1, 2024 00:00:00", "Jan 32, 2024 00:00:00",
	    "Jan  1 2024 00:00:00", "Jan  1, 2024", "Ja", "2300-01-01",
	    "1600-01-01", "2024/01-01", "2024-01-01T14:02.5Z",
	    "Jan  1, 2024 00:00:00 CET" };
	size_t i;

	set_zone("UTC0");
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		is_none(wrong[i]);
}

/* Each shows as its date does, whatever the zone did that year. */
static void
test_against_mktime(const char *zone)
{
	char text[64];
	int i, wrong = 0;

	set_zone(zone);
	srand(1);
	for (i = 0; i < 20000; i++) {
		time_t s = (time_t)rand() % 2100000000, got_s;
		struct tm tm, back;
		int64_t got = 0;

		localtime_r(&s, &tm);
		strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &tm);
		if (!timestamp_parse(text, strlen(text), &got))
			wrong++;
		got_s = (time_t)(got / NS_PER_S);
		localtime_r(&got_s, &back);
		/* Of a time that occurs twice, the earlier is taken. */
		wrong += back.tm_min != tm.tm_min ||
		    back.tm_hour != tm.tm_hour || back.tm_mday != tm.tm_mday ||
		    got_s > s || (got_s != s && s - got_s > 7200);
	}
	same_int(wrong, 0, "20000 times in %s read as localtime wrote them",
	    zone);
}

static void
test_zones(void)
{
	set_zone("CET-1CEST,M3.5.0,M10.5.0/3");
	is_time("2024-01-01 00:00:00", 1704063600, 0);
	is_time("2024-07-01 00:00:00", 1719784800, 0);
	is_time("2024-01-01 00:00:00Z", 1704067200, 0);
	is_time("Jul  1, 2024 00:00:00.5 CEST", 1719784800, 500000000);
	is_time("Jan  1, 2024 00:00:00 CET", 1704063600, 0);
	/* 31 March 2024: 02:00 to 03:00 does not occur. */
	is_time("2024-03-31 01:59:59", 1711846799, 0);
	is_time("2024-03-31 02:30:00", 1711848600, 0);
	is_time("2024-03-31 03:00:00", 1711846800, 0);
	/* 27 October 2024: 02:00 to 03:00 occurs twice. */
	is_time("2024-10-27 01:59:59", 1729987199, 0);
	is_time("2024-10-27 02:30:00", 1729989000, 0);
	is_time("Oct 27, 2024 02:30:00 CEST", 1729989000, 0);
	is_time("Oct 27, 2024 02:30:00 CET", 1729992600, 0);
	is_time("2024-10-27 03:00:00", 1729994400, 0);
	is_none("Jan  1, 2024 00:00:00 EST");
}

/* The largest multiple of a unit that is not above ns, or the least time. */
static int64_t
cut(int64_t ns, int64_t unit)
{
	int64_t rest = ns % unit < 0 ? ns % unit + unit : ns % unit;

	return ns < INT64_MIN + rest ? INT64_MIN : ns - rest;
}

static void
test_round_trip(void)
{
	static const int64_t ends[] = { INT64_MIN, INT64_MIN + 1,
	    INT64_MIN + 854775808, INT64_MIN + 854775807, -1, 0, 1,
	    INT64_MAX - 854775807, INT64_MAX };
	char text[TIMESTAMP_TEXT_MAX];
	int64_t ns, got, unit;
	unsigned i, digits;
	size_t n;
	bool good = true;

	set_zone("UTC0");
	for (i = 0; i < 20000; i++) {
		ns = (int64_t)((uint64_t)random() << 33 ^
		    (uint64_t)random() << 16 ^ (uint64_t)random());
		if (i < sizeof(ends) / sizeof(ends[0]))
			ns = ends[i];
		for (unit = NS_PER_S, digits = 0; digits <= 9; digits++) {
			n = timestamp_format(text, ns, TIMESTAMP_ISO, digits);
			good &= timestamp_parse(text, n, &got) &&
			    got == cut(ns, unit);
			unit /= 10;
		}
		n = timestamp_format(text, ns, TIMESTAMP_SHEET, 0);
		good &= timestamp_parse(text, n, &got) &&
		    got == cut(ns, NS_PER_S);
		if (!good)
			break;
	}
	ok(good, "what is written is read, cut (%jd)", (intmax_t)ns);
}

int
main(void)
{
	test_forms();
	test_round_trip();
	is_none("1677-09-21T00:12:43.145223Z");
	is_none("1677-09-21T00:12:42.999999999Z");
	is_none("1677-09-21T00:12:42Z");
	test_wrong();
	test_zones();
	test_against_mktime("CET-1CEST,M3.5.0,M10.5.0/3");
	test_against_mktime("EST5EDT,M3.2.0,M11.1.0");
	test_against_mktime("<+0545>-5:45");
	return tap_done();
}
