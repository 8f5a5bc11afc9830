/*
 * detect - rules applied to rows: counts, incidents and alerts
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "detect/detect_private.h"

/* Which rules can do with which columns; only proto may be empty. */
static void
add_needs(struct detect *d)
{
	size_t present, i;

	memset(d->with, 0xff, sizeof(d->with));
	for (i = 0; i < RULES_COLUMNS; i++) {
		d->needing[i] = rules_needing(d->rules, (enum rules_column)i);
		for (present = 0; present < 1 << RULES_COLUMNS; present++)
			if ((present >> i & 1) == 0 && i != RULES_COLUMN_PROTO)
				d->with[present] &= ~d->needing[i];
	}
}

static enum detect_kind
kind_of(const struct rule *r)
{
	if (r->bins)
		return DETECT_BINS;
	if (r->unique != RULES_ALL)
		return DETECT_UNIQUE;
	return r->regular > 0 ? DETECT_REGULAR : DETECT_SLIDING;
}

/* Adds a rule to the sets of what it wants. */
static void
sort_rule(struct detect *d, size_t i)
{
	const struct rule *r = &d->rules->rule[i];
	ruleset one = ruleset_of(i);

	d->rule[i] = (struct detect_rule){ .limit = r->limit,
	    .window_ns = r->window_ns, .cooldown_ns = r->cooldown_ns,
	    .track = r->track, .unique = r->unique, .kind = kind_of(r),
	    .regular = r->regular, .bytes = r->bytes,
	    .sums = r->bins || r->share > 0,
	    .oneway = (r->talk & RULES_ONEWAY) != 0 };
	d->keep_ns[i] = r->window_ns > r->cooldown_ns ?
	    r->window_ns : r->cooldown_ns;
	if (r->group >= 0)
		d->group_rules |= one;
	if (r->within & 1U << RULES_SRC)
		d->within[RULES_SRC] |= one;
	if (r->within & 1U << RULES_DST)
		d->within[RULES_DST] |= one;
	if (r->share > 0)
		d->shares |= one;
	if (r->talk & RULES_WAITING)
		d->waiting |= one;
	if (r->talk & RULES_INCOMPLETE)
		d->incomplete |= one;
	if (r->talk & RULES_PLAIN)
		d->plain |= one;
	if (r->talk & RULES_SELDOM)
		d->seldom |= one;
	if (r->talk & RULES_ONCE)
		d->once |= one;
	if (r->talk & RULES_UNSERVED)
		d->unserved |= one;
	if (r->talk & RULES_UNANSWERED && rules_is_midway(r))
		d->midway |= one;
	if (r->talk & RULES_UNANSWERED && rules_is_data(r))
		d->data |= one;
	if (rules_about_dst(r->track))
		d->about_dst |= one;
	d->tracking[r->track] |= one;
	if (r->track == RULES_BY_RULE)
		d->global |= one;
}

void
detect_init(struct detect *d, const struct rules *rules, size_t max_keys,
    void (*on_alert)(void *, const struct detect_alert *), void *arg)
{
	size_t i;

	memset(d, 0, offsetof(struct detect, look));
	d->rules = rules;
	d->on_alert = on_alert;
	d->arg = arg;
	d->active = RULESET_ALL;
	d->lateness_ns = CLOCK_LATENESS_NS;
	d->now_ns = INT64_MIN;
	d->wake_ns = INT64_MAX;
	for (i = 0; i < rules->count; i++)
		sort_rule(d, i);
	d->counting = ~(d->shares | d->waiting);
	d->answered = d->waiting & ~(d->plain | d->data);
	add_needs(d);
	d->conditions = rules_conditions(rules, &d->condition);
	stream_clock_init(&d->clock);
	keytable_init(&d->names, DETECT_PROTOS);
	d->protocol = xcalloc(DETECT_PROTOS + 1, sizeof(*d->protocol));
	addrset_init(&d->nets[0]);
	addrset_init(&d->nets[1]);
	detect_nets_init(d);
	detect_talk_init(d);
	detect_part_init(d);
	detect_follow_init(d);
	if (ruleset_any(d->waiting))
		detect_answer_init(d);
	states_init(&d->states, max_keys, DETECT_BLOCKS, d->keep_ns);
	d->states.on_evict = detect_on_evict;
	d->states.arg = d;
}

void
detect_release(struct detect *d)
{
	size_t i;

	for (i = 0; i < RULES_MAX; i++)
		free(d->share[i].part);
	states_release(&d->states);
	detect_answer_release(d);
	detect_part_release(d);
	talks_release(&d->talks);
	turns_release(&d->turns);
	addrset_release(&d->nets[0]);
	addrset_release(&d->nets[1]);
	keytable_release(&d->names);
	free(d->protocol);
	rules_free_conditions(d->condition, d->conditions);
	free(d->incident);
	free(d->due);
}

void
detect_on_count(struct detect *d, const struct state *t, bool fresh,
    int64_t ns, uint64_t value)
{
	struct detect_sample s = { .rule = t->rule,
	    .state = states_index(&d->states, t), .fresh = fresh, .ns = ns,
	    .value = value };

	d->on_count(d->arg, &s);
}

/* Counts a row exactly, and raises what alerts follow. */
static void
count_exactly(struct detect *d, struct state *t, const struct detect_rule *r,
    const struct detect_row *row)
{
	bool fresh = t->newest_ns == INT64_MIN;
	struct detect_count c;

	if (row->time_ns > t->newest_ns)
		t->newest_ns = row->time_ns;
	if (r->kind == DETECT_SLIDING)
		detect_count_sliding(d, t, r, row, &c);
	else if (r->kind == DETECT_UNIQUE)
		detect_count_unique(d, t, r, row, &c);
	else if (r->kind == DETECT_BINS)
		detect_count_bin(d, t, r, row, &c);
	else
		detect_count_regular(d, t, r, row, &c);
	if (d->on_count != NULL)
		detect_on_count(d, t, fresh, row->time_ns, c.value);
	else if (c.value > r->limit && (!r->oneway ||
	    !detect_talk_agreed(d, row)))
		detect_match(d, t, row->time_ns, row->proto, &c);
	else if (t->incident != 0)
		detect_incident_count(d, t, row->time_ns, &c);
}

/*
 * Counts a row in a state of a rule.  Most are single packets, in windows that
 * are far from their limit: their time is kept, and nothing is counted.  Of the
 * set home, that saves 4 % of the instructions.
 */
static inline void
count_rule(struct detect *d, struct state *t, const struct detect_row *row)
{
	const struct detect_rule *r = &d->rule[t->rule];

	if (r->kind == DETECT_SLIDING && row->packets == 1 &&
	    t->incident == 0 && d->on_count == NULL &&
	    detect_times_add(t, row->time_ns, r->limit))
		t->newest_ns = row->time_ns;
	else
		count_exactly(d, t, r, row);
}

static struct state *
find_state(struct detect *d, size_t rule, const struct detect_row *row,
    uint64_t hash)
{
	struct state *t = states_insert(&d->states, rule, hash);

	if (t->newest_ns == INT64_MIN)
		detect_key(d, rule, row, states_key(&d->states, t));
	return t;
}

/* The same for a look-up, which may have found it already. */
static inline struct state *
find_looked(struct detect *d, const struct detect_lookup *look)
{
	struct state *t = look->state;

	/* Another row of the batch may have evicted it. */
	if (t == NULL || !states_is(t, look->rule, look->hash))
		return find_state(d, look->rule, look->row, look->hash);
	t->referenced = true;
	return t;
}

void
detect_count_rules(struct detect *d, const struct detect_row *row,
    ruleset rules)
{
	struct ruleset_walk w;
	size_t rule;

	for (w = ruleset_walk(rules); ruleset_next(&w, &rule);)
		count_rule(d, find_state(d, rule, row,
		    detect_tracked(d, d->rule[rule].track, row)), row);
}

void
detect_uncount_rules(struct detect *d, const struct detect_row *row,
    ruleset rules)
{
	struct ruleset_walk w;
	struct state *t;
	size_t rule;

	for (w = ruleset_walk(rules); ruleset_next(&w, &rule);) {
		t = states_find(&d->states, rule,
		    detect_tracked(d, d->rule[rule].track, row));
		if (t != NULL)
			detect_uncount(t, &d->rule[rule]);
	}
}

static void
count_rules(struct detect *d, const struct detect_pending *p)
{
	const struct detect_lookup *look;
	struct ruleset_walk w;
	size_t rule;

	if ((p->talk & (TALK_REPLY | TALK_HEARD)) == TALK_REPLY)
		detect_talk_agree(d, &p->row);
	if (d->waits > 0 || ruleset_any(p->rules & d->waiting))
		detect_answer_put(d, p);
	for (w = ruleset_walk(p->rules & d->shares); ruleset_next(&w, &rule);)
		detect_share_add(d, rule, &p->row);
	for (look = p->look; look < p->looked; look++)
		count_rule(d, find_looked(d, look), &p->row);
}

/* The share= rule whose bin ended first, or -1 if none has ended. */
static int
find_closing(const struct detect *d)
{
	struct ruleset_walk w;
	int found = -1;
	size_t i;

	for (w = ruleset_walk(d->shares); ruleset_next(&w, &i);)
		if (d->share[i].open && d->share[i].end_ns <= d->now_ns &&
		    (found == -1 ||
		    d->share[i].end_ns < d->share[found].end_ns))
			found = (int)i;
	return found;
}

/*
 * Closes bins, counts SYNs that waited, and ends incidents that are over, in
 * time order.
 */
static void
advance(struct detect *d)
{
	int64_t due = detect_answer_due(d);
	struct ruleset_walk w;
	size_t rule;
	int r;

	while ((r = find_closing(d)) != -1 || due < d->now_ns) {
		if (r != -1 && d->share[r].end_ns <= due) {
			detect_expire(d, d->share[r].end_ns);
			detect_share_close(d, (size_t)r, d->share[r].end_ns);
		} else {
			detect_expire(d, due);
			detect_answer_expire(d, due);
		}
		due = detect_answer_due(d);
	}
	detect_expire(d, d->now_ns);
	d->wake_ns = d->dues > 0 && d->due[0].ns < due ? d->due[0].ns : due;
	for (w = ruleset_walk(d->shares); ruleset_next(&w, &rule);)
		if (d->share[rule].open && d->share[rule].end_ns < d->wake_ns)
			d->wake_ns = d->share[rule].end_ns;
}

void
detect_count_row(struct detect *d, const struct detect_pending *p)
{
	const struct detect_row *row = &p->row;

	if (row->time_ns > d->now_ns) {
		d->now_ns = row->time_ns;
		if (d->now_ns >= d->wake_ns)
			advance(d);
		d->states.settled_ns = detect_settled(d);
	} else if (timestamp_distance(d->now_ns, row->time_ns) >
	    (uint64_t)d->lateness_ns) {
		d->late++;
		return;
	}
	if ((row->packets | row->bytes) != 0)
		count_rules(d, p);
}

void
detect_close(struct detect *d)
{
	size_t i;

	while (detect_answer_due(d) != INT64_MAX)
		detect_answer_expire(d, d->now_ns);
	for (i = 0; i < d->rules->count; i++)
		if (d->share[i].open)
			detect_share_close(d, i, d->now_ns);
	detect_end_all(d);
}
