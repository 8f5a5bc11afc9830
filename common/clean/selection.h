/*
 * selection - which good rows were asked for, and how many were not
 *
 * The options of csvclean that select rows.  A bad value ends the program with
 * status 2.  A row that a selection leaves out is counted but is no rejected
 * row.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SELECTION_H
#define SELECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/protoset.h"
#include "clean/dialect.h"
#include "clean/timerange.h"

/*
 * Codes of long options, and their lines in a getopt_long table, after the
 * program's own.  The letter of --proto is p.
 */
enum { SELECTION_REQUIRE_IP = 1024, SELECTION_REQUIRE_TIME, SELECTION_SINCE,
    SELECTION_UNTIL };

#define SELECTION_OPTIONS \
	{ "proto", required_argument, NULL, 'p' }, \
	{ "require-ip", no_argument, NULL, SELECTION_REQUIRE_IP }, \
	{ "require-time", no_argument, NULL, SELECTION_REQUIRE_TIME }, \
	{ "since", required_argument, NULL, SELECTION_SINCE }, \
	{ "until", required_argument, NULL, SELECTION_UNTIL }

/* Why a row is left out. */
enum selection_reason {
	SELECTION_TIME,		/* outside range; so is no time */
	SELECTION_NO_TIME,	/* and require_time */
	SELECTION_PROTO,	/* not in protos */
	SELECTION_NO_ADDRESS,	/* and require_ip */
	SELECTION_REASONS
};

struct selection {
	struct timerange range;
	struct protoset	 protos;
	bool		 require_time;	/* the time must be there */
	bool		 require_ip;	/* both addresses must be there */
	const char	*proto_list;	/* --proto, until selection_check */

	uint64_t	 excluded[SELECTION_REASONS];
	bool		 past_until;	/* a row not before range.until came */
};

/* Takes an option that getopt_long returned; false if it is none of these. */
bool	selection_option(struct selection *, int ch, const char *arg);

/*
 * After all options: any_proto allows protocols that the table lacks, which go
 * out in upper case.
 */
void	selection_check(struct selection *, bool any_proto);

/*
 * Whether a row, whose cells are as they go out, was asked for.  Counts it if
 * not.  time_ns is of a row that has a time.  Inline for csvclean's row loop.
 */
static inline bool
selection_has(struct selection *s, const struct slice *cell, int64_t time_ns,
    enum protocol p)
{
	bool timed = cell[ROLE_TIME].len > 0;
	enum selection_reason why;

	s->past_until |= timed && timerange_is_past(&s->range, time_ns);
	if (s->require_time && !timed)
		why = SELECTION_NO_TIME;
	else if (s->require_ip && (cell[ROLE_SRC].len == 0 ||
	    cell[ROLE_DST].len == 0))
		why = SELECTION_NO_ADDRESS;
	else if (timed ? !timerange_has(&s->range, time_ns) :
	    timerange_given(&s->range))
		why = SELECTION_TIME;
	else if (!protoset_has(&s->protos, p, cell[ROLE_PROTO]))
		why = SELECTION_PROTO;
	else
		return true;
	s->excluded[why]++;
	return false;
}

/* The same of a row in our form, whose time is only read if it matters. */
static inline bool
selection_wants(struct selection *s, const struct slice *cell,
    enum protocol p)
{
	int64_t time_ns = 0;

	if (timerange_given(&s->range))
		timestamp_parse_epoch(cell[ROLE_TIME].at, cell[ROLE_TIME].len,
		    &time_ns);
	return selection_has(s, cell, time_ns, p);
}

/* Prints on standard error how many rows each option excluded. */
void	selection_report(const struct selection *);

#endif
