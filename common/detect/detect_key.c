/*
 * detect_key - the key of the state that a rule keeps for a row, and its hash
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/hash.h"
#include "detect/detect_private.h"

/* Odd constants with random bits: of the golden ratio and of pi. */
#define MIX_A	0x9e3779b97f4a7c15u
#define MIX_B	0x243f6a8885a308d3u

/* What the keys of a track= hold, as bits. */
enum { SRC = 1, DST = 2, DPORT = 4, PROTO = 8, NET = 16 };
static const uint8_t parts[] = {
	[RULES_BY_SRC] = SRC, [RULES_BY_DST] = DST,
	[RULES_BY_BOTH] = SRC | DST, [RULES_BY_DST_NET] = DST | NET,
	[RULES_BY_SRC_DPORT] = SRC | DPORT,
	[RULES_BY_DST_DPORT] = DST | DPORT,
	[RULES_BY_BOTH_DPORT] = SRC | DST | DPORT, [RULES_BY_PROTO] = PROTO,
	[RULES_BY_RULE] = 0
};

/* What a key has beside addresses: a protocol, or a port. */
static inline size_t
extra(unsigned part, const struct detect_row *row)
{
	if ((part & (DPORT | PROTO)) == 0)
		return 0;
	return part & PROTO ? row->proto + 1 : row->number[RULES_COLUMN_DPORT];
}

void
detect_net_of(const struct ipaddr *a, struct ipaddr *net)
{
	memset(net, 0, sizeof(*net));
	net->family = a->family;
	memcpy(net->byte, a->byte, a->family == 4 ? 3 : 6);
}

struct detect_addr
detect_addr(const struct ipaddr *ip)
{
	return (struct detect_addr){ .ip = *ip,
	    .hash = hash_bytes(ip, sizeof(*ip)) };
}

/* The hash of the network of a row's destination. */
static uint64_t
net_hash(const struct detect_row *row)
{
	struct ipaddr net;

	detect_net_of(&row->dst.ip, &net);
	return hash_bytes(&net, sizeof(net));
}

/* src and dst are hashes with a secret seed already: mixing is enough. */
static uint64_t
mix(enum rules_track track, size_t more, uint64_t src, uint64_t dst)
{
	uint64_t h = track + ((uint64_t)more << 8) + 1;

	h = (h ^ src) * MIX_A;
	h = (h ^ h >> 32 ^ dst) * MIX_B;
	return h ^ h >> 32;
}

uint64_t
detect_key_tracked(enum rules_track track, const struct state_key *key)
{
	unsigned part = parts[track];

	return mix(track, key->extra,
	    part & SRC ? hash_bytes(&key->src, sizeof(key->src)) : 0,
	    part & DST ? hash_bytes(&key->dst, sizeof(key->dst)) : 0);
}

uint64_t
detect_tracked(enum rules_track track, const struct detect_row *row)
{
	unsigned part = parts[track];

	if (part & NET)
		return mix(track, 0, 0, net_hash(row));
	return mix(track, extra(part, row), part & SRC ? row->src.hash : 0,
	    part & DST ? row->dst.hash : 0);
}

void
detect_key(const struct detect *d, size_t rule, const struct detect_row *row,
    struct state_key *key)
{
	unsigned part = parts[d->rules->rule[rule].track];

	memset(key, 0, sizeof(*key));
	if (part & SRC)
		key->src = row->src.ip;
	if (part & NET)
		detect_net_of(&row->dst.ip, &key->dst);
	else if (part & DST)
		key->dst = row->dst.ip;
	key->extra = (uint16_t)extra(part, row);
}
