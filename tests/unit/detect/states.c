/*
 * states - unit test of the states and who gives way
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/hash.h"
#include "detect/states.h"
#include "tap.h"

static struct states states;
static const int64_t keep_ns[1] = { 1000 };

static struct state *
look(uint32_t n)
{
	return states_find(&states, 0, hash_bytes(&n, sizeof(n)));
}

static struct state *
get(uint32_t n, int64_t ns)
{
	struct state *t;

	states.settled_ns = ns;
	t = states_insert(&states, 0, hash_bytes(&n, sizeof(n)));
	t->newest_ns = ns;
	return t;
}

static void
test_table(void)
{
	uint32_t i, found = 0;

	states_init(&states, 5000, 1 << 20, keep_ns);
	for (i = 0; i < 5000; i++)
		get(i, 0)->used = i;
	for (i = 0; i < 5000; i++)
		found += look(i) != NULL && look(i)->used == i;
	same_int(found, 5000, "5000 states are found again");
	ok(look(5000) == NULL && states.evicted == 0, "others are not");
	for (; i < 25000; i++)
		get(i, 0)->used = i;
	for (i = found = 0; i < 25000; i++)
		found += look(i) != NULL && look(i)->used == i;
	ok(found == 5000 && look(24999) != NULL,
	    "as many stay when 20000 more come");
	same_int((int64_t)states.evicted, 20000, "and the others are counted");
	states_clear(&states);
	ok(look(24999) == NULL && states.used == 0, "none after a clear");
	states_release(&states);
}

static void
test_idle(void)
{
	uint32_t i, steady = 0;

	states_init(&states, 100, 1 << 20, keep_ns);
	for (i = 1; i < 10000; i++) {
		get(i, 0);
		if (i % 50 == 0)
			get(1000000, 0)->used++;
	}
	steady = look(1000000) == NULL ? 0 : look(1000000)->used;
	same_int(steady, 199, "one that keeps sending outlives a flood");
	states.evicted = 0;
	for (i = 20000; i < 20100; i++)
		get(i, 2000);
	same_int((int64_t)states.evicted, 0,
	    "states past their window are no loss");
	states_release(&states);
}

/* What is seen once, and never again, for ten times as long as it matters. */
static void
test_churn(void)
{
	uint32_t i, most = 0;

	states_init(&states, 100000, 1 << 20, keep_ns);
	for (i = 0; i < 100000; i++) {
		get(i, i / 10);
		if (i == 50000)
			most = (uint32_t)states.used;
	}
	ok(states.used < 30000 && states.used == most,
	    "the table grows no more once as many die as are new");
	same_int((int64_t)states.evicted, 0, "and none is lost");
	states_release(&states);
}

static int	left;

static void
on_evict(void *arg, struct state *t)
{
	(void)arg;
	t->incident = 0;
	left++;
}

static void
test_blocks(void)
{
	struct state *t;
	void *block;
	uint32_t i;

	states_init(&states, 100, 10000, keep_ns);
	states.on_evict = on_evict;
	for (i = 0; i < 9; i++) {
		t = get(i, 0);
		block = states_block(&states, t, 7, 8);
		states_swap(&states, t, block, 7, 8);
	}
	ok(states.block_bytes == 9 * 1040 && states.evicted == 0,
	    "nine blocks of 1024 bytes fit in 10000");
	look(0)->incident = 7;
	t = get(100, 0);
	block = states_block(&states, t, 7, 8);
	states_swap(&states, t, block, 7, 8);
	ok(states.evicted == 1 && look(0)->item == 0 && look(0)->used == 0 &&
	    left == 1, "the tenth takes the place of an idle one, who is told");
	ok(states_block(&states, t, 11, 8) == NULL,
	    "one that is too large is refused");
	ok(t->item == 8, "and what its owner has stays");
	states_release(&states);
	same_int((int64_t)states.block_bytes, 0, "all bytes come back");
}

int
main(void)
{
	hash_set_seed(1, 2);
	test_table();
	test_idle();
	test_churn();
	test_blocks();
	return tap_done();
}
