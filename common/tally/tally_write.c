/*
 * tally_write - the rows of a tally, in order
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "csv/row.h"
#include "tally/tally.h"

#define AHEAD		16	/* entries to fetch before they are written */

static const char rest_name[] = "REST";

struct slice
tally_overflowed(const struct tally *t)
{
	if (t->last == NULL)
		return (struct slice){ rest_name, strlen(rest_name) };
	return (struct slice){ keytable_key(t->last), t->last->len };
}

/* An entry and the first thing it is ordered by. */
struct ranked {
	uint64_t	 value;		/* the greatest comes first */
	const struct keytable_entry *entry;
};

static uint64_t
rank_value(const struct keytable_entry *e, enum tally_sort sort)
{
	return sort == TALLY_BY_BYTES ? e->sums.bytes :
	    sort == TALLY_BY_PACKETS ? e->sums.packets : 0;
}

static int
compare_ranked(const void *va, const void *vb)
{
	const struct ranked *a = va, *b = vb;

	if (a->value != b->value)
		return a->value > b->value ? -1 : 1;
	return keytable_compare(a->entry, b->entry);
}

static int
compare_values(const void *va, const void *vb)
{
	const struct ranked *a = va, *b = vb;

	return (a->value < b->value) - (a->value > b->value);
}

/*
 * Values first, which are in the list, then keys, which are anywhere in
 * memory, among equals only: twice as fast where there are many keys.
 */
static void
sort_ranked(struct ranked *list, size_t n)
{
	size_t i, j, k;

	qsort(list, n, sizeof(*list), compare_values);
	for (i = 0; i < n; i = j) {
		for (j = i + 1; j < n && list[j].value == list[i].value; j++)
			;
		for (k = i; j - i > 1 && k < j; k++)
			__builtin_prefetch(list[k].entry);
		qsort(&list[i], j - i, sizeof(*list), compare_ranked);
	}
}

/* Moves what is at place i down until the heap has its last rank on top. */
static void
sift_down(struct ranked *heap, size_t n, size_t i)
{
	struct ranked moved = heap[i];
	size_t child;

	for (; (child = 2 * i + 1) < n; i = child) {
		if (child + 1 < n &&
		    compare_ranked(&heap[child], &heap[child + 1]) < 0)
			child++;
		if (compare_ranked(&heap[child], &moved) < 0)
			break;
		heap[i] = heap[child];
	}
	heap[i] = moved;
}

/*
 * The first top of all entries but skip, in order; the sums of the others go
 * to rest.  False: these overflow.
 */
static bool
rank(const struct tally *t, enum tally_sort sort, struct ranked *list,
    size_t top, const struct keytable_entry *skip, struct keytable_sums *rest)
{
	size_t i, j, n = 0;
	bool fits = true;

	for (i = 0; i < t->keys.used; i++) {
		const struct keytable_entry *e = keytable_entry(&t->keys, i);
		struct ranked r = { rank_value(e, sort), e }, out = r;

		if (e == skip)
			continue;
		if (n < top) {
			list[n++] = r;
			for (j = n / 2; n == top && j-- > 0;)
				sift_down(list, n, j);
			continue;
		}
		if (compare_ranked(&r, &list[0]) < 0) {
			out = list[0];
			list[0] = r;
			sift_down(list, n, 0);
		}
		fits &= tally_add(rest, out.entry->sums.packets,
		    out.entry->sums.bytes);
	}
	sort_ranked(list, n);
	return fits;
}

/* The key that is the name of the rest. */
static struct slice
rest_key(struct tally *t, size_t columns)
{
	struct slice cell[ROW_CELLS_MAX] = { { rest_name, 4 } };
	size_t i;

	for (i = 1; i < columns; i++)
		cell[i] = (struct slice){ "", 0 };
	return tally_key(&t->text, "", 0, cell, columns);
}

/* Writes part of whole in percent, two digits, rounded half up. */
static void
write_share(struct output *o, uint64_t part, unsigned __int128 whole)
{
	unsigned __int128 twice = (unsigned __int128)part * 20000 + whole;
	uint64_t share = whole == 0 ? 0 : (uint64_t)(twice / (2 * whole));
	const char digits[] = { ',', '.', (char)('0' + share / 10 % 10),
	    (char)('0' + share % 10) };

	output_char(o, digits[0]);
	output_u64(o, share / 100);
	output_bytes(o, digits + 1, 3);
}

struct total {
	unsigned __int128 packets;
	unsigned __int128 bytes;
};

/* Writes the sums, behind the key. */
static void
write_sums(struct output *o, const struct keytable_sums *s, bool shares,
    const struct total *all)
{
	output_char(o, ',');
	output_u64(o, s->packets);
	output_char(o, ',');
	output_u64(o, s->bytes);
	if (shares) {
		write_share(o, s->packets, all->packets);
		write_share(o, s->bytes, all->bytes);
	}
	output_end_row(o);
}

/* Adds up all sums; returns the entry that has this key, or NULL. */
static const struct keytable_entry *
add_up(const struct tally *t, struct total *all, struct slice key)
{
	const struct keytable_entry *e, *found = NULL;
	size_t i;

	*all = (struct total){ t->rest.packets, t->rest.bytes };
	for (i = 0; i < t->keys.used; i++) {
		e = keytable_entry(&t->keys, i);
		all->packets += e->sums.packets;
		all->bytes += e->sums.bytes;
		if (e->len == key.len &&
		    memcmp(keytable_key(e), key.at, key.len) == 0)
			found = e;
	}
	return found;
}

void
tally_write_header(struct output *o, const struct tally_style *style)
{
	size_t i;

	for (i = 0; i < style->columns; i++) {
		output_text_cell(o, style->column[i],
		    strlen(style->column[i]));
		output_char(o, ',');
	}
	output_str(o, "packets,bytes");
	if (style->shares)
		output_str(o, ",packets_share,bytes_share");
	output_end_row(o);
}

bool
tally_write(struct tally *t, struct output *o, const struct tally_style *style)
{
	const bool flushed = tally_flush(t);
	struct total all;
	const struct keytable_entry *named = add_up(t, &all,
	    rest_key(t, style->columns));
	size_t keys = t->keys.used - (named != NULL), i;
	size_t n = style->top == 0 || style->top > keys ? keys : style->top;
	struct keytable_sums rest = t->rest;
	struct ranked *list;
	bool fits;

	list = xreallocarray(NULL, n + 1, sizeof(*list));
	if (flushed)
		t->last = NULL;
	fits = rank(t, style->sort, list, n, named, &rest) && flushed;
	if (named != NULL)
		fits &= tally_add(&rest, named->sums.packets,
		    named->sums.bytes);
	for (i = 0; fits && i < n; i++) {
		if (i + AHEAD < n)
			__builtin_prefetch(list[i + AHEAD].entry);
		output_bytes(o, keytable_key(list[i].entry),
		    list[i].entry->len);
		write_sums(o, &list[i].entry->sums, style->shares, &all);
	}
	if (fits && (n < keys || named != NULL || t->folded > 0)) {
		output_str(o, rest_name);
		for (i = 1; i < style->columns; i++)
			output_char(o, ',');
		write_sums(o, &rest, style->shares, &all);
	}
	free(list);
	return fits;
}
