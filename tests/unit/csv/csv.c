/*
 * csv - the record reader against a slow reference and known cases
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "csv/csv.h"
#include "tap.h"

static char path[] = "/tmp/pktpipe-csv." "XX" "XX" "XX";

/* A stream that reads this text from a file. */
static void
open_text(struct stream *in, const char *text, size_t n)
{
	static char *operands[] = { path, NULL };
	int fd = open(path, O_WRONLY | O_TRUNC);

	if (fd == -1 || write(fd, text, n) != (ssize_t)n || close(fd) == -1)
		err(1, "%s", path);
	stream_init(in, operands, NULL);
	stream_next(in);
}

/* All records as text: cells in brackets, one record a line, ! for bad. */
static char *
records(const char *text, size_t n, char delimiter)
{
	static char out[1 << 20];
	struct stream in;
	struct csv c;
	enum csv_result result;
	size_t i, used = 0;

	open_text(&in, text, n);
	csv_init(&c, &in);
	csv_start(&c, delimiter);
	while ((result = csv_read(&c)) != CSV_END) {
		used += (size_t)snprintf(out + used, sizeof(out) - used, "%ju",
		    (uintmax_t)c.line);
		if (result == CSV_BAD)
			used += (size_t)snprintf(out + used,
			    sizeof(out) - used, "!%s", c.why);
		for (i = 0; result == CSV_RECORD && i < c.cells; i++)
			used += (size_t)snprintf(out + used,
			    sizeof(out) - used, "[%.*s]", (int)c.cell[i].len,
			    c.cell[i].at);
		used += (size_t)snprintf(out + used, sizeof(out) - used,
		    "%s\n", c.unended ? "~" : "");
	}
	out[used] = '\0';
	csv_release(&c);
	stream_finish(&in);
	return out;
}

static void
same_records(const char *text, size_t n, char delimiter, const char *want,
    const char *title)
{
	const char *got = records(text, n, delimiter);

	same_text(got, strlen(got), want, "%s", title);
}

static void
expect(const char *text, const char *want, const char *title)
{
	same_records(text, strlen(text), ',', want, title);
}

static void
known_cases(void)
{
	expect("", "", "nothing gives no record");
	expect("a,b\nc,d\n", "1[a][b]\n2[c][d]\n", "cells and lines");
	expect("a,b\nc,d", "1[a][b]\n2[c][d]~\n",
	    "a last record without newline is marked");
	expect("a,\n,\n", "1[a][]\n2[][]\n", "empty cells are cells");
	expect("\n\na\n\n", "3[a]\n", "blank lines are passed over");
	expect("a,b\r\nc,d\r\n", "1[a][b]\n2[c][d]\n", "CRLF ends a line");
	expect("\r\na\r\n", "2[a]\n", "a blank line with CRLF");
	expect("\xef\xbb\xbf\"a\",b\n", "1[a][b]\n",
	    "a byte order mark before a quote");
	expect("\"a,b\",\"c\"\"d\",\"\"\n", "1[a,b][c\"d][]\n",
	    "quotes keep delimiters and double themselves");
	expect("\"a\nb\",c\nd\n", "1[a\nb][c]\n3[d]\n",
	    "a line break in quotes counts as a line");
	expect("\"a\"\r\nb\n", "1[a]\n2[b]\n", "a quoted cell before CRLF");
	expect("\"a\",\"b\"", "1[a][b]~\n", "a quoted last cell");
	expect("a\"b,c\n", "1[a\"b][c]\n", "a quote inside is a byte");
	expect("\"a\"b,c\nd,e\n", "1!text after a closing quote\n2[d][e]\n",
	    "text after a closing quote is bad");
	expect("a,\"b\nc,d\ne,f\n", "1!unclosed quote\n2[c][d]\n3[e][f]\n",
	    "an unclosed quote costs one line");
	expect("a,b\nc,\"d\ne,f\ng,h\ni,\"j\nk,l\n", "1[a][b]\n"
	    "2!text after a closing quote\n3[e][f]\n4[g][h]\n"
	    "5!unclosed quote\n6[k][l]\n",
	    "two unclosed quotes cost a line each");
	expect("a,b\nc,\"d\ne,f\n\"\ng,h\n",
	    "1[a][b]\n2[c][d\ne,f\n]\n5[g][h]\n",
	    "a record with its cells may quote what looks like a row");
	same_records("a;b,c\n", 6, ';', "1[a][b,c]\n", "another delimiter");
}

/* The producer of a pipe, which stays open, has no more ready. */
static void
piped(const char *text, const char *want, const char *title)
{
	static char name[32];
	static char *operands[] = { name, NULL };
	struct stream in;
	struct csv c;
	char got[64] = "";
	int fds[2];
	size_t used = 0;

	if (pipe(fds) == -1 || write(fds[1], text, strlen(text)) == -1)
		err(1, "pipe");
	snprintf(name, sizeof(name), "/dev/fd/%d", fds[0]);
	stream_init(&in, operands, NULL);
	stream_next(&in);
	csv_init(&c, &in);
	csv_start(&c, ',');
	while (used < strlen(want) && used < sizeof(got)) {
		bool bad = csv_read(&c) == CSV_BAD;

		used += (size_t)snprintf(got + used, sizeof(got) - used,
		    bad ? "!" : "%.*s;", (int)c.raw.len, c.raw.at);
	}
	same_text(got, used, want, "%s", title);
	csv_release(&c);
	stream_finish(&in);
	close(fds[0]);
	close(fds[1]);
}

static void
pipes(void)
{
	piped("a,b\nc,\"d\ne,f\n", "a,b;!e,f;",
	    "a row after an unclosed quote is read as it comes");
	piped("a,b\nc,\"d\nx\ne,f\n", "a,b;!x;e,f;",
	    "whatever is between");
	piped("a,b\n\"c,1\ne,f\n\",2,3\ng,h\n", "a,b;!e,f;!g,h;",
	    "a record of other cells does not hold whole rows");
	piped("a,b\n\"c,1\ne,f\n\",2\n", "a,b;\"c,1\ne,f\n\",2;",
	    "a record with its cells may quote what looks like a row");
}

static void
limits(void)
{
	static char text[200000];
	char want[64];
	size_t i, n = 0;

	for (i = 0; i < 257; i++)
		text[n++] = ',';
	memcpy(text + n, "\nx\n", 4);
	same_records(text, n + 3, ',',
	    "1!record of over 256 cells\n2[x]\n", "257 commas are too many");
	memset(text, 'a', 65537);
	memcpy(text + 65537, "\nx\n", 4);
	same_records(text, 65540, ',',
	    "1!record of over 65536 bytes\n2[x]\n", "65537 bytes are too many");
	text[0] = '"';
	memset(text + 1, 'a', 150000);
	text[70000] = '\n';
	memcpy(text + 150000, "\nx\n", 4);
	snprintf(want, sizeof(want), "1!record of over 65536 bytes, an "
	    "unclosed quote?\n");
	ok(strncmp(records(text, 150003, ','), want, strlen(want)) == 0,
	    "an unclosed quote ends at 64 KiB");
}

/* More doubled quotes than a record may have bytes, in one block. */
static void
doubled_quotes(void)
{
	static char text[300000];
	char want[64];
	size_t n = sizeof(text) - 4;

	memset(text, '"', n);
	text[n] = ',';
	memcpy(text + n + 1, "\nx", 3);
	same_records(text, n + 3, ',',
	    "1!record of over 65536 bytes\n2[x]~\n",
	    "a cell of 150000 doubled quotes is too large");
	/* The largest that is none: two quotes around, 65534 within. */
	memset(text, '"', 65536);
	memcpy(text + 65536, "\n", 1);
	snprintf(want, sizeof(want), "1[\"\"\"");
	ok(strncmp(records(text, 65537, ','), want, strlen(want)) == 0 &&
	    strlen(records(text, 65537, ',')) == 65534 / 2 + 4,
	    "one of 65536 bytes is read");
}

/*
 * The largest record and one byte more, in every shape: plain, of several
 * cells, with an empty last one, quoted; before LF, CRLF and the end.
 */
static void
largest(void)
{
	static const char *const ends[] = { "\n", "\r\n", "", "\r" };
	static char text[70000];
	size_t size, shape, i;

	for (size = 65535; size <= 65537; size++)
		for (shape = 0; shape < 4; shape++)
			for (i = 0; i < 4; i++) {
				bool read;

				memset(text, 'a', size);
				if (shape == 1)
					text[100] = text[size - 2] = ',';
				if (shape == 2)
					text[size - 1] = ',';
				if (shape == 3)
					text[0] = text[size - 1] = '"';
				memcpy(text + size, ends[i],
				    strlen(ends[i]) + 1);
				read = records(text, size + strlen(ends[i]),
				    ',')[1] == '[';
				ok(read == (size <= 65536), "%zu bytes, shape "
				    "%zu, end %zu: %s", size, shape, i,
				    read ? "read" : "refused");
			}
}

/*
 * The slow reference, one byte at a time, for text without quotes whose
 * records all end with a newline.
 */
static void
reference(const char *text, size_t n, char *out)
{
	size_t i, line = 1, start = 0;

	for (i = 0; i < n; i++) {
		if (text[i] == '\n' && i == start) {
			line++;
			start = i + 1;
		}
		if (text[i] != '\n' || i < start)
			continue;
		out += snprintf(out, 24, "%zu[", line++);
		for (; start < i; start++)
			out += snprintf(out, 3, "%.1s%s", text[start] == ',' ?
			    "]" : text + start, text[start] == ',' ? "[" : "");
		out += snprintf(out, 3, "]\n");
		start = i + 1;
	}
	*out = '\0';
}

static void
against_reference(void)
{
	static char text[5000], want[100000];
	const char letters[] = "aab0123.,,,\n";
	unsigned seed = 1, round, bad = 0;
	size_t i, n;

	for (round = 0; round < 2000; round++) {
		n = (seed = seed * 1103515245 + 12345) >> 16 & 1023;
		for (i = 0; i < n; i++) {
			seed = seed * 1103515245 + 12345;
			text[i] = letters[(seed >> 16) %
			    (sizeof(letters) - 1)];
		}
		text[n++] = '\n';
		reference(text, n, want);
		bad += strcmp(records(text, n, ','), want) != 0;
	}
	same_int(bad, 0, "2000 random texts as the reference reads them");
}

/* Cells of up to 60 bytes, of which some are the delimiter alone. */
static void
all_quoted(void)
{
	static char text[40000], want[100000];
	const char letters[] = "aab,,,;. ";
	unsigned seed = 1, round, bad = 0;
	char *p, *w, cell[64];
	size_t i, j, k, n;

	for (round = 0; round < 300; round++) {
		p = text;
		w = want;
		for (i = 1; i < 40; i++, p += sprintf(p, "%s", i % 5 == 0 ?
		    "\r\n" : "\n"), w += sprintf(w, "\n")) {
			w += sprintf(w, "%zu", i);
			for (j = 0; j <= i % 9; j++) {
				seed = seed * 1103515245 + 12345;
				n = (seed >> 16) % ((seed >> 24) % 3 == 0 ?
				    61 : 3);
				for (k = 0; k < n; k++) {
					seed = seed * 1103515245 + 12345;
					cell[k] = letters[(seed >> 16) %
					    (sizeof(letters) - 1)];
				}
				p += sprintf(p, "%s\"%.*s\"", j > 0 ? "," :
				    "", (int)n, cell);
				w += sprintf(w, "[%.*s]", (int)n, cell);
			}
		}
		bad += strcmp(records(text, (size_t)(p - text), ','),
		    want) != 0;
	}
	same_int(bad, 0, "300 random texts of cells that are all quoted");
}

/* Records across the edges of the input block come out whole. */
static void
across_blocks(void)
{
	const size_t n = 60000;
	char *text = malloc(n * 64), *p = text;
	struct stream in;
	struct csv c;
	size_t i, good = 0;
	char want[32];

	if (text == NULL)
		err(1, NULL);
	for (i = 0; i < n; i++)
		p += snprintf(p, 64, "%s%zu%s,x%*s\n", i % 7 ? "" : "\"", i,
		    i % 7 ? "" : "\"", (int)(i % 31), "");
	open_text(&in, text, (size_t)(p - text));
	csv_init(&c, &in);
	csv_start(&c, ',');
	for (i = 0; csv_read(&c) == CSV_RECORD; i++) {
		snprintf(want, sizeof(want), "%zu", i);
		good += c.cells == 2 && slice_is(c.cell[0], want) &&
		    c.cell[1].len == 1 + i % 31 && c.line == i + 1;
	}
	same_int((int64_t)good, (int64_t)n, "records across block edges");
	csv_release(&c);
	stream_finish(&in);
	free(text);
}

int
main(void)
{
	int fd = mkstemp(path);

	if (fd == -1)
		err(1, "%s", path);
	close(fd);
	known_cases();
	pipes();
	limits();
	doubled_quotes();
	largest();
	against_reference();
	all_quoted();
	across_blocks();
	unlink(path);
	return tap_done();
}
