/*
 * keysum - what the programs that sum rows by key have in common
 *
 * Their options, the row reader, the tally, and the table that they write.  It
 * prints messages, and ends the program on a bad option or an overflow.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef KEYSUM_H
#define KEYSUM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/output.h"
#include "base/stream.h"
#include "csv/row.h"
#include "csv/rowfilter.h"
#include "tally/keys.h"
#include "tally/tally.h"

/*
 * Codes of long options, and their lines in a getopt_long table, after the
 * program's own.
 */
enum { KEYSUM_DISTINCT = 256, KEYSUM_FIRST_LAST, KEYSUM_MAX_KEYS,
    KEYSUM_MAX_MEMORY, KEYSUM_MAX_VALUES, KEYSUM_NO_HEADER, KEYSUM_NO_REST,
    KEYSUM_PER, KEYSUM_SHARE, KEYSUM_SORT };

#define KEYSUM_OPTIONS \
	{ "by", required_argument, NULL, 'k' }, \
	{ "distinct", required_argument, NULL, KEYSUM_DISTINCT }, \
	{ "first-last", no_argument, NULL, KEYSUM_FIRST_LAST }, \
	{ "max-keys", required_argument, NULL, KEYSUM_MAX_KEYS }, \
	{ "max-memory", required_argument, NULL, KEYSUM_MAX_MEMORY }, \
	{ "max-values", required_argument, NULL, KEYSUM_MAX_VALUES }, \
	{ "no-header", no_argument, NULL, KEYSUM_NO_HEADER }, \
	{ "no-rest", no_argument, NULL, KEYSUM_NO_REST }, \
	{ "per", required_argument, NULL, KEYSUM_PER }, \
	{ "share", no_argument, NULL, KEYSUM_SHARE }, \
	{ "sort", required_argument, NULL, KEYSUM_SORT }, \
	{ "time", required_argument, NULL, 't' }, \
	{ "top", required_argument, NULL, 'n' }, \
	ROWFILTER_OPTIONS

/* The letters of these, for getopt_long. */
#define KEYSUM_LETTERS	"k:n:p:t:"

struct keysum {
	struct stream	 in;
	struct output	 out;
	struct row_reader rows;
	struct rowfilter filter;	/* ROWFILTER_ALL */
	struct tally	 sums;
	size_t		 max_keys;	/* the caller sets the default */
	/*
	 * Lists of key expressions.  The key has those of per, of first and of
	 * by; the caller sets first or by to what it sums by without options.
	 */
	const char	*per, *first, *by;
	/* The rest is the module's own. */
	struct keys	 keys;
	struct keys	 value;		/* whose values are counted, if any */
	struct tally_style style;
	struct keyfacts	 facts;
	size_t		 max_values;	/* 0: the default */
	size_t		 max_memory;	/* bytes of keys; 0: the default */
	size_t		 time, end, first_time, last_time;	/* cells */
};

/*
 * Takes an option that getopt_long returned.  False: it is not one of these.  A
 * bad value ends the program with status 2.
 */
bool	keysum_option(struct keysum *, int ch, const char *arg);

/* Opens the output, prepares to read the operands, and writes the header. */
void	keysum_start(struct keysum *, char **operands);

/* Counts all rows, each under its key. */
void	keysum_rows(struct keysum *);

/*
 * Writes the table, frees all and returns the exit status.  Prints a warning
 * that names the keys ("sources") if there were more than allowed.
 */
int	keysum_finish(struct keysum *, const char *keys);

#endif
