/*
 * turns - the replies to a connection's first rows that are of one length
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "detect/carry.h"
#include "detect/turns.h"

void
turns_init(struct turns *t)
{
	t->place = xcalloc(TURNS_PLACES, sizeof(*t->place));
}

void
turns_release(struct turns *t)
{
	free(t->place);
}

void
turns_clear(struct turns *t)
{
	if (t->place != NULL)
		memset(t->place, 0, TURNS_PLACES * sizeof(*t->place));
}

/* A reply; one that is in the rows twice is one. */
static void
reply(struct turn *p, uint16_t len)
{
	bool same = p->len == len;

	p->alike = same && (!p->reply || p->alike);
	p->len = same || !p->reply ? len : 0;
	p->reply = true;
}

bool
turns_see(struct turns *t, uint64_t hash, bool first, bool is_reply,
    uint64_t len)
{
	struct turn *p = &t->place[hash >> (64 - TURNS_BITS)];
	bool refused;

	if (!turns_has(t, hash))
		*p = (struct turn){ .tag = (uint32_t)hash,
		    .rows = first ? 0 : TURNS_ROWS };
	if (p->rows >= TURNS_ROWS)
		return false;
	p->rows++;
	if (is_reply) {
		reply(p, len < UINT16_MAX ? (uint16_t)len : UINT16_MAX);
		return false;
	}
	refused = p->reply && p->alike;
	p->reply = false;
	return refused;
}

static void
write_turns(struct carry *c, const struct turns *t)
{
	uint32_t i, n = 0, places = t->place == NULL ? 0 : TURNS_PLACES;

	for (i = 0; i < places; i++)
		n += t->place[i].rows > 0;
	CARRY(c, n);
	for (i = 0; i < places; i++)
		if (t->place[i].rows > 0) {
			CARRY(c, i);
			CARRY(c, t->place[i]);
		}
}

void
turns_carry(struct carry *c, struct turns *t)
{
	uint32_t n = 0, i, at = 0;
	struct turn p = { .rows = 0 };

	if (c->to != NULL) {
		write_turns(c, t);
		return;
	}
	CARRY(c, n);
	for (i = 0; i < n && !c->bad; i++) {
		CARRY(c, at);
		CARRY(c, p);
		if (carry_check(c, at < TURNS_PLACES) && t->place != NULL)
			t->place[at] = p;
	}
}
