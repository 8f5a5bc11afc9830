/*
 * alertrow - unit test of alerts as rows and as lines
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "tally/alertrow.h"
#include "tap.h"

static struct output out;

static struct slice
text(const char *s)
{
	return (struct slice){ s, strlen(s) };
}

static void
is(const char *want, const char *what)
{
	same_text(out.buf, out.used, want, "%s", what);
	out.used = 0;
}

static void
test_rows(void)
{
	/* 2024-01-01T00:00:00Z is 1704067200. */
	struct alertrow row = { .ns = INT64_C(1704067200123456789),
	    .rule = "r", .severity = "high", .src = text("10.0.0.1"),
	    .proto = text("\"A,B\""), .value = text("51"),
	    .threshold = text("4-50"), .window = text("2.5"),
	    .state = ALERTROW_UPDATE, .unit = text("packets") };

	alertrow_header(&out);
	is("time,rule,severity,src,dst,proto,value,threshold,window,state,"
	    "unit", "the columns");
	alertrow_write(&out, &row, TIMESTAMP_EPOCH);
	is("1704067200.123456,r,high,10.0.0.1,,\"A,B\",51,4-50,2.5,update,"
	    "packets", "a row");
	row = (struct alertrow){ .rule = "r", .severity = "low",
	    .state = ALERTROW_END, .unit = text("") };
	alertrow_write(&out, &row, TIMESTAMP_ISO);
	is("1970-01-01T00:00:00.000000Z,r,low,,,,,,,end,",
	    "all that may be empty is");
}

static void
test_lines(void)
{
	alertrow_begin(&out, "r", "low", ALERTROW_START);
	is("r (low): ", "a start");
	alertrow_begin(&out, "r", "medium", ALERTROW_UPDATE);
	is("r (medium, continues): ", "an update");
	alertrow_begin(&out, "r", "high", ALERTROW_END);
	is("r (high, ended): ", "an end");
	alertrow_hundredths(&out, 5);
	is("0.05", "two decimals");
	alertrow_hundredths(&out, 123450);
	is("1234.50", "behind a point");
}

int
main(void)
{
	output_init(&out, -1, "text");
	test_rows();
	test_lines();
	free(out.buf);
	return tap_done();
}
