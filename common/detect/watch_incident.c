/*
 * watch_incident - the beginning, the course and the end of incidents
 *
 * The heap of those that may end is lazy: a match only notes its time, and an
 * entry whose incident had a later match goes back into the heap.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "detect/watch_private.h"

static const struct rule *
rule_of(const struct watch *w, const struct state *t)
{
	return &w->rules->rule[t->key.rule];
}

static bool
is_sooner(const struct watch_due *a, const struct watch_due *b)
{
	return a->ns != b->ns ? a->ns < b->ns : a->sequence < b->sequence;
}

/* Lets the entry at i sink to where it belongs. */
static void
sink(struct watch *w, size_t i)
{
	struct watch_due moved = w->due[i];
	size_t child;

	for (; (child = 2 * i + 1) < w->dues; i = child) {
		if (child + 1 < w->dues &&
		    is_sooner(&w->due[child + 1], &w->due[child]))
			child++;
		if (!is_sooner(&w->due[child], &moved))
			break;
		w->due[i] = w->due[child];
	}
	w->due[i] = moved;
}

/* Throws out void entries, of which evictions leave one each. */
static void
tidy(struct watch *w)
{
	size_t i, n = 0;

	for (i = 0; i < w->dues; i++)
		if (w->incident[w->due[i].incident - 1].sequence ==
		    w->due[i].sequence)
			w->due[n++] = w->due[i];
	w->dues = n;
	for (i = n / 2; i-- > 0;)
		sink(w, i);
}

static void
push(struct watch *w, struct watch_due d)
{
	size_t i;

	if (w->dues > 2 * (size_t)w->incidents_open + 64)
		tidy(w);
	if (w->dues == w->dues_cap) {
		w->dues_cap = 2 * w->dues_cap + 64;
		w->due = xreallocarray(w->due, w->dues_cap, sizeof(*w->due));
	}
	for (i = w->dues++; i > 0 && is_sooner(&d, &w->due[(i - 1) / 2]);
	    i = (i - 1) / 2)
		w->due[i] = w->due[(i - 1) / 2];
	w->due[i] = d;
	if (d.ns < w->wake_ns)
		w->wake_ns = d.ns;
}

static void
pop(struct watch *w)
{
	w->due[0] = w->due[--w->dues];
	if (w->dues > 0)
		sink(w, 0);
}

static void
tell(struct watch *w, const struct watch_incident *i, int64_t ns,
    enum watch_phase phase, uint64_t value)
{
	const struct rule *r = rule_of(w, i->state);
	struct watch_alert a = { .time_ns = ns, .phase = phase, .rule = r,
	    .src = i->state->key.src, .dst = i->state->key.dst,
	    .proto = { "", 0 }, .value = value };

	if (r->track == RULES_BY_PROTO || !r->any_proto)
		a.proto = names_text(&w->names, i->proto);
	w->tell(w->arg, &a);
}

static void
end(struct watch *w, uint32_t number, int64_t ns)
{
	struct watch_incident *i = &w->incident[number - 1];
	uint8_t rule = i->state->key.rule;

	if (i->told) {
		w->ended++;
		tell(w, i, ns, WATCH_END, i->peak);
	}
	i->state->incident = 0;
	i->sequence = 0;
	i->next_free = w->incident_free;
	w->incident_free = number;
	w->incidents_open--;
	if (--w->open_of[rule] == 0)
		w->open &= ~(UINT64_C(1) << rule);
}

static int64_t
due_ns(const struct watch *w, const struct watch_incident *i)
{
	return watch_after(i->last_ns, rule_of(w, i->state)->window_ns);
}

/* Whether the heap's first is really due; if not, it was put right. */
static bool
settle_first(struct watch *w)
{
	struct watch_due *d = &w->due[0];
	const struct watch_incident *i = &w->incident[d->incident - 1];

	if (i->sequence != d->sequence) {
		pop(w);
		return false;
	}
	if (due_ns(w, i) == d->ns)
		return true;
	d->ns = due_ns(w, i);
	sink(w, 0);
	return false;
}

void
watch_expire(struct watch *w, int64_t ns)
{
	struct watch_due first;

	while (w->dues > 0 && w->due[0].ns < ns) {
		if (!settle_first(w))
			continue;
		first = w->due[0];
		pop(w);
		end(w, first.incident, first.ns);
	}
}

void
watch_end_all(struct watch *w)
{
	struct watch_due first;

	while (w->dues > 0) {
		if (!settle_first(w))
			continue;
		first = w->due[0];
		pop(w);
		end(w, first.incident, w->now_ns);
	}
}

void
watch_on_evict(void *arg, struct state *t)
{
	struct watch *w = arg;

	w->short_ended++;
	end(w, t->incident, w->now_ns);
}

/* A free incident; the one that would end the soonest if all are open. */
static uint32_t
allocate(struct watch *w)
{
	uint32_t number = w->incident_free;

	while (number == 0 && w->incidents == WATCH_INCIDENTS) {
		if (!settle_first(w))
			continue;
		number = w->due[0].incident;
		pop(w);
		w->short_ended++;
		end(w, number, w->now_ns);
	}
	if (number != 0) {
		w->incident_free = w->incident[number - 1].next_free;
		return number;
	}
	if (w->incidents == w->incidents_cap) {
		w->incidents_cap = 2 * w->incidents_cap + 64;
		w->incident = xreallocarray(w->incident, w->incidents_cap,
		    sizeof(*w->incident));
	}
	return (uint32_t)++w->incidents;
}

static void
open_incident(struct watch *w, struct state *t, int64_t ns, size_t proto,
    const struct watch_count *c)
{
	uint32_t number = allocate(w);
	struct watch_incident *i = &w->incident[number - 1];

	*i = (struct watch_incident){ .state = t, .sequence = ++w->sequence,
	    .proto = (uint16_t)proto, .last_ns = ns, .tile_ns = c->first_ns,
	    .tile = c->value, .recent = c->value, .peak = c->value };
	t->incident = number;
	w->incidents_open++;
	w->open_of[t->key.rule]++;
	w->open |= UINT64_C(1) << t->key.rule;
	push(w, (struct watch_due){ due_ns(w, i), i->sequence, number });
}

/* The most in one window: of bins the bin's sum, else of windows in a row. */
static void
measure(struct watch_incident *i, const struct rule *r, int64_t ns,
    const struct watch_count *c)
{
	uint64_t window = (uint64_t)r->window_ns, ahead;

	if (r->bytes || r->share > 0)
		i->tile = c->value;
	else {
		ahead = ns < i->tile_ns ? 0 :
		    timestamp_distance(ns, i->tile_ns);
		if (ahead > 0 && ahead >= window) {
			ahead /= window;
			i->tile_ns += (int64_t)ahead * r->window_ns;
			i->tile = 0;
		}
		i->tile += c->added;
	}
	if (i->tile > i->recent)
		i->recent = i->tile;
	if (i->tile > i->peak)
		i->peak = i->tile;
}

void
watch_incident_count(struct watch *w, struct state *t, int64_t ns,
    const struct watch_count *c)
{
	measure(&w->incident[t->incident - 1], rule_of(w, t), ns, c);
}

void
watch_match(struct watch *w, struct state *t, int64_t ns, size_t proto,
    const struct watch_count *c)
{
	const struct rule *r = rule_of(w, t);
	struct watch_incident *i;
	bool fresh = t->incident == 0, cool;

	if (fresh)
		open_incident(w, t, ns, proto, c);
	i = &w->incident[t->incident - 1];
	if (ns > i->last_ns)
		i->last_ns = ns;
	if (!fresh)
		measure(i, r, ns, c);
	cool = t->told_ns == INT64_MIN || (ns >= t->told_ns &&
	    timestamp_distance(ns, t->told_ns) >= (uint64_t)r->cooldown_ns);
	if (!cool) {
		w->silent += fresh;
		return;
	}
	/* Without a cooldown every match would be an update. */
	if (i->told && r->cooldown_ns == 0)
		return;
	tell(w, i, ns, i->told ? WATCH_UPDATE : WATCH_START,
	    i->told ? i->recent : c->value);
	w->started += !i->told;
	i->told = true;
	i->recent = 0;
	t->told_ns = ns;
}
