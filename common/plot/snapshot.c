/*
 * snapshot - what a picture of the window shows, summed and sorted
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/timestamp.h"
#include "base/wide.h"
#include "base/xalloc.h"
#include "plot/snapshot.h"
#include "plot/suspicious.h"
#include "tally/timebins.h"

/* Adds to two sums; false if one passes 2^63 - 1. */
static bool
add(uint64_t *packets, uint64_t *bytes, uint64_t more_packets,
    uint64_t more_bytes)
{
	*packets += more_packets;
	*bytes += more_bytes;
	return ((*packets | *bytes) >> 63) == 0;
}

/* The part of some time that the data cover, in ns. */
static int64_t
covered(const struct window *w, int64_t from_ns, int64_t to_ns)
{
	if (from_ns < w->begin_ns)
		from_ns = w->begin_ns;
	if (from_ns >= to_ns)
		return 0;
	return to_ns - from_ns - (w->options.captured == NULL ? 0 :
	    captured_missing(w->options.captured, from_ns, to_ns));
}

/* Finds the bins that the data do not cover. */
static void
mark_gaps(const struct window *w, struct snapshot *snap)
{
	size_t i;

	snap->covered_ns = covered(w, snap->bin[0].start_ns, snap->to_ns);
	for (i = 0; i < snap->bins; i++) {
		struct snapshot_bin *b = &snap->bin[i];

		b->gap = window_sums_at(w, snap->first + (int64_t)i) ==
		    NULL && covered(w, b->start_ns, i + 1 < snap->bins ?
		    b[1].start_ns : snap->to_ns) == 0;
	}
}

/* Sums each protocol over the bins, and each bin over the protocols. */
static bool
sum(const struct window *w, int64_t first, struct snapshot *snap)
{
	const struct window_sum *s;
	size_t i, p;
	bool fits = true;

	for (i = 0; i < snap->bins; i++) {
		struct snapshot_bin *b = &snap->bin[i];

		b->start_ns = timebin_start(first + (int64_t)i, snap->bin_ns);
		s = window_sums_at(w, first + (int64_t)i);
		for (p = 0; p < w->protos && s != NULL && fits; p++) {
			fits = add(&snap->proto[p].packets,
			    &snap->proto[p].bytes, s[p].packets, s[p].bytes);
			snap->proto[p].alerts += s[p].alerts;
			if (!w->proto[p].shown)
				continue;
			b->alerts += s[p].alerts;
			fits = fits && add(&b->packets, &b->bytes,
			    s[p].packets, s[p].bytes) &&
			    add(&snap->packets, &snap->bytes,
			    s[p].packets, s[p].bytes);
		}
		if (b->bytes > snap->peak)
			snap->peak = b->bytes;
	}
	return fits;
}

/*
 * Three times the mean of the bins with bytes: at least two thirds of these
 * bins are not above it, however busy the network is, and silence does not
 * lower it.
 */
static uint64_t
find_spike(const struct snapshot *snap)
{
	struct wide rate;
	size_t i, busy = 0;

	for (i = 0; i < snap->bins; i++)
		busy += snap->bin[i].bytes > 0;
	if (busy == 0)
		return WINDOW_SPIKE;
	rate = wide_divide(wide_product(snap->bytes, 3 * NS_PER_S),
	    wide_of((uint64_t)snap->bin_ns * busy));
	if (rate.high > 0 || rate.low > INT64_MAX)
		return INT64_MAX;
	return rate.low > WINDOW_SPIKE ? rate.low : WINDOW_SPIKE;
}

static void
mark_red(struct snapshot *snap)
{
	size_t i;

	if (snap->spike == WINDOW_SPIKE_AUTO)
		snap->spike = find_spike(snap);
	for (i = 0; i < snap->bins; i++) {
		struct snapshot_bin *b = &snap->bin[i];

		b->spike = timebin_is_spike(b->bytes, snap->spike,
		    snap->bin_ns);
		b->red = b->spike || (snap->red_alerts && b->alerts > 0);
	}
}

static int
most_first(const void *va, const void *vb)
{
	const struct snapshot_proto *a = va, *b = vb;

	if (a->packets != b->packets)
		return a->packets < b->packets ? 1 : -1;
	return strcmp(a->name, b->name);
}

/* Keeps the protocols that have packets or were chosen, most packets first. */
static void
sort_protos(const struct window *w, struct snapshot *snap)
{
	uint64_t packets = 0;
	size_t i, n = 0;

	for (i = 0; i < snap->protos; i++)
		packets += snap->proto[i].packets;
	for (i = 0; i < snap->protos; i++) {
		struct snapshot_proto *p = &snap->proto[i];

		p->name = w->proto[i].name;
		p->shown = w->proto[i].shown;
		p->suspicious = suspicious_why(p->name, p->packets,
		    packets) != NULL;
		p->red = snap->red_alerts ? p->alerts > 0 : p->suspicious;
		if (p->packets > 0 || p->bytes > 0 ||
		    (i > 0 && i <= w->chosen))
			snap->proto[n++] = *p;
	}
	snap->protos = n;
	qsort(snap->proto, n, sizeof(*snap->proto), most_first);
}

bool
snapshot_take(struct window *w, int64_t last, struct snapshot *snap)
{
	int64_t first = last - (int64_t)w->options.bins + 1;
	bool fits;

	*snap = (struct snapshot){ .started = w->clock.started,
	    .bin_ns = w->options.bin_ns, .spike = w->options.spike,
	    .to_ns = timebin_start(last + 1, w->options.bin_ns),
	    .bins = w->options.bins, .protos = w->protos,
	    .first = first, .window = w,
	    .red_alerts = w->options.red_alerts };
	snap->bin = xcalloc(snap->bins, sizeof(*snap->bin));
	snap->proto = xcalloc(snap->protos, sizeof(*snap->proto));
	fits = sum(w, first, snap);
	mark_gaps(w, snap);
	mark_red(snap);
	sort_protos(w, snap);
	snap->flagged = flagged_list(&w->flagged, first, &snap->flagged_rows);
	snap->flagged_sources = flagged_count(snap->flagged,
	    snap->flagged_rows);
	snap->sources = distinct_count(&w->sources, first);
	snap->sources_capped = w->sources.lost > 0 &&
	    w->sources.lost_bin >= first;
	snap->flagged_capped = w->flagged.known.lost > 0 &&
	    w->flagged.known.lost_bin >= first;
	if (w->options.talkers != TALKERS_NONE)
		talkers_take(&w->talkers, first, last, &snap->talkers);
	snap->rate = wide_scale(snap->bin[snap->bins - 1].bytes, NS_PER_S,
	    (uint64_t)snap->bin_ns);
	return fits;
}

void
snapshot_release(struct snapshot *snap)
{
	free(snap->bin);
	free(snap->proto);
	free(snap->flagged);
	free(snap->talkers.sum);
}
