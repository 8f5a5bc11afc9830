/*
 * rules - unit test of what people write
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/timestamp.h"
#include "detect/rules.h"
#include "parsed.h"
#include "tap.h"

/* Whether a set of rules has these words. */
static bool
is_set(ruleset s, int64_t low, int64_t high)
{
	return s[0] == (uint64_t)low && s[1] == (uint64_t)high;
}

static void
test_words(void)
{
	const struct rule *r = &set.rule[0];

	ok(parse("\t rule  r-1_x severity=high proto=dns,TLSv1.3 flags=SA "
	    "track=by_both packets=7 unique=dport seconds=1.5 cooldown=5m "
	    "# why\n\n   # nothing\n") && set.count == 1, "all words read");
	same_text(r->name, strlen(r->name), "r-1_x", "the name");
	ok(r->severity == RULES_HIGH && r->track == RULES_BY_BOTH &&
	    r->unique == RULES_UNIQUE_DPORT && !r->bytes && r->limit == 7,
	    "words and numbers");
	ok(!r->any_proto && r->proto[PROTO_DNS] && r->proto[PROTO_TLS] &&
	    !r->proto[PROTO_TCP], "protocols, folded");
	ok(r->flags == 0x12, "flags: S is 2, A is 16");
	same_int(r->window_ns, 3 * NS_PER_S / 2, "the window");
	same_int(r->cooldown_ns, 300 * NS_PER_S, "the cooldown");
	ok(parse("rule a track=by_rule bytes=9223372036854775807 seconds=1"),
	    "the last line needs no newline, bytes go up to 2^63 - 1");
	ok(r->severity == RULES_MEDIUM && r->any_proto && r->flags == 0 &&
	    r->unique == RULES_ALL && r->share == 0 && r->group == -1 &&
	    r->cooldown_ns == 60 * NS_PER_S, "the defaults");
	ok(parse("rule a track=by_src packets=10k/m") && !r->bytes &&
	    !r->bins && r->limit == 10000 &&
	    r->window_ns == 60 * NS_PER_S, "a rate");
	ok(parse("rule a track=by_src bytes=3G/15m") && r->bytes && r->bins &&
	    r->limit == 3000000000 && r->window_ns == 900 * NS_PER_S,
	    "a rate over a duration");
	ok(parse("rule a track=by_src packets=1000001/d") && !r->bytes &&
	    r->bins && r->window_ns == 86400 * NS_PER_S,
	    "many packets are counted in bins");
	ok(parse("rule a track=by_rule packets=1 seconds=1 cooldown=0s\r\n") &&
	    r->cooldown_ns == 0, "CRLF, and no cooldown");
}

static void
test_round_trip(void)
{
	struct rules before;
	struct output o;
	size_t i, sets, same = 0, count = 0;

	for (sets = 0; rules_builtin_names[sets] != NULL; sets++) {
		const char *text = rules_builtin(rules_builtin_names[sets]);

		output_init(&o, -1, "text");
		if (!ok(parse(text), "the set %s reads",
		    rules_builtin_names[sets]))
			printf("# %zu:%zu: %s\n", set.line, set.column,
			    set.why);
		before = set;
		for (i = 0; i < set.count; i++)
			rules_write(&o, &set.rule[i]);
		rules_init(&set);
		ok(rules_parse(&set, o.buf, o.used), "what is written reads");
		for (i = 0; i < before.count; i++)
			same += memcmp(&set.rule[i], &before.rule[i],
			    sizeof(set.rule[i])) == 0;
		count += before.count;
		rules_release(&before);
		free(o.buf);
	}
	ok(count == same && count >= 4, "and gives the same %zu rules", count);
	ok(rules_builtin("moon") == NULL, "no such set");
}

/* Reads a rule with a condition; same if it is written as this. */
static void
reads_as(const char *condition, const char *want, const char *what)
{
	char text[300], line[300];
	struct output o;

	snprintf(text, sizeof(text), "rule r severity=low %s track=by_rule "
	    "packets=1 seconds=1 cooldown=0", condition);
	snprintf(line, sizeof(line), "rule r severity=low %s track=by_rule "
	    "packets=1 seconds=1 cooldown=0\n", want);
	output_init(&o, -1, "text");
	if (parse(text))
		rules_write(&o, &set.rule[0]);
	same_text(o.buf, o.used, line, "%s", what);
	free(o.buf);
}

static void
test_numbers(void)
{
	reads_as("dport=22", "dport=22", "a port");
	reads_as("dport=22,80-89,1024-", "dport=22,80-89,1024-", "ranges");
	reads_as("sport=-1023", "sport=0-1023", "a range from the first");
	reads_as("dport=5,3,4,1,2-2", "dport=1-5", "ranges that touch");
	reads_as("dport=ssh,https", "dport=22,443", "names of services");
	reads_as("sport=netbios-ns", "sport=137", "a name with a dash");
	reads_as("dport=!80", "dport=0-79,81-", "all but one");
	reads_as("dport=1-9,!5,!7-8", "dport=1-4,6,9", "a range without some");
	reads_as("dport=0-65535", "dport=0-", "all");
	reads_as("icmp=8,0", "icmp=0,8", "types");
	reads_as("icmp=200-", "icmp=200-", "types up to 255");
	reads_as("len=-60,1500", "len=0-60,1500", "lengths");
}

static void
test_flags(void)
{
	reads_as("flags=AS", "flags=SA", "in order");
	reads_as("flags=0", "flags=0", "no flags");
	reads_as("flags=+SA", "flags=+SA", "all of these");
	reads_as("flags=!A", "flags=!A", "none of these");
	reads_as("flags=*SF", "flags=*FS", "any of these");
	reads_as("flags=S,12", "flags=S", "congestion is ignored anyway");
	reads_as("flags=S,CE", "flags=S", "by its letters, too");
	reads_as("flags=S12", "flags=SEC", "unless it is named");
	reads_as("flags=A,PU", "flags=A,PU", "others are ignored if named");
}

static void
test_talks(void)
{
	const struct rule *r = &set.rule[0];

	ok(parse("rule a asked=no new=yes oneway=yes track=by_src packets=3 "
	    "seconds=1") && r->talk == (RULES_UNASKED | RULES_NEW |
	    RULES_ONEWAY), "places in a conversation");
	ok(parse("rule a asked=yes track=by_src packets=3 seconds=1\n"
	    "group g 10.0.0.0/8\ngroup h 11.0.0.0/8\nrule a@g asked=no\n"
	    "rule a@h asked=yes") && r->talk == RULES_ASKED &&
	    r[1].talk == RULES_UNASKED && r[2].talk == RULES_ASKED,
	    "a version for a group has its own place");
	ok(parse("rule a flags=S completed=no track=by_src packets=3 "
	    "seconds=1") && r->talk == RULES_INCOMPLETE &&
	    r->flags == TCP_SYN, "completed");
	ok(parse("rule a proto=POP encrypted=no within=2 track=by_src "
	    "packets=3 seconds=1") && r->talk == RULES_PLAIN, "encrypted");
	ok(!parse("rule a answered=no encrypted=no track=by_src packets=3 "
	    "seconds=1"), "one wait a rule");
	ok(parse("rule a answered=no track=by_src packets=3 seconds=1") &&
	    r->talk == RULES_UNANSWERED, "answered without flags");
	ok(parse("rule a answered=no within=2500ms track=by_src packets=3 "
	    "seconds=1") && r->wait_ns == 5 * NS_PER_S / 2, "within");
	ok(parse("rule a answered=no within=1 track=by_src packets=3/s\n"
	    "rule b answered=no within=2 track=by_src packets=3/s\n"
	    "rule c answered=no within=3 track=by_src packets=3/s\n"
	    "rule d answered=no within=4 track=by_src packets=3/s\n"
	    "rule e answered=no within=3 track=by_src packets=3/s"),
	    "four times to wait");
	ok(!rules_parse(&set, "rule f answered=no within=5 track=by_src "
	    "packets=3/s", 52), "a fifth is too many");
	ok(parse("rule a flags=S track=by_src packets=3 regular=20% "
	    "seconds=1") && r->regular == 20, "regular steps");
}

static void
test_sides(void)
{
	const struct rule *r = &set.rule[0];

	reads_as("src=10.0.0.0/8,2001:db8::1", "src=10.0.0.0/8,2001:db8::1",
	    "networks");
	ok(set.nets == 2 && is_set(set.net[0].in[RULES_SRC], 1, 0) &&
	    set.net[1].prefix == 128 &&
	    is_set(set.net[1].in[RULES_DST], 0, 0) &&
	    r->within == 1 << RULES_SRC, "the source is in one");
	reads_as("dst=!$MULTICAST,!10.0.0.0/8", "dst=!$MULTICAST,!10.0.0.0/8",
	    "none of these");
	ok(set.nets == 4 && is_set(set.net[3].out[RULES_DST], 1, 0) &&
	    r->within == 0,
	    "the destination is in none");
	ok(parse("group HOME 192.0.2.0/24\nrule a src=$HOME dst=!$HOME "
	    "track=by_src packets=1 seconds=1") && set.nets == 3 &&
	    is_set(set.net[1].in[RULES_SRC], 1, 0) &&
	    is_set(set.net[2].out[RULES_DST], 1, 0) &&
	    set.net[2].prefix == 24, "a group of one's own replaces HOME");
	reads_as("src=$HOME", "src=$HOME", "HOME as it is");
	ok(set.nets == 9, "has nine networks");
}

static void
test_groups(void)
{
	const struct rules_net *net;

	ok(parse("group g 10.0.0.0/8,2001:db8::1\n"
	    "rule r track=by_dst packets=5 seconds=9 severity=low\n"
	    "rule r@g packets=50\n"
	    "rule s track=by_src packets=0 seconds=1\n"
	    "allow src g rule=r\nallow any 0.0.0.0/0\n"),
	    "groups and allowed networks read");
	ok(set.count == 3 && set.rule[1].parent == 0 &&
	    set.rule[1].group == 0 && set.rule[1].limit == 50 &&
	    set.rule[1].window_ns == 9 * NS_PER_S &&
	    set.rule[1].severity == RULES_LOW,
	    "a version has what it does not say from its rule");
	net = set.net;
	ok(set.nets == 5 && net[0].group == 0 && net[0].prefix == 8 &&
	    net[1].group == 0 && net[1].prefix == 128, "two members");
	ok(net[2].src && !net[2].dst && is_set(net[2].rules, 3, 0) &&
	    net[3].addr.family == 6 && is_set(net[3].rules, 3, 0),
	    "both are allowed as sources, by the rule and its version");
	ok(net[4].src && net[4].dst && is_set(net[4].rules, -1, -1) &&
	    net[4].prefix == 0, "and anything by all");
}

static int64_t
needing(enum rules_column column)
{
	return (int64_t)rules_needing(&set, column)[0];
}

static void
test_needs(void)
{
	parse("rule a flags=S track=by_both packets=1 seconds=1 unique=dport\n"
	    "rule b proto=DNS track=by_rule bytes=1 seconds=1\n"
	    "rule c track=by_src packets=1 seconds=1 unique=dst\n"
	    "rule d track=by_proto packets=1 seconds=1\n");
	same_int(needing(RULES_COLUMN_FLAGS), 1, "flags");
	same_int(needing(RULES_COLUMN_DPORT), 1, "dport");
	same_int(needing(RULES_COLUMN_SRC), 5, "src");
	same_int(needing(RULES_COLUMN_DST), 5, "dst");
	same_int(needing(RULES_COLUMN_PROTO), 10, "proto");
}

/* Texts that are wrong, and where. */
static const struct {
	const char	*text;
	size_t		 line, column;
} wrong[] = {
	{ "\n\nfoo", 3, 1 },
	{ "rule", 1, 5 },
	{ "rule a/b track=by_src packets=1 seconds=1", 1, 6 },
	{ "rule abcdefghijklmnopqrstuvwxyz012345 x=1", 1, 6 },
	{ "rule a track=by_src packets=1 seconds=1 seconds=2", 1, 41 },
	{ "rule a track=by_src packets=1/s seconds=1", 1, 33 },
	{ "rule a track=by_src seconds=1 packets=1/s", 1, 41 },
	{ "rule a track=by_src packets=1/ seconds=1", 1, 31 },
	{ "rule a track=by_src packets=1/x", 1, 31 },
	{ "rule a track=by_src packets=1/367d", 1, 31 },
	{ "rule a track=by_src packets=/s", 1, 29 },
	{ "rule a track=by_src packets=k/s", 1, 29 },
	{ "rule a track=by_src bytes=9223373T/s", 1, 27 },
	{ "rule a track=by_src bytes=1K/s", 1, 27 },
	{ "rule a track=by_src packets=1/s bytes=1/s", 1, 33 },
	{ "rule a track=by_src packets=1001/s unique=dst", 1, 6 },
	{ "rule a sport", 1, 8 },
	{ "rule a dport=65536 track=by_src packets=1 seconds=1", 1, 14 },
	{ "rule a dport=5-3 track=by_src packets=1 seconds=1", 1, 14 },
	{ "rule a dport=1,,2 track=by_src packets=1 seconds=1", 1, 16 },
	{ "rule a dport=moon track=by_src packets=1 seconds=1", 1, 14 },
	{ "rule a dport=- track=by_src packets=1 seconds=1", 1, 14 },
	{ "rule a dport=1,!1 track=by_src packets=1 seconds=1", 1, 14 },
	{ "rule a src=10.0.0.1/8 track=by_src packets=1 seconds=1", 1, 12 },
	{ "rule a src=$MOON track=by_src packets=1 seconds=1", 1, 13 },
	{ "rule a dst=@/none track=by_src packets=1 seconds=1", 1, 13 },
	{ "rule a answered=yes track=by_src packets=1 seconds=1", 1, 17 },
	{ "rule a within=2 track=by_src packets=1 seconds=1", 1, 6 },
	{ "rule a answered=no within=61 track=by_src packets=1 seconds=1",
	    1, 27 },
	{ "rule a answered=no within=0 track=by_src packets=1 seconds=1",
	    1, 27 },
	{ "rule a known=yes track=by_src packets=1/s", 1, 14 },
	{ "rule a known=no track=by_rule packets=1/s", 1, 6 },
	{ "rule a asked=maybe track=by_src packets=1 seconds=1", 1, 14 },
	{ "rule a oneway=no track=by_src packets=1 seconds=1", 1, 15 },
	{ "rule a refused=no track=by_src packets=1 seconds=1", 1, 16 },
	{ "rule a completed=no track=by_src packets=1 seconds=1", 1, 6 },
	{ "rule a flags=FA answered=no track=by_src packets=1 seconds=1",
	    1, 6 },
	{ "rule a flags=PA answered=no track=by_src packets=1 seconds=1",
	    1, 6 },
	{ "rule a asked=no track=by_src bytes=1 answered=no seconds=1", 1, 6 },
	{ "rule a track=by_src packets=2 regular=9% seconds=1", 1, 6 },
	{ "rule a track=by_src packets=101 regular=9% seconds=1", 1, 6 },
	{ "rule a track=by_src packets=9 regular=100% seconds=1", 1, 39 },
	{ "rule a track=by_src packets=9 unique=src seconds=1", 1, 6 },
	{ "rule a icmp=256 track=by_src packets=1 seconds=1", 1, 13 },
	{ "rule a icmp=echo track=by_src packets=1 seconds=1", 1, 13 },
	{ "rule a flags= track=by_src packets=1 seconds=1", 1, 14 },
	{ "rule a flags=!0 track=by_src packets=1 seconds=1", 1, 14 },
	{ "rule a flags=S, track=by_src packets=1 seconds=1", 1, 14 },
	{ "rule a flags=S,SA track=by_src packets=1 seconds=1", 1, 14 },
	{ "rule a sevrity=low", 1, 8 },
	{ "rule a src_=1 track=by_src packets=1 seconds=1", 1, 8 },
	{ "rule a src_as= track=by_src packets=1 seconds=1", 1, 15 },
	{ "rule a src_as=1,!,2 track=by_src packets=1 seconds=1", 1, 18 },
	{ "rule a src_as=1\0012 track=by_src packets=1 seconds=1", 1, 15 },
	{ "rule a src_as=a\177 track=by_src packets=1 seconds=1", 1, 15 },
	{ "rule a dir=in,transit track=by_src packets=1 seconds=1", 1, 15 },
	{ "rule a dir=in dir=in track=by_src packets=1 seconds=1", 1, 15 },
	{ "rule a dir=local,out track=by_src seconds=1", 1, 44 },
	{ "rule a track=by_src packets=1001 unique=dst seconds=1", 1, 6 },
	{ "rule a track=by_dst packets=1 unique=dst seconds=1", 1, 6 },
	{ "rule a track=by_rule packets=1 share=5% seconds=1", 1, 6 },
	{ "rule a track=by_proto packets=1 share=100% seconds=1", 1, 39 },
	{ "rule a track=by_proto packets=1 share=% seconds=1", 1, 39 },
	{ "rule a track=by_src packets=-1 seconds=1", 1, 29 },
	{ "rule a track=by_src packets=1 seconds=367d", 1, 39 },
	{ "rule a proto= track=by_src packets=1 seconds=1", 1, 14 },
	{ "rule a proto=TCP, track=by_src packets=1 seconds=1", 1, 18 },
	{ "rule a flags= track=by_src packets=1 seconds=1", 1, 14 },
	{ "rule a track= packets=1 seconds=1", 1, 14 },
	{ "rule a unique= track=by_src packets=1 seconds=1", 1, 15 },
	{ "rule a track=by_src packets=1 seconds=1\nrule a", 2, 6 },
	{ "group g 10.0.0.1\ngroup g 10.0.0.1", 2, 7 },
	{ "group g 10.0.0.1,,10.0.0.2", 1, 18 },
	{ "group g 10.0.0.1\nrule r track=by_rule packets=1 seconds=1\n"
	    "rule r@g packets=2", 3, 6 },
	{ "allow", 1, 6 },
	{ "allow src", 1, 10 },
	{ "allow src h", 1, 11 },
	{ "allow src 10.0.0.1 rule=x", 1, 25 },
	{ "allow src 10.0.0.1 x", 1, 20 },
	{ "allow src 2001:db8::1/64", 1, 11 },
};

static void
test_wrong(void)
{
	size_t i;

	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (!ok(!parse(wrong[i].text) && set.line == wrong[i].line &&
		    set.column == wrong[i].column && set.why[0] != '\0',
		    "wrong: %.30s", strrchr(wrong[i].text, '\n') == NULL ?
		    wrong[i].text : strrchr(wrong[i].text, '\n') + 1))
			printf("# at %zu:%zu: %s\n", set.line, set.column,
			    set.why);
}

static void
test_limits(void)
{
	char text[80];
	int i;

	parse("");
	for (i = 0; i < RULES_MAX; i++) {
		snprintf(text, sizeof(text),
		    "rule r%d track=by_src packets=1 seconds=1", i);
		rules_parse(&set, text, strlen(text));
	}
	ok(set.count == 128, "128 rules fit");
	ok(!rules_parse(&set, "rule x", 6), "one more does not");
	same_text(set.why, strlen(set.why), "over 128 rules",
	    "and the limit is named");
}

int
main(void)
{
	rules_init(&set);
	test_words();
	test_round_trip();
	test_numbers();
	test_flags();
	test_talks();
	test_sides();
	test_groups();
	test_needs();
	test_wrong();
	test_limits();
	rules_release(&set);
	return tap_done();
}
