/*
 * capfile_read - what the readers of pcap and of pcapng share
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/timestamp.h"
#include "base/wide.h"
#include "capture/capfile_read.h"

#define JOINED_BYTES	16	/* of a header, to be sure of it */

bool
capfile_read(struct capfile *c, size_t n)
{
	bool there;

	c->in->start -= c->kept;
	there = stream_need(c->in, c->kept + n);
	c->in->start += c->kept;
	return there;
}

enum capfile_result
capfile_damaged(struct capfile *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(c->why, sizeof(c->why), fmt, ap);
	va_end(ap);
	c->at = c->in->offset + c->in->start;
	c->format = FORMAT_DAMAGED;
	c->span = 24;
	c->zeros = false;
	return CAPFILE_DAMAGED;
}

enum capfile_result
capfile_cut(struct capfile *c, const char *part, size_t found,
    uint32_t want)
{
	capfile_damaged(c, "%s cut short: %zu bytes, want %u", part, found,
	    want);
	c->span = capfile_left(c);
	return CAPFILE_DAMAGED;
}

enum capfile_result
capfile_zeros(struct capfile *c)
{
	capfile_damaged(c, "zeros instead of a packet, as a killed writer or "
	    "a power failure leaves them");
	c->zeros = true;
	return CAPFILE_DAMAGED;
}

bool
capfile_starts_anew(struct capfile *c)
{
	if (!capmagic_joined(capfile_bytes(c), capfile_left(c)))
		return false;
	c->kept = 0;
	c->format = FORMAT_NONE;
	return true;
}

/* Moves to the next byte that is not zero. */
static void
skip_zeros(struct stream *in)
{
	do {
		while (in->start < in->end && in->buf[in->start] == '\0')
			in->start++;
	} while (in->start == in->end && stream_fill(in));
	(void)stream_need(in, JOINED_BYTES);
}

/*
 * The position of the next header of a capture after p, in the first n of the
 * bytes there, else n.
 */
static size_t
seek_header(const uint8_t *p, size_t there, size_t n)
{
	size_t i;

	for (i = 1; i < n; i++)
		if (there - i >= JOINED_BYTES &&
		    capmagic_joined(p + i, there - i))
			return i;
	return n;
}

bool
capfile_swallowed(const struct capfile *c)
{
	return seek_header(capfile_bytes(c) - c->kept,
	    c->kept + capfile_left(c), c->kept) < c->kept;
}

size_t
capfile_header_at(const struct capfile *c, size_t n)
{
	return seek_header(capfile_bytes(c), capfile_left(c), n);
}

/* If a file was cut short, its last record swallowed the next one's header. */
static void
skip_to_header(struct capfile *c)
{
	struct stream *in = c->in;
	size_t there, n = c->kept + c->span;

	in->start -= c->kept;
	/* With no span the header is there, and nothing may move. */
	if (c->span > 0)
		(void)stream_need(in, n + JOINED_BYTES);
	there = capfile_left(c);
	n = seek_header(capfile_bytes(c), there, n < there ? n : there);
	if (n < c->kept)
		capfile_cut(c, "packet", n < c->record ? 0 : n - c->record,
		    (uint32_t)c->kept - c->record);
	in->start += n;
	if (n == there || !capmagic_joined(capfile_bytes(c), there - n))
		skip_zeros(in);
}

void
capfile_seek_joined(struct capfile *c)
{
	size_t used;

	if (c->zeros)
		skip_zeros(c->in);
	else
		skip_to_header(c);
	used = strlen(c->why);
	if (capfile_left(c) >= JOINED_BYTES && capfile_starts_anew(c))
		snprintf(c->why + used, sizeof(c->why) - used, "; another "
		    "capture starts at offset %ju",
		    (uintmax_t)(c->in->offset + c->in->start));
}

bool
capfile_scale(uint64_t ticks, uint64_t per_s, int64_t offset_s, int64_t *ns)
{
	int64_t s;

	if (ticks / per_s > INT64_MAX || __builtin_add_overflow(
	    (int64_t)(ticks / per_s), offset_s, &s) ||
	    __builtin_mul_overflow(s, NS_PER_S, ns))
		return false;
	/* A fraction of a second in ticks: 128 bits hold any resolution. */
	return !__builtin_add_overflow(*ns, (int64_t)wide_scale(ticks % per_s,
	    NS_PER_S, per_s), ns);
}
