/*
 * watch - rules put to rows: counts, incidents and the alerts about them
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "detect/watch_private.h"

/* Turns groups and allowed networks into switches of rules. */
static void
add_nets(struct watch *w)
{
	const struct rules *set = w->rules;
	size_t i, r;

	for (i = 0; i < set->nets; i++) {
		const struct rules_net *net = &set->net[i];
		struct addrset_bits side[2] = { { 0, 0 }, { 0, 0 } };
		int s;

		if (net->src)
			side[0].off = net->rules;
		if (net->dst)
			side[1].off = net->rules;
		for (r = 0; r < set->count; r++) {
			const struct rule *rule = &set->rule[r];

			if (net->group == -1 || rule->group != net->group)
				continue;
			s = rule->track == RULES_BY_DST;
			side[s].off |= UINT64_C(1) << rule->base;
			side[s].on |= UINT64_C(1) << r;
		}
		for (s = 0; s < 2; s++)
			if ((side[s].off | side[s].on) != 0)
				addrset_add(&w->nets[s], &net->addr,
				    net->prefix, side[s]);
	}
	addrset_build(&w->nets[0]);
	addrset_build(&w->nets[1]);
}

/* Which rules can do with which columns; only proto may be empty. */
static void
add_needs(struct watch *w)
{
	size_t present, i;
	uint64_t need;

	memset(w->with, 0xff, sizeof(w->with));
	for (i = 0; i < RULES_COLUMNS; i++) {
		if (i == RULES_COLUMN_PROTO)
			continue;
		need = rules_needing(w->rules, (enum rules_column)i);
		for (present = 0; present < 1 << RULES_COLUMNS; present++)
			if ((present >> i & 1) == 0)
				w->with[present] &= ~need;
	}
}

void
watch_init(struct watch *w, const struct rules *rules, size_t max_keys,
    void (*tell)(void *, const struct watch_alert *), void *arg)
{
	size_t i;

	memset(w, 0, sizeof(*w));
	w->rules = rules;
	w->tell = tell;
	w->arg = arg;
	w->active = UINT64_MAX;
	w->now_ns = INT64_MIN;
	w->wake_ns = INT64_MAX;
	for (i = 0; i < rules->count; i++) {
		const struct rule *r = &rules->rule[i];

		w->keep_ns[i] = r->window_ns > r->cooldown_ns ?
		    r->window_ns : r->cooldown_ns;
		if (r->group >= 0)
			w->versions |= UINT64_C(1) << i;
		if (r->share > 0)
			w->shares |= UINT64_C(1) << i;
		if (r->track == RULES_BY_RULE)
			w->wholes |= UINT64_C(1) << i;
	}
	add_needs(w);
	w->conditions = rules_conditions(rules, &w->condition);
	stream_clock_init(&w->clock);
	names_init(&w->names, WATCH_PROTOS);
	w->protocol = xcalloc(WATCH_PROTOS + 1, sizeof(*w->protocol));
	addrset_init(&w->nets[0]);
	addrset_init(&w->nets[1]);
	add_nets(w);
	states_init(&w->states, max_keys, WATCH_BLOCKS, w->keep_ns);
	w->states.on_evict = watch_on_evict;
	w->states.arg = w;
}

void
watch_release(struct watch *w)
{
	size_t i;

	for (i = 0; i < RULES_MAX; i++)
		free(w->share[i].part);
	states_release(&w->states);
	addrset_release(&w->nets[0]);
	addrset_release(&w->nets[1]);
	names_release(&w->names);
	free(w->protocol);
	for (i = 0; i < w->conditions; i++)
		free(w->condition[i].allowing);
	free(w->condition);
	free(w->incident);
	free(w->due);
}

/* The rules that count rows of a protocol; those with share= count all. */
static uint64_t
rules_of(const struct watch *w, size_t number, enum protocol p)
{
	uint64_t mask = 0;
	size_t i;

	for (i = 0; i < w->rules->count; i++) {
		const struct rule *r = &w->rules->rule[i];

		if (r->share > 0 || ((r->any_proto || r->proto[p]) &&
		    (r->track != RULES_BY_PROTO || number < WATCH_PROTOS)))
			mask |= UINT64_C(1) << i;
	}
	return mask;
}

size_t
watch_proto(struct watch *w, struct slice name)
{
	size_t known = w->names.count;
	size_t number = names_get(&w->names, name.at, name.len);

	if (number == known || number == WATCH_PROTOS) {
		enum protocol p = number == WATCH_PROTOS ? PROTO_NONE :
		    protocol_find(name.at, name.len);

		w->protocol[number].known = p;
		w->protocol[number].rules = rules_of(w, number, p);
	}
	return number;
}

/* Puts one rule to a row, in the state that it keeps for it. */
static void
put_rule(struct watch *w, struct state *t, const struct watch_row *row)
{
	const struct rule *r = &w->rules->rule[t->key.rule];
	struct watch_count c;

	if (row->time_ns > t->newest_ns)
		t->newest_ns = row->time_ns;
	if (r->bytes)
		watch_count_bin(w, t, r, row, &c);
	else if (r->unique != RULES_ALL)
		watch_count_unique(w, t, r, row, &c);
	else
		watch_count_sliding(w, t, r, row, &c);
	if (w->measure != NULL)
		w->measure(w->arg, t, row->time_ns, c.value);
	else if (c.value > r->limit)
		watch_match(w, t, row->time_ns, row->proto, &c);
	else if (t->incident != 0)
		watch_incident_count(w, t, row->time_ns, &c);
}

static struct state *
find_state(struct watch *w, size_t rule, const struct watch_row *row,
    uint32_t hash)
{
	struct state_key key;

	watch_key(w, rule, row, &key);
	return states_insert(&w->states, &key, hash);
}

/* Such a state is at hand, unless its place went to another meanwhile. */
static struct state *
find_whole(struct watch *w, size_t rule, const struct watch_row *row)
{
	struct state *t = w->whole[rule];

	if (t == NULL || t->key.rule != rule)
		w->whole[rule] = t = find_state(w, rule, row,
		    watch_row_hash(w, rule, row));
	t->referenced = true;
	return t;
}

static void
put_rules(struct watch *w, const struct watch_pending *p)
{
	const struct watch_row *row = &p->row;
	uint64_t mask;
	unsigned i = 0;

	for (mask = p->rules & w->shares; mask != 0; mask &= mask - 1)
		watch_share_add(w, (size_t)__builtin_ctzll(mask), row);
	for (mask = p->rules & ~w->shares; mask != 0; mask &= mask - 1) {
		size_t rule = (size_t)__builtin_ctzll(mask);

		if (w->wholes >> rule & 1)
			put_rule(w, find_whole(w, rule, row), row);
		else if (i < p->hashes)
			put_rule(w, find_state(w, rule, row, p->hash[i++]),
			    row);
		else
			put_rule(w, find_state(w, rule, row,
			    watch_row_hash(w, rule, row)), row);
	}
}

/* The rule with share= whose bin is over the soonest, by now; or -1. */
static int
find_closing(const struct watch *w)
{
	int found = -1;
	size_t i;

	for (i = 0; i < w->rules->count; i++)
		if (w->share[i].open && w->share[i].end_ns <= w->now_ns &&
		    (found == -1 ||
		    w->share[i].end_ns < w->share[found].end_ns))
			found = (int)i;
	return found;
}

/* Closes the bins and ends the incidents that are over, in order of time. */
static void
advance(struct watch *w)
{
	size_t i;
	int r;

	while ((r = find_closing(w)) != -1) {
		watch_expire(w, w->share[r].end_ns);
		watch_share_close(w, (size_t)r, w->share[r].end_ns);
	}
	watch_expire(w, w->now_ns);
	w->wake_ns = w->dues > 0 ? w->due[0].ns : INT64_MAX;
	for (i = 0; i < w->rules->count; i++)
		if (w->share[i].open && w->share[i].end_ns < w->wake_ns)
			w->wake_ns = w->share[i].end_ns;
}

/* Takes a row whose time agrees with those before. */
static void
take(struct watch *w, const struct watch_pending *p)
{
	const struct watch_row *row = &p->row;

	if (row->time_ns > w->now_ns) {
		w->now_ns = w->states.now_ns = row->time_ns;
		if (w->now_ns >= w->wake_ns)
			advance(w);
	} else if (timestamp_distance(w->now_ns, row->time_ns) >
	    (uint64_t)CLOCK_LATENESS_NS) {
		w->late++;
		return;
	}
	if ((row->packets | row->bytes) != 0)
		put_rules(w, p);
}

void
watch_close(struct watch *w)
{
	size_t i;

	for (i = 0; i < w->rules->count; i++)
		if (w->share[i].open)
			watch_share_close(w, i, w->now_ns);
	watch_end_all(w);
}

/*
 * The clock has jumped.  Forth is a silence; after one back all that is known
 * lies ahead, and is forgotten.  The rows that agreed on it were held.
 */
static void
jump(struct watch *w)
{
	size_t i, n = w->holding;

	if (w->clock.now_ns < w->now_ns) {
		watch_close(w);
		states_clear(&w->states);
		memset(w->whole, 0, sizeof(w->whole));
		w->now_ns = INT64_MIN;
		w->wake_ns = INT64_MAX;
	}
	w->holding = 0;
	for (i = 0; i < n; i++)
		take(w, &w->held[i]);
}

void
watch_judge(struct watch *w, const struct watch_pending *p)
{
	enum clock_move move = stream_clock_see(&w->clock, p->row.time_ns);

	if (move == CLOCK_JUMPED)
		jump(w);
	else if (w->clock.agreeing > 0) {
		/* Far from the clock: the first of some, or one of them. */
		if (w->clock.agreeing == 1) {
			w->stray += w->holding;
			w->holding = 0;
		}
		w->held[w->holding++] = *p;
		return;
	} else if (w->holding > 0) {
		w->stray += w->holding;
		w->holding = 0;
	}
	take(w, p);
}
