/*
 * captured - unit test of the times at which a capture ran
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/timestamp.h"
#include "plot/captured.h"
#include "tap.h"

#define S	NS_PER_S

static char file[] = "/tmp/captured.XXXXXX";
static struct captured c;

static void
read_text(const char *text)
{
	FILE *f = fopen(file, "w");

	if (f == NULL || fputs(text, f) == EOF || fclose(f) != 0)
		abort();
	captured_read(&c, file);
}

static void
reads(void)
{
	read_text("5,on\n10.5,off\n12,on\n20,off\n");
	same_int(captured_missing(&c, 0, 10 * S), 0, "it ran");
	same_int(captured_missing(&c, 10 * S, 11 * S), S / 2, "until then");
	same_int(captured_missing(&c, 0, 21 * S), 5 * S / 2,
	    "each interruption counts");
	same_int(captured_missing(&c, 20 * S, INT64_MAX),
	    INT64_MAX - 20 * S, "the last one lasts");
	read_text("10,off\n11,off\n12,on\n13,on\n");
	same_int(captured_missing(&c, 0, 99 * S), 2 * S,
	    "what is told again changes nothing");
	read_text("10,off\n20,on\n15,off\n25,on\n"
	    "12,off\n13,on\n30,off\n29,on\n");
	same_int(captured_missing(&c, 0, 99 * S), 15 * S,
	    "nothing is missing twice");
	read_text("x,off\n1,of\n2,off\n,off\nnonsense\n3,on\n4,off");
	same_int(captured_missing(&c, 0, 99 * S), S,
	    "other lines are skipped, an incomplete one too");
	/* 63 bytes before "1,off". */
	read_text("an unexpected message of the recorder, of a certain length: "
	    "bad" "1,off\n5,off\n");
	same_int(captured_missing(&c, 0, 6 * S), S, "a long line is one line");
	captured_read(&c, NULL);
	same_int(captured_missing(&c, 0, 99 * S), 0, "no file, no gap");
	unlink(file);
	captured_read(&c, file);
	same_int(captured_missing(&c, 0, 99 * S), 0, "nor with a missing one");
}

/* Only the newest interruptions are kept: here each of a second in two. */
static void
is_bounded(void)
{
	FILE *f = fopen(file, "w");
	int i;

	for (i = 0; f != NULL && i < CAPTURED_MAX + 10; i++)
		fprintf(f, "%d,off\n%d,on\n", 2 * i, 2 * i + 1);
	if (f != NULL)
		fclose(f);
	captured_read(&c, file);
	same_int(captured_missing(&c, 0, 9999 * S), CAPTURED_MAX * S,
	    "so many are kept");
	same_int(captured_missing(&c, 0, 20 * S), 0, "the oldest are not");
	unlink(file);
}

int
main(void)
{
	int fd = mkstemp(file);

	if (fd != -1)
		close(fd);
	reads();
	is_bounded();
	return tap_done();
}
