/*
 * frame_view - what a picture of a frame shows, summed and sorted
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/timestamp.h"
#include "base/xalloc.h"
#include "plot/frame_view.h"
#include "plot/suspicious.h"

/* Adds to two sums; false if one passes 2^63 - 1. */
static bool
add(uint64_t *packets, uint64_t *bytes, uint64_t more_packets,
    uint64_t more_bytes)
{
	*packets += more_packets;
	*bytes += more_bytes;
	return ((*packets | *bytes) >> 63) == 0;
}

/* Sums each protocol over the bins, and each bin over the protocols. */
static bool
sum(const struct frame *f, int64_t first, struct frame_view *v)
{
	const struct frame_sum *s;
	size_t i, p;
	bool fits = true;

	for (i = 0; i < v->bins; i++) {
		struct view_bin *b = &v->bin[i];

		b->start_ns = timebin_start(first + (int64_t)i, v->bin_ns);
		s = frame_sum(f, first + (int64_t)i, 0);
		for (p = 0; p < f->protos && s != NULL && fits; p++) {
			fits = add(&v->proto[p].packets, &v->proto[p].bytes,
			    s[p].packets, s[p].bytes);
			if (f->proto[p].shown)
				fits = fits && add(&b->packets, &b->bytes,
				    s[p].packets, s[p].bytes) &&
				    add(&v->packets, &v->bytes, s[p].packets,
				    s[p].bytes);
		}
		if (b->bytes > v->peak)
			v->peak = b->bytes;
	}
	return fits;
}

/*
 * Three times the mean of the bins with bytes: two thirds of them are below
 * it, however busy a network is, and stay so when silence follows.
 */
static uint64_t
find_spike(const struct frame_view *v)
{
	unsigned __int128 rate;
	size_t i, busy = 0;

	for (i = 0; i < v->bins; i++)
		busy += v->bin[i].bytes > 0;
	if (busy == 0)
		return FRAME_SPIKE;
	rate = (unsigned __int128)v->bytes * 3 * NS_PER_S /
	    ((uint64_t)v->bin_ns * busy);
	if (rate > INT64_MAX)
		return INT64_MAX;
	return rate > FRAME_SPIKE ? (uint64_t)rate : FRAME_SPIKE;
}

static void
mark_spikes(struct frame_view *v)
{
	size_t i;

	if (v->spike == FRAME_SPIKE_AUTO)
		v->spike = find_spike(v);
	for (i = 0; i < v->bins; i++)
		v->bin[i].spike = timebin_is_spike(v->bin[i].bytes, v->spike,
		    v->bin_ns);
}

static int
most_first(const void *va, const void *vb)
{
	const struct view_proto *a = va, *b = vb;

	if (a->packets != b->packets)
		return a->packets < b->packets ? 1 : -1;
	return strcmp(a->name, b->name);
}

/* Keeps the protocols that have packets or are asked for, in order. */
static void
sort_protos(const struct frame *f, struct frame_view *v)
{
	uint64_t packets = 0;
	size_t i, n = 0;

	for (i = 0; i < v->protos; i++)
		packets += v->proto[i].packets;
	for (i = 0; i < v->protos; i++) {
		struct view_proto *p = &v->proto[i];

		p->name = f->proto[i].name;
		p->shown = f->proto[i].shown;
		p->why = suspicious_why(p->name, p->packets, packets);
		if (p->packets > 0 || p->bytes > 0 ||
		    (i > 0 && i <= f->chosen))
			v->proto[n++] = *p;
	}
	v->protos = n;
	qsort(v->proto, n, sizeof(*v->proto), most_first);
}

bool
frame_view(struct frame *f, int64_t last, struct frame_view *v)
{
	int64_t first = last - (int64_t)f->options.bins + 1;
	bool fits;

	*v = (struct frame_view){ .started = f->clock.started,
	    .bin_ns = f->options.bin_ns, .spike = f->options.spike,
	    .to_ns = timebin_start(last + 1, f->options.bin_ns),
	    .bins = f->options.bins, .protos = f->protos,
	    .flagged = &f->flagged };
	v->bin = xcalloc(v->bins, sizeof(*v->bin));
	v->proto = xcalloc(v->protos, sizeof(*v->proto));
	fits = sum(f, first, v);
	mark_spikes(v);
	sort_protos(f, v);
	v->source = flagged_list(&f->flagged, first, &v->sources);
	v->offenders = flagged_count(v->source, v->sources);
	v->active = distinct_count(&f->sources, first);
	v->rate = (uint64_t)((unsigned __int128)v->bin[v->bins - 1].bytes *
	    NS_PER_S / (uint64_t)v->bin_ns);
	return fits;
}

void
frame_view_release(struct frame_view *v)
{
	free(v->bin);
	free(v->proto);
	free(v->source);
}
