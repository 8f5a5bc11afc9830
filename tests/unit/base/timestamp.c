/*
 * timestamp - times as text against the C library's, durations
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <time.h>

#include "base/timestamp.h"
#include "tap.h"

#define LAST_S	INT64_C(9223372036)	/* of int64 nanoseconds */

static void
writes(int64_t s, int64_t ns, enum timestamp_format format, unsigned digits,
    const char *want)
{
	char out[TIMESTAMP_TEXT_MAX];
	size_t n = timestamp_format(out, s * NS_PER_S + ns, format, digits);

	same_text(out, n, want, "%" PRId64 " s and %" PRId64
	    " ns with %u digits is %s", s, ns, digits, want);
}

static void
test_epoch(void)
{
	writes(0, 0, TIMESTAMP_EPOCH, 6, "0.000000");
	writes(1704067200, 123456789, TIMESTAMP_EPOCH, 9,
	    "1704067200.123456789");
	writes(1704067200, 123456789, TIMESTAMP_EPOCH, 6,
	    "1704067200.123456");
	writes(1704067200, 999999999, TIMESTAMP_EPOCH, 3, "1704067200.999");
	writes(1704067200, 999999999, TIMESTAMP_EPOCH, 0, "1704067200");
	writes(-1, 500000000, TIMESTAMP_EPOCH, 6, "-0.500000");
	writes(-2, 500000000, TIMESTAMP_EPOCH, 1, "-1.5");
	writes(0, -1, TIMESTAMP_EPOCH, 9, "-0.000000001");
	writes(0, -1, TIMESTAMP_EPOCH, 6, "0.000000");
	writes(0, -1, TIMESTAMP_EPOCH, 0, "0");
	writes(LAST_S, 854775807, TIMESTAMP_EPOCH, 9,
	    "9223372036.854775807");
	writes(-LAST_S, -854775808, TIMESTAMP_EPOCH, 9,
	    "-9223372036.854775808");
}

static void
test_dates(void)
{
	writes(1704067200, 123456789, TIMESTAMP_ISO, 6,
	    "2024-01-01T00:00:00.123456Z");
	writes(-1, 999999999, TIMESTAMP_ISO, 0, "1969-12-31T23:59:59Z");
	writes(-1, 999999999, TIMESTAMP_ISO, 9,
	    "1969-12-31T23:59:59.999999999Z");
	/* The ends of the range, by date(1). */
	writes(-LAST_S, -854775808, TIMESTAMP_ISO, 0,
	    "1677-09-21T00:12:43Z");
	writes(-LAST_S, -854775808, TIMESTAMP_ISO, 9,
	    "1677-09-21T00:12:43.145224192Z");
	writes(LAST_S, 0, TIMESTAMP_ISO, 0, "2262-04-11T23:47:16Z");
	setenv("TZ", "Europe/Berlin", 1);
	tzset();
	writes(1700000000, 500000000, TIMESTAMP_SHEET, 6,
	    "2023-11-14 23:13:20");
	writes(1690000000, 0, TIMESTAMP_SHEET, 6, "2023-07-22 06:26:40");
	writes(1690000000, 0, TIMESTAMP_ISO, 0, "2023-07-22T04:26:40Z");
}

/* Every day from 1678 to 2261, and the C library's date of it. */
static void
test_calendar(void)
{
	int64_t day, wrong = 0, first = -106650, last = 106650;
	char out[TIMESTAMP_TEXT_MAX], want[32];
	struct tm tm;
	time_t s;
	size_t n;

	for (day = first; day <= last; day++) {
		s = (time_t)(day * 86400 + 43200);
		gmtime_r(&s, &tm);
		strftime(want, sizeof(want), "%Y-%m-%dT%H:%M:%SZ", &tm);
		n = timestamp_format(out, (int64_t)s * NS_PER_S,
		    TIMESTAMP_ISO, 0);
		if (n != strlen(want) || memcmp(out, want, n) != 0 ||
		    timestamp_days(tm.tm_year + 1900, tm.tm_mon + 1,
		    tm.tm_mday) != day)
			wrong++;
	}
	same_int(wrong, 0, "all days of the range are the C library's");
}

static int64_t
floor_s(int64_t ns)
{
	return timestamp_floor(ns, NS_PER_S);
}

static void
test_floor(void)
{
	same_int(floor_s(0), 0, "0 is in second 0");
	same_int(floor_s(999999999), 0, "so is 0.999999999");
	same_int(floor_s(NS_PER_S), 1, "1 is in second 1");
	same_int(floor_s(-1), -1, "-0.000000001 is in second -1");
	same_int(floor_s(-NS_PER_S), -1, "so is -1");
	same_int(floor_s(-NS_PER_S - 1), -2, "but less is not");
	same_int(floor_s(INT64_MIN), -LAST_S - 1, "the least");
	same_int(timestamp_before(INT64_MIN + 5, 5), INT64_MIN, "before");
	same_int(timestamp_before(INT64_MIN + 5, 6), INT64_MIN,
	    "no time is before the least");
	same_int(timestamp_after(INT64_MAX - 5, 5), INT64_MAX, "after");
	same_int(timestamp_after(INT64_MAX - 5, 6), INT64_MAX,
	    "no time is after the greatest");
}

/* Text that is the epoch's time, whatever comes after in memory. */
static void
reads(const char *text, int64_t s, int64_t ns)
{
	int64_t got = 0;
	size_t n = strlen(text);
	char *copy = malloc(n + 64);

	if (copy == NULL)
		exit(1);
	memset(copy, '7', n + 64);
	memcpy(copy, text, n);
	if (!timestamp_parse_epoch(copy, n, &got))
		ok(false, "\"%s\" is a time", text);
	else
		same_int(got, s * NS_PER_S + ns, "\"%s\" is that time", text);
	free(copy);
}

static void
refuses(const char *text)
{
	char copy[128];
	int64_t got;

	memset(copy, '7', sizeof(copy));
	memcpy(copy, text, strlen(text));
	ok(!timestamp_parse_epoch(copy, strlen(text), &got),
	    "\"%s\" is none", text);
}

static void
test_reading(void)
{
	static const char *const none[] = { "", "-", ".", ".5", "5.", "--5",
	    "+5", "5 ", " 5", "5.5.5", "1e9", "0x10", "1704067200,123456",
	    "1704067200.12345x", "170406720x.123456", "1704067200.123456x89",
	    "9223372036.854775808", "-9223372036.854775809", "9223372037",
	    "99999999999999999999", "9223372037.123456" };
	size_t i;

	reads("0", 0, 0);
	reads("1704067200", 1704067200, 0);
	reads("1704067200.1", 1704067200, 100000000);
	reads("1704067200.123456", 1704067200, 123456000);
	reads("1704067200.123456789", 1704067200, 123456789);
	reads("1704067200.1234567899", 1704067200, 123456789);
	reads("0000000000.000001", 0, 1000);
	reads("9000000000.999999", 9000000000, 999999000);
	reads("9100000000.999999", 9100000000, 999999000);
	reads("9223372036.854775", LAST_S, 854775000);
	reads("9223372036.854775807", LAST_S, 854775807);
	reads("-0.5", 0, -500000000);
	reads("-9223372036.854775808", -LAST_S, -854775808);
	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		refuses(none[i]);
}

/* Rows in order, out of order, of other forms and of the range's ends. */
static void
test_cells(void)
{
	static const char *const texts[] = { "1704067200.000001",
	    "1704067200.999999", "1704067201.000000", "1704067200.5",
	    "1704067201.00000x", "1704067201.000000", "1704067210.000000",
	    "-170406720.000001", "-170406720.000002", "0000000000.000001",
	    "0000000000.000002", "9223372036.854775", "9223372036.854776",
	    "9223372036.000000", "17040672010.00000", "17040672010.00001",
	    "1704067201:000000", "", "1704067201.000001" };
	struct timestamp_memo memo = { 0 };
	int64_t a = 0, b = 0;
	size_t i, n;
	bool whole;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		n = strlen(texts[i]);
		whole = timestamp_parse_epoch(texts[i], n, &a);
		ok(timestamp_parse_cell(&memo, texts[i], n, &b) == whole &&
		    (!whole || a == b), "\"%s\" behind others is read as alone",
		    texts[i]);
	}
	memo = (struct timestamp_memo){ 0 };
	ok(!timestamp_parse_cell(&memo,
	    "\0\0\0\0\0\0\0\0\0\0\0" "123456", 17, &b),
	    "NUL bytes and digits are no time");
}

static void
lasts(const char *text, int64_t want)
{
	int64_t got = 0;

	ok(timestamp_parse_duration(text, &got), "\"%s\" is a duration", text);
	same_int(got, want, "\"%s\" is that long", text);
}

static void
test_durations(void)
{
	static const char *const none[] = { "", "-1", "-0", "s", "1 s",
	    "1w", "1S", "1sm", "366.1d", "367d", "8785h", "31622401",
	    "9223372037ms", "1.", "1..5" };
	int64_t got;
	size_t i;

	lasts("0", 0);
	lasts("0ms", 0);
	lasts("0.0000000001", 0);
	lasts("1", NS_PER_S);
	lasts("1.5", 1500000000);
	lasts("250ms", 250000000);
	lasts("0.001ms", 1000);
	lasts("1.5ms", 1500000);
	lasts("0.000000001", 1);
	lasts("10s", 10 * NS_PER_S);
	lasts("1.5m", 90 * NS_PER_S);
	lasts("0.5h", 1800 * NS_PER_S);
	lasts("7d", 604800 * NS_PER_S);
	lasts("366d", 31622400 * NS_PER_S);
	lasts("8784h", 31622400 * NS_PER_S);
	lasts("9223372036ms", 9223372036000000);
	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		ok(!timestamp_parse_duration(none[i], &got),
		    "\"%s\" is no duration", none[i]);
}

int
main(void)
{
	test_epoch();
	test_dates();
	test_calendar();
	test_floor();
	test_reading();
	test_cells();
	test_durations();
	return tap_done();
}
