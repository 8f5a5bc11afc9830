/*
 * detect - unit test of rules put to rows: which alerts, and when
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/hash.h"
#include "base/timestamp.h"
#include "detect/detect.h"
#include "tap.h"

static struct rules rules;
static struct detect detect;
static char alerts[4096];

/* Adds "state rule time/value " to the alerts. */
static void
add_alert(void *arg, const struct detect_alert *a)
{
	static const char *const states[] = { "start", "update", "end" };
	size_t n = strlen(alerts);

	(void)arg;
	snprintf(alerts + n, sizeof(alerts) - n, "%s %s %g/%" PRIu64 " ",
	    states[a->phase], a->rule->name,
	    (double)a->time_ns / (double)NS_PER_S, a->value);
}

static void
ignore_alert(void *arg, const struct detect_alert *a)
{
	(void)arg;
	(void)a;
}

static void
start(const char *text, size_t max_keys)
{
	rules_init(&rules);
	if (!rules_parse(&rules, text, strlen(text)))
		abort();
	detect_init(&detect, &rules, max_keys, add_alert, NULL);
	alerts[0] = '\0';
}

static void
end(void)
{
	detect_release(&detect);
	rules_release(&rules);
}

/* Puts a packet of source 10.0.0.SRC to the rules, at a time in ms. */
static void
put(uint8_t src, int64_t ms, const char *proto)
{
	char cell[32] = "";
	struct detect_row row = { .time_ns = ms * 1000000, .packets = 1,
	    .bytes = 100, .present = 1U << RULES_COLUMN_SRC };

	snprintf(cell, sizeof(cell), "%s", proto);
	row.src.ip = (struct ipaddr){ 4, { 10, 0, 0, src } };
	row.src.hash = hash_bytes(&row.src.ip, sizeof(row.src.ip));
	row.proto = detect_proto(&detect, (struct slice){ cell, strlen(cell) });
	detect_put(&detect, &row);
}

static void
check(const char *want, const char *what)
{
	detect_flush(&detect);
	same_text(alerts, strlen(alerts), want, "%s", what);
	alerts[0] = '\0';
}

static void
test_clock(void)
{
	int i;

	start("rule r track=by_src packets=1 seconds=2", 100);
	put(1, 1000, "TCP");
	put(1, 2999, "TCP");
	check("start r 2.999/2 ", "two in less than two seconds");
	put(2, 4999, "TCP");
	check("", "it lasts as long as the window");
	put(2, 5000, "TCP");
	check("end r 4.999/2 start r 5/2 ", "and ends when that is over");
	for (i = 0; i < 15; i++)
		put(3, 9000000 + i, "TCP");
	put(1, 5500, "TCP");
	check("", "15 rows from the future are not seen");
	same_int((int64_t)detect.stray, 15, "and counted");
	for (i = 0; i < 16; i++)
		put(3, 9000000 + 100 * i, "TCP");
	check("end r 7/2 start r 9000.1/2 ",
	    "16 are, from the first on");
	for (i = 0; i < 16; i++)
		put(3, 100 * i, "TCP");
	check("end r 9001.5/16 start r 0.1/2 ",
	    "a jump back ends all and starts anew");
	put(3, 400, "TCP");
	detect_flush(&detect);
	same_int((int64_t)detect.late, 1, "1.1 s is too late");
	detect_finish(&detect);
	check("end r 1.5/16 ", "the end ends it");
	end();
}

/* Puts a packet to a host of each of 2,000 networks. */
static void
put_nets(uint8_t host)
{
	static const char udp[32] = "UDP";
	struct detect_row row = { .time_ns = NS_PER_S, .packets = 1,
	    .bytes = 100, .present = 1U << RULES_COLUMN_DST };
	unsigned i;

	row.proto = detect_proto(&detect, (struct slice){ udp, 3 });
	for (i = 0; i < 1000; i++) {
		row.dst.ip = (struct ipaddr){ 4, { 10, (uint8_t)(i / 256),
		    (uint8_t)i, host } };
		detect_put(&detect, &row);
		row.dst.ip = (struct ipaddr){ 6, { 10, (uint8_t)(i / 256), 0,
		    0, 0, (uint8_t)i, host, host } };
		detect_put(&detect, &row);
	}
	detect_flush(&detect);
}

static void
test_nets(void)
{
	start("rule r track=by_dst_net packets=2 seconds=2", 10000);
	detect.on_alert = ignore_alert;
	put_nets(0);
	put_nets(100);
	same_int((int64_t)detect.states.used, 2000,
	    "networks have a state each: 24 bits of IPv4, 48 of IPv6");
	same_int((int64_t)detect.started, 0, "whose packets do not add up");
	put_nets(255);
	same_int((int64_t)detect.started, 2000, "but those of their hosts do");
	end();
}

static void
test_share(void)
{
	int i;

	start("rule s proto=DNS,NTP track=by_proto packets=2 share=50% "
	    "seconds=1 cooldown=0", 100);
	for (i = 0; i < 10; i++)
		put(1, 100 * i, i < 6 ? "DNS" : i < 8 ? "NTP" : "TCP");
	check("", "a share is not known before its bin is over");
	put(1, 1000, "DNS");
	check("start s 1/6000 ", "then it is 60 %");
	put(1, 2000, "TCP");
	put(1, 2001, "TCP");
	check("end s 2/6000 ", "one packet of one is not more than two");
	detect_finish(&detect);
	check("", "nor is nothing");
	end();
	start("rule s proto=DNS,NTP track=by_rule bytes=2 share=50% "
	    "seconds=1", 100);
	for (i = 0; i < 9; i++)
		put(1, 100 * i, i < 3 ? "DNS" : i < 6 ? "NTP" : "TCP");
	detect_finish(&detect);
	check("start s 0.8/6666 end s 0.8/6666 ",
	    "two together, at the end of input");
	end();
}

static void
test_bounds(void)
{
	int i;

	start("rule r track=by_src packets=1 seconds=10", 16);
	for (i = 0; i < 17; i++) {
		put((uint8_t)i, i, "TCP");
		put((uint8_t)i, i, "TCP");
	}
	detect_flush(&detect);
	same_int((int64_t)detect.ended_early, 1,
	    "the 17th incident in 16 places ends one");
	ok(strstr(alerts, "end r 0.016/2 start r 0.016/2 ") != NULL,
	    "which is reported before it starts");
	detect_finish(&detect);
	same_int((int64_t)detect.ended, 17, "and all end");
	same_int((int64_t)detect.started, 17, "as all started");
	end();
}

static void
test_tags(void)
{
	struct detect_row row = { .packets = 1,
	    .present = 1U << RULES_COLUMN_SRC };
	ruleset victim;

	start("rule a track=by_src packets=0 seconds=10\n"
	    "rule all track=by_rule packets=0 seconds=10\n", 100);
	put(1, 0, "TCP");
	detect_flush(&detect);
	row.src.ip = (struct ipaddr){ 4, { 10, 0, 0, 1 } };
	row.src.hash = hash_bytes(&row.src.ip, sizeof(row.src.ip));
	same_int((int64_t)detect_tags(&detect, &row, &victim)[0], 1,
	    "its source is tagged");
	same_int((int64_t)victim[0], 0, "and is no victim");
	row.dst = row.src;
	row.src.ip.family = 0;
	row.present = 1U << RULES_COLUMN_DST;
	same_int((int64_t)detect_tags(&detect, &row, &victim)[0], 0,
	    "but not as a destination, and all traffic tags nothing");
	same_int((int64_t)victim[0], 1, "what is sent to it is its victim's");
	end();
}

int
main(void)
{
	hash_set_seed(3, 4);
	test_clock();
	test_nets();
	test_share();
	test_bounds();
	test_tags();
	return tap_done();
}
