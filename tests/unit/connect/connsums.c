/*
 * connsums - sums by protocol and by place, joined, and used again
 *
 * SPDX-License-Identifier: ISC
 */
#include "connect/connsums.h"
#include "tap.h"

static struct connsums pool;

/* A row of n packets of 100 bytes from an end. */
static struct connection
row(uint16_t proto, uint16_t place, unsigned from, uint64_t n)
{
	struct connection c = { .shown = proto, .place = place };

	c.packets[from] = n;
	c.bytes[from] = n * 100;
	return c;
}

static void
add(struct connection *c, uint16_t proto, uint16_t place, unsigned from,
    uint64_t n)
{
	struct connection r = row(proto, place, from, n);

	c->packets[from] += n;
	c->bytes[from] += n * 100;
	connsums_add(&pool, c, &r);
}

/* The packets of a protocol and a place in the list. */
static uint64_t
listed(const struct connection *c, uint16_t proto, uint16_t place,
    unsigned from)
{
	const struct connsum *sum;
	uint64_t n = 0;
	uint32_t i;

	for (i = c->sums; i != 0; i = sum->next) {
		sum = connsums_at(&pool, i);
		if (sum->proto == proto && sum->place == place)
			n += sum->packets[from];
	}
	return n;
}

static void
test_sums(void)
{
	struct connection c = row(1, 0, 0, 1);

	add(&c, 1, 0, 1, 2);
	ok(c.sums == 0, "what the first row showed needs no list");
	add(&c, 2, 0, 0, 3);
	add(&c, 2, 0, 1, 4);
	add(&c, 2, 9, 1, 5);
	ok(pool.used == 2 && listed(&c, 2, 0, 0) == 3 &&
	    listed(&c, 2, 0, 1) == 4 && listed(&c, 2, 9, 1) == 5,
	    "others have sums by protocol and place");
	ok(connsums_first(&pool, &c).packets[0] == 1 &&
	    connsums_first(&pool, &c).packets[1] == 2 &&
	    connsums_first(&pool, &c).bytes[1] == 200,
	    "the first has the rest");
	connsums_drop(&pool, &c);
	ok(pool.used == 0 && c.sums == 0, "a list is dropped");
	add(&c, 3, 0, 0, 1);
	ok(pool.made == 2, "its sums are used again");
	connsums_drop(&pool, &c);
}

static void
test_join(void)
{
	struct connection c = row(1, 0, 0, 1), d = row(2, 0, 0, 10);

	add(&c, 2, 0, 0, 2);
	add(&d, 1, 0, 1, 20);
	add(&d, 3, 0, 1, 40);
	c.packets[0] += d.packets[0];
	c.packets[1] += d.packets[1];
	connsums_join(&pool, &c, &d);
	ok(listed(&c, 2, 0, 0) == 12 && listed(&c, 3, 0, 1) == 40 &&
	    listed(&c, 1, 0, 1) == 0, "joined lists are added");
	ok(connsums_first(&pool, &c).packets[0] == 1 &&
	    connsums_first(&pool, &c).packets[1] == 20,
	    "what the first row showed is added to it");
	connsums_drop(&pool, &c);
	connsums_drop(&pool, &d);
	ok(pool.used == 0, "both are dropped");
}

/* Fills more than a chunk of the pool. */
static void
test_many(void)
{
	static struct connection c[1000];
	uint64_t sum = 0;
	unsigned i, n;

	for (i = 0; i < 1000; i++)
		for (n = 1; n <= 40; n++)
			add(&c[i], (uint16_t)n, (uint16_t)i, 0, 1);
	for (i = 0; i < 1000; i++)
		sum += listed(&c[i], 40, (uint16_t)i, 0);
	ok(pool.used == 40000 && sum == 1000, "sums over a chunk");
	for (i = 0; i < 1000; i++)
		connsums_drop(&pool, &c[i]);
	ok(pool.used == 0 && pool.made == 40000, "all are free");
}

int
main(void)
{
	test_sums();
	test_join();
	test_many();
	connsums_release(&pool);
	return tap_done();
}
