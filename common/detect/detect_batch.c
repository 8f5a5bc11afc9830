/*
 * detect_batch - which rules count a row, and batches of prefetched rows
 *
 * Rows are gathered in a batch, and what they touch is prefetched before the
 * first of them is counted: conversations, then states, see detect_ahead.c.
 *
 * SPDX-License-Identifier: ISC
 */
#include "detect/detect_private.h"

#define ALL_NUMBERS	((1U << RULES_COLUMNS) - (1U << RULES_NUMBERS))

/* The rules that count rows of a protocol; share= counts all rows. */
static ruleset
rules_of(const struct detect *d, size_t number, enum protocol p)
{
	ruleset mask = RULESET_NONE;
	size_t i;

	for (i = 0; i < d->rules->count; i++) {
		const struct rule *r = &d->rules->rule[i];

		if (r->of[0] != '\0')
			continue;
		if (r->share > 0 || ((r->any_proto || r->proto[p]) &&
		    (r->track != RULES_BY_PROTO || number < DETECT_PROTOS)))
			mask |= ruleset_of(i);
	}
	return mask;
}

uint32_t
detect_new_proto(struct detect *d, struct slice name)
{
	size_t number = keytable_number(&d->names, name.at, name.len);
	enum protocol p = number == DETECT_PROTOS ? PROTO_NONE :
	    protocol_find(name.at, name.len);

	d->protocol[number].known = p;
	d->protocol[number].rules = rules_of(d, number, p);
	d->protocol[number].turns = ruleset_any(
	    d->protocol[number].rules & d->refused);
	return (uint32_t)number;
}

/* The rules that count a row. */
static ruleset
rules_for(const struct detect *d, const struct detect_row *row)
{
	const struct addrset_bits *src, *dst;
	ruleset rules = d->protocol[row->proto].rules & d->active &
	    d->with[row->present] & ~row->refused;
	size_t i;

	for (i = 0; i < d->conditions; i++) {
		const struct rules_condition *c = &d->condition[i];

		rules &= c->allowing[rules_class(c, row->number[c->column])];
	}
	if (!ruleset_any(rules & d->netted))
		return rules;
	src = detect_nets_find(d, RULES_SRC, &row->src);
	dst = detect_nets_find(d, RULES_DST, &row->dst);
	return rules & ~(src->off | dst->off | src->out | dst->out) &
	    (~d->group_rules | src->on | dst->on) &
	    (~d->within[0] | src->in) & (~d->within[1] | dst->in);
}

void
detect_put(struct detect *d, const struct detect_row *row)
{
	struct detect_pending *p = &d->queue[d->queued++];

	if (row != &p->row)
		p->row = *row;
	p->talk = 0;
	if (ruleset_any(d->talking))
		detect_talk_fetch(d, p);
	if (d->queued == DETECT_BATCH)
		detect_flush(d);
}

/*
 * Puts a row to the clock; one that is far from it is held.  True: the clock
 * jumps, as the rows that are held agree.
 */
static bool
see_time(struct detect *d, struct detect_pending *p)
{
	if (stream_clock_see(&d->clock, p->row.time_ns) == CLOCK_JUMPED)
		return true;
	/* The row is near, or the first that is far. */
	if (d->clock.agreeing <= 1) {
		d->stray += d->holding;
		d->holding = 0;
	}
	p->held = d->clock.agreeing > 0;
	if (p->held)
		d->held[d->holding++] = *p;
	return false;
}

/*
 * Finds out what a row is in its conversation, and prefetches its states.
 * Returns the end of its look-ups.
 */
static struct detect_lookup *
fetch_slots(struct detect *d, struct detect_pending *p,
    struct detect_lookup *look)
{
	if (ruleset_any(d->talking)) {
		p->talk = detect_talk(d, p);
		p->rules &= d->talk_rules[p->talk];
	}
	p->look = look;
	p->looked = look = detect_ahead_add(d, &p->row,
	    p->rules & d->counting, look);
	return look;
}

/*
 * The clock has jumped.  A jump forward is a silence; after a jump back all
 * states and conversations are from the future, and are forgotten.  Then the
 * rows that were held, as they agreed on the new time, are counted.
 */
static void
jump(struct detect *d)
{
	size_t i, n = d->holding;
	struct detect_lookup *end;

	if (d->clock.now_ns < d->now_ns) {
		detect_close(d);
		states_clear(&d->states);
		talks_clear(&d->talks);
		turns_clear(&d->turns);
		d->now_ns = INT64_MIN;
		d->wake_ns = INT64_MAX;
	}
	d->holding = 0;
	for (i = 0; i < n; i++) {
		if (ruleset_any(d->talking))
			detect_talk_fetch(d, &d->held[i]);
		end = fetch_slots(d, &d->held[i], d->look);
		detect_ahead_fetch(d, d->look, end);
		detect_count_row(d, &d->held[i]);
	}
}

/*
 * Counts the n rows of the batch from one on, up to the one at which the clock
 * jumps, if it does; returns the next.
 */
static size_t
count_some(struct detect *d, size_t from, size_t n)
{
	struct detect_lookup *look = d->look;
	struct detect_pending *p;
	bool jumped = false;
	size_t i, end;

	for (end = from; end < n; end++) {
		p = &d->queue[end];
		p->rules = rules_for(d, &p->row);
		if ((jumped = see_time(d, p)))
			break;
		if (!p->held)
			look = fetch_slots(d, p, look);
	}
	detect_ahead_fetch(d, d->look, look);
	for (i = from; i < end; i++) {
		if (!d->queue[i].held)
			detect_count_row(d, &d->queue[i]);
		if (d->on_row != NULL)
			d->on_row(d->arg, &d->queue[i].row);
	}
	if (jumped)
		jump(d);
	return end;
}

void
detect_flush(struct detect *d)
{
	size_t i, n = d->queued;

	d->queued = 0;
	for (i = 0; i < n;)
		i = count_some(d, i, n);
}

void
detect_finish(struct detect *d)
{
	detect_flush(d);
	d->stray += d->holding;
	d->holding = 0;
	detect_close(d);
}

/* Those of some rules with the same track= whose incident of a row is open. */
static ruleset
find_tracked(const struct detect *d, ruleset rules, uint64_t tracked)
{
	ruleset found = RULESET_NONE;
	const struct state *t;
	struct ruleset_walk w;
	size_t r;

	for (w = ruleset_walk(rules); ruleset_next(&w, &r);) {
		t = states_find(&d->states, r, tracked);
		if (t != NULL && t->incident != 0)
			found |= ruleset_of(r);
	}
	return found;
}

/* Those of some rules whose open incident is about the row's addresses. */
static ruleset
find_open(struct detect *d, const struct detect_row *row, ruleset rules)
{
	ruleset found = RULESET_NONE, here;
	uint64_t tracked;
	unsigned track;

	for (track = 0; track < RULES_BY_PROTO; track++) {
		here = rules & d->tracking[track];
		if (!ruleset_any(here))
			continue;
		tracked = detect_tracked(d, (enum rules_track)track, row);
		if (d->open_at[tracked % DETECT_OPEN_AT] > 0)
			found |= find_tracked(d, here, tracked);
	}
	return found;
}

/* The row in the other direction. */
static struct detect_row
reversed(const struct detect_row *row)
{
	const unsigned src = 1U << RULES_COLUMN_SRC;
	const unsigned dst = 1U << RULES_COLUMN_DST;
	struct detect_row r = *row;

	r.src = row->dst;
	r.dst = row->src;
	r.number[RULES_COLUMN_SPORT] = row->number[RULES_COLUMN_DPORT];
	r.number[RULES_COLUMN_DPORT] = row->number[RULES_COLUMN_SPORT];
	r.present &= ~(src | dst);
	r.present |= (row->present & src ? dst : 0) |
	    (row->present & dst ? src : 0);
	return r;
}

ruleset
detect_tags(struct detect *d, const struct detect_row *row, ruleset *victim)
{
	struct detect_row back;
	ruleset open = d->open, tags;

	*victim = RULESET_NONE;
	if (!ruleset_any(open))
		return RULESET_NONE;
	/* A row is tagged by its addresses alone. */
	tags = find_open(d, row, open & d->with[row->present | ALL_NUMBERS]);
	/* Who only uses a victim's services is no suspect. */
	if (ruleset_any(tags & d->about_dst))
		tags &= rules_for(d, row) | ~d->about_dst;
	back = reversed(row);
	*victim = find_open(d, &back, open &
	    d->with[back.present | ALL_NUMBERS]);
	return tags;
}
