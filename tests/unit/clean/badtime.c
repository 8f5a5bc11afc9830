/*
 * badtime - what is said about times that cannot be read
 *
 * SPDX-License-Identifier: ISC
 */
#include "clean/badtime.h"
#include "tap.h"

static void
is(const char *cell, const char *want)
{
	const char *got = badtime_wanted((struct slice){ cell, strlen(cell) });

	same_text(got, strlen(got), want, "%s", cell);
}

int
main(void)
{
	static const char forms[] = "seconds since the epoch, ISO 8601 or "
	    "Wireshark's form";

	is("Apr  1, 2020 16:29:53.150479000 CEST", "a zone of TZ, not CEST: "
	    "set TZ=Europe/Berlin or export frame.time_epoch");
	is("2024-01-01 00:00 EDT", "a zone of TZ, not EDT: "
	    "set TZ=America/New_York or export frame.time_epoch");
	is("2024-01-01 00:00:00,5 XYZT", "a zone of TZ, not XYZT: "
	    "set TZ=Europe/Berlin, for example, or export frame.time_epoch");
	is("Jan  1, 1970 01:25:10.864502000 Romance Standard Time",
	    "frame.time_epoch: \"Romance Standard Time\" is a zone's name on "
	    "Windows, which no TZ has");
	is("Jan  1, 2024 01:25:10.0 Mitteleurop\xc3\xa4ische Zeit",
	    "frame.time_epoch: \"Mitteleurop\\xC3\\xA4ische Zeit\" is a "
	    "zone's name on Windows, which no TZ has");
	is("01/02/2024 1:00:00 PM", "a clock of 24 hours, or its form by "
	    "--time-format '%m/%d/%Y %I:%M:%S %p'");
	is("01/02/2024 13:00:00", "year, month and day, or their order by "
	    "--time-format '%d/%m/%Y %H:%M:%S'");
	is("1.2.2024", "year, month and day, or their order by "
	    "--time-format '%d/%m/%Y %H:%M:%S'");
	is("14:02:44.202345", "a date, too: tcpdump -tt, ra -u and "
	    "frame.time_epoch give seconds since the epoch");
	is("45624.5", "seconds since the epoch: --time-format excel if these "
	    "are dates of a spreadsheet, --time-format s if not");
	is("2024-13-01 00:00:00", forms);
	is("2024-13-01T00:00:00+01:00", forms);
	is("x", forms);
	is("", forms);
	return tap_done();
}
