/*
 * netset - look-ups against a slow list of networks
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "nets/netset.h"
#include "tap.h"

#define NETS	300
#define ASKED	20000

static uint32_t state = 12345;

static uint32_t
draw(uint32_t below)
{
	state = state * 1103515245 + 12345;
	return (state >> 8) % below;
}

struct net {
	uint8_t		byte[16];
	unsigned	prefix;
	uint8_t		family;
};

static bool
in_net(const struct net *n, const struct ipaddr *a)
{
	unsigned i;

	if (n->family != a->family)
		return false;
	for (i = 0; i < n->prefix; i++)
		if ((n->byte[i / 8] ^ a->byte[i / 8]) & 0x80 >> i % 8)
			return false;
	return true;
}

static void
draw_address(struct ipaddr *a)
{
	unsigned i;

	*a = (struct ipaddr){ .family = draw(2) ? 4 : 6 };
	for (i = 0; i < (a->family == 4 ? 4 : 16); i++)
		a->byte[i] = (uint8_t)draw(i < 2 ? 4 : i == 2 ? 16 : 256);
}

static void
test_against_list(void)
{
	static struct net net[NETS];
	struct netset set = { 0 };
	char text[IPADDR_TEXT_MAX + 8];
	struct network cell;
	struct ipaddr a;
	size_t i, j, n;
	int wrong = 0, held = 0, wrong_nets = 0, held_nets = 0;
	bool want, want_net;

	for (i = 0; i < NETS; i++) {
		draw_address(&a);
		net[i].family = a.family;
		memcpy(net[i].byte, a.byte, 16);
		net[i].prefix = 20 + draw(a.family == 4 ? 13 : 109);
		n = ipaddr_format(text, a.family, a.byte);
		n += (size_t)snprintf(text + n, 8, "/%u", net[i].prefix);
		netset_add(&set, (struct slice){ text, n });
	}
	netset_build(&set);
	for (i = 0; i < ASKED; i++) {
		draw_address(&a);
		cell = (struct network){ a, 16 + draw(17) };
		want = want_net = false;
		for (j = 0; j < NETS; j++) {
			want |= in_net(&net[j], &a);
			want_net |= in_net(&net[j], &a) &&
			    net[j].prefix <= cell.prefix;
		}
		wrong += netset_has(&set, &a) != want;
		held += want;
		wrong_nets += netset_has_net(&set, &cell) != want_net;
		held_nets += want_net;
	}
	same_int(wrong, 0, "%d look-ups agree with a list", ASKED);
	same_int(wrong_nets, 0, "so do those of networks");
	ok(held_nets > 0 && held_nets < held, "some are too wide");
	ok(held > 100 && held < ASKED / 2, "%d are in, the others not", held);
	netset_release(&set);
}

static bool
add(struct netset *s, const char *text)
{
	return netset_add(s, (struct slice){ text, strlen(text) });
}

static bool
has(const struct netset *s, const char *text)
{
	struct ipaddr a;

	return ipaddr_parse(&a, text, strlen(text)) && netset_has(s, &a);
}

int
main(void)
{
	struct netset s = { 0 };

	netset_build(&s);
	ok(!has(&s, "10.0.0.1") && !has(&s, "::1"), "an empty set has none");
	ok(!add(&s, "10.0.0.0/33") && !add(&s, "::/129") && !add(&s, "") &&
	    !add(&s, "10.0.0.0/") && !add(&s, "/8") && !add(&s, "office") &&
	    !add(&s, "10.0.0.0/8x"), "what is no network is refused");
	ok(add(&s, "255.255.255.255") && add(&s, "0.0.0.0/32") &&
	    add(&s, "10.0.0.0/9") && add(&s, "10.128.0.0/9"), "some are added");
	netset_build(&s);
	ok(has(&s, "255.255.255.255") && has(&s, "0.0.0.0"),
	    "the last and the first address");
	ok(has(&s, "10.127.255.255") && has(&s, "10.128.0.0") &&
	    !has(&s, "9.255.255.255") && !has(&s, "11.0.0.0"),
	    "the ends of networks");
	netset_release(&s);
	test_against_list();
	return tap_done();
}
