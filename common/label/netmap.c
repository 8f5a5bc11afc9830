/*
 * netmap - the value of the longest prefix that contains an address
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/bytes.h"
#include "base/xalloc.h"
#include "label/netmap.h"

#define DEPTH		129	/* networks that can nest, one each prefix */
#define PREFIXES	65536	/* upper 16 bits of an IPv4 address */

struct netmap_net {
	struct wide	first;		/* as a number */
	uint32_t	value;
	uint32_t	order;		/* in which it was added */
	uint8_t		prefix;
};

void
netmap_release(struct netmap *m)
{
	size_t i;

	for (i = 0; i < 2; i++) {
		free(m->half[i].net);
		free(m->half[i].first4);
		free(m->half[i].first6);
		free(m->half[i].value);
		free(m->half[i].prefix);
	}
	free(m->index4);
	*m = (struct netmap){ 0 };
}

static struct wide
number_of(const struct ipaddr *a)
{
	if (a->family == 4)
		return wide_of(be32(a->byte));
	return (struct wide){
	    (uint64_t)be32(a->byte) << 32 | be32(a->byte + 4),
	    (uint64_t)be32(a->byte + 8) << 32 | be32(a->byte + 12)
	};
}

static unsigned
bits_of(int six)
{
	return six ? 128 : 32;
}

/* The host bits of a network. */
static struct wide
hosts_of(int six, unsigned prefix)
{
	return wide_ones(bits_of(six) - prefix);
}

static void
add(struct netmap *m, int six, struct wide first, unsigned prefix,
    uint32_t value)
{
	struct netmap_half *h = &m->half[six];
	size_t n = h->nets;

	/* Doubled each time it is a power of two. */
	if ((n & (n - 1)) == 0)
		h->net = xreallocarray(h->net, n == 0 ? 1 : 2 * n,
		    sizeof(h->net[0]));
	h->net[n] = (struct netmap_net){
	    wide_without(first, hosts_of(six, prefix)), value, (uint32_t)n,
	    (uint8_t)prefix };
	h->nets++;
}

void
netmap_add(struct netmap *m, const struct network *net, uint32_t value)
{
	add(m, net->ip.family == 6, number_of(&net->ip), net->prefix, value);
}

bool
netmap_add_range(struct netmap *m, const struct ipaddr *from,
    const struct ipaddr *to, uint32_t value)
{
	int six = from->family == 6;
	struct wide first = number_of(from), last = number_of(to), left, hosts;
	unsigned prefix;

	if (from->family != to->family || wide_compare(first, last) > 0)
		return false;
	for (;;) {
		/* The largest network that starts here and ends in time. */
		left = wide_difference(last, first);
		for (prefix = bits_of(six); prefix > 0; prefix--) {
			hosts = hosts_of(six, prefix - 1);
			if (wide_compare(wide_without(first, hosts), first) !=
			    0 || wide_compare(left, hosts) < 0)
				break;
		}
		add(m, six, first, prefix, value);
		hosts = hosts_of(six, prefix);
		if (wide_compare(left, hosts) <= 0)
			return true;
		first = wide_sum(first, wide_sum(hosts, wide_of(1)));
	}
}

/* By the first address; the wider network first; then as added. */
static int
compare(const void *va, const void *vb)
{
	const struct netmap_net *a = va, *b = vb;
	int order = wide_compare(a->first, b->first);

	if (order != 0)
		return order;
	if (a->prefix != b->prefix)
		return a->prefix < b->prefix ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

/* Starts a range, in place of one that would be empty. */
static void
start_range(struct netmap_half *h, int six, struct wide first,
    uint32_t value, uint8_t prefix)
{
	size_t n = h->ranges;

	if (n > 0 && (six ? wide_compare(h->first6[n - 1], first) == 0 :
	    h->first4[n - 1] == first.low))
		n--;
	if (six)
		h->first6[n] = first;
	else
		h->first4[n] = (uint32_t)first.low;
	h->value[n] = value;
	h->prefix[n] = prefix;
	h->ranges = n + 1;
}

static struct wide
last_of(int six, const struct netmap_net *net)
{
	return wide_or(net->first, hosts_of(six, net->prefix));
}

/* Starts the range after a network that ends, in the one around it. */
static void
end_net(struct netmap_half *h, int six, const struct netmap_net *net,
    const struct netmap_net *around)
{
	struct wide last = last_of(six, net);
	struct wide after = wide_sum(last, wide_of(1));

	if (wide_compare(last, hosts_of(six, 0)) == 0)
		return;
	if (around == NULL)
		start_range(h, six, after, 0, 0);
	else
		start_range(h, six, after, around->value, around->prefix);
}

static void
resize(struct netmap_half *h, int six, size_t n)
{
	if (six)
		h->first6 = xreallocarray(h->first6, n, sizeof(*h->first6));
	else
		h->first4 = xreallocarray(h->first4, n, sizeof(*h->first4));
	h->value = xreallocarray(h->value, n, sizeof(*h->value));
	h->prefix = xreallocarray(h->prefix, n, sizeof(*h->prefix));
}

/* Makes the ranges of the sorted networks; returns how many came again. */
static size_t
sweep(struct netmap_half *h, int six)
{
	const struct netmap_net *net = h->net, *in[DEPTH + 1] = { NULL };
	size_t i, depth = 0, twice = 0;

	/* in[0] is what surrounds all networks: none. */
	start_range(h, six, wide_of(0), 0, 0);
	for (i = 0; i < h->nets; i++) {
		while (depth > 0 && wide_compare(last_of(six, in[depth]),
		    net[i].first) < 0) {
			end_net(h, six, in[depth], in[depth - 1]);
			depth--;
		}
		if (i + 1 < h->nets && net[i].prefix == net[i + 1].prefix &&
		    wide_compare(net[i].first, net[i + 1].first) == 0) {
			twice++;
			continue;
		}
		in[++depth] = &net[i];
		start_range(h, six, net[i].first, net[i].value, net[i].prefix);
	}
	for (; depth > 0; depth--)
		end_net(h, six, in[depth], in[depth - 1]);
	return twice;
}

/* index4[p]: the ranges that start before p.0.0, p being 16 bits. */
static void
index_4(struct netmap *m)
{
	const struct netmap_half *h = &m->half[0];
	size_t p, i = 0;

	m->index4 = xcalloc(PREFIXES + 1, sizeof(m->index4[0]));
	for (p = 0; p < PREFIXES; p++) {
		while (i < h->ranges && h->first4[i] < p << 16)
			i++;
		m->index4[p] = (uint32_t)i;
	}
	m->index4[PREFIXES] = (uint32_t)h->ranges;
}

void
netmap_build(struct netmap *m)
{
	int six;

	m->twice = 0;
	for (six = 0; six < 2; six++) {
		struct netmap_half *h = &m->half[six];

		if (h->nets == 0)
			continue;
		qsort(h->net, h->nets, sizeof(h->net[0]), compare);
		resize(h, six, 2 * h->nets + 1);
		m->twice += sweep(h, six);
		resize(h, six, h->ranges);
		free(h->net);
		h->net = NULL;
	}
	if (m->half[0].ranges > 0)
		index_4(m);
}

/* How many ranges start at the address or before. */
static size_t
started_4(const struct netmap *m, uint32_t a)
{
	const uint32_t *first = m->half[0].first4;
	size_t low = m->index4[a >> 16], high = m->index4[(a >> 16) + 1];
	size_t middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (first[middle] <= a)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t
started_6(const struct netmap_half *h, struct wide a)
{
	size_t low = 0, high = h->ranges, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (!wide_less(a, h->first6[middle]))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t
netmap_find(const struct netmap *m, const struct ipaddr *a, unsigned *prefix)
{
	int six = a->family == 6;
	const struct netmap_half *h = &m->half[six];
	size_t at;

	if (h->ranges == 0)
		return 0;
	/* The first range starts at the first address. */
	at = (six ? started_6(h, number_of(a)) :
	    started_4(m, be32(a->byte))) - 1;
	*prefix = h->prefix[at];
	return h->value[at];
}
