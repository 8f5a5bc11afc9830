/*
 * zone - the time zone of a program
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/show.h"
#include "base/status.h"
#include "base/zone.h"

/* The C library takes a name that it does not know for UTC: RFC 8536, 3.1. */
static bool
is_known(const char *dir, const char *name)
{
	char path[PATH_MAX], magic[4];
	bool known;
	int fd;

	if (name[0] == '/' || strstr(name, "..") != NULL ||
	    (size_t)snprintf(path, sizeof(path), "%s/%s", dir, name) >=
	    sizeof(path))
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	known = fd != -1 && read(fd, magic, sizeof(magic)) ==
	    (ssize_t)sizeof(magic) && memcmp(magic, "TZif", 4) == 0;
	if (fd != -1)
		close(fd);
	return known;
}

/* Whether a name is rules of POSIX, "CET-1CEST", which start with an offset. */
static bool
is_rules(const char *name)
{
	size_t letters = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz");
	const char *offset = name + letters;

	if (*offset == '+' || *offset == '-')
		offset++;
	return letters >= 3 && *offset >= '0' && *offset <= '9';
}

void
zone_choose(const char *name)
{
	const char *dir = getenv("TZDIR");

	if (dir == NULL || *dir == '\0')
		dir = "/usr/share/zoneinfo";
	if (strcmp(name, "local") != 0) {
		if (strcmp(name, "UTC") != 0 && !is_known(dir, name) &&
		    !is_rules(name))
			errx(STATUS_USAGE, "bad zone \"%s\", want local or a "
			    "name such as Europe/Berlin or CET-1CEST",
			    show_str(name));
		if (setenv("TZ", name, 1) == -1)
			err(STATUS_FAILED, "setenv");
	}
	tzset();
}

int64_t
zone_offset_s(int64_t epoch_s)
{
	time_t clock = (time_t)epoch_s;
	struct tm tm;

	return localtime_r(&clock, &tm) != NULL ? tm.tm_gmtoff : 0;
}

int64_t
zone_transition_s(int64_t lo_s, int64_t hi_s)
{
	int64_t offset = zone_offset_s(lo_s), middle;

	while (hi_s - lo_s > 1) {
		middle = lo_s + (hi_s - lo_s) / 2;
		if (zone_offset_s(middle) == offset)
			lo_s = middle;
		else
			hi_s = middle;
	}
	return hi_s;
}
