/*
 * detect_key - the key of the state that a rule keeps for a row, and its hash
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "detect/detect_private.h"

/* Odd constants with random bits: of the golden ratio and of pi. */
#define MIX_A	0x9e3779b97f4a7c15u
#define MIX_B	0x243f6a8885a308d3u

static bool
by_src(enum rules_track by)
{
	return by == RULES_BY_SRC || by == RULES_BY_BOTH ||
	    by == RULES_BY_SRC_DPORT || by == RULES_BY_BOTH_DPORT;
}

static bool
by_dst(enum rules_track by)
{
	return by == RULES_BY_DST || by == RULES_BY_BOTH ||
	    by == RULES_BY_DST_DPORT || by == RULES_BY_BOTH_DPORT;
}

/* What a key has beside addresses: a protocol, or a port. */
static size_t
extra(enum rules_track by, const struct detect_row *row)
{
	if (by == RULES_BY_PROTO)
		return row->proto + 1;
	return by >= RULES_BY_SRC_DPORT && by <= RULES_BY_BOTH_DPORT ?
	    row->number[RULES_COLUMN_DPORT] : 0;
}

/* src and dst are hashes with a secret seed already: mixing is enough. */
static uint32_t
mix(size_t rule, size_t more, uint64_t src, uint64_t dst)
{
	uint64_t h = rule + ((uint64_t)more << 8) + 1;

	h = (h ^ src) * MIX_A;
	h = (h ^ h >> 32 ^ dst) * MIX_B;
	return (uint32_t)(h >> 32);
}

uint32_t
detect_hash(const struct state_key *key)
{
	return mix(key->rule, key->extra, 0, 0);
}

uint32_t
detect_row_hash(const struct detect *d, size_t rule,
    const struct detect_row *row)
{
	enum rules_track by = d->rules->rule[rule].track;

	return mix(rule, extra(by, row), by_src(by) ? row->src.hash : 0,
	    by_dst(by) ? row->dst.hash : 0);
}

void
detect_key(const struct detect *d, size_t rule, const struct detect_row *row,
    struct state_key *key)
{
	enum rules_track by = d->rules->rule[rule].track;

	memset(key, 0, sizeof(*key));
	key->rule = (uint8_t)rule;
	if (by_src(by))
		key->src = row->src.ip;
	if (by_dst(by))
		key->dst = row->dst.ip;
	key->extra = (uint16_t)extra(by, row);
}
