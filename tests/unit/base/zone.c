/*
 * zone - unit test of the time zone of a program
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/zone.h"
#include "tap.h"

#define JANUARY		1704067200	/* 2024-01-01 00:00 UTC */
#define JULY		1719792000	/* 2024-07-01 00:00 UTC */

/* What choosing a zone ends with, told by a child's status. */
static int
status_of(const char *name)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		close(STDERR_FILENO);
		zone_choose(name);
		_exit(0);
	}
	return waitpid(child, &status, 0) == child && WIFEXITED(status) ?
	    WEXITSTATUS(status) : -1;
}

static void
offsets(const char *name, int64_t january, int64_t july)
{
	zone_choose(name);
	same_int(zone_offset_s(JANUARY), january, "%s in January", name);
	same_int(zone_offset_s(JULY), july, "%s in July", name);
}

int
main(void)
{
	offsets("UTC", 0, 0);
	offsets("Europe/Berlin", 3600, 7200);
	same_int(zone_transition_s(JANUARY, JULY), 1711846800,
	    "2024-03-31 01:00 UTC");
	same_int(zone_transition_s(JANUARY, JANUARY + 9), JANUARY + 9,
	    "no transition");
	offsets("local", 3600, 7200);
	offsets("America/St_Johns", -12600, -9000);
	offsets("CET-1CEST,M3.5.0,M10.5.0/3", 3600, 7200);
	same_int(status_of("Asia/Tokyo"), 0, "a name that is known");
	same_int(status_of("Asia/Tokio"), 2, "one that is not");
	same_int(status_of("../zoneinfo/UTC"), 2, "a path");
	same_int(status_of("Asia"), 2, "a directory");
	same_int(status_of("tzdata.zi"), 2, "a file that is no zone");
	same_int(status_of(""), 2, "nothing");
	same_int(status_of("<+0330>-3:30"), 0, "rules with a name in <>");
	same_int(status_of("<+0330-3:30"), 2, "which does not end");
	return tap_done();
}
