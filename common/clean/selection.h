/*
 * selection - which good rows were asked for, and how many were not
 *
 * A row that a selection leaves out is counted but is no rejected row.
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

/* Why a row is left out. */
enum selection_reason {
	SELECTION_TIME,		/* outside range */
	SELECTION_PROTO,	/* not in protos */
	SELECTION_NO_ADDRESS,	/* and require_ip */
	SELECTION_REASONS
};

struct selection {
	struct timerange range;
	struct protoset	 protos;
	bool		 require_ip;	/* both addresses must be there */

	uint64_t	 excluded[SELECTION_REASONS];
	bool		 past_until;	/* a row not before range.until came */
};

/*
 * Whether a row, whose cells are as they go out, was asked for.  Counts it if
 * not.  Inline for csvclean's row loop.
 */
static inline bool
selection_has(struct selection *s, const struct slice *cell, int64_t time_ns,
    enum protocol p)
{
	enum selection_reason why;

	s->past_until |= timerange_is_past(&s->range, time_ns);
	if (s->require_ip && (cell[ROLE_SRC].len == 0 ||
	    cell[ROLE_DST].len == 0))
		why = SELECTION_NO_ADDRESS;
	else if (!timerange_has(&s->range, time_ns))
		why = SELECTION_TIME;
	else if (!protoset_has(&s->protos, p, cell[ROLE_PROTO]))
		why = SELECTION_PROTO;
	else
		return true;
	s->excluded[why]++;
	return false;
}

/* Prints on standard error how many rows each option excluded. */
void	selection_report(const struct selection *);

#endif
