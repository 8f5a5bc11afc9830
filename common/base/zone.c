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

static enum { ZONE_UNCHECKED, ZONE_KNOWN, ZONE_UNKNOWN } zone;

static bool
is_file(const char *path)
{
	char magic[4];
	bool known;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	known = fd != -1 && read(fd, magic, sizeof(magic)) ==
	    (ssize_t)sizeof(magic) && memcmp(magic, "TZif", 4) == 0;
	if (fd != -1)
		close(fd);
	return known;
}

/*
 * Whether a name is rules of POSIX, "CET-1CEST" or "<+0330>-3:30", which start
 * with a name and an offset.
 */
static bool
is_rules(const char *name)
{
	size_t letters = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz");
	const char *offset = name + letters;

	if (*name == '<') {
		letters = strcspn(name, ">");
		offset = name + letters + (name[letters] == '>');
	}
	if (*offset == '+' || *offset == '-')
		offset++;
	return letters >= 3 && *offset >= '0' && *offset <= '9';
}

/* The C library takes a name that it does not know for UTC: RFC 8536, 3.1. */
static bool
is_known(const char *name)
{
	const char *dir = getenv("TZDIR");
	char path[PATH_MAX];

	if (strcmp(name, "UTC") == 0 || is_rules(name))
		return true;
	if (dir == NULL || *dir == '\0')
		dir = "/usr/share/zoneinfo";
	return name[0] != '/' && strstr(name, "..") == NULL &&
	    (size_t)snprintf(path, sizeof(path), "%s/%s", dir, name) <
	    sizeof(path) && is_file(path);
}

bool
zone_check(void)
{
	const char *name = getenv("TZ");

	tzset();
	if (name != NULL && *name == ':')
		name++;
	zone = name == NULL || *name == '\0' || is_known(name) ||
	    (*name == '/' && is_file(name)) ? ZONE_KNOWN : ZONE_UNKNOWN;
	return zone == ZONE_KNOWN;
}

void
zone_use(void)
{
	if (zone == ZONE_UNCHECKED)
		zone_check();
	if (zone == ZONE_UNKNOWN)
		warnx("no time zone \"%s\" (TZ): its times are taken for UTC",
		    show_str(getenv("TZ")));
	zone = ZONE_KNOWN;
}

void
zone_choose(const char *name)
{
	if (strcmp(name, "local") != 0) {
		if (!is_known(name))
			errx(STATUS_USAGE, "bad zone \"%s\", want local or a "
			    "name such as Europe/Berlin or CET-1CEST",
			    show_str(name));
		if (setenv("TZ", name, 1) == -1)
			err(STATUS_FAILED, "setenv");
	}
	zone_check();
}

int64_t
zone_offset_s(int64_t epoch_s)
{
	time_t clock = (time_t)epoch_s;
	struct tm tm;

	zone_use();
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
