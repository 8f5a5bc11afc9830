/*
 * detect_file - the counts of rules, kept in a file between two runs
 *
 * A run that continues the counts of another gives the alerts that one run
 * over the rows of both would give: the file has the windows, the open
 * incidents, the rows that wait for an answer, the conversations and the
 * clock.  Counts of a rule are continued only if the same rule is in the set,
 * with the same keys.
 *
 * The file is written whole (see newfile), is of one version and byte order,
 * and ends with a sum of its bytes.  It has the secret seed of the hashes, so
 * only its owner may read it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DETECT_FILE_H
#define DETECT_FILE_H

#include "detect/detect.h"

struct detect_file {
	char		*data;		/* NULL: there is no file */
	size_t		 size;
	/* What was left out, as its rules are gone or have changed. */
	char		 lost[512];	/* their names, "" for none */
	uint64_t	 lost_keys;
};

/*
 * Reads a file, and seeds the hashes of this process as those of the file: to
 * be called before anything is hashed.  A file that does not exist is an empty
 * one.  Returns NULL, or what is wrong, for a message behind the file's name.
 */
const char *detect_file_read(struct detect_file *, const char *path);

/*
 * Continues the counts of the file with a detect that has seen no row, and
 * frees it.  Returns NULL, or what is wrong; the detect can only be released
 * then.
 */
const char *detect_file_continue(struct detect_file *, struct detect *);

/* Writes the counts, of all rows so far.  Returns NULL, or what went wrong. */
const char *detect_file_write(struct detect *, const char *path);

#endif
