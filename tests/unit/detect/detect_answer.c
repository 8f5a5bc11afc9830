/*
 * detect_answer - unit test of rows that wait for an answer
 *
 * A rule of threshold 0 counts each row that waited in vain; the value of its
 * end is how many these were.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/hash.h"
#include "base/timestamp.h"
#include "detect/detect.h"
#include "tap.h"

#define UNANSWERED "rule r flags=S answered=no track=by_rule packets=0 " \
	"seconds=1h cooldown=0"
#define INCOMPLETE "rule r flags=S completed=no track=by_rule packets=0 " \
	"seconds=1h cooldown=0"
#define ANY	"rule r answered=no track=by_rule packets=0 seconds=1h " \
	"cooldown=0"

enum { CLIENT = 1, SERVER = 2 };

static struct rules rules;
static struct detect detect;
static int64_t counted, first_ms;

static void
add_alert(void *arg, const struct detect_alert *a)
{
	(void)arg;
	if (a->phase == DETECT_START)
		first_ms = a->time_ns / 1000000;
	if (a->phase == DETECT_END)
		counted = (int64_t)a->value;
}

static void
start(const char *text)
{
	rules_init(&rules);
	if (!rules_parse(&rules, text, strlen(text)))
		abort();
	detect_init(&detect, &rules, 100, add_alert, NULL);
	counted = first_ms = 0;
}

/* Ends the input: want rows waited in vain. */
static void
counts(int64_t want, const char *what)
{
	detect_finish(&detect);
	same_int(counted, want, "%s", what);
	detect_release(&detect);
	rules_release(&rules);
}

static void
set_address(struct detect_addr *a, uint8_t host)
{
	a->ip = (struct ipaddr){ 4, { 10, 0, 0, host } };
	a->hash = hash_bytes(&a->ip, sizeof(a->ip));
}

/* Puts a row from a host to another, of these ports; flags NULL: no TCP. */
static void
put(int64_t ms, const char *proto, uint8_t from, uint16_t sport, uint8_t to,
    uint16_t dport, const char *flags)
{
	char cell[32] = "";
	uint8_t bits = 0;
	struct detect_row row = { .time_ns = ms * 1000000, .packets = 1,
	    .bytes = 60, .present = 1U << RULES_COLUMN_SRC |
	    1U << RULES_COLUMN_DST };

	set_address(&row.src, from);
	set_address(&row.dst, to);
	if (sport != 0)
		row.present |= 1U << RULES_COLUMN_SPORT |
		    1U << RULES_COLUMN_DPORT;
	row.number[RULES_COLUMN_SPORT] = sport;
	row.number[RULES_COLUMN_DPORT] = dport;
	if (flags != NULL) {
		snprintf(cell, sizeof(cell), "%s", flags);
		tcpflags_read((struct slice){ cell, strlen(cell) }, &bits);
		row.present |= 1U << RULES_COLUMN_FLAGS;
	}
	row.number[RULES_COLUMN_FLAGS] = bits;
	snprintf(cell, sizeof(cell), "%s", proto);
	row.proto = detect_proto(&detect, (struct slice){ cell,
	    strlen(cell) });
	detect_put(&detect, &row);
}

/* A segment of the client to the server's port 80, or back. */
static void
ask(int64_t ms, uint16_t sport, const char *flags)
{
	put(ms, "TCP", CLIENT, sport, SERVER, 80, flags);
}

static void
tell(int64_t ms, uint16_t dport, const char *flags)
{
	put(ms, "TCP", SERVER, 80, CLIENT, dport, flags);
}

static void
test_answers(void)
{
	start(UNANSWERED);
	ask(1000, 5000, "S");
	tell(1999, 5000, "SA");
	ask(3000, 5001, "SEC");
	tell(4000, 5001, "SAE");
	counts(0, "a SYN-ACK up to a second later is an answer, with ECN too");
	start(UNANSWERED);
	ask(1000, 5000, "S");
	tell(2001, 5000, "SA");
	counts(1, "one after that is none");
	same_int(first_ms, 2000, "it counts when its second is over");
	start(UNANSWERED);
	ask(1000, 5000, "S");
	tell(1500, 5000, "RA");
	ask(9000, 5001, "A");
	counts(1, "a refusal counts");
	same_int(first_ms, 1500, "when it comes");
	start(UNANSWERED);
	ask(1000, 5000, "S");
	tell(1100, 5001, "SA");
	tell(1200, 5000, "A");
	put(1300, "TCP", SERVER, 81, CLIENT, 5000, "SA");
	put(1300, "TCP", 3, 80, CLIENT, 5000, "SA");
	put(1300, "UDP", SERVER, 80, CLIENT, 5000, NULL);
	counts(1, "what belongs to others is no answer");
}

static void
test_many(void)
{
	uint16_t i;

	start(UNANSWERED);
	for (i = 1; i <= 3; i++)
		ask(1000 + i, 5000, "S");
	tell(1010, 5000, "SA");
	counts(2, "an answer is that to the oldest of three");
	start(UNANSWERED);
	for (i = 0; i < 3000; i++)
		ask(1000 + i / 10, (uint16_t)(1 + i), "S");
	for (i = 0; i < 3000; i += 3)
		tell(1400, (uint16_t)(1 + i), "SA");
	ask(9000, 1, "A");
	counts(2000, "of 3000 SYNs two thirds get no answer");
}

static void
test_completed(void)
{
	start(INCOMPLETE);
	ask(1000, 5000, "S");
	tell(1001, 5000, "SA");
	ask(1002, 5000, "A");
	ask(1003, 5000, "PA");
	counts(0, "an ACK completes a connection");
	start(INCOMPLETE);
	ask(1000, 5000, "S");
	tell(1001, 5000, "SA");
	tell(1002, 5000, "PA");
	ask(1003, 5000, "RA");
	ask(1004, 5001, "A");
	counts(1, "neither a RST nor what others send does");
	start(INCOMPLETE);
	ask(1000, 5000, "S");
	tell(1001, 5000, "RA");
	counts(0, "a server keeps nothing of one that it refuses");
	start(INCOMPLETE "\nrule s flags=S answered=no track=by_rule "
	    "packets=9 seconds=1s");
	ask(1000, 5000, "S");
	tell(1001, 5000, "SA");
	counts(1, "what one rule waited for is not what another waits for");
	start(UNANSWERED);
	ask(1000, 5000, "S");
	ask(1001, 5000, "A");
	counts(0, "an ACK shows that a SYN-ACK came, captured or not");
	start(UNANSWERED);
	ask(1000, 5000, "S");
	ask(1001, 5000, "RA");
	ask(1002, 5001, "A");
	counts(1, "neither an RST nor another connection's ACK does");
}

static void
test_others(void)
{
	start(ANY);
	put(1000, "UDP", CLIENT, 5000, SERVER, 53, NULL);
	put(1100, "DNS", SERVER, 53, CLIENT, 5000, NULL);
	put(2000, "ARP", CLIENT, 0, SERVER, 0, NULL);
	put(2100, "ARP", SERVER, 0, CLIENT, 0, NULL);
	put(3000, "ICMP", CLIENT, 0, SERVER, 0, NULL);
	put(3100, "ICMP", SERVER, 0, CLIENT, 0, NULL);
	ask(3000, 5000, "A");
	counts(0, "datagrams, requests of ARP and pings get answers");
	start(ANY);
	put(1000, "UDP", CLIENT, 5000, SERVER, 53, NULL);
	put(1010, "UDP", CLIENT, 5000, SERVER, 53, NULL);
	put(1100, "UDP", SERVER, 53, CLIENT, 5001, NULL);
	counts(2, "only the first of a conversation waits: both get none");
	start(ANY);
	put(3000, "ICMP", CLIENT, 0, SERVER, 0, NULL);
	put(3100, "ARP", SERVER, 0, CLIENT, 0, NULL);
	counts(2, "another protocol is no answer");
	start(ANY);
	put(1000, "UDP", CLIENT, 5000, SERVER, 53, NULL);
	put(1100, "ICMP", SERVER, 0, CLIENT, 0, NULL);
	counts(1, "an error is no answer, and asks for none");
}

/* Rules that wait differently long for the same rows. */
static void
test_within(void)
{
	start("rule r flags=S answered=no within=3 track=by_rule packets=0 "
	    "seconds=1h cooldown=0");
	ask(1000, 5000, "S");
	tell(4000, 5000, "SA");
	counts(0, "an answer after three seconds is one within=3");
	start("rule r flags=S answered=no within=3 track=by_rule packets=0 "
	    "seconds=1h cooldown=0");
	ask(1000, 5000, "S");
	tell(4001, 5000, "SA");
	counts(1, "one after that is none");
	same_int(first_ms, 4000, "it counts after three seconds");
	start(UNANSWERED "\nrule s flags=S answered=no within=100ms "
	    "track=by_rule packets=9 seconds=1s\nrule t flags=S completed=no "
	    "within=2 track=by_rule packets=9 seconds=1s");
	ask(1000, 5000, "S");
	tell(1500, 5000, "SA");
	ask(3000, 5001, "S");
	counts(1, "a shorter and a longer wait change nothing for the others");
}

#define PLAIN	"rule r proto=IMAP encrypted=no track=by_rule packets=0 " \
	"seconds=1h cooldown=0"

/* A row of mail over IMAP, or of what follows it on the same connection. */
static void
mail(int64_t ms, const char *proto, uint16_t sport, bool back)
{
	if (back)
		put(ms, proto, SERVER, 143, CLIENT, sport, "PA");
	else
		put(ms, proto, CLIENT, sport, SERVER, 143, "PA");
}

static void
test_encrypted(void)
{
	start(PLAIN);
	mail(1000, "IMAP", 5000, false);
	mail(1100, "IMAP", 5000, true);
	mail(1200, "IMAP", 5000, false);
	mail(1300, "TLS", 5000, true);
	counts(0, "TLS of either side encrypts the rows of both");
	start(PLAIN);
	mail(1000, "IMAP", 5000, false);
	mail(1500, "IMAP", 5000, false);
	mail(2001, "TLS", 5000, false);
	counts(1, "rows more than a second before it were in clear text");
	start(PLAIN);
	mail(1000, "IMAP", 5000, false);
	mail(1100, "TLS", 5001, false);
	put(1200, "TLS", CLIENT, 5000, SERVER, 993, "PA");
	mail(1300, "TCP", 5000, true);
	put(1400, "TCP", SERVER, 143, CLIENT, 5000, "RA");
	counts(1, "TLS of others does not, nor do other rows or an end");
	start(PLAIN "\nrule s flags=S answered=no track=by_rule packets=9 "
	    "seconds=1s");
	mail(1000, "IMAP", 5000, false);
	put(1100, "IMAP", SERVER, 143, CLIENT, 5000, "SA");
	counts(2, "an answer to a SYN is none to them");
}

int
main(void)
{
	test_answers();
	test_many();
	test_completed();
	test_others();
	test_within();
	test_encrypted();
	return tap_done();
}
