/*
 * alerts - the incidents that ipflag --alerts reports, from its lines
 *
 * A line is a time in ISO 8601 and a sentence, "RULE (SEVERITY): SUBJECT,
 * VALUE" or with ", continues" or ", ended" behind the severity.  Of each
 * incident, a rule and its subject, the newest line is kept; other lines, such
 * as ipflag's warnings, are passed over.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ALERTS_H
#define ALERTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plot/followed.h"

#define ALERTS_MAX	128	/* incidents that are kept */
#define ALERTS_TEXT_MAX	240	/* bytes of a sentence and its NUL */

struct alerts_incident {
	int64_t		 time_ns;	/* of the newest line */
	char		 text[ALERTS_TEXT_MAX];	/* printable ASCII */
	size_t		 name;		/* bytes of the rule's name */
	size_t		 subject;	/* where the subject starts, and ends */
	size_t		 end;
	int		 severity;	/* 2: high, 1: medium, 0: low */
	bool		 ended;
};

struct alerts {
	struct alerts_incident incident[ALERTS_MAX];
	size_t		 incidents;
	struct followed	 file;
};

/* Prepares to follow a file, see followed_init.  alerts_release closes it. */
void	 alerts_init(struct alerts *, const char *file);
void	 alerts_release(struct alerts *);

/*
 * Reads the lines that were added since the last call, up to the first that is
 * newer than a time.
 */
void	 alerts_read(struct alerts *, int64_t newest_ns);

/* Reads a line; false if it is no alert. */
bool	 alerts_parse(const char *line, struct alerts_incident *);

/*
 * Stores the incidents that are open, or whose newest line is of a time or
 * later, in list, which has room for all: open ones first, then by severity,
 * the newest first.  Returns their number.
 */
size_t	 alerts_list(const struct alerts *, int64_t since_ns,
	    const struct alerts_incident **list);

#endif
