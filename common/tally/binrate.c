/*
 * binrate - rates of bins, and their percentiles
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/timestamp.h"
#include "base/wide.h"
#include "base/xalloc.h"
#include "tally/binrate.h"

#define DIGITS		3
#define SCALE		1000	/* 10^DIGITS */

/* Divides by ten in place; returns the last digit. */
static char
last_digit(struct wide *n)
{
	struct wide tenth = wide_divide(*n, wide_of(10));
	char digit = (char)('0' + (n->low - tenth.low * 10));

	*n = tenth;
	return digit;
}

/*
 * A value times weight.  2^63 bytes in a millisecond are more bits a second
 * than 64 bits can count.
 */
static void
write_rate(struct output *o, uint64_t value, uint64_t weight,
    uint64_t length_ns)
{
	struct wide scaled = wide_product(value, weight * NS_PER_S * SCALE);
	struct wide rate = wide_divide(wide_sum(scaled, wide_of(length_ns / 2)),
	    wide_of(length_ns));
	char text[48], *p = text + sizeof(text);
	int digits;

	for (digits = 0; digits <= DIGITS || rate.high > 0 || rate.low > 0;
	    digits++) {
		if (digits == DIGITS)
			*--p = '.';
		*--p = last_digit(&rate);
	}
	output_char(o, ',');
	output_bytes(o, p, (size_t)(text + sizeof(text) - p));
}

void
binrate_write(struct output *o, const struct binrate *packets,
    const struct binrate *bytes)
{
	write_rate(o, packets->sums.packets, 1, packets->length_ns);
	write_rate(o, bytes->sums.bytes, 8, bytes->length_ns);
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
	p->bins = xgrow(p->bins, number, &p->cap, sizeof(*p->bins));
	if (number == known)
		p->bins[number] = (struct percentile_bins){ .bin = NULL };
	return &p->bins[number];
}

void
percentiles_add(struct percentiles *p, struct slice key,
    const struct binrate *bin)
{
	struct percentile_bins *b = bins_of(p, key);

	if (bin->sums.packets == 0 && bin->sums.bytes == 0)
		return;
	b->bin = xgrow(b->bin, b->used, &b->cap, sizeof(*b->bin));
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
percentiles_order(struct percentiles *p)
{
	size_t *list = xreallocarray(NULL, p->keys.used + 1, sizeof(*list));
	size_t i;

	for (i = 0; i < p->keys.used; i++)
		list[i] = i;
	qsort_r(list, p->keys.used, sizeof(*list), compare_keys, p);
	return list;
}

/* Orders values a second without dividing: by products. */
static int
compare_rates(uint64_t a, uint64_t a_ns, uint64_t b, uint64_t b_ns)
{
	return wide_compare(wide_product(a, b_ns), wide_product(b, a_ns));
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
	uint64_t rank = wide_divide(wide_sum(wide_product(thousandths, total),
	    wide_of(99999)), wide_of(100000)).low;
	uint64_t zeros = total - b->used;

	if (rank <= zeros)
		return (struct binrate){ .length_ns = length_ns };
	qsort(b->bin, b->used, sizeof(*b->bin), by_bytes ? compare_bytes :
	    compare_packets);
	return b->bin[rank - zeros - 1];
}
