/*
 * detect_carry_answers - the rows that wait for an answer
 *
 * SPDX-License-Identifier: ISC
 */
#include "detect/detect_answer.h"
#include "detect/detect_carry.h"

/* Carries a row that waits; one that is read waits if its rules are there. */
static void
carry_waiting(struct carry *c, struct detect *d, struct detect_answers *a,
    struct detect_waiting *w)
{
	int64_t now = d->now_ns;

	detect_carry_row(c, d, &w->row);
	carry_rules(c, &w->rules);
	CARRY(c, w->due_ns);
	if (c->to != NULL || c->bad || a == NULL)
		return;
	w->rules &= a->rules;
	if (!ruleset_any(w->rules))
		return;
	/* Later rows wait as long, so that none is due before it. */
	if (!carry_check(c, w->due_ns >= INT64_MIN + a->wait_ns &&
	    w->due_ns <= timestamp_after(now, a->wait_ns)))
		return;
	d->now_ns = w->due_ns - a->wait_ns;
	detect_answer_wait(d, a, &w->row, w->rules);
	d->now_ns = now;
}

static void
write_ring(struct carry *c, struct detect *d, struct detect_answers *a)
{
	struct detect_waiting *w;
	uint32_t n = 0, i;

	for (i = 0; i < a->waits; i++)
		n += ruleset_any(
		    a->ring[(a->head + i) % DETECT_WAITING].rules);
	CARRY(c, n);
	for (i = 0; i < a->waits; i++) {
		w = &a->ring[(a->head + i) % DETECT_WAITING];
		if (ruleset_any(w->rules))
			carry_waiting(c, d, a, w);
	}
}

/* Reads the rows of a ring; NULL: of one that the rules no longer have. */
static void
read_ring(struct carry *c, struct detect *d, struct detect_answers *a)
{
	struct detect_waiting w;
	int64_t before = INT64_MIN;
	uint32_t n = 0, i;

	CARRY(c, n);
	carry_check(c, n <= DETECT_WAITING);
	for (i = 0; i < n && !c->bad; i++) {
		memset(&w, 0, sizeof(w));
		carry_waiting(c, d, a, &w);
		carry_check(c, w.due_ns >= before);
		before = w.due_ns;
	}
}

static void
write_rings(struct carry *c, struct detect *d)
{
	struct detect_answers *a;
	uint32_t n = 0, i;

	while (d->answers[n] != NULL)
		n++;
	CARRY(c, n);
	for (i = 0; (a = d->answers[i]) != NULL; i++) {
		CARRY(c, a->wait_ns);
		write_ring(c, d, a);
	}
}

void
detect_carry_answers(struct carry *c, struct detect *d)
{
	int64_t wait_ns;
	uint32_t n = 0, i;

	if (c->to != NULL) {
		write_rings(c, d);
		return;
	}
	CARRY(c, n);
	carry_check(c, n <= RULES_WAITS);
	for (i = 0; i < n && !c->bad; i++) {
		CARRY(c, wait_ns);
		read_ring(c, d, detect_answer_ring(d, wait_ns));
	}
}
