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

void
detect_ahead_add(struct detect_ahead *a, const struct detect *d,
    const struct detect_row *row, ruleset rules)
{
	struct ruleset_walk w = ruleset_walk(rules);
	uint64_t tracked[RULES_BY_RULE + 1];
	struct detect_lookup *look;
	unsigned have = 0;
	size_t rule;

	while (a->n < DETECT_LOOKUPS && ruleset_next(&w, &rule)) {
		const struct rule *r = &d->rules->rule[rule];

		/* Each hash is made once, however many rules need it. */
		if ((have >> r->track & 1) == 0) {
			tracked[r->track] = detect_tracked(r->track, row);
			have |= 1U << r->track;
		}
		look = &a->look[a->n++];
		look->rule = (uint8_t)rule;
		look->hash = tracked[r->track];
		look->value = r->unique == RULES_ALL ? 0 :
		    detect_values_hash(detect_distinct_value(r->unique, row));
		states_fetch_slot(&d->states,
		    states_slot_hash(rule, look->hash));
	}
}

/* Prefetches the ends of a ring of times, or where a log has a value. */
static inline __attribute__((always_inline)) void
fetch_block(const struct state *t, uint32_t value)
{
	if (t->item == sizeof(int64_t)) {
		__builtin_prefetch(&t->data.times[t->head]);
		__builtin_prefetch(&t->data.times[(t->head + t->data.items) &
		    (((uint32_t)1 << t->room) - 1)]);
	} else if (t->item == DETECT_LOG_ITEM) {
		__builtin_prefetch(&t->data.log.seen[t->head]);
		__builtin_prefetch(&t->data.log.seen[t->data.log.end]);
		__builtin_prefetch(detect_values_bucket(t, value));
	} else if (t->item != 0)
		__builtin_prefetch(t->data.all);
}

void
detect_ahead_fetch(struct detect_ahead *a, const struct detect *d)
{
	struct detect_lookup *look, *end = a->look + a->n;

	for (look = a->look; look < end; look++)
		states_fetch_state(&d->states,
		    states_slot_hash(look->rule, look->hash));
	for (look = a->look; look < end; look++) {
		look->state = states_find(&d->states, look->rule, look->hash);
		if (look->state != NULL)
			fetch_block(look->state, look->value);
	}
}
