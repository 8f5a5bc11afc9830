/*
 * rejects - records that are no packet rows: reported, counted, kept
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef REJECTS_H
#define REJECTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/output.h"
#include "clean/cleanrow.h"

struct rejects {
	uint64_t	count[CLEAN_REASONS];
	const char	*time_form;	/* that the user gave, or NULL */

	/* The rest is the module's own. */
	bool		said_relative, said_unit;
	bool		kept;		/* there is a file */
	struct output	file;
};

/*
 * Keeps rejected records in a file, as file,line,reason,row; path is
 * borrowed.  Ends the program if that cannot be, see output_open.
 */
void	rejects_open(struct rejects *, const char *path,
	    char *const *operands);

/*
 * Rejects csv's record: warns on the stream (ten times at most, and with
 * status 1), counts and keeps it.  bad is the cell that is wrong, if one is.
 */
void	rejects_add(struct rejects *, struct stream *, const struct dialect *,
	    const struct csv *, enum cleanrow_reason, struct slice bad);

/* Warns, once each, of relative times and of a unit that was guessed. */
void	rejects_note_time(struct rejects *, struct stream *,
	    const struct cleanrow *);

/* Writes out what is kept: a read may wait for its producer. */
void	rejects_flush(struct rejects *);

/* How many there were. */
uint64_t rejects_count(const struct rejects *);

/*
 * Prints on standard error how many of the rows read were rejected, and how
 * many for each reason; nothing if none was.
 */
void	rejects_report(const struct rejects *, uint64_t rows);

/* Closes the file, if there is one. */
void	rejects_close(struct rejects *);

#endif
