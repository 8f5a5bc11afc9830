/*
 * tally_write - the rows of a tally, in order
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "tally/keys.h"
#include "tally/tally_private.h"

#define AHEAD		16	/* entries to fetch before they are written */

static const char rest_name[] = TALLY_REST;

struct slice
tally_overflowed(const struct tally *t)
{
	if (t->last == NULL)
		return (struct slice){ rest_name, strlen(rest_name) };
	return (struct slice){ keytable_key(t->last), t->last->len };
}

bool
tally_fold(struct tally_rest *rest, const struct keytable_entry *e,
    const struct tally_style *style)
{
	if (style->times)
		keyfact_merge_times(&rest->times,
		    keyfacts_find(style->facts, e));
	return tally_add(&rest->sums, e->sums.packets, e->sums.bytes);
}

/* Writes part of whole in percent, two digits, rounded half up. */
static void
write_share(struct output *o, uint64_t part, struct wide whole)
{
	struct wide twice = wide_sum(wide_product(part, 20000), whole);
	uint64_t share = wide_compare(whole, wide_of(0)) == 0 ? 0 :
	    wide_divide(twice, wide_sum(whole, whole)).low;
	const char digits[] = { ',', '.', (char)('0' + share / 10 % 10),
	    (char)('0' + share % 10) };

	output_char(o, digits[0]);
	output_u64(o, share / 100);
	output_bytes(o, digits + 1, 3);
}

/* Writes the sums, and ends the row if there are no facts after them. */
static void
write_sums(struct output *o, const struct keytable_sums *s,
    const struct tally_style *style, const struct tally_total *all)
{
	output_char(o, ',');
	output_u64(o, s->packets);
	output_char(o, ',');
	output_u64(o, s->bytes);
	if (style->shares) {
		write_share(o, s->packets, all->packets);
		write_share(o, s->bytes, all->bytes);
	}
	if (style->facts == NULL)
		output_end_row(o);
}

void
tally_write_entry(struct output *o, const struct keytable_entry *e,
    const struct tally_style *style, const struct tally_total *all)
{
	const struct keyfact *fact;

	output_bytes(o, keytable_key(e), e->len);
	write_sums(o, &e->sums, style, all);
	if (style->facts == NULL)
		return;
	fact = keyfacts_find(style->facts, e);
	if (style->times)
		keyfact_write_times(o, fact, style->format);
	if (style->distinct != NULL)
		keyfact_write_values(o, fact);
	output_end_row(o);
}

/* How many values the keys of a rest have in all is not known. */
void
tally_write_rest(struct output *o, const struct tally_rest *rest,
    const struct tally_style *style, const struct tally_total *all)
{
	write_sums(o, &rest->sums, style, all);
	if (style->facts == NULL)
		return;
	if (style->times)
		keyfact_write_times(o, &rest->times, style->format);
	if (style->distinct != NULL)
		output_char(o, ',');
	output_end_row(o);
}

static struct tally_total
total_of(const struct keytable_sums *s)
{
	return (struct tally_total){ wide_of(s->packets), wide_of(s->bytes) };
}

/* Adds up all sums; returns the entry that has this key, or NULL. */
static const struct keytable_entry *
add_up(const struct tally *t, struct tally_total *all, struct slice key)
{
	const struct keytable_entry *e, *found = NULL;
	size_t i;

	*all = total_of(&t->rest);
	for (i = 0; i < t->keys.used; i++) {
		e = keytable_entry(&t->keys, i);
		tally_total_add(all, &e->sums);
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

	if (style->no_header)
		return;
	for (i = 0; i < style->columns; i++) {
		output_text_cell(o, style->column[i],
		    strlen(style->column[i]));
		output_char(o, ',');
	}
	output_str(o, "packets,bytes");
	if (style->shares)
		output_str(o, ",packets_share,bytes_share");
	if (style->times)
		output_str(o, ",first,last");
	if (style->distinct != NULL) {
		output_char(o, ',');
		output_text_cell(o, style->distinct, strlen(style->distinct));
	}
	output_end_row(o);
}

/* Writes the ranked entries; those past the top go to the rest. */
static bool
write_ranked(struct tally *t, struct output *o, const struct tally_style *style,
    const struct keytable_entry *named, const struct tally_total *all,
    struct tally_rest *rest)
{
	size_t keys = t->keys.used - (named != NULL), i;
	size_t n = style->top == 0 || style->top > keys ? keys : style->top;
	struct tally_ranked *list = xreallocarray(NULL, n + 1, sizeof(*list));
	bool fits = tally_rank_entries(t, style, list, n, named, rest);

	for (i = 0; fits && i < n; i++) {
		if (i + AHEAD < n)
			__builtin_prefetch(list[i + AHEAD].entry);
		tally_write_entry(o, list[i].entry, style, all);
	}
	free(list);
	return fits;
}

bool
tally_write(struct tally *t, struct output *o, const struct tally_style *style)
{
	const bool flushed = tally_flush(t);
	struct tally_total all;
	const struct keytable_entry *named = add_up(t, &all,
	    tally_rest_key(&t->text, "", 0, style->columns));
	struct tally_rest rest = { t->rest, t->rest_times };
	size_t keys = t->keys.used - (named != NULL), i;
	bool has_rest = named != NULL || t->folded > 0 || (style->group == 0 &&
	    style->top > 0 && style->top < keys);
	bool fits = flushed;

	if (!fits)
		return false;
	t->last = NULL;
	if (named != NULL)
		fits = tally_fold(&rest, named, style);
	/* Nothing may be written if the rest overflows. */
	fits = fits && (style->group > 0 ?
	    tally_write_groups(t, o, style, named) :
	    write_ranked(t, o, style, named, &all, &rest));
	if (!fits || !has_rest || style->no_rest)
		return fits;
	if (style->group > 0)
		all = total_of(&rest.sums);
	output_str(o, rest_name);
	for (i = 1; i < style->columns; i++)
		output_char(o, ',');
	tally_write_rest(o, &rest, style, &all);
	return true;
}
