/*
 * connkey - one key for both directions, another for all that differs
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/output.h"
#include "connect/connkey.h"
#include "tally/keytable.h"
#include "tap.h"

static struct connkey_texts text;
static struct output written;

/* A cell with the readable bytes after it that a record has. */
static struct slice
cell(const char *s)
{
	static char room[8][128];
	static unsigned turn;
	char *at = room[turn++ % 8];

	memset(at, '1', sizeof(room[0]));
	memcpy(at, s, strlen(s));
	return (struct slice){ at, strlen(s) };
}

static struct connkey_parts
parts(const char *src, int32_t sport, const char *dst, int32_t dport)
{
	return (struct connkey_parts){ .src = cell(src), .dst = cell(dst),
	    .sport = sport, .dport = dport, .ip_proto = 17, .timed = true,
	    .proto = 1 };
}

static const char *
address(const struct connkey *k, unsigned end)
{
	written.used = 0;
	connkey_write_address(k, end, &written);
	*output_room(&written, 1) = '\0';
	return written.buf;
}

static void
both_ways(const char *src, int32_t sport, const char *dst, int32_t dport)
{
	struct connkey_parts p = parts(src, sport, dst, dport);
	struct connkey_parts q = parts(dst, dport, src, sport);
	struct connkey a, b;
	unsigned from, back;

	from = connkey_set(&a, &p, &text);
	connkey_own(&a);
	back = connkey_set(&b, &q, &text);
	ok(connkey_same(&a, &b) && connkey_hash(&a) == connkey_hash(&b) &&
	    connkey_compare(&a, &b) == 0 && (from != back ||
	    (strcmp(src, dst) == 0 && sport == dport)),
	    "%s %d and %s %d are one key in both directions", src, (int)sport,
	    dst, (int)dport);
	ok(strcmp(address(&a, from), src) == 0 &&
	    strcmp(address(&a, 1 - from), dst) == 0,
	    "that has the addresses as they came");
	ok(connkey_has_port(&a, from) == (sport >= 0) &&
	    connkey_has_port(&a, 1 - from) == (dport >= 0) &&
	    (sport < 0 || a.port[from] == sport) &&
	    (dport < 0 || a.port[1 - from] == dport), "and the ports");
	connkey_release(&a);
}

/* Changes one part; the key must be another. */
static void
differs(const char *what, struct connkey_parts p, struct connkey_parts q)
{
	struct connkey a, b;
	int order;

	connkey_set(&a, &p, &text);
	connkey_own(&a);
	connkey_set(&b, &q, &text);
	order = connkey_compare(&a, &b);
	ok(!connkey_same(&a, &b) && order != 0 &&
	    (order < 0) == (connkey_compare(&b, &a) > 0),
	    "%s makes another key", what);
	connkey_release(&a);
}

static void
all_that_differs(void)
{
	struct connkey_parts p = parts("10.0.0.1", 1, "10.0.0.2", 2), q;

	differs("an address", p, parts("10.0.0.1", 1, "10.0.0.3", 2));
	differs("a port", p, parts("10.0.0.1", 1, "10.0.0.2", 3));
	differs("ports exchanged", p, parts("10.0.0.1", 2, "10.0.0.2", 1));
	differs("no port", p, parts("10.0.0.1", 1, "10.0.0.2", -1));
	differs("port 0 for none", parts("10.0.0.1", 0, "10.0.0.2", 0),
	    parts("10.0.0.1", -1, "10.0.0.2", -1));
	differs("another family", parts("::a00:1", 1, "::", 2), p);
	differs("a text", p, parts("REST", 1, "10.0.0.2", 2));
	differs("another text", parts("REST", 1, "x", 2),
	    parts("RES", 1, "Tx", 2));
	q = p;
	q.ip_proto = 6;
	differs("an IP protocol", p, q);
	q.ip_proto = -1;
	differs("none", p, q);
	p = q;
	q.tcp = true;
	differs("without it, TCP", p, q);
	q = p;
	q.timed = false;
	differs("no time", p, q);
	p = parts("10.0.0.1", -1, "10.0.0.2", -1);
	q = p;
	q.proto = 2;
	differs("without ports, a protocol", p, q);
}

/* With ports, the protocol may change in a connection. */
static void
ignores_protocol(void)
{
	struct connkey_parts p = parts("10.0.0.1", 1, "10.0.0.2", 2), q = p;
	struct connkey a, b;

	q.proto = 2;
	connkey_set(&a, &p, &text);
	connkey_set(&b, &q, &text);
	ok(connkey_same(&a, &b), "with ports the protocol does not");
}

static void
cuts(void)
{
	static char far[KEYTABLE_KEY_MAX + 2];
	struct connkey_parts p = parts("", 1, "10.0.0.2", 2);
	struct connkey a, b;

	memset(far, 'x', sizeof(far) - 1);
	p.src = (struct slice){ far, sizeof(far) - 1 };
	connkey_set(&a, &p, &text);
	connkey_own(&a);
	p = parts("REST", 1, "10.0.0.2", 2);
	connkey_set(&b, &p, &text);
	ok(connkey_same(&a, &b) && text.cut == 1,
	    "a text of over 1024 bytes is REST, and counted");
	connkey_release(&a);
}

int
main(void)
{
	output_init(&text.text, -1, "text");
	output_init(&written, -1, "written");
	both_ways("10.0.0.1", 1024, "10.0.0.2", 80);
	both_ways("10.0.0.2", 1024, "10.0.0.1", 80);
	both_ways("10.0.0.1", 80, "10.0.0.1", 1024);
	both_ways("10.0.0.1", 80, "10.0.0.1", 80);
	both_ways("2001:db8::1", 1, "2001:db8::2", 65535);
	both_ways("255.0.0.1", 1, "2001:db8::2", 65535);
	both_ways("fe80::1", -1, "ff02::1", -1);
	both_ways("", -1, "", -1);
	both_ways("REST", -1, "", -1);
	both_ways("printer", 0, "10.0.0.1", 0);
	both_ways("0.0.0.0", 0, "0.0.0.0", 1);
	all_that_differs();
	ignores_protocol();
	cuts();
	free(text.text.buf);
	free(written.buf);
	return tap_done();
}
