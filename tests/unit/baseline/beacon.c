/*
 * beacon - unit test of regular connections and of the services left out
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>

#include "baseline/beacon.h"
#include "baseline/polling.h"
#include "tap.h"

#define S	NS_PER_S

static struct beacons beacons;
static struct beacon_event event;	/* the last */
static int starts, ends;

static void
note(void *arg, const struct beacon_event *e)
{
	(void)arg;
	event = *e;
	if (e->phase == BEACON_START)
		starts++;
	else
		ends++;
}

static void
start(void)
{
	beacons_init(&beacons);
	beacons.on_event = note;
	beacons_start(&beacons);
	starts = ends = 0;
}

static void
put_from(const char *key, double seconds, uint32_t sport)
{
	char padded[128] = "";

	memcpy(padded, key, strlen(key));
	beacons_put(&beacons, (struct slice){ padded, strlen(key) },
	    (int64_t)(seconds * 1e9), sport);
}

static void
put(const char *key, double seconds)
{
	put_from(key, seconds, 0);
}

static void
test_steps(void)
{
	int i;

	start();
	for (i = 0; i < 15; i++)
		put("a", i * 60 + i % 2 * 5);
	same_int(starts, 0, "15 connections are too few");
	put("a", 15 * 60 + 5);
	ok(starts == 1 && event.step_ns == 65 * S && event.count == 16,
	    "the 16th is regular: 55 and 65 s are within a quarter");
	put("b", 15 * 60 + 5 + 6 * 65);
	same_int(ends, 0, "six missing steps are not over");
	put("b", 15 * 60 + 7 + 6 * 65);
	ok(ends == 1 && event.count == 16, "then they are");
	for (i = 0; i < 14; i++)
		put("a", 3000 + i * 60);
	same_int(starts, 1, "another incident needs as many again");
	put("a", 3000 + 14 * 60);
	same_int(starts, 2, "and then starts");
	beacons_finish(&beacons);
	same_int(ends, 2, "the end of input ends it");
	beacons_release(&beacons);
}

static void
test_irregular(void)
{
	int i;

	start();
	for (i = 0; i < 100; i++)
		put("a", i * 60 + (i % 3 == 0 ? 30 : 0));
	same_int(starts, 0, "two in three intervals are not enough");
	for (i = 0; i < 100; i++)
		put("b", 6000 + i * 0.9);
	same_int(starts, 0, "steps below a second are none");
	for (i = 0; i < 40; i++) {
		put("c", 7000 + i * 30);
		put("c", 7000.2 + i * 30);
		put("c", 7000.4 + i * 30);
	}
	ok(starts == 1 && event.step_ns == 30 * S,
	    "connections at once count as one");
	for (i = 0; i < 40; i++)
		put("c", 8200 + i * i);
	same_int(ends, 1, "one that is irregular by now ends");
	beacons_release(&beacons);
}

static void
test_order(void)
{
	int i;

	start();
	for (i = 0; i < 16; i++)
		put("a", (i ^ 3) * 60);
	same_int(starts, 1, "the order in which they come does not matter");
	for (i = 0; i < 40; i++) {
		put_from("b", 2000 + i * 90, 1000 + (uint32_t)i);
		put_from("b", 2001 + i * 90, 1000 + (uint32_t)i);
		put_from("b", 2003 + i * 90, 1000 + (uint32_t)i);
	}
	ok(starts == 2 && event.step_ns == 90 * S,
	    "a SYN that is repeated is one connection");
	put("d", 4e9);
	for (i = 0; i < 40; i++) {
		put("d", 6000 + i * 60);
		if (i % 9 == 3)
			put("d", 4e9);
	}
	ok(starts == 3 && ends == 2 && event.phase == BEACON_START,
	    "a time astray hides no beacon, and ends none");
	for (i = 0; i < 20; i++)
		put("e", 4e9 + i * 60);
	ok(starts == 4 && event.count == 16 && ends == 3,
	    "those that the clock follows count");
	beacons_release(&beacons);
}

static void
test_bound(void)
{
	char key[8];
	int i;

	start();
	beacons.max_keys = 4;
	beacons_release(&beacons);
	beacons_init(&beacons);
	beacons.on_event = note;
	beacons.max_keys = 4;
	beacons_start(&beacons);
	for (i = 0; i < 8; i++) {
		(void)snprintf(key, sizeof(key), "k%u", (unsigned)i % 10);
		put(key, i);
	}
	same_int((int64_t)beacons.untracked, 4, "pairs are bounded");
	for (i = 0; i < 20; i++)
		put("k0", 100 + i * 3000);
	put("k0", 100 + 29 * 3000);
	starts = ends = 0;
	put("new", 90000);
	ok(beacons.evicted == 3 && beacons.pairs.used == 2,
	    "idle ones make room");
	for (i = 1; i < 20; i++)
		put("new", 90000 + i * 30);
	ok(starts == 1 && event.step_ns == 30 * S, "and new ones are seen");
	for (i = 0; i < 4; i++) {
		(void)snprintf(key, sizeof(key), "f%u", (unsigned)i % 10);
		put(key, 4e9);
	}
	for (i = 0; i < 16; i++)
		put("f0", 4e9 + i);
	for (i = 0; i < 40; i++)
		put("back", 1000 + i * 20);
	ok(starts == 2 && event.step_ns == 20 * S,
	    "those before the clock went back make room");
	beacons_release(&beacons);
}

/* Whether connections to this service are left out. */
static bool
expects(const char *proto, const char *port, const char *dst)
{
	static const struct polling_list none = { .used = 0 };

	return polling_expects(&none, (struct slice){ proto, strlen(proto) },
	    (struct slice){ port, strlen(port) },
	    (struct slice){ dst, strlen(dst) });
}

int
main(void)
{
	const struct polling *p;

	test_steps();
	test_irregular();
	test_order();
	test_bound();
	ok(expects("NTP", "", "192.0.2.1") && expects("UDP", "123", "::1"),
	    "clocks are asked regularly");
	ok(expects("UDP", "9999", "224.0.0.251") &&
	    expects("UDP", "9999", "ff02::fb") &&
	    expects("UDP", "9999", "255.255.255.255"),
	    "so are many hosts at once");
	ok(!expects("TLS", "443", "192.0.2.1") && !expects("TLS", "", "") &&
	    !expects("TCP", "8443", "2001:db8::1"), "nothing else is");
	for (p = polling_known; p->why != NULL; p++)
		if (p->why[0] == '\0' || (p->name == NULL && p->port == 0))
			break;
	ok(p->why == NULL, "each service that is left out has a reason");
	return tap_done();
}
