/*
 * flow - the protocol of each connection, remembered for its later packets
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/service.h"
#include "base/xalloc.h"
#include "decode/appproto.h"
#include "decode/flow.h"

/*
 * A bucket is one cache line, the most recently used entry first, so that a
 * look-up costs one miss and the last entry is the one to forget.  An entry is
 * the hash's upper 53 bits, then whether the protocol is proven, then which
 * end listens, then the protocol.
 */
#define WAYS		8
#define LINE_BYTES	(WAYS * sizeof(uint64_t))
#define PROTOCOL_MASK	((uint64_t)0xff)
#define SERVER_LOW	((uint64_t)0x100)	/* the key's first end */
#define SERVER_HIGH	((uint64_t)0x200)	/* its second */
#define PROVEN		((uint64_t)0x400)
#define VALUE_MASK	((uint64_t)0x7ff)

_Static_assert(PROTO_COUNT <= 0xff, "a protocol must fit a byte");

struct flow_table {
	void		*memory;	/* what was allocated */
	uint64_t	*entries;	/* within it, aligned to lines */
	uint64_t	 bucket_mask;
	uint64_t	 evictions;
	uint64_t	 news;		/* connections, since the start */
	bool		 expecting;	/* some expectation was ever set */
};

struct flow_table *
flow_new(size_t entries)
{
	struct flow_table *t = xcalloc(1, sizeof *t);
	size_t buckets = 1;

	while (buckets < entries / WAYS + (entries % WAYS > 0))
		buckets *= 2;
	t->entries = xlarge_zeros(buckets * LINE_BYTES, &t->memory);
	t->bucket_mask = buckets - 1;
	hash_seed();
	return t;
}

void
flow_free(struct flow_table *t)
{
	if (t == NULL)
		return;
	free(t->memory);
	free(t);
}

uint64_t
flow_evictions(const struct flow_table *t)
{
	return t->evictions;
}

static void
set_ends(struct flow_key *k, bool src_first)
{
	k->src = src_first ? SERVER_LOW : SERVER_HIGH;
	k->dst = src_first ? SERVER_HIGH : SERVER_LOW;
}

/* Both directions have one key: the smaller end comes first. */
static void
key_ipv4(struct flow_key *k, const struct packet *p)
{
	uint32_t src, dst;
	uint64_t a, b;

	memcpy(&src, p->inner.src, sizeof src);
	memcpy(&dst, p->inner.dst, sizeof dst);
	a = (uint64_t)src << 16 | p->sport;
	b = (uint64_t)dst << 16 | p->dport;
	k->hash = hash_15(a < b ? a : b, (a < b ? b : a) |
	    (uint64_t)p->ip_protocol << 48);
	set_ends(k, a < b);
}

/* The same for IPv6, and for ports without addresses, in which zeros stand. */
static __attribute__((noinline)) void
key_ipv6(struct flow_key *k, const struct packet *p)
{
	static const uint8_t none[16];
	bool has = p->inner.family != 0;
	uint64_t src[2], dst[2], words[5];
	uint64_t last = (uint64_t)p->inner.family << 56 |
	    (uint64_t)p->ip_protocol << 32;
	bool src_first;

	memcpy(src, has ? p->inner.src : none, sizeof src);
	memcpy(dst, has ? p->inner.dst : none, sizeof dst);
	src_first = src[0] != dst[0] ? src[0] < dst[0] :
	    src[1] != dst[1] ? src[1] < dst[1] : p->sport <= p->dport;
	memcpy(words, src_first ? src : dst, sizeof src);
	memcpy(words + 2, src_first ? dst : src, sizeof src);
	words[4] = last | (src_first ? (uint32_t)p->sport << 16 | p->dport :
	    (uint32_t)p->dport << 16 | p->sport);
	k->hash = hash_40(words);
	set_ends(k, src_first);
}

/* One end: its address, and what keeps one kind of key from another. */
struct end {
	uint8_t		addr[16];
	uint16_t	port;
	uint8_t		ip_protocol;
	uint8_t		family;
};

static uint64_t
hash_end(const uint8_t *addr, uint8_t family, uint16_t port,
    uint8_t ip_protocol)
{
	struct end e = { .port = port, .ip_protocol = ip_protocol,
	    .family = family };

	if (family != 0)
		memcpy(e.addr, addr, family == 4 ? 4 : 16);
	return hash_bytes(&e, sizeof e);
}

static uint64_t *
bucket_of(const struct flow_table *t, uint64_t hash)
{
	/* The lower bits choose the set; the entry keeps the upper 53. */
	return t->entries + (hash & t->bucket_mask) * WAYS;
}

/* Puts entry in front, over the one at i, which is WAYS - 1 if it is new. */
static void
put_first(uint64_t *bucket, int i, uint64_t entry)
{
	for (; i > 0; i--)
		bucket[i] = bucket[i - 1];
	bucket[0] = entry;
}

static int
find_way(const uint64_t *bucket, uint64_t hash)
{
	int i;

	for (i = 0; i < WAYS; i++)
		if (bucket[i] != 0 && (bucket[i] ^ hash) <= VALUE_MASK)
			return i;
	return WAYS;
}

/*
 * A key comes in over an entry.  Without large pages, nearly every look-up
 * would miss the TLB.
 */
static void
note_new(struct flow_table *t, uint64_t entry)
{
	t->evictions += entry != 0;
	if (++t->news == XLARGE_WARM)
		xlarge_warm(t->entries, (t->bucket_mask + 1) * LINE_BYTES);
}

/* The key's value, 0 if none; it becomes the most recently used. */
static uint64_t
get(struct flow_table *t, uint64_t hash)
{
	uint64_t *bucket = bucket_of(t, hash);
	int i = find_way(bucket, hash);

	if (i == WAYS)
		return 0;
	if (i > 0)
		put_first(bucket, i, bucket[i]);
	return bucket[0] & VALUE_MASK;
}

static void
set(struct flow_table *t, uint64_t hash, uint64_t value)
{
	uint64_t *bucket = bucket_of(t, hash);
	int i = find_way(bucket, hash);

	if (i == WAYS)
		note_new(t, bucket[--i]);
	put_first(bucket, i, (hash & ~VALUE_MASK) | value);
}

/* Most packets change nothing: get has put them in front. */
static void
set_protocol(struct flow_table *t, uint64_t hash, uint64_t value,
    enum protocol protocol, bool proven)
{
	uint64_t now = (value & (SERVER_LOW | SERVER_HIGH)) |
	    (proven ? PROVEN : 0) | (uint64_t)protocol;

	if (now != value)
		set(t, hash, now);
}

/*
 * Notes which end listens.  A connection that is not known takes a free place
 * or the last one and stays after the others until it has shown something,
 * so that a flood of SYNs drives out no more than one of eight.
 */
static void
set_server(struct flow_table *t, uint64_t hash, uint64_t server, bool anew)
{
	uint64_t *bucket = bucket_of(t, hash);
	int i = find_way(bucket, hash);

	if (i < WAYS && !anew)
		return;
	if (i == WAYS) {
		for (i = 0; i < WAYS - 1 && bucket[i] != 0; i++)
			continue;
		note_new(t, bucket[i]);
	}
	bucket[i] = (hash & ~VALUE_MASK) | server;
}

/* The protocol that is expected at one of these ends. */
static enum protocol
get_expected(struct flow_table *t, const struct packet *p)
{
	uint64_t found;

	if (!t->expecting)
		return PROTO_NONE;
	found = get(t, hash_end(p->inner.dst, p->inner.family, p->dport,
	    p->ip_protocol));
	if (found == 0)
		found = get(t, hash_end(p->inner.src, p->inner.family,
		    p->sport, p->ip_protocol));
	return (enum protocol)found;
}

/* Apart: its array would be set up for each packet. */
static __attribute__((noinline)) void
set_expected(struct flow_table *t, const struct packet *p,
    enum protocol shown)
{
	struct appproto_expectation ends[APPPROTO_EXPECTATIONS];
	size_t i, n = appproto_expect(p, shown, ends);

	for (i = 0; i < n; i++) {
		set(t, hash_end(ends[i].addr, ends[i].family, ends[i].port,
		    ends[i].ip_protocol), ends[i].protocol);
		t->expecting = true;
	}
}

static __attribute__((noinline)) enum protocol
name_payload(struct flow_table *t, const struct packet *p,
    const struct flow_key *k)
{
	uint64_t value = get(t, k->hash);
	uint64_t server = value & (SERVER_LOW | SERVER_HIGH);
	struct appproto_flow f = { (enum protocol)(value & PROTOCOL_MASK),
	    (value & PROVEN) != 0, 0 };
	enum protocol shown, next;
	bool proven;

	if (f.protocol == PROTO_NONE) {
		f.protocol = get_expected(t, p);
		f.proven = f.protocol != PROTO_NONE;
	}
	if (server != 0)
		f.server = server == k->src ? p->sport : p->dport;
	shown = appproto_recognise(p, &f, &proven);
	if (shown == PROTO_NONE)
		shown = f.protocol;
	if (shown == PROTO_NONE)
		return p->protocol;
	next = appproto_may_change(f.protocol, shown) ?
	    appproto_next(p, f.protocol, shown) : shown;
	if (appproto_lasts(p->protocol, next, proven))
		set_protocol(t, k->hash, value, next, proven);
	if (appproto_may_expect(shown))
		set_expected(t, p, shown);
	return shown;
}

static inline bool
is_named(const struct packet *p)
{
	return (p->protocol != PROTO_TCP && p->protocol != PROTO_UDP) ||
	    !p->has_ports;
}

void
flow_prefetch(struct flow_table *t, const struct packet *p, struct flow_key *k)
{
	if (is_named(p))
		return;
	if (p->inner.family == 4)
		key_ipv4(k, p);
	else
		key_ipv6(k, p);
	__builtin_prefetch(bucket_of(t, k->hash));
}

enum protocol
flow_classify(struct flow_table *t, const struct packet *p,
    const struct flow_key *k)
{
	if (is_named(p))
		return p->protocol;
	if (p->has_tcp && (p->tcp_flags & (TCP_SYN | TCP_RST)) != 0) {
		/* Its text says why, to people (RFC 9293, 3.5.3). */
		if ((p->tcp_flags & TCP_RST) != 0)
			return p->protocol;
		if ((p->tcp_flags & TCP_ACK) == 0)
			set_server(t, k->hash, k->dst, true);
		else
			set_server(t, k->hash, k->src, false);
	}
	if (p->payload_caplen == 0)
		return p->protocol;
	return name_payload(t, p, k);
}

int
flow_service(const struct flow_table *t, const struct packet *p,
    const struct flow_key *k)
{
	const uint64_t *bucket;
	uint64_t server = 0;
	int i;

	if (!p->has_ports)
		return -1;
	if (!is_named(p)) {
		bucket = bucket_of(t, k->hash);
		i = find_way(bucket, k->hash);
		if (i < WAYS)
			server = bucket[i] & (SERVER_LOW | SERVER_HIGH);
	}
	if (server == 0)
		return service_guess(p->sport, p->dport);
	return server == k->src ? p->sport : p->dport;
}

enum protocol
flow_classify_one(struct flow_table *t, const struct packet *p)
{
	struct flow_key k;

	flow_prefetch(t, p, &k);
	return flow_classify(t, p, &k);
}
