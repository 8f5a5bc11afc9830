/*
 * timebins - packets and bytes summed by bin of time and key
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/wide.h"
#include "base/xalloc.h"
#include "tally/timebins.h"

#define DROPPED_MAX	4096	/* dropped sums that may stay in the table */

int64_t
timebin_start(int64_t bin, int64_t width_ns)
{
	int64_t start;

	if (__builtin_mul_overflow(bin, width_ns, &start))
		return bin < 0 ? INT64_MIN : INT64_MAX;
	return start;
}

/* Both products may exceed 64 bits: 2^63 bytes, 366 days of 2^63 bytes. */
bool
timebin_is_spike(uint64_t bytes, uint64_t limit, int64_t width_ns)
{
	return wide_compare(wide_product(bytes, NS_PER_S),
	    wide_product(limit, (uint64_t)width_ns)) > 0;
}

static void
init_sums(struct timebins *b)
{
	keytable_init(&b->sums, KEYTABLE_MAX);
	b->sums.prefix = TIMEBINS_NUMBER;
	b->sums.more = b->columns > 0 ? 2 * sizeof(*b->next) : 0;
}

void
timebins_init(struct timebins *b, size_t columns)
{
	*b = (struct timebins){ .first = INT64_MIN, .columns = columns };
	init_sums(b);
	output_init(&b->text, -1, "key");
	timebins_select(b, TIMEBINS_NO_TIME);
}

void
timebins_release(struct timebins *b)
{
	keytable_release(&b->sums);
	free(b->next);
	free(b->text.buf);
}

/* Big endian, offset by 2^63: bytes sort as the numbers do. */
static void
put_number(char key[TIMEBINS_NUMBER], int64_t bin)
{
	uint64_t v = (uint64_t)bin ^ (uint64_t)1 << 63;
	int i;

	for (i = 0; i < TIMEBINS_NUMBER; i++)
		key[i] = (char)(v >> (56 - 8 * i));
}

int64_t
timebins_number(const struct keytable_entry *e)
{
	const char *key = keytable_key(e);
	uint64_t v = 0;
	int i;

	for (i = 0; i < TIMEBINS_NUMBER; i++)
		v = v << 8 | (unsigned char)key[i];
	return (int64_t)(v ^ (uint64_t)1 << 63);
}

struct slice
timebins_key(const struct keytable_entry *e)
{
	return (struct slice){ keytable_key(e) + TIMEBINS_NUMBER,
	    e->len - TIMEBINS_NUMBER };
}

void
timebins_select(struct timebins *b, int64_t bin)
{
	b->bin = bin;
	b->same = NULL;
	put_number(b->key, bin);
}

/*
 * With keys, each bin has one more entry, the head of the list of the others:
 * its number is that of the first, + 1.  No key is a lone quote, nor is a cell
 * that starts with one looked for as it stands.
 */
static struct keytable_entry *
find_head(struct timebins *b, int64_t bin, bool make)
{
	char key[TIMEBINS_NUMBER + 1 + SLICE_SLACK] = "";
	size_t n = TIMEBINS_NUMBER + (b->columns > 0);

	put_number(key, bin);
	key[TIMEBINS_NUMBER] = '"';
	return make ? keytable_insert(&b->sums, key, n) :
	    keytable_find_hashed(&b->sums, key, n,
	    keytable_hash(key, n));
}

static bool
is_head(const struct keytable_entry *e)
{
	return e->len == TIMEBINS_NUMBER + 1 &&
	    keytable_key(e)[TIMEBINS_NUMBER] == '"';
}

/* Makes an entry for a new key: its bin's number and its text. */
static struct keytable_entry *
add_entry(struct timebins *b, const char *key, size_t n)
{
	struct keytable_entry *e = keytable_insert(&b->sums, key, n), *head;
	size_t number = b->sums.used - 1;

	b->held++;
	if (b->columns == 0)
		return e;
	head = find_head(b, timebins_number(e), true);
	if (number >= b->next_cap) {
		b->next_cap = 2 * number + 1024;
		b->next = xreallocarray(b->next, b->next_cap,
		    sizeof(*b->next));
	}
	b->next[number] = (uint32_t)head->number;
	head->number = number + 1;
	return e;
}

/* The key of the current bin and these cells, or that of REST. */
static struct slice
key_of(struct timebins *b, const struct slice *cell, bool *is_long)
{
	struct slice key = tally_key(&b->text, b->key, TIMEBINS_NUMBER, cell,
	    b->columns);

	*is_long = key.len > KEYTABLE_KEY_MAX + TIMEBINS_NUMBER;
	return *is_long ? tally_rest_key(&b->text, b->key, TIMEBINS_NUMBER,
	    b->columns) : key;
}

struct keytable_entry *
timebins_find_slow(struct timebins *b, const struct slice *cell)
{
	struct keytable_entry *e;
	struct slice key;
	bool is_long;

	if (b->bin < b->first)
		return NULL;
	key = key_of(b, cell, &is_long);
	b->folded += is_long;
	e = keytable_find(&b->sums, key.at, key.len);
	if (b->columns == 0)
		b->same = e;
	return e;
}

struct keytable_entry *
timebins_insert(struct timebins *b, const struct slice *cell)
{
	struct keytable_entry *e;
	struct slice key;
	bool is_long;

	key = key_of(b, cell, &is_long);
	e = keytable_find(&b->sums, key.at, key.len);
	if (e == NULL)
		e = add_entry(b, key.at, key.len);
	if (b->columns == 0)
		b->same = e;
	return e;
}

static int
compare(const void *va, const void *vb)
{
	const struct keytable_entry *const *a = va, *const *b = vb;

	return keytable_compare(*a, *b);
}

/* Rows often come in order of time, and then so do the sums. */
static void
sort_entries(const struct keytable_entry **list, size_t n)
{
	size_t i;

	for (i = 1; i < n && compare(&list[i - 1], &list[i]) < 0; i++)
		;
	if (i < n)
		qsort(list, n, sizeof(void *), compare);
}

const struct keytable_entry **
timebins_list(const struct timebins *b, size_t *n)
{
	const struct keytable_entry **list, *e;
	size_t i;

	list = xreallocarray(NULL, b->sums.used + 1, sizeof(void *));
	for (i = *n = 0; i < b->sums.used; i++) {
		e = keytable_entry(&b->sums, i);
		if (!is_head(e) && timebins_number(e) >= b->first)
			list[(*n)++] = e;
	}
	sort_entries(list, *n);
	return list;
}

/* The number of sums in a bin. */
static size_t
count_bin(struct timebins *b, int64_t bin)
{
	const struct keytable_entry *head = find_head(b, bin, false);
	size_t n = 0, i;

	if (head == NULL || b->columns == 0)
		return head != NULL;
	for (i = head->number; i > 0; i = b->next[i - 1])
		n++;
	return n;
}

const struct keytable_entry **
timebins_list_bin(struct timebins *b, int64_t bin, size_t *n)
{
	const struct keytable_entry *head, **list;
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
	for (i = head->number; i > 0; i = b->next[i - 1])
		list[(*n)++] = keytable_entry(&b->sums, i - 1);
	sort_entries(list, *n);
	return list;
}

/* Moves the sums held to a table of their own. */
static void
forget_dropped(struct timebins *b)
{
	struct keytable old = b->sums;
	struct keytable_entry *e;
	size_t i;

	init_sums(b);
	b->held = 0;
	for (i = 0; i < old.used; i++) {
		e = keytable_entry(&old, i);
		if (!is_head(e) && timebins_number(e) >= b->first)
			add_entry(b, keytable_key(e), e->len)->sums = e->sums;
	}
	keytable_release(&old);
}

/* Bin by bin if these are few, else by a pass over all sums. */
void
timebins_drop_before(struct timebins *b, int64_t bin)
{
	if (bin <= b->first)
		return;
	b->same = NULL;
	if (b->first == INT64_MIN ||
	    timestamp_distance(bin, b->first) > b->held) {
		b->first = bin;
		forget_dropped(b);
		return;
	}
	for (; b->first < bin; b->first++)
		b->held -= count_bin(b, b->first);
	if (b->sums.used > 2 * b->held + DROPPED_MAX)
		forget_dropped(b);
}

size_t
timebins_bytes(const struct timebins *b)
{
	return keytable_bytes(&b->sums);
}

void
timebins_shrink(struct timebins *b)
{
	b->same = NULL;
	forget_dropped(b);
}

void
timebins_reopen(struct timebins *b, int64_t first)
{
	b->same = NULL;
	forget_dropped(b);
	b->first = first;
}

void
timebins_clear(struct timebins *b)
{
	b->same = NULL;
	b->held = 0;
	keytable_clear(&b->sums);
}
