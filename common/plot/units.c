/*
 * units - numbers and times as a picture shows them
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/show.h"
#include "base/timestamp.h"
#include "base/zone.h"
#include "plot/units.h"

void
units_si(char *out, double v, const char *unit)
{
	static const char prefix[] = "\0kMGTPEZ";
	size_t i;

	for (i = 0; v >= 999.5 && i < sizeof(prefix) - 2; i++)
		v /= 1000;
	snprintf(out, UNITS_SI_MAX, "%.3g%s%.1s%s", v,
	    i == 0 && *unit == '\0' ? "" : " ", &prefix[i], unit);
}

void
units_share(char *out, uint64_t part, uint64_t all)
{
	double percent = all == 0 ? 0 : (double)part * 100 / (double)all;

	if (percent > 0 && percent < 0.05)
		snprintf(out, UNITS_SHARE_MAX, "< 0.1 %%");
	else
		snprintf(out, UNITS_SHARE_MAX, "%.1f %%", percent);
}

long
units_clock(int64_t ns, char *clock, char *zone)
{
	time_t s = (time_t)timestamp_floor(ns, NS_PER_S);
	struct tm tm = { .tm_zone = "" };

	zone_use();
	if (localtime_r(&s, &tm) == NULL || strftime(clock, UNITS_CLOCK_MAX,
	    "%H:%M:%S", &tm) == 0)
		clock[0] = '\0';
	/* Zones without a name of their own are called +0545. */
	if (*tm.tm_zone == '+' || *tm.tm_zone == '-')
		snprintf(zone, UNITS_CLOCK_MAX, "UTC%c%02ld:%02ld",
		    *tm.tm_zone, labs(tm.tm_gmtoff) / 3600,
		    labs(tm.tm_gmtoff) / 60 % 60);
	else
		show_token(zone, UNITS_CLOCK_MAX, (struct slice){ tm.tm_zone,
		    strlen(tm.tm_zone) });
	return tm.tm_gmtoff;
}

void
units_day(int64_t ns, char *day)
{
	time_t s = (time_t)timestamp_floor(ns, NS_PER_S);
	struct tm tm;

	if (localtime_r(&s, &tm) == NULL ||
	    strftime(day, UNITS_CLOCK_MAX, "%m-%d", &tm) == 0)
		day[0] = '\0';
}
