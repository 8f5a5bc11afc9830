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

#define ALL_NUMBERS	((1U << RULES_COLUMNS) - (1U << RULES_NUMBERS))

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

		states_fetch_slot(&w->states, hash);
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
			states_fetch_state(&w->states, w->queue[i].hash[h]);
	for (i = 0; i < n && n > 1; i++)
		for (h = 0; h < w->queue[i].hashes; h++)
			states_fetch_block(&w->states, w->queue[i].hash[h]);
	for (i = 0; i < n; i++)
		watch_judge(w, &w->queue[i]);
}

void
watch_finish(struct watch *w)
{
	watch_settle(w);
	w->stray += w->holding;
	w->holding = 0;
	watch_close(w);
}

uint64_t
watch_tags(struct watch *w, const struct watch_row *row)
{
	/* Of what a rule compares, only the addresses matter here. */
	uint64_t mask = w->open & w->with[row->present | ALL_NUMBERS];
	uint64_t tags = 0;
	const struct state *t;
	struct state_key key;
	size_t r;

	for (; mask != 0; mask &= mask - 1) {
		r = (size_t)__builtin_ctzll(mask);
		if (w->rules->rule[r].track > RULES_BY_BOTH)
			continue;
		watch_key(w, r, row, &key);
		t = states_find(&w->states, &key, watch_row_hash(w, r, row));
		if (t != NULL && t->incident != 0)
			tags |= UINT64_C(1) << r;
	}
	return tags;
}
