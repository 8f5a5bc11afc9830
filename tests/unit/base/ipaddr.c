/*
 * ipaddr - tests of addresses as text and bytes
 *
 * The texts come from RFC 4291, 2.2 and RFC 5952; random addresses are
 * compared with the C library's.
 *
 * SPDX-License-Identifier: ISC
 */
#include <arpa/inet.h>
#include <stdlib.h>

#include "base/ipaddr.h"
#include "tap.h"

static void
test_format(const char *text, const char *want)
{
	struct ipaddr a;
	char out[IPADDR_TEXT_MAX];

	if (!ok(ipaddr_parse(&a, text, strlen(text)), "reads \"%s\"", text))
		return;
	same_text(out, ipaddr_format(out, a.family, a.byte), want,
	    "writes \"%s\" as \"%s\"", text, want);
}

static void
test_refused(const char *text)
{
	struct ipaddr a;

	ok(!ipaddr_parse(&a, text, strlen(text)), "refuses \"%s\"", text);
}

/* Both ways of reading agree on a text, whatever follows it. */
static bool
agree_on(const char *text, size_t n)
{
	static const char behind[] = "0.1:a";
	struct ipaddr a, b;
	char cell[64];
	size_t i;
	bool whole, fast;

	whole = ipaddr_parse(&a, text, n);
	for (i = 0; i < sizeof(behind); i++) {
		memset(cell, behind[i], sizeof(cell));
		memcpy(cell, text, n);
		fast = ipaddr_parse_cell(&b, cell, n);
		if (fast != whole || (whole && memcmp(&a, &b, sizeof(a)) != 0))
			return false;
	}
	return true;
}

/* Texts of digits, dots and what does not belong, and addresses among them. */
static void
test_cells(void)
{
	static const char pieces[][5] = { "0", "1", "9", "10", "99", "00", "01",
	    "255", "256", "300", "1000", "", "a", "/", ":", "1:", "2 " };
	char text[32];
	int round, different = 0, good = 0;
	unsigned i, parts;
	size_t n;
	struct ipaddr a;

	for (round = 0; round < 200000; round++) {
		parts = random() % 8 > 0 ? 4 : 3 + (unsigned)random() % 3;
		for (n = i = 0; i < parts; i++)
			n += (size_t)sprintf(text + n, "%s%s",
			    i > 0 ? "." : "", pieces[(size_t)random() %
			    (random() % 4 > 0 ? 5 : 17)]);
		different += !agree_on(text, n);
		good += ipaddr_parse(&a, text, n);
	}
	same_int(different, 0, "a cell reads as any text");
	ok(good > 1000, "some of which are addresses: %d", good);
}

/* Texts of groups and colons, good and bad, are read as the C library does. */
static void
test_groups(void)
{
	static const char pieces[][8] = { ":", ":", ":", ":", "::", "0", "f",
	    "12", "abc", "FFFF", "12345", "1.2.3.4", ".", "1", "g" };
	uint8_t want[16];
	char text[64];
	struct ipaddr a;
	int round, different = 0, good = 0;
	unsigned i, parts;
	bool read;
	size_t n;

	for (round = 0; round < 400000; round++) {
		parts = 1 + (unsigned)random() % 16;
		for (n = i = 0; i < parts && n < IPADDR_TEXT_MAX - 7; i++)
			n += (size_t)sprintf(text + n, "%s", i % 2 == 1 ?
			    pieces[random() % 5] : pieces[(size_t)random() %
			    (random() % 8 > 0 ? 10 : 15)]);
		read = inet_pton(AF_INET6, text, want) == 1;
		if (strchr(text, ':') == NULL)
			continue;
		different += ipaddr_parse(&a, text, n) != read ||
		    (read && memcmp(a.byte, want, sizeof(want)) != 0) ||
		    !agree_on(text, n);
		good += read;
	}
	same_int(different, 0, "reads groups as inet_pton");
	ok(good > 1000, "some of which are addresses: %d", good);
}

/* Random bytes, zero in half of the groups so that runs of zeros occur. */
static void
test_like_libc(int family, size_t size)
{
	char want[INET6_ADDRSTRLEN], got[IPADDR_TEXT_MAX];
	uint8_t byte[16];
	struct ipaddr a;
	int different = 0, unread = 0, round;
	size_t i, n;

	for (round = 0; round < 20000; round++) {
		memset(byte, 0, sizeof(byte));
		for (i = 0; i < size; i++)
			if (size == 4 || random() % 2 == 0 || i % 2 != 0)
				byte[i] = (uint8_t)random();
		for (i = 0; i < size; i += 2)
			if (size == 16 && random() % 2 == 0)
				byte[i] = byte[i + 1] = 0;
		inet_ntop(family, byte, want, sizeof(want));
		n = ipaddr_format(got, size == 4 ? 4 : 6, byte);
		different += n != strlen(want) || memcmp(got, want, n) != 0;
		unread += !ipaddr_parse(&a, got, n) ||
		    memcmp(a.byte, byte, size) != 0 || !agree_on(got, n);
	}
	same_int(different, 0, "writes addresses of %zu bytes as inet_ntop",
	    size);
	same_int(unread, 0, "reads its own addresses of %zu bytes", size);
}

static void
test_every_byte(void)
{
	char want[INET_ADDRSTRLEN], got[IPADDR_TEXT_MAX];
	uint8_t byte[4] = { 0 };
	int different = 0, i;
	size_t n;

	for (i = 0; i < 256; i++) {
		byte[0] = byte[3] = (uint8_t)i;
		inet_ntop(AF_INET, byte, want, sizeof(want));
		n = ipaddr_format(got, 4, byte);
		different += n != strlen(want) || memcmp(got, want, n) != 0;
	}
	same_int(different, 0, "writes each value of a byte");
}

static void
test_truncate(const char *text, unsigned keep4, unsigned keep6,
    const char *want)
{
	char out[IPADDR_TEXT_MAX];
	struct ipaddr a;
	size_t n;

	ipaddr_parse(&a, text, strlen(text));
	ipaddr_truncate(&a, keep4, keep6);
	n = ipaddr_format(out, a.family, a.byte);
	same_text(out, n, want, "%s becomes %s", text, want);
}

/* 192.0.2.7 is c000:207; Teredo's client is XORed with ffff:ffff. */
static void
test_embedded(void)
{
	test_truncate("::ffff:0:192.0.2.7", 16, 48, "::ffff:0:c000:0");
	test_truncate("64:ff9b::192.0.2.7", 16, 48, "64:ff9b::c000:0");
	test_truncate("64:ff9b::192.0.2.7", 24, 128, "64:ff9b::c000:200");
	test_truncate("64:ff9b:1:c000:2:700::", 16, 128, "64:ff9b:1:c000::");
	test_truncate("64:ff9b:1::c000:207", 16, 128, "64:ff9b:1::");
	test_truncate("64:ff9b:1:abcd::c000:207", 32, 128,
	    "64:ff9b:1:abcd::c000:207");
	test_truncate("2002:c000:207::1", 16, 48, "2002:c000::");
	test_truncate("2002:c000:207:1::c000:207", 24, 128, "2002:c000:200::");
	test_truncate("2002:c000:207:1::1", 32, 64, "2002:c000:207:1::");
	test_truncate("2002:c000:207::1", 16, 24, "2002:c000::");
	test_truncate("2001:0:c000:207:8000:63bf:3fff:fdd2", 16, 48,
	    "2001:0:c000::");
	test_truncate("2001:0:c000:207:8000:63bf:3fff:fdd2", 24, 128,
	    "2001:0:c000:200::");
	test_truncate("2001:0:c000:207:8000:63bf:3fff:fdd2", 8, 64,
	    "2001:0:c000::");
	test_truncate("2001:db8::5efe:192.0.2.7", 16, 128,
	    "2001:db8::5efe:c000:0");
	test_truncate("fe80::200:5efe:192.0.2.7", 16, 128,
	    "fe80::200:5efe:c000:0");
	test_truncate("2001:db8::5efe:192.0.2.7", 16, 48, "2001:db8::");
	test_truncate("::192.0.2.7", 16, 128, "::192.0.0.0");
	/* Neighbours that embed none. */
	test_truncate("2003:c000:207::1", 16, 128, "2003:c000:207::1");
	test_truncate("2001:1:c000:207::1", 16, 128, "2001:1:c000:207::1");
	test_truncate("64:ff9b:2::c000:207", 16, 128, "64:ff9b:2::c000:207");
	test_truncate("2001:db8::5eff:192.0.2.7", 16, 128,
	    "2001:db8::5eff:c000:207");
}

int
main(void)
{
	static const char *const refused[] = {
		"", ".", ":", ":::", "1.2.3", "1.2.3.4.5", "1.2.3.256",
		"1.2.3.", "01.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1.2.3.1000",
		"1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::",
		"::1.2.3", "1:2:3:4:5:6:7:1.2.3.4", "g::", "::1%eth0", "1:",
		"1:2:3:4:5:6:7:8:", ":1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::8",
		"00:11:22:33:44:55", "example.org",
		"1.2.3.4.1.2.3.4.1.2.3.4.1.2.3.4.1.2.3.4.1.2.3.4"
	};
	size_t i;

	srandom(1);
	test_format("192.0.2.1", "192.0.2.1");
	test_format("0.0.0.0", "0.0.0.0");
	test_format("255.255.255.255", "255.255.255.255");
	test_format("2001:DB8:0:0:8:800:200C:417A",
	    "2001:db8::8:800:200c:417a");
	test_format("FF01:0:0:0:0:0:0:101", "ff01::101");
	test_format("0:0:0:0:0:0:0:1", "::1");
	test_format("::", "::");
	test_format("1::", "1::");
	test_format("::FFFF:129.144.52.38", "::ffff:129.144.52.38");
	test_format("::13.1.68.3", "::13.1.68.3");
	test_format("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1");
	test_format("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1");
	test_format("2001:0:0:1:0:0:0:1", "2001:0:0:1::1");
	test_format("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304");
	for (i = 0; i < sizeof(refused) / sizeof(refused[0]) - 5; i++)
		test_refused(refused[i]);
	test_refused(refused[i + 1]);
	test_refused(refused[i + 3]);
	test_refused(refused[i + 4]);
	test_every_byte();
	test_cells();
	test_groups();
	test_like_libc(AF_INET, 4);
	test_like_libc(AF_INET6, 16);
	test_truncate("10.1.2.3", 16, 48, "10.1.0.0");
	test_truncate("10.1.2.3", 32, 128, "10.1.2.3");
	test_truncate("10.1.2.3", 0, 0, "0.0.0.0");
	test_truncate("10.1.2.255", 25, 48, "10.1.2.128");
	test_truncate("2001:db8:1:2:3:4:5:6", 16, 48, "2001:db8:1::");
	test_truncate("2001:db8:1:ffff::1", 16, 51, "2001:db8:1:e000::");
	test_truncate("::ffff:10.1.2.3", 16, 48, "::ffff:10.1.0.0");
	test_embedded();
	return tap_done();
}
