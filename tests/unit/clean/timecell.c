/*
 * timecell - times of other programs; the wanted ones from date(1) in UTC
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <time.h>

#include "base/timestamp.h"
#include "clean/timecell.h"
#include "tap.h"

#define NOON	INT64_C(1732795200)	/* date -u -d '2024-11-28 12:00' +%s */

/* Whether a cell of this unit, or in this format, is a time. */
static bool
read_cell(struct timecell *t, const char *cell, const char *format)
{
	static char room[128 + SLICE_SLACK];

	snprintf(room, sizeof(room), "%s", cell);
	return timecell_read(t, (struct slice){ room, strlen(room) },
	    format == NULL ? TIMECELL_ANY : timecell_unit_of(format), format);
}

static void
is(const char *cell, const char *format, int64_t s, int64_t ns)
{
	struct timecell t;

	if (ok(read_cell(&t, cell, format), "%s is a time (%s)", cell,
	    format == NULL ? "any" : format))
		same_int(t.ns, s * NS_PER_S + ns, "it is %lld.%09lld",
		    (long long)s, (long long)ns);
}

static void
is_none(const char *cell, const char *format)
{
	struct timecell t;

	ok(!read_cell(&t, cell, format), "%s is no time (%s)", cell,
	    format == NULL ? "any" : format);
}

static void
looks(const char *cell, enum timecell_unit unit, const char *name)
{
	struct timecell t;

	ok(read_cell(&t, cell, NULL), "%s is a time", cell);
	same_int(t.unit, unit, "of the unit that its size shows");
	same_text(timecell_unit_name(t.unit), strlen(timecell_unit_name(
	    t.unit)), name, "%s", name);
	ok(t.seconds == (unit == TIMECELL_ANY), "and not of seconds alone");
}

static void
test_size(void)
{
	looks("1732795200", TIMECELL_ANY, "seconds");
	looks("9223372036.854775807", TIMECELL_ANY, "seconds");
	looks("1.7327952e9", TIMECELL_ANY, "seconds");
	looks("1732795200500", TIMECELL_MS, "milliseconds");
	looks("1732795200500.25", TIMECELL_MS, "milliseconds");
	looks("1.7327952005E+12", TIMECELL_MS, "milliseconds");
	looks("100000000000", TIMECELL_MS, "milliseconds");
	looks("1732795200500250", TIMECELL_US, "microseconds");
	looks("1732795200500250.0", TIMECELL_US, "microseconds");
	looks("1732795200500250125", TIMECELL_NS, "nanoseconds");
	is("1732795200500.25", NULL, NOON, 500250000);
	is("1732795200500250", NULL, NOON, 500250000);
	is("1732795200500250125", NULL, NOON, 500250125);
	is("1,7327952005E+12", NULL, NOON, 500000000);
	is_none("99999999999", NULL);
	is_none("17327952005002501250", NULL);
	is_none("-1732795200500", NULL);
}

static void
test_units(void)
{
	is("250", "ms", 0, 250000000);
	is("-250", "ms", -1, 750000000);
	is("1732795200500", "ms", NOON, 500000000);
	is("1732795200", "s", NOON, 0);
	is("7", "us", 0, 7000);
	is("1732795200500250125", "ns", NOON, 500250125);
	is("1.5", "ns", 0, 1);
	is_none("1732795200500", "s");
	is_none("2024-11-28", "ms");
}

static void
test_excel(void)
{
	/* 45624 days after 1899-12-30; what Excel and pandas write. */
	is("45624.5", "excel", NOON, 0);
	is("45624", "excel", NOON - 43200, 0);
	is("45624.5000115741", "excel", NOON + 1, 0);
	is("45624,5000115741", "excel", NOON + 1, 0);
	is("45624.500005787037", "excel", NOON, 500000000);
	is("45624.999999999", "excel", NOON + 43200, 0);
	is("25569", "excel", 0, 0);
	is("4.56245E+04", "excel", NOON, 0);
	is_none("-1", "excel");
	is_none("2958466", "excel");
	is_none("2024-11-28", "excel");
	is_none("", "excel");
}

static void
test_formats(void)
{
	is("28/11/2024 12:00:00", "%d/%m/%Y %H:%M:%S", NOON, 0);
	is("11/28/2024 12:00:00 PM", "%m/%d/%Y %I:%M:%S %p", NOON, 0);
	is("28.11.24 12:00:00.000250", "%d.%m.%y %H:%M:%S.%f", NOON, 250000);
	is("11/28/2024 12:00:00.5 PM", "%m/%d/%Y %I:%M:%S.%f %p", NOON,
	    500000000);
	is("2024 12:00:00.25 333", "%Y %H:%M:%S.%f %j", NOON, 250000000);
	is("12:00:00,5 28 Nov 2024", "%H:%M:%S,%f %d %b %Y", NOON, 500000000);
	is("28/11/2024 13:00 +0100", "%d/%m/%Y %H:%M %z", NOON, 0);
	is("28/11/2024", "%d/%m/%Y", NOON - 43200, 0);
	is("1.1234567899 28.11.2024", "%S.%f %d.%m.%Y", NOON - 43199,
	    123456789);
	is_none("28/11/2024 12:00:00.5", "%d/%m/%Y %H:%M:%S");
	is_none("28/11/2024", "%d/%m/%Y %H:%M:%S");
	is_none("32/11/2024", "%d/%m/%Y");
	is_none("12:00:00", "%H:%M:%S");
	is_none("28/11", "%d/%m");
	is_none("12:00:00. 28/11/2024", "%H:%M:%S.%f %d/%m/%Y");
	setenv("TZ", "Europe/Berlin", 1);
	tzset();
	is("28/11/2024 13:00:00", "%d/%m/%Y %H:%M:%S", NOON, 0);
	is("45624.5416666667", "excel", NOON, 0);
	setenv("TZ", "UTC0", 1);
}

static bool
may_be_excel(const char *cell, int64_t s)
{
	return timecell_may_be_excel((struct slice){ cell, strlen(cell) },
	    s * NS_PER_S);
}

static void
test_excel_looks(void)
{
	ok(may_be_excel("45624.5", 45624), "45624.5 may be a date");
	ok(may_be_excel("45624", 45624), "a whole number, too");
	ok(may_be_excel("45624.50001", 45624), "and one of five digits");
	ok(!may_be_excel("45624.500000", 45624), "our own form is none");
	ok(!may_be_excel("45624.500000000", 45624), "nor is that of nine");
	ok(!may_be_excel("29999.5", 29999) && !may_be_excel("60000", 60000),
	    "nor what is before 1982 or after 2064");
}

static void
test_words(void)
{
	same_int(timecell_unit_of("excel"), TIMECELL_EXCEL, "a word");
	same_int(timecell_unit_of("%s"), TIMECELL_FORMAT, "a format");
	same_int(timecell_unit_of("epoch"), TIMECELL_ANY, "no such word");
	same_int(timecell_unit_of(""), TIMECELL_ANY, "nor is nothing one");
}

int
main(void)
{
	setenv("TZ", "UTC0", 1);
	test_size();
	test_units();
	test_excel();
	test_formats();
	test_excel_looks();
	test_words();
	return tap_done();
}
