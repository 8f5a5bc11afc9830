/*
 * zone - the time zone of a program
 *
 * The rules are those of the C library: DST, and what they were in the past.  A
 * bad name ends the program with status 2.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ZONE_H
#define ZONE_H

#include <stdint.h>

/*
 * Takes the zone of this name, "Europe/Berlin" or "CET-1CEST", in place of the
 * one of TZ, or keeps that one if the name is "local".
 */
void	zone_choose(const char *name);

/* The seconds by which the zone's clock is ahead of UTC at a time. */
int64_t	zone_offset_s(int64_t epoch_s);

/*
 * The first second after lo_s, up to hi_s, at which the offset is not that of
 * lo_s; hi_s if it is the same at both.
 */
int64_t	zone_transition_s(int64_t lo_s, int64_t hi_s);

#endif
