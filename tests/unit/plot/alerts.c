/*
 * alerts - unit test of incidents from the lines of ipflag --alerts
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plot/alerts.h"
#include "tap.h"

#define S	INT64_C(1000000000)

static char path[] = "/tmp/alerts.XXXXXX";
static FILE *file;

/* Adds text to the file. */
static void
write_text(const char *text)
{
	fputs(text, file);
	fflush(file);
}

/* One result: the incidents as "seconds rule, seconds rule." */
static void
same_list(const struct alerts *a, int64_t since_ns, const char *want,
    const char *what)
{
	const struct alerts_incident *list[ALERTS_MAX];
	size_t n = alerts_list(a, since_ns, list), i, used = 0;
	char got[512] = "";

	for (i = 0; i < n; i++)
		used += (size_t)snprintf(got + used, sizeof(got) - used,
		    "%s%d %.*s", i > 0 ? ", " : "",
		    (int)(list[i]->time_ns / S), (int)list[i]->name,
		    list[i]->text);
	same_text(got, used, want, "%s", what);
}

static void
parses(void)
{
	struct alerts_incident a;

	ok(alerts_parse("1970-01-01T00:00:05.500Z icmp-flood (high): to "
	    "10.0.0.2, ICMP, 1,051 packets in 1 s, threshold 50\n", &a),
	    "a line is read");
	same_int(a.time_ns, 5 * S + S / 2, "its time");
	same_text(a.text, strlen(a.text), "icmp-flood (high): to 10.0.0.2, "
	    "ICMP, 1,051 packets in 1 s, threshold 50", "its sentence");
	same_int(a.severity, 2, "its severity");
	same_text(a.text + a.subject, a.end - a.subject, "to 10.0.0.2, ICMP",
	    "its subject ends before the value");
	ok(!a.ended, "it is open");
	ok(alerts_parse("1970-01-01T00:00:06Z x (low, ended): all traffic, up "
	    "to 2 bytes in 1 s, threshold 1", &a) && a.ended, "an end");
	same_text(a.text + a.subject, a.end - a.subject, "all traffic",
	    "has the same subject");
	ok(!alerts_parse("ipflag: stdin: no column \"flags\"\n", &a) &&
	    !alerts_parse("", &a) && !alerts_parse("\n", &a) &&
	    !alerts_parse("1970-01-01T00:00:06Z\n", &a) &&
	    !alerts_parse("1970-01-01T00:00:06Z a (odd): b, c\n", &a) &&
	    !alerts_parse("1970-01-01T00:00:06Z a b (low): b, c\n", &a) &&
	    !alerts_parse("1970-01-01 a (low): b, c\n", &a),
	    "other lines are none");
	ok(alerts_parse("1970-01-01T00:00:06Z x (low): \x1b[2J, 1 b\n", &a) &&
	    strchr(a.text, '\x1b') == NULL, "bytes are made printable");
}

static void
follows(void)
{
	struct alerts a;

	alerts_init(&a, "/nonexistent/alerts");
	alerts_read(&a, INT64_MAX);
	same_list(&a, 0, "", "a file that is not there yet");
	alerts_release(&a);
	alerts_init(&a, path);
	write_text("1970-01-01T00:00:01Z low-a (low): to x, 5 p in 1 s\n"
	    "ipflag: a warning\n"
	    "1970-01-01T00:00:02Z med (medium): to x, 5 p in 1 s\n"
	    "1970-01-01T00:00:03Z low-b (low): to x, 5 p");
	alerts_read(&a, INT64_MAX);
	same_list(&a, 0, "2 med, 1 low-a",
	    "severity first; a line that is not whole waits");
	write_text(" in 1 s\n1970-01-01T00:00:04Z low-a (low, continues): "
	    "to x, up to 9 p in 1 s\n"
	    "1970-01-01T00:00:05Z med (medium, ended): to x, up to 9 p in 1 s\n"
	    "1970-01-01T00:00:09Z late (high): to y, 1 p in 1 s\n");
	alerts_read(&a, 5 * S);
	same_list(&a, 0, "4 low-a, 3 low-b, 5 med",
	    "an incident's newest line; ended ones last; no later one");
	same_list(&a, 6 * S, "4 low-a, 3 low-b", "those that ended before");
	alerts_read(&a, 9 * S);
	same_list(&a, 6 * S, "9 late, 4 low-a, 3 low-b", "it is its turn");
	fwrite("\0\0", 2, 1, file);
	write_text("1970-01-01T00:00:10Z nul (high): to y, 1 p in 1 s\n");
	alerts_read(&a, INT64_MAX);
	same_list(&a, 9 * S, "10 nul, 9 late, 4 low-a, 3 low-b",
	    "NUL bytes do not stop it");
	file = freopen(path, "w", file);
	write_text("1970-01-01T00:00:11Z new (high): to y, 1 p in 1 s\n");
	alerts_read(&a, INT64_MAX);
	same_list(&a, 9 * S, "11 new, 10 nul, 9 late, 4 low-a, 3 low-b",
	    "nor does a file that is truncated");
	alerts_release(&a);
}

static void
bounds(void)
{
	static struct alerts a;
	char line[128];
	int i;

	alerts_init(&a, path);
	for (i = 0; i < 2 * ALERTS_MAX; i++) {
		snprintf(line, sizeof(line), "1970-01-01T00:10:00Z r%d (low%s)"
		    ": to x, 5 p in 1 s\n", i, i % 2 ? ", ended" : "");
		write_text(line);
	}
	alerts_read(&a, INT64_MAX);
	same_int((int64_t)a.incidents, ALERTS_MAX, "there is a bound");
	for (i = 0; i < ALERTS_MAX && !a.incident[i].ended; i++)
		continue;
	ok(i == ALERTS_MAX, "open ones are kept before others");
	alerts_release(&a);
}

int
main(void)
{
	file = fdopen(mkstemp(path), "w");
	parses();
	follows();
	bounds();
	fclose(file);
	unlink(path);
	return tap_done();
}
