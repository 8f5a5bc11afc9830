/*
 * output - rows that leave whole, cells that read back, failed writes
 *
 * SPDX-License-Identifier: ISC
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>

#include "base/output.h"
#include "child.h"

/* The text that one cell is written as. */
static void
cell(const char *text, const char *want, const char *title)
{
	struct output o;

	output_init(&o, -1, "cell");
	output_text_cell(&o, text, strlen(text));
	same_text(o.buf, o.used, want, "%s", title);
	free(o.buf);
}

static void
writes_cells(void)
{
	cell("plain", "plain", "a plain cell stays");
	cell("", "", "an empty cell too");
	cell("a,b\"c", "\"a,b\"\"c\"", "commas and quotes are quoted");
	cell("a\nb", "\"a\nb\"", "line breaks are quoted");
	cell(" a", "\" a\"", "a blank at an end is quoted");
	cell("=1+1", "'=1+1", "a formula gets an apostrophe");
	cell("@a,b", "\"'@a,b\"", "one with a comma is quoted as well");
}

/* None of these texts may reach a spreadsheet as it is. */
static void
guards_formulas(void)
{
	static const char *const bad[] = { "=", "=1", "@SUM(A1)", "\t1",
	    "\r1", "+a", "-a", "-1+A1", "--1", "-.", "-e5", "-5e", "-5e+",
	    "-5 ", "-5.5.5", "+1-1", "-1e5x" };
	static const char *const good[] = { "", "a", "5", "a=b", "'=1", "-",
	    "+", "-5", "+5", "-5.", "-.5", "-5.5", "-5.5e-3", "+5E+3",
	    "-5e3", "-0" };
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(output_is_formula(bad[i], strlen(bad[i])),
		    "a formula: %zu", i);
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ok(!output_is_formula(good[i], strlen(good[i])),
		    "no formula: \"%s\"", good[i]);
	ok(!output_is_formula("\0", 1), "no formula: a byte of zero");
}

static void
writes_rows(void)
{
	char got[256];
	struct output o;
	int fd = memfd_create("rows", 0), copy = dup(fd);
	ssize_t n;

	output_init(&o, fd, "rows");
	output_cell(&o, "plain", 5);
	output_char(&o, ',');
	output_u64(&o, UINT64_MAX);
	output_end_row(&o);
	output_str(&o, "half");
	output_flush(&o);
	n = pread(copy, got, sizeof(got), 0);
	same_text(got, n < 0 ? 0 : (size_t)n, "plain,18446744073709551615\n",
	    "a flush writes whole rows only");
	output_end_row(&o);
	output_close(&o);
	n = pread(copy, got, sizeof(got), 27);
	same_text(got, n < 0 ? 0 : (size_t)n, "half\n",
	    "the other half follows");
	close(copy);
}

/* More than the buffer holds, in one row and in many. */
static void
grows(void)
{
	const size_t size = 1000000;
	struct output o;
	char *row = calloc(size, 1);
	int fd = memfd_create("long", 0), copy = dup(fd);
	int i;

	if (row == NULL)
		err(1, NULL);
	memset(row, 'a', size);
	output_init(&o, fd, "long");
	output_bytes(&o, row, size);
	output_end_row(&o);
	same_int((int64_t)lseek(copy, 0, SEEK_END), (int64_t)size + 1,
	    "a long row leaves at its end");
	for (i = 0; i < 1000; i++) {
		output_bytes(&o, row, 999);
		output_end_row(&o);
	}
	output_close(&o);
	same_int((int64_t)lseek(copy, 0, SEEK_END), 2 * (int64_t)size + 1,
	    "no byte of 1000 rows is lost");
	close(copy);
	free(row);
}

/* Writes a row to the file of this name; a pipe without a reader if NULL. */
static void
write_row(const void *path)
{
	int ends[2] = { -1, -1 };
	struct output o;

	signal(SIGPIPE, SIG_IGN);
	if (path == NULL && pipe(ends) == 0)
		close(ends[0]);
	output_init(&o, path == NULL ? ends[1] : open(path, O_WRONLY),
	    "out");
	output_str(&o, "row");
	output_end_row(&o);
	output_close(&o);
}

static void
fails(void)
{
	ends_with(write_row, "/dev/full", 3,
	    "output: out: write: No space left on device\n", "a full disk");
	ends_with(write_row, "/nowhere", 3,
	    "output: out: write: Bad file descriptor\n", "no file");
	ends_with(write_row, NULL, 128 + SIGPIPE, "", "no reader");
	ends_with(write_row, "/dev/null", -1, "", "a write that works");
}

int
main(void)
{
	writes_cells();
	guards_formulas();
	writes_rows();
	grows();
	fails();
	return tap_done();
}
