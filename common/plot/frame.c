/*
 * frame - the packets and bytes of a sliding window, by bin and protocol
 *
 * The bins are a ring: a bin's slot is its number modulo the slots, and a
 * newer bin takes the slot of an older one.  All rows are at most as new as
 * the clock, so a slot that has another number is older than the window.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/show.h"
#include "base/xalloc.h"
#include "plot/frame.h"

#define NO_BIN		INT64_MIN
#define CAP_FIRST	16

/* Makes room for twice the protocols. */
static void
widen(struct frame *f)
{
	size_t cap = f->cap == 0 ? CAP_FIRST : 2 * f->cap, i;
	struct frame_sum *sum = xcalloc(f->slots * cap, sizeof(*sum));

	for (i = 0; i < f->slots && f->cap > 0; i++)
		memcpy(sum + i * cap, f->sum + i * f->cap,
		    f->cap * sizeof(*sum));
	if (f->now != NULL)
		f->now = sum + f->slot * cap;
	free(f->sum);
	f->sum = sum;
	f->proto = xreallocarray(f->proto, cap, sizeof(*f->proto));
	f->cap = cap;
}

/* Gives a new protocol the next number. */
static size_t
add_proto(struct frame *f, struct slice name)
{
	struct frame_proto *p;

	if (f->protos == f->cap)
		widen(f);
	p = &f->proto[f->protos];
	show_token(p->name, sizeof(p->name), name);
	p->shown = protoset_has_name(f->options.chosen, name);
	return f->protos++;
}

/* A name of ours, which needs the readable bytes behind that cells have. */
static void
add_named(struct frame *f, const char *name)
{
	char key[FRAME_NAME_MAX + SLICE_SLACK] = "";
	size_t n = (size_t)snprintf(key, FRAME_NAME_MAX, "%s", name);

	if (n >= FRAME_NAME_MAX || tally_look(&f->names, key, n) != NULL)
		return;
	tally_get(&f->names, key, n)->packets = add_proto(f,
	    (struct slice){ key, n });
}

/* Chosen ones are there before their rows. */
static void
start_protos(struct frame *f)
{
	const struct protoset *chosen = f->options.chosen;
	size_t i;

	add_named(f, "REST");
	for (i = 1; i < PROTO_COUNT && chosen->given; i++)
		if (chosen->has[i])
			add_named(f, protocol_name((enum protocol)i));
	for (i = 0; i < chosen->others; i++)
		add_named(f, chosen->other[i]);
	f->chosen = f->protos - 1;
	f->options.protos_max += f->protos;
}

static void
forget_bins(struct frame *f)
{
	size_t i;

	for (i = 0; i < f->slots; i++)
		f->number[i] = NO_BIN;
	f->now = NULL;
}

void
frame_init(struct frame *f, const struct frame_options *options)
{
	*f = (struct frame){ .options = *options };
	stream_clock_init(&f->clock);
	tally_init(&f->names, options->protos_max + 2 * PROTO_COUNT);
	distinct_init(&f->sources, options->sources_max);
	flagged_init(&f->flagged, options->sources_max);
	f->slots = options->bins + options->open_bins;
	f->number = xcalloc(f->slots, sizeof(*f->number));
	forget_bins(f);
	start_protos(f);
}

void
frame_release(struct frame *f)
{
	tally_release(&f->names);
	distinct_release(&f->sources);
	flagged_release(&f->flagged);
	free(f->number);
	free(f->sum);
	free(f->proto);
}

/* After a jump of the clock nothing of before is in the window. */
static void
forget_all(struct frame *f)
{
	forget_bins(f);
	distinct_clear(&f->sources);
	flagged_clear(&f->flagged);
}

static size_t
slot_of(const struct frame *f, int64_t bin)
{
	int64_t left = bin % (int64_t)f->slots;

	return (size_t)(left < 0 ? left + (int64_t)f->slots : left);
}

/*
 * Whether a time is in the bin of the row before.  Without this test, the
 * divisions in set_bin take a tenth of liveplot's time (3 million rows: 0.43 s
 * of CPU instead of 0.38 s) and 5 % more instructions.  Unsigned: the first
 * bin of all starts before the least time and wraps to the greatest, which is
 * why the signs are compared.
 */
static inline bool
is_same_bin(const struct frame *f, int64_t ns)
{
	return f->now != NULL && (ns < 0) == (f->bin < 0) &&
	    (uint64_t)ns - (uint64_t)f->start_ns <
	    (uint64_t)f->options.bin_ns;
}

/* Makes the bin of a time the current one; without sums if it has none. */
static void
set_bin(struct frame *f, int64_t ns)
{
	int64_t newest = timebin_of(f->clock.now_ns, f->options.bin_ns);

	f->bin = timebin_of(ns, f->options.bin_ns);
	f->start_ns = (int64_t)((uint64_t)f->bin *
	    (uint64_t)f->options.bin_ns);
	f->oldest = newest - (int64_t)f->slots + 1;
	f->now = NULL;
	if (f->bin > newest) {
		f->astray++;
		return;
	}
	if (timestamp_distance(newest, f->bin) >= f->slots) {
		f->late++;
		return;
	}
	f->slot = slot_of(f, f->bin);
	f->now = f->sum + f->slot * f->cap;
	if (f->number[f->slot] == f->bin)
		return;
	f->number[f->slot] = f->bin;
	memset(f->now, 0, f->cap * sizeof(*f->now));
}

/* The number of a protocol. */
static size_t
find_proto(struct frame *f, struct slice name)
{
	struct tally_entry *e = tally_find(&f->names, name.at, name.len);

	if (e != NULL)
		return e->packets;
	if (f->protos >= f->options.protos_max) {
		f->folded++;
		return 0;
	}
	e = tally_get(&f->names, name.at, name.len);
	e->packets = add_proto(f, name);
	return e->packets;
}

/*
 * Notes the row's source, and its alert if it has one: what is suspicious is
 * so whichever protocols are shown.
 */
static void
add_source(struct frame *f, const struct row *row, bool shown)
{
	const struct slice *src = &row->cell[FRAME_SRC];

	if (src->len == 0)
		return;
	if (shown)
		distinct_add(&f->sources, src->at, src->len, f->bin,
		    f->oldest);
	if (row->cell[FRAME_ALERT].len > 0)
		flagged_add(&f->flagged, &(struct flagged_row){
		    .src = *src, .proto = row->cell[FRAME_PROTO],
		    .alert = row->cell[FRAME_ALERT],
		    .packets = row->packets, .time_ns = row->time_ns,
		    .bin = f->bin }, f->oldest);
}

bool
frame_add(struct frame *f, const struct row *row)
{
	struct frame_sum *s;
	size_t proto;

	if (stream_clock_see(&f->clock, row->time_ns) == CLOCK_JUMPED)
		forget_all(f);
	if (!is_same_bin(f, row->time_ns))
		set_bin(f, row->time_ns);
	if (f->now == NULL)
		return true;
	proto = find_proto(f, row->cell[FRAME_PROTO]);
	s = &f->now[proto];
	s->packets += row->packets;
	s->bytes += row->bytes;
	if (row->packets > 0)
		add_source(f, row, f->proto[proto].shown);
	return ((s->packets | s->bytes) >> 63) == 0;
}

const struct frame_sum *
frame_sum(const struct frame *f, int64_t bin, size_t proto)
{
	size_t slot = slot_of(f, bin);

	return f->number[slot] == bin ? f->sum + slot * f->cap + proto : NULL;
}
