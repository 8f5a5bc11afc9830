/*
 * connection - what belongs together, and what a sum of parts is
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/protocol.h"
#include "connect/connection.h"
#include "connect/connproto.h"
#include "tap.h"

#define F	TCP_FIN
#define S	TCP_SYN
#define R	TCP_RST
#define A	TCP_ACK
#define SEC(s)	((int64_t)(s) * NS_PER_S)

static const struct connection_limits limits = { .idle_ns = SEC(60),
    .active_ns = SEC(1800) };

/* A connection of these seconds and flags, which end 0 began. */
static struct connection
of(int start, int end, unsigned flags, unsigned back)
{
	struct connection c = { .start_ns = SEC(start), .end_ns = SEC(end),
	    .packets = { 1, back != 0 }, .bytes = { 100, 50 },
	    .flags = { (uint8_t)flags, (uint8_t)back }, .part = 1 };

	c.key.kind = CONNKEY_PORTS;
	if ((flags & S) && (flags & A) == 0)
		c.evidence = CONNECTION_BY_SYN;
	return c;
}

static void
relates(const char *what, struct connection a, struct connection b,
    enum connection_relation want)
{
	same_int(connection_relate(&a, &b, &limits), want, "%s", what);
}

static void
test_relations(void)
{
	struct connection c;

	relates("60 s later is the same", of(0, 10, A, A), of(70, 70, A, 0),
	    CONNECTION_SAME);
	relates("61 s later is another", of(0, 10, A, A), of(71, 71, A, 0),
	    CONNECTION_OTHER);
	relates("and so is 61 s earlier", of(71, 71, A, 0), of(0, 10, A, A),
	    CONNECTION_OTHER);
	relates("what overlaps is the same", of(0, 10, S, R), of(5, 99, S, F),
	    CONNECTION_SAME);
	relates("5 s after a RST is the same", of(0, 1, S, R), of(6, 6, A, 0),
	    CONNECTION_SAME);
	relates("6 s is another", of(0, 1, S, R), of(7, 7, A, 0),
	    CONNECTION_OTHER);
	relates("6 s after two FINs, too", of(0, 1, F, F), of(7, 7, A, 0),
	    CONNECTION_OTHER);
	relates("one FIN does not close", of(0, 1, F, A), of(50, 50, A, 0),
	    CONNECTION_SAME);
	relates("a SYN after an ACK is another", of(0, 1, S | A, A),
	    of(2, 2, S, 0), CONNECTION_OTHER);
	relates("a SYN after a SYN is the same", of(0, 1, S, R | A),
	    of(2, 2, S, 0), CONNECTION_SAME);
	relates("30 m are the same", of(0, 1790, A, A), of(1800, 1800, A, 0),
	    CONNECTION_SAME);
	relates("more go on", of(0, 1790, A, A), of(1801, 1801, A, 0),
	    CONNECTION_GOES_ON);
	c = of(0, 1, F | R, F);
	c.key.kind = 0;
	relates("without ports no flag ends", c, of(60, 60, A, 0),
	    CONNECTION_SAME);
	c.key.kind = CONNKEY_UNTIMED;
	relates("without a time all is the same", c, of(9999, 9999, A, 0),
	    CONNECTION_SAME);
}

/* Times as far apart as they can be. */
static void
test_extremes(void)
{
	struct connection a = of(0, 0, A, A), b = a;

	a.start_ns = a.end_ns = INT64_MIN;
	b.start_ns = b.end_ns = INT64_MAX;
	relates("the least and the greatest time", a, b, CONNECTION_OTHER);
	relates("and the other way", b, a, CONNECTION_OTHER);
}

static void
test_sums(void)
{
	struct connection a = of(5, 6, A, A), b = of(4, 5, S, S | A);

	a.first = 1;
	a.part = 3;
	ok(connection_add(&a, &b), "a part is added");
	ok(a.start_ns == SEC(4) && a.end_ns == SEC(6), "times span both");
	ok(a.packets[0] == 2 && a.packets[1] == 2 && a.bytes[0] == 200 &&
	    a.bytes[1] == 100, "each way is summed");
	ok(a.flags[0] == (S | A) && a.flags[1] == (S | A), "flags are joined");
	ok(a.first == 0 && a.evidence == CONNECTION_BY_SYN,
	    "the SYN says which end began");
	same_int(a.part, 1, "the part is that of the earlier");
	b = of(1, 1, A, A);
	b.part = 0;
	b.first = 1;
	connection_add(&a, &b);
	ok(a.first == 0 && a.part == 1,
	    "an earlier packet does not change that");
	b.packets[0] = INT64_MAX;
	ok(!connection_add(&a, &b), "a sum of one way past 2^63 - 1 is told");
	a = of(0, 0, A, A);
	a.bytes[0] = b.bytes[1] = INT64_MAX / 2 + 1;
	b.packets[0] = 0;
	ok(!connection_add(&a, &b), "and so is a sum of both");
}

static void
test_height(const char *what, enum protocol a, enum protocol b,
    enum protocol want)
{
	ok(connproto_higher((uint16_t)a, (uint16_t)b, true) == want &&
	    connproto_higher((uint16_t)b, (uint16_t)a, false) == want,
	    "%s", what);
}

static void
test_heights(void)
{
	struct connproto_names names;
	char text[128] = "MINE";
	uint16_t mine;

	test_height("TLS is above TCP", PROTO_TLS, PROTO_TCP, PROTO_TLS);
	test_height("TCP is above IPV6", PROTO_TCP, PROTO_IPV6, PROTO_TCP);
	test_height("IPV4 is above ETH", PROTO_ETH, PROTO_IPV4, PROTO_IPV4);
	test_height("SMB is above NBSS", PROTO_SMB, PROTO_NBSS, PROTO_SMB);
	test_height("anything is above nothing", PROTO_NONE, PROTO_OTHER,
	    PROTO_OTHER);
	test_height("of equals the later", PROTO_HTTP, PROTO_WEBSOCKET,
	    PROTO_WEBSOCKET);
	connproto_init(&names);
	mine = connproto_of(&names, (struct slice){ text, 4 });
	ok(mine >= PROTO_COUNT && connproto_higher(mine, PROTO_TCP, true) ==
	    mine, "a name that the table lacks is above TCP");
	ok(slice_is(connproto_name(&names, mine), "MINE") &&
	    slice_is(connproto_name(&names, PROTO_TLS), "TLS") &&
	    connproto_of(&names, (struct slice){ text, 0 }) == PROTO_NONE,
	    "and has its name");
	connproto_release(&names);
}

int
main(void)
{
	test_relations();
	test_extremes();
	test_sums();
	test_heights();
	return tap_done();
}
