/*
 * conntable - connections found again, in their order, bounded, joined
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "connect/conntable.h"
#include "tap.h"

#define SEC(s)	((int64_t)((s) * 1000) * 1000000)
#define MANY	50000

static const struct connection_limits limits = { .idle_ns = SEC(60),
    .active_ns = SEC(1800) };

static uint64_t left, packets;
static int64_t last_start;
static bool in_order;

static void
take(const struct connection *c)
{
	left++;
	packets += c->packets[0] + c->packets[1];
	in_order &= c->start_ns >= last_start;
	last_start = c->start_ns;
}

static void
start(struct conntable *t, size_t max)
{
	conntable_init(t, max, &limits, take);
	left = packets = 0;
	last_start = INT64_MIN;
	in_order = true;
}

/* A packet of connection n. */
static struct connection
packet(uint32_t n, double s)
{
	struct connection c = { .start_ns = SEC(s), .end_ns = SEC(s),
	    .packets = { 1, 0 }, .bytes = { 100, 0 }, .part = 1 };

	c.key.kind = CONNKEY_V4 << 2 | CONNKEY_V4 | CONNKEY_PORTS;
	memcpy(c.key.addr[0], &n, sizeof(n));
	c.hash = connkey_hash(&c.key);
	return c;
}

static bool
add(struct conntable *t, uint32_t n, double s)
{
	struct connection c = packet(n, s);
	bool joined;

	ok(conntable_add(t, &c, &joined), "connection %u at %.1f s", n, s);
	return joined;
}

static void
leaves(void)
{
	struct conntable t;

	start(&t, 100);
	conntable_advance(&t, SEC(0));
	ok(!add(&t, 1, 0.5), "is new");
	ok(!add(&t, 2, 0.4), "is new");
	ok(add(&t, 1, 30), "is known");
	conntable_advance(&t, SEC(60.3));
	same_int((int64_t)left, 0, "nothing has ended after 60 s");
	conntable_advance(&t, SEC(61));
	same_int((int64_t)left, 1, "one leaves when it has");
	conntable_advance(&t, SEC(90.3));
	ok(left == 2 && packets == 3 && t.used == 0, "and then the other");
	ok(!add(&t, 1, 91), "which is new when it comes again");
	ok(conntable_finish(&t) && left == 3, "the rest leaves at the end");
	conntable_release(&t);
}

/* A clock that steps over the whole wheel, back, and to the ends of time. */
static void
leaves_after_jumps(void)
{
	struct conntable t;

	start(&t, 100);
	conntable_advance(&t, SEC(1000));
	add(&t, 1, 1000);
	conntable_advance(&t, SEC(5000));
	same_int((int64_t)left, 1, "a step over the wheel misses none");
	add(&t, 2, 5000);
	add(&t, 3, 1200);
	conntable_jump(&t, SEC(1200));
	same_int((int64_t)left, 2, "a jump back: what ended in the future");
	conntable_advance(&t, SEC(1270));
	same_int((int64_t)left, 3, "the wheel turns on from there");
	conntable_advance(&t, INT64_MAX);
	add(&t, 4, 9e9);
	conntable_jump(&t, INT64_MIN);
	same_int((int64_t)left, 4, "from the last time to the first");
	conntable_release(&t);
}

/* Several thousand, each found, however many left before. */
static void
finds(void)
{
	struct conntable t;
	struct connection c;
	uint32_t n, wrong = 0;
	int round;
	bool joined;

	start(&t, MANY);
	for (round = 0; round < 4; round++) {
		conntable_advance(&t, SEC(round * 40));
		for (n = 0; n < MANY; n++) {
			/* A half of them come twice as often. */
			if (n % 2 == 0 && round % 2 == 1)
				continue;
			c = packet(n, round * 40);
			wrong += !conntable_add(&t, &c, &joined) ||
			    joined != (n % 2 != 0 && round > 0);
		}
	}
	same_int(wrong, 0, "connections are found, or new after they ended");
	conntable_finish(&t);
	ok(packets == MANY * 3 && left == MANY * 3 / 2 && t.evicted == 0,
	    "and their packets are in their sums");
	ok(in_order, "in the order of their starts");
	conntable_release(&t);
}

static void
is_bounded(void)
{
	struct conntable t;
	struct connection c;
	uint32_t n;
	bool joined;

	start(&t, 1000);
	conntable_advance(&t, SEC(0));
	for (n = 0; n < MANY; n++) {
		c = packet(n, 1 + n / 1e4);
		conntable_add(&t, &c, &joined);
	}
	ok(t.used <= 1000 && t.evicted == MANY - t.used,
	    "at the bound the oldest leave");
	conntable_finish(&t);
	ok(left == MANY && packets == MANY && in_order, "and none is lost");
	conntable_release(&t);
}

/* Parts in any order, as of several sensors. */
static void
joins(void)
{
	struct conntable t;
	struct connection c;
	int i;
	bool joined;

	start(&t, 1000);
	conntable_hold(&t);
	for (i = 0; i < 900; i++) {
		c = packet(7, i * 7 % 900 * 50);
		conntable_add(&t, &c, &joined);
	}
	ok(conntable_finish(&t) && left == 25 && packets == 900 && in_order,
	    "900 packets in 45000 s are 25 rows of 30 m");
	conntable_release(&t);
	start(&t, 100);
	conntable_hold(&t);
	for (i = 0; i < 900; i++) {
		c = packet(7, i * 7 % 900 * 61);
		conntable_add(&t, &c, &joined);
	}
	ok(t.used <= 100 && t.evicted > 0, "what cannot be joined is bounded");
	ok(conntable_finish(&t) && left == 900 && packets == 900,
	    "and none is lost");
	conntable_release(&t);
}

static void
overflows(void)
{
	struct conntable t;
	struct connection c = packet(1, 0);
	bool joined;

	start(&t, 10);
	c.packets[0] = INT64_MAX;
	ok(conntable_add(&t, &c, &joined), "2^63 - 1 packets");
	ok(!conntable_add(&t, &c, &joined) && t.overflowed != NULL &&
	    connkey_same(&t.overflowed->key, &c.key), "twice are too many");
	conntable_release(&t);
	start(&t, 10);
	conntable_hold(&t);
	conntable_add(&t, &c, &joined);
	c = packet(1, 100);
	conntable_add(&t, &c, &joined);
	c = packet(1, 50);
	conntable_add(&t, &c, &joined);
	ok(!conntable_finish(&t), "when parts are joined, too");
	conntable_release(&t);
}

int
main(void)
{
	leaves();
	leaves_after_jumps();
	finds();
	is_bounded();
	joins();
	overflows();
	return tap_done();
}
