/*
 * watch_queue - which rules count a row, and their states, fetched in time
 *
 * What a rule knows of an address is rarely in the processor's cache.  So
 * rows wait for each other, and what they touch is asked for in three rounds
 * before any of them is judged.
 *
 * SPDX-License-Identifier: ISC
 */
#include "detect/watch_private.h"

/* Odd numbers whose bits look random: those of the golden ratio, of pi. */
#define MIX_A	0x9e3779b97f4a7c15u
#define MIX_B	0x243f6a8885a308d3u

#define ALL_NUMBERS	((1U << RULES_COLUMNS) - (1U << RULES_NUMBERS))

static bool
by_src(enum rules_track by)
{
	return by == RULES_BY_SRC || by == RULES_BY_BOTH;
}

static bool
by_dst(enum rules_track by)
{
	return by == RULES_BY_DST || by == RULES_BY_BOTH;
}

/* Numbers that a stranger cannot foresee are mixed: they need no more. */
static uint32_t
mix(size_t rule, size_t proto, uint64_t src, uint64_t dst)
{
	uint64_t h = rule + ((uint64_t)proto << 8) + 1;

	h = (h ^ src) * MIX_A;
	h = (h ^ h >> 32 ^ dst) * MIX_B;
	return (uint32_t)(h >> 32);
}

uint32_t
watch_hash(const struct track_key *key)
{
	return mix(key->rule, key->proto, 0, 0);
}

uint32_t
watch_row_hash(const struct watch *w, size_t rule,
    const struct watch_row *row)
{
	enum rules_track by = w->rules->rule[rule].track;

	return mix(rule, by == RULES_BY_PROTO ? row->proto + 1 : 0,
	    by_src(by) ? row->src.hash : 0, by_dst(by) ? row->dst.hash : 0);
}

void
watch_key(const struct watch *w, size_t rule, const struct watch_row *row,
    struct track_key *key)
{
	enum rules_track by = w->rules->rule[rule].track;

	memset(key, 0, sizeof(*key));
	key->rule = (uint8_t)rule;
	if (by_src(by))
		key->src = row->src.ip;
	if (by_dst(by))
		key->dst = row->dst.ip;
	if (by == RULES_BY_PROTO)
		key->proto = (uint16_t)(row->proto + 1);
}

/* The rules that count a row. */
static uint64_t
rules_for(const struct watch *w, const struct watch_row *row)
{
	uint64_t mask = w->protocol[row->proto].rules & w->active &
	    w->with[row->present];
	struct addrset_bits src = { 0, 0 }, dst = { 0, 0 };
	size_t i;

	for (i = 0; i < w->conditions; i++)
		mask &= w->condition[i].allowing[
		    row->number[w->condition[i].column]];
	if ((w->versions | w->rules->nets) == 0)
		return mask;
	if (row->src.ip.family != 0)
		src = addrset_find(&w->nets[0], &row->src.ip);
	if (row->dst.ip.family != 0)
		dst = addrset_find(&w->nets[1], &row->dst.ip);
	return mask & ~(src.off | dst.off) &
	    (~w->versions | src.on | dst.on);
}

void
watch_row(struct watch *w, const struct watch_row *row)
{
	struct watch_pending *p = &w->queue[w->queued++];
	uint64_t mask;

	p->row = *row;
	p->rules = rules_for(w, row);
	p->hashes = 0;
	for (mask = p->rules & ~(w->shares | w->wholes); mask != 0 &&
	    p->hashes < WATCH_AHEAD; mask &= mask - 1) {
		uint32_t hash = watch_row_hash(w,
		    (size_t)__builtin_ctzll(mask), row);

		tracks_fetch_slot(&w->tracks, hash);
		p->hash[p->hashes++] = hash;
	}
	if (w->queued == WATCH_BATCH)
		watch_settle(w);
}

void
watch_settle(struct watch *w)
{
	size_t i, n = w->queued;
	unsigned h;

	w->queued = 0;
	for (i = 0; i < n && n > 1; i++)
		for (h = 0; h < w->queue[i].hashes; h++)
			tracks_fetch_state(&w->tracks, w->queue[i].hash[h]);
	for (i = 0; i < n && n > 1; i++)
		for (h = 0; h < w->queue[i].hashes; h++)
			tracks_fetch_block(&w->tracks, w->queue[i].hash[h]);
	for (i = 0; i < n; i++)
		watch_judge(w, &w->queue[i]);
}

uint64_t
watch_tags(struct watch *w, const struct watch_row *row)
{
	/* Of what a rule compares, only the addresses matter here. */
	uint64_t mask = w->open & w->with[row->present | ALL_NUMBERS];
	uint64_t tags = 0;
	const struct track *t;
	struct track_key key;
	size_t r;

	for (; mask != 0; mask &= mask - 1) {
		r = (size_t)__builtin_ctzll(mask);
		if (w->rules->rule[r].track > RULES_BY_BOTH)
			continue;
		watch_key(w, r, row, &key);
		t = tracks_look(&w->tracks, &key, watch_row_hash(w, r, row));
		if (t != NULL && t->incident != 0)
			tags |= UINT64_C(1) << r;
	}
	return tags;
}
