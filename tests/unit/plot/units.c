/*
 * units - unit test of numbers and times as a picture shows them
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plot/units.h"
#include "tap.h"

static void
same_si(double value, const char *unit, const char *want)
{
	char got[UNITS_SI_MAX];

	units_si(got, value, unit);
	same_text(got, strlen(got), want, "%g is %s", value, want);
}

static void
numbers(void)
{
	same_si(0, "", "0");
	same_si(999, "B", "999 B");
	same_si(1000, "", "1 k");
	same_si(12345, "B/s", "12.3 kB/s");
	same_si(999499, "B", "999 kB");
	same_si(999600, "B", "1 MB");
	same_si(9.2e18, "B", "9.2 EB");
	same_si(1.1e25, "B", "1.1e+04 ZB");
}

static void
same_share(uint64_t part, uint64_t all, const char *want)
{
	char got[UNITS_SHARE_MAX];

	units_share(got, part, all);
	same_text(got, strlen(got), want, "%ju of %ju is %s", (uintmax_t)part,
	    (uintmax_t)all, want);
}

static void
shares(void)
{
	same_share(0, 0, "0.0 %");
	same_share(0, 7, "0.0 %");
	same_share(1, 3, "33.3 %");
	same_share(4999, 10000000, "< 0.1 %");
	same_share(5001, 10000000, "0.1 %");
	same_share(UINT64_MAX, UINT64_MAX, "100.0 %");
}

static void
clocks(void)
{
	char clock[UNITS_CLOCK_MAX], zone[UNITS_CLOCK_MAX];

	setenv("TZ", "<+0545>-5:45", 1);
	tzset();
	same_int(units_clock(INT64_C(86399999999999), clock, zone), 20700,
	    "the zone is 5 h 45 min east");
	same_text(clock, strlen(clock), "05:44:59", "clocks are local");
	units_day(INT64_C(86399999999999), clock);
	same_text(clock, strlen(clock), "01-02", "and so are days");
	same_text(zone, strlen(zone), "UTC+05:45", "so is a zone's name");
	setenv("TZ", "<-0330>3:30", 1);
	tzset();
	units_clock(0, clock, zone);
	same_text(zone, strlen(zone), "UTC-03:30", "west of Greenwich too");
	setenv("TZ", "CET-1", 1);
	tzset();
	units_clock(0, clock, zone);
	same_text(zone, strlen(zone), "CET", "or has a name");
	units_clock(INT64_MIN, clock, zone);
	ok(strlen(clock) == 8, "the least time has a clock");
}

int
main(void)
{
	numbers();
	shares();
	clocks();
	return tap_done();
}
