/*
 * rowfilter - unit test of the rows of some protocols and of a span of time
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "csv/rowfilter.h"
#include "tap.h"

static char path[] = "/tmp/pktpipe-rowfilter." "XX" "XX" "XX";
static const char table[] = "time,src,dst,proto,len\n1.5,,,TLS,1\n"
    "2,,,DNS,2\n2.999999999,,,TCP,4\n3,,,TLS,8\n,,,TLS,16\n"
    "9223372036.854775807,,,DNS,32\n";

/* One result: the sum of len tells which rows passed. */
static void
passes(struct rowfilter *f, uint64_t want, const char *title)
{
	char *operands[] = { path, NULL };
	struct row_reader rows;
	struct stream in;
	const struct row *row;
	uint64_t sum = 0;

	stream_init(&in, operands, NULL);
	row_init(&rows, &in);
	row_want_only(&rows, true);
	rowfilter_start(f, &rows);
	while ((row = row_next(&rows)) != NULL)
		sum += row->bytes;
	row_release(&rows);
	stream_finish(&in);
	same_int((int64_t)sum, (int64_t)want, "%s", title);
}

static void
test_filters(void)
{
	struct rowfilter f = ROWFILTER_ALL;

	passes(&f, 63, "all rows");
	ok(rowfilter_option(&f, ROWFILTER_SINCE, "2"), "--since");
	passes(&f, 46, "from a time on, and none without a time");
	ok(rowfilter_option(&f, ROWFILTER_UNTIL, "1970-01-01T00:00:03Z"),
	    "--until");
	passes(&f, 6, "before a time");
	ok(rowfilter_option(&f, 'p', "dns,TLS"), "--proto");
	passes(&f, 2, "protocols as well");
	f = (struct rowfilter)ROWFILTER_ALL;
	rowfilter_option(&f, ROWFILTER_SINCE, "9223372036.854775807");
	passes(&f, 32, "the last time there is");
	f = (struct rowfilter)ROWFILTER_ALL;
	rowfilter_option(&f, 'p', "tlsv1.3");
	passes(&f, 25, "protocols alone, whether or not there is a time");
	ok(!rowfilter_option(&f, 'h', NULL), "other options are the caller's");
}

int
main(void)
{
	int fd = mkstemp(path);

	if (fd == -1 || write(fd, table, strlen(table)) !=
	    (ssize_t)strlen(table) || close(fd) == -1)
		err(1, "%s", path);
	test_filters();
	unlink(path);
	return tap_done();
}
