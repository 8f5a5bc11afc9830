/*
 * timeseek - rows found by time, with offsets known by arithmetic
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "clean/timeseek.h"
#include "tap.h"

#define HEADER	"time,src,dst,proto,len\n"
#define ROWS	100000
#define ROW	16		/* bytes: "100000,,,TCP,66\n" */
#define FIRST	100000		/* the first row's second */
#define NEAR	(512 * 1024)	/* bytes; the rows are 1.6 million */

static char path[] = "/tmp/pktpipe-timeseek." "XX" "XX" "XX";

static struct stream in;
static struct csv csv;
static struct dialect dialect;
static const struct cleanrow_settings settings = { .digits = 6 };
static struct timeseek seek = { .in = &in, .csv = &csv, .dialect = &dialect,
    .settings = &settings };

/* A row each second, all of the same size; last is written after them. */
static void
open_rows(int rows, const char *last)
{
	static char *operands[] = { path, NULL };
	FILE *file = fopen(path, "w");
	int i;

	if (file == NULL || fputs(HEADER, file) == EOF)
		err(1, "%s", path);
	for (i = 0; i < rows; i++)
		fprintf(file, "%d,,,TCP,66\n", FIRST + i);
	fputs(last, file);
	if (fclose(file) == EOF)
		err(1, "%s", path);
	stream_init(&in, operands, NULL);
	stream_next(&in);
	csv_init(&csv, &in);
	dialect_open(&in, &csv, &dialect);
	timeseek_begin(&seek, false);
}

static void
close_rows(void)
{
	csv_release(&csv);
	stream_finish(&in);
}

/* Moves near before a second. */
static bool
seek_to(int second)
{
	struct timeseek_place place;

	return timeseek_find(&seek, second * NS_PER_S, &place) &&
	    !timeseek_header(&seek, &place) && timeseek_go(&seek, &place);
}

/* The second of the row that is read next; -1 if there is none. */
static int
next_second(void)
{
	return csv_read(&csv) == CSV_RECORD ? atoi(csv.cell[0].at) : -1;
}

static void
finds(int second, const char *title)
{
	int got, want = second < FIRST ? FIRST : second;

	open_rows(ROWS, "");
	ok(seek_to(second), "%s: it can seek", title);
	got = next_second();
	ok(got >= FIRST && got <= want && (want - got) * ROW <= NEAR,
	    "%s: the next row is at or near before it (%d)", title, got);
	same_int((int64_t)csv.line, got - FIRST + 2, "%s: its line", title);
	close_rows();
}

static void
test_newest(void)
{
	int64_t ns = 0;

	open_rows(ROWS, "");
	ok(timeseek_newest(&seek, true, &ns) &&
	    ns == (FIRST + ROWS - 1) * NS_PER_S,
	    "the newest of a sorted file is its last");
	close_rows();
	open_rows(ROWS, "5,,,TCP,66\nbad row\n");
	ok(timeseek_newest(&seek, false, &ns) &&
	    ns == (FIRST + ROWS - 1) * NS_PER_S,
	    "that of any file is the largest");
	close_rows();
	open_rows(0, "");
	ok(!timeseek_newest(&seek, true, &ns) &&
	    !timeseek_newest(&seek, false, &ns), "an empty table has none");
	close_rows();
}

/* 20,000 bad rows, two megabytes, after the good ones. */
static void
test_bad_end(void)
{
	char *bad = malloc(2000001);
	int64_t ns = 0;
	int i;

	if (bad == NULL)
		err(1, NULL);
	for (i = 0; i < 2000000; i++)
		bad[i] = i % 100 == 99 ? '\n' : 'x';
	bad[i] = '\0';
	open_rows(ROWS, bad);
	ok(timeseek_newest(&seek, true, &ns) &&
	    ns == (FIRST + ROWS - 1) * NS_PER_S,
	    "bad rows at the end are passed over");
	ok(seek_to(FIRST + ROWS - 1),
	    "and sought over");
	i = next_second();
	ok(i >= FIRST && i <= FIRST + ROWS - 1, "to a good row (%d)", i);
	close_rows();
	free(bad);
}

int
main(void)
{
	int fd = mkstemp(path);

	if (fd == -1)
		err(1, "%s", path);
	close(fd);
	finds(FIRST - 1, "before the first row");
	finds(FIRST, "the first row");
	finds(FIRST + ROWS / 2, "a row in the middle");
	finds(FIRST + ROWS - 1, "the last row");
	finds(FIRST + ROWS + 1, "after the last row");
	test_newest();
	test_bad_end();
	unlink(path);
	return tap_done();
}
