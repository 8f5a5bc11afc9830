/*
 * window - the packets and bytes of a sliding window, by bin and protocol
 *
 * The bins are a ring: a bin's slot is its number modulo the number of slots,
 * and a newer bin takes the slot of an older one.  No row is newer than the
 * clock, so a slot that holds another bin holds one older than the window.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/show.h"
#include "base/xalloc.h"
#include "plot/window.h"
#include "tally/timebins.h"

#define NO_BIN		INT64_MIN
#define CAP_FIRST	16

/* Makes room for twice the protocols. */
static void
widen(struct window *w)
{
	size_t cap = w->cap == 0 ? CAP_FIRST : 2 * w->cap, i;
	struct window_sum *sum = xcalloc(w->slots * cap, sizeof(*sum));

	for (i = 0; i < w->slots && w->cap > 0; i++)
		memcpy(sum + i * cap, w->sum + i * w->cap,
		    w->cap * sizeof(*sum));
	if (w->now != NULL)
		w->now = sum + w->slot * cap;
	free(w->sum);
	w->sum = sum;
	w->proto = xreallocarray(w->proto, cap, sizeof(*w->proto));
	w->cap = cap;
}

/* Gives a new protocol the next number. */
static size_t
add_proto(struct window *w, struct slice name)
{
	struct window_proto *p;

	if (w->protos == w->cap)
		widen(w);
	p = &w->proto[w->protos];
	show_token(p->name, sizeof(p->name), name);
	p->shown = protoset_has_name(w->options.chosen, name);
	return w->protos++;
}

/* Adds a name of our own, with the SLICE_SLACK bytes that follow a cell. */
static void
add_named(struct window *w, const char *name)
{
	char key[WINDOW_NAME_MAX + SLICE_SLACK] = "";
	size_t n = (size_t)snprintf(key, WINDOW_NAME_MAX, "%s", name);

	if (n >= WINDOW_NAME_MAX || keytable_find(&w->names, key, n) != NULL)
		return;
	keytable_insert(&w->names, key, n)->number = add_proto(w,
	    (struct slice){ key, n });
}

/* Adds REST and the chosen protocols, which are listed without rows. */
static void
start_protos(struct window *w)
{
	const struct protoset *chosen = w->options.chosen;
	size_t i;

	add_named(w, "REST");
	for (i = 1; i < PROTO_COUNT && chosen->given; i++)
		if (chosen->has[i])
			add_named(w, protocol_name((enum protocol)i));
	for (i = 0; i < chosen->others; i++)
		add_named(w, chosen->other[i]);
	w->chosen = w->protos - 1;
	w->options.protos_max += w->protos;
}

static void
forget_bins(struct window *w)
{
	size_t i;

	for (i = 0; i < w->slots; i++)
		w->number[i] = NO_BIN;
	w->now = NULL;
}

static void
start_talkers(struct window *w)
{
	const struct window_options *o = &w->options;

	talkers_init(&w->talkers, o->talkers, o->bins, o->open_bins,
	    o->sources_max);
}

void
window_init(struct window *w, const struct window_options *options)
{
	*w = (struct window){ .options = *options, .begin_ns = INT64_MAX };
	stream_clock_init(&w->clock);
	keytable_init(&w->names, options->protos_max + 2 * PROTO_COUNT);
	distinct_init(&w->sources, options->sources_max);
	flagged_init(&w->flagged, options->sources_max);
	start_talkers(w);
	w->slots = options->bins + options->open_bins;
	w->number = xcalloc(w->slots, sizeof(*w->number));
	forget_bins(w);
	start_protos(w);
}

void
window_release(struct window *w)
{
	keytable_release(&w->names);
	distinct_release(&w->sources);
	flagged_release(&w->flagged);
	talkers_release(&w->talkers);
	free(w->number);
	free(w->sum);
	free(w->proto);
}

/* After a jump of the clock, no earlier row is in the window. */
static void
forget_all(struct window *w)
{
	forget_bins(w);
	w->begin_ns = INT64_MAX;
	distinct_clear(&w->sources);
	flagged_clear(&w->flagged);
	talkers_clear(&w->talkers);
}

static size_t
slot_of(const struct window *w, int64_t bin)
{
	int64_t left = bin % (int64_t)w->slots;

	return (size_t)(left < 0 ? left + (int64_t)w->slots : left);
}

/*
 * Whether a time is in the bin of the row before.  Without this test, the
 * divisions in set_bin take a tenth of liveplot's time (3 million rows: 0.43 s
 * of CPU instead of 0.38 s) and 5 % more instructions.  Unsigned: the first
 * bin of all starts before the least time and wraps to the greatest, which is
 * why the signs are compared.
 */
static inline bool
is_same_bin(const struct window *w, int64_t ns)
{
	return w->now != NULL && (ns < 0) == (w->bin < 0) &&
	    (uint64_t)ns - (uint64_t)w->start_ns <
	    (uint64_t)w->options.bin_ns;
}

/* Where the data begin if this is the time of the first row. */
static int64_t
begin_with(const struct window *w, int64_t ns)
{
	const int64_t *begin = w->options.begin_ns;

	return begin != NULL && *begin < ns && w->clock.jumps == 0 ? *begin :
	    ns;
}

/* Makes the bin of a time the current one; now is NULL if it has no sums. */
static void
set_bin(struct window *w, int64_t ns)
{
	int64_t newest = timebin_of(w->clock.now_ns, w->options.bin_ns);

	w->bin = timebin_of(ns, w->options.bin_ns);
	w->start_ns = (int64_t)((uint64_t)w->bin *
	    (uint64_t)w->options.bin_ns);
	w->oldest = newest - (int64_t)w->slots + 1;
	w->now = NULL;
	if (w->bin > newest) {
		w->stray++;
		return;
	}
	if (timestamp_distance(newest, w->bin) >= w->slots) {
		w->late++;
		return;
	}
	w->slot = slot_of(w, w->bin);
	w->now = w->sum + w->slot * w->cap;
	if (w->number[w->slot] == w->bin)
		return;
	if (ns < w->begin_ns)
		w->begin_ns = begin_with(w, ns);
	w->number[w->slot] = w->bin;
	memset(w->now, 0, w->cap * sizeof(*w->now));
}

/* The number of a protocol. */
static size_t
find_proto(struct window *w, struct slice name)
{
	struct keytable_entry *e = keytable_find(&w->names, name.at, name.len);

	if (e != NULL)
		return e->number;
	if (name.len > KEYTABLE_KEY_MAX) {
		w->long_names++;
		return 0;
	}
	if (w->protos >= w->options.protos_max) {
		w->folded++;
		return 0;
	}
	e = keytable_insert(&w->names, name.at, name.len);
	e->number = add_proto(w, name);
	return e->number;
}

/*
 * Counts the row's source, and lists it if the row has an alert, whichever
 * protocols are shown.
 */
static void
add_source(struct window *w, const struct row *row, bool shown)
{
	const struct slice *src = &row->cell[WINDOW_SRC];

	if (src->len == 0)
		return;
	if (shown)
		distinct_add(&w->sources, src->at, src->len, w->bin,
		    w->oldest);
	if (row->cell[WINDOW_ALERT].len > 0)
		flagged_add(&w->flagged, &(struct flagged_row){
		    .src = *src, .proto = row->cell[WINDOW_PROTO],
		    .alert = row->cell[WINDOW_ALERT],
		    .packets = row->packets, .time_ns = row->time_ns,
		    .bin = w->bin }, w->oldest);
}

void
window_want(const struct window_options *o, struct row_reader *rows)
{
	row_want_time(rows);
	row_want(rows, "proto", true);
	row_want(rows, "src", true);
	row_want(rows, "alert", true);
	if (o->talkers != TALKERS_NONE)
		row_want(rows, "dst", true);
}

static void
add_talker(struct window *w, const struct row *row, int64_t bin)
{
	talkers_add(&w->talkers, row->cell[WINDOW_SRC], row->cell[WINDOW_DST],
	    bin, row->packets, row->bytes);
}

bool
window_add(struct window *w, const struct row *row)
{
	struct window_sum *s;
	size_t proto;

	if (stream_clock_see(&w->clock, row->time_ns) == CLOCK_JUMPED)
		forget_all(w);
	if (!is_same_bin(w, row->time_ns))
		set_bin(w, row->time_ns);
	if (w->now == NULL)
		return true;
	proto = find_proto(w, row->cell[WINDOW_PROTO]);
	s = &w->now[proto];
	s->packets += row->packets;
	s->bytes += row->bytes;
	if (row->cell[WINDOW_ALERT].len > 0)
		s->alerts += row->packets;
	if (row->packets > 0) {
		add_source(w, row, w->proto[proto].shown);
		if (w->options.talkers != TALKERS_NONE &&
		    w->proto[proto].shown)
			add_talker(w, row, w->bin);
	}
	return ((s->packets | s->bytes) >> 63) == 0;
}

void
window_set_talkers(struct window *w, enum talkers_kind kind)
{
	talkers_release(&w->talkers);
	w->options.talkers = kind;
	start_talkers(w);
}

void
window_add_talker(struct window *w, const struct row *row)
{
	int64_t newest = timebin_of(w->clock.now_ns, w->options.bin_ns);
	int64_t bin = timebin_of(row->time_ns, w->options.bin_ns);

	if (row->packets > 0 && bin <= newest &&
	    timestamp_distance(newest, bin) < w->slots &&
	    w->proto[find_proto(w, row->cell[WINDOW_PROTO])].shown)
		add_talker(w, row, bin);
}

const struct window_sum *
window_sums_at(const struct window *w, int64_t bin)
{
	size_t slot = slot_of(w, bin);

	return w->number[slot] == bin ? w->sum + slot * w->cap : NULL;
}

void
window_report(const struct window *w, uint64_t untimed)
{
	if (untimed > 0)
		warnx("%s without a time %s skipped",
		    show_count(untimed, "row"),
		    show_word(untimed, "was", "were"));
	stream_clock_report(&w->clock);
	if (w->stray > 0)
		warnx("%s more than an hour from the others %s skipped",
		    show_count(w->stray, "row"),
		    show_word(w->stray, "was", "were"));
	if (w->late > 0)
		warnx("%s %s older than the window",
		    show_count(w->late, "row"),
		    show_word(w->late, "was", "were"));
	if (w->folded > 0)
		warnx("--max-protos %zu reached: %s of further protocols %s "
		    "in REST", w->options.protos_max - w->chosen - 1,
		    show_count(w->folded, "row"),
		    show_word(w->folded, "is", "are"));
	if (w->long_names > 0)
		warnx("%s: %s %s in REST", keytable_reason(KEYTABLE_LONG,
		    "protocols", 0, 0), show_count(w->long_names, "row"),
		    show_word(w->long_names, "is", "are"));
	if (w->sources.lost + w->flagged.known.lost > 0)
		warnx("--max-sources %zu reached: further sources were not "
		    "counted", w->options.sources_max);
}
