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
#include "base/wide.h"
#include "base/xalloc.h"
#include "detect/addrset.h"

#define DEPTH	129	/* networks that can nest, one for each prefix */

static const struct addrset_bits none;

struct addrset_net {
	struct wide	first;	/* as numbers */
	struct wide	last;
	struct addrset_bits bits;
};

struct addrset_range {
	struct wide	first;	/* up to the next range's */
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

static struct wide
number(const struct ipaddr *a)
{
	uint64_t high, low;

	if (a->family == 4)
		return wide_of(be32(a->byte));
	high = (uint64_t)be32(a->byte) << 32 | be32(a->byte + 4);
	low = (uint64_t)be32(a->byte + 8) << 32 | be32(a->byte + 12);
	return (struct wide){ high, low };
}

void
addrset_add(struct addrset *s, const struct ipaddr *a, unsigned prefix,
    struct addrset_bits bits)
{
	int six = a->family == 6;
	struct wide below = wide_ones((six ? 128 : 32) - prefix);
	size_t n = s->nets[six];

	/* Doubled each time it is a power of two. */
	if ((n & (n - 1)) == 0)
		s->net[six] = xreallocarray(s->net[six], n == 0 ? 1 : 2 * n,
		    sizeof(struct addrset_net));
	s->net[six][n].first = wide_without(number(a), below);
	s->net[six][n].last = wide_or(number(a), below);
	s->net[six][n].bits = bits;
	s->nets[six]++;
}

static int
compare(const void *va, const void *vb)
{
	const struct addrset_net *a = va, *b = vb;

	int order = wide_compare(a->first, b->first);

	return order != 0 ? order : wide_compare(b->last, a->last);
}

/* Starts a range, in place of one that would be empty. */
static void
start_range(struct addrset *s, int six, struct wide first,
    struct addrset_bits bits)
{
	size_t n = s->ranges[six];

	if (n > 0 && wide_compare(s->range[six][n - 1].first, first) == 0)
		n--;
	s->range[six][n].first = first;
	s->range[six][n].bits = bits;
	s->ranges[six] = n + 1;
}

static void
build(struct addrset *s, int six)
{
	struct addrset_net *net = s->net[six], *in[DEPTH];
	size_t i, depth = 0, nets = s->nets[six];
	struct wide after;

	if (nets == 0)
		return;
	qsort(net, nets, sizeof(*net), compare);
	s->range[six] = xreallocarray(NULL, 2 * nets + 1,
	    sizeof(struct addrset_range));
	start_range(s, six, wide_of(0), none);
	for (i = 0; i <= nets; i++) {
		/* Leave the networks that end before this one. */
		while (depth > 0 && (i == nets ||
		    wide_compare(in[depth - 1]->last, net[i].first) < 0)) {
			depth--;
			after = wide_sum(in[depth]->last, wide_of(1));
			/* 0: it ends where the addresses end. */
			if (wide_compare(after, wide_of(0)) != 0)
				start_range(s, six, after,
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
		if (depth > 0 && compare(in[depth - 1], &net[i]) == 0)
			depth--;
		in[depth++] = &net[i];
		start_range(s, six, net[i].first, net[i].bits);
	}
}

/*
 * Most first bytes have no more than a range or two, so that a search of them
 * all would take three times the instructions.
 */
static void
index_ranges(struct addrset *s, int six)
{
	unsigned byte;
	size_t i = 0;

	for (byte = 0; byte <= 256; byte++) {
		struct wide first = six ? (struct wide){
		    (uint64_t)byte << 56, 0 } : wide_of((uint64_t)byte << 24);

		while (i + 1 < s->ranges[six] && (byte == 256 ||
		    !wide_less(first, s->range[six][i + 1].first)))
			i++;
		s->start[six][byte] = i;
	}
}

void
addrset_build(struct addrset *s)
{
	build(s, 0);
	build(s, 1);
	index_ranges(s, 0);
	index_ranges(s, 1);
}

const struct addrset_bits *
addrset_find(const struct addrset *s, const struct ipaddr *a)
{
	int six = a->family == 6;
	const struct addrset_range *range = s->range[six];
	const size_t *start = &s->start[six][a->byte[0]];
	size_t low = start[0], n = start[1] - low + 1, half;
	struct wide v;

	if (s->ranges[six] == 0)
		return &none;
	/* The last range that starts at v or before; the first starts at 0. */
	for (v = number(a); n > 1; n -= half) {
		half = n / 2;
		if (!wide_less(v, range[low + half].first))
			low += half;
	}
	return &range[low].bits;
}
