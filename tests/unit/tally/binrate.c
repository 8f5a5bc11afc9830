/*
 * binrate - unit test of rates of bins and their percentiles
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/timestamp.h"
#include "tally/binrate.h"
#include "tap.h"

#define KEY(text)	((struct slice){ text, strlen(text) })

static void
writes(uint64_t packets, uint64_t bytes, uint64_t length_ns, const char *want,
    const char *title)
{
	struct binrate r = { { packets, bytes }, length_ns };
	struct output o;

	output_init(&o, -1, "nothing");
	binrate_write(&o, &r, &r);
	same_text(o.buf, o.used, want, "%s", title);
	free(o.buf);
}

static void
test_rates(void)
{
	writes(0, 0, 1, ",0.000,0.000", "nothing");
	writes(3, 5, 2000000000, ",1.500,20.000", "two seconds");
	writes(1, 1, 7000000000, ",0.143,1.143", "rounded");
	writes(1, 1, 16000000000000, ",0.000,0.001", "rounded half up");
	writes(INT64_MAX, INT64_MAX, 1000000, ",9223372036854775807000.000,"
	    "73786976294838206456000.000", "the most in a millisecond");
}

/* The bytes of a percentile of a key's bins of a second. */
static int64_t
bytes_at(struct percentiles *p, size_t key, uint64_t thousandths,
    uint64_t total)
{
	return (int64_t)percentiles_find(p, key, thousandths, total, true,
	    NS_PER_S).sums.bytes;
}

static void
test_percentiles(void)
{
	struct binrate bin = { .length_ns = NS_PER_S };
	struct percentiles p;
	size_t *order;

	percentiles_init(&p);
	for (; bin.sums.bytes < 20; bin.sums.bytes++)
		percentiles_add(&p, KEY("many"), &bin);
	percentiles_add(&p, KEY("long"), &bin);
	bin.length_ns = 10 * NS_PER_S;
	bin.sums.bytes = 100;
	percentiles_add(&p, KEY("long"), &bin);
	same_int(bytes_at(&p, 0, 95000, 20), 18, "95 of 20: the 19th");
	same_int(bytes_at(&p, 0, 95001, 20), 19, "a little more: the 20th");
	same_int(bytes_at(&p, 0, 100000, 20), 19, "100: the last");
	same_int(bytes_at(&p, 0, 1, 20), 0, "next to nothing: the first");
	same_int(bytes_at(&p, 0, 95000, 40), 17, "twenty zeros more");
	same_int(bytes_at(&p, 0, 50000, 40), 0, "the last of the zeros");
	same_int(bytes_at(&p, 0, 52500, 40), 0, "the first that is none");
	same_int(bytes_at(&p, 1, 100000, 2), 20, "more a second is more");
	order = percentiles_order(&p);
	ok(order[0] == 1 && order[1] == 0, "keys are in order");
	free(order);
	percentiles_release(&p);
}

int
main(void)
{
	test_rates();
	test_percentiles();
	return tap_done();
}
