/*
 * timerange - limits in time, absolute or relative to the newest row
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/option.h"
#include "base/timestamp.h"
#include "clean/timerange.h"

struct timelimit
timelimit_parse(const char *what, const char *arg)
{
	struct timelimit limit = { .given = true, .relative = arg[0] == '-' };

	limit.ns = limit.relative ? option_duration(what, arg + 1, 1) :
	    option_time(what, arg);
	return limit;
}

bool
timerange_is_relative(const struct timerange *r)
{
	return r->since.relative || r->until.relative;
}

bool
timerange_is_empty(const struct timerange *r)
{
	const struct timelimit *since = &r->since, *until = &r->until;

	return since->given && until->given &&
	    since->relative == until->relative && (since->relative ?
	    since->ns <= until->ns : since->ns >= until->ns);
}

static void
resolve(struct timelimit *limit, int64_t newest_ns)
{
	if (limit->relative)
		limit->ns = timestamp_before(newest_ns, limit->ns);
	limit->relative = false;
}

void
timerange_resolve(struct timerange *r, int64_t newest_ns)
{
	resolve(&r->since, newest_ns);
	resolve(&r->until, newest_ns);
}
