/*
 * capfile_pcap - packets from the records of a pcap capture
 *
 * Source: draft-ietf-opsawg-pcap.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/timestamp.h"
#include "capture/capfile_read.h"

#define DIGITAL_UNIX	543	/* the major version that its writers put */
#define AHEAD		1024	/* bytes: prefetched before their turn */
#define JUMP_S		65536	/* seconds between packets that make odd */

enum capfile_result
capfile_pcap_start(struct capfile *c, const struct capmagic *m)
{
	const uint8_t *p;

	if (!capfile_need(c, m->header))
		return capfile_cut(c, "pcap header",
		    capfile_left(c), m->header);
	p = capfile_bytes(c);
	c->per_s = m->per_s;
	c->tick_ns = (uint32_t)NS_PER_S / m->per_s;
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
	c->looked = false;
	c->format = FORMAT_PCAP;
	return CAPFILE_PACKET;
}

/*
 * Whether the lengths of a record or its time, after one at last_s seconds, are
 * odd: no record, or hardly any, has them.
 */
static inline bool
is_odd(const struct record *r, uint32_t last_s)
{
	return r->len == 0 || r->caplen > CAPLEN_MAX ||
	    r->s - last_s + JUMP_S > 2 * JUMP_S;
}

/*
 * Reads the header at p of the record that comes after one at last_s seconds,
 * its lengths in whichever order its writer put them.  False if it is odd.
 */
static inline bool
look_at(struct capfile *c, const uint8_t *p, uint32_t last_s)
{
	struct record r = { get32(c, p), get32(c, p + 8), get32(c, p + 12) };

	if (c->swapped == SWAP_ALWAYS ||
	    (c->swapped == SWAP_LARGER && r.caplen > r.len)) {
		r.caplen = r.len;
		r.len = get32(c, p + 8);
	}
	c->next = r;
	return !is_odd(&r, last_s);
}

/* Whether fewer zeros than a record has come before another capture. */
static bool
is_after_zeros(struct capfile *c)
{
	size_t n = 0;

	while (n < 16 && capfile_bytes(c)[n] == 0)
		n++;
	/* Fewer leave enough of the header within the record's own bytes. */
	if (n >= 4)
		(void)capfile_need(c, n + 24);
	return n > 0 && n < 16 &&
	    capmagic_joined(capfile_bytes(c) + n, capfile_left(c) - n);
}

/*
 * What is at the first unread byte if its lengths are odd or its time is far
 * from that of the record before.  CAPFILE_PACKET: a record.  CAPFILE_END: the
 * header of a joined file, whose accuracy, 0, is where a record has the length
 * on the wire.
 */
static __attribute__((noinline)) enum capfile_result
check_odd(struct capfile *c, uint32_t caplen)
{
	static const uint8_t zeros[16];

	if (capfile_starts_anew(c))
		return CAPFILE_END;
	if (capfile_swallowed(c)) {
		capfile_cut(c, "record header", 0, c->record);
		c->span = 0;
		return CAPFILE_DAMAGED;
	}
	if (memcmp(capfile_bytes(c), zeros, sizeof(zeros)) == 0 ||
	    is_after_zeros(c))
		return capfile_zeros(c);
	if (caplen > CAPLEN_MAX)
		return capfile_damaged(c, "bad record: %u bytes captured, "
		    "want at most %u", caplen, CAPLEN_MAX);
	return CAPFILE_PACKET;
}

/* Counts a fraction that is none, and returns the one to take for it. */
static __attribute__((noinline)) uint32_t
bad_fraction(struct capfile *c, uint32_t value)
{
	if (c->fractions.count++ == 0) {
		c->fractions.offset = c->in->offset + c->in->start;
		c->fractions.value = value;
		c->fractions.per_s = c->per_s;
	}
	return 0;
}

/* Sees to it that the header of the next record is read and no damage. */
static inline enum capfile_result
next_header(struct capfile *c)
{
	if (c->looked)
		return CAPFILE_PACKET;
	if (!capfile_need(c, c->record))
		return capfile_left(c) == 0 ? CAPFILE_END :
		    capfile_cut(c, "record header", capfile_left(c),
		    c->record);
	return look_at(c, capfile_bytes(c), c->last_s) ? CAPFILE_PACKET :
	    check_odd(c, c->next.caplen);
}

/*
 * Whether a record of n bytes was cut and swallowed another capture's header.
 * What that needs moves the block: packets before this one are done first.
 */
static __attribute__((noinline)) enum capfile_result
check_swallowed(struct capfile *c, size_t n, bool promised)
{
	size_t at = capfile_header_at(c, n);

	if (at == n)
		return CAPFILE_PACKET;
	if (promised)
		return CAPFILE_AGAIN;
	c->kept = 0;
	return capfile_cut(c, "packet", at < c->record ? 0 : at - c->record,
	    (uint32_t)n - c->record);
}

/*
 * Reads the next record's header if it is in the block already, after the n
 * bytes of this one.  It is not read again: that would take 2 % of pcap2csv's
 * instructions on the packets of the bench (callgrind).
 */
static inline enum capfile_result
look_ahead(struct capfile *c, const uint8_t *p, size_t n, uint32_t s)
{
	bool promised = c->looked;

	c->looked = capfile_left(c) >= n + c->record && look_at(c, p + n, s);
	return c->looked || capfile_left(c) < n + c->record ?
	    CAPFILE_PACKET : check_swallowed(c, n, promised);
}

enum capfile_result
capfile_pcap_next(struct capfile *c, struct captured *k)
{
	enum capfile_result result = next_header(c);
	const uint8_t *p;
	uint32_t s = c->next.s, fraction;
	size_t n = c->record + (size_t)c->next.caplen;

	if (result != CAPFILE_PACKET)
		return result;
	k->caplen = c->next.caplen;
	k->len = c->next.len;
	if (!capfile_need(c, n))
		return capfile_cut(c, "packet", capfile_left(c) - c->record,
		    k->caplen);
	p = capfile_bytes(c);
	result = look_ahead(c, p, n, s);
	if (result != CAPFILE_PACKET)
		return result;
	fraction = get32(c, p + 4);
	if (fraction >= c->per_s)
		fraction = bad_fraction(c, fraction);
	/* Seconds are unsigned in the format: 1970 to 2106. */
	k->time_ns = (int64_t)s * NS_PER_S + (int64_t)fraction * c->tick_ns;
	k->timed = true;
	k->out_of_range = false;
	k->data = p + c->record;
	k->linktype = c->linktype;
	k->iface = "";
	c->last_s = s;
	c->kept = n;
	c->in->start += n;
	return CAPFILE_PACKET;
}

/*
 * Records as most are: little-endian, with a good fraction, and before a whole
 * header that is not odd.  The others are left to capfile_pcap_next.  pcap2csv
 * takes 7 % fewer instructions on the packets of the bench (callgrind); without
 * the prefetches, the wait for the next header was 7 % of its time (perf).
 */
size_t
capfile_pcap_more(struct capfile *c, struct captured *k, size_t max)
{
	const uint8_t *at = capfile_bytes(c), *next;
	const uint8_t *const end = at + capfile_left(c);
	const uint32_t record = c->record;
	struct record r = c->next, after;
	size_t i;

	if (!c->looked || c->big || c->swapped != SWAP_NEVER)
		return 0;
	for (i = 0; i < max; i++, at = next, r = after) {
		if ((size_t)(end - at) < 2 * record + (size_t)r.caplen)
			break;
		next = at + record + r.caplen;
		__builtin_prefetch(at + AHEAD);
		__builtin_prefetch(at + AHEAD + 64);
		after = (struct record){ le32(next), le32(next + 8),
		    le32(next + 12) };
		if (is_odd(&after, r.s) || le32(at + 4) >= c->per_s)
			break;
		k[i] = (struct captured){
			.time_ns = (int64_t)r.s * NS_PER_S +
			    (int64_t)le32(at + 4) * c->tick_ns,
			.timed = true,
			.data = at + record,
			.caplen = r.caplen,
			.len = r.len,
			.linktype = c->linktype,
			.iface = ""
		};
		c->last_s = r.s;
		c->kept = (size_t)(next - at);
	}
	c->next = r;
	c->in->start += (size_t)(at - capfile_bytes(c));
	return i;
}

/* If its header is not odd, no more bytes are needed to judge it. */
bool
capfile_pcap_buffered(const struct capfile *c)
{
	return c->looked && capfile_left(c) - c->record >= c->next.caplen;
}
