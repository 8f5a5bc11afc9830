/*
 * valueset - the values that a condition compares a cell with
 *
 * A value is told by its form: a number (with k, M or G), a range of numbers,
 * an address or a network, a word.  Of a column of times it is a time as
 * csvclean reads it; of "hour" and "weekday" it is an hour or a day.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef VALUESET_H
#define VALUESET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "nets/netset.h"
#include "pick/decimal.h"

/* What the cells of a column are. */
enum value_type {
	VALUE_ANY,		/* told by the value's form */
	VALUE_ADDRESS,		/* the same, but words are hardly meant */
	VALUE_NUMBER,		/* the same */
	VALUE_PROTO,		/* the same, words in any case */
	VALUE_VLAN,		/* the same, but words if they have a point */
	VALUE_TIME,		/* points in time */
	VALUE_HOUR,		/* 0 to 23 */
	VALUE_WEEKDAY		/* mon to sun: 0 to 6 */
};

struct value_range {
	struct decimal	first, last;
};

struct valueset {
	enum value_type	 type;
	bool		 empty;		/* holds the empty cell */
	struct netset	 nets;
	bool		 has_nets;
	struct value_range *range;	/* disjoint, ascending once built */
	size_t		 ranges, ranges_room;
	char		**word;		/* sorted once built */
	size_t		 words, words_room;
	const char	*unknown;	/* a word that is none of the type */
};

/* What a cell is to a set. */
enum answer {
	ANSWER_NO,
	ANSWER_YES,
	ANSWER_UNREADABLE	/* not of the type that the values have */
};

/* Frees what a set holds; a struct zeroed but for type is an empty set. */
void	valueset_release(struct valueset *);

/*
 * Adds one value.  Returns NULL, or what was wanted instead ("an hour from 0
 * to 23 or a range of them").
 */
const char *valueset_add(struct valueset *, struct slice text);

/* Adds an address or a network; NULL, or what was wanted instead. */
const char *valueset_add_net(struct valueset *, struct slice text);

/*
 * Adds the values of a file: one a line, or the cells of the column "net" of
 * a CSV table.  "#" starts a comment.  nets: only networks are wanted.
 * Returns NULL, or what is wrong; *line is its line, 0 if it cannot be read.
 * What is returned is good until the next call.
 */
const char *valueset_add_file(struct valueset *, const char *path, bool nets,
	    size_t *line);

/* Makes what was added ready for look-ups; nothing is added after it. */
void	valueset_build(struct valueset *);

/* Whether a cell is one of the values. */
enum answer valueset_has(const struct valueset *, struct slice cell);

/* The same of a number, of an hour or a weekday. */
bool	valueset_has_number(const struct valueset *, struct decimal);

#endif
