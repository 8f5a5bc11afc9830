/*
 * condition - conditions against rows whose answers follow from the grammar
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "pick/condition.h"
#include "tap.h"

/* 2026-11-24 is a Tuesday; 1795480200 is 00:30 UTC. */
static const struct {
	const char	*name;
	const char	*cell;
} row[] = {
	{ "time", "1795480200.250000" },	/* 00:30:00.25 */
	{ "src", "10.1.2.3" },
	{ "dst", "2001:db8::7" },
	{ "proto", "TLS" },
	{ "len", "1500" },
	{ "dport", "443" },
	{ "sport", "" },
	{ "flags", "S" },
	{ "sensor", "roof" },
	{ "share", "12.5" },
	{ "dir", "out" },
	{ "bytes", "2000000" },
	{ "bad", "x.1" },
	{ "most", "9223372036854775807" },	/* 2^63 - 1: sums end here */
	{ "stack", "100.200.300" },
	{ "vlan", "200.30" },
	{ "src/24", "10.1.2.0/24" },
};

/* What mkstemp(3) fills in. */
#define TEMPLATE	"XX" "XX" "XX"

/* The answer of a condition on the row above; -1: it is none. */
static int
ask(const char *text, struct condition_error *error)
{
	static char room[CONDITION_COLUMNS_MAX][128];
	struct slice cell[CONDITION_COLUMNS_MAX];
	struct condition c;
	size_t i, j;
	int answer;

	if (!condition_parse(&c, text, error))
		return -1;
	for (i = 0; i < c.columns; i++) {
		memset(room[i], 0, sizeof(room[i]));
		cell[i] = (struct slice){ room[i], 0 };
		for (j = 0; j < sizeof(row) / sizeof(row[0]); j++) {
			if (strcmp(row[j].name, c.column[i]) != 0)
				continue;
			cell[i].len = strlen(row[j].cell);
			memcpy(room[i], row[j].cell, cell[i].len);
		}
	}
	answer = (int)condition_test(&c, cell);
	condition_release(&c);
	return answer;
}

static const struct {
	const char	*text;
	enum answer	 want;
} answers[] = {
	{ "proto = TLS", ANSWER_YES }, { "proto = tls", ANSWER_YES },
	{ "proto = DNS,MDNS", ANSWER_NO },
	{ "proto != DNS,MDNS", ANSWER_YES },
	{ "not proto = TLS", ANSWER_NO },
	{ "sensor = Roof", ANSWER_NO }, { "sensor = roof", ANSWER_YES },
	{ "len = 1500", ANSWER_YES }, { "len = 1.5k", ANSWER_YES },
	{ "len > 1500", ANSWER_NO }, { "len >= 1500", ANSWER_YES },
	{ "len < 1501", ANSWER_YES }, { "len <= 1499", ANSWER_NO },
	{ "bytes > 1M", ANSWER_YES }, { "bytes < 1G", ANSWER_YES },
	{ "share > 12.49", ANSWER_YES },
	{ "share = 12.50", ANSWER_YES },
	{ "share < 12.5", ANSWER_NO },
	{ "dport = 1024-65535", ANSWER_NO },
	{ "dport = 22,400-500", ANSWER_YES },
	{ "src in 10.0.0.0/8", ANSWER_YES },
	{ "src in 10.1.2.3", ANSWER_YES },
	{ "src in 11.0.0.0/8,10.1.2.4/31", ANSWER_NO },
	{ "src in 10.1.2.2/31", ANSWER_YES },
	{ "src = 10.1.2.3", ANSWER_YES },
	{ "src = 10.0.0.0/8", ANSWER_YES },
	{ "dst in 2001:db8::/32", ANSWER_YES },
	{ "dst in 2001:db9::/32", ANSWER_NO },
	{ "any in 2001:db8::/32", ANSWER_YES },
	{ "any in 192.0.2.0/24", ANSWER_NO },
	{ "any = 10.1.2.3", ANSWER_YES },
	{ "not any in 10.0.0.0/8", ANSWER_NO },
	{ "src in 0.0.0.0/0", ANSWER_YES },
	{ "dst in ::/0", ANSWER_YES },
	{ "time >= 2026-11-24T00:30", ANSWER_YES },
	{ "time >= 2026-11-24T00:30:01", ANSWER_NO },
	{ "time < 1795480200.25", ANSWER_NO },
	{ "time <= 1795480200.25", ANSWER_YES },
	{ "time < \"2026-11-24 08:00:00\"", ANSWER_YES },
	{ "hour = 8-17", ANSWER_NO }, { "hour = 0", ANSWER_YES },
	{ "hour = 22-6", ANSWER_YES }, { "hour < 1", ANSWER_YES },
	{ "weekday = mon-fri", ANSWER_YES },
	{ "weekday = sat,sun", ANSWER_NO },
	{ "weekday = Tue", ANSWER_YES },
	{ "weekday = fri-mon", ANSWER_NO },
	{ "sport = \"\"", ANSWER_YES }, { "dport = \"\"", ANSWER_NO },
	{ "dport != \"\"", ANSWER_YES },
	{ "sport = 53", ANSWER_UNREADABLE },
	{ "sport != 53", ANSWER_UNREADABLE },
	{ "not sport = 53", ANSWER_UNREADABLE },
	{ "sport = 53,\"\"", ANSWER_YES },
	{ "bad in 10.0.0.0/8", ANSWER_UNREADABLE },
	{ "bad > 5", ANSWER_UNREADABLE },
	{ "sport = 53 or len = 1500", ANSWER_YES },
	{ "sport = 53 and len = 1500", ANSWER_UNREADABLE },
	{ "sport = 53 and len = 1", ANSWER_NO },
	{ "not (sport = 53 or len = 1)", ANSWER_UNREADABLE },
	{ "len = 1 or len = 1500 and dir = in", ANSWER_NO },
	{ "(len = 1 or len = 1500) and dir = out", ANSWER_YES },
	{ "not len = 1 and not dir = in", ANSWER_YES },
	{ "not not len = 1500", ANSWER_YES },
	{ "flags=S and dport=443", ANSWER_YES },
	{ "dir = \"out\"", ANSWER_YES },
	{ "proto = tlsv1.3", ANSWER_YES }, { "proto != TLSv1.3", ANSWER_NO },
	{ "proto = HTTP/XML,6", ANSWER_NO }, { "proto = other", ANSWER_NO },
	{ "most > 9223372036854775806", ANSWER_YES },
	{ "most > 9223372036G", ANSWER_YES },
	{ "most = 1G-9223372036854775807", ANSWER_YES },
	{ "most > 9223372036.854775807G", ANSWER_NO },
	{ "stack = 100.200.300", ANSWER_YES },
	{ "vlan = 200.30", ANSWER_YES }, { "vlan = 200.3,30", ANSWER_NO },
	{ "vlan = 200.30,10-20", ANSWER_YES },
	{ "vlan != 200.3", ANSWER_YES }, { "vlan != 10", ANSWER_YES },
	{ "vlan = 200-300", ANSWER_NO }, { "vlan > 199", ANSWER_YES },
	{ "src/24 = 10.1.2.0/24", ANSWER_YES },
	{ "src/24 in 10.1.3.0/24,10.0.0.0/8", ANSWER_YES },
	{ "src/24 in 10.1.2.0/25", ANSWER_NO },
	{ "src/24 in 10.1.2.0", ANSWER_NO },
	{ "dir = 10.0.0.0/8x,dead.beef.cafe.de", ANSWER_NO },
};

static void
test_answers(void)
{
	struct condition_error error;
	size_t i;

	for (i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		same_int(ask(answers[i].text, &error), (int)answers[i].want,
		    "%s", answers[i].text);
}

static void
test_errors(void)
{
	static const struct {
		const char	*text;
		size_t		 at;
	} cases[] = {
		{ "", 1 }, { "len", 4 }, { "len =", 6 }, { "len = 5 proto", 9 },
		{ "len = 5 and", 12 }, { "(len = 5", 9 }, { "len = 5)", 8 },
		{ "len ~ 5", 5 }, { "= 5", 1 }, { "src in 10.0.0.0/33", 8 },
		{ "src in office", 8 }, { "hour = 24", 8 },
		{ "hour = 8-24", 8 },
		{ "weekday = monday", 11 }, { "weekday > mon", 11 },
		{ "time > yesterday", 8 }, { "proto < TLS", 9 },
		{ "len = 9-5", 7 }, { "len > 5-9", 7 }, { "dir = \"out", 7 },
		{ "len = 1,", 9 }, { "len = ,1", 7 }, { "dir = @", 7 },
		{ "dir = @/nonexistent/list", 7 }, { "not", 4 },
		{ "most < 9223372036854775808", 8 },
		{ "proto = 'TLS'", 9 },
		{ "most < 9223372036.854775808G", 8 },
		{ "src = 10.0.0.0/33", 7 }, { "src != 10.0.0.256", 8 },
		{ "dst = 10.0.0/8", 7 }, { "dst = 2001:db8::/129", 7 },
	};
	struct condition_error error;
	char deep[1024] = "";
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		same_int(ask(cases[i].text, &error), -1, "\"%s\" is none",
		    cases[i].text);
		same_int((int64_t)error.at, (int64_t)cases[i].at,
		    "and where, %s", error.why);
	}
	memset(deep, '(', 500);
	same_int(ask(deep, &error), -1, "deep nesting is refused");
}

/* Writes a file of values; its name is in path. */
static void
write_list(char *path, const char *text)
{
	int fd = mkstemp(path);

	if (fd == -1 || write(fd, text, strlen(text)) == -1)
		puts("Bail out! no temporary file");
	close(fd);
}

static void
test_files(void)
{
	char list[] = "/tmp/pktpipe-list." TEMPLATE;
	char table[] = "/tmp/pktpipe-table." TEMPLATE;
	char text[128];
	struct condition_error error;

	write_list(list, "# sites\n10.0.0.0/8\n\n 192.0.2.7 # one\r\nroof\n"
	    "440-450\n");
	snprintf(text, sizeof(text), "src = @%s", list);
	same_int(ask(text, &error), ANSWER_YES, "a network of a list");
	snprintf(text, sizeof(text), "sensor = @%s", list);
	same_int(ask(text, &error), ANSWER_YES, "a word of a list");
	snprintf(text, sizeof(text), "dport = 1,@%s", list);
	same_int(ask(text, &error), ANSWER_YES, "a range of a list");
	snprintf(text, sizeof(text), "src in @%s", list);
	same_int(ask(text, &error), -1, "a word is no network");
	ok(strstr(error.why, ":5: bad value \"roof\", want an address") != NULL,
	    "its line is told: %s", error.why);
	write_list(table, "name,net\n\"a, b\",10.1.0.0/16\n"
	    "c,\"2001:db8::/48\"\n");
	snprintf(text, sizeof(text), "src in @%s and dst in @%s", table, table);
	same_int(ask(text, &error), ANSWER_YES, "networks of a table");
	unlink(list);
	unlink(table);
}

int
main(void)
{
	setenv("TZ", "UTC0", 1);
	test_answers();
	test_errors();
	test_files();
	return tap_done();
}
