/*
 * detect_share - one protocol's share of all traffic
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/wide.h"
#include "base/xalloc.h"
#include "detect/detect_private.h"
#include "tally/timebins.h"

static uint64_t
add(uint64_t a, uint64_t b)
{
	return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

/* Opens the bin of a time; false: it has ended already. */
static __attribute__((noinline)) bool
open_bin(struct detect *d, struct detect_share *s, const struct rule *r,
    int64_t ns)
{
	size_t i;

	s->start_ns = timebin_start(timebin_of(ns, r->window_ns),
	    r->window_ns);
	s->end_ns = timestamp_after(s->start_ns, r->window_ns);
	if (s->end_ns <= d->now_ns)
		return false;
	if (s->part == NULL)
		s->part = xcalloc(DETECT_PROTOS + 1, sizeof(*s->part));
	for (i = 0; i < d->names.used; i++)
		s->part[i] = 0;
	s->total = 0;
	s->open = true;
	if (s->end_ns < d->wake_ns)
		d->wake_ns = s->end_ns;
	return true;
}

void
detect_share_add(struct detect *d, size_t rule, const struct detect_row *row)
{
	struct detect_share *s = &d->share[rule];
	uint64_t n = d->rule[rule].bytes ? row->bytes : row->packets;

	if (!s->open && !open_bin(d, s, &d->rules->rule[rule], row->time_ns))
		return;
	/* The bin of a late row may be closed already. */
	if (row->time_ns < s->start_ns)
		return;
	s->total = add(s->total, n);
	s->part[row->proto] = add(s->part[row->proto], n);
}

static void
check_share(struct detect *d, size_t rule, int64_t ns, size_t proto,
    uint64_t part)
{
	const struct rule *r = &d->rules->rule[rule];
	const struct detect_share *s = &d->share[rule];
	struct state_key key = { .extra = 0 };
	struct detect_count c = { .first_ns = s->start_ns };
	struct state *t;
	bool fresh;

	if (part <= r->limit || (d->on_count == NULL &&
	    wide_compare(wide_product(part, 100),
	    wide_product(s->total, r->share)) <= 0))
		return;
	c.value = wide_scale(part, 10000, s->total);
	if (r->track == RULES_BY_PROTO)
		key.extra = (uint16_t)(proto + 1);
	t = states_insert(&d->states, rule,
	    detect_key_tracked(r->track, &key));
	fresh = t->newest_ns == INT64_MIN;
	*states_key(&d->states, t) = key;
	if (ns > t->newest_ns)
		t->newest_ns = ns;
	if (d->on_count != NULL)
		detect_on_count(d, t, fresh, s->start_ns, c.value);
	else
		detect_match(d, t, ns, proto, &c);
}

void
detect_share_close(struct detect *d, size_t rule, int64_t ns)
{
	const struct rule *r = &d->rules->rule[rule];
	struct detect_share *s = &d->share[rule];
	size_t i, most = 0;
	uint64_t sum = 0;

	s->open = false;
	for (i = 0; i < d->names.used; i++) {
		enum protocol p = d->protocol[i].known;

		if (s->part[i] == 0 || !(r->any_proto || r->proto[p]))
			continue;
		if (r->track == RULES_BY_PROTO)
			check_share(d, rule, ns, i, s->part[i]);
		sum = add(sum, s->part[i]);
		if (s->part[i] > s->part[most] || !(r->any_proto ||
		    r->proto[d->protocol[most].known]))
			most = i;
	}
	if (r->track == RULES_BY_RULE)
		check_share(d, rule, ns, most, sum);
}
