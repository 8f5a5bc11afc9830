/*
 * detect_answer - rows that wait for an answer, to be completed, or for TLS
 *
 * For each time that rules wait (within=), a ring of rows in the order in which
 * they came, so that the first is due first.  Those whose hashes share a slot
 * are a list, the oldest first.  An answer is for the oldest row of its
 * connection: of the same addresses and ports, or, without the source port, of
 * the same addresses.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "detect/detect_answer.h"

#define NONE		UINT32_MAX	/* no next row of a list */
#define DUE_BATCH	16	/* rows that are prefetched together */

/* Odd constants with random bits: of e and of the square root of 2. */
#define MIX_A		0xb7e151628aed2a6bu
#define MIX_B		0x6a09e667f3bcc909u

struct detect_answers *
detect_answer_ring(const struct detect *d, int64_t wait_ns)
{
	struct detect_answers *a;
	size_t i;

	for (i = 0; (a = d->answers[i]) != NULL && a->wait_ns != wait_ns; i++)
		;
	return a;
}

/* Makes a ring of rows that wait so long. */
static struct detect_answers *
make_ring(int64_t wait_ns)
{
	struct detect_answers *a = xcalloc(1, sizeof(*a));

	a->wait_ns = wait_ns;
	a->ring = xlarge_zeros(DETECT_WAITING * sizeof(*a->ring), &a->memory);
	a->link = xcalloc(DETECT_WAITING, sizeof(*a->link));
	return a;
}

void
detect_answer_init(struct detect *d)
{
	const struct rule *r;
	struct detect_answers *a;
	size_t i, n = 0;

	for (i = 0; i < d->rules->count; i++) {
		r = &d->rules->rule[i];
		if ((r->talk & RULES_WAITING) == 0)
			continue;
		a = detect_answer_ring(d, r->wait_ns);
		/* rules_parse sees to it that there are no more. */
		if (a == NULL && n < RULES_WAITS)
			a = d->answers[n++] = make_ring(r->wait_ns);
		if (a != NULL)
			a->rules |= ruleset_of(i);
	}
}

void
detect_answer_release(struct detect *d)
{
	size_t i;

	for (i = 0; d->answers[i] != NULL; i++) {
		free(d->answers[i]->memory);
		free(d->answers[i]->link);
		free(d->answers[i]);
	}
}

/* The hashes of addresses have a secret seed already: mixing is enough. */
static uint64_t
hash_connection(const struct detect *d, const struct detect_row *row,
    bool is_answer)
{
	const unsigned both = 1U << RULES_COLUMN_SPORT |
	    1U << RULES_COLUMN_DPORT;
	bool tcp = row->present >> RULES_COLUMN_FLAGS & 1;
	uint64_t sport = row->number[RULES_COLUMN_SPORT], h;
	uint64_t dport = row->number[RULES_COLUMN_DPORT];
	uint64_t from = is_answer ? row->dst.hash : row->src.hash;
	uint64_t to = is_answer ? row->src.hash : row->dst.hash;

	if ((row->present & both) == both)
		h = (uint64_t)!tcp << 32 |
		    (is_answer ? dport << 16 | sport : sport << 16 | dport);
	else
		h = tcp ? 0 : (d->protocol[row->proto].known + UINT64_C(1)) <<
		    33;
	h = (h ^ from) * MIX_A;
	h = (h ^ h >> 32 ^ to) * MIX_B;
	return h ^ h >> 32;
}

static size_t
slot_of(uint64_t key)
{
	return (size_t)(key >> (64 - DETECT_SLOT_BITS));
}

/*
 * Whether the slot of a key has a list, whose start is rarely in the
 * processor's cache, where the bits are: 3 % of the time of the set home.
 */
static inline bool
has_some(const struct detect_answers *a, uint64_t key)
{
	size_t slot = slot_of(key);

	return a->some[slot / 64] >> slot % 64 & 1;
}

/* Takes a row, of which before is the predecessor in its list, from there. */
static void
take(struct detect_answers *a, uint32_t at, uint32_t before)
{
	const struct detect_link *l = &a->link[at];
	size_t slot = slot_of(l->key);

	if (before == NONE)
		a->slot[slot].first = l->next;
	else
		a->link[before].next = l->next;
	if (a->slot[slot].last == at)
		a->slot[slot].last = before;
	if (a->slot[slot].first == NONE)
		a->some[slot / 64] &= ~(UINT64_C(1) << slot % 64);
}

/* Counts a row that got no answer. */
static void
count(struct detect *d, struct detect_waiting *w, int64_t ns)
{
	ruleset rules = w->rules;

	w->rules = RULESET_NONE;
	if (ruleset_any(rules & d->unserved) &&
	    detect_talk_agreed(d, &w->row))
		rules &= ~d->unserved;
	w->row.time_ns = ns;
	detect_count_rules(d, &w->row, rules);
}

/* Removes answered rows at the head, so that it is one that waits. */
static void
drop_answered(struct detect *d, struct detect_answers *a)
{
	while (a->waits > 0 && !ruleset_any(a->ring[a->head].rules)) {
		a->head = (a->head + 1) % DETECT_WAITING;
		a->waits--;
		a->fetched -= a->fetched > 0;
		d->waits--;
	}
}

/* The ring whose first row is due first, or NULL: none waits. */
static struct detect_answers *
find_first(const struct detect *d)
{
	struct detect_answers *a, *found = NULL;
	size_t i;

	for (i = 0; (a = d->answers[i]) != NULL; i++)
		if (a->waits > 0 && (found == NULL ||
		    a->ring[a->head].due_ns < found->ring[found->head].due_ns))
			found = a;
	return found;
}

int64_t
detect_answer_due(const struct detect *d)
{
	const struct detect_answers *a = d->waits == 0 ? NULL : find_first(d);

	return a == NULL ? INT64_MAX : a->ring[a->head].due_ns;
}

/*
 * Prefetches the states of the rows that are due next.  Rows without an answer
 * are often of a flood or a scan, and few of their states are in the cache.
 */
static void
fetch_due(struct detect *d, struct detect_answers *a)
{
	uint32_t i, at, n = a->waits < DUE_BATCH ? a->waits : DUE_BATCH;
	const struct detect_waiting *w;
	struct detect_lookup look[DUE_BATCH * RULES_MAX], *end = look;

	for (i = 0; i < n; i++) {
		at = (a->head + i) % DETECT_WAITING;
		__builtin_prefetch(&a->ring[at]);
		__builtin_prefetch((const char *)&a->ring[at] + 64);
		__builtin_prefetch((const char *)(&a->ring[at] + 1) - 1);
	}
	for (i = 0; i < n; i++) {
		at = (a->head + i) % DETECT_WAITING;
		w = &a->ring[at];
		__builtin_prefetch(&a->slot[slot_of(a->link[at].key)]);
		end = detect_ahead_add(d, &w->row, w->rules, end);
	}
	detect_ahead_fetch(d, look, end);
	a->fetched = n;
}

/* Counts the first row of a ring, at ns. */
static void
expire(struct detect *d, struct detect_answers *a, int64_t ns)
{
	uint32_t at = a->head;

	if (a->fetched == 0)
		fetch_due(d, a);
	take(a, at, NONE);
	count(d, &a->ring[at], ns);
	drop_answered(d, a);
}

void
detect_answer_expire(struct detect *d, int64_t ns)
{
	expire(d, find_first(d), ns);
}

void
detect_answer_wait(struct detect *d, struct detect_answers *a,
    const struct detect_row *row, ruleset rules)
{
	struct detect_waiting *w;
	struct detect_link *l;
	uint32_t at;
	size_t slot;

	if (a->waits == DETECT_WAITING) {
		d->impatient++;
		expire(d, a, d->now_ns);
	}
	at = (a->head + a->waits++) % DETECT_WAITING;
	d->waits++;
	w = &a->ring[at];
	w->row = *row;
	w->rules = rules;
	w->due_ns = timestamp_after(d->now_ns, a->wait_ns);
	l = &a->link[at];
	l->key = hash_connection(d, row, false);
	l->next = NONE;
	slot = slot_of(l->key);
	if ((a->some[slot / 64] >> slot % 64 & 1) == 0) {
		a->slot[slot].first = at;
		a->some[slot / 64] |= UINT64_C(1) << slot % 64;
	} else
		a->link[a->slot[slot].last].next = at;
	a->slot[slot].last = at;
	if (w->due_ns < d->wake_ns)
		d->wake_ns = w->due_ns;
	if (ruleset_any(rules & (d->plain | d->data)) &&
	    w->due_ns > d->plain_ns)
		d->plain_ns = w->due_ns;
}

/* Why a row need not wait any longer. */
enum outcome { ANSWERED, REFUSED, REPEATED };

/*
 * Some of the rules of the oldest row of a ring that waits for one with this
 * key have what they waited for.  REFUSED: then all of its rules count it, but
 * those that wait for its completion.  Returns whether there was one.
 */
static bool
satisfy(struct detect *d, struct detect_answers *a, uint64_t key,
    ruleset rules, enum outcome outcome)
{
	bool refused = outcome == REFUSED;
	uint32_t at, before = NONE;
	struct detect_waiting *w;
	ruleset met;

	if (!has_some(a, key))
		return false;
	at = a->slot[slot_of(key)].first;
	for (; at != NONE && (a->link[at].key != key ||
	    !ruleset_any(a->ring[at].rules & rules)); at = a->link[at].next)
		before = at;
	if (at == NONE)
		return false;
	w = &a->ring[at];
	met = w->rules & rules & d->seldom;
	if (outcome == ANSWERED && ruleset_any(met))
		detect_uncount_rules(d, &w->row, met);
	w->rules &= refused ? ~d->incomplete : ~rules;
	if (!refused && ruleset_any(w->rules))
		return true;
	take(a, at, before);
	count(d, w, d->now_ns);
	drop_answered(d, a);
	return true;
}

/* The same in all rings, of the row that one like this answers or completes. */
static void
satisfy_all(struct detect *d, const struct detect_row *row, bool is_answer,
    ruleset rules, enum outcome outcome)
{
	uint64_t key = hash_connection(d, row, is_answer);
	size_t i;

	for (i = 0; d->answers[i] != NULL; i++)
		if (has_some(d->answers[i], key) &&
		    ruleset_any(d->answers[i]->rules & rules))
			satisfy(d, d->answers[i], key, rules, outcome);
}

static void
wait_all(struct detect *d, const struct detect_row *row, ruleset rules)
{
	struct detect_answers *a;
	size_t i;

	for (i = 0; (a = d->answers[i]) != NULL; i++)
		if (ruleset_any(rules & a->rules))
			detect_answer_wait(d, a, row, rules & a->rules);
}

/* The rows of a connection, by a key of it, have what such rules wait for. */
static void
satisfy_each(struct detect *d, uint64_t key, ruleset rules)
{
	size_t i;

	for (i = 0; d->answers[i] != NULL; i++)
		while (ruleset_any(d->answers[i]->rules & rules) &&
		    satisfy(d, d->answers[i], key, rules, ANSWERED))
			;
}

/*
 * Lets a row wait for TLS or for data of the other side, or shows these to the
 * rows that wait for them: TLS to those of both sides.
 */
static void
put_later(struct detect *d, const struct detect_pending *p)
{
	const struct detect_row *row = &p->row;
	ruleset rules = p->rules & (d->plain | d->data);

	if (ruleset_any(rules))
		wait_all(d, row, rules);
	if (d->now_ns > d->plain_ns)
		return;
	if (!ruleset_any(rules & d->plain) &&
	    d->protocol[row->proto].known == PROTO_TLS) {
		satisfy_each(d, hash_connection(d, row, false), d->plain);
		satisfy_each(d, hash_connection(d, row, true), d->plain);
	}
	if (row->number[RULES_COLUMN_FLAGS] & TCP_PSH &&
	    p->talk & TALK_REPLY)
		satisfy_each(d, hash_connection(d, row, true), d->data);
}

/*
 * A SYN that is repeated for the first time: rules with repeated= forget the
 * first one, which waits or was counted.
 */
static void
forget_first(struct detect *d, const struct detect_row *row, ruleset rules)
{
	uint64_t key = hash_connection(d, row, false);
	size_t i;

	for (i = 0; d->answers[i] != NULL; i++)
		if (satisfy(d, d->answers[i], key, rules, REPEATED))
			rules &= ~d->answers[i]->rules;
	detect_uncount_rules(d, row, rules);
}

void
detect_answer_put(struct detect *d, const struct detect_pending *p)
{
	const struct detect_row *row = &p->row;
	ruleset rules = p->rules & d->answered;
	bool tcp = row->present >> RULES_COLUMN_FLAGS & 1;
	int flags = row->number[RULES_COLUMN_FLAGS] & ~TCPFLAGS_CONGESTION;

	put_later(d, p);
	/* A SYN waits, and otherwise a conversation's first row. */
	if (tcp && flags != TCP_SYN)
		rules &= d->midway;
	if (p->talk & TALK_AGAIN) {
		if (p->talk & TALK_FIRST)
			forget_first(d, row, rules & d->once);
		rules &= ~d->once;
	}
	if (tcp && flags == TCP_SYN ? true : (p->talk & TALK_NEW) != 0) {
		if (ruleset_any(rules))
			wait_all(d, row, rules);
		if (!tcp || flags == TCP_SYN || (ruleset_any(rules) &&
		    flags != (TCP_SYN | TCP_ACK)))
			return;
	}
	if (d->waits == 0)
		return;
	if ((p->talk & (TALK_REPLY | TALK_HEARD)) == TALK_REPLY &&
	    (!tcp || (flags & (TCP_SYN | TCP_RST)) == 0))
		satisfy_all(d, row, true, tcp ? d->midway : d->answered,
		    ANSWERED);
	if (!tcp)
		return;
	if (flags == (TCP_SYN | TCP_ACK))
		satisfy_all(d, row, true, d->answered & ~d->incomplete,
		    ANSWERED);
	else if (flags == (TCP_RST | TCP_ACK))
		satisfy_all(d, row, true, d->answered, REFUSED);
	/* Who goes on was answered, even if that was not captured. */
	else if (flags & TCP_ACK && (flags & (TCP_SYN | TCP_RST)) == 0)
		satisfy_all(d, row, false, d->answered, ANSWERED);
}
