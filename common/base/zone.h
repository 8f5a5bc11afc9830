/*
 * zone - the time zone of a program
 *
 * The rules are those of the C library: DST, and what they were in the past.  A
 * bad name ends the program with status 2; one in TZ, which the C library takes
 * for UTC, is reported when the zone is used.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ZONE_H
#define ZONE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Takes the zone of this name, "Europe/Berlin" or "CET-1CEST", in place of the
 * one of TZ, or keeps that one if the name is "local".
 */
void	zone_choose(const char *name);

/* Reads the zone of TZ, whose rules are in a file.  False: there is none. */
bool	zone_check(void);

/* Reports, once, that the zone of TZ is none.  Call it before local times. */
void	zone_use(void);

/* The seconds by which the zone's clock is ahead of UTC at a time. */
int64_t	zone_offset_s(int64_t epoch_s);

/*
 * The first second after lo_s, up to hi_s, at which the offset is not that of
 * lo_s; hi_s if it is the same at both.
 */
int64_t	zone_transition_s(int64_t lo_s, int64_t hi_s);

#endif
