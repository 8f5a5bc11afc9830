/*
 * alert - unit test of alerts as CSV rows and as sentences
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/timestamp.h"
#include "detect/alert.h"
#include "tap.h"

static struct output out;

static struct rule rule = { .name = "r", .severity = RULES_HIGH, .limit = 50,
    .window_ns = 5 * NS_PER_S / 2 };

/* 2024-01-01T00:00:00Z is 1704067200. */
static struct detect_alert alert = {
	.time_ns = INT64_C(1704067200123456789), .rule = &rule,
	.proto = { "", 0 }, .value = 51
};

static const struct ipaddr four = { 4, { 10, 0, 0, 1 } };
static const struct ipaddr six = { 6, { 0x20, 1, 0x0d, 0xb8, [15] = 1 } };

static void
row_is(const char *want, const char *what)
{
	out.used = 0;
	alert_row(&out, &alert, TIMESTAMP_EPOCH);
	same_text(out.buf, out.used, want, "%s", what);
}

static void
line_is(bool colours, const char *want, const char *what)
{
	out.used = 0;
	alert_line(&out, &alert, colours);
	same_text(out.buf, out.used, want, "%s", what);
}

static void
test_rows(void)
{
	out.used = 0;
	alert_header(&out);
	same_text(out.buf, out.used, "time,rule,severity,src,dst,proto,value,"
	    "threshold,window,state,unit\n", "the header");
	row_is("1704067200.123456,r,high,,,,51,50,2.5,start,packets\n",
	    "a rule on all traffic has no address");
	out.used = 0;
	alert_row(&out, &alert, TIMESTAMP_ISO);
	same_text(out.buf, 32, "2024-01-01T00:00:00.123456Z,r,hi",
	    "its time for people");
	alert.src = four;
	alert.dst = six;
	alert.phase = DETECT_UPDATE;
	row_is("1704067200.123456,r,high,10.0.0.1,2001:db8::1,,51,50,2.5,"
	    "update,packets\n", "a pair has two");
	alert.proto = (struct slice){ "=A,B", 4 };
	row_is("1704067200.123456,r,high,10.0.0.1,2001:db8::1,\"'=A,B\",51,"
	    "50,2.5,update,packets\n", "a protocol is guarded and quoted");
	alert.proto = (struct slice){ "A\n9,r", 5 };
	row_is("1704067200.123456,r,high,10.0.0.1,2001:db8::1,\"A\\x0A9,r\","
	    "51,50,2.5,update,packets\n", "and starts no line");
}

static void
test_shares(void)
{
	rule.share = 40;
	alert.src.family = alert.dst.family = 0;
	alert.proto = (struct slice){ "DNS", 3 };
	alert.phase = DETECT_END;
	alert.value = 5005;
	row_is("1704067200.123456,r,high,,,DNS,50.05,40,2.5,end,percent\n",
	    "a share is a percentage with two decimals");
	alert.value = 10000;
	row_is("1704067200.123456,r,high,,,DNS,100.00,40,2.5,end,percent\n",
	    "up to 100");
	line_is(false, "2024-01-01T00:00:00.123Z r (high, ended): DNS, up to "
	    "100.00 % in 2.5 s, threshold 40 %\n", "its line has the unit");
	rule.share = 0;
}

static void
test_lines(void)
{
	alert.value = 51;
	alert.phase = DETECT_START;
	alert.proto.len = 0;
	line_is(false, "2024-01-01T00:00:00.123Z r (high): all traffic, 51 "
	    "packets in 2.5 s, threshold 50\n", "all traffic");
	alert.dst = four;
	line_is(false, "2024-01-01T00:00:00.123Z r (high): to 10.0.0.1, 51 "
	    "packets in 2.5 s, threshold 50\n", "a destination");
	alert.src = six;
	alert.proto = (struct slice){ "A\033B", 3 };
	rule.bytes = true;
	line_is(false, "2024-01-01T00:00:00.123Z r (high): 2001:db8::1 to "
	    "10.0.0.1, A\\x1BB, 51 bytes in 2.5 s, threshold 50\n",
	    "a pair and a protocol, whose escape is shown as text");
	line_is(true, "\033[1;31m2024-01-01T00:00:00.123Z r (high): "
	    "2001:db8::1 to 10.0.0.1, A\\x1BB, 51 bytes in 2.5 s, threshold "
	    "50\033[0m\n", "high is bold red");
	alert.phase = DETECT_END;
	out.used = 0;
	alert_line(&out, &alert, true);
	ok(memcmp(out.buf, "\033[2m", 4) == 0, "an end is dim");
}

static void
sentence_is(const char *want, const char *what)
{
	out.used = 0;
	alert_sentence(&out, &alert);
	same_text(out.buf, out.used, want, "%s", what);
}

static void
test_sentences(void)
{
	rule.bytes = false;
	alert.phase = DETECT_UPDATE;
	alert.dst.family = 0;
	alert.proto.len = 0;
	alert.value = 1;
	rule.limit = 0;
	rule.window_ns = 60 * NS_PER_S;
	sentence_is("r (high, continues): from 2001:db8::1, up to 1 packet in "
	    "1 min, threshold 0", "a source, and one packet");
	rule.unique = RULES_UNIQUE_DST;
	alert.value = 1234;
	rule.limit = 999;
	rule.window_ns = 7200 * NS_PER_S;
	sentence_is("r (high, continues): from 2001:db8::1, up to 1,234 hosts "
	    "in 2 h, threshold 999", "thousands, hosts and hours");
	rule.track = RULES_BY_SRC_DPORT;
	alert.port = 22;
	sentence_is("r (high, continues): from 2001:db8::1, up to 1,234 hosts "
	    "on port 22 in 2 h, threshold 999", "the port it counts for");
	row_is("1704067200.123456,r,high,2001:db8::1,,,1234,999,7200,update,"
	    "hosts on port 22\n", "and in the row");
	alert.value = 1;
	sentence_is("r (high, continues): from 2001:db8::1, up to 1 host on "
	    "port 22 in 2 h, threshold 999", "one host");
	rule.track = RULES_BY_SRC;
	rule.unique = RULES_ALL;
	alert.value = UINT64_MAX;
	rule.limit = 1000000;
	rule.window_ns = 86400 * NS_PER_S;
	sentence_is("r (high, continues): from 2001:db8::1, up to "
	    "18,446,744,073,709,551,615 packets in 1 d, threshold 1,000,000",
	    "all digits of the largest number");
}

int
main(void)
{
	output_init(&out, -1, "text");
	test_rows();
	test_shares();
	test_lines();
	test_sentences();
	free(out.buf);
	return tap_done();
}
