/*
 * beaconfile - unit test of the pairs that are kept in a file
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "baseline/beaconfile.h"
#include "tap.h"

static char path[] = "/tmp/beaconfile.XXXXXX";
static unsigned starts;

static void
count_start(void *arg, const struct beacon_event *e)
{
	(void)arg;
	starts += e->phase == BEACON_START;
}

static void
begin(struct beacons *b)
{
	beacons_init(b);
	b->on_event = count_start;
	beacons_start(b);
}

/* Connections of a pair, a minute apart, from one number to another. */
static void
call(struct beacons *b, const char *pair, int from, int to)
{
	char text[64] = "";
	size_t len = strlen(pair);

	memcpy(text, pair, len);
	for (; from < to; from++)
		beacons_put(b, (struct slice){ text, len },
		    (1000 + 60 * (int64_t)from) * NS_PER_S, 0);
}

static void
test_continues(void)
{
	struct beacons a, b;

	begin(&a);
	call(&a, "a,b,443", 0, 10);
	call(&a, "a,c,443", 5, 9);
	ok(beaconfile_write(&a, path, "x") == NULL, "a file is written");
	begin(&b);
	ok(beaconfile_read(&b, path, "x") == NULL && b.pairs.used == 2 &&
	    b.clock.now_ns == a.clock.now_ns, "and read");
	call(&b, "a,b,443", 10, 15);
	same_int(starts, 0, "15 connections in two runs are no beacon");
	call(&b, "a,b,443", 15, 17);
	same_int(starts, 1, "16 are one");
	ok(beaconfile_write(&b, path, "x") == NULL, "while it goes on,");
	beacons_release(&a);
	begin(&a);
	ok(beaconfile_read(&a, path, "x") == NULL && a.opened == 1,
	    "the next run has it open");
	call(&a, "a,b,443", 17, 20);
	same_int(starts, 1, "and starts it only once");
	beacons_release(&a);
	beacons_release(&b);
}

/* Whether the first n bytes of the file are refused. */
static bool
is_refused(const char *bytes, size_t n)
{
	struct beacons b;
	const char *why;
	FILE *f = fopen(path, "w");

	if (f == NULL || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
		abort();
	begin(&b);
	why = beaconfile_read(&b, path, "x");
	beacons_release(&b);
	return why != NULL;
}

static void
test_damage(void)
{
	static char bytes[8192];
	struct beacons b;
	FILE *f = fopen(path, "r");
	size_t n = f == NULL ? 0 : fread(bytes, 1, sizeof(bytes) - 1, f), i;

	if (f == NULL || fclose(f) != 0)
		abort();
	begin(&b);
	ok(beaconfile_read(&b, path, "y") != NULL,
	    "that of other connections is refused");
	beacons_release(&b);
	for (i = 0; i < n && is_refused(bytes, i); i++)
		;
	same_int((int64_t)i, (int64_t)n, "so is any beginning of one");
	ok(!is_refused(bytes, n), "the whole is not");
	ok(is_refused(bytes, n + 1), "more than it is");
	memset(bytes + n - sizeof(struct beacon_pair), 0xff, 8);
	ok(is_refused(bytes, n), "and times that are not in order are");
	unlink(path);
	begin(&b);
	ok(beaconfile_read(&b, path, "x") == NULL, "no file is no error");
	beacons_release(&b);
}

int
main(void)
{
	int fd = mkstemp(path);

	if (fd == -1 || close(fd) == -1)
		abort();
	test_continues();
	test_damage();
	return tap_done();
}
