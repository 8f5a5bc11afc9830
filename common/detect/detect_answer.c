/*
 * detect_answer - rows that wait for an answer, or to be completed
 *
 * A ring of rows in the order in which they came, which all wait equally long,
 * so that the first is due first.  Those whose hashes share a slot are a list,
 * the oldest first.  An answer is for the oldest row of its connection: of the
 * same addresses and ports, or, without the source port, of the same addresses.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "detect/detect_private.h"

#define SLOT_BITS	14
#define NONE		UINT32_MAX

/* Odd constants with random bits: of e and of the square root of 2. */
#define MIX_A		0xb7e151628aed2a6bu
#define MIX_B		0x6a09e667f3bcc909u

struct detect_waiting {
	struct detect_row row;
	uint64_t	 rules;		/* that count it; 0: was answered */
	uint64_t	 key;		/* a hash of the connection */
	int64_t		 due_ns;
	uint32_t	 next;		/* of the slot's list, or NONE */
};

struct detect_answers {
	struct detect_waiting *ring;
	uint32_t	 head;
	uint32_t	 first[1 << SLOT_BITS];
	uint32_t	 last[1 << SLOT_BITS];
};

void
detect_answer_init(struct detect *d)
{
	size_t i;

	d->answers = xcalloc(1, sizeof(*d->answers));
	d->answers->ring = xcalloc(DETECT_WAITING,
	    sizeof(*d->answers->ring));
	for (i = 0; i < 1 << SLOT_BITS; i++)
		d->answers->first[i] = d->answers->last[i] = NONE;
}

void
detect_answer_release(struct detect *d)
{
	if (d->answers != NULL)
		free(d->answers->ring);
	free(d->answers);
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
	return (size_t)(key >> (64 - SLOT_BITS));
}

/* Takes a row, of which before is the predecessor in its list, from there. */
static void
take(struct detect_answers *a, uint32_t at, uint32_t before)
{
	struct detect_waiting *w = &a->ring[at];
	size_t slot = slot_of(w->key);

	if (before == NONE)
		a->first[slot] = w->next;
	else
		a->ring[before].next = w->next;
	if (a->last[slot] == at)
		a->last[slot] = before;
}

/* Counts a row that got no answer. */
static void
count(struct detect *d, struct detect_waiting *w, int64_t ns)
{
	uint64_t rules = w->rules;

	w->rules = 0;
	w->row.time_ns = ns;
	detect_count_rules(d, &w->row, rules);
}

/* Removes answered rows at the head, so that it is one that waits. */
static void
drop_answered(struct detect *d)
{
	struct detect_answers *a = d->answers;

	while (d->waits > 0 && a->ring[a->head].rules == 0) {
		a->head = (a->head + 1) % DETECT_WAITING;
		d->waits--;
	}
}

int64_t
detect_answer_due(const struct detect *d)
{
	return d->waits == 0 ? INT64_MAX :
	    d->answers->ring[d->answers->head].due_ns;
}

void
detect_answer_expire(struct detect *d, int64_t ns)
{
	struct detect_answers *a = d->answers;
	uint32_t at = a->head;

	take(a, at, NONE);
	count(d, &a->ring[at], ns);
	drop_answered(d);
}

/* Lets a row wait. */
static void
wait_for(struct detect *d, const struct detect_row *row, uint64_t rules)
{
	struct detect_answers *a = d->answers;
	struct detect_waiting *w;
	uint32_t at;
	size_t slot;

	if (d->waits == DETECT_WAITING) {
		d->impatient++;
		detect_answer_expire(d, d->now_ns);
	}
	at = (a->head + d->waits++) % DETECT_WAITING;
	w = &a->ring[at];
	w->row = *row;
	w->rules = rules;
	w->key = hash_connection(d, row, false);
	w->due_ns = detect_after(d->now_ns, DETECT_WAIT_NS);
	w->next = NONE;
	slot = slot_of(w->key);
	if (a->first[slot] == NONE)
		a->first[slot] = at;
	else
		a->ring[a->last[slot]].next = at;
	a->last[slot] = at;
	if (w->due_ns < d->wake_ns)
		d->wake_ns = w->due_ns;
}

/*
 * Some of the rules of the oldest row that waits for one like this have what
 * they waited for.  refused: then all of its rules count it.
 */
static void
satisfy(struct detect *d, const struct detect_row *row, bool is_answer,
    uint64_t rules, bool refused)
{
	struct detect_answers *a = d->answers;
	uint64_t key = hash_connection(d, row, is_answer);
	uint32_t at = a->first[slot_of(key)], before = NONE;

	for (; at != NONE && (a->ring[at].key != key ||
	    (a->ring[at].rules & rules) == 0); at = a->ring[at].next)
		before = at;
	if (at == NONE)
		return;
	if (!refused && (a->ring[at].rules &= ~rules) != 0)
		return;
	take(a, at, before);
	if (refused)
		count(d, &a->ring[at], d->now_ns);
	a->ring[at].rules = 0;
	drop_answered(d);
}

void
detect_answer_put(struct detect *d, const struct detect_pending *p)
{
	const struct detect_row *row = &p->row;
	uint64_t rules = p->rules & d->waiting;
	bool tcp = row->present >> RULES_COLUMN_FLAGS & 1;
	unsigned flags = row->number[RULES_COLUMN_FLAGS] & RULES_NO_ECN;

	/* Of TCP, only a SYN waits; of others, a conversation's first row. */
	if (tcp ? flags == RULES_SYN : (p->talk & TALK_NEW) != 0) {
		if (rules != 0)
			wait_for(d, row, rules);
		return;
	}
	if (d->waits == 0)
		return;
	if (!tcp) {
		if ((p->talk & (TALK_REPLY | TALK_HEARD)) == TALK_REPLY)
			satisfy(d, row, true, d->waiting, false);
	} else if (flags == (RULES_SYN | RULES_ACK))
		satisfy(d, row, true, d->waiting & ~d->incomplete, false);
	else if (flags == (RULES_RST | RULES_ACK))
		satisfy(d, row, true, d->waiting, true);
	else if (d->incomplete != 0 && flags & RULES_ACK &&
	    (flags & (RULES_SYN | RULES_RST)) == 0)
		satisfy(d, row, false, d->incomplete, false);
}
