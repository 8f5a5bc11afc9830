/*
 * binstream - rows summed by bin of time, and written bin by bin
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/show.h"
#include "base/stream.h"
#include "base/timestamp.h"
#include "base/xalloc.h"
#include "tally/binstream.h"

#define TIME_DIGITS	6

static const struct keytable_sums zero;

void
binstream_init(struct binstream *b)
{
	stream_clock_init(&b->clock);
	b->closing = b->bins;
	timebins_init(&b->sums, b->keys->columns);
	timebins_init(&b->late, b->keys->columns);
	keytable_init(&b->seen, b->max_bins);
	b->seen.max_bytes = b->max_memory / 4;
	output_init(&b->text, -1, "key");
}

void
binstream_release(struct binstream *b)
{
	timebins_release(&b->sums);
	timebins_release(&b->late);
	keytable_release(&b->seen);
	free(b->text.buf);
	free(b->order);
}

static int
compare_keys(const void *va, const void *vb)
{
	const struct slice *a = va, *b = vb;

	return slice_compare(*a, *b);
}

/* Puts the keys that are filled in order, after new ones have come. */
static void
order_keys(struct binstream *b)
{
	const struct keytable_entry *e;

	if (b->ordered == b->seen.used)
		return;
	b->order = xreallocarray(b->order, b->seen.used, sizeof(*b->order));
	for (b->ordered = 0; b->ordered < b->seen.used; b->ordered++) {
		e = keytable_entry(&b->seen, b->ordered);
		b->order[b->ordered] = (struct slice){ keytable_key(e),
		    e->len };
	}
	qsort(b->order, b->ordered, sizeof(*b->order), compare_keys);
}

/* Takes n zero rows from those allowed; false if there are not as many. */
static bool
allow_zeros(struct binstream *b, uint64_t n)
{
	if (n > b->zeros_left) {
		b->open_gaps++;
		return false;
	}
	b->zeros_left -= n;
	return true;
}

/* Writes the empty bins before this one. */
static void
write_gap(struct binstream *b, int64_t bin)
{
	const struct slice none = { "", 0 };
	size_t rows = b->fill ? b->ordered : 1, i;
	uint64_t gap;

	if (!b->gap_known || (b->keys->columns > 0 && !b->fill))
		return;
	gap = binclock_between(&b->bins, b->last_bin, bin,
	    (uint64_t)b->zeros_left + 1);
	if (gap == 0 || rows == 0 || !allow_zeros(b, gap * rows))
		return;
	for (; gap > 0; gap--) {
		b->last_bin = binclock_next(&b->bins, b->last_bin);
		for (i = 0; i < rows; i++)
			b->write(b->last_bin, b->fill ? b->order[i] : none,
			    &zero);
	}
}

/* How many of the keys that are filled a bin does not have. */
static size_t
count_missing(const struct binstream *b, const struct keytable_entry **list,
    size_t n)
{
	size_t i, missing = b->ordered;

	for (i = 0; i < n; i++) {
		struct slice key = timebins_key(list[i]);

		missing -= b->ordered > 0 && bsearch(&key, b->order,
		    b->ordered, sizeof(key), compare_keys) != NULL;
	}
	return missing;
}

/*
 * Writes the sums of a bin, with zeros for the keys that it does not have.  It
 * may have keys that are not filled: these are too many.
 */
static void
write_bin(struct binstream *b, int64_t bin,
    const struct keytable_entry **list, size_t n)
{
	bool fill = b->fill && bin != TIMEBINS_NO_TIME &&
	    allow_zeros(b, count_missing(b, list, n));
	size_t i, k = 0, last = fill ? b->ordered : 0;
	int order;

	for (i = 0; i < n; i++) {
		struct slice key = timebins_key(list[i]);

		for (; k < last && (order = compare_keys(&b->order[k],
		    &key)) <= 0; k++)
			if (order < 0)
				b->write(bin, b->order[k], &zero);
		b->write(bin, key, &list[i]->sums);
	}
	for (; k < last; k++)
		b->write(bin, b->order[k], &zero);
}

/* Writes sums in order of time, and before them the empty bins of gaps. */
static void
write_in_order(struct binstream *b, const struct keytable_entry **list,
    size_t n)
{
	size_t i, j;

	for (i = 0; i < n; i = j) {
		int64_t bin = timebins_number(list[i]);

		for (j = i + 1; j < n && timebins_number(list[j]) == bin; j++)
			;
		write_gap(b, bin);
		write_bin(b, bin, list + i, j - i);
		b->last_bin = bin;
		b->gap_known = true;
	}
}

/*
 * Writes all bins before this one: bin by bin if these are few, else by a pass
 * over all sums.
 */
static void
write_before(struct binstream *b, int64_t bin)
{
	const struct keytable_entry **list;
	int64_t one = b->sums.first;
	size_t n, before;

	b->zeros_left = b->max_bins;
	order_keys(b);
	if (one != INT64_MIN && timestamp_distance(bin, one) <= b->sums.held)
		for (; one < bin; one++) {
			list = timebins_list_bin(&b->sums, one, &n);
			write_in_order(b, list, n);
			free(list);
		}
	else {
		list = timebins_list(&b->sums, &n);
		for (before = n; before > 0 &&
		    timebins_number(list[before - 1]) >= bin; before--)
			;
		write_in_order(b, list, before);
		free(list);
	}
	timebins_drop_before(&b->sums, bin);
}

/* Writes the oldest quarter of the bins, to make room. */
static void
write_oldest(struct binstream *b)
{
	const struct keytable_entry **list;
	int64_t newest, bin, last = INT64_MAX;
	size_t n, i;

	list = timebins_list(&b->sums, &n);
	newest = timebins_number(list[n / 4]);
	for (i = 0; i < n && (bin = timebins_number(list[i])) <= newest; i++) {
		b->early += bin != last;
		last = bin;
	}
	free(list);
	write_before(b, newest + 1);
}

/*
 * Whether there is no room for another sum.  The sums have half of the memory,
 * as they are copied when those of written bins are freed, the late sums and
 * the keys that are filled a quarter each.
 */
static bool
is_full(const struct binstream *b, const struct timebins *t, size_t share)
{
	return t->held > 0 && (t->held >= b->max_bins ||
	    timebins_bytes(t) > b->max_memory / share);
}

/* Makes room for the sum of a new key, or of a new bin. */
static void
make_room(struct binstream *b)
{
	b->by_memory |= b->sums.held < b->max_bins;
	write_oldest(b);
	if (timebins_bytes(&b->sums) > b->max_memory / 2)
		timebins_shrink(&b->sums);
}

/* Writes the late sums as further rows; those without a time are last. */
static void
write_late(struct binstream *b)
{
	const struct keytable_entry **list;
	size_t i, n;

	list = timebins_list(&b->late, &n);
	for (i = 0; i < n; i++)
		b->write(timebins_number(list[i]), timebins_key(list[i]),
		    &list[i]->sums);
	free(list);
	timebins_clear(&b->late);
}

/* Moves the stream clock, and writes the bins that it closes. */
static void
see_time(struct binstream *b, int64_t ns)
{
	enum clock_move move = stream_clock_see(&b->clock, ns);
	int64_t bin;

	if (move == CLOCK_STAYED)
		return;
	bin = binclock_bin(&b->closing, timestamp_before(b->clock.now_ns,
	    b->lateness_ns));
	if (bin > b->sums.first)
		write_before(b, bin);
	else if (move == CLOCK_JUMPED && bin < b->sums.first) {
		timebins_reopen(&b->sums, bin);
		b->gap_known = false;
	}
}

/* The sums of a row whose bin has been written, or that has no time. */
static struct keytable_entry *
find_late(struct binstream *b, const struct row *row, const struct slice *cell)
{
	struct keytable_entry *e;

	b->late_rows += row->timed;
	timebins_select(&b->late, b->sums.bin);
	e = timebins_find(&b->late, cell);
	if (e != NULL)
		return e;
	if (is_full(b, &b->late, 4))
		write_late(b);
	return timebins_insert(&b->late, cell);
}

/* Takes a key for those that are filled. */
static void
see_key(struct binstream *b, struct slice key)
{
	b->text.used = 0;
	output_bytes(&b->text, key.at, key.len);
	memset(output_room(&b->text, SLICE_SLACK), 0, SLICE_SLACK);
	if (keytable_insert(&b->seen, b->text.buf, key.len) == NULL)
		b->open_gaps++;
}

/* Makes sums for a key that is new in its bin. */
static struct keytable_entry *
insert_sums(struct binstream *b, const struct row *row,
    const struct slice *cell)
{
	struct keytable_entry *e;

	if (b->sums.bin >= b->sums.first && is_full(b, &b->sums, 2))
		make_room(b);
	if (b->sums.bin < b->sums.first)
		return find_late(b, row, cell);
	e = timebins_insert(&b->sums, cell);
	if (b->fill)
		see_key(b, timebins_key(e));
	return e;
}

/* The sums that a row belongs to, new ones if need be. */
static inline struct keytable_entry *
find_sums(struct binstream *b, const struct row *row)
{
	const struct slice *cell = keys_cells(b->keys, row);
	struct keytable_entry *e;

	if (!row->timed) {
		binclock_forget(&b->bins);
		timebins_select(&b->sums, TIMEBINS_NO_TIME);
		return find_late(b, row, cell);
	}
	/* Only here does the bin of the sums change with a row. */
	if (!binclock_stays(&b->bins, row->time_ns))
		timebins_select(&b->sums,
		    binclock_bin(&b->bins, row->time_ns));
	e = timebins_find(&b->sums, cell);
	return e != NULL ? e : insert_sums(b, row, cell);
}

/* Ends the program; the key of the sum is the time and the keys of its row. */
static _Noreturn void
overflow(const struct binstream *b, struct stream *in, uint64_t line,
    const struct keytable_entry *e)
{
	struct slice keys = timebins_key(e);
	struct output key;

	output_init(&key, -1, "key");
	if (timebins_number(e) != TIMEBINS_NO_TIME)
		output_time(&key, binclock_start_ns(&b->bins,
		    timebins_number(e)), TIMESTAMP_EPOCH, TIME_DIGITS);
	if (b->keys->columns > 0) {
		output_char(&key, ',');
		output_bytes(&key, keys.at, keys.len);
	}
	stream_sum_overflow(in, line, key.buf, key.used);
}

void
binstream_rows(struct binstream *b, struct row_reader *rows)
{
	struct keytable_entry *e;
	const struct row *row;

	while ((row = row_next(rows)) != NULL) {
		if (b->lateness_ns >= 0 && row->timed)
			see_time(b, row->time_ns);
		e = find_sums(b, row);
		if (!tally_add(&e->sums, row->packets, row->bytes))
			overflow(b, rows->in, row->line, e);
	}
	write_before(b, TIMEBINS_NO_TIME);
	write_late(b);
}

const char *
binstream_reason(const struct binstream *b)
{
	static char text[64];

	snprintf(text, sizeof(text), "--max-%s %zu reached", b->by_memory ?
	    "memory" : "bins", b->by_memory ? b->max_memory : b->max_bins);
	return text;
}

void
binstream_report(const struct binstream *b)
{
	stream_clock_report(&b->clock);
	keys_report(b->keys);
	if (b->late_rows > 0)
		warnx("%s came after %s bin was written: see the last rows",
		    show_count(b->late_rows, "row"),
		    show_word(b->late_rows, "its", "their"));
	if (b->sums.folded + b->late.folded > 0)
		warnx("%s: %s %s in REST", keytable_reason(KEYTABLE_LONG,
		    "keys", 0, 0), show_count(b->sums.folded + b->late.folded,
		    "row"), show_word(b->sums.folded + b->late.folded, "is",
		    "are"));
	if (b->early > 0)
		warnx("%s: %s %s written early", binstream_reason(b),
		    show_count(b->early, "bin"),
		    show_word(b->early, "was", "were"));
	if (b->open_gaps > 0)
		warnx("--max-bins %zu reached: %s %s no zero rows",
		    b->max_bins, show_count(b->open_gaps, "gap"),
		    show_word(b->open_gaps, "has", "have"));
}
