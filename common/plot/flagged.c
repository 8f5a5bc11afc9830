/*
 * flagged - sources whose rows have an alert, as ipflag --tag marks them
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/show.h"
#include "base/xalloc.h"
#include "plot/flagged.h"

#define MORE_RULES	(UINT64_C(1) << FLAGGED_RULES)
#define KEY_MAX		(FLAGGED_SRC_MAX + 1 + FLAGGED_PROTO_MAX)

void
flagged_init(struct flagged *f, size_t max)
{
	agemap_init(&f->known, max, free);
	f->rules = 0;
}

void
flagged_release(struct flagged *f)
{
	agemap_release(&f->known);
}

void
flagged_clear(struct flagged *f)
{
	agemap_clear(&f->known);
}

/* The bit of a rule's name. */
static uint64_t
rule_bit(struct flagged *f, struct slice name)
{
	char token[FLAGGED_RULE_MAX];
	size_t i;

	show_token(token, sizeof(token), name);
	for (i = 0; i < f->rules; i++)
		if (strcmp(f->rule[i], token) == 0)
			return UINT64_C(1) << i;
	if (f->rules == FLAGGED_RULES)
		return MORE_RULES;
	memcpy(f->rule[f->rules], token, sizeof(token));
	return UINT64_C(1) << f->rules++;
}

/* Whether the name is of a rule whose victim sent the row. */
static bool
is_of_victim(struct slice name)
{
	static const char prefix[] = "victim:";

	return name.len >= sizeof(prefix) - 1 &&
	    memcmp(name.at, prefix, sizeof(prefix) - 1) == 0;
}

/* The bits of names joined by |; those of victims have none. */
static uint64_t
rule_bits(struct flagged *f, struct slice names)
{
	const char *end = names.at + names.len, *bar;
	uint64_t bits = 0;

	for (;;) {
		bar = memchr(names.at, '|', (size_t)(end - names.at));
		names.len = (size_t)((bar == NULL ? end : bar) - names.at);
		if (names.len > 0 && !is_of_victim(names))
			bits |= rule_bit(f, names);
		if (bar == NULL)
			return bits;
		names.at = bar + 1;
	}
}

/* Puts a key together; returns its length.  Longer cells are cut. */
static size_t
make_key(char key[KEY_MAX + SLICE_SLACK], struct slice addr,
    struct slice proto)
{
	size_t n = addr.len < FLAGGED_SRC_MAX ? addr.len : FLAGGED_SRC_MAX;
	size_t m = proto.len < FLAGGED_PROTO_MAX ? proto.len :
	    FLAGGED_PROTO_MAX;

	memcpy(key, addr.at, n);
	key[n++] = ',';
	memcpy(key + n, proto.at, m);
	memset(key + n + m, 0, SLICE_SLACK);
	return n + m;
}

static struct flagged_source *
new_source(const struct flagged_row *row)
{
	struct flagged_source *s = xcalloc(1, sizeof(*s));

	show_token(s->src, sizeof(s->src), row->src);
	show_token(s->proto, sizeof(s->proto), row->proto);
	s->first_ns = s->last_ns = row->time_ns;
	return s;
}

void
flagged_add(struct flagged *f, const struct flagged_row *row, int64_t oldest)
{
	char key[KEY_MAX + SLICE_SLACK];
	size_t n = make_key(key, row->src, row->proto);
	uint64_t rules = rule_bits(f, row->alert);
	struct flagged_source *s;
	struct keytable_entry *e;

	if (rules == 0)
		return;
	s = agemap_find(&f->known, key, n, oldest);
	e = agemap_touch(&f->known, key, n, row->bin, oldest);
	if (e == NULL)
		return;
	if (s == NULL) {
		/* Either new, or it has been out of the window. */
		free(agemap_value(e));
		s = new_source(row);
		agemap_set_value(e, s);
	}
	if (s->packets < INT64_MAX - row->packets)
		s->packets += row->packets;
	s->rules |= rules;
	s->bin = row->bin;
	if (row->time_ns < s->first_ns)
		s->first_ns = row->time_ns;
	if (row->time_ns > s->last_ns)
		s->last_ns = row->time_ns;
}

static int
newest_first(const void *va, const void *vb)
{
	const struct flagged_source *a = *(void *const *)va;
	const struct flagged_source *b = *(void *const *)vb;
	int by_src;

	if (a->bin != b->bin)
		return a->bin < b->bin ? 1 : -1;
	if (a->packets != b->packets)
		return a->packets < b->packets ? 1 : -1;
	by_src = strcmp(a->src, b->src);
	return by_src != 0 ? by_src : strcmp(a->proto, b->proto);
}

void **
flagged_list(const struct flagged *f, int64_t oldest, size_t *n)
{
	void **list = xreallocarray(NULL, f->known.keys.used + 1,
	    sizeof(void *));

	*n = agemap_list(&f->known, oldest, list);
	qsort(list, *n, sizeof(void *), newest_first);
	return list;
}

static int
compare_src(const void *va, const void *vb)
{
	const struct flagged_source *a = *(void *const *)va;
	const struct flagged_source *b = *(void *const *)vb;

	return strcmp(a->src, b->src);
}

size_t
flagged_count(void *const *list, size_t n)
{
	void **sorted = xreallocarray(NULL, n + 1, sizeof(void *));
	size_t i, count = n > 0;

	memcpy(sorted, list, n * sizeof(void *));
	qsort(sorted, n, sizeof(void *), compare_src);
	for (i = 1; i < n; i++)
		count += compare_src(&sorted[i - 1], &sorted[i]) != 0;
	free(sorted);
	return count;
}

const char *
flagged_rules(const struct flagged *f, const struct flagged_source *s,
    char *out, size_t size)
{
	const char *name;
	size_t i, used = 0;

	out[0] = '\0';
	for (i = 0; i <= FLAGGED_RULES && used < size; i++) {
		if ((s->rules & UINT64_C(1) << i) == 0)
			continue;
		name = i == FLAGGED_RULES ? "more" : f->rule[i];
		used += (size_t)snprintf(out + used, size - used, "%s%s",
		    used > 0 ? "|" : "", name);
	}
	return out;
}
