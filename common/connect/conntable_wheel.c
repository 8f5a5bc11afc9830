/*
 * conntable_wheel - connections leave a table as they end
 *
 * A lazy timing wheel: a connection is looked at on the place where it would
 * have ended or, as a FIN can bring its end forward, after
 * CONNECTION_LINGER_NS at the latest, and then put on a later place if it has
 * not ended.
 *
 * SPDX-License-Identifier: ISC
 */

#include "base/xalloc.h"
#include "connect/conntable_private.h"

#define PLACE_NS	(CONNECTION_LINGER_NS / 16)

/* A jump of the clock ends connections that end this far behind it. */
#define FUTURE_NS	(3600 * NS_PER_S)

/*
 * The connections of a place are in no order in memory, so that this many ahead
 * are fetched.  With numbers in an array instead of a list, whose next entry is
 * known only when the one before is there, flowbw takes four fifths of the time
 * at a million connections.
 */
#define AHEAD		8

static void
add_to(struct conntable_place *p, uint32_t i)
{
	p->entry = xgrow(p->entry, p->used, &p->cap, sizeof(i));
	p->entry[p->used++] = i;
}

static void
empty_wheel(struct conntable *t)
{
	size_t i;

	for (i = 0; i < CONNTABLE_WHEEL; i++)
		t->wheel[i].used = 0;
}

void
conntable_wait(struct conntable *t, uint32_t i)
{
	const struct connection *c = conntable_entry(t, i);
	int64_t end, ns, at;

	if (t->holds || c->key.kind & CONNKEY_UNTIMED)
		return;
	end = timestamp_after(c->end_ns, connection_patience(c, &t->limits));
	ns = timestamp_after(t->now_ns, CONNECTION_LINGER_NS);
	at = timestamp_floor(end < ns ? end : ns, PLACE_NS) + 1;
	if (at <= t->at)
		at = t->at + 1;
	add_to(&t->wheel[at & (CONNTABLE_WHEEL - 1)], i);
}

void
conntable_hold(struct conntable *t)
{
	t->holds = true;
	empty_wheel(t);
}

/* Fetches what conntable_leave and conntable_remove will need of an entry. */
static void
fetch(const struct conntable *t, uint32_t i)
{
	const struct connection *c = conntable_entry(t, i);

	conntable_prefetch_slot(t, c->hash);
	__builtin_prefetch((const char *)c + 64);
}

/* The n connections of leaving leave. */
static void
leave_all(struct conntable *t, size_t n)
{
	const struct connection *c;
	size_t i;

	if (n == 0)
		return;
	t->leaving = conntable_sort(t, t->leaving, n);
	t->leaving_cap = n;
	for (i = 0; i < n; i++) {
		if (i + AHEAD < n)
			fetch(t, t->leaving[i + AHEAD].entry);
		c = conntable_entry(t, t->leaving[i].entry);
		conntable_leave(t, c);
		conntable_remove(t, c);
	}
}

static void
add_leaving(struct conntable *t, size_t n, uint32_t i)
{
	t->leaving = xgrow(t->leaving, n, &t->leaving_cap,
	    sizeof(*t->leaving));
	t->leaving[n] = (struct conntable_ranked){
	    conntable_entry(t, i)->start_ns, i };
}

static bool
has_ended(const struct conntable *t, const struct connection *c)
{
	return c->end_ns < t->now_ns && timestamp_distance(t->now_ns,
	    c->end_ns) > (uint64_t)connection_patience(c, &t->limits);
}

/*
 * Looks at the connections of a place: they leave or wait on, maybe on the same
 * place, which is emptied first.
 */
static size_t
turn_place(struct conntable *t, int64_t at, size_t n)
{
	struct conntable_place *place = &t->wheel[at & (CONNTABLE_WHEEL - 1)];
	struct conntable_place looked = *place;
	uint32_t entry;
	size_t i;

	*place = t->turned;
	for (i = 0; i < looked.used; i++) {
		entry = looked.entry[i];
		if (i + AHEAD < looked.used)
			__builtin_prefetch(conntable_entry(t,
			    looked.entry[i + AHEAD]));
		if (has_ended(t, conntable_entry(t, entry)))
			add_leaving(t, n++, entry);
		else
			conntable_wait(t, entry);
	}
	looked.used = 0;
	t->turned = looked;
	return n;
}

/* Sets the wheel to a time. */
static int64_t
turn_to(struct conntable *t, int64_t now_ns)
{
	t->at = timestamp_floor(now_ns, PLACE_NS);
	t->turn_ns = t->at >= INT64_MAX / PLACE_NS ? INT64_MAX :
	    (t->at + 1) * PLACE_NS;
	return t->at;
}

void
conntable_advance(struct conntable *t, int64_t now_ns)
{
	int64_t at, from, to;
	size_t n = 0;

	t->now_ns = now_ns;
	if (now_ns < t->turn_ns)
		return;
	from = t->at;
	to = turn_to(t, now_ns);
	if (timestamp_distance(to, from) > CONNTABLE_WHEEL)
		from = to - CONNTABLE_WHEEL;
	for (at = from + 1; at <= to; at++)
		n = turn_place(t, at, n);
	leave_all(t, n);
}

void
conntable_rebuild_wheel(struct conntable *t)
{
	size_t i;

	empty_wheel(t);
	for (i = 0; i < t->made; i++)
		if (conntable_entry(t, i)->state == CONNTABLE_USED)
			conntable_wait(t, (uint32_t)i);
}

void
conntable_jump(struct conntable *t, int64_t now_ns)
{
	size_t i, n = 0;

	t->now_ns = now_ns;
	turn_to(t, now_ns);
	for (i = 0; i < t->made; i++) {
		const struct connection *c = conntable_entry(t, i);

		if (c->state != CONNTABLE_USED ||
		    c->key.kind & CONNKEY_UNTIMED)
			continue;
		if (has_ended(t, c) || (c->end_ns > now_ns &&
		    timestamp_distance(c->end_ns, now_ns) >
		    (uint64_t)FUTURE_NS))
			add_leaving(t, n++, (uint32_t)i);
	}
	leave_all(t, n);
	conntable_rebuild_wheel(t);
}
