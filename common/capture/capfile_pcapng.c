/*
 * capfile_pcapng - packets from the blocks of a pcapng capture
 *
 * Source: draft-ietf-opsawg-pcapng.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/hash.h"
#include "base/xalloc.h"
#include "capture/capfile_read.h"

enum {
	BLOCK_INTERFACE = 1, BLOCK_PACKET = 2, BLOCK_SIMPLE = 3,
	BLOCK_ENHANCED = 6, BLOCK_SECTION = 0x0a0d0d0a
};

enum { OPT_END = 0, OPT_IF_NAME = 2, OPT_IF_TSRESOL = 9,
	OPT_IF_TSOFFSET = 14 };

#define BYTE_ORDER_MAGIC	0x1a2b3c4du
#define IFACES_MAX		65536
#define NAME_BYTES		255	/* of an interface's name */
#define NAME_SLOTS		(2 * (size_t)IFACES_MAX)
#define READ_WHOLE_MAX		65536	/* bytes of a block of no use */

void
capfile_pcapng_reset(struct capfile *c)
{
	c->iface_count = 0;
}

static uint64_t
get64(const struct capfile *c, const uint8_t *p)
{
	uint64_t a = get32(c, p), b = get32(c, p + 4);

	return c->big ? a << 32 | b : b << 32 | a;
}

/* The slot of a name, or the free one where it belongs. */
static uint32_t *
find_name(const struct capfile *c, const uint8_t *p, size_t n)
{
	size_t i = hash_bytes(p, n) % NAME_SLOTS;
	const char *name;

	for (; c->name_slot[i] != 0; i = (i + 1) % NAME_SLOTS) {
		name = c->names[c->name_slot[i] - 1];
		if (strncmp(name, (const char *)p, n) == 0 && name[n] == '\0')
			break;
	}
	return &c->name_slot[i];
}

/*
 * Stores a name once, even if several sections have it: strangers' sections
 * are neither compared with each other nor kept.  NULL: there are too many.
 */
static const char *
keep_name(struct capfile *c, const uint8_t *p, size_t n)
{
	uint32_t *slot;

	if (c->name_slot == NULL) {
		hash_seed();
		c->names = xcalloc(IFACES_MAX, sizeof(c->names[0]));
		c->name_slot = xcalloc(NAME_SLOTS, sizeof(c->name_slot[0]));
	}
	n = strnlen((const char *)p, n < NAME_BYTES ? n : NAME_BYTES);
	slot = find_name(c, p, n);
	if (*slot == 0) {
		if (c->name_count == IFACES_MAX)
			return NULL;
		c->names[c->name_count++] = xstring((const char *)p, n);
		*slot = (uint32_t)c->name_count;
	}
	return c->names[*slot - 1];
}

/* if_tsresol: a power of ten, or of two if the upper bit is set. */
static uint64_t
ticks_per_s(uint8_t resolution)
{
	unsigned power = resolution & 0x7f;
	uint64_t n = 1;

	if (resolution & 0x80)
		return power < 64 ? (uint64_t)1 << power : 0;
	for (; power > 0 && n <= UINT64_MAX / 10; power--)
		n *= 10;
	return power == 0 ? n : 0;
}

static void
read_iface_option(struct capfile *c, struct iface *f, uint32_t code,
    const uint8_t *p, uint32_t n)
{
	if (code == OPT_IF_NAME)
		f->name = keep_name(c, p, n);
	else if (code == OPT_IF_TSRESOL && n >= 1)
		f->per_s = ticks_per_s(p[0]);
	else if (code == OPT_IF_TSOFFSET && n >= 8)
		f->offset_s = (int64_t)get64(c, p);
}

/* An interface description block's body of n bytes. */
static enum capfile_result
add_iface(struct capfile *c, const uint8_t *p, size_t n)
{
	struct iface f = { .per_s = 1000000, .name = "" };
	size_t at = 8;
	uint32_t code, len;

	if (n < 8)
		return capfile_damaged(c, "bad interface block: %zu bytes, "
		    "want 8", n);
	if (c->iface_count == IFACES_MAX)
		return capfile_damaged(c, "over %d interfaces", IFACES_MAX);
	f.linktype = get16(c, p);
	f.snaplen = get32(c, p + 4);
	while (n - at >= 4) {
		code = get16(c, p + at);
		len = get16(c, p + at + 2);
		at += 4;
		if (code == OPT_END || len > n - at)
			break;
		read_iface_option(c, &f, code, p + at, len);
		at += (len + 3) & ~(size_t)3;
		if (at > n)
			break;
	}
	if (f.name == NULL)
		return capfile_damaged(c, "over %d names of interfaces",
		    IFACES_MAX);
	c->ifaces = xgrow(c->ifaces, c->iface_count, &c->iface_cap, sizeof(f));
	c->ifaces[c->iface_count++] = f;
	return CAPFILE_PACKET;
}

/* Checks the first 16 bytes of a section header and sets its byte order. */
static enum capfile_result
start_section(struct capfile *c)
{
	const uint8_t *p = capfile_bytes(c);

	c->big = true;
	if (get32(c, p + 8) != BYTE_ORDER_MAGIC) {
		c->big = false;
		if (get32(c, p + 8) != BYTE_ORDER_MAGIC)
			return capfile_damaged(c, "bad byte order magic "
			    "0x%08x, want 0x1a2b3c4d", get32(c, p + 8));
	}
	if (get16(c, p + 12) != 1)
		return capfile_damaged(c, "pcapng version %u, want 1",
		    get16(c, p + 12));
	c->iface_count = 0;
	return CAPFILE_PACKET;
}

/* The packet of an interface, its bytes at data. */
static enum capfile_result
fill_packet(struct capfile *c, struct captured *k, uint32_t iface,
    const uint8_t *data)
{
	const struct iface *f;

	if (iface >= c->iface_count)
		return capfile_damaged(c, "packet of interface %u, the "
		    "section has %zu", iface, c->iface_count);
	f = &c->ifaces[iface];
	k->data = data;
	k->linktype = f->linktype;
	k->iface = f->name;
	return CAPFILE_PACKET;
}

/* An enhanced packet block, or the obsolete packet block: 20 bytes and data. */
static enum capfile_result
read_packet(struct capfile *c, struct captured *k, uint32_t type,
    const uint8_t *p, size_t n)
{
	uint32_t iface;
	const struct iface *f;
	uint64_t ticks;

	if (n < 20)
		return capfile_damaged(c, "bad packet block: %zu bytes, want "
		    "20", n);
	iface = type == BLOCK_PACKET ? get16(c, p) : get32(c, p);
	k->caplen = get32(c, p + 12);
	k->len = get32(c, p + 16);
	if (k->caplen > n - 20)
		return capfile_damaged(c, "bad packet block: %u bytes "
		    "captured, %zu there", k->caplen, n - 20);
	if (fill_packet(c, k, iface, p + 20) != CAPFILE_PACKET)
		return CAPFILE_DAMAGED;
	f = &c->ifaces[iface];
	ticks = (uint64_t)get32(c, p + 4) << 32 | get32(c, p + 8);
	k->timed = f->per_s > 0 &&
	    capfile_scale(ticks, f->per_s, f->offset_s, &k->time_ns);
	k->out_of_range = !k->timed;
	return CAPFILE_PACKET;
}

/* A simple packet block: the length on the wire, no time, interface 0. */
static enum capfile_result
read_simple(struct capfile *c, struct captured *k, const uint8_t *p,
    size_t n)
{
	if (n < 4)
		return capfile_damaged(c, "bad simple packet block: %zu "
		    "bytes, want 4", n);
	if (fill_packet(c, k, 0, p + 4) != CAPFILE_PACKET)
		return CAPFILE_DAMAGED;
	k->len = get32(c, p);
	k->caplen = k->len;
	if (c->ifaces[0].snaplen > 0 && k->caplen > c->ifaces[0].snaplen)
		k->caplen = c->ifaces[0].snaplen;
	if (k->caplen > n - 4)
		k->caplen = (uint32_t)(n - 4);
	k->timed = k->out_of_range = false;
	return CAPFILE_PACKET;
}

/* Whether blocks of this type are used; all others are skipped. */
static bool
is_read(uint32_t type)
{
	return type == BLOCK_INTERFACE || type == BLOCK_PACKET ||
	    type == BLOCK_SIMPLE || type == BLOCK_ENHANCED;
}

/*
 * Reads the type and the length of the next block.  CAPFILE_PACKET: both are
 * possible.
 */
static enum capfile_result
read_head(struct capfile *c, uint32_t *type, uint32_t *len)
{
	const uint8_t *p;
	uint32_t want = 12;

	if (!capfile_need(c, 12))
		return capfile_left(c) == 0 ? CAPFILE_END :
		    capfile_cut(c, "block", capfile_left(c), 12);
	*type = get32(c, capfile_bytes(c));
	if (*type != BLOCK_SECTION && capfile_starts_anew(c))
		return CAPFILE_END;
	if (*type == BLOCK_SECTION) {
		want = 28;
		if (!capfile_need(c, want))
			return capfile_cut(c, "section header",
			    capfile_left(c), want);
		if (start_section(c) != CAPFILE_PACKET)
			return CAPFILE_DAMAGED;
	}
	p = capfile_bytes(c);
	*len = get32(c, p + 4);
	if (*type == 0 && *len == 0)
		return capfile_zeros(c);
	if (*len < want || *len % 4 != 0 ||
	    (is_read(*type) && *len > CAPLEN_MAX))
		return capfile_damaged(c, "bad block length %u", *len);
	return CAPFILE_PACKET;
}

/* Skips a block that is not needed, and too long to be read. */
static enum capfile_result
skip_block(struct capfile *c, uint32_t len)
{
	uint64_t start = c->in->offset + c->in->start;

	if (stream_skip(c->in, len))
		return CAPFILE_PACKET;
	capfile_damaged(c, "block cut short: want %u bytes", len);
	c->at = start;
	return CAPFILE_DAMAGED;
}

/* Reads the whole block.  CAPFILE_PACKET: both its ends have its length. */
static enum capfile_result
read_block(struct capfile *c, uint32_t len)
{
	uint32_t at_end;

	if (!capfile_need(c, len))
		return capfile_cut(c, "block", capfile_left(c), len);
	at_end = get32(c, capfile_bytes(c) + len - 4);
	if (at_end == len)
		return CAPFILE_PACKET;
	capfile_damaged(c, "block length %u at its start, %u at its end", len,
	    at_end);
	c->span = len;
	return CAPFILE_DAMAGED;
}

enum capfile_result
capfile_pcapng_next(struct capfile *c, struct captured *k)
{
	enum capfile_result result;
	uint32_t type = 0, len = 0;
	const uint8_t *p;

	for (;;) {
		result = read_head(c, &type, &len);
		if (result != CAPFILE_PACKET)
			return result;
		if (!is_read(type) && len > READ_WHOLE_MAX) {
			if (skip_block(c, len) != CAPFILE_PACKET)
				return CAPFILE_DAMAGED;
			continue;
		}
		if (read_block(c, len) != CAPFILE_PACKET)
			return CAPFILE_DAMAGED;
		p = capfile_bytes(c) + 8;
		if (type == BLOCK_INTERFACE)
			result = add_iface(c, p, len - 12);
		else if (type == BLOCK_SIMPLE)
			result = read_simple(c, k, p, len - 12);
		else if (is_read(type))
			result = read_packet(c, k, type, p, len - 12);
		if (result != CAPFILE_PACKET)
			return result;
		c->in->start += len;
		if (type != BLOCK_INTERFACE && is_read(type))
			return CAPFILE_PACKET;
	}
}

/* An enhanced packet block that is whole and sound. */
bool
capfile_pcapng_buffered(const struct capfile *c)
{
	const uint8_t *p = capfile_bytes(c);
	size_t left = capfile_left(c);
	uint32_t len;

	if (left < 32 || get32(c, p) != BLOCK_ENHANCED)
		return false;
	len = get32(c, p + 4);
	return len >= 32 && len <= left && len % 4 == 0 &&
	    get32(c, p + len - 4) == len && get32(c, p + 8) < c->iface_count &&
	    get32(c, p + 20) <= len - 32;
}
