/*
 * baseline - unit test of the table of keys, of bins and of the state file
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "baseline/baseline.h"
#include "baseline/statefile.h"
#include "tap.h"

#define S	NS_PER_S
#define DAY	(86400 * S)

static struct baseline base;
static char text[1 << 20];	/* what came out */
static size_t used;

static void
note(const struct baseline_result *r)
{
	if (used < sizeof(text) - 200)
		used += (size_t)snprintf(text + used, 200, "%jd %.*s %g%s\n",
		    (intmax_t)(r->ns / S), (int)r->key.len, r->key.at,
		    r->score->value, r->events > 0 ? " !" : "");
}

static void
start(int64_t width_ns, int64_t lateness_ns)
{
	baseline_init(&base);
	base.on_result = note;
	base.columns = 1;
	base.width_ns = width_ns;
	base.lateness_ns = lateness_ns;
	baseline_start(&base);
	used = 0;
}

static void
put(const char *key, double seconds, double value)
{
	char padded[128] = "";
	size_t n = strlen(key);

	memcpy(padded, key, n);
	baseline_put(&base, (struct slice){ padded, n },
	    (int64_t)(seconds * 1e9), value);
}

static void
same_output(const char *want, const char *what)
{
	same_text(text, used, want, "%s", what);
}

static void
test_bins(void)
{
	start(60 * S, 0);
	put("a", 0, 1);
	put("b", 10, 2);
	put("a", 59.9, 3);
	same_output("", "a bin waits for its end");
	put("a", 60, 5);
	same_output("0 a 4\n0 b 2\n", "then each key has its sum");
	put("b", 300, 7);
	same_output("0 a 4\n0 b 2\n60 a 5\n60 b 0\n",
	    "a key that is absent counts 0, a bin without rows nothing");
	put("a", 100, 9);
	same_int((int64_t)base.late, 1, "a late value is counted");
	used = 0;
	baseline_finish(&base);
	same_output("300 a 9\n300 b 7\n", "in the bin that is open");
	baseline_release(&base);
}

static void
test_lateness(void)
{
	start(60 * S, 90 * S);
	put("a", 0, 1);
	put("a", 61, 2);
	put("a", 130, 4);
	put("a", 59, 8);
	put("a", 149, 16);
	same_output("", "--lateness keeps bins open");
	put("a", 150, 32);
	same_output("0 a 9\n", "until it is over");
	put("a", 62, 64);
	used = 0;
	baseline_finish(&base);
	same_output("60 a 66\n120 a 52\n", "rows of later bins wait");
	baseline_release(&base);
}

static void
test_width(void)
{
	int i;

	start(0, 0);
	for (i = 0; i < 60; i++)
		put("a", i * 300 + (i > 20 ? 60 : 0), i);
	same_int(base.unit_ns, 300 * S, "the width is the usual distance");
	baseline_finish(&base);
	same_int((int64_t)base.points, 60, "each time is a bin");
	baseline_release(&base);
}

static void
test_jump(void)
{
	int i;

	start(60 * S, 0);
	put("a", 0, 1);
	put("a", 4e9, 1);
	put("a", 60, 2);
	ok(base.stray == 1, "one row from the future is left out");
	for (i = 0; i < 15; i++)
		put("a", 1e6 + 30 * i + i / 10 * 1e5, 1);
	used = 0;
	put("a", 1.2e6, 1);
	same_int((int64_t)base.stray, 1, "16 that go on from there are not");
	same_int((int64_t)base.back, 0, "that is a gap");
	put("a", 1.2e6 + 60, 16);
	same_output("60 a 2\n999960 a 1\n1000020 a 2\n1000080 a 2\n"
	    "1000140 a 2\n1000200 a 2\n1000260 a 1\n1100280 a 2\n"
	    "1100340 a 2\n1100400 a 1\n1200000 a 1\n",
	    "and each is in its bin");
	for (i = 0; i < 16; i++)
		put("a", i, 1);
	ok(base.back == 1 && base.stray == 1, "16 of the past are followed");
	baseline_finish(&base);
	baseline_release(&base);
}

static void
test_bounds(void)
{
	char key[16];
	int i;

	start(60 * S, 0);
	base.max_keys = 3;
	base.columns = 2;
	for (i = 0; i < 5; i++) {
		snprintf(key, sizeof(key), "k%d,x", i);
		put(key, 0, 1);
	}
	put("k0,x", 60, 1);
	same_output("0 k0,x 1\n0 k1,x 1\n0 k2,x 1\n0 REST, 2\n",
	    "further keys are REST");
	same_int((int64_t)base.folded, 2, "and counted");
	for (i = 2; i < 1500; i++)
		put("k0,x", i * 60, 1);
	put("k5,x", 1500 * 60, 1);
	same_int((int64_t)base.evicted, 3, "those idle for a day make room");
	for (i = 1501; i < 1500 + 14 * 1440 + 3; i++)
		put("k0,x", i * 60, 1);
	same_int((int64_t)base.evicted, 4, "after 14 days they go anyway");
	same_int((int64_t)base.keys.used, 1, "the others stay");
	baseline_release(&base);
	/* REST comes and goes; keys must not take its place. */
	start(60 * S, 0);
	base.max_keys = 2;
	for (i = 0; i < 2000; i++) {
		put("k0", i * 60, 1);
		put("k1", i * 60, 1);
		if (i == 0 || i == 1999)
			put("k2", i * 60, 1);
	}
	put("k3", i * 60, 1);
	ok(base.keys.used == 3 && base.evicted == 1,
	    "the bound holds when REST is forgotten");
	baseline_release(&base);
}

static void
test_new(void)
{
	char key[16];
	int i;

	start(60 * S, 0);
	for (i = 0; i < 3 * 1440; i++)
		put("a", i * 60, 5);
	put("a", i * 60, 5);
	put("b", i * 60, 5);
	used = 0;
	put("a", ++i * 60, 5);
	same_output("259200 a 5\n259200 b 5 !\n",
	    "a key never seen is an alert");
	for (; i < 3 * 1440 + 8; i++) {
		snprintf(key, sizeof(key), "n%d", i);
		put("a", i * 60, 5);
		put(key, i * 60, 5);
	}
	ok(strstr(text, "n4321 5 !") != NULL, "so is the next");
	ok(strstr(text, "n4326 5\n") != NULL, "but not where many are new");
	baseline_release(&base);
}

/* Minutes of two keys from one time to another. */
static void
minutes(int from, int to)
{
	int i;

	for (i = from; i < to; i++) {
		put("a", i * 60, 100 + i % 7 + (i % 1000 == 999 ? 900 : 0));
		if (i % 3 > 0)
			put("b", i * 60 + 30, 40 + i % 11);
	}
}

static void
test_state(const char *path)
{
	static char want[sizeof(text)];
	const char *why;

	start(60 * S, 70 * S);
	minutes(0, 4000);
	baseline_finish(&base);
	memcpy(want, text, used);
	want[used] = '\0';
	baseline_release(&base);

	start(60 * S, 70 * S);
	minutes(0, 2500);
	ok(statefile_write(&base, path, "me") == NULL, "a state is written");
	baseline_release(&base);
	size_t before = used;
	start(60 * S, 70 * S);
	used = before;
	ok(statefile_read(&base, path, "me") == NULL, "and read");
	minutes(2500, 4000);
	baseline_finish(&base);
	same_text(text, used, want, "two runs are as one");
	baseline_release(&base);

	start(60 * S, 0);
	why = statefile_read(&base, path, "you");
	ok(why != NULL && strstr(why, "\"me\"") != NULL,
	    "another's state is refused: %s", why);
	baseline_release(&base);
	ok(truncate(path, 5000) == 0, "a file is cut");
	start(60 * S, 0);
	why = statefile_read(&base, path, "me");
	ok(why != NULL && strcmp(why, "a damaged state") == 0,
	    "it is refused as damaged");
	baseline_release(&base);
}

int
main(void)
{
	char path[] = "/tmp/baseline.XXXXXX";
	int fd = mkstemp(path);

	setenv("TZ", "UTC0", 1);
	tzset();
	test_bins();
	test_lateness();
	test_width();
	test_jump();
	test_bounds();
	test_new();
	test_state(path);
	close(fd);
	unlink(path);
	return tap_done();
}
