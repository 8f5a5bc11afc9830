/*
 * detect_ahead - prefetches of the states that rows will look up
 *
 * The state of an address is rarely in the processor's cache.  So what many
 * rows touch is prefetched in three rounds, of which each reads what the one
 * before has fetched: slots, states and their blocks.
 *
 * SPDX-License-Identifier: ISC
 */
#include "detect/detect_private.h"

struct detect_lookup *
detect_ahead_add(struct detect *d, const struct detect_row *row,
    ruleset rules, struct detect_lookup *look)
{
	struct ruleset_walk w = ruleset_walk(rules);
	size_t rule;

	for (; ruleset_next(&w, &rule); look++) {
		look->row = row;
		look->hash = detect_tracked(d, d->rule[rule].track, row);
		look->rule = rule;
		states_fetch_slot(&d->states,
		    states_slot_hash(rule, look->hash));
	}
	return look;
}

/* Prefetches the ends of a ring of times, or where a log has a value. */
static inline __attribute__((always_inline)) void
fetch_block(const struct detect *d, const struct detect_lookup *look)
{
	const struct state *t = look->state;

	if (t->item == sizeof(int64_t)) {
		__builtin_prefetch(&t->data.times[t->head]);
		__builtin_prefetch(&t->data.times[(t->head + t->data.items) &
		    (((uint32_t)1 << t->room) - 1)]);
	} else if (t->item == DETECT_LOG_ITEM) {
		__builtin_prefetch(&t->data.log.seen[t->head]);
		__builtin_prefetch(&t->data.log.seen[t->data.log.end]);
		__builtin_prefetch(detect_values_bucket(t,
		    detect_values_hash(detect_distinct_value(
		    d->rule[look->rule].unique, look->row))));
	} else if (t->item != 0)
		__builtin_prefetch(t->data.all);
}

void
detect_ahead_fetch(const struct detect *d, struct detect_lookup *look,
    const struct detect_lookup *end)
{
	struct detect_lookup *l;

	for (l = look; l < end; l++)
		l->state = states_fetch_state(&d->states,
		    states_slot_hash(l->rule, l->hash));
	for (l = look; l < end; l++) {
		if (l->state != NULL && !states_is(l->state, l->rule, l->hash))
			l->state = states_find(&d->states, l->rule, l->hash);
		if (l->state != NULL)
			fetch_block(d, l);
	}
}
