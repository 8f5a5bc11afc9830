/*
 * netset - a set of networks, asked whether it holds an address
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/xalloc.h"
#include "nets/netset.h"

#define PREFIXES	65536	/* upper 16 bits of an IPv4 address */

struct netset_range4 {
	uint32_t	first, last;
};

struct netset_range6 {
	uint8_t		first[16], last[16];
};

void
netset_release(struct netset *s)
{
	free(s->range4);
	free(s->range6);
	free(s->first4);
	*s = (struct netset){ 0 };
}

static struct netset_range4
range_4(const struct network *net)
{
	uint32_t host = net->prefix == 0 ? UINT32_MAX :
	    ((uint32_t)1 << (32 - net->prefix)) - 1;

	return (struct netset_range4){ be32(net->ip.byte) & ~host,
	    be32(net->ip.byte) | host };
}

static struct netset_range6
range_6(const struct network *net)
{
	struct netset_range6 r;
	unsigned i, bits;
	uint8_t host;

	for (i = 0; i < 16; i++) {
		bits = net->prefix > i * 8 ? net->prefix - i * 8 : 0;
		host = bits >= 8 ? 0 : (uint8_t)(0xff >> bits);
		r.first[i] = net->ip.byte[i] & (uint8_t)~host;
		r.last[i] = net->ip.byte[i] | host;
	}
	return r;
}

static void
add_4(struct netset *s, struct netset_range4 r)
{
	s->range4 = xgrow(s->range4, s->ranges4, &s->room4, sizeof(r));
	s->range4[s->ranges4++] = r;
}

static void
add_6(struct netset *s, struct netset_range6 r)
{
	s->range6 = xgrow(s->range6, s->ranges6, &s->room6, sizeof(r));
	s->range6[s->ranges6++] = r;
}

bool
netset_add(struct netset *s, struct slice text)
{
	struct network net;

	if (!network_parse(&net, text))
		return false;
	if (net.ip.family == 4)
		add_4(s, range_4(&net));
	else
		add_6(s, range_6(&net));
	return true;
}

static int
compare_4(const void *a, const void *b)
{
	const struct netset_range4 *x = a, *y = b;

	return x->first < y->first ? -1 : x->first > y->first;
}

static int
compare_6(const void *a, const void *b)
{
	const struct netset_range6 *x = a, *y = b;

	return memcmp(x->first, y->first, sizeof(x->first));
}

/* Sorts the intervals and joins those that overlap. */
static void
join_4(struct netset *s)
{
	struct netset_range4 *to = s->range4, *r;
	size_t i;

	if (s->ranges4 == 0)
		return;
	qsort(s->range4, s->ranges4, sizeof(*to), compare_4);
	for (i = 1; i < s->ranges4; i++) {
		r = &s->range4[i];
		if (r->first > to->last)
			*++to = *r;
		else if (r->last > to->last)
			to->last = r->last;
	}
	s->ranges4 = (size_t)(to - s->range4) + 1;
}

static void
join_6(struct netset *s)
{
	struct netset_range6 *to = s->range6, *r;
	size_t i;

	if (s->ranges6 == 0)
		return;
	qsort(s->range6, s->ranges6, sizeof(*to), compare_6);
	for (i = 1; i < s->ranges6; i++) {
		r = &s->range6[i];
		if (memcmp(r->first, to->last, sizeof(r->first)) > 0)
			*++to = *r;
		else if (memcmp(r->last, to->last, sizeof(r->last)) > 0)
			memcpy(to->last, r->last, sizeof(to->last));
	}
	s->ranges6 = (size_t)(to - s->range6) + 1;
}

/* first4[p]: the first interval that ends at p.0.0 or later. */
static void
index_4(struct netset *s)
{
	size_t p, i = 0;

	s->first4 = xcalloc(PREFIXES + 1, sizeof(s->first4[0]));
	for (p = 0; p < PREFIXES; p++) {
		while (i < s->ranges4 && s->range4[i].last < p << 16)
			i++;
		s->first4[p] = (uint32_t)i;
	}
	s->first4[PREFIXES] = (uint32_t)s->ranges4;
}

void
netset_build(struct netset *s)
{
	join_4(s);
	join_6(s);
	if (s->ranges4 > 0)
		index_4(s);
}

static bool
has_4(const struct netset *s, struct netset_range4 r)
{
	size_t low, high, middle;

	if (s->ranges4 == 0)
		return false;
	/* The first interval that ends where the range does, or later. */
	low = s->first4[r.last >> 16];
	high = s->first4[(r.last >> 16) + 1];
	while (low < high) {
		middle = (low + high) / 2;
		if (s->range4[middle].last < r.last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->ranges4 && s->range4[low].first <= r.first;
}

static bool
has_6(const struct netset *s, const uint8_t *first, const uint8_t *last)
{
	size_t low = 0, high = s->ranges6, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (memcmp(s->range6[middle].last, last, 16) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->ranges6 &&
	    memcmp(s->range6[low].first, first, 16) <= 0;
}

bool
netset_has(const struct netset *s, const struct ipaddr *a)
{
	uint32_t n = be32(a->byte);

	return a->family == 4 ? has_4(s, (struct netset_range4){ n, n }) :
	    has_6(s, a->byte, a->byte);
}

bool
netset_has_net(const struct netset *s, const struct network *net)
{
	struct netset_range6 r;

	if (net->ip.family == 4)
		return has_4(s, range_4(net));
	r = range_6(net);
	return has_6(s, r.first, r.last);
}
