/*
 * badtime - what to do about a time that csvclean cannot read
 *
 * SPDX-License-Identifier: ISC
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/show.h"
#include "clean/badtime.h"

/* Zones whose names Wireshark writes, and a place that has them. */
static const struct {
	const char	*names;
	const char	*place;
} zones[] = {
	{ "CET CEST", "Europe/Berlin" },
	{ "WET WEST", "Europe/Lisbon" },
	{ "EET EEST", "Europe/Athens" },
	{ "BST", "Europe/London" },
	{ "MSK", "Europe/Moscow" },
	{ "EST EDT", "America/New_York" },
	{ "CST CDT", "America/Chicago" },
	{ "MST MDT", "America/Denver" },
	{ "PST PDT", "America/Los_Angeles" },
	{ "AKST AKDT", "America/Anchorage" },
	{ "HST", "Pacific/Honolulu" },
	{ "AST ADT", "America/Halifax" },
	{ "NST NDT", "America/St_Johns" },
	{ "IST", "Asia/Kolkata" },
	{ "IDT", "Asia/Jerusalem" },
	{ "PKT", "Asia/Karachi" },
	{ "WIB", "Asia/Jakarta" },
	{ "HKT", "Asia/Hong_Kong" },
	{ "JST", "Asia/Tokyo" },
	{ "KST", "Asia/Seoul" },
	{ "AWST", "Australia/Perth" },
	{ "ACST ACDT", "Australia/Adelaide" },
	{ "AEST AEDT", "Australia/Sydney" },
	{ "NZST NZDT", "Pacific/Auckland" },
	{ "SAST", "Africa/Johannesburg" },
	{ "EAT", "Africa/Nairobi" },
	{ "WAT", "Africa/Lagos" },
	{ "CAT", "Africa/Maputo" },
};

/* What follows the time of day, without blanks; its len is 0 if nothing. */
static struct slice
find_zone(struct slice s)
{
	size_t i = s.len;

	while (i > 0 && s.at[i - 1] != ':')
		i--;
	if (i == 0)
		return (struct slice){ s.at, 0 };
	while (i < s.len && (isdigit((unsigned char)s.at[i]) ||
	    s.at[i] == '.' || s.at[i] == ','))
		i++;
	while (i < s.len && s.at[i] == ' ')
		i++;
	return (struct slice){ s.at + i, s.len - i };
}

/* Whether a zone's name is one that TZ can have: "CEST". */
static bool
is_abbreviation(struct slice zone)
{
	size_t i;

	for (i = 0; i < zone.len; i++)
		if (!isupper((unsigned char)zone.at[i]))
			return false;
	return zone.len >= 3 && zone.len <= 5;
}

/* A place with this zone, or one as an example. */
static const char *
find_place(struct slice zone)
{
	const char *at;
	size_t i, n;

	for (i = 0; i < sizeof(zones) / sizeof(zones[0]); i++)
		for (at = zones[i].names; *at != '\0'; at += n) {
			at += *at == ' ';
			n = strcspn(at, " ");
			if (n == zone.len && memcmp(at, zone.at, n) == 0)
				return zones[i].place;
		}
	return "Europe/Berlin, for example,";
}

/* The digits before the point of a number without a sign, or 0. */
static size_t
whole_digits(struct slice s)
{
	size_t i, whole = 0;

	for (i = 0; i < s.len; i++)
		if ((s.at[i] == '.' || s.at[i] == ',') && whole == 0)
			whole = i;
		else if (!isdigit((unsigned char)s.at[i]))
			return 0;
	return whole > 0 ? whole : s.len;
}

/* "01/02/2024 14:02": nobody can say which is the month. */
static bool
is_slashed_date(struct slice s)
{
	size_t i, slashes = 0;

	for (i = 0; i < s.len && (isdigit((unsigned char)s.at[i]) ||
	    s.at[i] == '/' || s.at[i] == '.'); i++)
		slashes += !isdigit((unsigned char)s.at[i]);
	return slashes == 2 && i >= 6;
}

/* "14:02:44.202345" */
static bool
is_time_of_day(struct slice s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (!isdigit((unsigned char)s.at[i]) && s.at[i] != ':' &&
		    s.at[i] != '.' && s.at[i] != ',')
			return false;
	return memchr(s.at, ':', s.len) != NULL;
}

const char *
badtime_wanted(struct slice s)
{
	static char text[256];
	struct slice zone = find_zone(s);

	if (whole_digits(s) == 5)
		return "seconds since the epoch: --time-format excel if these "
		    "are dates of a spreadsheet, --time-format s if not";
	if (zone.len > 1 && (slice_is(zone, "AM") || slice_is(zone, "PM")))
		return "a clock of 24 hours, or its form by "
		    "--time-format '%m/%d/%Y %I:%M:%S %p'";
	if (is_time_of_day(s))
		return "a date, too: tcpdump -tt, ra -u and frame.time_epoch "
		    "give seconds since the epoch";
	if (is_slashed_date(s))
		return "year, month and day, or their order by "
		    "--time-format '%d/%m/%Y %H:%M:%S'";
	if (zone.len == 0 || isdigit((unsigned char)*zone.at) ||
	    strchr("+-Zz", *zone.at) != NULL)
		return "seconds since the epoch, ISO 8601 or Wireshark's form";
	if (is_abbreviation(zone))
		snprintf(text, sizeof(text), "a zone of TZ, not %s: set TZ=%s "
		    "or export frame.time_epoch", show(zone.at, zone.len),
		    find_place(zone));
	else
		snprintf(text, sizeof(text), "frame.time_epoch: \"%s\" is a "
		    "zone's name on Windows, which no TZ has", show(zone.at,
		    zone.len));
	return text;
}
