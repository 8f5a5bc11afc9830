/*
 * capfile - packets from pcap and pcapng captures
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/capmagic.h"
#include "base/xalloc.h"
#include "capture/capfile.h"
#include "capture/capfile_private.h"

struct capfile *
capfile_new(struct stream *in)
{
	struct capfile *c = xcalloc(1, sizeof(*c));

	c->in = in;
	return c;
}

void
capfile_free(struct capfile *c)
{
	size_t i;

	for (i = 0; i < c->name_count; i++)
		free(c->names[i]);
	free(c->names);
	free(c->ifaces);
	free(c);
}

const char *
capfile_why(const struct capfile *c)
{
	return c->why;
}

uint64_t
capfile_at(const struct capfile *c)
{
	return c->at;
}

enum capfile_result
capfile_damaged(struct capfile *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(c->why, sizeof(c->why), fmt, ap);
	va_end(ap);
	c->at = c->in->offset + c->in->start;
	return CAPFILE_DAMAGED;
}

const uint8_t *
capfile_bytes(const struct capfile *c)
{
	return (const uint8_t *)c->in->buf + c->in->start;
}

bool
capfile_scale(uint64_t ticks, uint64_t per_s, int64_t offset_s, int64_t *ns)
{
	int64_t s;

	if (ticks / per_s > INT64_MAX || __builtin_add_overflow(
	    (int64_t)(ticks / per_s), offset_s, &s) ||
	    __builtin_mul_overflow(s, INT64_C(1000000000), ns))
		return false;
	/* A fraction of a second in ticks: 128 bits hold any resolution. */
	return !__builtin_add_overflow(*ns, (int64_t)((unsigned __int128)
	    (ticks % per_s) * 1000000000u / per_s), ns);
}

static enum capfile_result
start_pcap(struct capfile *c, const struct capmagic *m)
{
	const uint8_t *p;

	if (!stream_need(c->in, m->header))
		return capfile_damaged(c, "pcap header cut short: %zu bytes, "
		    "want %u", c->in->end - c->in->start, m->header);
	p = capfile_bytes(c);
	c->per_s = m->per_s;
	c->record = m->record;
	/* The upper bits say whether and how long a frame check sequence is. */
	c->linktype = get32(c, p + 20) & 0x03ffffff;
	/*
	 * Version 2.3 and older wrote the two lengths in the other order, and
	 * some 2.3 and 543.0 (Digital UNIX) writers did either.
	 */
	c->swapped = get16(c, p + 4) == 543 ? SWAP_ALWAYS :
	    get16(c, p + 4) == 2 && get16(c, p + 6) < 3 ? SWAP_ALWAYS :
	    get16(c, p + 4) == 2 && get16(c, p + 6) == 3 ? SWAP_LARGER :
	    SWAP_NEVER;
	c->in->start += m->header;
	c->format = FORMAT_PCAP;
	return CAPFILE_PACKET;
}

/* Whether the first bytes may be those of CSV: no variant of pcap's are. */
static bool
is_text(const uint8_t *p, size_t n)
{
	size_t i;

	if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		return true;
	for (i = 0; i < n && i < 16; i++)
		if ((p[i] < ' ' || p[i] > '~') && p[i] != '\t' &&
		    p[i] != '\r' && p[i] != '\n')
			return false;
	return true;
}

/* Reads the file's first bytes.  CAPFILE_PACKET: packets may follow. */
static enum capfile_result
start_format(struct capfile *c)
{
	const struct capmagic *m;
	const uint8_t *p;

	c->at = 0;
	if (!stream_need(c->in, 1)) {
		snprintf(c->why, sizeof(c->why), "empty, want a pcap or "
		    "pcapng capture");
		return CAPFILE_NOT;
	}
	(void)stream_need(c->in, 4);
	p = capfile_bytes(c);
	if (c->in->end - c->in->start >= 4) {
		m = capmagic_pcap(p, &c->big);
		if (m != NULL)
			return start_pcap(c, m);
		if (capmagic_pcapng(p)) {
			c->format = FORMAT_PCAPNG;
			return CAPFILE_PACKET;
		}
	}
	if (is_text(p, c->in->end - c->in->start)) {
		snprintf(c->why, sizeof(c->why), "no capture but text, want "
		    "pcap or pcapng: csvclean reads CSV");
		return CAPFILE_NOT;
	}
	snprintf(c->why, sizeof(c->why), "no capture: starts with "
	    "%02x%02x%02x%02x, want pcap or pcapng", p[0], p[1], p[2], p[3]);
	return CAPFILE_NOT;
}

void
capfile_start(struct capfile *c)
{
	pcapng_reset(c);
	c->format = FORMAT_NONE;
	c->at = 0;
	c->why[0] = '\0';
}

/* The next record of a pcap file. */
static enum capfile_result
next_pcap(struct capfile *c, struct capfile_packet *k)
{
	const uint8_t *p;
	uint32_t caplen, len, t;

	if (c->in->end - c->in->start < c->record &&
	    !stream_need(c->in, c->record)) {
		if (c->in->start == c->in->end)
			return CAPFILE_END;
		return capfile_damaged(c, "record header cut short: %zu "
		    "bytes, want %u", c->in->end - c->in->start, c->record);
	}
	p = capfile_bytes(c);
	caplen = get32(c, p + 8);
	len = get32(c, p + 12);
	if (c->swapped == SWAP_ALWAYS ||
	    (c->swapped == SWAP_LARGER && caplen > len)) {
		t = caplen;
		caplen = len;
		len = t;
	}
	if (caplen > CAPLEN_MAX)
		return capfile_damaged(c, "bad record: %u bytes captured, "
		    "want at most %u", caplen, CAPLEN_MAX);
	if (c->in->end - c->in->start < c->record + (size_t)caplen &&
	    !stream_need(c->in, c->record + (size_t)caplen))
		return capfile_damaged(c, "packet cut short: %zu bytes, want "
		    "%u", c->in->end - c->in->start - c->record, caplen);
	p = capfile_bytes(c);
	/*
	 * Seconds are unsigned in the format: 1970 to 2106.  What has passed
	 * since then is added, also where it is a second or more.
	 */
	k->time_ns = (int64_t)get32(c, p) * 1000000000 +
	    (int64_t)get32(c, p + 4) * (1000000000 / c->per_s);
	k->timed = true;
	k->out_of_range = false;
	k->data = p + c->record;
	k->caplen = caplen;
	k->len = len;
	k->linktype = c->linktype;
	k->iface = "";
	k->iface_index = 0;
	c->in->start += c->record + (size_t)caplen;
	return CAPFILE_PACKET;
}

bool
capfile_at_hand(const struct capfile *c)
{
	size_t left = c->in->end - c->in->start;
	const uint8_t *p = capfile_bytes(c);

	uint32_t caplen;

	if (c->format == FORMAT_PCAP) {
		if (left < c->record)
			return false;
		caplen = get32(c, p + 8);
		if (c->swapped != SWAP_NEVER && get32(c, p + 12) > caplen)
			caplen = get32(c, p + 12);
		return left - c->record >= caplen;
	}
	/* An enhanced packet block with its padding. */
	return c->format == FORMAT_PCAPNG && left >= 12 &&
	    get32(c, p) == 6 && get32(c, p + 4) <= left - 4;
}

enum capfile_result
capfile_next(struct capfile *c, struct capfile_packet *k)
{
	enum capfile_result result;

	if (c->format == FORMAT_NONE) {
		result = start_format(c);
		if (result != CAPFILE_PACKET)
			return result;
	}
	return c->format == FORMAT_PCAP ? next_pcap(c, k) : pcapng_next(c, k);
}
