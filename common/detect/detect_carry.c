/*
 * detect_carry - what the parts of detect keep in a file
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/hash.h"
#include "base/xalloc.h"
#include "detect/detect_carry.h"

static void
carry_address(struct carry *c, struct detect_addr *a)
{
	static const uint8_t zeros[16];

	CARRY(c, a->ip);
	carry_check(c, a->ip.family == 6 || (a->ip.family == 4 &&
	    memcmp(a->ip.byte + 4, zeros, 12) == 0) || (a->ip.family == 0 &&
	    memcmp(a->ip.byte, zeros, 16) == 0));
	if (c->to == NULL)
		a->hash = a->ip.family == 0 ? 0 :
		    hash_bytes(&a->ip, sizeof(a->ip));
}

void
detect_carry_row(struct carry *c, struct detect *d, struct detect_row *row)
{
	uint32_t present = row->present, proto = row->proto;

	CARRY(c, row->time_ns);
	CARRY(c, row->packets);
	CARRY(c, row->bytes);
	carry_address(c, &row->src);
	carry_address(c, &row->dst);
	CARRY(c, proto);
	CARRY(c, present);
	CARRY(c, row->number);
	carry_rules(c, &row->refused);
	if (!carry_check(c, present < 1 << RULES_COLUMNS &&
	    (proto < d->names.used || proto == DETECT_PROTOS)))
		return;
	row->present = present;
	row->proto = proto;
}

void
detect_carry_clock(struct carry *c, struct detect *d)
{
	struct stream_clock *k = &d->clock;
	uint32_t agreeing = k->agreeing, i;
	uint8_t started = k->started;

	CARRY(c, started);
	CARRY(c, k->now_ns);
	CARRY(c, k->other_ns);
	CARRY(c, agreeing);
	CARRY(c, d->now_ns);
	CARRY(c, d->sequence);
	if (!carry_check(c, agreeing < CLOCK_AGREE))
		return;
	k->started = started != 0;
	d->holding = k->agreeing = agreeing;
	for (i = 0; i < agreeing; i++) {
		detect_carry_row(c, d, &d->held[i].row);
		carry_rules(c, &d->held[i].rules);
	}
}

void
detect_carry_names(struct carry *c, struct detect *d)
{
	uint32_t n = (uint32_t)d->names.used, i;
	struct keytable_entry *e;
	struct slice name = { "", 0 };

	CARRY(c, n);
	carry_check(c, n <= DETECT_PROTOS);
	for (i = 0; i < n && !c->bad; i++) {
		if (c->to != NULL) {
			e = keytable_entry(&d->names, i);
			name = (struct slice){ keytable_key(e), e->len };
		}
		name = carry_text(c, name);
		if (c->to == NULL)
			carry_check(c, detect_proto(d, name) == i);
	}
	if (n == DETECT_PROTOS && c->to == NULL)
		d->protocol[DETECT_PROTOS].known = PROTO_NONE;
}

/* The bin of one rule; one that is gone has a place that is dropped. */
static void
carry_share(struct carry *c, struct detect *d, struct detect_share *s)
{
	size_t i;

	CARRY(c, s->start_ns);
	CARRY(c, s->total);
	if (s->part == NULL)
		s->part = xcalloc(DETECT_PROTOS + 1, sizeof(*s->part));
	for (i = 0; i < d->names.used; i++) {
		CARRY(c, s->part[i]);
		carry_check(c, s->part[i] <= s->total);
	}
	s->open = true;
}

void
detect_carry_shares(struct carry *c, struct detect *d)
{
	size_t i, n = c->to != NULL ? d->rules->count : c->rules;
	struct detect_share dropped = { .open = false }, *s;
	uint8_t open;
	int rule;

	for (i = 0; i < n && !c->bad; i++) {
		rule = c->to != NULL ? (int)i : c->rule[i];
		s = rule == -1 ? &dropped : &d->share[rule];
		open = s->open;
		CARRY(c, open);
		if (!open)
			continue;
		if (!carry_check(c, rule == -1 ||
		    d->rules->rule[rule].share > 0))
			break;
		carry_share(c, d, s);
		if (rule != -1)
			s->end_ns = timestamp_after(s->start_ns,
			    d->rules->rule[rule].window_ns);
	}
	free(dropped.part);
}
