/*
 * binrate - rates of bins, and their percentiles
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/timestamp.h"
#include "base/xalloc.h"
#include "tally/binrate.h"

#define DIGITS		3
#define SCALE		1000	/* 10^DIGITS */
#define FIRST		16

/* 2^63 bytes in a millisecond are more bits a second than 64 bits can count. */
static void
write_rate(struct output *o, unsigned __int128 value, uint64_t length_ns)
{
	unsigned __int128 scaled = value * (uint64_t)NS_PER_S * SCALE;
	unsigned __int128 rate = (scaled + length_ns / 2) / length_ns;
	char text[48], *p = text + sizeof(text);
	int digits;

	for (digits = 0; digits <= DIGITS || rate > 0; digits++) {
		if (digits == DIGITS)
			*--p = '.';
		*--p = (char)('0' + (int)(rate % 10));
		rate /= 10;
	}
	output_char(o, ',');
	output_bytes(o, p, (size_t)(text + sizeof(text) - p));
}

void
binrate_write(struct output *o, const struct binrate *packets,
    const struct binrate *bytes)
{
	write_rate(o, packets->sums.packets, packets->length_ns);
	write_rate(o, (unsigned __int128)bytes->sums.bytes * 8,
	    bytes->length_ns);
}

void
percentiles_init(struct percentiles *p)
{
	memset(p, 0, sizeof(*p));
	keytable_init(&p->keys, KEYTABLE_MAX);
	output_init(&p->text, -1, "key");
}

void
percentiles_release(struct percentiles *p)
{
	size_t i;

	for (i = 0; i < p->keys.used; i++)
		free(p->bins[i].bin);
	free(p->bins);
	free(p->text.buf);
	keytable_release(&p->keys);
}

/* The bins of a key, none at first. */
static struct percentile_bins *
bins_of(struct percentiles *p, struct slice key)
{
	size_t known = p->keys.used, number;

	p->text.used = 0;
	output_bytes(&p->text, key.at, key.len);
	memset(output_room(&p->text, SLICE_SLACK), 0, SLICE_SLACK);
	number = keytable_number(&p->keys, p->text.buf, key.len);
	if (number >= p->cap) {
		p->cap = p->cap == 0 ? FIRST : 2 * p->cap;
		p->bins = xreallocarray(p->bins, p->cap, sizeof(*p->bins));
	}
	if (number == known)
		p->bins[number] = (struct percentile_bins){ .bin = NULL };
	return &p->bins[number];
}

void
percentiles_add(struct percentiles *p, struct slice key,
    const struct binrate *bin)
{
	struct percentile_bins *b = bins_of(p, key);

	if (b->used == b->cap) {
		b->cap = b->cap == 0 ? FIRST : 2 * b->cap;
		b->bin = xreallocarray(b->bin, b->cap, sizeof(*b->bin));
	}
	b->bin[b->used++] = *bin;
}

static int
compare_keys(const void *va, const void *vb, void *arg)
{
	const struct percentiles *p = arg;

	return keytable_compare(keytable_entry(&p->keys, *(const size_t *)va),
	    keytable_entry(&p->keys, *(const size_t *)vb));
}

size_t *
percentiles_order(const struct percentiles *p)
{
	size_t *list = xreallocarray(NULL, p->keys.used + 1, sizeof(*list));
	size_t i;

	for (i = 0; i < p->keys.used; i++)
		list[i] = i;
	qsort_r(list, p->keys.used, sizeof(*list), compare_keys,
	    (void *)(uintptr_t)p);
	return list;
}

/* Orders values a second without dividing: by products. */
static int
compare_rates(uint64_t a, uint64_t a_ns, uint64_t b, uint64_t b_ns)
{
	unsigned __int128 left = (unsigned __int128)a * b_ns;
	unsigned __int128 right = (unsigned __int128)b * a_ns;

	return (left > right) - (left < right);
}

static int
compare_packets(const void *va, const void *vb)
{
	const struct binrate *a = va, *b = vb;

	return compare_rates(a->sums.packets, a->length_ns, b->sums.packets,
	    b->length_ns);
}

static int
compare_bytes(const void *va, const void *vb)
{
	const struct binrate *a = va, *b = vb;

	return compare_rates(a->sums.bytes, a->length_ns, b->sums.bytes,
	    b->length_ns);
}

struct binrate
percentiles_find(struct percentiles *p, size_t key, uint64_t thousandths,
    uint64_t total, bool by_bytes, uint64_t length_ns)
{
	struct percentile_bins *b = &p->bins[key];
	uint64_t rank = (uint64_t)(((unsigned __int128)thousandths * total +
	    99999) / 100000);
	uint64_t zeros = total - b->used;

	if (rank <= zeros)
		return (struct binrate){ .length_ns = length_ns };
	qsort(b->bin, b->used, sizeof(*b->bin), by_bytes ? compare_bytes :
	    compare_packets);
	return b->bin[rank - zeros - 1];
}
