/*
 * detect_key - the key of the state that a rule keeps for a row, and its hash
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/hash.h"
#include "detect/detect_private.h"

#define ALL	UINT64_MAX

const struct detect_parts detect_parts[] = {
	[RULES_BY_SRC] = { .src = ALL },
	[RULES_BY_DST] = { .dst = ALL },
	[RULES_BY_BOTH] = { .src = ALL, .dst = ALL },
	[RULES_BY_DST_NET] = { .dst = ALL, .net = true },
	[RULES_BY_SRC_DPORT] = { .src = ALL, .port = UINT16_MAX },
	[RULES_BY_DST_DPORT] = { .dst = ALL, .port = UINT16_MAX },
	[RULES_BY_BOTH_DPORT] = { .src = ALL, .dst = ALL, .port = UINT16_MAX },
	[RULES_BY_PROTO] = { .proto = UINT32_MAX },
	[RULES_BY_RULE] = { .src = 0 }
};

void
detect_net_of(const struct ipaddr *a, struct ipaddr *net)
{
	memset(net, 0, sizeof(*net));
	net->family = a->family;
	memcpy(net->byte, a->byte, rules_net_bits(a) / 8);
}

struct detect_addr
detect_addr(const struct ipaddr *ip)
{
	return (struct detect_addr){ .ip = *ip,
	    .hash = hash_bytes(ip, sizeof(*ip)) };
}

uint64_t
detect_net_hash(struct detect *d, const struct detect_row *row)
{
	struct detect_net *m;
	struct ipaddr net;
	uint64_t word;

	detect_net_of(&row->dst.ip, &net);
	memcpy(&word, &net, sizeof(word));	/* all that is not zero */
	/* An odd constant with random bits, of the golden ratio. */
	m = &d->net[word * 0x9e3779b97f4a7c15u >> (64 - DETECT_NET_BITS)];
	if (m->word != word || m->hash == 0)
		*m = (struct detect_net){ word, hash_bytes(&net, sizeof(net)) };
	return m->hash;
}

uint64_t
detect_key_tracked(enum rules_track track, const struct state_key *key)
{
	const struct detect_parts *p = &detect_parts[track];

	return detect_mix(track, key->extra,
	    hash_bytes(&key->src, sizeof(key->src)) & p->src,
	    hash_bytes(&key->dst, sizeof(key->dst)) & p->dst);
}

void
detect_key(const struct detect *d, size_t rule, const struct detect_row *row,
    struct state_key *key)
{
	const struct detect_parts *p = &detect_parts[d->rule[rule].track];

	memset(key, 0, sizeof(*key));
	if (p->src != 0)
		key->src = row->src.ip;
	if (p->net)
		detect_net_of(&row->dst.ip, &key->dst);
	else if (p->dst != 0)
		key->dst = row->dst.ip;
	key->extra = (uint16_t)detect_extra(p, row);
}
