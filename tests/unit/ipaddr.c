/*
 * ipaddr - addresses as text, against RFC 5952 and the C library
 *
 * SPDX-License-Identifier: ISC
 */
#include <arpa/inet.h>

#include "ipaddr.h"
#include "tap.h"

static void
formats(const char *text, const char *want)
{
	struct ipaddr a;
	char out[IPADDR_TEXT_MAX];

	if (ok(ipaddr_parse(&a, text, strlen(text)), "%s is read", text))
		same_text(out, ipaddr_format(out, a.family, a.byte), want,
		    "%s is written", text);
}

/* Bytes with many zeros; the C library's text as the other opinion. */
static void
against_libc(void)
{
	uint8_t b[16];
	char want[INET6_ADDRSTRLEN], got[IPADDR_TEXT_MAX + 1];
	unsigned seed = 7, round, i, bad = 0;
	struct ipaddr a;

	for (round = 0; round < 100000; round++) {
		for (i = 0; i < 16; i++) {
			seed = seed * 1103515245 + 12345;
			b[i] = (seed >> 20 & 3) != 0 ? 0 :
			    (uint8_t)(seed >> 24);
		}
		/* The first group: no IPv4-compatible form, which differs. */
		b[0] |= 1;
		inet_ntop(AF_INET6, b, want, sizeof(want));
		got[ipaddr_format(got, 6, b)] = '\0';
		bad += strcmp(got, want) != 0;
		bad += !ipaddr_parse(&a, want, strlen(want)) ||
		    a.family != 6 || memcmp(a.byte, b, 16) != 0;
		inet_ntop(AF_INET, b, want, sizeof(want));
		got[ipaddr_format(got, 4, b)] = '\0';
		bad += strcmp(got, want) != 0;
		bad += !ipaddr_parse(&a, want, strlen(want)) ||
		    a.family != 4 || memcmp(a.byte, b, 4) != 0;
	}
	same_int(bad, 0, "100000 addresses of each family as inet_ntop");
}

int
main(void)
{
	static const char *const wrong[] = { "", "1.2.3", "1.2.3.4.5",
	    "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "1..2.3", "::1::", ":",
	    "12345::", "1:2:3:4:5:6:7", "aa:bb:cc:dd:ee:ff", "fe80::1%eth0",
	    "host" };
	struct ipaddr a;
	size_t i;

	formats("192.0.2.1", "192.0.2.1");
	formats("255.255.255.255", "255.255.255.255");
	formats("2001:DB8::0001", "2001:db8::1");
	formats("2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1");
	formats("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1");
	formats("::", "::");
	formats("::1", "::1");
	formats("fe80::", "fe80::");
	formats("::ffff:192.0.2.128", "::ffff:192.0.2.128");
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ok(!ipaddr_parse(&a, wrong[i], strlen(wrong[i])),
		    "\"%s\" is no address", wrong[i]);
	against_libc();
	return tap_done();
}
