/*
 * talkers - packets and bytes of each address, or pair, in a sliding window
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/show.h"
#include "base/timestamp.h"
#include "base/xalloc.h"
#include "plot/talkers.h"

#define PANES_MAX	60
#define ITEMS_MAX	((size_t)1 << 20)	/* 24 MiB */
#define ADDRESS_MAX	48
#define NEVER		INT64_MIN

const char *const talkers_words[] = {
	"sources", "destinations", "conversations", NULL
};

/* A key's sums, and its item in the pane that it was seen in last. */
struct talkers_key {
	uint64_t	 packets;
	uint64_t	 bytes;
	int64_t		 pane;
	size_t		 item;
};

struct talkers_item {
	size_t		 key;
	uint64_t	 packets;
	uint64_t	 bytes;
};

struct talkers_pane {
	int64_t		 number;
	struct talkers_item *item;
	size_t		 items;
	size_t		 cap;
	uint64_t	 packets;	/* of all its rows */
	uint64_t	 bytes;
	bool		 capped;
};

void
talkers_init(struct talkers *t, enum talkers_kind kind, size_t bins,
    size_t open, size_t max)
{
	size_t i;

	*t = (struct talkers){ .kind = kind, .swept = NEVER };
	t->bins = (int64_t)((bins + PANES_MAX - 1) / PANES_MAX);
	t->panes = (bins + open) / (size_t)t->bins + 2;
	t->pane = xcalloc(t->panes, sizeof(*t->pane));
	for (i = 0; i < t->panes; i++)
		t->pane[i].number = NEVER;
	keytable_init(&t->keys, max);
}

/* Takes a pane's items from the sums of their keys. */
static void
subtract(struct talkers *t, const struct talkers_pane *p)
{
	size_t i;

	for (i = 0; i < p->items; i++) {
		t->key[p->item[i].key].packets -= p->item[i].packets;
		t->key[p->item[i].key].bytes -= p->item[i].bytes;
	}
}

static void
empty(struct talkers *t, struct talkers_pane *p)
{
	subtract(t, p);
	t->items -= p->items;
	p->number = NEVER;
	p->items = 0;
	p->packets = p->bytes = 0;
	p->capped = false;
}

void
talkers_clear(struct talkers *t)
{
	size_t i;

	for (i = 0; i < t->panes; i++)
		empty(t, &t->pane[i]);
	keytable_clear(&t->keys);
	t->swept = NEVER;
}

void
talkers_release(struct talkers *t)
{
	size_t i;

	for (i = 0; i < t->panes; i++)
		free(t->pane[i].item);
	free(t->pane);
	free(t->key);
	keytable_release(&t->keys);
}

static struct talkers_pane *
slot_of(const struct talkers *t, int64_t number)
{
	int64_t left = number % (int64_t)t->panes;

	return &t->pane[left < 0 ? left + (int64_t)t->panes : left];
}

/* The pane with this number; NULL if a newer one has its place. */
static struct talkers_pane *
pane_at(struct talkers *t, int64_t number)
{
	struct talkers_pane *p = slot_of(t, number);

	if (p->number == number)
		return p;
	if (p->number > number)
		return NULL;
	empty(t, p);
	p->number = number;
	return p;
}

/* Forgets the keys of no pane, and numbers the others anew. */
static void
sweep(struct talkers *t, int64_t pane)
{
	size_t *moved = xcalloc(t->keys.used + 1, sizeof(*moved)), i, j;
	struct keytable old = t->keys;

	t->swept = pane;
	for (i = 0; i < t->panes; i++)
		if (t->pane[i].number <= pane - (int64_t)t->panes)
			empty(t, &t->pane[i]);
	for (i = 0; i < t->panes; i++)
		for (j = 0; j < t->pane[i].items; j++)
			moved[t->pane[i].item[j].key] = 1;
	keytable_init(&t->keys, old.max);
	for (i = 0; i < old.used; i++) {
		const struct keytable_entry *e = keytable_entry(&old, i);

		if (moved[i] == 0)
			continue;
		moved[i] = keytable_number(&t->keys, keytable_key(e), e->len);
		t->key[moved[i]] = t->key[i];
	}
	for (i = 0; i < t->panes; i++)
		for (j = 0; j < t->pane[i].items; j++)
			t->pane[i].item[j].key =
			    moved[t->pane[i].item[j].key];
	keytable_release(&old);
	free(moved);
}

/* The number of a key, the table's max if it has no room. */
static size_t
find_key(struct talkers *t, int64_t pane, const char *key, size_t n)
{
	size_t used = t->keys.used, number;

	number = keytable_number(&t->keys, key, n);
	if (number == t->keys.max && t->swept < pane) {
		sweep(t, pane);
		used = t->keys.used;
		number = keytable_number(&t->keys, key, n);
	}
	if (number != used || t->keys.used == used)
		return number;
	t->key = xgrow(t->key, number, &t->cap, sizeof(*t->key));
	t->key[number] = (struct talkers_key){ .pane = NEVER };
	return number;
}

/* The item of a key in a pane, NULL if there is no room. */
static struct talkers_item *
find_item(struct talkers *t, struct talkers_pane *p, size_t number)
{
	struct talkers_key *k = &t->key[number];

	if (k->pane == p->number)
		return &p->item[k->item];
	if (t->items == ITEMS_MAX)
		return NULL;
	p->item = xgrow(p->item, p->items, &p->cap, sizeof(*p->item));
	t->items++;
	k->pane = p->number;
	k->item = p->items;
	p->item[p->items] = (struct talkers_item){ .key = number };
	return &p->item[p->items++];
}

/* Copies an address, cut to what is kept of it; returns its length. */
static size_t
put_address(char *out, struct slice s)
{
	size_t n = s.len < ADDRESS_MAX ? s.len : ADDRESS_MAX;

	memcpy(out, s.at, n);
	return n;
}

/* Puts the key of a row together; returns its length, 0 if it has none. */
static size_t
make_key(enum talkers_kind kind, struct slice src, struct slice dst, char *out)
{
	bool turn;
	size_t n;

	if (kind != TALKERS_CONVERSATIONS)
		return put_address(out, kind == TALKERS_SOURCES ? src : dst);
	if (src.len == 0 || dst.len == 0)
		return 0;
	turn = slice_compare(src, dst) > 0;
	n = put_address(out, turn ? dst : src);
	out[n++] = ' ';
	return n + put_address(out + n, turn ? src : dst);
}

void
talkers_add(struct talkers *t, struct slice src, struct slice dst, int64_t bin,
    uint64_t packets, uint64_t bytes)
{
	int64_t number = timestamp_floor(bin, t->bins);
	struct talkers_pane *p = pane_at(t, number);
	char key[2 * ADDRESS_MAX + 1 + SLICE_SLACK];
	struct talkers_item *item;
	size_t n, at;

	if (p == NULL)
		return;
	p->packets += packets;
	p->bytes += bytes;
	n = make_key(t->kind, src, dst, key);
	if (n == 0)
		return;
	memset(key + n, 0, SLICE_SLACK);
	at = find_key(t, number, key, n);
	item = at == t->keys.max ? NULL : find_item(t, p, at);
	if (item == NULL) {
		p->capped = true;
		return;
	}
	item->packets += packets;
	item->bytes += bytes;
	t->key[at].packets += packets;
	t->key[at].bytes += bytes;
}

static int
most_first(const void *va, const void *vb)
{
	const struct talkers_sum *a = va, *b = vb;

	if (a->bytes != b->bytes)
		return a->bytes < b->bytes ? 1 : -1;
	if (a->packets != b->packets)
		return a->packets < b->packets ? 1 : -1;
	return keytable_compare(a->key, b->key);
}

/* Takes the items of a pane from a list of all keys' sums. */
static void
leave_out(struct talkers_list *list, const struct talkers_pane *p)
{
	size_t i;

	for (i = 0; i < p->items; i++) {
		list->sum[p->item[i].key].packets -= p->item[i].packets;
		list->sum[p->item[i].key].bytes -= p->item[i].bytes;
	}
}

void
talkers_take(struct talkers *t, int64_t first, int64_t last,
    struct talkers_list *list)
{
	int64_t from = timestamp_floor(first, t->bins);
	int64_t to = timestamp_floor(last, t->bins);
	size_t i;

	*list = (struct talkers_list){ .sum = xcalloc(t->keys.used + 1,
	    sizeof(*list->sum)) };
	for (i = 0; i < t->keys.used; i++)
		list->sum[i] = (struct talkers_sum){ keytable_entry(&t->keys,
		    i), t->key[i].packets, t->key[i].bytes };
	for (i = 0; i < t->panes; i++) {
		const struct talkers_pane *p = &t->pane[i];

		if (p->number < from || p->number > to) {
			leave_out(list, p);
			continue;
		}
		list->packets += p->packets;
		list->bytes += p->bytes;
		list->capped = list->capped || p->capped;
	}
	for (i = 0; i < t->keys.used; i++)
		if (list->sum[i].packets > 0 || list->sum[i].bytes > 0)
			list->sum[list->sums++] = list->sum[i];
	qsort(list->sum, list->sums, sizeof(*list->sum), most_first);
}

void
talkers_name(const struct keytable_entry *e, char *out, size_t size)
{
	const char *key = keytable_key(e), *gap = memchr(key, ' ', e->len);
	char a[ADDRESS_MAX], b[ADDRESS_MAX];
	size_t n = gap == NULL ? e->len : (size_t)(gap - key);

	show_token(a, sizeof(a), (struct slice){ key, n });
	if (gap == NULL) {
		snprintf(out, size, "%s", a);
		return;
	}
	show_token(b, sizeof(b), (struct slice){ gap + 1, e->len - n - 1 });
	snprintf(out, size, "%s - %s", a, b);
}
