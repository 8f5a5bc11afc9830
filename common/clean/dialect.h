/*
 * dialect - what the columns of other programs' packet tables mean
 *
 * Knows the headers of our own rows, of Wireshark's CSV export and of tshark's
 * -T fields, and the names that pandas and PyShark scripts give.  A header
 * with exactly the names time, src, dst, proto and len is ours, and all its
 * other columns are extra, except row numbers that pandas or R added.  So is
 * a tally with packets and bytes, whose other names are ours.  In any
 * other header case, blanks, underscores, hyphens and number signs do not
 * matter, several columns may serve for one (ip.src and ipv6.src), and columns
 * that only number or describe packets are left out.  Of other programs' flows
 * all unknown columns are left out that the user did not choose.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DIALECT_H
#define DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/protocol.h"
#include "base/timestamp.h"
#include "clean/columnname.h"
#include "csv/csv.h"

struct columnchoice;

/* The most columns that may serve for one. */
#define DIALECT_SOURCES	8

/* Whether numbers in a column of times are the dates of a spreadsheet. */
enum dialect_days {
	DAYS_UNKNOWN,		/* no row with such a number was read */
	DAYS_NO,
	DAYS_LIKELY		/* the first one looks so */
};

struct dialect {
	/* Where each role's cells are: the first with a value counts. */
	int	source[ROLE_COUNT][DIALECT_SOURCES];
	size_t	sources[ROLE_COUNT];
	enum timecell_unit time_unit[DIALECT_SOURCES];	/* by its name */
	enum timecell_unit end_unit[DIALECT_SOURCES];
	struct timestamp_memo second;	/* of the row before */
	enum dialect_days days;		/* whether times are Excel's */
	/*
	 * Columns that tell the protocol where a better one does not.  If no
	 * other does at all, they are the sources of ROLE_PROTO.
	 */
	int	layer[DIALECT_SOURCES];
	size_t	layers;
	bool	layer_is_proto;
	int	highest;		/* PyShark's highest_layer, or -1 */
	/* Columns such as tcp.srcport: who has a value has that protocol. */
	int	field[DIALECT_SOURCES];
	enum protocol field_of[DIALECT_SOURCES];
	size_t	field_columns;
	size_t	columns;		/* cells of the header */
	bool	ours;			/* the names are exactly ours */
	bool	tally;			/* it has packets and bytes */
	bool	utc;			/* SiLK's: times are in UTC */
	bool	zeek;			/* lines with # are not rows */
	bool	ended;			/* nfdump's summary has come */
	const struct columnchoice *choice;	/* the user's, or NULL */
	bool	headerless;		/* the five columns, in our order */
	bool	fields;			/* tshark's: a cell may hold a list */
	int	relative;		/* a time column whose small numbers
					   count from the first packet, or -1 */
};

/*
 * Reads a record as a header; d->choice is set before.  False, and *d is of no
 * use but for that, if it is none: a header names at least two of the five
 * columns, and either time and len or no cell of it is a number; or packets,
 * bytes and what they are the sums of.  It has all columns of the choice.
 */
bool	dialect_read(struct dialect *d, const struct csv *);

/* Takes the label off a header of Zeek's: "#fields". */
void	dialect_trim(struct csv *header);

/* Whether a record that is no row belongs to the table all the same. */
bool	dialect_is_note(struct dialect *, const struct csv *);

/* The name under which a column of ROLE_EXTRA goes out. */
struct slice dialect_extra_name(const struct dialect *, const struct csv *,
	    size_t column);

/* What a column is for, of the header that the dialect was just read from. */
enum dialect_role dialect_role(const struct dialect *, const struct csv *,
	    size_t column);

/* Whether a column of this name has a meaning in other programs' tables. */
bool	dialect_knows(struct slice name);

enum dialect_start {
	DIALECT_HEADER,		/* the header has been read */
	DIALECT_ROW,		/* there is none: the first row has been read */
	DIALECT_BAD,		/* a bad record: call dialect_retry */
	DIALECT_NONE		/* no packet table, or an empty one */
};

/*
 * Starts on the stream's open operand: finds the delimiter and the dialect
 * and reads the first record.  Warns, with status 3, of a header without one
 * of the five columns.
 */
enum dialect_start dialect_open(struct stream *, struct csv *,
	    struct dialect *);

/* Reads the next record as the first one, after DIALECT_BAD. */
enum dialect_start dialect_retry(struct stream *, struct csv *,
	    struct dialect *);

#endif
