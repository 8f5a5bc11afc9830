/*
 * binclock - unit test of where bins start
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/zone.h"
#include "tally/binclock.h"
#include "tap.h"

#define HOUR_S	3600

/* The length in hours of the bins from a time on, "24 23 24". */
static void
lengths(int64_t hours, int64_t from_s, unsigned bins, const char *want,
    const char *title)
{
	struct binclock c;
	char got[256] = "";
	int64_t bin;
	size_t used = 0;

	binclock_init(&c, hours * HOUR_S * NS_PER_S, true);
	bin = binclock_bin(&c, from_s * NS_PER_S);
	for (; bins > 0; bins--) {
		used += (size_t)snprintf(got + used, sizeof(got) - used, "%g ",
		    (double)binclock_length_ns(&c, bin) / 1e9 / HOUR_S);
		bin = binclock_next(&c, bin);
	}
	same_text(got, used - 1, want, "%s", title);
}

/* Each second of a span is in a bin that starts before it and ends after. */
static void
consistent(int64_t width_s, int64_t from_s, int64_t to_s, const char *title)
{
	struct binclock c, other;
	int64_t s, bin, last = INT64_MIN;
	bool good = true;

	binclock_init(&c, width_s * NS_PER_S, true);
	for (s = from_s; good && s < to_s; s += 600) {
		bin = binclock_bin(&c, s * NS_PER_S);
		binclock_init(&other, width_s * NS_PER_S, true);
		good = bin <= s && binclock_next(&c, bin) > s && bin >= last &&
		    binclock_bin(&other, s * NS_PER_S) == bin &&
		    binclock_start_ns(&c, bin) == bin * NS_PER_S &&
		    (last == INT64_MIN || bin == last ||
		    binclock_next(&c, last) == bin);
		last = bin;
	}
	ok(good, "%s", title);
}

static void
test_epoch(void)
{
	struct binclock c;

	binclock_init(&c, 10 * NS_PER_S, false);
	same_int(binclock_bin(&c, 0), 0, "the first bin");
	same_int(binclock_bin(&c, 10 * NS_PER_S - 1), 0, "its last ns");
	same_int(binclock_bin(&c, 10 * NS_PER_S), 1, "the next bin");
	same_int(binclock_bin(&c, -1), -1, "rounded down");
	same_int(binclock_start_ns(&c, -1), -10 * NS_PER_S, "its start");
	same_int(binclock_bin(&c, INT64_MIN), -922337204, "the least time");
	same_int(binclock_bin(&c, INT64_MIN + 1), -922337204, "and the next");
	same_int(binclock_start_ns(&c, -922337204), INT64_MIN,
	    "its bin starts before");
	same_int(binclock_bin(&c, INT64_MAX), 922337203, "the greatest time");
	same_int((int64_t)binclock_between(&c, 3, 7, 100), 3, "bins between");
	same_int((int64_t)binclock_between(&c, 7, 3, 100), 0, "none between");
	same_int((int64_t)binclock_between(&c, INT64_MIN, INT64_MAX, 99), 99,
	    "at most so many");
}

static void
test_zones(void)
{
	struct binclock c;

	/* 2024-03-30 23:00 UTC, the day the clock is set forward. */
	zone_choose("Europe/Berlin");
	lengths(24, 1711753200, 3, "24 23 24", "a day of 23 hours");
	lengths(6, 1711839600, 2, "5 6", "six hours without one");
	lengths(2, 1711839600, 3, "2 1 2", "two hours whose start is skipped");
	lengths(1, 1711839600, 4, "1 1 1 1", "each hour is an hour");
	/* 2024-10-26 22:00 UTC, set back. */
	lengths(24, 1729980000, 2, "25 24", "a day of 25 hours");
	lengths(6, 1729980000, 2, "7 6", "six hours and one");
	lengths(2, 1729980000, 3, "2 1 2", "an hour of which both are shown");
	lengths(1, 1729980000, 4, "1 1 1 1", "both are hours");
	binclock_init(&c, 24 * HOUR_S * NS_PER_S, true);
	same_int((int64_t)binclock_between(&c,
	    binclock_bin(&c, 1704067200 * NS_PER_S),
	    binclock_bin(&c, 1735689600 * NS_PER_S), 1000), 365,
	    "2024 has 366 days");
	consistent(24 * HOUR_S, 1704067200, 1735689600, "days of Berlin");
	consistent(HOUR_S, 1704067200, 1735689600, "hours of Berlin");
	consistent(7 * 24 * HOUR_S, 1704067200, 1735689600, "weeks of Berlin");
	/* The clock skips midnight, 2024-03-30 22:00 UTC. */
	zone_choose("Asia/Beirut");
	lengths(24, 1711749600, 3, "24 23 24", "a day that starts at one");
	consistent(24 * HOUR_S, 1704067200, 1735689600, "days of Beirut");
	/* Set back by half an hour, 2024-04-06 15:00 UTC. */
	zone_choose("Australia/Lord_Howe");
	lengths(1, 1712412000, 3, "1.5 1 1", "an hour and a half");
	consistent(HOUR_S, 1704067200, 1735689600, "hours of Lord Howe");
	/* From 2:00 to 1:00, so 1:30 is shown twice: 2024-10-25 23:00 UTC. */
	zone_choose("Asia/Gaza");
	consistent(HOUR_S * 3 / 2, 1729728000, 1730000000, "1:30 comes twice");
	/* From 1:00 to 0:00, 2026-11-01 05:00 UTC. */
	zone_choose("America/Havana");
	lengths(24, 1793505600, 2, "1 24", "two midnights start two bins");
	/* From 0:01 to 23:01 of the day before, 2006-10-29 02:31 UTC. */
	zone_choose("America/St_Johns");
	consistent(24 * HOUR_S, 1161734400, 1162252800, "midnight comes twice");
	lengths(24, 1162089000, 2, "1 24", "each starts a bin");
	zone_choose("Asia/Kathmandu");
	lengths(1, 1711839600, 2, "1 1", "a zone of quarters of an hour");
	binclock_init(&c, HOUR_S * NS_PER_S, true);
	same_int(binclock_bin(&c, 1711839600 * NS_PER_S), 1711836900,
	    "whose hours start at a quarter past");
	same_int(binclock_bin(&c, INT64_MIN), binclock_bin(&c, INT64_MIN + 9),
	    "the least time");
	same_int(binclock_bin(&c, 1711839600 * NS_PER_S), 1711836900,
	    "is in a bin of its own");
	same_int(binclock_bin(&c, INT64_MAX) / HOUR_S, INT64_MAX / NS_PER_S /
	    HOUR_S, "the greatest time");
}

int
main(void)
{
	test_epoch();
	test_zones();
	return tap_done();
}
