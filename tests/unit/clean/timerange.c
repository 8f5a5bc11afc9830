/*
 * timerange - unit test of limits in time
 *
 * SPDX-License-Identifier: ISC
 */
#include "clean/timerange.h"
#include "tap.h"

#define S	INT64_C(1000000000)

int
main(void)
{
	struct timerange r = { .since.given = false };

	ok(timerange_has(&r, INT64_MIN) && timerange_has(&r, INT64_MAX),
	    "without limits all times are in");
	r.since = timelimit_parse("since", "1970-01-01T00:01:40Z");
	r.until = timelimit_parse("until", "200.5");
	ok(!timerange_is_relative(&r), "points in time are absolute");
	ok(!timerange_has(&r, 100 * S - 1) && timerange_has(&r, 100 * S),
	    "since is the first time in");
	ok(timerange_has(&r, 200 * S + S / 2 - 1) &&
	    !timerange_has(&r, 200 * S + S / 2), "until is the first out");
	ok(timerange_is_past(&r, 201 * S) && !timerange_is_past(&r, 1 * S),
	    "only times after until are past");
	r.since = timelimit_parse("since", "-1m");
	ok(timerange_is_relative(&r), "durations with a sign are relative");
	timerange_resolve(&r, 1000 * S);
	same_int(r.since.ns, 940 * S, "they count back from the newest row");
	same_int(r.until.ns, 200 * S + S / 2, "an absolute limit stays");
	ok(!timerange_is_relative(&r), "once resolved they are absolute");
	r.since = timelimit_parse("since", "-366d");
	timerange_resolve(&r, INT64_MIN + 1);
	same_int(r.since.ns, INT64_MIN, "what does not fit is the first time");
	return tap_done();
}
