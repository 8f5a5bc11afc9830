/*
 * talks - unit test of who spoke first
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/timestamp.h"
#include "detect/talks.h"
#include "tap.h"

enum { HOSTS = 300, ROWS = 20000 };

static struct talks talks;

static unsigned
see(uint64_t hash, bool side, int64_t s)
{
	return talks_see(&talks, hash, side, TALKS_OTHER, s * NS_PER_S);
}

/* A SYN, at a time in seconds. */
static unsigned
open_tcp(uint64_t hash, bool side, double s)
{
	return talks_see(&talks, hash, side, TALKS_SYN,
	    (int64_t)(s * NS_PER_S));
}

static void
test_sides(void)
{
	talks_init(&talks);
	same_int(see(7, true, 100), TALK_NEW, "the first row");
	same_int(see(7, true, 101), 0, "another of its side");
	same_int(see(7, false, 102), TALK_REPLY, "the first reply");
	same_int(see(7, false, 103), TALK_REPLY | TALK_HEARD, "another");
	same_int(see(7, true, 104), TALK_HEARD, "both have spoken");
	same_int(see(8, false, 104), TALK_NEW, "another conversation");
	same_int(see(7, false, 163), TALK_REPLY | TALK_HEARD,
	    "59 s later it goes on");
	same_int(see(7, false, 223), TALK_NEW, "60 s later it is another");
	same_int(open_tcp(7, true, 224), TALK_NEW, "it can start anew");
	same_int(see(7, false, 200), TALK_REPLY, "a late row belongs to it");
	same_int(see(7, false, 283), TALK_REPLY | TALK_HEARD,
	    "and makes it no older");
	same_int(talks_see(&talks, 7, false, TALKS_QUESTION, 284 * NS_PER_S),
	    TALK_HEARD, "a question is of the side that asks");
	same_int(see(7, true, 285), TALK_REPLY | TALK_HEARD, "and what "
	    "follows is a reply");
	same_int(see(9, true, -1), TALK_NEW, "before 1970");
	same_int(see(9, false, 1), TALK_REPLY, "and after");
	talks_release(&talks);
}

static void
test_tcp(void)
{
	const unsigned again = TALK_NEW | TALK_AGAIN;

	talks_init(&talks);
	same_int(open_tcp(1, true, 10), TALK_NEW, "a SYN");
	same_int(open_tcp(1, true, 10.1), again, "another in its second is the "
	    "same, seen twice");
	same_int(open_tcp(1, true, 10.5), TALK_NEW, "a third is not: no TCP "
	    "repeats its first one so soon");
	same_int(open_tcp(1, true, 11.5), again | TALK_FIRST, "a second later "
	    "it is repeated");
	same_int(open_tcp(1, true, 13.5), again, "and once more");
	same_int(open_tcp(1, true, 13.6), again, "which is seen twice, too");
	same_int(open_tcp(2, true, 10), TALK_NEW, "one that is seen twice");
	same_int(open_tcp(2, true, 10), again, "is one");
	same_int(open_tcp(2, true, 11), again | TALK_FIRST, "that is repeated");
	see(3, true, 10);
	same_int(open_tcp(3, true, 10), TALK_NEW, "what has come before a SYN "
	    "is no SYN");
	same_int(see(1, false, 14), TALK_REPLY, "its answer is a reply");
	same_int(open_tcp(1, true, 20), TALK_NEW, "after it, a SYN is another "
	    "connection");
	same_int(open_tcp(1, false, 22), TALK_NEW, "as that of the other side");
	same_int(open_tcp(1, false, 83), TALK_NEW, "and one a minute later");
	same_int(talks_see(&talks, 1, true, TALKS_TCP, 7522 * NS_PER_S),
	    TALK_REPLY, "TCP goes on after two hours");
	same_int(talks_see(&talks, 1, true, TALKS_TCP, 14962 * NS_PER_S),
	    TALK_NEW, "but not after 2 h 4 min");
	talks_release(&talks);
}

static void
test_known(void)
{
	talks_init(&talks);
	open_tcp(4, true, 5);
	see(4, false, 6);
	ok(talks_opened(&talks, 4), "opened by a SYN");
	ok(!talks_opened(&talks, 5), "no such conversation");
	see(5, true, 5);
	ok(!talks_opened(&talks, 5), "joined in the middle");
	ok(!talks_known(&talks, 3, 5 * NS_PER_S), "no such conversation");
	see(3, true, 5);
	ok(talks_known(&talks, 3, 7444 * NS_PER_S), "a conversation");
	ok(!talks_known(&talks, 3, 7445 * NS_PER_S), "too long ago");
	talks_release(&talks);
}

/* Rows of few conversations, against an array of them. */
static void
test_random(void)
{
	static struct { int64_t last; bool used, first, heard; } all[HOSTS];
	int64_t s = 1000000, wrong = 0;
	unsigned i, n, want;
	bool side;

	talks_init(&talks);
	srandom(1);
	for (i = 0; i < ROWS; i++) {
		n = (unsigned)random() % HOSTS;
		side = random() % 3 == 0;
		s += random() % 2;
		if (!all[n].used || s - all[n].last >= TALKS_KEEP_S) {
			want = TALK_NEW;
			all[n].used = true;
			all[n].first = side;
			all[n].heard = false;
		} else if (side == all[n].first)
			want = all[n].heard ? TALK_HEARD : 0;
		else {
			want = TALK_REPLY | (all[n].heard ? TALK_HEARD : 0);
			all[n].heard = true;
		}
		all[n].last = s;
		wrong += see((uint64_t)n * 0x9e3779b97f4a7c15u, side, s) !=
		    want;
	}
	same_int(wrong, 0, "%d rows are what an array says", ROWS);
	talks_release(&talks);
}

static void
test_full(void)
{
	unsigned i, known = 0;

	talks_init(&talks);
	for (i = 0; i < 9; i++)
		see(i, true, i);
	for (i = 8; i > 4; i--)
		known += see(i, true, 9) == 0;
	same_int(known, 4, "of nine in a set of four the newest are kept");
	talks_release(&talks);
}

int
main(void)
{
	test_sides();
	test_tcp();
	test_known();
	test_random();
	test_full();
	return tap_done();
}
