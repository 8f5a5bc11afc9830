/*
 * keysum - unit test of the frame of programs that sum by key
 *
 * SPDX-License-Identifier: ISC
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tally/keysum.h"
#include "tap.h"

/* A temporary file of this text, open for reading; its name is gone. */
static int
file_of(const char *text)
{
	char path[] = "/tmp/pktpipe-keysum." "XX" "XX" "XX";
	int fd = mkstemp(path);

	if (fd == -1 || unlink(path) == -1 ||
	    write(fd, text, strlen(text)) != (ssize_t)strlen(text) ||
	    lseek(fd, 0, SEEK_SET) == -1)
		exit(1);
	return fd;
}

/* Sums text with stdin and stdout moved to files; returns the output. */
static const char *
run(struct keysum *k, const char *text, int *status)
{
	static char got[4096];
	char *operands[] = { NULL };
	int in = file_of(text), out = file_of(""), tap = dup(STDOUT_FILENO);
	ssize_t n;

	if (dup2(in, STDIN_FILENO) == -1 || dup2(out, STDOUT_FILENO) == -1)
		exit(1);
	keysum_start(k, operands);
	keysum_rows(k);
	*status = keysum_finish(k, "names");
	if (dup2(tap, STDOUT_FILENO) == -1 || lseek(out, 0, SEEK_SET) == -1)
		exit(1);
	n = read(out, got, sizeof(got) - 1);
	got[n > 0 ? n : 0] = '\0';
	close(in);
	close(out);
	close(tap);
	return got;
}

static void
test_options(void)
{
	static const struct option longs[] = { KEYSUM_OPTIONS };
	struct keysum k = { .max_keys = 7 };

	same_int(sizeof(longs) / sizeof(longs[0]), 16, "there are 16 options");
	ok(keysum_option(&k, 'n', "3") && k.style.top == 3, "--top");
	ok(keysum_option(&k, KEYSUM_MAX_KEYS, "9") && k.max_keys == 9,
	    "--max-keys");
	ok(keysum_option(&k, KEYSUM_SHARE, NULL) && k.style.shares,
	    "--share");
	ok(keysum_option(&k, KEYSUM_SORT, "name") &&
	    k.style.sort == TALLY_BY_NAME, "--sort");
	ok(keysum_option(&k, 'p', "TLS") && k.filter.protos.given,
	    "those of a filter");
	ok(!keysum_option(&k, 'h', NULL), "other options are the caller's");
}

static void
test_sums(void)
{
	static const char rows[] = "time,src,dst,proto,len\n"
	    "1.0,a,x,TCP,10\n2.0,b,x,UDP,30\n3.0,a,y,TCP,5\nbad\n";
	struct keysum k = { .max_keys = 9, .by = "proto,src" };
	const char *got;
	int status;

	got = run(&k, rows, &status);
	same_text(got, strlen(got), "proto,src,packets,bytes\n"
	    "UDP,b,1,30\nTCP,a,2,15\n", "rows are summed by all columns");
	same_int(status, STATUS_SKIPPED, "a bad row is in the status");
	k.max_keys = 1;
	k.by = "proto";
	got = run(&k, rows, &status);
	same_text(got, strlen(got), "proto,packets,bytes\nTCP,2,15\n"
	    "REST,1,30\n", "keys past the most allowed are in REST");
	k.max_keys = 9;
	k.first = "proto";
	k.by = "len/20";
	got = run(&k, rows, &status);
	same_text(got, strlen(got), "proto,len/20,packets,bytes\n"
	    "UDP,20,1,30\nTCP,0,2,15\n", "computed keys are summed alike");
}

int
main(void)
{
	test_options();
	test_sums();
	return tap_done();
}
