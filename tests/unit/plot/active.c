/*
 * active - unit test of how many keys were seen lately
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "plot/active.h"
#include "tap.h"

static void
see(struct active *a, int from, int to, int64_t bin, int64_t oldest)
{
	char key[32];

	for (; from < to; from++) {
		snprintf(key, sizeof(key), "10.0.%d", from);
		active_see(a, key, strlen(key), bin, oldest);
	}
}

int
main(void)
{
	struct active a;

	active_init(&a, 1000);
	ok(active_count(&a, INT64_MIN) == 0, "there are none");
	see(&a, 0, 500, 1, 0);
	see(&a, 0, 500, 1, 0);
	see(&a, 100, 300, 5, 0);
	see(&a, 250, 260, -3, 0);
	same_int((int64_t)active_count(&a, 1), 500, "each key counts once");
	same_int((int64_t)active_count(&a, 2), 200,
	    "since a bin, those seen since");
	same_int((int64_t)active_count(&a, 6), 0, "none after the last");
	see(&a, 500, 1500, 6, 0);
	same_int((int64_t)active_count(&a, INT64_MIN), 1000,
	    "no more than there is room for");
	same_int((int64_t)a.lost, 500, "the others are counted");
	see(&a, 1500, 2000, 9, 6);
	same_int((int64_t)active_count(&a, 6), 1000,
	    "those too old make room");
	same_int((int64_t)active_count(&a, 9), 500, "for new ones");
	active_clear(&a);
	ok(active_count(&a, INT64_MIN) == 0, "all are forgotten");
	see(&a, 0, 3, INT64_MIN, INT64_MIN);
	ok(active_count(&a, INT64_MIN) == 3, "the least bin is one too");
	active_release(&a);
	return tap_done();
}
