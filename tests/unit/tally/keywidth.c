/*
 * keywidth - unit test of prefixes of addresses and classes of numbers
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "tally/keywidth.h"
#include "tap.h"

static struct output out;

/* One result: what a cell becomes with a width; "-" if it cannot be read. */
static void
is(const char *width, const char *cell, const char *want)
{
	struct keywidth w;

	out.used = 0;
	if (!keywidth_parse(&w, width))
		output_str(&out, "no width");
	else if (!keywidth_write(&w, &out, (struct slice){ cell,
	    strlen(cell) }))
		output_str(&out, out.used == 0 ? "-" : "written in part");
	same_text(out.buf, out.used, want, "%s of %s", width, cell);
}

static void
test_classes(void)
{
	is("100", "1514", "1500");
	is("100", "99.999", "0");
	is("60", "-0.5", "-60");
	is("60", "-60.000", "-60");
	is("60", "9223372036854775807", "9223372036854775800");
	is("1", "9223372036854775807", "9223372036854775807");
	is("1", "9223372036854775808", "-");
	is("100", "", "-");
	is("100", "-", "-");
	is("100", "1.", "-");
	is("100", ".5", "-");
	is("100", "1.5x", "-");
	is("100", "1e3", "-");
}

static void
test_decimals(void)
{
	is("0.001", "0.000999", "0.000");
	is("0.001", "0.001", "0.001");
	is("0.001", "12.345678", "12.345");
	is("0.05", "0.14", "0.10");
	is("0.05", "7", "7.00");
	is("2.5", "9.99", "7.5");
	is("0.001", "-0.000001", "-0.001");
	is("0.001", "-0.001", "-0.001");
	is("0.001", "-0.0010001", "-0.002");
	is("0.001", "-0.0000000000", "0.000");
	is("0.000000001", "1.123456789", "1.123456789");
	is("0.000000001", "9223372036.854775807", "-");
	is("0.000000001", "9223372035.854775807", "9223372035.854775807");
	is("0.0000000001", "1", "no width");
	is("0.0", "1", "no width");
	is("0.", "1", "no width");
	is(".5", "1", "no width");
	is("0.x", "1", "no width");
	is("0.5", "192.0.2.1", "-");
	is("0.5/1", "1", "no width");
}

static void
test_prefixes(void)
{
	is("24", "192.0.2.129", "192.0.2.0/24");
	is("25", "192.0.2.129", "192.0.2.128/25");
	is("32", "192.0.2.129", "192.0.2.129");
	is("24", "2001:db8:1:2:3::4", "2001:db8:1:2::/64");
	is("24/56", "2001:db8:1:2ff::4", "2001:db8:1:200::/56");
	is("0/0", "192.0.2.1", "0.0.0.0/0");
	is("33", "192.0.2.1", "-");
	is("24/129", "2001:db8::1", "-");
	is("24/", "192.0.2.1", "no width");
	is("x", "192.0.2.1", "no width");
	is("", "192.0.2.1", "no width");
}

int
main(void)
{
	output_init(&out, -1, "out");
	test_classes();
	test_decimals();
	test_prefixes();
	free(out.buf);
	return tap_done();
}
