/*
 * capfile_pcap - packets from the records of a pcap capture
 *
 * Source: draft-ietf-opsawg-pcap.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/timestamp.h"
#include "capture/capfile_read.h"

#define DIGITAL_UNIX	543	/* the major version that its writers put */

enum capfile_result
capfile_pcap_start(struct capfile *c, const struct capmagic *m)
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
	c->swapped = get16(c, p + 4) == DIGITAL_UNIX ? SWAP_ALWAYS :
	    get16(c, p + 4) == 2 && get16(c, p + 6) < 3 ? SWAP_ALWAYS :
	    get16(c, p + 4) == 2 && get16(c, p + 6) == 3 ? SWAP_LARGER :
	    SWAP_NEVER;
	c->in->start += m->header;
	c->format = FORMAT_PCAP;
	return CAPFILE_PACKET;
}

/* The lengths of the record at p, in whichever order its writer put them. */
static inline void
read_lengths(const struct capfile *c, const uint8_t *p, uint32_t *caplen,
    uint32_t *len)
{
	*caplen = get32(c, p + 8);
	*len = get32(c, p + 12);
	if (c->swapped == SWAP_NEVER)
		return;
	if (c->swapped == SWAP_ALWAYS || *caplen > *len) {
		*caplen = *len;
		*len = get32(c, p + 8);
	}
}

enum capfile_result
capfile_pcap_next(struct capfile *c, struct captured *k)
{
	const uint8_t *p;
	uint32_t caplen, len;

	if (c->in->end - c->in->start < c->record &&
	    !stream_need(c->in, c->record)) {
		if (c->in->start == c->in->end)
			return CAPFILE_END;
		return capfile_damaged(c, "record header cut short: %zu "
		    "bytes, want %u", c->in->end - c->in->start, c->record);
	}
	p = capfile_bytes(c);
	read_lengths(c, p, &caplen, &len);
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
	k->time_ns = (int64_t)get32(c, p) * NS_PER_S +
	    (int64_t)get32(c, p + 4) * (NS_PER_S / c->per_s);
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
capfile_pcap_buffered(const struct capfile *c)
{
	size_t left = c->in->end - c->in->start;
	uint32_t caplen, len;

	if (left < c->record)
		return false;
	read_lengths(c, capfile_bytes(c), &caplen, &len);
	return left - c->record >= caplen;
}
