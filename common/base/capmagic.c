/*
 * capmagic - captures told by their first bytes
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <string.h>

#include "base/bytes.h"
#include "base/capmagic.h"
#include "base/filekind.h"

/*
 * Pcap with microseconds and with nanoseconds (draft-ietf-opsawg-pcap); with
 * the longer record headers of Kuznetzov's libpcap and of netsniff-ng; with
 * the longer file headers of IXIA's hardware and software.
 */
static const struct capmagic magics[] = {
	{ 0xa1b2c3d4, 1000000, 24, 16 },
	{ 0xa1b23c4d, 1000000000, 24, 16 },
	{ 0xa1b2cd34, 1000000, 24, 24 },
	{ 0xa1e2cb12, 1000000000, 24, 24 },
	{ 0x1c0001ac, 1000000000, 28, 16 },
	{ 0x1c0001ab, 1000000, 28, 16 },
};

const struct capmagic *
capmagic_pcap(const uint8_t *p, bool *big)
{
	uint32_t value = be32(p);
	size_t i;

	for (i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
		*big = value == magics[i].value;
		if (*big || __builtin_bswap32(value) == magics[i].value)
			return &magics[i];
	}
	return NULL;
}

/* The type of a section header block reads the same in either order. */
bool
capmagic_pcapng(const uint8_t *p)
{
	return memcmp(p, "\n\r\r\n", 4) == 0;
}

#define BYTE_ORDER_MAGIC	0x1a2b3c4du	/* of a pcapng section */
#define ZONE_S_MAX		(14 * 3600)
#define DIGITAL_UNIX		543	/* the version its writers put */

static bool
is_section(const uint8_t *p, size_t n)
{
	return n >= 12 && capmagic_pcapng(p) &&
	    (be32(p + 8) == BYTE_ORDER_MAGIC ||
	    le32(p + 8) == BYTE_ORDER_MAGIC);
}

bool
capmagic_joined(const uint8_t *p, size_t n)
{
	uint32_t (*get16)(const uint8_t *), (*get32)(const uint8_t *);
	int32_t zone;
	bool big;

	if (n < 8 || is_section(p, n) || capmagic_pcap(p, &big) == NULL)
		return is_section(p, n);
	get16 = big ? be16 : le16;
	get32 = big ? be32 : le32;
	if (get16(p + 4) == DIGITAL_UNIX ? get16(p + 6) != 0 :
	    get16(p + 4) != 2 || get16(p + 6) > 4)
		return false;
	zone = n < 12 ? 0 : (int32_t)get32(p + 8);
	return zone >= -ZONE_S_MAX && zone <= ZONE_S_MAX &&
	    (n < 16 || get32(p + 12) == 0) &&
	    (n < 24 || (get32(p + 20) & 0x03ff0000) == 0);
}

bool
capmagic_refuse(struct stream *s)
{
	const uint8_t *p;
	char text[512];
	bool big;

	if (!stream_need(s, 4))
		return false;
	p = (const uint8_t *)s->buf + s->start;
	if (capmagic_pcap(p, &big) == NULL && !capmagic_pcapng(p)) {
		if (!filekind_explain(s, FILEKIND_CSV, text, sizeof(text)))
			return false;
		stream_warn(s, STATUS_FAILED, "%s", text);
		return true;
	}
	stream_warn(s, STATUS_FAILED,
	    "this is a capture, want CSV: pcap2csv %s | %s",
	    strcmp(s->name, "stdin") == 0 ? "-" : filekind_operand(s),
	    program_invocation_short_name);
	return true;
}
