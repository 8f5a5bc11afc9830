/*
 * timerange - limits in time, absolute or relative to the newest row
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TIMERANGE_H
#define TIMERANGE_H

#include <stdbool.h>
#include <stdint.h>

struct timelimit {
	bool	given;
	bool	relative;	/* ns before the newest row, not yet known */
	int64_t	ns;
};

struct timerange {
	struct timelimit since;		/* times from this one on */
	struct timelimit until;		/* times before this one */
};

/*
 * Reads "2024-01-01T00:00:00Z" and the like, or "-30s", relative.  Anything
 * else ends the program with status 2; what names the option.
 */
struct timelimit timelimit_parse(const char *what, const char *arg);

/* Whether one of the limits is still relative. */
bool	timerange_is_relative(const struct timerange *);

/* Whether no time can be between the limits, both relative or neither. */
bool	timerange_is_empty(const struct timerange *);

/* Makes relative limits absolute. */
void	timerange_resolve(struct timerange *, int64_t newest_ns);

/* Whether there is a limit. */
static inline bool
timerange_given(const struct timerange *r)
{
	return r->since.given || r->until.given;
}

/* Whether a time is not before the limit "until". */
static inline bool
timerange_is_past(const struct timerange *r, int64_t ns)
{
	return r->until.given && ns >= r->until.ns;
}

/* Whether a time is between the limits, both absolute by now. */
static inline bool
timerange_has(const struct timerange *r, int64_t ns)
{
	return !(r->since.given && ns < r->since.ns) &&
	    !timerange_is_past(r, ns);
}

#endif
