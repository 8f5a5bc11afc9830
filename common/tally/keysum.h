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
#include <stdint.h>

#include "base/output.h"
#include "base/stream.h"
#include "csv/row.h"
#include "tally/keys.h"
#include "tally/tally.h"

/*
 * Codes of long options, and their lines in a getopt_long table, behind the
 * program's own.
 */
enum { KEYSUM_MAX_KEYS = 256, KEYSUM_SHARE, KEYSUM_SORT };

#define KEYSUM_OPTIONS \
	{ "max-keys", required_argument, NULL, KEYSUM_MAX_KEYS }, \
	{ "share", no_argument, NULL, KEYSUM_SHARE }, \
	{ "sort", required_argument, NULL, KEYSUM_SORT }, \
	{ "top", required_argument, NULL, 'n' }

struct keysum {
	struct stream	 in;
	struct output	 out;
	struct row_reader rows;
	struct tally	 sums;
	struct keys	 keys;		/* the caller sets these */
	struct tally_style style;
	size_t		 max_keys;	/* the caller sets the default */
};

/*
 * Takes an option that getopt_long returned.  False: it is not one of these.  A
 * bad value ends the program with status 2.
 */
bool	keysum_option(struct keysum *, int ch, const char *arg);

/*
 * Opens the output, prepares to read the operands, and writes the header.  The
 * caller may ask for more columns than those of the keys.
 */
void	keysum_start(struct keysum *, char **operands);

/* Ends the program with status 3: a sum exceeds 2^63 - 1. */
_Noreturn void	keysum_overflow(const struct keysum *);

/* Counts all rows. */
void	keysum_rows(struct keysum *);

/* Counts a row under its key. */
static inline void
keysum_count(struct keysum *k, const struct row *row)
{
	if (!tally_count(&k->sums, keys_cells(&k->keys, row), k->keys.columns,
	    row->packets, row->bytes))
		keysum_overflow(k);
}

/*
 * Writes the table, frees all and returns the exit status.  Prints a warning
 * that names the keys ("sources") if there were more than allowed.
 */
int	keysum_finish(struct keysum *, const char *keys);

#endif
