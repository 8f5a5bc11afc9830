/*
 * statefile - what has been learnt, kept in a file between two runs
 *
 * A run that reads the file continues as if it were the run before: the file
 * also has the values of the bins that are still open.  It is written whole
 * under another name and then renamed.  It is of this version, this machine's
 * byte order and one identity, which names the key, the value, the bin and the
 * zone; no other file is taken.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef STATEFILE_H
#define STATEFILE_H

#include "baseline/baseline.h"

/*
 * Both return NULL, or what went wrong, for a message after the file's name,
 * valid until the next call.  Reading wants a baseline that has just been
 * started; a file that does not exist is no error.  After an error of reading
 * the baseline can only be released.
 */
const char *statefile_read(struct baseline *, const char *path,
	    const char *identity);
const char *statefile_write(const struct baseline *, const char *path,
	    const char *identity);

#endif
