/*
 * netmap - look-ups against a slow list of networks and of ranges
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "label/netmap.h"
#include "tap.h"

#define NETS	400
#define ASKED	20000

static uint32_t state = 54321;

static uint32_t
draw(uint32_t below)
{
	state = state * 1103515245 + 12345;
	return (state >> 8) % below;
}

/* Close to each other, so that networks nest. */
static void
draw_address(struct ipaddr *a)
{
	unsigned i;

	*a = (struct ipaddr){ .family = draw(2) ? 4 : 6 };
	for (i = 0; i < (a->family == 4 ? 4 : 16); i++)
		a->byte[i] = (uint8_t)(i < 2 || (i > 3 && i < 15) ? draw(2) :
		    draw(256));
}

static bool
in_net(const struct network *n, const struct ipaddr *a)
{
	unsigned i;

	if (n->ip.family != a->family)
		return false;
	for (i = 0; i < n->prefix; i++)
		if ((n->ip.byte[i / 8] ^ a->byte[i / 8]) & 0x80 >> i % 8)
			return false;
	return true;
}

/* The longest prefix wins, and of the same network the later one. */
static void
test_against_list(void)
{
	static struct network net[NETS];
	struct netmap map = { .twice = 0 };
	struct ipaddr a;
	unsigned prefix;
	size_t i, j, best;
	int wrong = 0, found = 0;

	for (i = 0; i < NETS; i++) {
		draw_address(&net[i].ip);
		net[i].prefix = draw(net[i].ip.family == 4 ? 33 : 129);
		netmap_add(&map, &net[i], (uint32_t)i + 1);
	}
	netmap_build(&map);
	for (i = 0; i < ASKED; i++) {
		draw_address(&a);
		for (best = 0, j = 1; j <= NETS; j++)
			if (in_net(&net[j - 1], &a) && (best == 0 ||
			    net[j - 1].prefix >= net[best - 1].prefix))
				best = j;
		wrong += netmap_find(&map, &a, &prefix) != best;
		wrong += best != 0 && prefix != net[best - 1].prefix;
		found += best != 0;
	}
	same_int(wrong, 0, "%d look-ups agree with a list", ASKED);
	ok(found > ASKED / 10, "%d of them are in a network", found);
	netmap_release(&map);
}

static int
order(const struct ipaddr *a, const struct ipaddr *b)
{
	return memcmp(a->byte, b->byte, sizeof(a->byte));
}

/* Ranges that do not touch: the one that holds an address is its value. */
static void
test_ranges(void)
{
	struct netmap map = { .twice = 0 };
	struct ipaddr first[NETS], last[NETS], a;
	unsigned prefix;
	size_t i, j, ranges = 0, want;
	int wrong = 0;

	while (ranges < 60) {
		draw_address(&first[ranges]);
		draw_address(&last[ranges]);
		if (first[ranges].family != last[ranges].family ||
		    order(&first[ranges], &last[ranges]) > 0)
			continue;
		for (j = 0; j < ranges; j++)
			if (first[j].family == first[ranges].family &&
			    order(&first[ranges], &last[j]) <= 0 &&
			    order(&first[j], &last[ranges]) <= 0)
				break;
		/* Those that would overlap become one address. */
		if (j < ranges)
			last[ranges] = first[ranges];
		for (j = 0; j < ranges; j++)
			if (first[j].family == first[ranges].family &&
			    order(&first[ranges], &last[j]) <= 0 &&
			    order(&first[j], &first[ranges]) <= 0)
				break;
		if (j < ranges)
			continue;
		netmap_add_range(&map, &first[ranges], &last[ranges],
		    (uint32_t)ranges + 1);
		ranges++;
	}
	netmap_build(&map);
	for (i = 0; i < ASKED; i++) {
		draw_address(&a);
		/* Also both ends of each range, and what is beside them. */
		if (i < 4 * ranges) {
			a = i & 1 ? first[i / 4] : last[i / 4];
			a.byte[a.family == 4 ? 3 : 15] += (uint8_t)
			    (i & 2 ? 0 : i & 1 ? -1 : 1);
		}
		for (want = 0, j = 0; j < ranges; j++)
			if (a.family == first[j].family &&
			    order(&first[j], &a) <= 0 &&
			    order(&a, &last[j]) <= 0)
				want = j + 1;
		wrong += netmap_find(&map, &a, &prefix) != want;
	}
	same_int(wrong, 0, "%d look-ups in ranges agree with a list", ASKED);
	netmap_release(&map);
}

static void
add(struct netmap *m, const char *text, uint32_t value)
{
	struct network net;

	if (network_parse(&net, (struct slice){ text, strlen(text) }))
		netmap_add(m, &net, value);
}

static bool
add_range(struct netmap *m, const char *first, const char *last,
    uint32_t value)
{
	struct ipaddr a, b;

	return ipaddr_parse(&a, first, strlen(first)) &&
	    ipaddr_parse(&b, last, strlen(last)) &&
	    netmap_add_range(m, &a, &b, value);
}

static void
finds(const struct netmap *m, const char *text, uint32_t want, unsigned bits)
{
	struct ipaddr a;
	unsigned prefix = 0;
	uint32_t got = 0;

	if (ipaddr_parse(&a, text, strlen(text)))
		got = netmap_find(m, &a, &prefix);
	ok(got == want && (want == 0 || prefix == bits),
	    "%s has value %u of a /%u", text, want, bits);
}

static void
test_ends(void)
{
	struct netmap m = { .twice = 0 };

	netmap_build(&m);
	finds(&m, "10.0.0.1", 0, 0);
	finds(&m, "::1", 0, 0);
	netmap_release(&m);
	add(&m, "0.0.0.0/0", 1);
	add(&m, "255.255.255.255", 2);
	add(&m, "0.0.0.0", 3);
	add(&m, "10.1.2.3/8", 4);
	add(&m, "10.0.0.0/8", 5);
	add(&m, "::/0", 6);
	add(&m, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 7);
	netmap_build(&m);
	same_int((int64_t)m.twice, 1, "a network that came twice is counted");
	finds(&m, "255.255.255.255", 2, 32);
	finds(&m, "255.255.255.254", 1, 0);
	finds(&m, "0.0.0.0", 3, 32);
	finds(&m, "0.0.0.1", 1, 0);
	finds(&m, "10.255.255.255", 5, 8);
	finds(&m, "11.0.0.0", 1, 0);
	finds(&m, "::", 6, 0);
	finds(&m, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", 6, 0);
	finds(&m, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 7, 128);
	netmap_release(&m);
	ok(!add_range(&m, "10.0.0.2", "10.0.0.1", 1) &&
	    !add_range(&m, "10.0.0.2", "::1", 1), "what is no range");
	ok(add_range(&m, "0.0.0.0", "255.255.255.255", 1) &&
	    add_range(&m, "10.0.0.1", "10.0.0.4", 2) &&
	    add_range(&m, "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 3) &&
	    add_range(&m, "::1", "::1", 4), "ranges, also of one and of all");
	netmap_build(&m);
	finds(&m, "10.0.0.0", 1, 0);
	finds(&m, "10.0.0.1", 2, 32);
	finds(&m, "10.0.0.2", 2, 31);
	finds(&m, "10.0.0.4", 2, 32);
	finds(&m, "10.0.0.5", 1, 0);
	finds(&m, "::2", 3, 0);
	finds(&m, "::1", 4, 128);
	netmap_release(&m);
}

int
main(void)
{
	test_ends();
	test_against_list();
	test_ranges();
	return tap_done();
}
