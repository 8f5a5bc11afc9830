/*
 * units - numbers and times as a picture shows them
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef UNITS_H
#define UNITS_H

#include <stdint.h>

#define UNITS_SI_MAX	16	/* bytes of a number and its NUL */
#define UNITS_SHARE_MAX	16	/* of a share and its NUL */
#define UNITS_CLOCK_MAX	32	/* of a time of day, and of a zone's name */

/*
 * "12.3 kB/s": three digits and an SI prefix, in out[UNITS_SI_MAX].  The unit
 * has at most 4 bytes.
 */
void	 units_si(char *out, double value, const char *unit);

/*
 * "12.3 %", in out[UNITS_SHARE_MAX]; "< 0.1 %" of more than nothing; 0 of 0 is
 * none.
 */
void	 units_share(char *out, uint64_t part, uint64_t all);

/*
 * "13:05:09", a time of day in TZ, and the zone's name, each in an array of
 * UNITS_CLOCK_MAX bytes.  Returns the seconds that the zone is east of UTC.
 */
long	 units_clock(int64_t ns, char *clock, char *zone);

/* "11-29", the month and the day in TZ, in day[UNITS_CLOCK_MAX]. */
void	 units_day(int64_t ns, char *day);

#endif
