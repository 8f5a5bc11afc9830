/*
 * bins - packets and bytes summed by bin of time and key
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "tally/bins.h"
#include "tally/clock.h"

#define GONE_MAX	4096	/* sums of bins that left kept, at the least */

void
bins_init(struct bins *b, int64_t width_ns, size_t columns)
{
	*b = (struct bins){ .first = INT64_MIN, .width_ns = width_ns,
	    .columns = columns };
	tally_init(&b->sums, TALLY_KEYS_MAX);
	bins_move(b, BINS_NO_TIME);
}

void
bins_release(struct bins *b)
{
	tally_release(&b->sums);
	free(b->next);
}

/* Bins sort as bytes: big endian, the least number first. */
static void
put_number(char key[BINS_NUMBER], int64_t bin)
{
	uint64_t v = (uint64_t)bin ^ (uint64_t)1 << 63;
	int i;

	for (i = 0; i < BINS_NUMBER; i++)
		key[i] = (char)(v >> (56 - 8 * i));
}

int64_t
bins_number(const struct tally_entry *e)
{
	const char *key = tally_entry_key(e);
	uint64_t v = 0;
	int i;

	for (i = 0; i < BINS_NUMBER; i++)
		v = v << 8 | (unsigned char)key[i];
	return (int64_t)(v ^ (uint64_t)1 << 63);
}

struct slice
bins_text(const struct tally_entry *e)
{
	return (struct slice){ tally_entry_key(e) + BINS_NUMBER,
	    e->len - BINS_NUMBER };
}

void
bins_move(struct bins *b, int64_t bin)
{
	b->bin = bin;
	b->same = NULL;
	put_number(b->key, bin);
}

/*
 * With keys, each bin has one entry more, which heads the list of the others:
 * its packets are the number of the first + 1.  No key starts with a newline.
 */
static struct tally_entry *
find_head(struct bins *b, int64_t bin, bool make)
{
	char key[BINS_NUMBER + 1 + SLICE_SLACK] = "";
	size_t n = BINS_NUMBER + (b->columns > 0);

	put_number(key, bin);
	key[BINS_NUMBER] = '\n';
	return make ? tally_get(&b->sums, key, n) :
	    tally_look(&b->sums, key, n);
}

static bool
is_head(const struct tally_entry *e)
{
	return e->len == BINS_NUMBER + 1 &&
	    tally_entry_key(e)[BINS_NUMBER] == '\n';
}

/* Makes an entry of a new key: its bin's number and its text. */
static struct tally_entry *
add_entry(struct bins *b, const char *key, size_t n)
{
	struct tally_entry *e = tally_get(&b->sums, key, n), *head;
	size_t number = b->sums.used - 1;

	b->live++;
	if (b->columns == 0)
		return e;
	head = find_head(b, bins_number(e), true);
	if (number >= b->next_cap) {
		b->next_cap = 2 * number + 1024;
		b->next = xreallocarray(b->next, b->next_cap,
		    sizeof(*b->next));
	}
	b->next[number] = (uint32_t)head->packets;
	head->packets = number + 1;
	return e;
}

struct tally_entry *
bins_look(struct bins *b, const struct slice *cell)
{
	struct tally_entry *e;
	struct slice key;

	if (b->bin < b->first)
		return NULL;
	key = tally_key(&b->sums, b->key, BINS_NUMBER, cell, b->columns);
	e = tally_find(&b->sums, key.at, key.len);
	if (b->columns == 0)
		b->same = e;
	return e;
}

struct tally_entry *
bins_get(struct bins *b, const struct slice *cell)
{
	struct tally_entry *e = bins_find(b, cell);
	struct slice key;

	if (e != NULL)
		return e;
	key = tally_key(&b->sums, b->key, BINS_NUMBER, cell, b->columns);
	e = add_entry(b, key.at, key.len);
	if (b->columns == 0)
		b->same = e;
	return e;
}

static int
compare(const void *va, const void *vb)
{
	const struct tally_entry *const *a = va, *const *b = vb;

	return tally_compare_keys(*a, *b);
}

/* Input in order of time is common, and then so are the sums. */
static void
sort_entries(const struct tally_entry **list, size_t n)
{
	size_t i;

	for (i = 1; i < n && compare(&list[i - 1], &list[i]) < 0; i++)
		;
	if (i < n)
		qsort(list, n, sizeof(void *), compare);
}

const struct tally_entry **
bins_list(const struct bins *b, size_t *n)
{
	const struct tally_entry **list, *e;
	size_t i;

	list = xreallocarray(NULL, b->sums.used + 1, sizeof(void *));
	for (i = *n = 0; i < b->sums.used; i++) {
		e = tally_entry(&b->sums, i);
		if (!is_head(e) && bins_number(e) >= b->first)
			list[(*n)++] = e;
	}
	sort_entries(list, *n);
	return list;
}

/* How many sums a bin has. */
static size_t
count_bin(struct bins *b, int64_t bin)
{
	const struct tally_entry *head = find_head(b, bin, false);
	size_t n = 0, i;

	if (head == NULL || b->columns == 0)
		return head != NULL;
	for (i = head->packets; i > 0; i = b->next[i - 1])
		n++;
	return n;
}

const struct tally_entry **
bins_list_bin(struct bins *b, int64_t bin, size_t *n)
{
	const struct tally_entry *head, **list;
	size_t i;

	*n = bin < b->first ? 0 : count_bin(b, bin);
	list = xreallocarray(NULL, *n + 1, sizeof(void *));
	if (*n == 0)
		return list;
	head = find_head(b, bin, false);
	list[0] = head;
	if (b->columns == 0)
		return list;
	*n = 0;
	for (i = head->packets; i > 0; i = b->next[i - 1])
		list[(*n)++] = tally_entry(&b->sums, i - 1);
	sort_entries(list, *n);
	return list;
}

/* Moves the sums of the bins that have not left to a tally of their own. */
static void
forget_left(struct bins *b)
{
	struct tally old = b->sums;
	struct tally_entry *e;
	size_t i;

	tally_init(&b->sums, TALLY_KEYS_MAX);
	b->live = 0;
	for (i = 0; i < old.used; i++) {
		e = tally_entry(&old, i);
		if (!is_head(e) && bins_number(e) >= b->first)
			tally_add(add_entry(b, tally_entry_key(e), e->len),
			    e->packets, e->bytes);
	}
	tally_release(&old);
}

/* One by one where these are few, else by a look at all that there are. */
void
bins_leave_before(struct bins *b, int64_t bin)
{
	if (bin <= b->first)
		return;
	b->same = NULL;
	if (b->first == INT64_MIN ||
	    timestamp_distance(bin, b->first) > b->live) {
		b->first = bin;
		forget_left(b);
		return;
	}
	for (; b->first < bin; b->first++)
		b->live -= count_bin(b, b->first);
	if (b->sums.used > 2 * b->live + GONE_MAX)
		forget_left(b);
}

void
bins_reopen(struct bins *b, int64_t first)
{
	b->same = NULL;
	forget_left(b);
	b->first = first;
}

void
bins_clear(struct bins *b)
{
	b->same = NULL;
	b->live = 0;
	tally_clear(&b->sums);
}
