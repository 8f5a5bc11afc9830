/*
 * detect_carry_states - the windows of rules, and their open incidents
 *
 * SPDX-License-Identifier: ISC
 */
#include "detect/detect_carry.h"

/* What a state has. */
enum { SHARE, BINS, VALUES, TIMES };

/* A state that is being carried. */
struct carried {
	struct state_key key;
	uint8_t		 number;	/* of the rule */
	uint8_t		 kind;
	uint8_t		 open;		/* it has an incident */
	uint8_t		 referenced;
	uint32_t	 used;
	int64_t		 newest_ns, reported_ns;
	const struct rule *rule;	/* NULL: it is gone */
};

static uint8_t
kind_of(const struct rule *r)
{
	if (r->share > 0)
		return SHARE;
	if (r->bins)
		return BINS;
	return r->unique != RULES_ALL ? VALUES : TIMES;
}

/* The most that a rule keeps in a state. */
static uint64_t
most_of(const struct rule *r)
{
	uint8_t kind = kind_of(r);

	return kind == SHARE ? 0 : kind == BINS ? 1 : r->limit + 1;
}

static bool
is_key(const struct detect *d, const struct state_key *key,
    const struct rule *r)
{
	return ((key->src.family | key->dst.family) & ~6) == 0 &&
	    (r->track != RULES_BY_PROTO ||
	    (key->extra > 0 && key->extra <= d->names.used));
}

/* Carries all of a state but its windows. */
static void
carry_head(struct carry *c, struct detect *d, struct carried *s)
{
	uint8_t rule = s->number;

	CARRY(c, rule);
	CARRY(c, s->key.src);
	CARRY(c, s->key.dst);
	CARRY(c, s->key.extra);
	CARRY(c, s->kind);
	CARRY(c, s->open);
	CARRY(c, s->referenced);
	CARRY(c, s->used);
	CARRY(c, s->newest_ns);
	CARRY(c, s->reported_ns);
	s->rule = NULL;
	if (c->to != NULL || !carry_check(c, rule < c->rules &&
	    s->kind <= TIMES && s->newest_ns != INT64_MIN) ||
	    c->rule[rule] == -1)
		return;
	s->number = (uint8_t)c->rule[rule];
	s->rule = &d->rules->rule[s->number];
	carry_check(c, s->kind == kind_of(s->rule) &&
	    s->used <= most_of(s->rule) && is_key(d, &s->key, s->rule));
}

static void
carry_incident(struct carry *c, struct detect_incident *i)
{
	uint8_t reported = i->reported;

	CARRY(c, i->sequence);
	CARRY(c, i->proto);
	CARRY(c, reported);
	CARRY(c, i->last_ns);
	CARRY(c, i->span_ns);
	CARRY(c, i->span);
	CARRY(c, i->recent);
	CARRY(c, i->peak);
	i->reported = reported != 0;
}

static void
write_items(struct carry *c, struct state *t, uint8_t kind)
{
	struct detect_run run;
	uint32_t i, at = 0;

	if (kind == BINS)
		CARRY(c, t->data.bin);
	if (t->item == DETECT_LOG_ITEM)
		detect_values_compact(t);
	for (i = 0; kind == VALUES && i < t->used; i++)
		CARRY(c, detect_seen(t)[i]);
	while (kind == TIMES && at < t->data.items) {
		at = detect_times_run(t, at, &run);
		for (i = 0; i < run.packets; i++)
			CARRY(c, run.ns);
	}
}

static void
write_state(struct carry *c, struct detect *d, struct state *t)
{
	uint8_t kind = kind_of(&d->rules->rule[t->rule]);
	struct detect_incident i;
	struct carried s;

	if (kind == TIMES)
		detect_times_drop_past(t, &d->rule[t->rule]);
	s = (struct carried){ .key = *states_key(&d->states, t),
	    .number = t->rule, .used = t->used, .kind = kind,
	    .open = t->incident != 0, .referenced = t->referenced,
	    .newest_ns = t->newest_ns, .reported_ns = t->reported_ns };
	carry_head(c, d, &s);
	write_items(c, t, s.kind);
	if (t->incident == 0)
		return;
	i = d->incident[t->incident - 1];
	carry_incident(c, &i);
}

/* Whether the values of a state are a log, see detect_values.c. */
static bool
has_many(const struct detect *d, const struct state *t)
{
	return d->rules->rule[t->rule].limit >= DETECT_VALUES_MANY;
}

/* Makes room in a state for values that are no log; false: there is none. */
static bool
make_room(struct detect *d, struct state *t, uint32_t used, uint8_t kind)
{
	unsigned item = sizeof(struct state_seen), room = 0;
	void *block;

	while ((uint32_t)1 << room < used)
		room++;
	if (kind != VALUES || room == 0 || has_many(d, t))
		return true;
	block = states_block(&d->states, t, room, item);
	if (block == NULL)
		return false;
	states_swap(&d->states, t, block, room, item);
	return true;
}

/* Reads the windows of a state; t NULL: and drops them. */
static void
read_items(struct carry *c, struct detect *d, struct state *t,
    const struct carried *s)
{
	int64_t ns, before = INT64_MIN;
	struct state_seen seen;
	struct state bin;
	uint32_t i;

	if (s->kind == BINS)
		CARRY(c, (t == NULL ? &bin : t)->data.bin);
	for (i = 0; s->kind == VALUES && i < s->used && !c->bad; i++) {
		CARRY(c, seen);
		if (t != NULL && has_many(d, t))
			carry_check(c, detect_values_see(d, t, seen));
		else if (t != NULL)
			detect_seen(t)[i] = seen;
	}
	for (i = 0; s->kind == TIMES && i < s->used && !c->bad; i++) {
		CARRY(c, ns);
		carry_check(c, ns >= before);
		before = ns;
		if (t != NULL)
			detect_times_put(d, t, ns, 1);
	}
	if (t != NULL && s->kind != TIMES &&
	    (s->kind != VALUES || !has_many(d, t)))
		t->used = s->used;
}

/* Opens the incident of a state anew, or drops it. */
static void
read_incident(struct carry *c, struct detect *d, struct state *t)
{
	struct detect_incident i = { .state = t };
	const struct rule *r;

	carry_incident(c, &i);
	if (t == NULL || c->bad)
		return;
	r = &d->rules->rule[t->rule];
	if (carry_check(c, i.sequence > 0 && i.sequence <= d->sequence &&
	    d->incidents_open < DETECT_INCIDENTS &&
	    (i.proto < d->names.used || (r->any_proto &&
	    r->track != RULES_BY_PROTO && i.proto <= DETECT_PROTOS))))
		detect_incident_restore(d, &i);
}

/* Reads a state; false: its rule is gone. */
static bool
read_state(struct carry *c, struct detect *d)
{
	struct carried s;
	struct state *t = NULL;
	bool room = true;

	memset(&s, 0, sizeof(s));
	carry_head(c, d, &s);
	if (c->bad)
		return false;
	if (s.rule != NULL) {
		t = states_insert(&d->states, s.number,
		    detect_key_tracked(s.rule->track, &s.key));
		/* A key is there once. */
		if (!carry_check(c, t->newest_ns == INT64_MIN))
			return false;
		*states_key(&d->states, t) = s.key;
		t->newest_ns = s.newest_ns;
		t->reported_ns = s.reported_ns;
		t->referenced = s.referenced != 0;
		room = make_room(d, t, s.used, s.kind);
		d->truncated += !room;
	}
	read_items(c, d, room ? t : NULL, &s);
	if (s.open && !c->bad)
		read_incident(c, d, t);
	return t != NULL;
}

uint64_t
detect_carry_states(struct carry *c, struct detect *d)
{
	struct states *all = &d->states;
	uint64_t n = 0, i, lost = 0;

	all->settled_ns = detect_settled(d);
	for (i = 0; i < all->used; i++)
		n += !states_is_dead(all, &all->entry[i]);
	CARRY(c, n);
	for (i = 0; c->to != NULL && i < all->used; i++)
		if (!states_is_dead(all, &all->entry[i]))
			write_state(c, d, &all->entry[i]);
	if (c->to == NULL && n > all->max) {
		c->full = true;
		carry_check(c, false);
	}
	for (i = 0; c->to == NULL && i < n && !c->bad; i++)
		lost += !read_state(c, d);
	return lost;
}
