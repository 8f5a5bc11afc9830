/*
 * cleanrow - a record of any dialect as the cells of a packet row
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CLEANROW_H
#define CLEANROW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/protocol.h"
#include "base/timestamp.h"
#include "clean/dialect.h"
#include "csv/csv.h"

/* Why a record is no packet row. */
enum cleanrow_reason {
	CLEAN_GOOD,
	CLEAN_RECORD,		/* no record: see csv's why */
	CLEAN_CELLS,		/* more or fewer cells than the header */
	CLEAN_BAD_TIME,
	CLEAN_BAD_SRC,
	CLEAN_BAD_DST,
	CLEAN_NO_PROTO,
	CLEAN_BAD_PROTO,
	CLEAN_NO_LEN,
	CLEAN_BAD_LEN,
	CLEAN_BAD_COUNT,	/* of a tally */
	CLEAN_REASONS
};

struct cleanrow_settings {
	bool	 any_proto;		/* names not in the table, too */
	bool	 anonymize;		/* see ipaddr_truncate */
	unsigned keep4;
	unsigned keep6;
	bool	 has_base;		/* relative times count from base_ns */
	int64_t	 base_ns;
	enum timecell_unit time_unit;	/* of times coming in */
	const char *time_form;		/* for TIMECELL_FORMAT */
	enum timestamp_format format;	/* of times going out */
	unsigned digits;
};

#define CLEANROW_TEXT_MAX	48

struct cleanrow {
	bool		 timed;		/* the cell was not empty */
	int64_t		 time_ns;	/* if timed */
	bool		 relative;	/* time_ns counts from the first
					   packet: there is no base */
	enum timecell_unit unit;	/* of the time, if its size alone says
					   that it is not a second */
	enum protocol	 protocol;	/* PROTO_NONE: none of the table's */
	struct slice	 time;		/* the cell as it came in */
	struct slice	 cell[ROLES_REQUIRED];	/* as they go out */
	struct slice	 bad;		/* the cell that was wrong */
	uint64_t	 packets;	/* if the dialect is a tally's */
	uint64_t	 bytes;
	struct slice	 end;		/* as it goes out */
	char		 end_text[CLEANROW_TEXT_MAX];
	char		 text[ROLES_REQUIRED][CLEANROW_TEXT_MAX];
};

/*
 * Makes a packet row of csv's record.  Its cells point into the record or
 * into *row, and are good until either changes.  The first number of a time
 * decides in the dialect whether the table's times may be Excel's.
 */
enum cleanrow_reason cleanrow_read(struct cleanrow *row,
	    struct dialect *, const struct csv *,
	    const struct cleanrow_settings *);

/*
 * A shorter way for most rows of other programs.  cleanrow_may_copy: whether
 * the table's cells are written as they are if they are in our form, and the
 * settings ask for nothing else.  cleanrow_copy then sets the cells and the
 * protocol of *row, and nothing else; false: call cleanrow_read.
 */
bool	cleanrow_may_copy(const struct dialect *,
	    const struct cleanrow_settings *);
bool	cleanrow_copy(struct cleanrow *row, const struct dialect *,
	    const struct csv *, const struct cleanrow_settings *);

/* Reads a time of the table, not a relative one. */
bool	cleanrow_time(struct timecell *, struct slice, const struct dialect *,
	    enum timecell_unit, const struct cleanrow_settings *);

/*
 * What separates groups of digits in a row's numbers: a comma; where cells end
 * with semicolons, a comma is the decimal point, and 1.000 is a thousand,
 * unless the row's time, which has been read, has a point.
 */
const char *cleanrow_separator(const struct cleanrow *, const struct csv *);

/*
 * Read the values of options, which are kept: "16,48", and a unit or a format
 * of times.  A bad one ends the program with status 2.
 */
void	cleanrow_anonymize(struct cleanrow_settings *, const char *arg);
void	cleanrow_time_format(struct cleanrow_settings *, const char *arg);

/* A reason in a few words: "bad src". */
const char	*cleanrow_reason(enum cleanrow_reason);

/* What would have been right: "an IPv4 or IPv6 address". */
const char	*cleanrow_wanted(enum cleanrow_reason);

#endif
