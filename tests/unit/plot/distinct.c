/*
 * distinct - unit test of the number of distinct keys seen lately
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "plot/distinct.h"
#include "tap.h"

static void
see(struct distinct *d, int from, int to, int64_t bin, int64_t oldest)
{
	char key[32];

	for (; from < to; from++) {
		snprintf(key, sizeof(key), "10.0.%d", from);
		distinct_add(d, key, strlen(key), bin, oldest);
	}
}

int
main(void)
{
	struct distinct d;

	distinct_init(&d, 1000);
	ok(distinct_count(&d, INT64_MIN) == 0, "there are none");
	see(&d, 0, 500, 1, 0);
	see(&d, 0, 500, 1, 0);
	see(&d, 100, 300, 5, 0);
	see(&d, 250, 260, -3, 0);
	same_int((int64_t)distinct_count(&d, 1), 500, "each key counts once");
	same_int((int64_t)distinct_count(&d, 2), 200,
	    "since a bin, those seen since");
	same_int((int64_t)distinct_count(&d, 6), 0, "none after the last");
	see(&d, 500, 1500, 6, 0);
	same_int((int64_t)distinct_count(&d, INT64_MIN), 1000,
	    "no more than there is room for");
	same_int((int64_t)d.lost, 500, "the others are counted");
	see(&d, 1500, 2000, 9, 6);
	same_int((int64_t)distinct_count(&d, 6), 1000,
	    "those too old make room");
	same_int((int64_t)distinct_count(&d, 9), 500, "for new ones");
	distinct_clear(&d);
	ok(distinct_count(&d, INT64_MIN) == 0, "all are forgotten");
	see(&d, 0, 3, INT64_MIN, INT64_MIN);
	ok(distinct_count(&d, INT64_MIN) == 3, "the least bin is one too");
	distinct_release(&d);
	return tap_done();
}
