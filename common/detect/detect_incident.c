/*
 * detect_incident - the start, updates and end of incidents
 *
 * The incidents by the time they end are a binary heap with lazy deletion and
 * lazy update: a match only notes its time, and an entry that comes up first
 * is dropped if its incident is over, and sinks if it had a later match.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/xalloc.h"
#include "detect/detect_private.h"

static const struct rule *
rule_of(const struct detect *d, const struct state *t)
{
	return &d->rules->rule[t->rule];
}

static bool
is_sooner(const struct detect_due *a, const struct detect_due *b)
{
	return a->ns != b->ns ? a->ns < b->ns : a->sequence < b->sequence;
}

/* Restores the heap below entry i. */
static void
sink(struct detect *d, size_t i)
{
	struct detect_due moved = d->due[i];
	size_t child;

	for (; (child = 2 * i + 1) < d->dues; i = child) {
		if (child + 1 < d->dues &&
		    is_sooner(&d->due[child + 1], &d->due[child]))
			child++;
		if (!is_sooner(&d->due[child], &moved))
			break;
		d->due[i] = d->due[child];
	}
	d->due[i] = moved;
}

/* Drops stale entries, of which each eviction leaves one. */
static void
drop_stale(struct detect *d)
{
	size_t i, n = 0;

	for (i = 0; i < d->dues; i++)
		if (d->incident[d->due[i].incident - 1].sequence ==
		    d->due[i].sequence)
			d->due[n++] = d->due[i];
	d->dues = n;
	for (i = n / 2; i-- > 0;)
		sink(d, i);
}

static void
push(struct detect *d, struct detect_due due)
{
	size_t i;

	if (d->dues > 2 * (size_t)d->incidents_open + 64)
		drop_stale(d);
	d->due = xgrow(d->due, d->dues, &d->dues_cap, sizeof(due));
	for (i = d->dues++; i > 0 && is_sooner(&due, &d->due[(i - 1) / 2]);
	    i = (i - 1) / 2)
		d->due[i] = d->due[(i - 1) / 2];
	d->due[i] = due;
	if (due.ns < d->wake_ns)
		d->wake_ns = due.ns;
}

static void
pop(struct detect *d)
{
	d->due[0] = d->due[--d->dues];
	if (d->dues > 0)
		sink(d, 0);
}

static void
report(struct detect *d, const struct detect_incident *i, int64_t ns,
    enum detect_phase phase, uint64_t value)
{
	const struct rule *r = rule_of(d, i->state);
	const struct state_key *key = states_key(&d->states, i->state);
	struct detect_alert a = { .time_ns = ns, .phase = phase, .rule = r,
	    .src = key->src, .dst = key->dst, .port = key->extra,
	    .proto = { "", 0 }, .value = value };

	if (r->track == RULES_BY_PROTO ||
	    (!r->any_proto && r->unique != RULES_UNIQUE_PROTO)) {
		const struct keytable_entry *e;

		e = keytable_entry(&d->names, i->proto);
		a.proto = (struct slice){ keytable_key(e), e->len };
	}
	d->on_alert(d->arg, &a);
}

/* The number of open incidents about what has a hash like a state's. */
static uint32_t *
open_at(struct detect *d, const struct state *t)
{
	return &d->open_at[t->hash % DETECT_OPEN_AT];
}

static void
end_incident(struct detect *d, uint32_t number, int64_t ns)
{
	struct detect_incident *i = &d->incident[number - 1];
	uint8_t rule = i->state->rule;

	if (i->reported) {
		detect_part_remove(d, number);
		d->ended++;
		report(d, i, ns, DETECT_END, i->peak);
	}
	i->state->incident = 0;
	i->sequence = 0;
	i->next_free = d->incident_free;
	d->incident_free = number;
	d->incidents_open--;
	(*open_at(d, i->state))--;
	if (--d->open_of[rule] == 0)
		d->open &= ~ruleset_of(rule);
}

static int64_t
due_ns(const struct detect *d, const struct detect_incident *i)
{
	return timestamp_after(i->last_ns, d->rule[i->state->rule].window_ns);
}

/* Whether the heap's first is due; if it is stale, removes or updates it. */
static bool
update_first(struct detect *d)
{
	struct detect_due *due = &d->due[0];
	const struct detect_incident *i = &d->incident[due->incident - 1];

	if (i->sequence != due->sequence) {
		pop(d);
		return false;
	}
	if (due_ns(d, i) == due->ns)
		return true;
	due->ns = due_ns(d, i);
	sink(d, 0);
	return false;
}

void
detect_expire(struct detect *d, int64_t ns)
{
	struct detect_due first;

	while (d->dues > 0 && d->due[0].ns < ns) {
		if (!update_first(d))
			continue;
		first = d->due[0];
		pop(d);
		end_incident(d, first.incident, first.ns);
	}
}

void
detect_end_all(struct detect *d)
{
	struct detect_due first;

	while (d->dues > 0) {
		if (!update_first(d))
			continue;
		first = d->due[0];
		pop(d);
		end_incident(d, first.incident, d->now_ns);
	}
}

void
detect_on_evict(void *arg, struct state *t)
{
	struct detect *d = arg;

	d->ended_early++;
	end_incident(d, t->incident, d->now_ns);
}

/* A free incident; if all are open, ends the one that is due first. */
static uint32_t
allocate(struct detect *d)
{
	uint32_t number = d->incident_free;

	while (number == 0 && d->incidents == DETECT_INCIDENTS) {
		if (!update_first(d))
			continue;
		number = d->due[0].incident;
		pop(d);
		d->ended_early++;
		end_incident(d, number, d->now_ns);
	}
	if (number != 0) {
		d->incident_free = d->incident[number - 1].next_free;
		return number;
	}
	d->incident = xgrow(d->incident, d->incidents, &d->incidents_cap,
	    sizeof(*d->incident));
	return (uint32_t)++d->incidents;
}

/* Opens an incident of its state; its sequence is set. */
static uint32_t
add_incident(struct detect *d, const struct detect_incident *i)
{
	uint32_t number = allocate(d);
	struct state *t = i->state;

	d->incident[number - 1] = *i;
	t->incident = number;
	d->incidents_open++;
	d->open_of[t->rule]++;
	(*open_at(d, t))++;
	d->open |= ruleset_of(t->rule);
	push(d, (struct detect_due){ due_ns(d, i), i->sequence, number });
	return number;
}

static void
open_incident(struct detect *d, struct state *t, int64_t ns, size_t proto,
    const struct detect_count *c)
{
	struct detect_incident i = { .state = t, .sequence = ++d->sequence,
	    .proto = (uint16_t)proto, .last_ns = ns, .span_ns = c->first_ns,
	    .span = c->value, .recent = c->value, .peak = c->value };

	add_incident(d, &i);
}

/*
 * Also counts it by the rules that follow, which may need the room of its
 * state.  Returns whether it is still open.
 */
static __attribute__((noinline)) bool
open_and_follow(struct detect *d, struct state *t, int64_t ns, size_t proto,
    const struct detect_count *c)
{
	uint64_t sequence;

	open_incident(d, t, ns, proto, c);
	if (!ruleset_has(d->followed, t->rule))
		return true;
	sequence = d->sequence;
	t->referenced = true;
	detect_follow(d, t, ns, proto);
	return t->incident != 0 &&
	    d->incident[t->incident - 1].sequence == sequence;
}

void
detect_incident_restore(struct detect *d, const struct detect_incident *i)
{
	uint32_t number = add_incident(d, i);

	if (i->reported)
		detect_part_add(d, number);
}

/* Adds a count to the span: the bin's sum, else windows end to end. */
static void
add_to_span(struct detect_incident *i, const struct detect_rule *r, int64_t ns,
    const struct detect_count *c)
{
	uint64_t window = (uint64_t)r->window_ns, ahead;

	if (r->sums)
		i->span = c->value;
	else {
		ahead = ns < i->span_ns ? 0 :
		    timestamp_distance(ns, i->span_ns);
		if (ahead > 0 && ahead >= window) {
			ahead /= window;
			i->span_ns += (int64_t)ahead * r->window_ns;
			i->span = 0;
		}
		i->span += c->added;
	}
	if (i->span > i->recent)
		i->recent = i->span;
	if (i->span > i->peak)
		i->peak = i->span;
}

void
detect_incident_count(struct detect *d, struct state *t, int64_t ns,
    const struct detect_count *c)
{
	add_to_span(&d->incident[t->incident - 1], &d->rule[t->rule], ns, c);
}

/* Reports a match as a start or an update. */
static __attribute__((noinline)) void
report_match(struct detect *d, struct state *t, struct detect_incident *i,
    int64_t ns, const struct detect_count *c)
{
	report(d, i, ns, i->reported ? DETECT_UPDATE : DETECT_START,
	    i->reported ? i->recent : c->value);
	if (!i->reported) {
		d->started++;
		i->reported = true;
		detect_part_add(d, t->incident);
	}
	i->recent = 0;
	t->reported_ns = ns;
}

/* Whether the last report of a state is less than the cooldown ago. */
static inline bool
is_cooling(const struct state *t, const struct detect_rule *r, int64_t ns)
{
	return t->reported_ns != INT64_MIN && (ns < t->reported_ns ||
	    timestamp_distance(ns, t->reported_ns) < (uint64_t)r->cooldown_ns);
}

void
detect_match(struct detect *d, struct state *t, int64_t ns, size_t proto,
    const struct detect_count *c)
{
	const struct detect_rule *r = &d->rule[t->rule];
	struct detect_incident *i;
	bool fresh = t->incident == 0;

	if (fresh && !open_and_follow(d, t, ns, proto, c))
		return;
	i = &d->incident[t->incident - 1];
	if (ns > i->last_ns)
		i->last_ns = ns;
	if (!fresh)
		add_to_span(i, r, ns, c);
	/* Without a cooldown, every match would be an update. */
	if (i->reported && r->cooldown_ns == 0)
		return;
	if (!i->reported && ruleset_any(d->joined[t->rule]) &&
	    detect_part_match(d, t, ns))
		return;
	if (is_cooling(t, r, ns))
		d->suppressed += fresh;
	else
		report_match(d, t, i, ns, c);
}
