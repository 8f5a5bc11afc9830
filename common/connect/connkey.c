/*
 * connkey - what tells connections apart: two ends and what they speak
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/bytes.h"
#include "base/hash.h"
#include "base/ipaddr.h"
#include "base/xalloc.h"
#include "connect/connkey.h"
#include "tally/keytable.h"

#define TCP	6

static bool
read_address(struct ipaddr *a, struct slice s)
{
	if (s.len == 0) {
		memset(a, 0, sizeof(*a));
		return true;
	}
	return ipaddr_parse_cell(a, s.at, s.len);
}

/* An order of addresses of one family that is the same on every machine. */
static inline int
compare_bytes(const struct ipaddr *a, const struct ipaddr *b)
{
	uint32_t x = be32(a->byte), y = be32(b->byte);

	if (x == y && a->family == 6)
		return memcmp(a->byte, b->byte, sizeof(a->byte));
	return (x > y) - (x < y);
}

/* Whether end a comes after end b. */
static inline bool
is_behind(const struct ipaddr *a, int32_t aport, const struct ipaddr *b,
    int32_t bport)
{
	int order = a->family - b->family;

	if (order == 0)
		order = compare_bytes(a, b);
	return order != 0 ? order > 0 : aport > bport;
}

/* By index, as no processor predicts which end a packet comes from. */
static inline void
set_addresses(struct connkey *k, const struct ipaddr *src,
    const struct ipaddr *dst, unsigned from)
{
	static const uint8_t family[] = { [0] = CONNKEY_NONE,
	    [4] = CONNKEY_V4, [6] = CONNKEY_V6 };

	memcpy(k->addr[from], src->byte, sizeof(src->byte));
	memcpy(k->addr[1 - from], dst->byte, sizeof(dst->byte));
	k->kind = (uint8_t)(family[src->family] << 2 * from |
	    family[dst->family] << 2 * (1 - from));
}

/* A text that is not too long to be kept. */
static struct slice
short_text(struct slice s, struct connkey_texts *texts)
{
	if (s.len <= KEYTABLE_KEY_MAX)
		return s;
	texts->cut++;
	return (struct slice){ "REST", 4 };
}

/*
 * Sets two texts; returns which end src is.  It is not inlined, so that keys of
 * addresses do not save its registers.
 */
static __attribute__((noinline)) unsigned
set_texts(struct connkey *k, const struct connkey_parts *p,
    struct connkey_texts *texts)
{
	struct slice src = short_text(p->src, texts);
	struct slice dst = short_text(p->dst, texts);
	struct output *text = &texts->text;
	int order = slice_compare(src, dst);
	unsigned from;

	from = order != 0 ? order > 0 : p->sport > p->dport;
	text->used = 0;
	output_bytes(text, from ? dst.at : src.at, from ? dst.len : src.len);
	output_bytes(text, from ? src.at : dst.at, from ? src.len : dst.len);
	memset(k->addr, 0, sizeof(k->addr));
	k->text.at = text->buf;
	k->text.len[from] = (uint32_t)src.len;
	k->text.len[1 - from] = (uint32_t)dst.len;
	k->kind = CONNKEY_TEXT << 2 | CONNKEY_TEXT;
	return from;
}

static inline void
set_port(struct connkey *k, unsigned end, int32_t port)
{
	k->port[end] = port < 0 ? 0 : (uint16_t)port;
	k->kind |= (uint8_t)((port >= 0 ? CONNKEY_PORT : 0) << end);
}

/*
 * Without ports the protocol keeps connections apart.  Without ip_proto TCP
 * and other connections between the same ports are kept apart by TCP's flags.
 */
unsigned
connkey_set(struct connkey *k, const struct connkey_parts *p,
    struct connkey_texts *texts)
{
	struct ipaddr src, dst;
	unsigned from;

	if (read_address(&src, p->src) && read_address(&dst, p->dst)) {
		from = is_behind(&src, p->sport, &dst, p->dport);
		set_addresses(k, &src, &dst, from);
	} else
		from = set_texts(k, p, texts);
	set_port(k, from, p->sport);
	set_port(k, 1 - from, p->dport);
	k->proto = k->kind & CONNKEY_PORTS ? 0 : p->proto;
	k->ip_proto = p->tcp ? TCP : 0;
	if (p->ip_proto >= 0) {
		k->kind |= CONNKEY_IP_PROTO;
		k->ip_proto = (uint8_t)p->ip_proto;
	}
	if (!p->timed)
		k->kind |= CONNKEY_UNTIMED;
	return from;
}

void
connkey_own(struct connkey *k)
{
	size_t n;
	char *own;

	if (connkey_family(k, 0) != CONNKEY_TEXT)
		return;
	n = (size_t)k->text.len[0] + k->text.len[1];
	own = xmalloc(n + 1);
	memcpy(own, k->text.at, n);
	k->text.at = own;
}

void
connkey_release(struct connkey *k)
{
	if (connkey_family(k, 0) == CONNKEY_TEXT)
		free(k->text.at);
}

/* All of a key but its addresses, in 8 bytes. */
static uint64_t
rest_of(const struct connkey *k)
{
	return le64(k->port);
}

/*
 * Most keys are IPv4 addresses and ports: 15 bytes hold them.  Keys that differ
 * in their kind alone, which is left out, have the same hash; they are few.
 */
uint32_t
connkey_hash(const struct connkey *k)
{
	uint64_t words[2];

	switch (k->kind & 15) {
	case CONNKEY_V4 << 2 | CONNKEY_V4:
		return (uint32_t)hash_15(le32(k->addr[0]) |
		    (uint64_t)le32(k->addr[1]) << 32, rest_of(k));
	case CONNKEY_TEXT << 2 | CONNKEY_TEXT:
		words[0] = hash_bytes(k->text.at,
		    (size_t)k->text.len[0] + k->text.len[1]);
		words[1] = rest_of(k);
		return (uint32_t)hash_16(words);
	default:
		return (uint32_t)hash_40(k);
	}
}

bool
connkey_same_text(const struct connkey *a, const struct connkey *b)
{
	return rest_of(a) == rest_of(b) && a->text.len[0] == b->text.len[0] &&
	    a->text.len[1] == b->text.len[1] && memcmp(a->text.at, b->text.at,
	    (size_t)a->text.len[0] + a->text.len[1]) == 0;
}

static struct slice
text_of(const struct connkey *k, unsigned end)
{
	return (struct slice){ k->text.at + (end == 1 ? k->text.len[0] : 0),
	    k->text.len[end] };
}

static int
compare_texts(const struct connkey *a, const struct connkey *b)
{
	int order = slice_compare(text_of(a, 0), text_of(b, 0));

	return order != 0 ? order : slice_compare(text_of(a, 1), text_of(b, 1));
}

int
connkey_compare(const struct connkey *a, const struct connkey *b)
{
	int order = (a->kind & 15) - (b->kind & 15);

	if (order == 0)
		order = connkey_family(a, 0) == CONNKEY_TEXT ?
		    compare_texts(a, b) :
		    memcmp(a->addr, b->addr, sizeof(a->addr));
	if (order == 0 && a->port[0] != b->port[0])
		order = a->port[0] < b->port[0] ? -1 : 1;
	if (order == 0 && a->port[1] != b->port[1])
		order = a->port[1] < b->port[1] ? -1 : 1;
	if (order == 0)
		order = memcmp(&a->proto, &b->proto, sizeof(*a) -
		    offsetof(struct connkey, proto));
	return order;
}

void
connkey_write_address(const struct connkey *k, unsigned end,
    struct output *out)
{
	struct slice s;

	switch (connkey_family(k, end)) {
	case CONNKEY_NONE:
		break;
	case CONNKEY_V4:
	case CONNKEY_V6:
		out->used += ipaddr_format(output_room(out, IPADDR_TEXT_MAX),
		    connkey_family(k, end) == CONNKEY_V4 ? 4 : 6,
		    k->addr[end]);
		break;
	case CONNKEY_TEXT:
		s = text_of(k, end);
		output_text_cell(out, s.at, s.len);
		break;
	}
}
