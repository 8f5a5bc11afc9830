/*
 * row - headers, packet and tally rows, and what is wrong with bad ones
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "csv/columns.h"
#include "csv/row.h"
#include "tap.h"

static char path[] = "/tmp/pktpipe-row." "XX" "XX" "XX";
static int status;
static char said[8192];		/* what the last read wrote to stderr */
static bool together;		/* rows are read together, row_want_only */
static bool odd;		/* rows of an odd number of bytes alone */

static void
put(const char *text)
{
	FILE *file = fopen(path, "w");

	if (file == NULL || fputs(text, file) == EOF || fclose(file) == EOF)
		err(1, "%s", path);
}

static bool
is_odd(void *arg, const struct row *row)
{
	(void)arg;
	return row->bytes % 2 == 1;
}

/*
 * Reads text as rows that need proto, may have sport, and need the time;
 * returns them one a line.
 */
static const char *
rows(const char *text)
{
	static char out[8192];
	static char *operands[] = { path, NULL };
	struct stream in;
	struct row_reader r;
	const struct row *row;
	size_t proto, sport, used = 0;
	int saved = dup(STDERR_FILENO);
	FILE *err_file = tmpfile();

	if (saved == -1 || err_file == NULL)
		err(1, "%s", path);
	put(text);
	dup2(fileno(err_file), STDERR_FILENO);
	stream_init(&in, operands, NULL);
	row_init(&r, &in);
	row_want_only(&r, together);
	proto = row_want(&r, "proto", false);
	sport = row_want(&r, "sport", true);
	row_want_time(&r);
	r.admits = odd ? is_odd : NULL;
	out[0] = '\0';
	while ((row = row_next(&r)) != NULL)
		used += (size_t)snprintf(out + used, sizeof(out) - used,
		    "%jd %.*s %.*s %ju %ju\n",
		    (intmax_t)(row->timed ? row->time_ns : -1),
		    (int)row->cell[proto].len, row->cell[proto].at,
		    (int)row->cell[sport].len, row->cell[sport].at,
		    (uintmax_t)row->packets, (uintmax_t)row->bytes);
	row_release(&r);
	status = stream_finish(&in);
	dup2(saved, STDERR_FILENO);
	close(saved);
	rewind(err_file);
	said[fread(said, 1, sizeof(said) - 1, err_file)] = '\0';
	fclose(err_file);
	return out;
}

/* The rows, the status, and a part of the messages ("" for none at all). */
static void
expect(const char *text, const char *want, int want_status,
    const char *message, const char *title)
{
	const char *got = rows(text);

	same_text(got, strlen(got), want, "%s%s", title,
	    together ? ", read together" : "");
	same_int(status, want_status, "%s: status", title);
	ok(message[0] == '\0' ? said[0] == '\0' :
	    strstr(said, message) != NULL, "%s: message %s", title, message);
}

#define HEADER	"time,src,dst,proto,len\n"

static void
good_rows(void)
{
	expect("", "", 0, "", "nothing");
	expect(HEADER, "", 0, "", "a header alone");
	expect(HEADER "1.5,,,TLS,66\n", "1500000000 TLS  1 66\n", 0, "",
	    "a packet row");
	expect("1.5,,,TLS,66\n2.0,,,TCP,1\n",
	    "1500000000 TLS  1 66\n2000000000 TCP  1 1\n", 0, "",
	    "no header");
	expect("len,x,proto,sport,time\n7,y,UDP,53,0.1\n",
	    "100000000 UDP 53 1 7\n", 0, "", "columns in any order");
	expect("time,proto,packets,bytes\n1,TCP,3,400\n",
	    "1000000000 TCP  3 400\n", 0, "", "a tally row");
	expect("time,proto,len,packets,bytes\n1,TCP,9,3,400\n",
	    "1000000000 TCP  3 400\n", 0, "",
	    "a table with len, packets and bytes is a tally");
	expect(HEADER ",,,TLS,66\n", "-1 TLS  1 66\n", 0, "",
	    "a row without a time");
	expect(HEADER "1,,,A,1\n" HEADER "2,,,B,2\n",
	    "1000000000 A  1 1\n2000000000 B  1 2\n", 0, "",
	    "the header again");
	expect(HEADER "1,,,A,1\ntime,proto,packets,bytes\n2,B,2,3\n",
	    "1000000000 A  1 1\n2000000000 B  2 3\n", 0, "",
	    "another header mid-stream");
	expect(HEADER "1,,,A,4294967295\n", "1000000000 A  1 4294967295\n", 0,
	    "", "the largest len");
	expect(HEADER "1,,,A,1", "1000000000 A  1 1\n", 0, "",
	    "a last row without newline that has all its cells");
}

static void
bad_rows(void)
{
	expect(HEADER "1,,,A,x\n2,,,B,2\n", "2000000000 B  1 2\n", 1,
	    ":2: bad len \"x\", want 0-4294967295", "a len that is no number");
	expect(HEADER "1,,,A,4294967296\n", "", 1, "bad len",
	    "a len too large");
	expect(HEADER "1,,,A,66.0\n", "", 1, "bad len",
	    "a len with a fraction");
	expect(HEADER "2024-01-01,,,A,6\n", "", 1, "csvclean",
	    "a time in another form");
	expect(HEADER "1,,,A\n", "", 1, ":2: row has 4 cells, want 5\n",
	    "a row that lacks a cell");
	expect(HEADER "1,,,A", "", 1, ":2: row has 4 cells, want 5: cut short?",
	    "a last row that is torn");
	expect("1,,,A\n2,,,B,6\n", "2000000000 B  1 6\n", 1,
	    ":1: row has 4 cells, want 5", "without a header, a short row");
	expect("time,src,dst,len\n1,,,6\n", "", 3,
	    "no column \"proto\" in the header", "a header without proto");
	expect("proto,len\nA,6\n", "", 3, "no column \"time\"",
	    "a header without time");
	expect("time,proto\n1,A\n", "", 3, "no column \"len\"",
	    "neither len nor packets and bytes");
	expect("time,proto,packets,bytes\n1,A,9223372036854775808,1\n", "", 1,
	    "bad packets", "more packets than 2^63 - 1");
}

#define MANY	200

/* Of many rows some are bad, or left out, and among them is a header. */
static void
many_rows(bool left_out)
{
	static char text[MANY * 32], want[MANY * 32];
	char *t = text + sprintf(text, HEADER), *w = want;
	int i;

	for (i = 0; i < MANY; i++)
		if (i == 150)
			t += sprintf(t, "len,proto,src,dst,time\n");
		else if (i % 71 == 70)
			t += sprintf(t, i > 150 ? "x,A,,,%d\n" : "%d,,,A,x\n",
			    i);
		else {
			t += i > 150 ? sprintf(t, "%d,P%d,,,%d\n", i * i, i % 7,
			    i) : sprintf(t, "%d,,,P%d,%d\n", i, i % 7, i * i);
			if (i % 2 == 1 || !left_out)
				w += sprintf(w, "%jd P%d  1 %d\n",
				    (intmax_t)i * 1000000000, i % 7, i * i);
		}
	odd = left_out;
	expect(text, want, 1, ":143: bad len \"x\"", left_out ?
	    "every other of many rows" : "many rows");
	odd = false;
}

static void
shows_ten(void)
{
	char text[1024] = HEADER;
	const char *at;
	int i, lines = 0;

	for (i = 0; i < 12; i++)
		strncat(text, "1,,,A,x\n", sizeof(text) - strlen(text) - 1);
	rows(text);
	for (at = said; (at = strchr(at, '\n')) != NULL; at++)
		lines++;
	same_int(lines, 11, "ten bad rows are shown, then one line");
	ok(strstr(said, "12 bad rows in all") != NULL,
	    "the last line has the count");
}

/* The rows of any table that has x or y, as "x y" each, in brackets. */
static const char *
one_of(const char *text)
{
	static char out[256];
	static char *operands[] = { path, NULL };
	struct stream in;
	struct row_reader r;
	const struct row *row;
	size_t used = 0;

	put(text);
	stream_init(&in, operands, NULL);
	row_init(&r, &in);
	row_want_only(&r, together);
	row_want_any(&r);
	row_want(&r, "x", true);
	row_want(&r, "y", true);
	row_want_one(&r);
	for (out[0] = '\0'; (row = row_next(&r)) != NULL;)
		used += (size_t)snprintf(out + used, sizeof(out) - used,
		    "[%.*s %.*s]", (int)row->cell[0].len, row->cell[0].at,
		    (int)row->cell[1].len, row->cell[1].at);
	row_release(&r);
	status = stream_finish(&in);
	return out;
}

static void
wants_one(void)
{
	const char *got = one_of("a,x,y\nb,c,d\n");

	same_text(got, strlen(got), "[c d]", "a table with both columns");
	got = one_of("a,y\nb,c\na,y\nb,d\n");
	same_text(got, strlen(got), "[ c][ d]",
	    "a table with the second, whose header comes again");
	same_int(status, 0, "one of them is enough");
	got = one_of("x,y,n\nb,c,1\ny,x,n\nd,e,2\ny,n,z\nf,3,g\n");
	same_text(got, strlen(got), "[b c][e d][ f]",
	    "tables joined to it have other columns, or another order");
	got = one_of("a,z\nb,c\n");
	same_text(got, strlen(got), "", "a table with neither has no rows");
	same_int(status, 3, "and cannot be read");
}

/* With row_want_any, rows as they stand, each with its line. */
static void
stands(void)
{
	static const char want[] = "2:1,a 3:2,\"b,c\" 4:d,e 6:3, 7:4,f ";
	char *operands[] = { path, NULL }, got[128];
	struct stream in;
	struct row_reader r;
	const struct row *row;
	size_t used = 0;

	put("x,y\n1,a\n2,\"b,c\"\nd,e\ny,x\n3,\n4,f\n");
	stream_init(&in, operands, NULL);
	row_init(&r, &in);
	row_want_only(&r, together);
	row_want_any(&r);
	row_want(&r, "x", false);
	while ((row = row_next(&r)) != NULL)
		used += (size_t)snprintf(got + used, sizeof(got) - used,
		    "%ju:%.*s ", (uintmax_t)row->line, (int)row->raw.len,
		    row->raw.at);
	row_release(&r);
	stream_finish(&in);
	same_text(got, used, want, "rows as they stand");
}

static void
default_columns(void)
{
	same_int(columns_find_default("proto"), 3, "proto is the fourth");
	same_int(columns_find_default("sport"), -1, "sport is none of them");
}

int
main(void)
{
	int fd = mkstemp(path);

	if (fd == -1)
		err(1, "%s", path);
	close(fd);
	do {
		good_rows();
		bad_rows();
		many_rows(false);
		many_rows(true);
		shows_ten();
		wants_one();
		stands();
		together = !together;
	} while (together);
	default_columns();
	unlink(path);
	return tap_done();
}
