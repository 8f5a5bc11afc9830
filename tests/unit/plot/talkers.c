/*
 * talkers - unit test of the sums of addresses and pairs in a window
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "plot/talkers.h"
#include "tap.h"

/* Adds a packet; the addresses have readable bytes behind them. */
static void
add(struct talkers *t, const char *src, const char *dst, int64_t bin,
    uint64_t bytes)
{
	static char room[2][128];

	snprintf(room[0], sizeof(room[0]), "%s", src);
	snprintf(room[1], sizeof(room[1]), "%s", dst);
	talkers_add(t, (struct slice){ room[0], strlen(src) },
	    (struct slice){ room[1], strlen(dst) }, bin, 1, bytes);
}

/* One result: the sums of bins as "name=packets/bytes ... packets/bytes". */
static void
same_sums(struct talkers *t, int64_t first, int64_t last, const char *want,
    const char *what)
{
	struct talkers_list list;
	char got[512], name[104];
	size_t i, n = 0;

	talkers_take(t, first, last, &list);
	for (i = 0; i < list.sums; i++) {
		talkers_name(list.sum[i].key, name, sizeof(name));
		n += (size_t)snprintf(got + n, sizeof(got) - n, "%s=%d/%d ",
		    name, (int)list.sum[i].packets, (int)list.sum[i].bytes);
	}
	n += (size_t)snprintf(got + n, sizeof(got) - n, "%d/%d%s",
	    (int)list.packets, (int)list.bytes, list.capped ? "+" : "");
	free(list.sum);
	same_text(got, n, want, "%s", what);
}

static void
slides(void)
{
	struct talkers t;

	talkers_init(&t, TALKERS_SOURCES, 3, 2, 100);
	same_sums(&t, 0, 2, "0/0", "it starts empty");
	add(&t, "10.0.0.1", "x", 0, 10);
	add(&t, "10.0.0.2", "x", 1, 5);
	add(&t, "10.0.0.1", "x", 1, 1);
	add(&t, "10.0.0.2", "x", 2, 7);
	add(&t, "", "x", 2, 100);
	same_sums(&t, 0, 2, "10.0.0.2=2/12 10.0.0.1=2/11 5/123",
	    "most bytes first; rows without an address count in all");
	add(&t, "10.0.0.2", "x", 0, 1);
	same_sums(&t, 0, 1, "10.0.0.1=2/11 10.0.0.2=2/6 4/17",
	    "a late row, and bins that are not closed yet");
	same_sums(&t, 1, 3, "10.0.0.2=2/12 10.0.0.1=1/1 4/113",
	    "the window moves on");
	add(&t, "10.0.0.3", "x", 1000, 1);
	same_sums(&t, 998, 1000, "10.0.0.3=1/1 1/1", "and far on");
	add(&t, "10.0.0.3", "x", -1000, 1);
	same_sums(&t, 998, 1000, "10.0.0.3=1/1 1/1", "not back");
	talkers_clear(&t);
	same_sums(&t, 998, 1000, "0/0", "all are forgotten");
	add(&t, "10.0.0.3", "x", -1000, 1);
	same_sums(&t, -1001, -999, "10.0.0.3=1/1 1/1", "then it can go back");
	talkers_release(&t);
}

static void
kinds(void)
{
	struct talkers t;

	talkers_init(&t, TALKERS_DESTINATIONS, 3, 2, 100);
	add(&t, "a", "b", 0, 1);
	same_sums(&t, 0, 2, "b=1/1 1/1", "destinations");
	talkers_release(&t);
	talkers_init(&t, TALKERS_CONVERSATIONS, 3, 2, 100);
	add(&t, "10.0.0.2", "10.0.0.10", 0, 1);
	add(&t, "10.0.0.10", "10.0.0.2", 0, 1);
	add(&t, "10.0.0.1", "10.0.0.10", 0, 1);
	add(&t, "10.0.0.1", "", 0, 1);
	same_sums(&t, 0, 2, "10.0.0.10 - 10.0.0.2=2/2 "
	    "10.0.0.1 - 10.0.0.10=1/1 4/4", "conversations have two ends");
	talkers_release(&t);
}

/* A window of 240 bins has 60 panes of 4. */
static void
panes(void)
{
	struct talkers t;

	talkers_init(&t, TALKERS_SOURCES, 240, 2, 100);
	add(&t, "a", "x", 3, 1);
	add(&t, "a", "x", 4, 1);
	add(&t, "a", "x", 243, 1);
	same_sums(&t, 4, 243, "a=2/2 2/2", "bins of a long window");
	same_sums(&t, 5, 244, "a=2/2 2/2", "the oldest pane is whole");
	same_sums(&t, 8, 247, "a=1/1 1/1", "until it has left");
	talkers_release(&t);
}

static void
limits(void)
{
	struct talkers t;
	char name[32];
	int i;

	talkers_init(&t, TALKERS_SOURCES, 3, 2, 2);
	add(&t, "a", "x", 0, 1);
	add(&t, "b", "x", 0, 2);
	add(&t, "c", "x", 0, 3);
	same_sums(&t, 0, 2, "b=1/2 a=1/1 3/6+", "no more than there is room");
	for (i = 10; i < 400; i += 10) {
		snprintf(name, sizeof(name), "host%d", i);
		add(&t, name, "x", i, 1);
	}
	same_sums(&t, 388, 390, "host390=1/1 1/1", "old ones make room");
	talkers_release(&t);
}

int
main(void)
{
	slides();
	kinds();
	panes();
	limits();
	return tap_done();
}
