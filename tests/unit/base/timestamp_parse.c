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
	    "1600-01-01", "2024/01/01", "Jan  1, 2024 00:00:00 CET" };
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

int
main(void)
{
	test_forms();
	test_wrong();
	test_zones();
	test_against_mktime("CET-1CEST,M3.5.0,M10.5.0/3");
	test_against_mktime("EST5EDT,M3.2.0,M11.1.0");
	test_against_mktime("<+0545>-5:45");
	return tap_done();
}
