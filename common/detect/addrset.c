/*
 * addrset - which networks an address is in, as bits
 *
 * Two networks nest or are disjoint.  So a sweep over them, sorted by their
 * first address and the wider first, needs a stack of the networks around the
 * point that it has reached, and cuts the address space into ranges that each
 * have one answer.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/bytes.h"
#include "base/xalloc.h"
#include "detect/addrset.h"

#define DEPTH	129	/* networks that can nest, one for each prefix */

typedef unsigned __int128 address;	/* as a number; no struct */

struct addrset_net {
	address		first;
	address		last;
	struct addrset_bits bits;
};

struct addrset_range {
	address		first;	/* up to the next range's */
	struct addrset_bits bits;
};

void
addrset_init(struct addrset *s)
{
	memset(s, 0, sizeof(*s));
}

void
addrset_release(struct addrset *s)
{
	int i;

	for (i = 0; i < 2; i++) {
		free(s->net[i]);
		free(s->range[i]);
	}
}

static address
number(const struct ipaddr *a)
{
	uint64_t high, low;

	if (a->family == 4)
		return be32(a->byte);
	high = (uint64_t)be32(a->byte) << 32 | be32(a->byte + 4);
	low = (uint64_t)be32(a->byte + 8) << 32 | be32(a->byte + 12);
	return (address)high << 64 | low;
}

void
addrset_add(struct addrset *s, const struct ipaddr *a, unsigned prefix,
    struct addrset_bits bits)
{
	int six = a->family == 6;
	unsigned host = (six ? 128 : 32) - prefix;
	address below = host == 128 ? ~(address)0 : ((address)1 << host) - 1;
	size_t n = s->nets[six];

	/* Doubled each time it is a power of two. */
	if ((n & (n - 1)) == 0)
		s->net[six] = xreallocarray(s->net[six], n == 0 ? 1 : 2 * n,
		    sizeof(struct addrset_net));
	s->net[six][n].first = number(a) & ~below;
	s->net[six][n].last = number(a) | below;
	s->net[six][n].bits = bits;
	s->nets[six]++;
}

static int
compare(const void *va, const void *vb)
{
	const struct addrset_net *a = va, *b = vb;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return (a->last < b->last) - (a->last > b->last);
}

/* Starts a range, in place of one that would be empty. */
static void
start_range(struct addrset *s, int six, address first,
    struct addrset_bits bits)
{
	size_t n = s->ranges[six];

	if (n > 0 && s->range[six][n - 1].first == first)
		n--;
	s->range[six][n].first = first;
	s->range[six][n].bits = bits;
	s->ranges[six] = n + 1;
}

static void
build(struct addrset *s, int six)
{
	static const struct addrset_bits none = { 0, 0, 0, 0 };
	struct addrset_net *net = s->net[six], *in[DEPTH];
	size_t i, depth = 0, nets = s->nets[six];

	if (nets == 0)
		return;
	qsort(net, nets, sizeof(*net), compare);
	s->range[six] = xreallocarray(NULL, 2 * nets + 1,
	    sizeof(struct addrset_range));
	start_range(s, six, 0, none);
	for (i = 0; i <= nets; i++) {
		/* Leave the networks that end before this one. */
		while (depth > 0 && (i == nets ||
		    in[depth - 1]->last < net[i].first)) {
			depth--;
			if (in[depth]->last != ~(address)0)
				start_range(s, six, in[depth]->last + 1,
				    depth > 0 ? in[depth - 1]->bits : none);
		}
		if (i == nets)
			break;
		if (depth > 0) {
			net[i].bits.off |= in[depth - 1]->bits.off;
			net[i].bits.on |= in[depth - 1]->bits.on;
			net[i].bits.in |= in[depth - 1]->bits.in;
			net[i].bits.out |= in[depth - 1]->bits.out;
		}
		/* The same network again adds to itself. */
		if (depth > 0 && in[depth - 1]->first == net[i].first &&
		    in[depth - 1]->last == net[i].last)
			depth--;
		in[depth++] = &net[i];
		start_range(s, six, net[i].first, net[i].bits);
	}
}

void
addrset_build(struct addrset *s)
{
	build(s, 0);
	build(s, 1);
}

struct addrset_bits
addrset_find(const struct addrset *s, const struct ipaddr *a)
{
	int six = a->family == 6;
	const struct addrset_range *range = s->range[six];
	size_t low = 0, n = s->ranges[six], half;
	address v;

	if (n == 0)
		return (struct addrset_bits){ 0, 0, 0, 0 };
	/* The last range that starts at v or before; the first starts at 0. */
	for (v = number(a); n > 1; n -= half) {
		half = n / 2;
		if (range[low + half].first <= v)
			low += half;
	}
	return range[low].bits;
}
