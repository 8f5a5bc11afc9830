/*
 * talks - who spoke first in a conversation, and whether the other has spoken
 *
 * An eight-way set-associative cache, a set of which is as long as a line of
 * the processor's.  With four ways, a table that was half full forgot so many
 * conversations that alerts differed from run to run, by the seed.  A place has
 * 32 bits of the hash: of 8 places, one belongs to another conversation by
 * chance once in 5 * 10^8 look-ups.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/timestamp.h"
#include "base/xalloc.h"
#include "detect/detect_carry.h"

#define WAYS		8
#define SET_BITS	16
#define SECOND_BITS	27
#define SECONDS		(UINT32_C(1) << SECOND_BITS)

struct talk {
	uint32_t	tag;			/* of the hash */
	uint32_t	second : SECOND_BITS;	/* of the newest row */
	uint32_t	used : 1;
	uint32_t	first : 1;		/* the side that spoke first */
	uint32_t	heard : 1;		/* the other has spoken, too */
	uint32_t	syn : 2;		/* JOINED and so on */
};

/* No SYN was seen of a conversation; one; twice at once; again, later. */
enum { JOINED, OPENED, DOUBLED, REPEATED };

#define PLACES		((size_t)WAYS << SET_BITS)
#define TABLE_BYTES	(PLACES * sizeof(struct talk))
#define BLOCK_PLACES	(PLACES / TALKS_BLOCKS)

/* Writes a place that may be the first of its block. */
static void
put(struct talks *t, struct talk *p, struct talk talk)
{
	*p = talk;
	t->used[(size_t)(p - t->place) / BLOCK_PLACES] = true;
}

void
talks_init(struct talks *t)
{
	memset(t, 0, sizeof(*t));
	t->place = xlarge_zeros(TABLE_BYTES, &t->memory);
}

void
talks_release(struct talks *t)
{
	free(t->memory);
}

void
talks_clear(struct talks *t)
{
	size_t i;

	for (i = 0; i < TALKS_BLOCKS; i++)
		if (t->used[i])
			memset(&t->place[i * BLOCK_PLACES], 0,
			    BLOCK_PLACES * sizeof(*t->place));
	memset(t->used, 0, sizeof(t->used));
}

static struct talk *
set_of(const struct talks *t, uint64_t hash)
{
	return &t->place[(hash >> (64 - SET_BITS)) * WAYS];
}

void
talks_fetch(const struct talks *t, uint64_t hash)
{
	__builtin_prefetch(set_of(t, hash), 1);
}

/* How long ago a place was in use, in seconds; a late row makes it 0. */
static uint32_t
age(const struct talk *p, uint32_t now)
{
	uint32_t past = (now - p->second) % SECONDS;

	return !p->used ? SECONDS : past < SECONDS / 2 ? past : 0;
}

/* The conversation's place, or the one to use for it. */
static struct talk *
find(struct talk *set, uint32_t tag, uint32_t now)
{
	struct talk *oldest = set;
	uint32_t most, a;
	int i;

	for (i = 0; i < WAYS; i++)
		if (set[i].tag == tag && set[i].used)
			return &set[i];
	most = age(oldest, now);
	for (i = 1; i < WAYS && most < SECONDS; i++)
		if ((a = age(&set[i], now)) > most) {
			most = a;
			oldest = &set[i];
		}
	return oldest;
}

/* What a row's time is in a place. */
static uint32_t
second_of(int64_t ns)
{
	return (uint32_t)(timestamp_floor(ns, NS_PER_S) & (SECONDS - 1));
}

/*
 * A SYN again: that of a connection that nobody has answered, which comes a
 * second later or more, is repeated (RFC 6298, section 2); the second one
 * within a second is the same, as where a mirror shows each packet twice; and
 * others start the conversation anew.
 */
static unsigned
repeat(struct talk *p, bool side, uint32_t now)
{
	bool at_once = age(p, now) == 0;
	unsigned bits = TALK_NEW | TALK_AGAIN;

	if (p->first != side || p->heard || age(p, now) >= TALKS_KEEP_S ||
	    p->syn == JOINED || (at_once && p->syn == DOUBLED))
		return 0;
	if (!at_once && p->syn != REPEATED)
		bits |= TALK_FIRST;
	p->syn = at_once ? DOUBLED : REPEATED;
	p->second = now;
	return bits;
}

unsigned
talks_see(struct talks *t, uint64_t hash, bool side, enum talks_kind kind,
    int64_t ns)
{
	uint32_t now = second_of(ns), tag = (uint32_t)hash;
	struct talk *p = find(set_of(t, hash), tag, now);
	bool known = p->used && p->tag == tag;
	unsigned bits;

	if (known && kind == TALKS_SYN && (bits = repeat(p, side, now)) != 0)
		return bits;
	if (kind == TALKS_SYN || !known || age(p, now) >=
	    (kind == TALKS_TCP ? TALKS_KEEP_TCP_S : TALKS_KEEP_S)) {
		put(t, p, (struct talk){ .tag = tag, .second = now,
		    .used = 1, .first = side,
		    .syn = kind == TALKS_SYN ? OPENED : JOINED });
		if (++t->news == XLARGE_WARM)
			xlarge_warm(t->place, TABLE_BYTES);
		return TALK_NEW;
	}
	if ((now - p->second) % SECONDS < SECONDS / 2)
		p->second = now;
	if (kind == TALKS_QUESTION && p->first != side) {
		p->first = side;
		p->heard = 1;
	}
	if (p->first == side)
		return p->heard ? TALK_HEARD : 0;
	bits = p->heard ? TALK_REPLY | TALK_HEARD : TALK_REPLY;
	p->heard = 1;
	return bits;
}

bool
talks_opened(const struct talks *t, uint64_t hash)
{
	const struct talk *set = set_of(t, hash);
	bool opened = false;
	int i;

	for (i = 0; i < WAYS; i++)
		opened |= set[i].tag == (uint32_t)hash && set[i].syn != JOINED;
	return opened;
}

bool
talks_known(const struct talks *t, uint64_t hash, int64_t ns)
{
	uint32_t now = second_of(ns), tag = (uint32_t)hash;
	const struct talk *p = find(set_of(t, hash), tag, now);

	return p->used && p->tag == tag && age(p, now) < TALKS_KEEP_TCP_S;
}

/* The first place in use from i on, or PLACES. */
static size_t
next_used(const struct talks *t, size_t i)
{
	while (i < PLACES && t->place != NULL) {
		if (!t->used[i / BLOCK_PLACES])
			i = (i / BLOCK_PLACES + 1) * BLOCK_PLACES;
		else if (t->place[i].used)
			return i;
		else
			i++;
	}
	return PLACES;
}

static void
write_talks(struct carry *c, struct talks *t)
{
	uint32_t n = 0, at;
	size_t i;

	for (i = next_used(t, 0); i < PLACES; i = next_used(t, i + 1))
		n++;
	CARRY(c, n);
	for (i = next_used(t, 0); i < PLACES; i = next_used(t, i + 1)) {
		at = (uint32_t)i;
		CARRY(c, at);
		CARRY(c, t->place[i]);
	}
}

void
detect_carry_talks(struct carry *c, struct talks *t)
{
	uint32_t n = 0, i, at;
	struct talk p;

	if (c->to != NULL) {
		write_talks(c, t);
		return;
	}
	CARRY(c, n);
	for (i = 0; i < n && !c->bad; i++) {
		CARRY(c, at);
		CARRY(c, p);
		if (carry_check(c, at < PLACES) && t->place != NULL)
			put(t, &t->place[at], p);
	}
}
