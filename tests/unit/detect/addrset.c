/*
 * addrset - unit test of networks and the addresses in them
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "detect/addrset.h"
#include "tap.h"

static struct addrset set;

static void
add(const char *text, unsigned prefix, uint64_t off, uint64_t on)
{
	struct ipaddr a;

	memset(&a, 0, sizeof(a));
	if (!ipaddr_parse(&a, text, strlen(text)))
		abort();
	addrset_add(&set, &a, prefix, (struct addrset_bits){ { off, on },
	    { on, off }, { off << 32, 0 }, { 0, on << 32 } });
}

/* Whether an address has these bits. */
static void
check(const char *text, uint64_t off, uint64_t on)
{
	const struct addrset_bits *bits;
	struct ipaddr a;

	memset(&a, 0, sizeof(a));
	if (!ipaddr_parse(&a, text, strlen(text)))
		abort();
	bits = addrset_find(&set, &a);
	if (!ok(bits->off[0] == off && bits->off[1] == on &&
	    bits->on[0] == on && bits->on[1] == off &&
	    bits->in[0] == off << 32 && bits->in[1] == 0 &&
	    bits->out[0] == 0 && bits->out[1] == on << 32, "%s", text))
		printf("# got %" PRIu64 " %" PRIu64 "\n", bits->off[0],
		    bits->on[0]);
}

static void
test_nesting(void)
{
	addrset_init(&set);
	add("10.1.0.0", 16, 2, 0);
	add("10.0.0.0", 8, 1, 0);
	add("10.1.2.3", 32, 0, 4);
	add("10.1.255.255", 32, 8, 0);
	add("10.2.0.0", 16, 16, 0);
	add("10.1.0.0", 16, 32, 0);
	add("255.255.255.255", 32, 64, 0);
	add("2001:db8::", 32, 1, 0);
	add("ffff::", 16, 2, 0);
	addrset_build(&set);
	check("9.255.255.255", 0, 0);
	check("10.0.0.0", 1, 0);
	check("10.0.255.255", 1, 0);
	check("10.1.0.0", 35, 0);
	check("10.1.2.2", 35, 0);
	check("10.1.2.3", 35, 4);
	check("10.1.2.4", 35, 0);
	check("10.1.255.255", 43, 0);
	check("10.2.0.0", 17, 0);
	check("10.3.0.0", 1, 0);
	check("10.255.255.255", 1, 0);
	check("11.0.0.0", 0, 0);
	check("255.255.255.254", 0, 0);
	check("255.255.255.255", 64, 0);
	check("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", 1, 0);
	check("2001:db9::", 0, 0);
	check("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 2, 0);
	check("::", 0, 0);
	addrset_release(&set);
}

static void
test_all(void)
{
	addrset_init(&set);
	addrset_build(&set);
	check("10.0.0.1", 0, 0);
	addrset_release(&set);
	addrset_init(&set);
	add("::", 0, 1, 0);
	add("0.0.0.0", 0, 2, 0);
	addrset_build(&set);
	check("::", 1, 0);
	check("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 1, 0);
	check("0.0.0.0", 2, 0);
	check("255.255.255.255", 2, 0);
	addrset_release(&set);
}

/* Many networks, each look-up against a look at all of them. */
static void
test_many(void)
{
	struct { uint32_t first; unsigned prefix; } net[500];
	uint32_t seed = 1, v;
	struct ipaddr a = { .family = 4 };
	size_t i, n, wrong = 0;
	ruleset want;

	addrset_init(&set);
	for (i = 0; i < 500; i++) {
		seed = seed * 1664525 + 1013904223;
		net[i].prefix = 8 + seed % 17;
		net[i].first = (seed >> 4 & 0x0fffffff) &
		    ~(UINT32_MAX >> net[i].prefix);
		for (n = 0; n < 4; n++)
			a.byte[n] = (uint8_t)(net[i].first >> (24 - 8 * n));
		addrset_add(&set, &a, net[i].prefix,
		    (struct addrset_bits){ .off = ruleset_of(i % RULES_MAX) });
	}
	addrset_build(&set);
	for (n = 0; n < 2000; n++) {
		seed = seed * 1664525 + 1013904223;
		v = n % 2 ? net[n % 500].first - 1 + n / 500 : seed >> 4;
		for (i = 0, want = RULESET_NONE; i < 500; i++)
			if (((v ^ net[i].first) &
			    ~(UINT32_MAX >> net[i].prefix)) == 0)
				want |= ruleset_of(i % RULES_MAX);
		for (i = 0; i < 4; i++)
			a.byte[i] = (uint8_t)(v >> (24 - 8 * i));
		wrong += ruleset_any(addrset_find(&set, &a)->off ^ want);
	}
	same_int((int64_t)wrong, 0, "2000 addresses among 500 networks");
	addrset_release(&set);
}

int
main(void)
{
	test_nesting();
	test_all();
	test_many();
	return tap_done();
}
