/*
 * numbercell - numbers with exponents, commas and groups
 *
 * SPDX-License-Identifier: ISC
 */
#include "clean/numbercell.h"
#include "tap.h"

static void
becomes(bool (*read)(struct slice *, char *), const char *cell,
    const char *want)
{
	char text[NUMBERCELL_TEXT_MAX];
	struct slice s = { cell, strlen(cell) };

	if (want == NULL)
		ok(!read(&s, text), "\"%s\" is refused", cell);
	else if (read(&s, text))
		same_text(s.at, s.len, want, "\"%s\" is %s", cell, want);
	else
		ok(false, "\"%s\" is %s", cell, want);
}

static bool
plain(struct slice *s, char *text)
{
	return numbercell_plain(s, 0, text);
}

static bool
ungroup(struct slice *s, char *text)
{
	return numbercell_ungroup(s, ",", text);
}

static bool
ungroup_dots(struct slice *s, char *text)
{
	return numbercell_ungroup(s, ".", text);
}

static bool
of_ms(struct slice *s, char *text)
{
	return numbercell_plain(s, -3, text);
}

static void
is_code(const char *cell, int64_t want)
{
	uint64_t value = 0;

	same_int(numbercell_code((struct slice){ cell, strlen(cell) },
	    UINT16_MAX, &value) ? (int64_t)value : -1, want, "\"%s\" is %lld",
	    cell, (long long)want);
}

static void
test_codes(void)
{
	is_code("443", 443);
	is_code("443.0", 443);
	is_code("0x1bb", 443);
	is_code("0X00fF", 255);
	is_code("0", 0);
	is_code("65535.000", 65535);
	is_code("65536", -1);
	is_code("0x10000", -1);
	is_code("0x", -1);
	is_code("0xg", -1);
	is_code("0x`", -1);
	is_code("0x@1", -1);
	is_code("0x\x16", -1);
	is_code("443.5", -1);
	is_code(".0", -1);
	is_code("", -1);
}

int
main(void)
{
	test_codes();
	becomes(plain, "1.7e9", "1700000000");
	becomes(plain, "2.6e-05", "0.000026");
	becomes(plain, "-2.6E-05", "-0.000026");
	becomes(plain, "1.7040672005e+09", "1704067200.5");
	becomes(plain, "1704067200,5", "1704067200.5");
	becomes(plain, "1e-1", "0.1");
	becomes(plain, "15e-1", "1.5");
	becomes(plain, "66,0", "66.0");
	becomes(of_ms, "1704067200500", "1704067200.500");
	becomes(of_ms, "-7", "-0.007");
	becomes(of_ms, "1.7e12", "1700000000");
	becomes(plain, "1e99", NULL);
	becomes(plain, "1e", NULL);
	becomes(plain, "e5", NULL);
	becomes(plain, "1,2,3", NULL);
	becomes(plain, "1e5x", NULL);
	becomes(plain, "", NULL);
	becomes(ungroup, "1,514", "1514");
	becomes(ungroup, "1'234'567", "1234567");
	becomes(ungroup, "1 514", "1514");
	becomes(ungroup, "1\xc2\xa0" "514", "1514");
	becomes(ungroup, "1\xe2\x80\xaf" "514", "1514");
	becomes(ungroup, "1514", NULL);
	becomes(ungroup, "1.514", NULL);
	becomes(ungroup, "1,514.00", "1514");
	becomes(ungroup, "1 514.0", "1514");
	becomes(ungroup, "1,514.5", NULL);
	becomes(ungroup, "1,51.0", NULL);
	becomes(ungroup, "1.514,0", NULL);
	becomes(ungroup, ".0", NULL);
	becomes(ungroup_dots, "1.514.000", "1514000");
	becomes(ungroup_dots, "1.514.000,0", "1514000");
	becomes(ungroup_dots, "1,514", NULL);
	becomes(ungroup, "1 ", NULL);
	becomes(ungroup, "12,34", NULL);
	becomes(ungroup, "1,,514", NULL);
	becomes(ungroup, ",514", NULL);
	return tap_done();
}
