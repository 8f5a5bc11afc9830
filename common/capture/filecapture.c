/*
 * filecapture - packet rows of captures in files and on standard input
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>

#include "base/sandbox.h"
#include "base/show.h"
#include "base/stream.h"
#include "capture/capfile.h"
#include "capture/capfilter.h"
#include "capture/filecapture.h"
#include "decode/packet.h"

/*
 * Packets are decoded some at a time, then sought in the table together, so
 * that several misses of its memory overlap, and named only then.  With its
 * large pages and the tables of digits, 50,000 connections took 0.73 s where
 * they took 0.90 s, medians of nine pairs; the search apart from the decoding
 * saved 0.05 s of 0.61 s more, the least of eleven.
 */
#define BATCH	16

struct batch {
	struct captured captured[BATCH];
	struct packet	decoded[BATCH];
	struct flow_key	key[BATCH];
	size_t		n;
};

/* What a run works with. */
struct run {
	const struct filecapture_settings *settings;
	struct stream	 in;
	struct capfile	*cap;
	struct capfilter *filter;	/* NULL: all packets */
	struct packetrow *format;
	struct flow_table *flows;
	struct output	*out;
	uint64_t	 untimed;	/* packets whose time is out of range */
};

static void
warn_fractions(struct stream *in, const struct capfile_fractions *f)
{
	stream_warn(in, STATUS_SKIPPED, "offset %ju: bad %s %u, want 0-%u "
	    "(%ju in all; times cut to the second)", (uintmax_t)f->offset,
	    f->per_s == 1000000 ? "microseconds" : "nanoseconds", f->value,
	    f->per_s - 1, (uintmax_t)f->count);
}

/* Ends the operand: reports what was wrong with it, if anything. */
static void
end_operand(struct run *r, enum capfile_result why, uint64_t packets)
{
	if (why == CAPFILE_UNKNOWN)
		stream_warn(&r->in, STATUS_FAILED, "%s", capfile_why(r->cap));
	if (capfile_fractions(r->cap)->count > 0)
		warn_fractions(&r->in, capfile_fractions(r->cap));
	if (r->settings->verbose)
		warnx("%s: %s", r->in.name, show_count(packets, "packet"));
}

/* Decodes a packet as the next one, unless the filter leaves it out. */
static inline void
decode(struct run *r, struct batch *b, const struct captured *k)
{
	if (r->filter != NULL) {
		if (!capfilter_match(r->filter, k))
			return;
		b->captured[b->n] = *k;
	}
	r->untimed += k->out_of_range;
	packet_decode(&b->decoded[b->n++], k->linktype, k->data, k->caplen,
	    k->len);
}

/*
 * Reads and decodes up to max packets, of which all but the first are in the
 * block already, so that reading one does not move the others.
 */
static enum capfile_result
gather(struct run *r, struct batch *b, uint64_t max)
{
	enum capfile_result result;
	size_t i, n;

	b->n = 0;
	if (max > BATCH)
		max = BATCH;
	do {
		result = capfile_next(r->cap, &b->captured[b->n]);
		if (result != CAPFILE_PACKET)
			break;
		n = b->n + 1;
		n += capfile_more(r->cap, &b->captured[n], max - n);
		for (i = b->n; i < n; i++)
			decode(r, b, &b->captured[i]);
	} while (b->n < max && capfile_buffered(r->cap));
	for (i = 0; i < b->n; i++)
		flow_prefetch(r->flows, &b->decoded[i], &b->key[i]);
	return result;
}

/* A decompressor that failed reports it itself, but the cut is here. */
static void
warn_damage(struct stream *in, const struct capfile *cap)
{
	stream_warn(in, STATUS_SKIPPED, "offset %ju: %s",
	    (uintmax_t)capfile_offset(cap), capfile_why(cap));
}

/* One row for each packet of the open operand. */
static void
convert(struct run *r)
{
	static struct batch b;
	enum capfile_result result = CAPFILE_PACKET;
	uint64_t before = r->in.rows, max = r->settings->rows_max;
	size_t i;

	capfile_start(r->cap);
	while (r->in.rows < max && (result == CAPFILE_PACKET ||
	    result == CAPFILE_AGAIN || result == CAPFILE_DAMAGED)) {
		result = gather(r, &b, max - r->in.rows);
		for (i = 0; i < b.n; i++)
			packetrow_put(r->format, r->out, &b.captured[i],
			    &b.decoded[i], r->flows, &b.key[i]);
		r->in.rows += b.n;
		if (result == CAPFILE_DAMAGED)
			warn_damage(&r->in, r->cap);
	}
	end_operand(r, result, r->in.rows - before);
}

/* Reports what concerns all operands. */
static void
end_run(struct run *r)
{
	if (r->untimed > 0) {
		warnx("%s %s a time outside 1677 to 2262: written without a "
		    "time", show_count(r->untimed, "packet"),
		    show_word(r->untimed, "has", "have"));
		stream_status(&r->in, STATUS_SKIPPED);
	}
	if (r->filter != NULL && capfilter_failed(r->filter))
		stream_status(&r->in, STATUS_FAILED);
	if (r->settings->verbose)
		warnx("%s in all", show_count(r->in.rows, "packet"));
}

int
filecapture_run(const struct filecapture_settings *s, char **operands,
    struct packetrow *format, struct flow_table *flows, struct output *out)
{
	struct run r = { .settings = s, .format = format, .flows = flows,
	    .out = out };

	if (s->filter != NULL)
		r.filter = capfilter_new(s->filter);
	stream_init(&r.in, operands, out);
	r.cap = capfile_new(&r.in);
	sandbox_enter(operands);
	while (r.in.rows < s->rows_max && stream_next(&r.in))
		convert(&r);
	output_close(out);
	end_run(&r);
	capfilter_free(r.filter);
	capfile_free(r.cap);
	return stream_finish(&r.in);
}
