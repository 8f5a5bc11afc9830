/*
 * watch_share - one protocol's share of all traffic
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/xalloc.h"
#include "detect/watch_private.h"

static uint64_t
add(uint64_t a, uint64_t b)
{
	return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

static void
open_bin(struct watch *w, struct watch_share *s, const struct rule *r,
    int64_t ns)
{
	size_t i;

	if (s->part == NULL)
		s->part = xcalloc(WATCH_PROTOS + 1, sizeof(*s->part));
	for (i = 0; i < w->names.count; i++)
		s->part[i] = 0;
	s->total = 0;
	s->start_ns = timebin_start(timebin_of(ns, r->window_ns),
	    r->window_ns);
	s->end_ns = watch_after(s->start_ns, r->window_ns);
	s->open = true;
	if (s->end_ns < w->wake_ns)
		w->wake_ns = s->end_ns;
}

void
watch_share_add(struct watch *w, size_t rule, const struct watch_row *row)
{
	const struct rule *r = &w->rules->rule[rule];
	struct watch_share *s = &w->share[rule];
	uint64_t n = r->bytes ? row->bytes : row->packets;

	if (!s->open)
		open_bin(w, s, r, row->time_ns);
	/* A late row's bin may be closed. */
	if (row->time_ns < s->start_ns)
		return;
	s->total = add(s->total, n);
	s->part[row->proto] = add(s->part[row->proto], n);
}

static void
judge(struct watch *w, size_t rule, int64_t ns, size_t proto, uint64_t part)
{
	const struct rule *r = &w->rules->rule[rule];
	const struct watch_share *s = &w->share[rule];
	struct state_key key = { .rule = (uint8_t)rule };
	struct watch_count c = { .first_ns = s->start_ns };
	struct state *t;

	if (part <= r->limit || (w->measure == NULL &&
	    (unsigned __int128)part * 100 <=
	    (unsigned __int128)s->total * r->share))
		return;
	c.value = (uint64_t)((unsigned __int128)part * 10000 / s->total);
	if (r->track == RULES_BY_PROTO)
		key.proto = (uint16_t)(proto + 1);
	t = states_insert(&w->states, &key, watch_hash(&key));
	if (ns > t->newest_ns)
		t->newest_ns = ns;
	if (w->measure != NULL)
		w->measure(w->arg, t, s->start_ns, c.value);
	else
		watch_match(w, t, ns, proto, &c);
}

void
watch_share_close(struct watch *w, size_t rule, int64_t ns)
{
	const struct rule *r = &w->rules->rule[rule];
	struct watch_share *s = &w->share[rule];
	size_t i, most = 0;
	uint64_t sum = 0;

	s->open = false;
	for (i = 0; i < w->names.count; i++) {
		enum protocol p = w->protocol[i].known;

		if (s->part[i] == 0 || !(r->any_proto || r->proto[p]))
			continue;
		if (r->track == RULES_BY_PROTO)
			judge(w, rule, ns, i, s->part[i]);
		sum = add(sum, s->part[i]);
		if (s->part[i] > s->part[most] || !(r->any_proto ||
		    r->proto[w->protocol[most].known]))
			most = i;
	}
	if (r->track == RULES_BY_RULE)
		judge(w, rule, ns, most, sum);
}
